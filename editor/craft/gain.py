"""Gain: more or less light, another amount at every place or in every channel, fast enough to follow a slider."""

from __future__ import annotations

import cv2
import numpy as np

from editor.core.image import Pixels

OFFSET = np.float32(0.055)  # of sRGB's curve (IEC 61966-2-1): encoded + OFFSET is a power of the light
POWER = 2.4
_TOE = np.float32(0.04045)  # up to here encoded values are 12.92 times the light
_STEEP = 1.184  # slope of a gain of 1.5


def slope_of(gain: Pixels) -> Pixels:
    """The slope by which encoded values grow where there is `gain` times the light; any shape."""
    return np.asarray(np.power(gain, np.float32(1 / POWER)), np.float32)


def lit(rgb: Pixels, slope: Pixels) -> Pixels:
    """sRGB-encoded values in `slope` ** 2.4 times the light, mirrored below zero; (h, w, 3), of `slope` also (1, w, 3).

    Above its toe sRGB's curve is a power, so that a gain in linear light is a straight line in encoded values:
    slope (x + 0.055) - 0.055. In the toe light is encoded as it is, so that black stays black. What a gain takes into
    the toe or out of it lies on two lines instead of the curve: within 1.6 / 255 of it for a gain of 1/16, 0.8 for 1/5,
    0.2 up to 1.5. From there on the curve itself is used.
    """
    out = slope * rgb
    rise = slope - np.float32(1)
    least = float(rise.min(initial=1))
    if float(rgb.min(initial=1)) >= (0.04 if least >= 0 else 0.1):  # nothing is, or comes, into the toe
        rise *= OFFSET
        out += rise
        return np.asarray(out)
    toe = slope * slope
    toe *= slope * np.float32(0.4) + np.float32(0.6)  # slope ** 2.4, nearly
    toe -= slope
    toe = toe * np.abs(rgb)
    rise *= OFFSET
    risen = np.minimum(toe, rise) if least >= 0 else np.where(rise >= 0, np.minimum(toe, rise), np.maximum(toe, rise))
    out += np.copysign(np.abs(risen), rgb * risen)
    if float(slope.max(initial=1)) > _STEEP:
        lifted = np.flatnonzero((np.abs(rgb) < _TOE) & (slope > _STEEP))
        dark = rgb.take(lifted)
        root = np.power(np.abs(dark) * np.float32(1 / 12.92), np.float32(1 / POWER))  # of the light
        root *= slope.take(lifted, mode="wrap")  # of one row it is the same for all
        made = root * np.float32(1.055) - OFFSET
        still = np.flatnonzero(made < _TOE)
        made[still] = np.power(root[still], np.float32(POWER)) * np.float32(12.92)
        np.put(out, lifted, np.copysign(made, dark))
    return np.asarray(out)


def threefold(plane: Pixels) -> Pixels:
    """A plane (h, w) for each of three channels, (h, w, 3)."""
    return np.asarray(cv2.merge([plane, plane, plane]), np.float32)
