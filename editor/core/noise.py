"""Noise: how strong the noise of a photo is, from what a network sees in parts of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.model import Model

SHOWN = (-2.0, 3.0)  # what networks are shown at most; noise of sigma 100 on black or white stays inside
CELL = 8  # pixels on a side, of which the estimator makes one number
FEWEST = 0.02  # part of the cells of a patch that must show their noise


def level_of(estimator: Model, patches: Sequence[Pixels], job: Job) -> float:
    """The standard deviation of the noise in patches (h, w, 3) of one picture, in the units of their pixels.

    Of each patch the median of the map that the network `noise` makes of it (its mean square would follow the cells
    where texture was taken for noise); of those the median again, so that no single patch decides. White paper and
    black velvet hide half of their noise, so where there are other things in the picture they do not count.
    """
    seen, counts = [], []
    for index, patch in enumerate(patches):
        shown = patch.clip(*SHOWN)
        cells = np.asarray(estimator.run(shown, job.part(index, len(patches))))[..., 0]
        if cells.size:  # a picture of a few pixels has no cell
            seen.append(cells)
            counts.append(open_cells(shown, *cells.shape))
    if all(c.mean() < FEWEST for c in counts):
        counts = [np.ones_like(c) for c in counts]
    levels = [np.median(s[c]) for s, c in zip(seen, counts, strict=True) if c.mean() >= FEWEST]
    return float(np.median(levels)) if levels else 0.0


def open_cells(patch: Pixels, rows: int, columns: int) -> NDArray[np.bool_]:
    """Which of `rows` x `columns` cells of a patch show all of their noise: those where at most a tenth of the values
    lie at black or white or beyond."""
    cut = ((patch <= 0) | (patch >= 1)).mean(2, dtype=np.float32)
    height, width = rows * CELL, columns * CELL
    cut = np.pad(cut, ((0, max(0, height - cut.shape[0])), (0, max(0, width - cut.shape[1]))), mode="edge")
    cells = cut[:height, :width].reshape(rows, CELL, columns, CELL).mean((1, 3))
    return np.asarray(cells <= 0.1)
