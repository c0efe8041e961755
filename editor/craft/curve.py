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
    """A function of a tone at STEPS + 1 places from 0 to 1 and one more on either side, straight between them and
    beyond."""

    starts: Pixels  # (STEPS + 2,)
    rises: Pixels  # (STEPS + 2,) to the next place

    def of(self, tones: Pixels) -> Pixels:
        """What becomes of tones, of any shape and beyond 0..1 as well."""
        place = tones * np.float32(STEPS)
        place += np.float32(1)
        index = np.clip(place, 0, STEPS + 1).astype(np.intp)
        place -= index
        place *= self.rises.take(index, mode="clip")  # faster than to have each index looked at, which is in range
        place += self.starts.take(index, mode="clip")
        return place

    def travel(self) -> Table:
        """How far the function has gone up to a tone, upwards and downwards alike: for one that rises, itself."""
        ways = np.abs(self.rises)
        return Table(np.asarray(self.starts[1] + np.cumsum(ways, dtype=float) - ways[0] - ways, np.float32), ways)


def table(function: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Table:
    """Of a function that is straight beyond 0..1."""
    values = function(np.arange(-1, STEPS + 2) / STEPS)
    return Table(values[:-1].astype(np.float32), np.diff(values).astype(np.float32))
