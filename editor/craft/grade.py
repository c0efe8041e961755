"""Grade: a network's word on a photo's light and colours, put into effect on any part of it.

What `models/enhance.onnx` tells (`export/nets/grade.py`) is done in the order in which light goes wrong, backwards: a
field of light and local contrast, a gain for each channel, a curve for each, and a table for colours. White stays
white, black stays black, everything in between rises: nothing clips that was not clipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np

from editor.core.geometry import Region, scaled
from editor.core.image import Image, Pixels
from editor.craft.base import Base, base_of
from editor.craft.field import spread_to
from editor.craft.shoulder import shouldered, smooth, towards_white
from editor.craft.strips import each_strip
from editor.craft.tone import brightest, luma
from editor.craft.transform import applied, processor

POWER = 2.4  # stops of light to sRGB-encoded values, whose curve is a power above its toe
EDGE = 0.15  # differences that count as edges, as part of a photo's mean
FIELD = 12  # how many times finer than told the field of light is kept: straight lines between its points show no kinks
SEEN = 256  # pixels on the longer side of what a network is shown
CAST = 0.85  # of the told colour of light is taken out without paper: real lamps are tamer than those of training
WHITE, NEUTRAL, VOUCHED = 0.88, 0.05, 0.04  # of `paper`: its least channel, what channels differ by, part of the photo
COLOURLESS = 2e-3  # what the channels of a grey photo differ by at most
CELL, ROUGH, ENOUGH = 8, 0.01, 0.03  # of `substance`: pixels, part of the mean brightness, part of the picture
DARKEST = 1e-3  # a brightness that is divided by at least
POINTS = 1 << 14  # of the curves in effect
REST = 0.9  # of the way to the end of the scale that a table may take a channel
RAMP, WEAKENED = 2048, 12  # greys that are looked at, and how often a table is weakened before it is left out
FADING = 4  # how soon a table that leaves white and black as they are is in full effect beside them
LEAST_RISE = 0.1  # of what a table leaves from one colour to the next, at least
FLATTEST = -0.9  # local contrast: details may be weakened, not turned around
DETAIL = (0.3, 3.0)  # the least and the most that local contrast makes of the light of a place


@dataclass(frozen=True, eq=False)
class Grade:
    """What is to be done with a photo of `size` pixels at full size.

    `field` (h, w): stops of light from place to place. `detail`: how much more what differs from its surroundings is to
    differ; `base` tells what is around, once the field is in effect. `gains` (3,): stops for red, green and blue.
    `curves` (3, n): how steep each channel's curve is, step by step from 0 to 1. `table` (n, n, n, 3): the colour to be
    added to each, by blue, green and red, as `effect_of` has it.
    """

    field: Pixels
    detail: float
    base: Base
    gains: Pixels
    curves: Pixels
    table: Pixels
    size: tuple[int, int]

    @property
    def nbytes(self) -> int:
        return sum(part.nbytes for part in (self.field, self.base, self.curves, self.table))


def grade_of(told: Mapping[str, np.ndarray], small: Pixels, size: tuple[int, int]) -> Grade:
    """The grade for a photo of `size` pixels from what the network `told` of it; `small` is all of it, (h, w, 3).

    Where nothing in a picture has an edge or a grain, nobody can tell its light from what it shows: the field and local
    contrast are left out, so that a gradient stays one. A photo without colour gets none.
    """
    by = min(1.0, SEEN / max(small.shape[:2]))  # as large as in training
    across, down = (max(1, round(side * by)) for side in (small.shape[1], small.shape[0]))
    seen = np.asarray(cv2.resize(small.clip(0, 1), (across, down), interpolation=cv2.INTER_AREA), np.float32)
    sure = np.float32(substance(luma(seen)))
    cells = sure * np.asarray(told["field"], np.float32)[0, 0]
    field = cv2.resize(cells, None, fx=FIELD, fy=FIELD, interpolation=cv2.INTER_CUBIC)
    grey = luma(seen) * np.exp2(cv2.resize(cells, (across, down), interpolation=cv2.INTER_CUBIC) / POWER)
    base = base_of(grey, size, max(grey.shape) // 8 | 1, EDGE * float(grey.mean()))
    gains, curves, table = (np.asarray(told[name], np.float32)[0] for name in ("gains", "curves", "table"))
    if float(np.ptp(seen, axis=2).max()) < COLOURLESS:
        gains, curves = np.full_like(gains, gains.mean()), np.repeat(curves.mean(0, keepdims=True), 3, 0)
        table = np.zeros_like(table)
    table = effect_of(np.ascontiguousarray(table.transpose(1, 2, 3, 0)))
    detail = float(sure * np.ravel(told["detail"])[0])
    grade = Grade(field, detail, base, gains, np.diff(curves, axis=1), table, size)
    trust = CAST + (1 - CAST) * paper(seen, grade)
    gains, curves = (part.mean(0) + np.float32(trust) * (part - part.mean(0)) for part in (gains, curves))
    return replace(grade, gains=gains, curves=np.diff(curves, axis=1))


def paper(seen: Pixels, grade: Grade) -> float:
    """How far white paper vouches for the colour of light that a grade takes out, 0..1: by how much of a photo, small,
    is white and without colour once it is gone."""
    out = (colouring.__wrapped__(grade, 1.0))(lit(seen, Image(seen), replace(grade, size=seen.shape[1::-1]), 1.0))
    white = (out.min(2) > WHITE) & (np.ptp(out, axis=2) < NEUTRAL)
    return min(1.0, float(white.mean()) / VOUCHED)


def substance(grey: Pixels) -> float:
    """How far there is something in a picture (h, w) beside smooth gradients, 0..1: in how much of it neighbours differ
    more than they do around them."""
    fine = grey - cv2.blur(grey, (5, 5))
    rough = np.sqrt(cv2.resize(fine * fine, None, fx=1 / CELL, fy=1 / CELL, interpolation=cv2.INTER_AREA)
                    if min(grey.shape) >= CELL else (fine * fine).mean(keepdims=True))  # fmt: skip
    share = float((rough > ROUGH * max(float(grey.mean()), DARKEST)).mean())
    return min(1.0, share / ENOUGH)


def graded(rgb: Pixels, image: Image, grade: Grade, strength: float) -> Pixels:
    """`rgb` (h, w, 3), of `image`'s region, with a grade in effect; 1 is as it was told. A new array.

    What lies beyond 0..1 is what sRGB does not hold; it is added again as it was.
    """
    out, light, run = np.empty_like(rgb), _Light(image, grade, strength), colouring(grade, strength)

    def work(rows: slice) -> None:
        inside = rgb[rows].clip(0, 1)
        made = run(light.on(inside, rows.start))
        made += rgb[rows]
        np.subtract(made, inside, out=out[rows])

    each_strip(work, (rgb.shape[1], rgb.shape[0]))
    return out


def lit(rgb: Pixels, image: Image, grade: Grade, strength: float) -> Pixels:
    """`rgb` (h, w, 3) in 0..1, of `image`'s region, in the even light and with the local contrast of a grade."""
    out, light = np.empty_like(rgb), _Light(image, grade, strength)

    def work(rows: slice) -> None:
        out[rows] = light.on(rgb[rows], rows.start)

    each_strip(work, (rgb.shape[1], rgb.shape[0]))
    return out


