"""Matting: from a rough matte and the photo, how much of every pixel is product, and of which colour.

All of it is found out on a small picture, as maps that are smooth: for every place a linear model, share = a . rgb + b,
that tells product from background by their colours there. A model found on a small picture holds for the large one, as
in He and Sun, "Fast Guided Filter" (2015), so that thread and hair come out as the large picture shows them, though a
part of it is worked on at a time and sees nothing of its surroundings.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.image import Pixels

Bytes = NDArray[np.uint8]
SURE = 0.92  # a rough matte is sure of product above this, and of background below what is missing to 1
BAND = 1 / 220  # of the longer side: how far a rough matte's edge may be off
NEAR, FAR = 1 / 100, 1 / 25  # of the longer side: how far around a place its colours are looked for
DOUBT = 12.0  # how far colours must be apart, as a multiple of how much they vary, to be trusted half
QUIET = 0.01  # variance that colours may have which still are told apart with certainty
GUIDED = 1e-4  # the guided filter's epsilon: variance of what counts as flat


@dataclass(frozen=True, eq=False)
class Model:
    """What is known at every place of a picture, as maps (h, w, ...) of any resolution.

    `matte` is the best answer at that resolution; `free` how much of it is left to the colours; `slope` (h, w, 3) and
    `offset` the linear model of the share; `product` and `behind` (h, w, 3) the colours on both sides of the edge.
    """

    matte: Pixels
    free: Pixels
    slope: Pixels
    offset: Pixels
    product: Pixels
    behind: Pixels

    def share(self, rgb: Pixels) -> Pixels:
        """How much of every pixel (h, w, 3) of the same resolution is product."""
        told = (np.einsum("hwc,hwc->hw", self.slope, rgb) + self.offset).clip(0, 1)
        return np.asarray(self.matte + self.free * (told - self.matte), np.float32)


def model(rgb: Pixels, rough: Pixels, band: float = BAND) -> Model:
    """The model for a picture (h, w, 3), sRGB-encoded, and a rough matte (h, w), 0..1, whose edge is off by at most
    `band` of the longer side.

    The colours on both sides are means of what is surely product and surely background nearby, and what lies between
    is on the line from one to the other (the colour lines of Levin et al., "A Closed-Form Solution to Natural Image
    Matting", TPAMI 2008, with both ends known). Where those colours do not differ enough for how much they vary, the
    guided filter (He et al., TPAMI 2013) answers.
    """
    rgb = rgb.clip(0, 1)
    wide = max(3.0, band * max(rough.shape))
    side = 2 * round(wide) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    product = cv2.erode((rough > SURE).astype(np.uint8), disc).astype(np.float32)
    behind = cv2.erode((rough < 1 - SURE).astype(np.uint8), disc).astype(np.float32)
    free = np.maximum(1 - product - behind, 0)
    own, own_varies = colours_of(rgb, product)
    other, other_varies = colours_of(rgb, behind)
    line = own - other
    apart = np.einsum("hwc,hwc->hw", line, line)
    trust = _clear(apart / (apart + DOUBT * (own_varies + other_varies) + QUIET))
    slope = line / (apart[..., None] + 1e-3)
    offset = -np.einsum("hwc,hwc->hw", slope, other)
    guided_slope, guided_offset = guided(rgb, rough, max(2, round(wide) - 1))
    slope = guided_slope + trust[..., None] * (slope - guided_slope)
    offset = guided_offset + trust * (offset - guided_offset)
    free = cv2.GaussianBlur(free, (0, 0), 0.7)
    return Model(rough, free, slope, offset, own, other)


def _clear(trust: Pixels) -> Pixels:
    """Nearly sure becomes sure."""
    part = ((trust - 0.35) / 0.45).clip(0, 1)
    return np.asarray(part * part * (3 - 2 * part), np.float32)


def colours_of(rgb: Pixels, mask: Pixels) -> tuple[Pixels, Pixels]:
    """Mean colour (h, w, 3) of what the mask holds nearby, and its variance (h, w): close by where there is some,
    further away where there is none, in the end all of it."""
    mass = np.float32(mask.sum())
    if mass < 1:
        return np.full_like(rgb, 0.5), np.ones_like(mask)
    mean: Pixels = np.broadcast_to(np.einsum("hwc,hw->c", rgb, mask) / mass, rgb.shape).astype(np.float32)
    square: Pixels = np.full_like(mask, np.einsum("hwc,hw->", rgb * rgb, mask) / mass)
    weighted = np.dstack([rgb, np.einsum("hwc,hwc->hw", rgb, rgb)]) * mask[..., None]
    for reach in (FAR, NEAR):
        sigma = max(1.0, reach * max(mask.shape))
        sums, weight = _blurred(weighted, sigma), _blurred(mask, sigma)
        here = sums / np.maximum(weight, np.float32(1e-6))[..., None]
        some: Pixels = (weight / np.float32(0.02)).clip(0, 1)
        mean = np.asarray(mean + some[..., None] * (here[..., :3] - mean), np.float32)
        square = np.asarray(square + some * (here[..., 3] - square), np.float32)
    varies = (square - np.einsum("hwc,hwc->hw", mean, mean)).clip(0)
    return mean, np.asarray(varies, np.float32)


def _blurred(planes: Pixels, sigma: float) -> Pixels:
    """A Gaussian blur; a wide one of a picture made smaller, which is as good and much faster."""
    factor = min(1.0, 3 / sigma)
    if factor == 1:
        return np.asarray(cv2.GaussianBlur(planes, (0, 0), sigma), np.float32)
    height, width = planes.shape[:2]
    small = max(1, round(width * factor)), max(1, round(height * factor))
    soft = cv2.GaussianBlur(cv2.resize(planes, small, interpolation=cv2.INTER_AREA), (0, 0), sigma * factor)
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def guided(rgb: Pixels, plane: Pixels, radius: int) -> tuple[Pixels, Pixels]:
    """Slope (h, w, 3) and offset (h, w) of the guided filter with a colour guide: what makes `plane` (h, w) of `rgb`
    (h, w, 3), averaged over the windows of a place (He et al., TPAMI 2013)."""
    side = (2 * radius + 1, 2 * radius + 1)

    def mean(planes: Pixels) -> Pixels:
        return np.asarray(cv2.boxFilter(planes, -1, side, borderType=cv2.BORDER_REFLECT), np.float32)

    colour, level = mean(rgb), mean(plane)
    red, green, blue = (rgb[..., i] for i in range(3))
    squares = mean(rgb * rgb) - colour * colour + np.float32(GUIDED)
    mixed = mean(np.dstack([red * green, green * blue, blue * red])) - colour * colour[..., [1, 2, 0]]
    together = mean(rgb * plane[..., None]) - colour * level[..., None]
    rr, gg, bb = (squares[..., i] for i in range(3))
    rg, gb, rb = (mixed[..., i] for i in range(3))
    adjugate = [gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb,
                rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg]  # fmt: skip
    scale = 1 / np.maximum(rr * adjugate[0] + rg * adjugate[1] + rb * adjugate[2], 1e-12)
    r, g, b = (together[..., i] for i in range(3))
    slope = np.dstack([adjugate[0] * r + adjugate[1] * g + adjugate[2] * b,
                       adjugate[1] * r + adjugate[3] * g + adjugate[4] * b,
                       adjugate[2] * r + adjugate[4] * g + adjugate[5] * b]) * scale[..., None]  # fmt: skip
    slope = slope.astype(np.float32)
    offset = level - np.einsum("hwc,hwc->hw", slope, colour)
    return mean(slope), mean(offset)


def cleaned(rgb: Pixels, share: Pixels, product: Pixels, behind: Pixels) -> Pixels:
    """The product's own colour (h, w, 3) in pixels that are only partly product: without that of the background.

    Forte and Pitié, "Approximate Fast Foreground Colour Estimation" (ICIP 2021): what is left to explain of a pixel by
    the mean colours of both sides is the product's, as far as the pixel is.
    """
    part = share[..., None]
    own = product + part * (rgb - part * product - (1 - part) * behind)
    return np.where(part >= 1, rgb, own).astype(np.float32)
