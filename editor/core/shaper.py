"""Shaper: colours by look-up, for profiles that are three curves and a matrix.

Most cameras, telephones and monitors have such (ICC.1:2022, 8.3.3). LittleCMS works out each curve in floating point
for each pixel; here the curves are tables, found by asking it. Below zero they are mirrored, as the working space
is: pure powers, such as Adobe RGB's, have nothing there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from editor.core.cms import LINEAR, decode, encode, transform
from editor.core.icc import colour_model
from editor.core.image import Pixels

STEPS = 4096  # from encoded to linear
BACK = 16384  # from the square root of linear light to encoded: fine in the dark, where eyes and curves are steep
_ROUNDING = 1e-5  # white is not outside because a sum came out at 1.0000001
_ALIKE = 1e-4  # of 0..1: a profile that is further off on a grid of colours is more than curves and a matrix
_ALIKE_BACK = 2e-3  # black comes back as what a rounding error of 1e-8 in linear light is once it is encoded


@dataclass(frozen=True, eq=False)
class Shaper:
    """What a profile does, as tables."""

    profile: bytes
    matrix: Pixels  # linear light of the profile @ matrix = linear sRGB
    curves: tuple[Pixels, ...]  # STEPS + 1 numbers for each channel
    backward: tuple[Pixels, ...]  # BACK + 1

    def to_working(self, samples: Pixels) -> Pixels:
        """(h, w, 3) of the profile's space, 0..1 and in places beyond, to the working space."""
        light = _looked_up(self.curves, samples)
        if (outside := _beyond(samples)) is not None:
            there = np.abs(samples[outside])
            for channel, primary in enumerate(self.matrix):
                alone = there[None, :, channel, None] * np.eye(3, dtype=np.float32)[channel]
                value = transform(alone, self.profile, LINEAR)[0] @ primary / (primary @ primary)
                light[outside, channel] = np.copysign(value, samples[outside][:, channel])
        return encode(light @ self.matrix)

    def from_working(self, rgb: Pixels) -> Pixels:
        """(h, w, 3) of the working space to the profile's; beyond 0..1 where it does not hold a colour."""
        light = decode(rgb) @ np.linalg.inv(self.matrix)
        out = _looked_up(self.backward, np.copysign(np.sqrt(np.abs(light)), light))
        if (outside := _beyond(light)) is not None:
            there = np.abs(light[outside])
            for channel, primary in enumerate(self.matrix):
                value = transform(there[None, :, channel, None] * primary, LINEAR, self.profile)[0, :, channel]
                out[outside, channel] = np.copysign(value, light[outside][:, channel])
        out[(rgb == 1).all(axis=2)] = 1  # a profile's numbers have 16 bits behind the point, but white is to be white
        return out


def _beyond(values: Pixels) -> NDArray[np.bool_] | None:
    """Which pixels (h, w) have a value outside -1..1, where the tables end; None if none has."""
    if values.size == 0 or (values.min() >= -1 - _ROUNDING and values.max() <= 1 + _ROUNDING):
        return None
    return np.asarray((np.abs(values) > 1 + _ROUNDING).any(axis=2))


def _looked_up(tables: tuple[Pixels, ...], values: Pixels) -> Pixels:
    """Each channel of (h, w, 3), -1..1, through its table, straight between its points; beyond, as at the end."""
    out = np.empty(values.shape, np.float32)
    for channel, table in enumerate(tables):
        given = values[..., channel]
        place = np.minimum(np.abs(given), 1) * np.float32(len(table) - 1)
        index = np.minimum(place.astype(np.int32), len(table) - 2)
        out[..., channel] = np.copysign(table[index] + (place - index) * np.diff(table)[index], given)
    return out


@lru_cache(16)
def shaper(profile: bytes) -> Shaper | None:
    """The profile as tables; None where it is more than a matrix and three curves."""
    if colour_model(profile) != "RGB":
        return None
    eye = np.eye(3, dtype=np.float32)
    matrix = transform(eye[None], profile, LINEAR)[0]
    if abs(np.linalg.det(matrix)) < 1e-6:
        return None
    coded = np.linspace(0, 1, STEPS + 1, dtype=np.float32)
    curves, backward = [], []
    for channel in range(3):
        light = transform(coded[None, :, None] * eye[channel], profile, LINEAR)[0].astype(np.float64)
        curve = light @ matrix[channel] / (matrix[channel] @ matrix[channel])
        curves.append(curve.astype(np.float32))
        roots = np.linspace(0, 1, BACK + 1)[:, None, None] ** 2 * matrix[channel]
        backward.append(transform(roots.astype(np.float32), LINEAR, profile)[:, 0, channel])
    found = Shaper(profile, matrix, tuple(curves), tuple(backward))
    steps = np.linspace(0, 1, 9, dtype=np.float32) ** 2
    probe = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    linear = transform(probe, profile, LINEAR)
    there = np.abs(found.to_working(probe) - encode(linear)).max()
    back = np.abs(found.from_working(encode(linear)) - transform(linear, LINEAR, profile)).max()
    return found if there < _ALIKE and back < _ALIKE_BACK else None
