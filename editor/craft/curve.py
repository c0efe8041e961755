"""Curve: what becomes of each tone, as a table that is quick to look up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.core.image import Pixels

STEPS = 4096


@dataclass(frozen=True, eq=False)
class Table:
    """A function of a tone from 0 to 1 at STEPS + 1 places, straight between them, and beyond the first and last."""

    starts: Pixels  # (STEPS,)
    rises: Pixels  # (STEPS,) to the next place

    def of(self, tones: Pixels) -> Pixels:
        """What becomes of tones, of any shape and beyond 0..1 as well."""
        place = tones * np.float32(STEPS)
        index = np.clip(place, 0, STEPS - 1).astype(np.intp)
        place -= index
        place *= self.rises.take(index, mode="clip")  # faster than to have each index looked at, which is in range
        place += self.starts.take(index, mode="clip")
        return place


def table(function: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Table:
    values = function(np.linspace(0, 1, STEPS + 1))
    return Table(values[:-1].astype(np.float32), np.diff(values).astype(np.float32))
