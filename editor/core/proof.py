"""Proof: how cooked pixels come to a screen, and what they would look like in the colours of a file or a press."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from editor.core.color import SRGB, Space, decode
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
            coded = self.proof.from_working(rgb)
            seen = self.proof.to_working(coded.clip(0, 1))
            if self.warn:
                outside = self._outside(rgb, coded, seen)
            rgb = seen
        if self.monitor.is_srgb:
            shown = (rgb.clip(0, 1) * np.float32(255) + np.float32(0.5)).astype(np.uint8)
        else:
            shown = _on(rgb, self.monitor)
        if outside is not None:
            shown[outside] = WARNING
        return shown

    def _outside(self, rgb: Pixels, coded: Pixels, seen: Pixels) -> NDArray[np.bool_]:
        assert self.proof
        if self.proof.model == "CMYK":
            return np.asarray(np.abs(seen - rgb).max(axis=2) > _INK_OUTSIDE)
        return np.asarray(((coded < -_OUTSIDE) | (coded > 1 + _OUTSIDE)).any(axis=2))


SRGB_SCREEN = Screen()


def _on(rgb: Pixels, monitor: Space) -> NDArray[np.uint8]:
    shaper = _shaper(monitor)
    if shaper is None:  # a profile of tables
        coded = monitor.from_working(rgb).clip(0, 1)
        return (coded * np.float32(255) + np.float32(0.5)).astype(np.uint8)
    return shaper.pixels(rgb)


@dataclass(frozen=True, eq=False)
class _Shaper:
    """A matrix and three curves: what LittleCMS works out in float for every pixel, looked up instead."""

    matrix: Pixels  # linear sRGB @ matrix = linear light of the monitor
    curves: NDArray[np.uint8]  # (3, STEPS), over the square root of linear light

    STEPS = 1 << 14

    def pixels(self, rgb: Pixels) -> NDArray[np.uint8]:
        light = np.sqrt((decode(rgb) @ self.matrix).clip(0, 1))
        index = (light * np.float32(self.STEPS - 1) + np.float32(0.5)).astype(np.intp)
        return np.stack([self.curves[channel][index[..., channel]] for channel in range(3)], axis=2)


@lru_cache(8)
def _shaper(monitor: Space) -> _Shaper | None:
    """The monitor's profile as matrix and curves, found by asking it; None where it is more than that."""
    eye = np.eye(3, dtype=np.float32)
    to_linear = decode(monitor.to_working(eye[None])[0])  # its rows are where red, green and blue are
    if abs(np.linalg.det(to_linear)) < 1e-6:
        return None
    matrix = np.asarray(np.linalg.inv(to_linear), np.float32)
    coded = np.linspace(0, 1, 4096, dtype=np.float32)
    wanted = np.linspace(0, 1, _Shaper.STEPS) ** 2
    curves = np.empty((3, _Shaper.STEPS), np.uint8)
    for channel in range(3):
        ramp = monitor.to_working(coded[None, :, None] * eye[channel])[0]
        light = np.maximum.accumulate((decode(ramp) @ matrix)[:, channel])
        curves[channel] = np.interp(wanted, light, coded) * 255 + 0.5
    shaper = _Shaper(matrix, curves)
    steps = np.linspace(0, 1, 7, dtype=np.float32)
    probe = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(1, -1, 3)
    back = shaper.pixels(monitor.to_working(probe))
    return shaper if np.abs(back / 255 - probe).max() < 1.5 / 255 else None
