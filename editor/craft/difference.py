"""Difference: how far apart two colours look."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from editor.core.image import Pixels
from editor.craft.transform import SRGB, applied, matrix, power, processor

# linear sRGB to CIE XYZ (IEC 61966-2-1); its rows add up to D65
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = _XYZ.sum(1)
_AXES = np.array([[0, 100, 0], [500 / 1.16, -500 / 1.16, 0], [0, 200 / 1.16, -200 / 1.16]])  # of L*, a* and b*
_FAR = np.float32(25.0**7)


def lab_of(rgb: Pixels) -> Pixels:
    """CIE L*a*b* (h, w, 3) under D65 of sRGB-encoded pixels (h, w, 3) in 0..1, float32."""
    return applied(_to_lab(), rgb)


def rgb_of(lab: Pixels) -> Pixels:
    """sRGB-encoded pixels (h, w, 3) of CIE L*a*b* under D65, beyond 0..1 where sRGB does not hold a colour; float32."""
    return applied(_to_rgb(), lab)


@cache
def _to_lab() -> Any:
    """sRGB's curve and CIELAB's are both powers with a straight beginning: 1.055, 2.4 and 1.16, 3."""
    return processor([power(*SRGB), matrix(_XYZ / _WHITE[:, None]), power(3, 0.16, back=True), matrix(_AXES)])


@cache
def _to_rgb() -> Any:
    steps = [matrix(np.linalg.inv(_AXES)), power(3, 0.16), matrix(np.linalg.inv(_XYZ / _WHITE[:, None]))]
    return processor([*steps, power(*SRGB, back=True)])


def ciede2000(first: Pixels, second: Pixels) -> Pixels:
    """CIEDE2000 between L*a*b* colours (..., 3), as float32 (...); 1 is about what can just be seen side by side.

    Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", Color Research and Application 30 (2005).
    """
    (light1, a1, b1), (light2, a2, b2) = (np.moveaxis(np.asarray(lab, np.float32), -1, 0) for lab in (first, second))
    chroma = _seventh((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2)
    stretch = 1.5 - 0.5 * np.sqrt(chroma)
    a1, a2 = a1 * stretch, a2 * stretch
    chroma1, chroma2 = np.hypot(a1, b1), np.hypot(a2, b2)
    hue1, hue2 = np.arctan2(b1, a1) % (2 * np.pi), np.arctan2(b2, a2) % (2 * np.pi)
    turn = hue2 - hue1
    turn = np.where(turn > np.pi, turn - 2 * np.pi, np.where(turn < -np.pi, turn + 2 * np.pi, turn))
    grey = chroma1 * chroma2 == 0
    turn = np.where(grey, 0, turn)
    hue = np.where(grey, hue1 + hue2, hue1 + turn / 2)
    light, mean = (light1 + light2) / 2, (chroma1 + chroma2) / 2
    degrees = np.rad2deg(hue) % 360
    weight = (1 - 0.17 * np.cos(hue - np.pi / 6) + 0.24 * np.cos(2 * hue) + 0.32 * np.cos(3 * hue + np.pi / 30)
              - 0.20 * np.cos(4 * hue - np.deg2rad(63)))  # fmt: skip
    turning = np.deg2rad(30 * np.exp(-(((degrees - 275) / 25) ** 2)))
    light_step = (light2 - light1) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    chroma_step = (chroma2 - chroma1) / (1 + 0.045 * mean)
    hue_step = 2 * np.sqrt(chroma1 * chroma2) * np.sin(turn / 2) / (1 + 0.015 * mean * weight)
    both = -2 * np.sqrt(_seventh(mean)) * np.sin(2 * turning) * chroma_step * hue_step
    total = light_step**2 + chroma_step**2 + hue_step**2 + both
    return np.asarray(np.sqrt(np.maximum(total, 0)), np.float32)


def _seventh(chroma: Pixels) -> Pixels:
    power = chroma**7
    return np.asarray(power / (power + _FAR), np.float32)
