"""Histogram: how much of a picture is how light, and what of it is clipped."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from editor.core.image import Image
from editor.core.proof import eight_bits

MOST = 250_000  # pixels are looked at, evenly spread; more would change no line that a person can see
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)  # ITU-R BT.709

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Histogram:
    """Pixels by their 8-bit level: red, green, blue and luma, each (256,). What is transparent does not count."""

    red: Counts
    green: Counts
    blue: Counts
    luma: Counts

    @property
    def channels(self) -> tuple[Counts, Counts, Counts]:
        return self.red, self.green, self.blue

    @property
    def shadows(self) -> tuple[float, float, float]:
        """Which part of the pixels, 0..1, is clipped at 0, for red, green and blue."""
        return self._at(0)

    @property
    def highlights(self) -> tuple[float, float, float]:
        """Which part of the pixels is clipped at 255."""
        return self._at(-1)

    def _at(self, level: int) -> tuple[float, float, float]:
        total = max(1, int(self.red.sum()))
        red, green, blue = (float(counts[level]) / total for counts in self.channels)
        return red, green, blue


def histogram(image: Image) -> Histogram:
    """Of a picture in the working space."""
    height, width = image.rgb.shape[:2]
    step = max(1, ceil(sqrt(width * height / MOST)))
    levels = eight_bits(image.rgb[::step, ::step])
    flat = levels.reshape(-1, 3)
    if image.alpha is not None:
        flat = flat[image.alpha[::step, ::step].reshape(-1) > 0]
    luma = (flat @ _LUMA + np.float32(0.5)).astype(np.uint8)
    red, green, blue, light = (np.bincount(v, minlength=256) for v in (flat[:, 0], flat[:, 1], flat[:, 2], luma))
    return Histogram(red, green, blue, light)
