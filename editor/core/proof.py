"""Proof: how cooked pixels come to a screen, and what they would look like in the colours of a file or a press."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.core.color import SRGB, Space
from editor.core.image import Pixels

WARNING = (255, 0, 200)  # colour of the gamut warning, which no product has
SHADOW, HIGHLIGHT = (30, 90, 255), (255, 40, 40)  # what is clipped at the one end or the other is painted in
CLIPPED = 0.5 / 255  # as near to an end as this, a value is 0 or 255 in 8 bits
_OUTSIDE = 0.004  # beyond 0..1 by more than a step of 8 bits
_INK_OUTSIDE = 0.03  # how far a colour may be off, of 0..1, once printed; tables are never exact
_BAND = 1 << 19  # samples that are worked on at a time, to stay near the processor

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Screen:
    """What pixels are shown on and as. A value."""

    monitor: Space = SRGB
    proof: Space | None = None  # show only the colours that this space holds
    warn: bool = False  # and paint those that it does not hold in WARNING
    shadows: bool = False  # paint pixels in SHADOW of which a channel is clipped at 0
    highlights: bool = False  # and in HIGHLIGHT those of which one is clipped at 1

    @property
    def plain(self) -> bool:
        """Whether its 8-bit values are those of the working space."""
        return self.monitor.is_srgb and self.proof is None and not (self.shadows or self.highlights)

    def pixels(self, rgb: Pixels) -> Bytes:
        """(h, w, 3) of the working space to the monitor's own 8-bit values."""
        if self.plain:
            return eight_bits(rgb)
        outside: NDArray[np.bool_] | None = None
        seen = rgb
        if self.proof:
            held = self.proof.from_working(rgb)
            seen = self.proof.to_working(held.clip(0, 1))
            if self.warn:
                outside = self._outside(rgb, held, seen)
        shown = eight_bits(self.monitor.from_working(seen))
        if self.shadows:
            shown[_some(rgb < CLIPPED)] = SHADOW
        if self.highlights:
            shown[_some(rgb >= 1 - CLIPPED)] = HIGHLIGHT
        if outside is not None:
            shown[outside] = WARNING
        return shown

    def _outside(self, rgb: Pixels, held: Pixels, seen: Pixels) -> NDArray[np.bool_]:
        assert self.proof
        if self.proof.model == "CMYK":
            return np.asarray(np.abs(seen - rgb).max(axis=2) > _INK_OUTSIDE)
        return _some((held < -_OUTSIDE) | (held > 1 + _OUTSIDE))


SRGB_SCREEN = Screen()


def _some(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether it holds for some channel (h, w, c); quicker than NumPy's own any over so short an axis."""
    found = mask[..., 0].copy()
    for channel in range(1, mask.shape[2]):
        found |= mask[..., channel]
    return found


def eight_bits(values: Pixels) -> Bytes:
    """Floats (h, w, c) to 0..255, clipped to 0..1 and rounded."""
    out = np.empty(values.shape, np.uint8)
    rows = max(1, _BAND // max(1, values[:1].size))
    band = np.empty((min(rows, len(values)), *values.shape[1:]), np.float32)
    for top in range(0, len(values), rows):
        part = values[top : top + rows]
        into = band[: len(part)]
        np.clip(part, np.float32(0), np.float32(1), out=into)
        into *= np.float32(255)
        into += np.float32(0.5)
        np.copyto(out[top : top + rows], into, casting="unsafe")
    return out