class _Light:
    """The field of light and the local contrast of a grade, for rows of an image's region."""

    def __init__(self, image: Image, grade: Grade, strength: float) -> None:
        self._wanted, self._told = (np.exp2(grade.field * np.float32(s / POWER)) for s in (strength, 1.0))
        self._image, self._lines, self._same = image, grade.base.lines, strength == 1
        self._whole = scaled(grade.size, image.scale)
        self._amount = np.float32(max(strength * grade.detail, FLATTEST))

    def on(self, part: Pixels, top: int) -> Pixels:
        """Rows (n, w, 3) in 0..1, from row `top` of the region on."""
        x, y = self._image.origin
        region = Region(x, y + top, part.shape[1], part.shape[0])
        light = spread_to(self._wanted, self._whole, region)
        if self._amount:
            grey = luma(part)
            grey *= light if self._same else spread_to(self._told, self._whole, region)
            around = spread_to(self._lines[..., 0], self._whole, region) * grey
            around += spread_to(self._lines[..., 1], self._whole, region)
            around /= np.maximum(grey, np.float32(DARKEST))
            np.subtract(1, around, out=around)
            around *= self._amount
            around += 1
            light *= np.clip(around, *DETAIL, out=around)
        most = np.maximum(brightest(part), np.float32(DARKEST))
        light = shouldered(most, light)
        light /= most
        return np.asarray(part * light[..., None], np.float32)


def lit_alike(rgb: Pixels, grade: Grade, strength: float) -> Pixels:
    """`rgb` (h, w, 3) in 0..1 in the light that the field of a grade has on the whole."""
    most = np.maximum(brightest(rgb), np.float32(DARKEST))
    light = np.full_like(most, np.exp2(grade.field.mean() * np.float32(strength / POWER)))
    return np.asarray(rgb * (shouldered(most, light) / most)[..., None], np.float32)


