"""Brush: what strokes cover of a picture, as softly as they were painted."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import ceil, floor, sqrt

import numpy as np
from numpy.typing import NDArray

from editor.core.drawn import Stroke
from editor.core.geometry import scaled
from editor.core.image import Image, Pixels
from editor.core.warp import Warp

_SPACING = 0.1  # of the radius: points of a stroke that lie closer add nothing to be seen


def coverage(strokes: Iterable[Stroke], image: Image) -> Pixels | None:
    """How much of each pixel of `image` is covered, float32 (h, w), 0..1; None where nothing is.

    Strokes lie on the photo, whose frame `image.warp` knows. A stroke covers where it passes once, however often it
    crosses itself; later strokes add to earlier ones, or erase what they have covered.
    """
    width, height = image.size
    cover: Pixels | None = None
    for stroke in strokes:
        places, radius = _on(image, stroke)
        low, high = places.min(0) - radius - 1, places.max(0) + radius + 1
        left, top = (max(0, floor(v)) for v in low)
        right, bottom = min(width, ceil(high[0])), min(height, ceil(high[1]))
        if left >= right or top >= bottom or (stroke.erase and cover is None):
            continue
        cover = np.zeros((height, width), np.float32) if cover is None else cover
        window = np.s_[top:bottom, left:right]
        fresh = _stroked(places - (left, top), radius, stroke.hardness, (bottom - top, right - left))
        cover[window] = cover[window] * (1 - fresh) if stroke.erase else np.maximum(cover[window], fresh)
    return cover


def _on(image: Image, stroke: Stroke) -> tuple[NDArray[np.float64], float]:
    """The stroke's points (n, 2) and radius in pixels of `image`."""
    full = round(image.size[0] / image.scale), round(image.size[1] / image.scale)
    warp = image.warp or Warp.none(full)
    points = np.array(stroke.points) * warp.source
    around = warp.after(points.mean(0) + np.array([(0, 0), (1, 0), (0, 1)]))
    right, down = around[1] - around[0], around[2] - around[0]
    larger = sqrt(abs(right[0] * down[1] - right[1] * down[0]))  # by how much the frame magnifies there
    small = scaled(warp.size, image.scale)
    shrink = small[0] / warp.size[0], small[1] / warp.size[1]
    radius = stroke.size / 2 * max(warp.source) * larger * image.scale
    places = warp.after(points) * shrink - image.origin
    return _thinned(places, radius * _SPACING), radius


def _thinned(places: NDArray[np.float64], apart: float) -> NDArray[np.float64]:
    """Without the points that lie closer than `apart` to the last one that is kept; both ends stay."""
    kept = [0]
    for i in range(1, len(places) - 1):
        step = places[i] - places[kept[-1]]
        if step[0] * step[0] + step[1] * step[1] >= apart * apart:
            kept.append(i)
    return places[[*kept, len(places) - 1]] if len(places) > 1 else places


def _stroked(places: NDArray[np.float64], radius: float, hardness: float, size: tuple[int, int]) -> Pixels:
    """Coverage (h, w) by a line through `places` as wide as the brush: whole inside, fading smoothly to its rim."""
    height, width = size
    nearest = np.full(size, np.float32((radius + 2) ** 2))
    for a, b in pairwise(places) if len(places) > 1 else [(places[0], places[0])]:
        low, high = np.minimum(a, b) - radius - 1, np.maximum(a, b) + radius + 1
        left, top, right, bottom = max(0, floor(low[0])), max(0, floor(low[1])), ceil(high[0]), ceil(high[1])
        if left >= min(right, width) or top >= min(bottom, height):
            continue
        part = nearest[top : min(bottom, height), left : min(right, width)]
        x = (np.arange(left, left + part.shape[1]) + 0.5 - a[0]).astype(np.float32)
        y = (np.arange(top, top + part.shape[0]) + 0.5 - a[1]).astype(np.float32)[:, None]
        dx, dy = (np.float32(v) for v in b - a)
        length = dx * dx + dy * dy
        if length > 1e-12:
            along = ((x * (dx / length)) + (y * (dy / length))).clip(0, 1)
            away = np.square(x - along * dx) + np.square(y - along * dy)
        else:
            away = np.square(x) + np.square(y)
        np.minimum(part, away, out=part)
    rim = max(radius * (1 - hardness), 1.0)  # never harder than a pixel is wide
    fade = ((np.float32(radius + 0.5) - np.sqrt(nearest)) / np.float32(rim)).clip(0, 1)
    return np.asarray(fade * fade * (3 - 2 * fade), np.float32)
