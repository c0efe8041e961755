"""Lab: colours as the eye measures them, for reading off a number, and what they are in sRGB."""

from __future__ import annotations

from math import copysign

import numpy as np

# Linear sRGB to XYZ under D50 (adapted after Bradford), as in the profile of the ICC; its rows add up to D50
_XYZ = ((0.4360747, 0.3850649, 0.1430804), (0.2225045, 0.7168786, 0.0606169), (0.0139322, 0.0971045, 0.7141733))
_D50 = (0.96422, 1.0, 0.82521)
_CUBE, _SLOPE = 216 / 24389, 24389 / 27  # where CIELAB's curve leaves its straight beginning (CIE 15:2004)

# Linear sRGB to the cones' answers, and their cube roots to OKLab (Ottosson, "A perceptual color space for image
# processing", 2020)
CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
OK = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_XYZ, _FROM_CONES, _FROM_OK = np.linalg.inv(_XYZ), np.linalg.inv(CONES), np.linalg.inv(OK)

Triple = tuple[float, float, float]


def lab(red: float, green: float, blue: float) -> Triple:
    """CIE L*a*b* under D50 of one sRGB-encoded colour, each 0..1, or beyond for one outside sRGB."""
    linear = [_linear(v) for v in (red, green, blue)]
    x, y, z = (
        _bent(sum(m * v for m, v in zip(row, linear, strict=True)) / white)
        for row, white in zip(_XYZ, _D50, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def rgb_from_lab(light: float, a: float, b: float) -> Triple:
    """The sRGB-encoded colour, beyond 0..1 outside sRGB, that has this CIE L*a*b* under D50."""
    y = (light + 16) / 116
    bent = (y + a / 500, y, y - b / 200)
    return _encoded(_FROM_XYZ @ [_straight(f) * white for f, white in zip(bent, _D50, strict=True)])


def oklab(red: float, green: float, blue: float) -> Triple:
    """OKLab of one sRGB-encoded colour, each 0..1, or beyond for one outside sRGB."""
    light, a, b = OK @ np.cbrt(CONES @ [_linear(v) for v in (red, green, blue)])
    return float(light), float(a), float(b)


def rgb_from_oklab(light: float, a: float, b: float) -> Triple:
    """The sRGB-encoded colour, beyond 0..1 outside sRGB, that has this OKLab."""
    return _encoded(_FROM_CONES @ (_FROM_OK @ [light, a, b]) ** 3)


def _linear(value: float) -> float:
    """Light of an encoded value; of one below zero as much below zero."""
    size = abs(value)
    return copysign(size / 12.92 if size <= 0.04045 else ((size + 0.055) / 1.055) ** 2.4, value)


def _encoded(linear: np.ndarray) -> Triple:
    red, green, blue = (
        copysign(12.92 * abs(v) if abs(v) <= 0.04045 / 12.92 else 1.055 * abs(v) ** (1 / 2.4) - 0.055, v)
        for v in linear.tolist()
    )
    return red, green, blue


def _bent(part: float) -> float:
    return part ** (1 / 3) if part > _CUBE else (_SLOPE * part + 16) / 116


def _straight(bent: float) -> float:
    return bent**3 if bent**3 > _CUBE else (116 * bent - 16) / _SLOPE
