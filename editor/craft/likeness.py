"""Likeness: which colour a product mainly has, and what of a picture could be that colour in more or less light.

Everything is in OKLab (see `craft.oklab`).
"""

from __future__ import annotations

import cv2
import numpy as np

from editor.core.image import Pixels

LIGHTNESS, TINT = 0.30, 0.06  # how far a colour may be from the one that is replaced and still count as much like it
SHADED = (0.2, 2.5)  # of a colour's chroma: as little and as much as light leaves of it
PALE = (0.2, 1.0)  # the same of one that gets no more colourful in more light: it is as much so as a screen shows
DISC = 0.008  # of the longer side: radius of what is looked at around a click
BINS = ((-0.05, 1.15, 24), (-0.34, 0.34, 34), (-0.34, 0.34, 34))  # from, to, how many: 0.05 of L, 0.02 of a and b
SEEN = 256  # pixels on the longer side that the main colour is looked for in
WORN = 0.6  # of a product: where less of it is like skin, somebody wears it
SKIN_HUE, SKIN_CHROMA, SKIN_LIGHT = (12, 28, 66, 84), (0.025, 0.045, 0.11, 0.15), (0.28, 0.42, 0.94, 0.99)
OWN = (0.02, 0.045)  # so far from a part's tint in as much light is nothing that could be skin, and all that could
SKINLIKE = (0.035, 0.06)  # the same for a part that could itself be skin
SPECK = 0.004  # of the longer side: what of skin is narrower is a highlight
BARE = 0.05  # of a part: so much skin, at least, where somebody wears it
PIECE = 0.15  # of its largest piece: a smaller one may be somebody's hair
REACH = 0.01  # of the longer side: so near to skin is touching it
NEUTRAL = (0.22, 0.5)  # of the chroma that the part's colour has in as much light: below is neutral, above is not
COLOURLESS = 0.03  # chroma of a part that is neutral itself
_DARK = np.float32(0.01)  # chroma that noise has in the dark
_LEAST = np.float32(0.05)  # lightness that is divided by at least


def like(lab: Pixels, base: Pixels, breadth: float = 1.0, shades: tuple[float, float] = SHADED) -> Pixels:
    """How much colours (..., 3) are like `base` (3,) in other light, 0..1, as (...).

    Shadow takes chroma away with lightness, so colours are compared at the same lightness. `breadth`: how far from the
    base still counts, as a multiple of what networks were taught. `shades`: times the base's chroma, at least and most.
    """
    light = lab[..., 0] - np.float32(base[0])
    shaded = (lab[..., 0] / np.maximum(np.float32(base[0]), _LEAST)).clip(*shades)
    far = np.square(light / np.float32(LIGHTNESS * breadth))
    for axis in (1, 2):
        far += np.square((lab[..., axis] - shaded * np.float32(base[axis])) / np.float32(TINT * breadth))
    return np.asarray(np.exp(far * np.float32(-0.5)), np.float32)


def main_colour(lab: Pixels, weight: Pixels) -> Pixels | None:
    """The colour (3,) that most of a product (h, w, 3) is near to; `weight` (h, w) says where it is, None: nowhere.

    Where somebody wears it, skin is not counted.
    """
    by = min(1.0, SEEN / max(weight.shape))
    side = max(1, round(weight.shape[1] * by)), max(1, round(weight.shape[0] * by))
    lab, weight = (np.asarray(cv2.resize(p, side, interpolation=cv2.INTER_AREA), np.float32) for p in (lab, weight))
    total = float(weight.sum())
    if total <= 0:
        return None
    worn = weight * (1 - skin(lab))
    if worn.sum() > (1 - WORN) * total:
        weight = worn
    centre = _mode(lab, weight)
    near = weight * like(lab, centre)
    chosen = near > 0.5 * float(near.max())
    return np.asarray(np.median(lab[chosen], axis=0), np.float32)


def colour_at(lab: Pixels, place: tuple[int, int]) -> Pixels:
    """The colour (3,) around a place (x, y) of a picture (h, w, 3): the median of a small disc."""
    radius = max(1, round(DISC * max(lab.shape[:2])))
    y, x = np.mgrid[0 : lab.shape[0], 0 : lab.shape[1]]
    inside = np.hypot(x - place[0], y - place[1]) <= radius
    return np.asarray(np.median(lab[inside], axis=0), np.float32)


def skin(lab: Pixels) -> Pixels:
    """How much colours (..., 3) could be skin, 0..1: of whatever tone, by hue, chroma and lightness.

    Skin keeps within a narrow range of hue, whoever's it is (Xiao et al., "Characterising the variations in ethnic skin
    colours", Skin Research and Technology 23, 2017), so that wood, leather and gold are like it.
    """
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    hue = np.rad2deg(np.arctan2(lab[..., 2], lab[..., 1]))
    found = _within(hue, SKIN_HUE) * _within(chroma, SKIN_CHROMA) * _within(lab[..., 0], SKIN_LIGHT)
    return np.asarray(found, np.float32)


