"""Proof: how cooked pixels come to a screen, and what they would look like in the colours of a file or a press."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.core.color import SRGB, Space
from editor.core.image import Pixels

WARNING = (255, 0, 200)  # colour of the gamut warning, which no product has
_OUTSIDE = 0.004  # beyond 0..1 by more than a step of 8 bits
_INK_OUTSIDE = 0.03  # how far a colour may be off, of 0..1, once printed; tables are never exact


@dataclass(frozen=True)
class Screen:
    """What pixels are shown on and as. A value."""

    monitor: Space = SRGB
    proof: Space | None = None  # show only the colours that this space holds
    warn: bool = False  # and paint those that it does not hold in WARNING

    def pixels(self, rgb: Pixels) -> NDArray[np.uint8]:
        """(h, w, 3) of the working space to the monitor's own 8-bit values."""
        outside: NDArray[np.bool_] | None = None
        if self.proof:
            held = self.proof.from_working(rgb)
            seen = self.proof.to_working(held.clip(0, 1))
            if self.warn:
                outside = self._outside(rgb, held, seen)
            rgb = seen
        coded = self.monitor.from_working(rgb).clip(0, 1)
        shown: NDArray[np.uint8] = (coded * np.float32(255) + np.float32(0.5)).astype(np.uint8)
        if outside is not None:
            shown[outside] = WARNING
        return shown

    def _outside(self, rgb: Pixels, held: Pixels, seen: Pixels) -> NDArray[np.bool_]:
        assert self.proof
        if self.proof.model == "CMYK":
            return np.asarray(np.abs(seen - rgb).max(axis=2) > _INK_OUTSIDE)
        return np.asarray(((held < -_OUTSIDE) | (held > 1 + _OUTSIDE)).any(axis=2))


SRGB_SCREEN = Screen()
