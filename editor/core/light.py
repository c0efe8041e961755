"""Light: more or less of it, as a longer or shorter exposure would have given."""

from __future__ import annotations

import numpy as np

from editor.core.cms import decode, encode
from editor.core.image import Pixels

_TOE, _TOE_LINEAR = 0.04045, 0.0031308  # where sRGB's curve leaves its straight beginning, encoded and linear
_POWER, _OFFSET = 2.4, 0.055


def exposed(rgb: Pixels, gain: float | Pixels) -> Pixels:
    """sRGB-encoded pixels (h, w, 3) in `gain` times the linear light, mirrored below zero; float32.

    `gain` is one number, or one for each pixel (h, w, 1). Above its toe sRGB's curve (IEC 61966-2-1) is a power, so
    that a gain in linear light is a straight line in encoded values: encode(g decode(x)) = g^(1/2.4) (x + 0.055) -
    0.055. Only what begins or ends in the toe needs the curve itself.
    """
    gains = np.atleast_1d(np.asarray(gain, np.float32))
    size = np.abs(rgb)
    slope = gains ** np.float32(1 / _POWER)
    bent: Pixels = size * slope
    bent += (slope - 1) * np.float32(_OFFSET)
    edge = np.maximum(encode(np.float32(_TOE_LINEAR) / gains), np.float32(_TOE))  # up to here the toe is in it
    if (dark := size <= edge).any():
        bent[dark] = encode(decode(size[dark]) * np.broadcast_to(gains, size.shape)[dark])
    np.copysign(bent, rgb, out=bent)
    return bent
