"""Lab: colours as the eye measures them, for reading off a number."""

from __future__ import annotations

# Linear sRGB to XYZ under D50 (adapted after Bradford), as in the profile of the ICC; its rows add up to D50
_XYZ = ((0.4360747, 0.3850649, 0.1430804), (0.2225045, 0.7168786, 0.0606169), (0.0139322, 0.0971045, 0.7141733))
_D50 = (0.96422, 1.0, 0.82521)
_CUBE, _SLOPE = 216 / 24389, 24389 / 27  # where CIELAB's curve leaves its straight beginning (CIE 15:2004)

Triple = tuple[float, float, float]


def lab(red: float, green: float, blue: float) -> Triple:
    """CIE L*a*b* under D50 of one sRGB-encoded colour, each 0..1."""
    linear = [_linear(v) for v in (red, green, blue)]
    x, y, z = (
        _bent(sum(m * v for m, v in zip(row, linear, strict=True)) / white)
        for row, white in zip(_XYZ, _D50, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _bent(part: float) -> float:
    return part ** (1 / 3) if part > _CUBE else (_SLOPE * part + 16) / 116
