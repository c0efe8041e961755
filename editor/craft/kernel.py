"""Kernel: a picture enlarged, shrunk and moved, each pixel the weighted mean of those it is made from.

Shrunk, the kernel grows with the pixels, so that fine cloth makes no moire (G. Wolberg, Digital Image Warping, 1990).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from PIL import Image as Pillow

from editor.core.geometry import Region
from editor.core.image import Pixels
from editor.core.job import Job

CUBIC = Pillow.Resampling.BICUBIC  # sharp; beside an edge it swings over once, and not back (R. G. Keys, 1981)
TENT = Pillow.Resampling.BILINEAR  # soft, and never beyond the values that it lies between
_MOST = 1024  # pixels of the source on a side that are worked on at a time; Pillow places them to 1/8,000 of a pixel
_SUPPORT = 2  # pixels on each side that the wider kernel covers, where nothing is shrunk


@dataclass(frozen=True)
class Axis:
    """One axis of a picture that is framed anew: the point i comes from `factor` * i + `shift` of the source."""

    factor: float
    shift: float

    def window(self, first: int, last: int) -> tuple[int, int, float, float]:
        """What of the source pixels from `first` to `last` are made from, with a margin, and where in it they lie."""
        low, high = self.factor * first + self.shift, self.factor * last + self.shift
        margin = _SUPPORT * max(1.0, self.factor) + 1
        start, end = floor(low - margin), ceil(high + margin)
        return start, end, low - start, high - start


def resampled(
    read: Callable[[Region], Pixels], there: Region, across: Axis, down: Axis, wanted: Region,
    kernel: Pillow.Resampling = CUBIC, *, edge: bool = False, job: Job | None = None,
) -> Pixels:  # fmt: skip
    """The `wanted` part of the new picture, planes (c, h, w) float32, read from the part of the source that is `there`.

    `read` gives planes (c, h, w) of a region of it. Beside the source its outermost pixels go on if `edge`, else there
    is nothing. A pixel does not depend on the part that is asked for, if all that its kernel covers is there.
    """
    count = len(read(Region(there.x, there.y, 1, 1)))
    out = np.zeros((count, wanted.height, wanted.width), np.float32)
    tiles = wanted.tiles(max(16, min(256, int(_MOST / max(across.factor, down.factor)))))
    for index, tile in enumerate(tiles):
        if job:
            job.progress(index / len(tiles))
        left, right, *columns = across.window(tile.x, tile.right)
        top, bottom, *rows = down.window(tile.y, tile.bottom)
        around = Region(left, top, right - left, bottom - top)
        inside = around.clip(there)
        if inside.empty:
            if not edge:
                continue
            x, y = min(max(left, there.x), there.right - 1), min(max(top, there.y), there.bottom - 1)
            inside = Region(x, y, max(1, inside.width), max(1, inside.height)).clip(there)
        beside = (
            (0, 0),
            (max(0, inside.y - top), max(0, bottom - inside.bottom)),
            (max(0, inside.x - left), max(0, right - inside.right)),
        )
        planes = np.pad(read(inside), beside, mode="edge" if edge else "constant")[:, : around.height, : around.width]
        box = (columns[0], rows[0], columns[1], rows[1])
        for plane, made in zip(planes, out, strict=True):
            new = Pillow.fromarray(np.ascontiguousarray(plane)).resize((tile.width, tile.height), kernel, box=box)
            made[tile.y - wanted.y : tile.bottom - wanted.y, tile.x - wanted.x : tile.right - wanted.x] = np.asarray(
                new
            )
    return out
