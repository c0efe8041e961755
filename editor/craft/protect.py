"""Protect: the product's own colour, kept while the light on it is corrected."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.core.image import Pixels
from editor.craft.difference import lab_of, rgb_of
from editor.craft.strips import in_strips
from editor.craft.tone import brightest

MOST = 2.0  # CIEDE2000 that hue and chroma of a product may move
_HAIR = np.float32(1e-4)  # beyond 0..1 that is rounding
_TRIES = 7  # for a boundary; what is sought is nearly straight
_SAFE = 0.97  # of MOST: rounding, and what sRGB cannot hold
_FAR = np.float32(25.0**7)
_HUE = np.float32(0.36)  # the least that hue makes of chroma's weight
_TURN = np.float32(1 + np.sin(np.pi / 3))  # the most that CIEDE2000's rotation of blue adds to a difference's square
_SHARP = 6  # of the bend that leads to the lightest a colour may be
_EARLY = np.float32(0.35)  # of the way there: up to here the bend is next to nothing
_GREY = np.float32(0.004)  # of the largest channel, what the others differ by: it may become white
_LEAST, _LITTLE = np.float32(1e-3), np.float32(-1e-9)

Mask = NDArray[np.bool_]


def held(before: Pixels, after: Pixels, share: Pixels) -> Pixels:
    """`after` (h, w, 3), with hue and chroma held near those of `before` where the product is, `share` (h, w) 0..1.

    Lightness is that of `after`; hue and chroma go towards it until they differ by MOST, judged by CIEDE2000 at equal
    lightness. Where sRGB does not hold that, they turn paler within the same limit, and then lightness gives way: so
    that from dark to light a saturated colour never stops rising. sRGB-encoded, float32, in 0..1.
    """
    rows, columns = (np.flatnonzero((share > 0).any(axis)) for axis in (1, 0))
    if not len(rows):
        return after
    window = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    out = after.copy()
    out[window] = in_strips(_held, after[window], before[window], share[window])
    return out


def _held(after: Pixels, before: Pixels, share: Pixels) -> Pixels:
    was, now = lab_of(before), lab_of(after)
    kept = now.copy()
    kept[..., 1:] = was[..., 1:] + towards(was[..., 1:], now[..., 1:])[..., None] * (now[..., 1:] - was[..., 1:])
    _below_ceiling(kept, was, before)
    return np.asarray(after + share[..., None] * (_within(was, kept) - after), np.float32)


def _below_ceiling(kept: Pixels, was: Pixels, before: Pixels) -> None:
    """Bends the L* of `kept` (h, w, 3), where it is more than in `was`, below the lightest that sRGB has of a colour.

    A colour that gets lighter, its channels in proportion, ends where the largest of them is 1; being saturated it is
    darker there than white. What is darker in `before`, the pixels of `was`, may not become lighter than that, or light
    would turn into dark. From `was` the bend starts with slope 1, and it takes 100 to the ceiling.
    """
    most = np.maximum(brightest(before), _LEAST)
    rise, light = kept[..., 0] - was[..., 0], was[..., 0]
    where = (rise > 0) & (rise > _EARLY * (light + 16) * (most ** np.float32(-0.8) - 1))  # its L* at the end, nearly
    where &= most + brightest(-before) > _GREY * most
    if not where.any():
        return
    light, rise = light[where], rise[where]
    brought = np.asarray(before[where] / most[where][:, None], np.float32)
    room = np.maximum(_ceiling(lab_of(brought[None])[0]) - light, _LEAST)
    part = rise / room
    straight = room / np.maximum(100 - light, room)
    kept[where, 0] = light + room * part / (1 + (1 - straight**_SHARP) * part**_SHARP) ** (1 / _SHARP)


def _ceiling(lab: Pixels) -> Pixels:
    """The L* (n,) up to which sRGB holds colours, paler by MOST, that have a channel of 1, as L*a*b* (n, 3)."""
    tried = lab.copy()
    tried[:, 1:] = paler(lab[:, 1:])
    low = _beyond(tried)[0]
    step = np.maximum(-low, _LEAST) * 100
    tried[:, 0] += step
    slope = np.maximum(_beyond(tried)[0] - low, np.float32(1e-6)) / step
    return np.asarray(np.minimum(lab[:, 0] - low / slope, 100), np.float32)


def _within(was: Pixels, kept: Pixels) -> Pixels:
    """sRGB of the L*a*b* `kept` (h, w, 3), as near as sRGB has it: paler by up to MOST from `was`, then of other L*."""
    rgb = rgb_of(kept)
    out = (brightest(rgb) > 1 + _HAIR) | (brightest(-rgb) > _HAIR)
    if not out.any():
        return rgb
    outer, inner = kept[out], kept[out]
    inner[:, 1:] = paler(was[out][:, 1:])
    light, dark = _beyond(inner)
    far = np.maximum(light, dark) > 0  # and paler is not enough
    outer[far], inner[far, 0] = inner[far], was[out][far, 0]
    brighter = outer[:, 0] > inner[:, 0]
    rgb[out] = rgb_of(_edge(inner, outer, ~far | brighter, ~far | ~brighter)[None])[0].clip(0, 1)
    return rgb


def _edge(inner: Pixels, outer: Pixels, light: Mask, dark: Mask) -> Pixels:
    """Where on the line from L*a*b* (n, 3) that sRGB holds to such that it does not sRGB ends: where it is `light` at
    1, where it is `dark` at 0. By false position, after the Illinois rule (Dowell and Jarratt, BIT 11, 1971)."""

    def beyond(part: Pixels) -> Pixels:
        above, below = _beyond(inner + part[:, None] * step)
        return np.maximum(np.where(light, above, -1), np.where(dark, below, -1))

    step, low, high = outer - inner, np.zeros(len(inner), np.float32), np.ones(len(inner), np.float32)
    under, over = beyond(low), beyond(high)
    last = np.zeros(len(inner), np.int8)  # 1: the inner end has moved, -1: the outer one
    for _ in range(_TRIES):
        middle = low + (high - low) * (under / np.minimum(under - over, _LITTLE)).clip(0, 1)
        found = beyond(middle)
        fits = found <= 0
        over = np.where(fits, np.where(last > 0, over / 2, over), found)
        under = np.where(fits, found, np.where(last < 0, under / 2, under))
        low, high, last = np.where(fits, middle, low), np.where(fits, high, middle), np.where(fits, 1, -1)
    return np.asarray(inner + middle[:, None] * step)  # the last is the nearest, on either side


def _beyond(lab: Pixels) -> tuple[Pixels, Pixels]:
    """How far the largest channel of L*a*b* (n, 3) lies above 1, and the smallest below 0, (n,); inside it is less than
    nothing. Below in about linear light: there it is the encoding that is not smooth."""
    red, green, blue = rgb_of(lab[None])[0].T
    least = np.minimum(np.minimum(red, green), blue)
    return np.maximum(np.maximum(red, green), blue) - 1, -least * (np.abs(least) + np.float32(0.08))


def paler(colour: Pixels) -> Pixels:
    """a* and b* (n, 2) as near to grey as they may come, within MOST: along a ray CIEDE2000 has but one term."""
    chroma = np.maximum(np.hypot(colour[:, 0], colour[:, 1]), np.float32(1e-6))
    seventh = (np.float32(0.75) * chroma) ** 7  # of less than the mean of both: it never comes further
    stretch = 1.5 - 0.5 * np.sqrt(seventh / (seventh + _FAR))
    most = np.float32(MOST * _SAFE)
    step = most * (1 / stretch + np.float32(0.045) * chroma) / (1 + np.float32(0.0225) * most)
    return np.asarray(colour * (1 - np.minimum(step / chroma, 1))[:, None], np.float32)


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
