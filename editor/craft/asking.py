"""Asking: what `recolor.onnx` tells of a product, shown to it as it was taught: its box and a little around it."""

from __future__ import annotations

from math import floor

import cv2
import numpy as np

from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.model import Model
from editor.craft.painter import Painter, painter_of

ROOM = 0.08  # of the product's box: so much around it the network is shown as well
SEEN = 256  # pixels on the longer side that the network sees


def told(seen: Pixels, share: Pixels, like: Pixels, model: Model, job: Job) -> tuple[Pixels, Pixels, Painter]:
    """Cover and mirrored light (h, w) of a picture `seen` (h, w, 3) in gamut, and the painter.

    `share` (h, w) is where the product is, and nothing is told outside of its box; `like` (h, w) is what could have the
    colour that is replaced. Where the product is cut off by the picture's edge it goes on mirrored: a network that sees
    nothing around it takes the edge of the picture for that of the product.
    """
    rows, columns = window_of(share)
    height, width = share.shape
    top, bottom = max(0, -rows.start), max(0, rows.stop - height)
    left, right = max(0, -columns.start), max(0, columns.stop - width)
    window = np.s_[rows.start + top : rows.stop - bottom, columns.start + left : columns.stop - right]
    rgb, matte, alike = (
        np.asarray(cv2.copyMakeBorder(plane[window], top, bottom, left, right, cv2.BORDER_REFLECT_101), np.float32)
        for plane in (seen, share, like)
    )
    said = model.tell(rgb, job, matte=matte, like=alike)
    planes = []
    for name in ("cover", "shine"):
        plane, answer = np.zeros_like(share), np.asarray(said[name], np.float32)[0, 0]
        answer = np.asarray(cv2.resize(answer, matte.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
        plane[window] = answer[top : answer.shape[0] - bottom, left : answer.shape[1] - right]
        planes.append(plane)
    return planes[0], planes[1], painter_of(said)


def window_of(share: Pixels) -> tuple[slice, slice]:
    """The rows and columns of where the product is (h, w), and a little around, also beside the picture; all of it,
    where it is nowhere."""
    rows, columns = (np.flatnonzero((share > 0.5).any(axis)) for axis in (1, 0))
    if not len(rows):
        return slice(0, share.shape[0]), slice(0, share.shape[1])
    down, across = (floor(ROOM * (ends[-1] + 1 - ends[0])) for ends in (rows, columns))
    return (
        slice(int(rows[0]) - down, int(rows[-1]) + 1 + down),
        slice(int(columns[0]) - across, int(columns[-1]) + 1 + across),
    )


def grain(share: Pixels) -> float:
    """How large the network saw a pixel, in pixels of the picture (h, w)."""
    return max(1.0, float(max(side.stop - side.start for side in window_of(share))) / SEEN)
