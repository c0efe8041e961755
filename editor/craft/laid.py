"""Laid: a part's maps as they lie under regions of a picture at any scale."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.geometry import Region, scaled
from editor.core.image import Image, Pixels
from editor.craft.part import Part

_STEPS = 32  # in which OpenCV places points between pixels


class Laid:
    """The maps of a part under `there`, a region of a picture at the scale of `image`. What comes out at a place does
    not depend on the region; what `field.spread_to` does, in a third of the time."""

    def __init__(self, part: Part, image: Image, there: Region) -> None:
        self._whole = scaled(part.size, image.scale)
        self._covers, self._shines, self._own, self._beside = (
            self._fitted(np.asarray(maps, np.float32) * np.float32(by))
            for maps, by in ((part.covers, 1), (part.shines, 1), (part.own, 1 / 255), (part.beside, 1 / 255))
        )
        height, width = self._covers.shape[:2]
        self._x = self._at(there.x, there.right, width, self._whole[0])
        self._y = self._at(there.y, there.bottom, height, self._whole[1])
        self._there = there

    def covers(self, region: Region) -> Pixels:
        """The model of cover (h, w, 4) in a region of `there`."""
        return self._between(self._covers, region)

    def shines(self, region: Region) -> Pixels:
        """The model of mirrored light (h, w, 4) in a region of `there`."""
        return self._between(self._shines, region)

    def sides(self, region: Region, places: NDArray[np.intp]) -> tuple[Pixels, Pixels]:
        """The colours (n, 3) of the part and of what is beside it, at places of the region, row * width + column; they
        are nearly the same all around, so that those next to a place will do."""
        rows, columns = np.divmod(places, region.width)
        y = self._y[rows + (region.y - self._there.y)]
        x = self._x[columns + (region.x - self._there.x)]
        y, x = (np.round(v).astype(np.intp) for v in (y, x))
        return self._own[y, x], self._beside[y, x]

    def _fitted(self, maps: Pixels) -> Pixels:
        """Maps no larger than the picture."""
        height, width = maps.shape[:2]
        if self._whole[0] < width or self._whole[1] < height:
            side = min(self._whole[0], width), min(self._whole[1], height)
            return np.asarray(cv2.resize(maps, side, interpolation=cv2.INTER_AREA), np.float32)
        return maps

    @staticmethod
    def _at(start: int, stop: int, side: int, whole: int) -> Pixels:
        """Where pixels lie along a side of the maps; rounded as OpenCV will, but counted from the whole."""
        at = ((np.arange(start, stop) + 0.5) * side / whole - 0.5).clip(0, side - 1)
        return np.asarray(np.round(at * _STEPS) / _STEPS, np.float32)

    def _between(self, maps: Pixels, region: Region) -> Pixels:
        rows = self._y[region.y - self._there.y :][: region.height]
        columns = self._x[region.x - self._there.x :][: region.width]
        x, y = np.meshgrid(columns, rows)
        return np.asarray(cv2.remap(maps, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
