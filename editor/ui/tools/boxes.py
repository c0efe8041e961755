"""Boxes: rectangles on a picture as they are drawn, moved and pulled about, at a ratio or not; in its pixels."""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import NamedTuple

from editor.core.warp import Size
from editor.ui.viewport import Point

LEAST = 1.0  # pixels on a side


class Box(NamedTuple):
    """A rectangle: left and top edge, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def spot(self, handle: Handle) -> Point:
        """Where a handle of it lies."""
        return self.x + self.width * (handle[0] + 1) / 2, self.y + self.height * (handle[1] + 1) / 2

    def holds(self, point: Point) -> bool:
        return self.x <= point[0] <= self.right and self.y <= point[1] <= self.bottom


Handle = tuple[int, int]  # -1, 0, 1: left, middle, right; top, middle, bottom
HANDLES: tuple[Handle, ...] = ((-1, -1), (1, -1), (1, 1), (-1, 1), (0, -1), (1, 0), (0, 1), (-1, 0))


def moved(box: Box, by: Point, size: Size) -> Box:
    """The box pushed along, at most to the edges of the picture."""
    x = min(max(box.x + by[0], 0), max(0.0, size[0] - box.width))
    y = min(max(box.y + by[1], 0), max(0.0, size[1] - box.height))
    return Box(x, y, box.width, box.height)


def pulled(box: Box, handle: Handle, to: Point, size: Size, ratio: float | None, *, centred: bool = False) -> Box:
    """The box with a handle of it pulled `to` a point; what is opposite stays, or the middle if `centred`.

    With a `ratio`, width to height, an edge takes its neighbours along on both sides.
    """
    anchor = box.middle if centred else box.spot((-handle[0], -handle[1]))
    return _spanned(anchor, handle, to, (box.width, box.height), size, ratio, centred=centred)


def drawn(start: Point, to: Point, size: Size, ratio: float | None, *, centred: bool = False) -> Box:
    """A new box from one corner, or the middle, to the other."""
    handle = (1 if to[0] >= start[0] else -1, 1 if to[1] >= start[1] else -1)
    anchor = min(max(start[0], 0.0), float(size[0])), min(max(start[1], 0.0), float(size[1]))
    return _spanned(anchor, handle, to, (LEAST, LEAST), size, ratio, centred=centred)


def _spanned(
    anchor: Point, handle: Handle, to: Point, was: Point, size: Size, ratio: float | None, *, centred: bool
) -> Box:
    sides, rooms = [], []
    for at, way, end, before, whole in zip(anchor, handle, to, was, size, strict=True):
        per = 2 if centred or not way else 1  # a side that grows both ways
        rooms.append(max(LEAST, per * min(at, whole - at) if per == 2 else whole - at if way > 0 else at))
        sides.append(max(LEAST, (end - at) * way * per) if way else before)
    width, height = sides
    if ratio:
        if not handle[0]:
            width = height * ratio
        elif not handle[1]:
            height = width / ratio
        else:
            width = max(width, height * ratio)
            height = width / ratio
        fit = min(1.0, rooms[0] / width, rooms[1] / height)
        width, height = width * fit, height * fit
    else:
        width, height = min(width, rooms[0]), min(height, rooms[1])
    x, y = (
        at - side / 2 if centred or not way else at if way > 0 else at - side
        for at, way, side in zip(anchor, handle, (width, height), strict=True)
    )
    return Box(x, y, width, height)


def shaped(box: Box, ratio: float, size: Size) -> Box:
    """The box at a ratio: as large as before about the same middle, as far as the picture goes."""
    area = box.width * box.height
    width = (area * ratio) ** 0.5
    fit = min(1.0, size[0] / width, size[1] / (width / ratio))
    width, height = width * fit, width * fit / ratio
    middle = box.middle
    return moved(Box(middle[0] - width / 2, middle[1] - height / 2, width, height), (0, 0), size)


def inscribed(box: Box, ratio: float) -> Box:
    """The largest at a ratio within the box, about the same middle."""
    width = min(box.width, box.height * ratio)
    height = width / ratio
    x, y = box.middle
    return Box(x - width / 2, y - height / 2, width, height)


def limited(good: Box, wanted: Box, fits: Callable[[Box], bool]) -> Box:
    """`wanted`, or as far as it can be gone from `good` towards it, each edge for itself after all together."""
    if fits(wanted):
        return wanted
    best = _towards(good, wanted, fits)
    for edges in ((True, False), (False, True)):  # and then along what is in the way
        aim = Box(
            wanted.x if edges[0] else best.x, wanted.y if edges[1] else best.y,
            wanted.width if edges[0] else best.width, wanted.height if edges[1] else best.height,
        )  # fmt: skip
        best = _towards(best, aim, fits)
    return best


def limited_at_ratio(good: Box, wanted: Box, fits: Callable[[Box], bool]) -> Box:
    """As `limited`, keeping the ratio that both have."""
    return wanted if fits(wanted) else _towards(good, wanted, fits)


def _towards(good: Box, wanted: Box, fits: Callable[[Box], bool]) -> Box:
    low, high = 0.0, 1.0
    for _ in range(9):
        part = (low + high) / 2
        between = Box(*(a + (b - a) * part for a, b in zip(good, wanted, strict=True)))
        low, high = (part, high) if fits(between) else (low, part)
    return Box(*(a + (b - a) * low for a, b in zip(good, wanted, strict=True)))


def on_pixels(box: Box, size: Size, ratio: float | None) -> Box:
    """The box with its edges on whole pixels; at 1:1 and the like exactly as wide as high."""
    left, top = (min(max(floor(v + 0.5), 0), whole - 1) for v, whole in zip(box[:2], size, strict=True))
    width = max(1, min(floor(box.right + 0.5), size[0]) - left)
    height = max(1, min(floor(box.bottom + 0.5), size[1]) - top)
    if ratio:
        width = max(1, min(width, floor((size[1] - top) * ratio + 0.5)))
        height = max(1, min(floor(width / ratio + 0.5), size[1] - top))
    return Box(left, top, width, height)


def in_pixels(value: tuple[float, float, float, float], size: Size) -> Box:
    """A rectangle of fractions of `size`, in pixels of it."""
    (x, y, w, h), (width, height) = value, size
    return Box(x * width, y * height, w * width, h * height)


def in_fractions(box: Box, size: Size) -> tuple[float, float, float, float]:
    """And back; within the picture."""
    width, height = size
    x, y = max(0.0, box.x / width), max(0.0, box.y / height)
    return x, y, min(box.width / width, 1 - x), min(box.height / height, 1 - y)


def whole(value: tuple[float, float, float, float], size: Size) -> tuple[int, int]:
    """Width and height of a rectangle of fractions of `size`, in whole pixels."""
    box = in_pixels(value, size)
    return round(box.width), round(box.height)
