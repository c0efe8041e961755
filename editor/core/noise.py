"""Noise: how strong the noise of a photo is, from what a network sees in parts of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.model import Model

SHOWN = (-2.0, 3.0)  # what networks are shown at most; noise of sigma 100 on black or white stays inside
CELL = 8  # pixels on a side, of which the estimator makes one number
FEWEST = 0.02  # part of the cells of a patch that must show their noise


def level_of(estimator: Model, patches: Sequence[Pixels], job: Job) -> float:
    """The standard deviation of the noise in patches (h, w, 3) of one picture, in the units of their pixels.

    Of each patch the RMS of the map that the network `noise` makes of it; of those the median, so that neither one
    texture nor one dark corner decides. White paper and black velvet hide half of their noise, so where there are
    other things in the picture they do not count.
    """
    powers, weights = [], []
    for index, patch in enumerate(patches):
        shown = patch.clip(*SHOWN)
        seen = np.asarray(estimator.run(shown, job.part(index, len(patches))))[..., 0]
        if seen.size:  # a picture of a few pixels has no cell
            powers.append(np.square(seen))
            weights.append(open_cells(shown, *seen.shape))
    if all(w.mean() < FEWEST for w in weights):
        weights = [np.ones_like(w) for w in weights]
    levels = [float((p * w).sum() / w.sum()) ** 0.5 for p, w in zip(powers, weights, strict=True) if w.mean() >= FEWEST]
    return float(np.median(levels)) if levels else 0.0


def open_cells(patch: Pixels, rows: int, columns: int) -> Pixels:
    """Which of `rows` x `columns` cells of a patch show all of their noise: 1 where at most a tenth of the values lie
    at black or white or beyond, else 0."""
    cut = ((patch <= 0) | (patch >= 1)).mean(2, dtype=np.float32)
    height, width = rows * CELL, columns * CELL
    cut = np.pad(cut, ((0, max(0, height - cut.shape[0])), (0, max(0, width - cut.shape[1]))), mode="edge")
    cells = cut[:height, :width].reshape(rows, CELL, columns, CELL).mean((1, 3))
    return np.asarray(cells <= 0.1, np.float32)