def curves_at(grade: Grade, strength: float) -> Pixels:
    """Gains and curves as they take effect, (POINTS, 3) over 0..1.

    A curve of half the strength has the roots of its slopes, so that it rises at every strength.
    """
    x = np.linspace(0, 1, POINTS, dtype=np.float32)
    out = np.empty((POINTS, 3), np.float32)
    for channel in range(3):
        rise = np.maximum(grade.curves[channel], 1e-6) ** strength
        points = np.concatenate([[0], np.cumsum(rise / rise.sum())])
        brighter = shouldered(x, np.full_like(x, np.exp2(grade.gains[channel] * np.float32(strength / POWER))))
        out[:, channel] = towards_white(x, smooth(points, brighter))
    return out


def effect_of(table: Pixels) -> Pixels:
    """What a table as told, (n, n, n, 3) by blue, green and red, changes: white and black stay; it is twice as fine."""
    own = neutral(len(table))
    for corner, near in ((-1, own), (0, 1 - own)):
        near = near.prod(3, keepdims=True)
        table = (table - table[corner, corner, corner] * near) * (1 - near**FADING)  # without a step beside them
    return refined(np.clip(table, -REST * own, REST * (1 - own)))


def table_at(grade: Grade, strength: float) -> Pixels:
    """The table of colours as it takes effect, by blue, green and red: what becomes what. It is weakened where it would
    let a channel fall while the photo's rises."""
    own, change = neutral(len(grade.table)), np.float32(strength) * grade.table
    if strength > 1:
        change = np.clip(change, -REST * own, REST * (1 - own))
    worst = -min(float(np.diff(change[..., c], axis=2 - c).min()) for c in range(3))
    if worst > (most := (1 - LEAST_RISE) / (len(own) - 1)):
        change *= np.float32(most / worst)
    change += own
    return np.asarray(change, np.float32)


def refined(table: Pixels) -> Pixels:
    """A table (n, n, n, 3) as a cubic B-spline along each axis, which has no sharp bends, at its points and halfway
    between them, (2 n - 1, 2 n - 1, 2 n - 1, 3). Ends stay."""
    for axis in range(3):
        rows = np.moveaxis(table, axis, 0)
        beyond = np.concatenate([2 * rows[:1] - rows[1:2], rows, 2 * rows[-1:] - rows[-2:-1]])  # straight on
        fine = np.empty((2 * len(rows) - 1, *rows.shape[1:]), np.float32)
        fine[::2] = (beyond[:-2] + 4 * rows + beyond[2:]) / 6
        fine[1::2] = (beyond[:-3] + 23 * (rows[:-1] + rows[1:]) + beyond[3:]) / 48
        table = np.moveaxis(fine, 0, axis)
    return table


@lru_cache(4)
def neutral(nodes: int) -> Pixels:
    """The table (n, n, n, 3) by blue, green and red that changes nothing; read-only."""
    steps = np.linspace(0, 1, nodes, dtype=np.float32)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    table = np.stack([red, green, blue], axis=-1)
    table.setflags(write=False)
    return table


class Colouring:
    """Curves (n, 3) and then a table (n, n, n, 3), on colours in 0..1; OpenColorIO reads between their points, in
    straight lines along the curves, in tetrahedra in the table, in float32."""

    def __init__(self, curves: Pixels, table: Pixels) -> None:
        import PyOpenColorIO as OCIO  # noqa: N814 - see `craft.transform`

        first = OCIO.Lut1DTransform(len(curves), False)
        first.setInterpolation(OCIO.INTERP_LINEAR)
        first.setData(np.ascontiguousarray(curves, np.float32).ravel())
        then = OCIO.Lut3DTransform(table.shape[0])
        then.setInterpolation(OCIO.INTERP_TETRAHEDRAL)
        then.setData(np.ascontiguousarray(table.transpose(2, 1, 0, 3), np.float32).ravel())  # OpenColorIO: blue fastest
        self._run = processor([first, then], exact=True)

    def __call__(self, rgb: Pixels) -> Pixels:
        """Of (h, w, 3), float32; a new array."""
        return applied(self._run, rgb)


@lru_cache(8)
def colouring(grade: Grade, strength: float) -> Colouring:
    """Gains, curves and table of a grade, 1 being as they were told; the table weakened where grey would not rise.

    The latest are kept: the tiles of a photo share them.
    """
    curves, table = curves_at(grade, strength), table_at(grade, strength)
    own = neutral(len(table))
    ramp = np.repeat(np.linspace(0, 1, RAMP, dtype=np.float32)[None, :, None], 3, axis=2)
    for _ in range(WEAKENED):
        made = Colouring(curves, table)
        if np.diff(made(ramp)[0].astype(np.float64), axis=0).min() > 0:
            return made
        table = own + np.float32(0.7) * (table - own)
    return Colouring(curves, own)
