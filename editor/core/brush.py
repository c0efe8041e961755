"""Brush: what strokes cover of a picture, as softly as they were painted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, hypot, sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from editor.core.drawn import Stroke
from editor.core.geometry import Region, scaled
from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.memory import Memory
from editor.core.warp import Warp

_SPACING = 0.1  # of the radius: points of a stroke that lie closer add nothing to be seen
_LENGTH = 3.0  # of the radius: how long a line is worked on at a time; a long one's box is mostly empty
_BACK = 16  # strokes that may be new, or taken back, without beginning anew
_RECENT: Memory[Pixels] = Memory(96 << 20)  # what strokes covered lately, by place and strokes: values alone


class Part(Protocol):
    """A part of a picture, such as an `Image`: what there is to know of where it lies."""

    @property
    def size(self) -> tuple[int, int]: ...
    @property
    def scale(self) -> float: ...
    @property
    def origin(self) -> tuple[int, int]: ...
    @property
    def warp(self) -> Warp | None: ...


def coverage(strokes: Sequence[Stroke], image: Part, job: Job | None = None) -> Pixels | None:
    """How much of each pixel of `image` is covered, float32 (h, w), 0..1, not to be written to; None: nothing is.

    Strokes lie on the photo, whose frame `image.warp` knows. A stroke covers where it passes once, however often it
    crosses itself; later strokes add to earlier ones, or erase what they have covered. What all strokes but the last
    cover is remembered: while one is being drawn only that one is worked out.
    """
    strokes = tuple(strokes)
    if image.warp and not image.warp.is_affine:
        return _through(image.warp, strokes, image, job)
    place = image.size, image.scale, image.origin, image.warp
    done, cover = len(strokes), None
    while done > max(0, len(strokes) - _BACK) and (cover := _RECENT.find((place, strokes[:done]))) is None:
        done -= 1
    if cover is None:
        done = 0
    for index in range(done, len(strokes)):
        if job:
            job.progress(index / len(strokes))
        if index == len(strokes) - 1 and cover is not None and done < index:
            _keep(place, strokes[:index], cover)
        cover = _with(cover, strokes[index], image)
    if cover is not None and done < len(strokes):
        _keep(place, strokes, cover)
    return cover


def marked(strokes: Sequence[Stroke], mark: str) -> tuple[Stroke, ...]:
    """The strokes of a brush with several marks as they cover for one of them: later ones of another take away."""
    return tuple(stroke if stroke.mark == mark else stroke.erasing for stroke in strokes)


@dataclass(frozen=True)
class _Flat:
    """A part of the photo as it was taken."""

    size: tuple[int, int]
    scale: float
    origin: tuple[int, int]
    warp: Warp


def _through(warp: Warp, strokes: tuple[Stroke, ...], image: Part, job: Job | None) -> Pixels | None:
    """`coverage` of a picture whose perspective was changed: what is round on the photo is seen at an angle here."""
    (left, top), (width, height) = image.origin, image.size
    under = warp.needs(Region(left, top, width, height), image.scale, 2)
    cover = coverage(strokes, _Flat((under.width, under.height), image.scale, under[:2], Warp.none(warp.source)), job)
    if cover is None:
        return None
    matrix = warp.at(image.scale)
    x, y = np.arange(left, left + width) + 0.5, (np.arange(top, top + height) + 0.5)[:, None]
    depth = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]
    columns = (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / depth - 0.5 - under.x
    rows = (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / depth - 0.5 - under.y
    return _between(cover, columns.clip(0, under.width - 1), rows.clip(0, under.height - 1))


def _between(cover: Pixels, columns: NDArray[np.float64], rows: NDArray[np.float64]) -> Pixels:
    """Values at places between pixels, bilinear."""
    left, top = columns.astype(np.intp), rows.astype(np.intp)
    right, below = np.minimum(left + 1, cover.shape[1] - 1), np.minimum(top + 1, cover.shape[0] - 1)
    across, down = (columns - left).astype(np.float32), (rows - top).astype(np.float32)
    upper = cover[top, left] * (1 - across) + cover[top, right] * across
    lower = cover[below, left] * (1 - across) + cover[below, right] * across
    return np.asarray(upper * (1 - down) + lower * down, np.float32)


def _keep(place: tuple[object, ...], strokes: tuple[Stroke, ...], cover: Pixels) -> None:
    cover.setflags(write=False)
    _RECENT.keep((place, strokes), cover)


def _with(cover: Pixels | None, stroke: Stroke, image: Part) -> Pixels | None:
    """Coverage once `stroke` was made as well; `cover` is written to if it may be."""
    width, height = image.size
    places, radius = _on(image, stroke)
    low, high = places.min(0) - radius - 1, places.max(0) + radius + 1
    left, top = (max(0, floor(v)) for v in low)
    right, bottom = min(width, ceil(high[0])), min(height, ceil(high[1]))
    if left >= right or top >= bottom or (stroke.erase and cover is None):
        return cover
    if cover is None:
        cover = np.zeros((height, width), np.float32)
    elif not cover.flags.writeable:
        cover = cover.copy()
    window = np.s_[top:bottom, left:right]
    fresh = _stroked(places - (left, top), radius, stroke.hardness, (bottom - top, right - left))
    cover[window] = cover[window] * (1 - fresh) if stroke.erase else np.maximum(cover[window], fresh)
    return cover


def simplified(points: NDArray[np.float64], within: float) -> NDArray[np.float64]:
    """Points (n, 2) of a line without those that it passes at no more than `within` once they are gone; the ends stay.

    Ramer 1972 (doi.org/10.1016/S0146-664X(72)80017-0), Douglas and Peucker 1973 (doi.org/10.3138/FM57-6770-U75U-7727).
    """
    kept = np.zeros(len(points), bool)
    kept[[0, -1]] = True
    parts = [(0, len(points) - 1)]
    while parts:
        first, last = parts.pop()
        if last - first < 2:
            continue
        away = _distances(points[first + 1 : last], points[first], points[last])
        if away.max() > within:
            middle = first + 1 + int(away.argmax())
            kept[middle] = True
            parts += [(first, middle), (middle, last)]
    return points[kept]


def _distances(points: NDArray[np.float64], a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of points (n, 2) from the line between a and b."""
    line = b - a
    length = float(line @ line)
    along = ((points - a) @ line / length).clip(0, 1) if length else np.zeros(len(points))
    return np.asarray(np.hypot(*(points - a - along[:, None] * line).T))


def _on(image: Part, stroke: Stroke) -> tuple[NDArray[np.float64], float]:
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


def _pieces(places: NDArray[np.float64], longest: float) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """The line through places (n, 2), both ends of each straight piece, none longer than `longest`."""
    if len(places) == 1:
        yield places[0], places[0]
    for a, b in pairwise(places):
        count = max(1, ceil(hypot(*(b - a)) / longest))
        yield from pairwise(a + (b - a) * (i / count) for i in range(count + 1))


def _stroked(places: NDArray[np.float64], radius: float, hardness: float, size: tuple[int, int]) -> Pixels:
    """Coverage (h, w) by a line through `places` as wide as the brush: whole inside, fading smoothly to its rim."""
    height, width = size
    nearest = np.full(size, np.float32((radius + 2) ** 2))
    for a, b in _pieces(places, radius * _LENGTH):
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
