"""Carry: what a network changed about a small picture of a product, done to the large photo of it.

The photo is not replaced by what the network drew. Where a thing moved, its pixels move; what they then still differ
by, a smooth difference of colours, is added to them; and only where there was nothing of the product before are the
network's own colours used. So the photo's grain, weave and print stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.geometry import Region, scaled
from editor.core.image import Image, Pixels
from editor.craft.crop import Crop
from editor.craft.field import spread_to
from editor.craft.matting import colours_of

WORK = 256  # pixels on a side at which movement is looked for
STIFF = 5.0  # pixels there: nearer things move together
STILL = 2.0  # pixels there, at the rim of the crop: there nothing moves
BODY = (
    0.35  # of how a thing is seen when its movement is looked for: that it is there at all; the rest is how light it is
)
GONE = 1 / 255  # of a pixel
THIN = 0.1  # of a pixel: of less, the colour cannot be told
STEEPEST = 3.0  # times as steep as it was drawn is the edge of a design
BEHIND, GROWN = 256, 0.02  # pixels on a side, and how much of them around the product is not trusted


@dataclass(frozen=True, eq=False)
class Change:
    """What was done to a small picture of a product on white, straight RGBA (s, s, 4) each: `plain` is how the network
    sees it unchanged, `edited` how it is to be. `farthest`: how far anything moves at most, as part of a side."""

    plain: Pixels
    edited: Pixels
    farthest: float = 0.1

    @cached_property
    def flow(self) -> Pixels:
        """Where what is at a place of `edited` was in `plain`: x and y to be added, as parts of a side, float32 (w, w,
        2). Dense inverse search (Kroeger et al., "Fast Optical Flow using Dense Inverse Search", ECCV 2016), made
        smooth where the product is, and nothing at the rim."""
        before, after = (_sized(picture) for picture in (self.plain, self.edited))
        search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
        moved = search.calc(_seen(after), _seen(before), np.zeros((WORK, WORK, 2), np.float32))
        trust = cv2.GaussianBlur(np.maximum(before[..., 3], after[..., 3]), (0, 0), STIFF) + np.float32(1e-3)
        weighed = cv2.GaussianBlur(moved * trust[..., None], (0, 0), STIFF)
        smooth = weighed / cv2.GaussianBlur(trust, (0, 0), STIFF)[..., None]
        far = np.sqrt(np.square(smooth).sum(2, keepdims=True))
        smooth *= np.minimum(1, self.farthest * WORK / np.maximum(far, 1e-6))
        edge = np.minimum(np.arange(WORK), np.arange(WORK)[::-1]) / STILL
        rim = np.minimum(np.minimum.outer(edge, edge), 1).astype(np.float32)
        return np.asarray(smooth * rim[..., None] / WORK, np.float32)

    @cached_property
    def rest(self) -> Pixels:
        """What is left to be changed when everything has moved, (w, w, 8): red, green, blue and alpha to be added; how
        much of the place was nothing before; and the colours that are new there."""
        before, after = (_sized(picture) for picture in (self.plain, self.edited))
        grid = np.indices((WORK, WORK), np.float32)
        x, y = grid[1] + WORK * self.flow[..., 0], grid[0] + WORK * self.flow[..., 1]
        there = cv2.remap(before, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        both = np.minimum(there[..., 3], after[..., 3])[..., None]
        colour = both * (after[..., :3] - there[..., :3])
        alpha = after[..., 3] - there[..., 3]
        fresh = np.where(after[..., 3] > GONE, alpha.clip(0, 1) / np.maximum(after[..., 3], GONE), 0)
        return np.dstack([colour, alpha, fresh, after[..., :3]]).astype(np.float32)


def carried(image: Image, product: Pixels, size: tuple[int, int], crop: Crop, change: Change, behind: Pixels) -> Image:
    """`image`, a region of a picture of `size` at full size, with its product changed.

    `product` (h, w): where the product is in `image`; `crop`: the square of the picture that `change` is of; `behind`
    (h', w', 3): the picture without the product, of any resolution. Nothing outside of the square is touched. What it
    needs to see around the region: `change.farthest` of the square's side.
    """
    there, (u, v) = _inside(image, crop)
    if there.empty:
        return image
    top, left = there.y - image.origin[1], there.x - image.origin[0]
    window = np.s_[top : top + there.height, left : left + there.width]
    flow = _read(change.flow, u, v)
    side = np.float32(crop.side * image.scale)
    x, y = np.meshgrid(np.arange(left, left + there.width), np.arange(top, top + there.height))
    at = (x + flow[..., 0] * side).astype(np.float32), (y + flow[..., 1] * side).astype(np.float32)
    own, ground = _parted(image, product, spread_to(behind, scaled(size, image.scale), image.region))
    moved, share = (cv2.remap(p, *at, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE) for p in (own, product))
    rest = _read(change.rest, u, v)
    some = (share / np.float32(THIN)).clip(0, 1)[..., None]
    colour = moved / np.maximum(share, np.float32(THIN))[..., None] + rest[..., :3]
    fresh = 1 - some * (1 - rest[..., 4:5].clip(0, 1))
    colour += fresh * (rest[..., 5:] - colour)
    alpha = np.asarray((share + rest[..., 3]).clip(0, 1), np.float32)
    return _with(image, product, window, np.asarray(colour, np.float32), alpha, ground)


def designed(image: Image, product: Pixels, size: tuple[int, int], crop: Crop, design: Pixels, behind: Pixels) -> Image:
    """`image` with `design`, straight RGBA (s, s, 4), in the place of its product; all else as for `carried`.

    Its edge is made as steep as the picture is large, as far as an edge can be told of so few pixels.
    """
    there, (u, v) = _inside(image, crop)
    if there.empty:
        return image
    top, left = there.y - image.origin[1], there.x - image.origin[0]
    window = np.s_[top : top + there.height, left : left + there.width]
    _, ground = _parted(image, product, spread_to(behind, scaled(size, image.scale), image.region))
    drawn = _read(design, u, v)
    steep = np.float32(min(max(1.0, crop.side * image.scale / len(design)), STEEPEST))
    alpha = ((drawn[..., 3] - np.float32(0.5)) * steep + np.float32(0.5)).clip(0, 1)
    return _with(image, product, window, drawn[..., :3].clip(0, 1), alpha, ground)


def _with(image: Image, product: Pixels, window: tuple[slice, slice], colour: Pixels, alpha: Pixels,
          ground: Pixels | None) -> Image:  # fmt: skip
    """The picture with a product of this colour (h, w, 3) and alpha (h, w) in a window of it, on `ground`."""
    rgb = image.rgb.copy()
    rgb[window] = colour
    if ground is not None:
        back = ground[window]
        rgb[window] = back + alpha[..., None] * (colour - back)
    planes = dict(image.planes)
    for name, plane in planes.items():
        if plane is product or (name == "alpha" and image.own_alpha is None):
            planes[name] = plane.copy()
            planes[name][window] = alpha
    return image.with_rgb(rgb).with_planes(planes)


def behind(rgb: Pixels, product: Pixels) -> Pixels:
    """A picture (h, w, 3) without its product (h, w): small, what is around the product grown over it."""
    side = max(1, round(rgb.shape[1] * BEHIND / max(rgb.shape))), max(1, round(rgb.shape[0] * BEHIND / max(rgb.shape)))
    small, share = (np.asarray(cv2.resize(p, side, interpolation=cv2.INTER_AREA), np.float32) for p in (rgb, product))
    wide = 2 * max(1, round(GROWN * max(side))) + 1
    free = 1 - np.asarray(cv2.dilate((share > GONE).astype(np.float32), np.ones((wide, wide))), np.float32)
    grown, _ = colours_of(small, free)
    return np.asarray(small + (1 - free[..., None]) * (grown - small), np.float32)


def _parted(image: Image, product: Pixels, behind: Pixels) -> tuple[Pixels, Pixels | None]:
    """The product's colours (h, w, 3), as much as there is of it; and the picture without it, unless it is cut out."""
    share = product[..., None]
    if image.alpha is not None:
        return share * image.rgb, None
    ground = image.rgb + (share / np.float32(THIN)).clip(0, 1) * (behind - image.rgb)
    return image.rgb - (1 - share) * ground, ground


