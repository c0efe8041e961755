"""Layers: what has been cooked for the canvas, kept in parts: moving about asks only for what comes into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from math import floor
from typing import cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

from editor.core.edit import Edit
from editor.core.geometry import Region, scaled
from editor.core.proof import Screen
from editor.core.recipe import Recipe
from editor.core.warp import Warp
from editor.ui.renderer import Level, Picture
from editor.ui.viewport import Point, Viewport

LIMIT = 256 << 20  # bytes of pixels that are kept to be shown again
MOST = 64  # layers that are kept, however small
MOST_SHRUNK = 2.5  # times larger than it is shown, a picture is still drawn


class Layer:
    """The pictures of one recipe on one screen, at any scale.

    `turn` grows with every recipe that is wanted; `sides` says as what it was: the photo before its edits (True) or
    with them.
    """

    def __init__(self, recipe: Recipe, screen: Screen, warp: Warp) -> None:
        self.recipe, self.screen, self.warp = recipe, screen, warp
        self.turn = 0
        self.sides: set[bool] = set()
        self._parts: dict[float, list[Picture]] = {}
        self._areas: dict[float, QRegion] = {}

    def add(self, picture: Picture) -> list[Picture]:
        """Keep a picture. Returns those that it covers and that are given up for it."""
        scale, area = picture.scale, _area(picture.region)
        parts = self._parts.setdefault(scale, [])
        covered = [p for p in parts if picture.region.holds(p.region)]
        self._parts[scale] = [*(p for p in parts if p not in covered), picture]
        self._areas[scale] = self._areas.get(scale, QRegion()).united(area)
        return covered

    def remove(self, picture: Picture) -> None:
        left = [p for p in self._parts.get(picture.scale, []) if p is not picture]
        self._parts.pop(picture.scale, None)
        self._areas.pop(picture.scale, None)
        for each in left:
            self.add(each)

    def parts(self, scale: float) -> list[Picture]:
        """The pictures at a scale, the newest last."""
        return self._parts.get(scale, [])

    def area(self, scale: float) -> QRegion:
        """What they cover, in pixels at that scale."""
        return self._areas.get(scale, QRegion())

    def scales(self, port: Viewport) -> list[float]:
        """The scales there are pictures at: the one that is shown, larger ones, the nearest first, and smaller ones.

        Much larger ones are left out: to shrink what is seen of them would take longer than to cook it.
        """
        best = port.view.scale
        near = [s for s in self._parts if s <= MOST_SHRUNK * best]
        return sorted(near or list(self._parts)[:1], key=lambda s: (s != best, s < best, abs(s - best)))

    def missing(self, port: Viewport, scale: float, coming: Iterable[Region] = ()) -> list[Region]:
        """The parts of what is seen, on the grid, that there is nothing of at a scale, nor is `coming`."""
        there = self.area(scale)
        for region in coming:
            there = there.united(_area(region))
        seen = port.seen_at(scale)
        if seen.empty or (_area(seen) - there).isEmpty():
            return []
        lacking = _area(port.view_at(scale).region or whole(port, scale)) - there
        return rectangles(lacking)

    def covers(self, port: Viewport, least: float = 0.0) -> bool:
        """Whether there is something of all that is seen, at no less than a scale."""
        return any(not self.missing(port, scale) for scale in self._parts if scale >= least)

    def whole(self, port: Viewport) -> Picture | None:
        """The newest picture of all of it, the sharpest first."""
        for scale in sorted(self._parts, reverse=True):
            for picture in reversed(self._parts[scale]):
                if picture.region == whole(port, scale):
                    return picture
        return None

    def colour_at(self, port: Viewport, point: Point) -> Level | None:
        """The colour at a point of the picture, from the sharpest there is."""
        for scale in self.scales(port):
            width, height = scaled(port.photo, scale)
            x, y = floor(point[0] * width / port.photo[0]), floor(point[1] * height / port.photo[1])
            for part in reversed(self._parts[scale]):
                if part.region.holds(Region(x, y, 1, 1)):
                    return part.level(x - part.region.x, y - part.region.y)
        return None

    def __iter__(self) -> Iterator[Picture]:
        return (picture for parts in self._parts.values() for picture in parts)

    def __len__(self) -> int:
        return sum(map(len, self._parts.values()))


class Layers:
    """The layers of the photo on the canvas, at most `limit` bytes; what was longest out of sight goes first."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit, self.held = limit, 0
        self._layers: OrderedDict[tuple[tuple[Edit, ...], Screen], Layer] = OrderedDict()  # by the active edits
        self._used: OrderedDict[Picture, Layer] = OrderedDict()
        self._turn = 0

    def want(self, recipe: Recipe, screen: Screen, size: tuple[int, int], *, before: bool) -> Layer:
        """The layer of a recipe that is to be shown from now on, of a photo of `size`."""
        key = recipe.active, screen
        if key not in self._layers:
            bare = Recipe(recipe.active)
            self._layers[key] = Layer(bare, screen, bare.warp(size))
        layer = self._layers[key]
        self._layers.move_to_end(key)
        self._turn += 1
        layer.turn = self._turn
        layer.sides.add(before)
        while len(self._layers) > MOST:
            _, oldest = self._layers.popitem(last=False)
            for picture in oldest:
                self._forget(picture)
        return layer

    def put(self, picture: Picture) -> Layer | None:
        """Keep a picture. Returns its layer, or None if nobody wants that any more."""
        layer = self._layers.get((picture.edits, picture.request.screen))
        if layer is None:
            return None
        for covered in layer.add(picture):
            self._forget(covered)
        self._used[picture] = layer
        self.held += picture.nbytes
        while self.held > self.limit and len(self._used) > 1:
            oldest, owner = next(iter(self._used.items()))
            owner.remove(oldest)
            self._forget(oldest)
        return layer

    def use(self, pictures: Iterable[Picture]) -> None:
        """These are in sight."""
        for picture in pictures:
            if picture in self._used:
                self._used.move_to_end(picture)

    def clear(self) -> None:
        self._layers.clear()
        self._used.clear()
        self.held = 0

    def _forget(self, picture: Picture) -> None:
        if self._used.pop(picture, None):
            self.held -= picture.nbytes


def _area(region: Region) -> QRegion:
    return QRegion(QRect(*region))


def rectangles(region: QRegion) -> list[Region]:
    """The rectangles that it is made of; none lies over another."""
    return [Region(r.x(), r.y(), r.width(), r.height()) for r in cast(Iterable[QRect], region)]


def whole(port: Viewport, scale: float) -> Region:
    """All of the picture, in pixels at a scale."""
    return Region(0, 0, *scaled(port.photo, scale))
