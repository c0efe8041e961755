"""Part: what of a photo has a colour that is to be replaced, and how much light lies on it that is not that colour's.

Both are found out on a small picture and kept as models: for every place a linear one, cover = a . rgb + b, so that
prints, seams and highlights come out as the large picture shows them, though a part of it is worked on at a time (He
and Sun, "Fast Guided Filter", 2015; see `craft.matting`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.image import Pixels
from editor.craft.likeness import PALE, SHADED, decided, like
from editor.craft.matting import colours_of, guided
from editor.craft.oklab import light_of, oklab_of_light
from editor.craft.painter import Painter

Bytes = NDArray[np.uint8]
Halves = NDArray[np.float16]
SIDE = 512  # pixels on the longer side at which models are made
SURE, NONE = 0.92, 0.08  # what is told of a pixel's cover above and below is taken for all and for nothing
ALIKE, UNLIKE = (0.6, 0.9), (0.12, 0.35)  # likeness from which a pixel is part for certain, up to which it is not
FARTHER = 1.5  # times as far as for likeness may be what is part by a network's word
LEFT = 0.04  # of a pixel that mirrored light leaves at least
WELL_LIT = (10, 95)  # percentiles of lightness
ENDS = (0.2, 99.8)  # percentiles of a part's colours between which it is worked out what becomes of them
ROOM = (0.06, 0.02, 0.02)  # OKLab: so much beyond them
SAMPLE = 1500  # well-lit pixels that are kept
LEAST = 12  # pixels: fewer are no part
LIGHTEST = 2.0  # times its own colour: as light as light alone makes a thing without colour
DARKEST = 0.04  # lightness that a part's own colour has at least


@dataclass(frozen=True, eq=False)
class Part:
    """A part of a picture of `size` pixels at full size. Maps are of all of the picture.

    `covers` and `shines` (h, w, 4): slopes for red, green, blue, and an offset, of cover in sRGB-encoded colours and of
    mirrored light in linear ones. `own` and `beside` (h, w, 3): the colours on both sides of its edge. `box`: where
    there is any of it (left, top, right, bottom, fractions). OKLab, without mirrored light: `base` (3,) is its own
    colour, `low` and `high` (3,) what its colours lie between, `lit` (n, 3) are well-lit pixels. `shine` (n, 1): linear
    light that is mirrored in these.
    """

    size: tuple[int, int]
    covers: Halves
    shines: Halves
    own: Bytes
    beside: Bytes
    box: tuple[float, float, float, float]
    base: Pixels
    low: Pixels
    high: Pixels
    lit: Pixels
    shine: Pixels
    painter: Painter | None = None

    @property
    def found(self) -> bool:
        """Whether there is any of it."""
        return len(self.lit) > 0

    @property
    def nbytes(self) -> int:
        arrays = (self.covers, self.shines, self.own, self.beside, self.low, self.high, self.lit, self.shine)
        return sum(a.nbytes for a in arrays) + (self.painter.nbytes if self.painter else 0)


def part_of(
    seen: Pixels, matte: Pixels | None, cover: Pixels, shine: Pixels, base: Pixels, size: tuple[int, int],
    painter: Painter | None, grain: float,
) -> Part:  # fmt: skip
    """The part of a picture of `size`, from all of it, small: `seen` (h, w, 3) in gamut; where the product is, `matte`
    (h, w); what is told of the part, `cover` and `shine` (h, w); and which colour it was looked for by, `base` (3,).

    `grain`: how large what was told saw a pixel, in pixels of the small picture.
    """
    by = min(1.0, SIDE / max(seen.shape[:2]))
    side = max(1, round(seen.shape[1] * by)), max(1, round(seen.shape[0] * by))
    rgb, cover, shine = (np.asarray(cv2.resize(p, side, interpolation=cv2.INTER_AREA), np.float32)
                         for p in (seen, cover, shine))  # fmt: skip
    share = np.ones_like(cover)
    if matte is not None:
        share = np.asarray(cv2.resize(matte, side, interpolation=cv2.INTER_AREA), np.float32)
        cover, shine = (_beyond(plane, share) for plane in (cover, shine))
    radius = max(2, round(1.5 * grain * by))
    light = light_of(rgb)
    slopes, offset = guided(rgb, cover, radius)
    covers = np.dstack([slopes, offset])
    slopes, offset = guided(light, shine, radius)
    shines = np.dstack([slopes, offset])
    told = decided(_told(covers, rgb), NONE, SURE) * share
    well = _well_lit(oklab_of_light(light)[..., 0], told)
    if well.any():
        shines[..., 3] -= np.median(mirrored(_told(shines, light), light)[well])  # a veil on all of it is no highlight
    base, low, high, lit, few = _colours(light, mirrored(_told(shines, light), light), told, well, base)
    (own, _), (beside, _) = (
        colours_of(rgb, np.asarray(cv2.erode(side.astype(np.float32), np.ones((3, 3), np.uint8)), np.float32))
        for side in (told > SURE, told < NONE)
    )
    near = cv2.dilate((cover * share > 0.5 * NONE).astype(np.uint8), np.ones((4 * radius + 1,) * 2, np.uint8)) > 0
    return Part(
        size, _halves(covers), _halves(shines), _bytes(own), _bytes(beside), _box(near), base, low, high, lit, few,
        painter,
    )  # fmt: skip


def agreed(cover: Pixels, shine: Pixels, seen: Pixels, bases: Sequence[Pixels], breadth: float = 1.0) -> Pixels:
    """The cover (h, w) that a network told, put right where colours leave no doubt: what is just like one of the
    `bases` (3,), OKLab, is part, and what cannot be one of them in any light, mirrored light taken off, is not.

    `seen` (h, w, 3) is the picture in gamut, `shine` (h, w) what was told of mirrored light, `breadth` as in `like`.
    """
    light = light_of(seen)
    lab, dull = oklab_of_light(light), oklab_of_light(light - mirrored(shine, light)[..., None])
    sure = np.max([decided(like(lab, base, breadth), *ALIKE) for base in bases], axis=0)
    could = np.max([like(each, base, FARTHER * breadth, shades)
                    for base in bases for each in (lab, dull) for shades in (SHADED, PALE)], axis=0)  # fmt: skip
    return np.asarray(np.maximum(cover, sure) * decided(could, *UNLIKE), np.float32)


def mirrored(told: Pixels, light: Pixels) -> Pixels:
    """The mirrored light (...) in linear light (..., 3), grey, of which so much was `told`: no more than leaves
    something of every channel, for colours outside sRGB none."""
    least = np.minimum(np.minimum(light[..., 0], light[..., 1]), light[..., 2])
    return np.asarray(np.minimum(told, (1 - LEFT) * least).clip(0, None), np.float32)


def shine_by_colour(light: Pixels, base: Pixels) -> Pixels:
    """How much mirrored light (h, w) there is in linear light (h, w, 3) of a thing whose own colour is `base` (3,),
    linear: what has no colour, beside what is so much of the base that it explains the rest.

    The dichromatic model (Shafer, "Using color to separate reflection components", 1985) by least squares. Of a thing
    that has no colour itself nobody can tell that way: there it is what is lighter than light alone makes it.
    """
    own = base / max(float(np.linalg.norm(base)), 1e-6)
    white = np.full(3, 1 / np.sqrt(3), np.float32)
    along = float(own @ white)
    apart = 1 - along * along
    mirror = (light @ white - along * (light @ own)) / max(apart, 1e-6)
    trust = decided(apart, 0.01, 0.06)
    grey = light.mean(2)
    bright = (grey - np.float32(LIGHTEST * base.mean())).clip(0, None)
    return np.asarray(bright + trust * ((mirror / np.float32(np.sqrt(3))).clip(0, None) - bright), np.float32)


def _told(model: Pixels, guide: Pixels) -> Pixels:
    return np.asarray(np.einsum("hwc,hwc->hw", model[..., :3], guide) + model[..., 3], np.float32)


def _beyond(plane: Pixels, share: Pixels) -> Pixels:
    """`plane` (h, w) as it is well inside of the product, going on beyond its edge: where that lies, the matte says."""
    solid = cv2.erode((share > 0.95).astype(np.float32), np.ones((3, 3), np.uint8))
    if not solid.any():
        return plane
    out, sigma = plane * solid, 2.0
    near = cv2.GaussianBlur(out, (0, 0), sigma) / np.maximum(cv2.GaussianBlur(solid, (0, 0), sigma), np.float32(1e-3))
    return np.asarray(out + (1 - solid) * near, np.float32)


def _well_lit(lightness: Pixels, cover: Pixels) -> NDArray[np.bool_]:
    """Which pixels (h, w) of a part are neither in shadow nor in a highlight; none of them, where it is no part."""
    part = cover > 0.5
    if np.count_nonzero(part) < LEAST:
        return np.zeros_like(part)
    dark, bright = np.percentile(lightness[part], WELL_LIT)
    return np.asarray(part & (lightness >= dark) & (lightness <= bright))


def _colours(
    light: Pixels, shine: Pixels, cover: Pixels, well: NDArray[np.bool_], looked_for: Pixels
) -> tuple[Pixels, Pixels, Pixels, Pixels, Pixels]:
    """A part's own colour, what its colours lie between, well-lit ones (n, 3), and the mirrored light in these (n, 1);
    from linear light (h, w, 3), what of it is mirrored (h, w), and where the part is well lit (h, w)."""
    room = np.array(ROOM, np.float32)
    if not well.any():
        base = _sane(looked_for)
        return base, base - 0.3, base + 0.3, np.empty((0, 3), np.float32), np.empty((0, 1), np.float32)
    lab = oklab_of_light(light - shine[..., None])
    low, high = np.percentile(lab[cover > 0.1], ENDS, axis=0).astype(np.float32)
    lit = lab[well]
    base = _sane(np.median(lit, axis=0))
    few = np.s_[:: max(1, -(-len(lit) // SAMPLE))]
    lit, shine = (np.ascontiguousarray(v[few], np.float32) for v in (lit, shine[well][:, None]))
    return base, np.minimum(low, base) - room, np.maximum(high, base) + room, lit, shine


def _sane(base: Pixels) -> Pixels:
    """A colour (3,) that others can be measured by: not quite black, and nearly as grey as it looks."""
    light = np.float32(max(float(base[0]), DARKEST))
    tint = np.asarray(base[1:], np.float32)
    if np.hypot(*tint) > 5 * light:
        tint = tint * np.float32(5 * light / np.hypot(*tint))
    return np.array([light, *tint], np.float32)


def _box(near: NDArray[np.bool_]) -> tuple[float, float, float, float]:
    rows, columns = (np.flatnonzero(near.any(axis)) for axis in (1, 0))
    if not len(rows):
        return 0.0, 0.0, 0.0, 0.0
    height, width = near.shape
    return columns[0] / width, rows[0] / height, (columns[-1] + 1) / width, (rows[-1] + 1) / height


def _bytes(maps: Pixels) -> Bytes:
    return (maps.clip(0, 1) * 255 + 0.5).astype(np.uint8)


def _halves(maps: Pixels) -> Halves:
    return maps.clip(-6e4, 6e4).astype(np.float16)
