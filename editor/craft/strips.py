"""Strips: a picture worked on a few rows at a time, so that what lies between stays close to the processor, and on all
of its cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from editor.core.image import Pixels

Part = TypeVar("Part")
_PIXELS = 64_000  # of one strip: with all that is made of it, it stays in the cache
_CORES = min(8, os.cpu_count() or 1)
_FEW = 4  # strips that are not worth a second core


def each_strip(work: Callable[[slice], None], size: tuple[int, int]) -> None:
    """Calls `work` for the rows of a picture of `size` (width, height), a strip after the other, or side by side."""
    rows = max(1, _PIXELS // max(1, size[0]))
    side_by_side(work, [slice(top, min(top + rows, size[1])) for top in range(0, size[1], rows)])


def side_by_side(work: Callable[[Part], None], parts: Sequence[Part]) -> None:
    """Calls `work` for parts of a picture, one after the other where they are few."""
    if _CORES == 1 or len(parts) < _FEW:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(_CORES) as pool:
        for _ in pool.map(work, parts):
            pass


def in_strips(make: Callable[..., Pixels], rgb: Pixels, *planes: Pixels) -> Pixels:
    """What `make` gives for (h, w, 3) and for `planes` (h, w, ...) beside it, float32 (h, w, 3), a pixel at a time: it
    is given full rows of them all, as many as fit."""
    out = np.empty(rgb.shape, np.float32)

    def work(strip: slice) -> None:
        out[strip] = make(rgb[strip], *(plane[strip] for plane in planes))

    each_strip(work, (rgb.shape[1], rgb.shape[0]))
    return out
