"""Statistics: how light, and of which colours, a part of a photo is, and what other light would make it like another.

Channels are compared quantile by quantile: other light, another exposure and another tone curve all leave the order of
a channel's pixels as it is, so that the same thing can be told from another without knowing which pixel is which.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.core.cms import decode, encode
from editor.core.image import Pixels
from editor.core.white import white_at
from editor.craft.illumination import light_of

Matrix = NDArray[np.float64]
Triple = tuple[float, float, float]
FEWEST = 64  # pixels that say something
ALIKE = 0.22  # of the logarithm of light by which quantiles of the same thing may be off once the light is the same
WARMER, GREENER = 1.6, 1.0  # how far lights may lie apart, in the units of `white_at`: 145 mired along the daylight
_FADING = 0.5  # of those: further apart nothing is put down to light any more
_SHARES = np.linspace(0.05, 0.95, 19)
_DARK, _BRIGHT = 0.004, 0.96  # linear light beyond which a quantile may be noise, or clipped
_RANGE, _SEEN = 0.25, 0.006  # encoded: what a tone curve is told from must span, and be off by
_LUMINANCE = np.array([0.2126729, 0.7151522, 0.0721750])  # of linear sRGB (IEC 61966-2-1)
_LINEAR = np.linalg.inv(
    np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
)  # CIE XYZ to linear sRGB


@dataclass(frozen=True)
class Shift:
    """What makes one part like another. `exposure` is the logarithm of a gain for all channels, `cast` (3,) of one for
    each, without luminance; `off` is how far the quantiles are apart after it; `pairs` (n, 2) are such, encoded."""

    exposure: float
    cast: Triple
    off: float
    pairs: Matrix


def quantiles_of(rgb: Pixels, mask: Pixels | None) -> Matrix | None:
    """The logarithm of linear light at some quantiles of each channel, (n, 3), of what is in `mask` (h, w), more than
    half, of a picture (h, w, 3), sRGB-encoded; None where that is next to nothing."""
    pixels = rgb.reshape(-1, 3) if mask is None else rgb[mask > 0.5]
    if len(pixels) < FEWEST:
        return None
    return np.asarray(np.log(np.maximum(decode(np.quantile(pixels, _SHARES, axis=0).astype(np.float32)), 1e-5)), float)


def shift_between(here: Matrix, there: Matrix) -> Shift:
    """What makes the part with the quantiles `here` like that with those `there`."""
    low, high = np.log(_DARK), np.log(_BRIGHT)
    seen = (np.minimum(here, there) > low) & (np.maximum(here, there) < high)
    steps = there - here
    whole = np.array([np.median(steps[seen[:, c], c] if seen[:, c].any() else steps[:, c]) for c in range(3)])
    left = np.abs(steps - whole)[seen]
    exposure = float(_LUMINANCE @ whole)
    moved = np.exp(np.minimum(here + whole, 0.0)).astype(np.float32)
    pairs = np.stack([encode(moved)[seen], encode(np.exp(there).astype(np.float32))[seen]], 1).astype(float)
    return Shift(exposure, _triple(whole - exposure), float(left.mean()) if left.size else 0.0, pairs)


def as_light(cast: Triple) -> tuple[Triple, float]:
    """What of a cast, logarithms of gains (3,), can be another light: one that daylight can have, a little greener or
    redder. And how far it may be, 1..0: what lies further out fades to nothing, those are things of another colour."""
    temperature, tint = light_of(np.exp(-np.array(cast)))
    far = max(abs(temperature) / WARMER, abs(tint) / GREENER)
    if far <= 1:
        return cast, 1.0
    trust = max(0.0, 1 - (far - 1) / _FADING)
    white = np.log(np.maximum(_LINEAR @ white_at(temperature / far, tint / far), 1e-3))
    return _triple((float(_LUMINANCE @ white) - white) * trust), trust


def bend_between(pairs: Matrix) -> tuple[float, float]:
    """The tone curve x + x (1 - x) (a + b x) over 0..1 that leads from the first to the second of encoded values (n,
    2), as far as it stays monotone and calm: a and b. None, both 0, where they say too little of it, or nothing."""
    x, y = pairs.T
    if len(pairs) < 6 or np.ptp(x) < _RANGE or np.abs(y - x).mean() < _SEEN:
        return 0.0, 0.0
    room = x * (1 - x)
    basis = np.stack([room, room * x], 1)
    a, b = np.linalg.solve(basis.T @ basis + 2e-3 * len(x) * np.eye(2), basis.T @ (y - x))
    t = np.linspace(0, 1, 65)
    bends = a * (1 - 2 * t) + b * (2 * t - 3 * t * t)
    calm = min(1.0, 0.5 / max(1e-9, float(-bends.min())), 1.0 / max(1e-9, float(bends.max())))
    return float(a * calm), float(b * calm)


def _triple(values: Matrix) -> Triple:
    red, green, blue = (float(v) for v in values)
    return red, green, blue
