"""Protect: the product's own colour, kept while the light on it is corrected."""

from __future__ import annotations

import numpy as np

from editor.core.image import Pixels
from editor.craft.difference import lab_of, rgb_of

MOST = 2.0  # CIEDE2000 that hue and chroma of a product may move
_HAIR = np.float32(1e-4)  # beyond 0..1 that is rounding
_HALVINGS = 7
_SAFE = 0.97  # of MOST: rounding, and what sRGB cannot hold
_FAR = np.float32(25.0**7)
_HUE = np.float32(0.36)  # the least that hue makes of chroma's weight
_TURN = np.float32(1 + np.sin(np.pi / 3))  # the most that CIEDE2000's rotation of blue adds to a difference's square


def held(before: Pixels, after: Pixels, share: Pixels) -> Pixels:
    """`after` (h, w, 3), with hue and chroma held near those of `before` where the product is, `share` (h, w) 0..1.

    Lightness is that of `after`; hue and chroma go towards it until they differ by MOST, judged by CIEDE2000 at equal
    lightness; where sRGB does not hold that, lightness gives way. sRGB-encoded, float32, in 0..1.
    """
    rows, columns = (np.flatnonzero((share > 0).any(axis)) for axis in (1, 0))
    if not len(rows):
        return after
    window = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    was, now = lab_of(before[window]), lab_of(after[window])
    kept = now.copy()
    kept[..., 1:] = was[..., 1:] + towards(was[..., 1:], now[..., 1:])[..., None] * (now[..., 1:] - was[..., 1:])
    out = after.copy()
    out[window] += share[window][..., None] * (_within(was, kept) - after[window])
    return out


def _within(was: Pixels, kept: Pixels) -> Pixels:
    """sRGB of the L*a*b* `kept`; where sRGB does not hold that, as near to it as it goes from `was`, which it holds."""
    rgb = rgb_of(kept)
    out = ((rgb < -_HAIR) | (rgb > 1 + _HAIR)).any(2)
    if not out.any():
        return rgb
    start, step = was[out], kept[out] - was[out]
    low, high = np.zeros((len(start), 1), np.float32), np.ones((len(start), 1), np.float32)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        tried = rgb_of((start + middle * step)[None])[0]
        fits = ((tried >= -_HAIR) & (tried <= 1 + _HAIR)).all(1, keepdims=True)
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    rgb[out] = rgb_of((start + low * step)[None])[0].clip(0, 1)
    return rgb


def towards(was: Pixels, now: Pixels) -> Pixels:
    """How far a* and b* (h, w, 2) may go from `was` to `now`, 0..1 of the way, within MOST.

    CIEDE2000 (see `craft.difference`) at equal lightness, its terms replaced by what they are at most: never more.
    """
    chroma, end = (np.hypot(lab[..., 0], lab[..., 1]) for lab in (was, now))
    least = np.minimum(chroma, end)  # of which the formula takes means: what weighs a difference down grows with them
    seventh = least**7
    stretch = 1.5 - 0.5 * np.sqrt(seventh / (seventh + _FAR))
    step = now - was
    length = np.maximum(chroma, np.float32(1e-6))
    across = ((step[..., 0] * was[..., 1] - step[..., 1] * was[..., 0]) / length) ** 2  # of hue, squared
    along = step[..., 0] ** 2 + step[..., 1] ** 2 - across  # of chroma, squared; all of it from grey
    total = along / (1 + 0.045 * least) ** 2 + across / (1 + 0.015 * _HUE * least) ** 2
    apart = stretch * np.sqrt(_TURN * np.maximum(total, 0))
    return np.minimum(1, np.float32(MOST * _SAFE) / np.maximum(apart, np.float32(1e-6)))
