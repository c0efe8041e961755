"""Shown: which of the pictures that were cooked are on the canvas: the newest, and until they come the one before."""

from __future__ import annotations

from editor.core.histogram import Histogram
from editor.core.photo import Photo
from editor.core.proof import Screen
from editor.core.recipe import Recipe
from editor.core.warp import Warp
from editor.ui.layers import Layer, Layers
from editor.ui.renderer import Level, Picture
from editor.ui.viewport import Point, Viewport


class Shown:
    """Of one photo, without its edits (a side called True, `before`) and with them (False)."""

    def __init__(self, photo: Photo | None = None) -> None:
        self.photo = photo
        self.layers = Layers()
        self._wanted: dict[bool, Layer] = {}
        self._under: dict[bool, Layer] = {}  # what was seen there last

    def want(self, recipe: Recipe, before: Recipe, screen: Screen) -> bool:
        """Say what is to be seen. False: it is as it was."""
        if self.photo is None:
            return False
        size = self.photo.size
        wanted = {
            side: self.layers.want(each, screen, size, before=side) for side, each in ((True, before), (False, recipe))
        }
        before_that, self._wanted = self._wanted, wanted
        return wanted != before_that

    def wanted(self, sides: set[bool]) -> tuple[Layer, ...]:
        """The layers that are to be seen on these sides."""
        return tuple(dict.fromkeys(self._wanted[side] for side in sorted(sides) if side in self._wanted))

    def warp(self, before: bool) -> Warp | None:
        """How what is wanted on a side is framed."""
        return self._wanted[before].warp if before in self._wanted else None

    def put(self, picture: Picture, port: Viewport) -> bool:
        """A picture has been cooked. False: nobody wants it any more."""
        layer = self.layers.put(picture) if picture.request.photo is self.photo else None
        for side in layer.sides if layer else ():  # one that comes late still is better than an older one
            under = self._under.get(side)
            if layer and (under is None or layer.turn > under.turn) and layer.covers(port):
                self._under[side] = layer
        return layer is not None

    def stack(self, before: bool) -> list[Layer]:
        """The layers to show on a side, the one that counts most first; rather the other side than nothing."""
        kept = (known.get(side) for side in (before, not before) for known in (self._wanted, self._under))
        return list(dict.fromkeys(layer for layer in kept if layer is not None))

    def painted(self, before: bool, port: Viewport, used: list[Picture]) -> None:
        """A side was painted, with these pictures: what was seen of it stays until something better is there."""
        self.layers.use(used)
        if before in self._wanted and self._wanted[before].covers(port):
            self._under[before] = self._wanted[before]

    def sharpest(self, before: bool, port: Viewport) -> Picture | None:
        """The newest picture of the sharpest that are seen."""
        for layer in self.stack(before):
            for scale in layer.scales(port):
                return layer.parts(scale)[-1]
        return None

    def histogram(self, before: bool, port: Viewport) -> Histogram | None:
        """Of the whole photo."""
        whole = (layer.whole(port) for layer in self.stack(before))
        return next((picture.histogram for picture in whole if picture), None)

    def colour_at(self, before: bool, port: Viewport, point: Point, warp: Warp) -> Level | None:
        """The colour at a point of the picture."""
        found = (layer.colour_at(port, point) for layer in self.stack(before) if layer.warp == warp)
        return next((colour for colour in found if colour), None)