def _inside(image: Image, crop: Crop) -> tuple[Region, tuple[Pixels, Pixels]]:
    """What of the picture lies in the square, and where its columns and rows lie there, 0..1."""
    s = image.scale
    left, top, right, bottom = (s * v for v in (crop.left, crop.top, crop.left + crop.side, crop.top + crop.side))
    x, y = int(np.ceil(left - 0.5)), int(np.ceil(top - 0.5))
    there = Region(x, y, int(np.ceil(right - 0.5)) - x, int(np.ceil(bottom - 0.5)) - y).clip(image.region)
    u = (np.arange(there.x, there.right) + 0.5 - left) / (s * crop.side)
    v = (np.arange(there.y, there.bottom) + 0.5 - top) / (s * crop.side)
    return there, (u.astype(np.float32), v.astype(np.float32))


def _read(maps: Pixels, u: Pixels, v: Pixels) -> Pixels:
    """Square maps (w, w, c) at columns and rows of 0..1, smoothly: (len(v), len(u), c)."""
    x, y = np.meshgrid(u * maps.shape[1] - np.float32(0.5), v * maps.shape[0] - np.float32(0.5))
    fours = [np.ascontiguousarray(maps[..., i : i + 4]) for i in range(0, maps.shape[2], 4)]
    parts = [cv2.remap(four, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE) for four in fours]
    return np.dstack(parts).astype(np.float32)


def _sized(picture: Pixels) -> Pixels:
    return np.asarray(cv2.resize(picture, (WORK, WORK), interpolation=cv2.INTER_CUBIC), np.float32)


def _seen(picture: Pixels) -> NDArray[np.uint8]:
    """RGBA (h, w, 4) as movement is looked for in it: 8-bit grey (h, w), black where nothing is."""
    light = picture[..., :3].mean(2)
    return np.asarray(255 * (picture[..., 3] * (BODY + (1 - BODY) * light)).clip(0, 1) + 0.5, np.uint8)
