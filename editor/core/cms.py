"""Cms: linear light and sRGB's curve, and LittleCMS, which knows every profile."""

from __future__ import annotations

from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from editor.core.icc import BT709, D65, colour_model, matrix_profile
from editor.core.image import Pixels

_NAMES = {"RGB": "rgb", "GRAY": "gray", "CMYK": "cmyk"}
_INTENT = imagecodecs.CMS.INTENT.RELATIVE_COLORIMETRIC
_FLAGS = imagecodecs.CMS.FLAGS.NOCACHE | imagecodecs.CMS.FLAGS.BLACKPOINTCOMPENSATION

LINEAR = matrix_profile("Linear sRGB", BT709, D65, (1.0,))


def encode(linear: Pixels) -> Pixels:
    """Linear light to sRGB's curve (IEC 61966-2-1), mirrored below zero; any shape, float32."""
    size = np.abs(linear)
    bent = np.power(size, np.float32(1 / 2.4)) * np.float32(1.055) - np.float32(0.055)
    return np.copysign(np.where(size <= np.float32(0.0031308), size * np.float32(12.92), bent), linear)


def decode(encoded: Pixels) -> Pixels:
    """`encode` backwards."""
    size = np.abs(encoded)
    bent = np.power((size + np.float32(0.055)) * np.float32(1 / 1.055), np.float32(2.4))
    return np.copysign(np.where(size <= np.float32(0.04045), size * np.float32(1 / 12.92), bent), encoded)


def transform(pixels: Pixels, profile: bytes, target: bytes) -> Pixels:
    """(h, w, n) of one profile to (h, w, m) of another, float32, relative colorimetric with black point compensation.

    Unbounded for profiles of matrix and curves, but below zero only where a curve begins with a straight line. Raises
    RuntimeError where LittleCMS cannot.
    """
    here, there = colour_model(profile), colour_model(target)
    data = np.ascontiguousarray(pixels * np.float32(100) if here == "CMYK" else pixels, np.float32)
    if here == "GRAY":
        data = data[..., 0]
    result: NDArray[Any] = imagecodecs.cms_transform(
        data, profile, target, colorspace=_NAMES[here], outcolorspace=_NAMES[there], outdtype=np.float32,
        intent=_INTENT, flags=_FLAGS,
    )  # fmt: skip
    result = result.reshape(*pixels.shape[:2], -1)
    return np.asarray(result * np.float32(0.01) if there == "CMYK" else result, np.float32)