def worn_by(lab: Pixels, dull: Pixels, base: Pixels) -> Pixels:
    """How much of a picture (h, w, 3) is skin of somebody who wears a part of the colour `base` (3,), 0..1, as (h, w):
    what could be skin and, with the light it mirrors or without (`dull`), has not the part's own tint. Of a part that
    could be skin itself more passes as its own: leather in the light stays leather, and some skin is not told from it.
    """
    least, most = SKINLIKE if skin(base) > 0.5 else OWN
    found = skin(lab) * np.minimum(*(decided(_tint_from(each, base), least, most) for each in (lab, dull)))
    radius = max(1, round(SPECK * max(lab.shape[:2])))
    wide = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((2 * radius + 1,) * 2, np.uint8))
    return np.asarray(cv2.GaussianBlur(wide, (0, 0), 1.0), np.float32)


def worn_beside(cover: Pixels, bare: Pixels) -> Pixels:
    """How much of a part that somebody wears, `cover` (h, w), is hair, shoes and the like of the same colour, 0..1:
    small pieces beside its largest one that touch skin, `bare` (h, w). Nothing, where hardly any skin is seen."""
    flesh = (bare > 0.5).astype(np.uint8)
    count, numbers, found, _ = cv2.connectedComponentsWithStats((cover > 0.5).astype(np.uint8))
    if count < 3 or flesh.sum() < BARE * (cover > 0.5).sum():
        return np.zeros_like(cover)
    radius = max(2, round(REACH * max(cover.shape)))
    near = cv2.dilate(flesh, np.ones((2 * radius + 1,) * 2, np.uint8)) > 0
    sizes = found[:, cv2.CC_STAT_AREA]
    small = sizes < PIECE * sizes[1:].max()
    small[0] = False
    touching = np.bincount(numbers[near], minlength=count) > 0
    gone = (small & touching)[numbers].astype(np.uint8)
    wide = cv2.dilate(gone, np.ones((2 * radius + 1,) * 2, np.uint8)) * ((cover <= 0.5) | (gone > 0))
    return np.asarray(cv2.GaussianBlur(wide.astype(np.float32), (0, 0), 1.0), np.float32)


def neutral(lab: Pixels, base: Pixels) -> Pixels:
    """How much colours (..., 3) are grey, 0..1, beside what a part of the colour `base` (3,) has in as much light."""
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    own = np.hypot(base[1], base[2]) * (lab[..., 0] / np.maximum(base[0], _LEAST)).clip(0, 1)
    low, high = NEUTRAL
    return 1 - _step((chroma / np.maximum(own, _DARK) - np.float32(low)) * np.float32(1 / (high - low)))


def colourless(base: Pixels) -> bool:
    """Whether a colour (3,) is grey itself."""
    return bool(np.hypot(base[1], base[2]) < COLOURLESS)


def decided(plane: Pixels | float, low: float, high: float) -> Pixels:
    """`plane` with nothing below `low`, everything above `high`, and a smooth step between them."""
    return _step((np.asarray(plane, np.float32) - np.float32(low)) * np.float32(1 / (high - low)))


def _tint_from(lab: Pixels, base: Pixels) -> Pixels:
    """How far colours (h, w, 3) are from the a and b that a part of the colour `base` (3,) has in as much light."""
    shaded = (lab[..., :1] / np.maximum(np.float32(base[0]), _LEAST)).clip(*SHADED)
    return np.asarray(np.linalg.norm(lab[..., 1:] - shaded * base[1:], axis=-1), np.float32)


def _mode(lab: Pixels, weight: Pixels) -> Pixels:
    """Where most colours (h, w, 3) are close together: the fullest bin of a smoothed histogram."""
    chosen = weight > 0.05
    colours, mass = lab[chosen], weight[chosen]
    at = []
    for axis, (low, high, count) in enumerate(BINS):
        at.append(((colours[:, axis] - low) * (count / (high - low))).clip(0, count - 1).astype(np.intp))
    counts = tuple(count for _, _, count in BINS)
    sums = np.bincount(np.ravel_multi_index(tuple(at), counts), mass, int(np.prod(counts))).astype(np.float32)
    smooth: Pixels = sums.reshape(counts)
    for axis, sigma in enumerate((2.0, 1.0, 1.0)):
        rows = np.ascontiguousarray(np.moveaxis(smooth, axis, 0)).reshape(counts[axis], -1)
        blurred = cv2.GaussianBlur(rows, (1, 2 * round(3 * sigma) + 1), sigmaX=1e-6, sigmaY=sigma,
                                   borderType=cv2.BORDER_CONSTANT)  # fmt: skip
        others = [counts[i] for i in range(3) if i != axis]
        smooth = np.asarray(np.moveaxis(blurred.reshape(counts[axis], *others), 0, axis), np.float32)
    best = np.unravel_index(int(smooth.argmax()), counts)
    middles = [low + (i + 0.5) * (high - low) / n for i, (low, high, n) in zip(best, BINS, strict=True)]
    return np.array(middles, np.float32)


def _within(values: Pixels, ends: tuple[float, float, float, float]) -> Pixels:
    """1 between the two middle ends, 0 outside of the outer ones."""
    return decided(values, *ends[:2]) * (1 - decided(values, *ends[2:]))


def _step(x: Pixels) -> Pixels:
    x = x.clip(0, 1)
    return np.asarray(x * x * (3 - 2 * x), np.float32)
