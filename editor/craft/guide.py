"""Guide: planes made smooth everywhere but where a picture has edges.

The guided filter (He, Sun and Tang, "Guided Image Filtering", TPAMI 2013) with a colour guide, its models found on a
smaller picture (He and Sun, "Fast Guided Filter", 2015), of several planes at once, each pixel counting as much as it
weighs.
"""

from __future__ import annotations

from itertools import combinations_with_replacement

import cv2
import numpy as np

from editor.core.image import Pixels

_FAINT = np.float32(1e-4)
_FEWER = 2  # times as small is the picture on which models are found


def guided_by(guide: Pixels, planes: Pixels, weight: Pixels, radius: int, flat: float) -> Pixels:
    """`planes` (h, w, c) as linear functions of a guide's colours (h, w, 3) around each place, float32 (h, w, c); what
    weighs nothing (h, w) does not count. What varies less than `flat` in the guide (variance) is smoothed away."""
    whole = weight.shape[1], weight.shape[0]
    fewer = max(1, whole[0] // _FEWER), max(1, whole[1] // _FEWER)
    side = 2 * max(1, radius // _FEWER) + 1

    def small(plane: Pixels) -> Pixels:
        return np.asarray(cv2.resize(plane, fewer, interpolation=cv2.INTER_AREA), np.float32)

    def mean(plane: Pixels) -> Pixels:
        return np.asarray(cv2.boxFilter(plane, -1, (side, side), borderType=cv2.BORDER_REFLECT), np.float32)

    colours = [np.ascontiguousarray(guide[..., i]) for i in range(3)]
    own = small(weight)
    share = 1 / np.maximum(mean(own), _FAINT)
    few = [small(colour) for colour in colours]
    level = [mean(own * colour) * share for colour in few]
    squares = []
    for i, j in combinations_with_replacement(range(3), 2):
        squares.append(mean(own * few[i] * few[j]) * share - level[i] * level[j] + (np.float32(flat) if i == j else 0))
    rr, rg, rb, gg, gb, bb = squares
    adjugate = (gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb,
                rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg)  # fmt: skip
    one = 1 / np.maximum(rr * adjugate[0] + rg * adjugate[1] + rb * adjugate[2], np.float32(1e-12))
    rows = [[one * adjugate[k] for k in row] for row in ((0, 1, 2), (1, 3, 4), (2, 4, 5))]
    made = []
    for index in range(planes.shape[2]):
        told = small(np.ascontiguousarray(planes[..., index]))
        height = mean(own * told) * share
        together = [mean(own * few[i] * told) * share - level[i] * height for i in range(3)]
        slopes = [row[0] * together[0] + row[1] * together[1] + row[2] * together[2] for row in rows]
        offset = height - sum(slope * each for slope, each in zip(slopes, level, strict=True))
        model = cv2.merge([mean(own * part) * share for part in (*slopes, offset)])
        a, b, c, d = cv2.split(cv2.resize(model, whole, interpolation=cv2.INTER_LINEAR))
        made.append(a * colours[0] + b * colours[1] + c * colours[2] + d)
    return np.stack(made, -1).astype(np.float32)
