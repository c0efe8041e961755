"""Viewport: which part of a picture the canvas shows, and how large. A value, in pixels of the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor, log2

from editor.core.engine import View
from editor.core.geometry import Region, scaled

ALIGN = 128  # regions asked for start and end on multiples of this, so that a small move asks for nothing new
STEPS = 3  # of zoom to a doubling
MOST = 16.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, width, height


@dataclass(frozen=True)
class Viewport:
    """`zoom` is screen pixels per pixel of the picture: at 1 every one of it is one of the screen, HiDPI or not.

    `photo` is the size of the picture as it is framed, `size` that of the canvas in pixels of the screen (not Qt's
    device-independent ones), `middle` the point of the picture, in its pixels, that lies in the middle of the canvas.
    With `fits` or `fills` the zoom follows the sizes.
    """

    photo: tuple[int, int]
    size: tuple[int, int]
    zoom: float = 1.0
    middle: Point = (0.0, 0.0)
    fits: bool = False
    fills: bool = False

    MARGIN = 16  # around a picture that fits

    @property
    def fit_zoom(self) -> float:
        """The zoom at which the whole picture is seen; a small one is not blown up."""
        room = [max(1, side - 2 * self.MARGIN) for side in self.size]
        return min(1.0, room[0] / self.photo[0], room[1] / self.photo[1])

    @property
    def fill_zoom(self) -> float:
        """The zoom at which no canvas is left around the picture."""
        return min(MOST, max(self.size[0] / self.photo[0], self.size[1] / self.photo[1]))

    def fitted(self) -> Viewport:
        return replace(self, zoom=self.fit_zoom, fits=True, fills=False)._inside()

    def filled(self) -> Viewport:
        return replace(self, zoom=self.fill_zoom, fits=False, fills=True)._inside()

    def resized(self, size: tuple[int, int]) -> Viewport:
        """On a canvas of another size."""
        return replace(self, size=(max(1, size[0]), max(1, size[1])))._following()

    def reframed(self, photo: tuple[int, int]) -> Viewport:
        """Of a picture that was framed anew; what was in the middle of the old one's sides is in that of the new."""
        x, y = (m * new / old for m, new, old in zip(self.middle, photo, self.photo, strict=True))
        return replace(self, photo=photo, middle=(x, y))._following()

    def zoomed(self, zoom: float, anchor: Point | None = None) -> Viewport:
        """With another zoom; what lies under `anchor`, a point of the canvas, stays there."""
        anchor = anchor or (self.size[0] / 2, self.size[1] / 2)
        zoom = min(MOST, zoom)
        x, y = self.photo_point(anchor)
        middle = x - (anchor[0] - self.size[0] / 2) / zoom, y - (anchor[1] - self.size[1] / 2) / zoom
        return replace(self, zoom=zoom, middle=middle, fits=False, fills=False)._inside()

    def about(self, middle: Point, zoom: float) -> Viewport:
        """With another zoom, and a point of the picture in the middle."""
        return replace(self, zoom=min(MOST, zoom), middle=middle, fits=False, fills=False)._inside()

    def magnified(self, times: float, anchor: Point | None = None) -> Viewport:
        """Zoomed by a factor, as two fingers do; not below what fits."""
        zoom = self.zoom * times
        return self.fitted() if zoom <= self.fit_zoom else self.zoomed(zoom, anchor)

    def stepped(self, steps: int, anchor: Point | None = None) -> Viewport:
        """Zoomed by `steps` of a ladder that holds 1:1 and all its doublings; not below what fits."""
        rung = log2(self.zoom) * STEPS
        rung = floor(rung + 1e-6) + steps if steps > 0 else ceil(rung - 1e-6) + steps
        zoom = 2.0 ** (rung / STEPS)
        return self.fitted() if zoom <= self.fit_zoom else self.zoomed(zoom, anchor)

    def moved(self, x: float, y: float) -> Viewport:
        """With the picture pushed by so many pixels of the screen."""
        middle = self.middle[0] - x / self.zoom, self.middle[1] - y / self.zoom
        return replace(self, middle=middle)._inside()

    @property
    def can_move(self) -> bool:
        """Whether some of the picture is out of sight."""
        return any(p * self.zoom > s for p, s in zip(self.photo, self.size, strict=True))

    @property
    def corner(self) -> tuple[int, int]:
        """Where on the canvas the picture's upper left corner lies: on a whole pixel, so that 1:1 is exact."""
        x, y = (round(s / 2 - m * self.zoom) for s, m in zip(self.size, self.middle, strict=True))
        return x, y

    def photo_point(self, point: Point) -> Point:
        """The point of the picture, in its pixels, under a point of the canvas."""
        x, y = self.corner
        return (point[0] - x) / self.zoom, (point[1] - y) / self.zoom

    @property
    def seen(self) -> Region:
        """The part of the picture that is seen, in pixels of `view.scale`; empty where none is."""
        return self.seen_at(min(1.0, self.zoom))

    def seen_at(self, scale: float) -> Region:
        """The part that is seen, in pixels at any scale."""
        x, y, across, down = *self.corner, *self._pixels(scale)
        left, top = floor(-x / across), floor(-y / down)
        right, bottom = ceil((self.size[0] - x) / across), ceil((self.size[1] - y) / down)
        return Region(left, top, right - left, bottom - top).clip(Region(0, 0, *scaled(self.photo, scale)))

    @property
    def view(self) -> View:
        """What to ask the engine for: no larger than it is shown, and what is seen of it, on a grid of ALIGN."""
        return self.view_at(min(1.0, self.zoom))

    def view_at(self, scale: float) -> View:
        """What is seen, at another scale."""
        whole = Region(0, 0, *scaled(self.photo, scale))
        region = self.seen_at(scale).align(ALIGN).clip(whole)
        return View(scale, None if region == whole else region)

    def place(self, region: Region, scale: float) -> Box:
        """Where on the canvas a `region` of the picture at `scale` belongs."""
        x, y, across, down = *self.corner, *self._pixels(scale)
        return x + region.x * across, y + region.y * down, region.width * across, region.height * down

    @property
    def frame(self) -> Box:
        """Where on the canvas, and beside it, the whole picture is."""
        scale = min(1.0, self.zoom)
        return self.place(Region(0, 0, *scaled(self.photo, scale)), scale)

    def _pixels(self, scale: float) -> tuple[float, float]:
        """Pixels of the screen for one at `scale`, across and down."""
        if scale == min(1.0, self.zoom):
            return self.zoom / scale, self.zoom / scale  # pixel for pixel
        width, height = scaled(self.photo, scale)
        return self.photo[0] * self.zoom / width, self.photo[1] * self.zoom / height

    def _following(self) -> Viewport:
        """With the zoom that the sizes ask for."""
        return self.fitted() if self.fits else self.filled() if self.fills else self._inside()

    def _inside(self) -> Viewport:
        """With the picture in the middle where there is room for all of it, and no gap beside it where there is not."""
        middle = []
        for length, room, at in zip(self.photo, self.size, self.middle, strict=True):
            half = room / 2 / self.zoom
            middle.append(length / 2 if length <= 2 * half else min(max(at, half), length - half))
        return replace(self, middle=(middle[0], middle[1]))
