"""Shoulder: gains and tone curves that come to white softly, so that nothing clips and nothing tears."""

from __future__ import annotations

import numpy as np

from editor.core.image import Pixels

KNEE = 0.6  # from here on gains bend towards white
STEEPEST, FLATTEST_END = 2.5, 0.06  # slopes with which curves come to white


def shouldered(x: Pixels, gain: Pixels) -> Pixels:
    """`gain` times `x` (0..1), both (h, w), up to KNEE, and beyond it bent so that white stays white and nothing clips;
    less than one undoes what its inverse would do. Rises everywhere, without a kink (rational, of slope `gain` at the
    knee)."""
    knee, rest = np.float32(KNEE), np.float32(1 - KNEE)
    out = x * gain
    beyond = np.maximum(gain, 1)
    beyond -= knee
    t = out - knee
    np.maximum(t, 0, out=t)
    t /= beyond  # 0..1 on the way from the knee to white, if there were no bend
    beyond /= rest
    bend = (beyond - 1) * t
    bend += 1
    t *= beyond
    t /= bend
    t *= rest
    np.minimum(out, knee, out=out)
    out += t
    if (less := gain < 1).any():
        out[less] = _undone(x[less], np.float32(1) / gain[less])
    return out


def _undone(x: Pixels, gain: Pixels) -> Pixels:
    """What becomes `x` by a gain of more than one."""
    steep = (gain - KNEE) / np.float32(1 - KNEE)
    u = np.maximum(x - np.float32(KNEE), 0) / np.float32(1 - KNEE)
    return np.asarray((np.minimum(x, KNEE) + (gain - KNEE) * u / (steep - (steep - 1) * u)) / gain, np.float32)


def towards_white(x: Pixels, y: Pixels) -> Pixels:
    """A rising curve `y` of `x`, neither of them more than 1, that comes to white neither steeply nor without a slope.

    Where a photo is darkened, what is nearly white would fall far behind what is white, and paper would tear into
    blocks; where it is lightened, pale cloth would run together with paper. Two straight lines to white, of slope
    STEEPEST and FLATTEST_END, bound it from below and above; the nearer to white, the softer it joins them.
    """
    left = 1 - x.astype(np.float64)
    soft = 0.2 * left
    for line, side in ((1 - STEEPEST * left, 1), (1 - FLATTEST_END * left, -1)):
        apart = y - line
        if (side * apart).min() >= -1e-6:
            continue
        y = (y + line + side * (np.sqrt(apart * apart + soft * soft * line.clip(0, 1) ** 2))) / 2
    lifted = y[0] * left  # what the soft corner gives to black is taken back, evenly
    return np.asarray(y - lifted, np.float32)


def smooth(points: Pixels, at: Pixels) -> Pixels:
    """A rising curve through evenly spaced `points` from 0 to 1, without kinks, read at `at`: cubic pieces whose slopes
    are harmonic means of the steps beside them (Fritsch and Butland, SIAM J. Sci. Stat. Comput. 5, 1984)."""
    steps = np.diff(points) * (len(points) - 1)
    inner = 2 * steps[:-1] * steps[1:] / (steps[:-1] + steps[1:])
    slopes = np.concatenate([steps[:1], inner, steps[-1:]])
    place = at.astype(np.float64).clip(0, 1) * (len(points) - 1)
    low = np.minimum(place.astype(np.intp), len(points) - 2)
    t, width = place - low, 1 / (len(points) - 1)
    first = (1 + 2 * t) * (1 - t) ** 2 * points[low] + t * t * (3 - 2 * t) * points[low + 1]
    second = t * (1 - t) ** 2 * slopes[low] - t * t * (1 - t) * slopes[low + 1]
    return np.asarray(first + width * second, np.float32)
