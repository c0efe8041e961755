"""Tone: a curve of brightness put on colours so that they keep their hue, and do not turn neon."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from editor.core.image import Pixels
from editor.craft.strips import in_strips

LUMA = np.array([[0.2126, 0.7152, 0.0722]], np.float32)
_LEAST = np.float32(1e-6)


def brightest(rgb: Pixels) -> Pixels:
    """The largest channel of (h, w, 3), as (h, w)."""
    red, green, blue = cv2.split(rgb)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.float32)


def luma(rgb: Pixels) -> Pixels:
    """How bright (h, w, 3) looks, encoded, as (h, w), by the weights of ITU-R BT.709."""
    return np.asarray(cv2.transform(rgb, LUMA), np.float32)


def toned(rgb: Pixels, curve: Callable[[Pixels], Pixels]) -> Pixels:
    """(h, w, 3) with a `curve` of brightness: one that rises everywhere and takes arrays of any shape.

    The largest and the smallest channel go by the curve and the one between keeps its place, so that hues stay and
    nothing leaves the range that the curve keeps to (as in the DNG SDK's RefBaselineRGBTone). Where the curve is steep
    colours would grow as much as contrast does: they grow by the root of that.
    """
    return in_strips(lambda strip: _toned(strip, curve), rgb)


def _toned(rgb: Pixels, curve: Callable[[Pixels], Pixels]) -> Pixels:
    red, green, blue = cv2.split(rgb)
    low = np.asarray(cv2.min(cv2.min(red, green), blue), np.float32)
    high = np.asarray(cv2.max(cv2.max(red, green), blue), np.float32)
    bent_low, bent_high = curve(low), curve(high)
    grey = luma(rgb)
    steep = np.maximum(bent_high - bent_low, 0) / np.maximum(high - low, _LEAST)
    centre = steep * (grey - low)
    centre += bent_low
    chroma = np.minimum(steep, np.sqrt(steep))
    centre -= chroma * grey
    return np.asarray(cv2.merge([chroma * plane + centre for plane in (red, green, blue)]), np.float32)
