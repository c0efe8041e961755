"""Carry: what a network changed about a small picture of a product, done to the large photo of it.

The photo is not replaced by what the network drew. Where a thing moved, its pixels move; what they then still differ
by, a smooth difference of colours, is added to them; and only where there was nothing of the product before are the
network's own colours used. So the photo's grain, weave and print stay.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from editor.core.geometry import Region, scaled
from editor.core.image import Image, Pixels
from editor.craft.change import FINE, GONE, Change, merged, read, sized, split
from editor.craft.crop import Crop
from editor.craft.field import spread_to
from editor.craft.matting import colours_of
from editor.craft.strips import each_strip

THIN = 0.1  # of a pixel: of less, the colour cannot be told
ROOM = 3  # pixels of a small picture around a thing that reading between pixels may reach
STEP = 1 / 32  # pixels: finer, OpenCV moves nothing
MANY = 1 << 14  # pixels of a strip that are not picked one by one
STEEPEST = 3.0  # times as steep as it was drawn is the edge of a design
BEHIND, GROWN = 256, 0.02  # pixels on a side, and how much of them around the product is not trusted


@dataclass(frozen=True, eq=False)
class Lifted:
    """What a region of a picture shows of its product's square, the product lifted off its ground: all that has to be
    known before it is known what becomes of it.

    `window`: rows and columns of the region; `u` (w) and `v` (h): where its columns and rows lie in the square, 0..1;
    `side` of the square in pixels of the region. `own` (h, w, 4): red, green and blue of the product, as much as there
    is of it, and how much that is. `ground`, red, green and blue (h, w): the picture without it; None where it was cut
    out.
    """

    window: tuple[slice, slice]
    u: Pixels
    v: Pixels
    side: float
    own: Pixels
    ground: tuple[Pixels, ...] | None

    @property
    def nbytes(self) -> int:
        return self.own.nbytes + sum(plane.nbytes for plane in self.ground or ())

    def box(self, after: Pixels) -> tuple[slice, slice]:
        """Rows and columns of the window outside of which there is nothing of the product, neither as it was nor as it
        is to be, `after` (s, s) of the square."""
        found = []
        for axis, at in ((1, self.v), (0, self.u)):
            was = np.flatnonzero((self.own[..., 3] > 0).any(axis))
            there = np.flatnonzero((after > GONE).any(axis))
            ends = [(int(was[0]), int(was[-1]) + 1)] if len(was) else []
            if len(there):
                low, high = ((v + 0.5) / len(after) for v in (there[0] - ROOM, there[-1] + ROOM))
                ends.append((int(np.searchsorted(at, low)), int(np.searchsorted(at, high, "right"))))
            found.append(slice(min((e[0] for e in ends), default=0), max((e[1] for e in ends), default=0)))
        return found[0], found[1]


def lifted(image: Image, size: tuple[int, int], crop: Crop, behind: Pixels) -> Lifted:
    """The product of `image`, a region of a picture of `size` at full size, in the square `crop` of it; nothing where
    nobody has said what is product, or nothing of the square is in the region. `behind` (h', w', 3): the picture
    without the product, of any resolution."""
    there, (u, v) = _inside(image, crop)
    product = image.product
    if there.empty or product is None:
        return Lifted((slice(0, 0), slice(0, 0)), u[:0], v[:0], crop.side, np.zeros((0, 0, 4), np.float32), None)
    top, left = there.y - image.origin[1], there.x - image.origin[0]
    window = slice(top, top + there.height), slice(left, left + there.width)
    rgb, share = image.rgb[window], product[window]
    own = np.empty((*share.shape, 4), np.float32)
    own[..., 3] = share
    if image.alpha is not None:
        own[..., :3] = share[..., None] * rgb
        return Lifted(window, u, v, crop.side * image.scale, own, None)
    ground = spread_to(behind, scaled(size, image.scale), there) - rgb
    ground *= (share / np.float32(THIN)).clip(0, 1)[..., None]
    ground += rgb
    own[..., :3] = rgb - (1 - share[..., None]) * ground
    return Lifted(window, u, v, crop.side * image.scale, own, tuple(split(ground)))


def carried(image: Image, there: Lifted, change: Change) -> Image:
    """`image` with its product, lifted off it, changed. Nothing outside of the square is touched. What it needs to see
    around a region: `change.farthest` of the square's side."""
    moves = change.farthest_moved * there.side >= STEP / 2
    way, rest, new = change.maps(there.side)
    steps = np.float32(there.side / STEP)

    def made(rows: slice, columns: slice) -> tuple[list[Pixels], Pixels]:
        x, y = _places(there, rows, columns, len(way))
        *to, alpha, _ = split(read(way, x, y))
        moved = there.own[rows, columns]
        if moves:
            starts = np.arange(columns.start, columns.stop), np.arange(rows.start, rows.stop)[:, None]
            for at, start in zip(to, starts, strict=True):
                at *= steps
                np.rint(at, out=at)  # so that it is the same for every region
                at *= np.float32(STEP)
                at += start.astype(np.float32)
            moved = np.asarray(
                cv2.remap(there.own, to[0], to[1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.float32
            )
        *colours, share = split(moved)
        np.maximum(share, 0, out=share)
        some = np.maximum(share, np.float32(THIN))
        for colour, added in zip(colours, split(read(rest, x, y)), strict=False):
            colour /= some
            colour += added
        alpha += share
        np.clip(alpha, 0, 1, out=alpha)
        few = np.flatnonzero(alpha > share)
        if len(few) > MANY:
            others = read(new, x, y).reshape(-1, 4)[few]
        elif len(few):
            others = read(new, x.ravel()[few], y.ravel()[few])[0]
        if len(few):
            fresh = 1 - share.ravel()[few] / alpha.ravel()[few]
            for colour, other in zip(colours, others.T, strict=False):
                own = colour.ravel()[few]
                colour.ravel()[few] = own + fresh * (other - own)
        return colours, alpha

    return _with(image, there, change.edited[..., 3], made)


def designed(image: Image, there: Lifted, design: Pixels) -> Image:
    """`image` with `design`, straight RGBA (s, s, 4), in the place of its product; all else as for `carried`.

    Its edge is made as steep as the picture is large, as far as an edge can be told of so few pixels.
    """
    drawn = sized(np.asarray(design, np.float32), max(FINE, len(design)))
    steep = np.float32(min(max(1.0, there.side / len(design)), STEEPEST))

    def made(rows: slice, columns: slice) -> tuple[list[Pixels], Pixels]:
        *colours, alpha = split(read(drawn, *_places(there, rows, columns, len(drawn))))
        alpha -= np.float32(0.5)
        alpha *= steep
        alpha += np.float32(0.5)
        return [colour.clip(0, 1) for colour in colours], alpha.clip(0, 1)

    return _with(image, there, design[..., 3], made)


def _with(
    image: Image, there: Lifted, after: Pixels, made: Callable[[slice, slice], tuple[list[Pixels], Pixels]]
) -> Image:  # fmt: skip
    """The picture with a product whose colours, red, green and blue (h, w), and alpha (h, w) `made` gives for rows and
    columns of the window, on the ground; `after` (s, s): where in the square there is some of it."""
    rows, columns = there.box(after)
    top, left = (part.start for part in there.window)
    product, rgb = image.product, np.empty_like(image.rgb)
    changed = [
        name for name, plane in image.planes.items()
        if plane is product or (name == "alpha" and image.own_alpha is None)
    ]  # fmt: skip
    planes = {name: np.empty_like(plane) if name in changed else plane for name, plane in image.planes.items()}

    def work(strip: slice) -> None:
        rgb[strip] = image.rgb[strip]
        for name in changed:
            planes[name][strip] = image.planes[name][strip]
        here = slice(max(rows.start, strip.start - top), min(rows.stop, strip.stop - top))
        if here.stop <= here.start or columns.stop <= columns.start:
            return
        colours, alpha = made(here, columns)
        at = np.s_[top + here.start : top + here.stop, left + columns.start : left + columns.stop]
        if there.ground is None:
            cv2.copyTo(merged(colours), (alpha > 0).view(np.uint8), rgb[at])
        else:
            for colour, ground in zip(colours, there.ground, strict=True):
                behind = ground[here, columns]
                colour -= behind
                colour *= alpha
                colour += behind
            rgb[at] = merged(colours)
        for name in changed:
            planes[name][at] = alpha

    each_strip(work, image.size)
    return image.with_rgb(rgb).with_planes(planes)


def _places(there: Lifted, rows: slice, columns: slice, side: int) -> tuple[Pixels, Pixels]:
    """Where rows and columns of a window lie on maps of the square of `side` pixels: x and y, each (h, w)."""
    x, y = there.u[columns] * side - np.float32(0.5), there.v[rows] * side - np.float32(0.5)
    shape = len(y), len(x)
    return np.ascontiguousarray(np.broadcast_to(x, shape)), np.ascontiguousarray(np.broadcast_to(y[:, None], shape))


def behind(rgb: Pixels, product: Pixels) -> Pixels:
    """A picture (h, w, 3) without its product (h, w): small, what is around the product grown over it."""
    side = max(1, round(rgb.shape[1] * BEHIND / max(rgb.shape))), max(1, round(rgb.shape[0] * BEHIND / max(rgb.shape)))
    small, share = (np.asarray(cv2.resize(p, side, interpolation=cv2.INTER_AREA), np.float32) for p in (rgb, product))
    wide = 2 * max(1, round(GROWN * max(side))) + 1
    free = 1 - np.asarray(cv2.dilate((share > GONE).astype(np.float32), np.ones((wide, wide))), np.float32)
    grown, _ = colours_of(small, free)
    return np.asarray(small + (1 - free[..., None]) * (grown - small), np.float32)


def _inside(image: Image, crop: Crop) -> tuple[Region, tuple[Pixels, Pixels]]:
    """What of the picture lies in the square, and where its columns and rows lie there, 0..1."""
    s = image.scale
    left, top, right, bottom = (s * v for v in (crop.left, crop.top, crop.left + crop.side, crop.top + crop.side))
    x, y = int(np.ceil(left - 0.5)), int(np.ceil(top - 0.5))
    there = Region(x, y, int(np.ceil(right - 0.5)) - x, int(np.ceil(bottom - 0.5)) - y).clip(image.region)
    u = (np.arange(there.x, there.right) + 0.5 - left) / (s * crop.side)
    v = (np.arange(there.y, there.bottom) + 0.5 - top) / (s * crop.side)
    return there, (u.astype(np.float32), v.astype(np.float32))
