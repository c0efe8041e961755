"""Bared: a part's pixels in a region of a picture, freed of mirrored light: all that has to be known of them before it
is known which colour they are to have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.core.geometry import Region, scaled
from editor.core.image import Image, Pixels, in_gamut
from editor.craft.laid import Laid
from editor.craft.likeness import decided
from editor.craft.matting import cleaned
from editor.craft.oklab import light_of, oklab_of_light
from editor.craft.part import NONE, SURE, Part, mirrored
from editor.craft.strips import each_strip

DENSE = 0.7  # of a strip that is part: then all of it is taken, for picking pixels takes time as well
FEW = np.float32(1 / 512)  # of a pixel: less is not part of it


@dataclass(frozen=True, eq=False)
class Strip:
    """Pixels of the part in some `rows` of the region: `chosen` (n,), row * width + column, or None for all of them.

    `own` (n, 3) is the part's colour in them, sRGB-encoded; `lab` (n, 3) the same in OKLab, without mirrored light;
    `shine` (n, 1) that light, linear, or None where there is none; `weight` (n, 1) how much of each pixel is part.
    """

    rows: slice
    chosen: NDArray[np.intp] | None
    own: Pixels
    lab: Pixels
    shine: Pixels | None
    weight: Pixels

    @property
    def nbytes(self) -> int:
        arrays = (self.chosen, self.own, self.lab, self.shine, self.weight)
        return sum(a.nbytes for a in arrays if a is not None)


@dataclass(frozen=True, eq=False)
class Bared:
    """A part in `window` of a picture, rows and columns of its pixels, a strip after the other."""

    window: tuple[slice, slice]
    strips: tuple[Strip, ...]

    @property
    def nbytes(self) -> int:
        return sum(strip.nbytes for strip in self.strips)


def bared(image: Image, part: Part, added: Pixels | None = None, kept: Pixels | None = None) -> Bared:
    """A part in `image`, which may be a region of the picture.

    `added` and `kept` (h, w): what is the part, and what is not, for certain.
    """
    there = _where(image, part, added)
    top, left = there.y - image.origin[1], there.x - image.origin[0]
    window = slice(top, top + there.height), slice(left, left + there.width)
    if there.empty:
        return Bared(window, ())
    planes = (image.rgb, image.product, image.alpha, added, kept)
    rgb, product, alpha, added, kept = (None if plane is None else plane[window] for plane in planes)
    assert rgb is not None
    maps, strips = Laid(part, image, there), []

    def work(rows: slice) -> None:
        here, region = rgb[rows], Region(there.x, there.y + rows.start, there.width, rows.stop - rows.start)
        share: Pixels = decided(dot(maps.covers(region), in_gamut(here)), NONE, SURE)
        if product is not None:
            share *= _real(product[rows], None if alpha is None else alpha[rows])
        weight = share if added is None else np.maximum(share, added[rows])
        if kept is not None:
            weight = weight * (1 - kept[rows])
        weight = np.where(weight > FEW, weight, np.float32(0))
        chosen = np.flatnonzero(weight)
        if not len(chosen):
            return
        own, shines, weight, share = (
            plane.reshape(-1, *plane.shape[2:]) for plane in (here.copy(), maps.shines(region), weight, share)
        )
        partly = (share > FEW) & (share < 1) & (weight > 0)
        if added is not None:
            partly &= added[rows].ravel() < share
        mixed = np.flatnonzero(partly)
        own[mixed] = _parted(own[mixed], share[mixed], *maps.sides(region, mixed))
        few = None if len(chosen) > DENSE * len(own) else chosen
        if few is not None:
            own, shines, weight = own[few], shines[few], weight[few]
        light = light_of(own)
        shine = mirrored(dot(shines, in_gamut(light)), light)[:, None]
        lab = oklab_of_light(light - shine)
        strips.append(Strip(rows, few, own, lab, shine if shine.any() else None, weight[:, None]))

    each_strip(work, (there.width, there.height))
    return Bared(window, tuple(strips))


def _real(product: Pixels, alpha: Pixels | None) -> Pixels:
    """How much of the colours of pixels (h, w) is the product's own: straight alpha leaves out what is behind it."""
    if alpha is None:
        return product
    return np.where(alpha > 0, np.minimum(product / np.maximum(alpha, FEW), 1), product).astype(np.float32)


def _parted(rgb: Pixels, share: Pixels, own: Pixels, beside: Pixels) -> Pixels:
    """The part's colour (n, 3) in pixels that are `share` (n,) of it, so that it and the rest are both possible."""
    low, high = np.minimum(rgb, 0), np.maximum(rgb, 1)
    part = share[:, None]
    least, most = (rgb - (1 - part) * high) / part, (rgb - (1 - part) * low) / part
    return cleaned(rgb, share, own, beside).clip(np.maximum(least, low), np.minimum(most, high))


def dot(model: Pixels, guide: Pixels) -> Pixels:
    """Linear models (..., 4) of a guide (..., 3)."""
    out = model[..., 0] * guide[..., 0]
    out += model[..., 1] * guide[..., 1]
    out += model[..., 2] * guide[..., 2]
    out += model[..., 3]
    return np.asarray(out, np.float32)


def _where(image: Image, part: Part, added: Pixels | None) -> Region:
    """The region of the picture, in pixels of `image`, outside of which there is nothing of a part."""
    width, height = scaled(part.size, image.scale)
    left, top, right, bottom = part.box
    x, y = int(left * width), int(top * height)
    found = Region(x, y, min(width, int(np.ceil(right * width))) - x, min(height, int(np.ceil(bottom * height))) - y)
    found = found.clip(image.region)
    if added is not None and added.any():
        rows, columns = (np.flatnonzero(added.any(axis)) for axis in (1, 0))
        x, y = int(columns[0]) + image.origin[0], int(rows[0]) + image.origin[1]
        brushed = Region(x, y, int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1)
        if found.empty:
            return brushed
        x, y = min(x, found.x), min(y, found.y)
        found = Region(x, y, max(brushed.right, found.right) - x, max(brushed.bottom, found.bottom) - y)
    return found
