"""White: the colour of a light, and how a picture taken in it would look in daylight (D65)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.core.cms import decode

Vector = NDArray[np.float64]

# linear sRGB to CIE XYZ (IEC 61966-2-1) and Bradford's cone responses (Lam 1985, as in ICC.1 annex E)
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_D65 = _XYZ @ np.ones(3)
_MIDDLE, _SPAN = 1e6 / 6504, 90.0  # mired of D65, and of the ends of the scale from it: 4,100 K to 15,700 K
_DUV = 0.02  # of the ends of the tint's scale, in CIE 1960 uv
_DARKEST = 1e-4


def white_at(temperature: float, tint: float) -> Vector:
    """XYZ (3,) of the light that a photo is taken for, both -1..1: at more than 0 the picture turns warmer, or redder.

    Along the locus of daylight (CIE 15:2018, 4.1.2) in steps that are even in mired, the tint across it.
    """
    if not temperature and not tint:
        return _D65
    mired = _MIDDLE - _SPAN * temperature
    here, there = _uv(_daylight(1e6 / mired)), _uv(_daylight(1e6 / (mired + 1)))
    along = (there - here) / np.linalg.norm(there - here)  # towards yellow
    across = np.array([-along[1], along[0]])
    across *= np.sign(across[1])  # towards green
    u, v = here + across * _DUV * tint - (_uv(_daylight(1e6 / _MIDDLE)) - _uv(_D65))
    return np.asarray(np.array([3 * u / (2 * v), 1.0, (4 - u - 10 * v) / (2 * v)]) * _D65[1])


def white_of(rgb: tuple[float, float, float]) -> Vector:
    """XYZ (3,) of the light in which something grey looks like `rgb` (sRGB-encoded)."""
    linear = np.maximum(decode(np.array(rgb, np.float32)).astype(float), _DARKEST)
    seen = _XYZ @ linear
    return np.asarray(seen / seen[1] * _D65[1])


def adapted(white: Vector) -> NDArray[np.float64]:
    """The matrix (3, 3) for linear sRGB that turns what is `white` (XYZ) into D65, other colours in proportion.

    Von Kries' rule for Bradford's responses; grey keeps its luminance.
    """
    gains = (_BRADFORD @ _D65) / (_BRADFORD @ white)
    to_cones = _BRADFORD @ _XYZ
    return np.asarray(np.linalg.inv(to_cones) @ np.diag(gains) @ to_cones)


def _daylight(kelvin: float) -> Vector:
    t = 1e3 / kelvin
    if kelvin <= 7000:
        x = -4.6070 * t**3 + 2.9678 * t**2 + 0.09911 * t + 0.244063
    else:
        x = -2.0064 * t**3 + 1.9018 * t**2 + 0.24748 * t + 0.237040
    y = -3.0 * x * x + 2.870 * x - 0.275
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _uv(xyz: Vector) -> Vector:
    x, y, z = xyz
    return np.asarray(np.array([4 * x, 6 * y]) / (x + 15 * y + 3 * z))
