"""Tone: a curve of brightness put on colours so that they keep their hue, and do not turn neon."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from editor.core.image import Pixels
from editor.craft.strips import in_strips

LUMA = np.array([[0.2126, 0.7152, 0.0722]], np.float32)
_LEAST = np.float32(1e-6)

Curve = Callable[[Pixels], Pixels]


def brightest(rgb: Pixels) -> Pixels:
    """The largest channel of (h, w, 3), as (h, w)."""
    red, green, blue = cv2.split(rgb)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.float32)


def luma(rgb: Pixels) -> Pixels:
    """How bright (h, w, 3) looks, encoded, as (h, w), by the weights of ITU-R BT.709."""
    return np.asarray(cv2.transform(rgb, LUMA), np.float32)


def toned(rgb: Pixels, curve: Curve, travel: Curve | None = None) -> Pixels:
    """(h, w, 3) with a `curve` of brightness, which takes arrays of any shape.

    The largest and the smallest channel go by the curve and the one between keeps its place, so that hues stay and
    nothing leaves the range that the curve keeps to (as in the DNG SDK's RefBaselineRGBTone). Where the curve is steep
    colours would grow as much as contrast does: they grow by the root of that.

    For a curve that falls somewhere, `travel` is how far it has gone up to a tone, up and down. Hues stay there too,
    and dark colours turn light; how strong they are is told by how far the curve goes, not by where it comes out.
    """
    if travel is None:
        return in_strips(lambda strip: _toned(strip, curve), rgb)
    return in_strips(lambda strip: _turned(strip, curve, travel), rgb)


def _toned(rgb: Pixels, curve: Curve) -> Pixels:
    planes, low, high, grey = _parted(rgb)
    bent_low, bent_high = curve(low), curve(high)
    steep = np.maximum(bent_high - bent_low, 0) / np.maximum(high - low, _LEAST)
    centre = steep * (grey - low)
    centre += bent_low
    return _coloured(planes, grey, centre, np.minimum(steep, np.sqrt(steep)))


def _turned(rgb: Pixels, curve: Curve, travel: Curve) -> Pixels:
    """Where the curve rises from the smallest channel to the largest this is `_toned`, and it goes over into what
    follows it by brightness alone as far as the curve turns between them."""
    planes, low, high, grey = _parted(rgb)
    bent_low, bent_high = curve(low), curve(high)
    apart, way = np.maximum(high - low, _LEAST), np.maximum(travel(high) - travel(low), 0)
    turn = 1 - np.minimum(np.abs(bent_high - bent_low) / np.maximum(way, _LEAST), 1)
    centre = bent_low + (bent_high - bent_low) * (grey - low) / apart
    centre += turn * (curve(grey) - centre)
    top, bottom = np.maximum(np.maximum(bent_low, bent_high), 1), np.minimum(np.minimum(bent_low, bent_high), 0)
    room = np.minimum(
        (top - centre) / np.maximum(high - grey, _LEAST), (centre - bottom) / np.maximum(grey - low, _LEAST)
    )
    steep = way / apart
    return _coloured(planes, grey, centre, np.minimum(np.minimum(steep, np.sqrt(steep)), np.maximum(room, 0)))


def _parted(rgb: Pixels) -> tuple[Sequence[Pixels], Pixels, Pixels, Pixels]:
    """The channels of (h, w, 3), the smallest and the largest of them, and how bright they look, each (h, w)."""
    red, green, blue = planes = cv2.split(rgb)
    low, high = cv2.min(cv2.min(red, green), blue), cv2.max(cv2.max(red, green), blue)
    return (
        [np.asarray(plane, np.float32) for plane in planes],
        np.asarray(low, np.float32),
        np.asarray(high, np.float32),
        luma(rgb),
    )


def _coloured(planes: Sequence[Pixels], grey: Pixels, centre: Pixels, chroma: Pixels) -> Pixels:
    """What is `grey` (h, w) of colours becomes `centre`, and what differs from it `chroma` times as much."""
    centre -= chroma * grey
    return np.asarray(cv2.merge([chroma * plane + centre for plane in planes]), np.float32)
