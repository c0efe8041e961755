"""Viewport: which part of a photo the canvas shows, and how large. A value, in pixels of the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor, log2

from editor.core.engine import View
from editor.core.geometry import Region, scaled

ALIGN = 64  # regions asked for start and end on multiples of this, so that a small move asks for nothing new
STEPS = 3  # of zoom to a doubling
MOST = 16.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, width, height


@dataclass(frozen=True)
class Viewport:
    """`zoom` is screen pixels per photo pixel: at 1 every pixel of the photo is one of the screen, HiDPI or not.

    `size` is the canvas in pixels of the screen (not Qt's device-independent ones), `middle` the point of the photo,
    in its pixels, that lies in the middle of the canvas. With `fits` the zoom follows the size of the canvas.
    """

    photo: tuple[int, int]
    size: tuple[int, int]
    zoom: float = 1.0
    middle: Point = (0.0, 0.0)
    fits: bool = False

    MARGIN = 16  # around a photo that fits

    @property
    def fit_zoom(self) -> float:
        """The zoom at which the whole photo is seen; a small photo is not blown up."""
        room = [max(1, side - 2 * self.MARGIN) for side in self.size]
        return min(1.0, room[0] / self.photo[0], room[1] / self.photo[1])

    def fitted(self) -> Viewport:
        return replace(self, zoom=self.fit_zoom, fits=True)._inside()

    def resized(self, size: tuple[int, int]) -> Viewport:
        there = replace(self, size=(max(1, size[0]), max(1, size[1])))
        return there.fitted() if self.fits else there._inside()

    def zoomed(self, zoom: float, anchor: Point | None = None) -> Viewport:
        """With another zoom; what lies under `anchor`, a point of the canvas, stays there."""
        anchor = anchor or (self.size[0] / 2, self.size[1] / 2)
        zoom = min(MOST, zoom)
        x, y = self.photo_point(anchor)
        middle = x - (anchor[0] - self.size[0] / 2) / zoom, y - (anchor[1] - self.size[1] / 2) / zoom
        return replace(self, zoom=zoom, middle=middle, fits=False)._inside()

    def stepped(self, steps: int, anchor: Point | None = None) -> Viewport:
        """Zoomed by `steps` of a ladder that holds 1:1 and all its doublings; not below what fits."""
        rung = log2(self.zoom) * STEPS
        rung = floor(rung + 1e-6) + steps if steps > 0 else ceil(rung - 1e-6) + steps
        zoom = 2.0 ** (rung / STEPS)
        return self.fitted() if zoom <= self.fit_zoom else self.zoomed(zoom, anchor)

    def moved(self, x: float, y: float) -> Viewport:
        """With the photo pushed by so many pixels of the screen."""
        middle = self.middle[0] - x / self.zoom, self.middle[1] - y / self.zoom
        return replace(self, middle=middle)._inside()

    @property
    def can_move(self) -> bool:
        """Whether some of the photo is out of sight."""
        return any(p * self.zoom > s for p, s in zip(self.photo, self.size, strict=True))

    @property
    def corner(self) -> tuple[int, int]:
        """Where on the canvas the photo's upper left corner lies: on a whole pixel, so that 1:1 is exact."""
        x, y = (round(s / 2 - m * self.zoom) for s, m in zip(self.size, self.middle, strict=True))
        return x, y

    def photo_point(self, point: Point) -> Point:
        """The point of the photo, in its pixels, under a point of the canvas."""
        x, y = self.corner
        return (point[0] - x) / self.zoom, (point[1] - y) / self.zoom

    @property
    def seen(self) -> Region:
        """The part of the photo that is seen, in pixels of `view.scale`."""
        scale = min(1.0, self.zoom)
        per = self.zoom / scale  # screen pixels per pixel asked for
        x, y = self.corner
        left, top = floor(-x / per), floor(-y / per)
        right, bottom = ceil((self.size[0] - x) / per), ceil((self.size[1] - y) / per)
        return Region(left, top, right - left, bottom - top).clip(Region(0, 0, *scaled(self.photo, scale)))

    @property
    def view(self) -> View:
        """What to ask the engine for: no larger than it is shown, and what is seen of it, on a grid of ALIGN."""
        scale = min(1.0, self.zoom)
        whole = Region(0, 0, *scaled(self.photo, scale))
        region = self.seen.align(ALIGN).clip(whole)
        return View(scale, None if region == whole else region)

    def place(self, region: Region, scale: float) -> Box:
        """Where on the canvas a `region` of the photo at `scale` belongs."""
        if scale == min(1.0, self.zoom):
            across = down = self.zoom / scale  # pixel for pixel
        else:
            width, height = scaled(self.photo, scale)
            across, down = self.photo[0] * self.zoom / width, self.photo[1] * self.zoom / height
        x, y = self.corner
        return x + region.x * across, y + region.y * down, region.width * across, region.height * down

    def _inside(self) -> Viewport:
        """With the photo in the middle where there is room for all of it, and no gap beside it where there is not."""
        middle = []
        for length, room, at in zip(self.photo, self.size, self.middle, strict=True):
            half = room / 2 / self.zoom
            middle.append(length / 2 if length <= 2 * half else min(max(at, half), length - half))
        return replace(self, middle=(middle[0], middle[1]))
