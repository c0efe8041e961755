"""Lab: CIELab pictures come in as ProPhoto RGB, which holds nearly all surface colours.

CIE 15:2018 for L*a*b* (white D50, as TIFF and Photoshop have it); ROMM RGB after ISO 22028-2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.core.color import PROPHOTO
from editor.core.formats import Samples

_WHITE = np.array([0.9642, 1.0, 0.8249])
_FROM_XYZ = np.array([[1.3459433, -0.2556075, -0.0511118], [-0.5445989, 1.5081673, 0.0205351], [0.0, 0.0, 1.2118128]])
_STRIP = 256
_NOTE = "It was CIELab, and comes in as ProPhoto RGB."


def from_lab(samples: Samples, signed: bool) -> tuple[Samples, bytes | None, str]:
    """(h, w, 3) of L*, a*, b* to ROMM RGB of the same type, its profile, and a note.

    `signed`: a* and b* are two's complement, else they are shifted by half of the range. Float samples are taken as
    they are, 0..100 and -128..127.
    """
    out = np.empty_like(samples)
    for top in range(0, len(samples), _STRIP):
        rows = samples[top : top + _STRIP]
        if samples.dtype == np.float32:
            lightness, hues = rows[..., 0].astype(np.float64), rows[..., 1:].astype(np.float64)
        else:
            lightness = rows[..., 0] * (100 / np.iinfo(samples.dtype).max)
            hues = _hues(rows[..., 1:], signed)
        y = (lightness + 16) / 116
        bent = np.stack([y + hues[..., 0] / 500, y, y - hues[..., 1] / 200], axis=-1)
        xyz = np.where(bent > 6 / 29, bent**3, (bent - 4 / 29) * (3 * (6 / 29) ** 2)) * _WHITE
        romm = (xyz @ _FROM_XYZ.T).clip(0, None) ** (1 / 1.8)
        if samples.dtype == np.float32:
            out[top : top + _STRIP] = romm
        else:
            out[top : top + _STRIP] = (romm.clip(0, 1) * np.iinfo(samples.dtype).max + 0.5).astype(samples.dtype)
    return out, PROPHOTO.profile, _NOTE


def _hues(stored: Samples, signed: bool) -> NDArray[np.float64]:
    """a* and b* from 8 or 16 bits."""
    wide = stored.dtype == np.uint16
    if signed:
        return np.asarray(stored.astype(np.int16 if wide else np.int8), np.float64) / (256 if wide else 1)
    return np.asarray(stored, np.float64) / (257 if wide else 1) - 128
