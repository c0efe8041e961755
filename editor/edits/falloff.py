"""Lens falloff: gives the corners of a photo the light back that the lens kept from them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.core.edit import Edit, Facts, Stage
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import slider
from editor.core.warp import Warp
from editor.craft.gain import POWER, lit, threefold
from editor.craft.strips import each_strip


class Falloff(Edit):
    """Around the middle of the photo as it was taken, wherever that lies once it was cropped; in linear light."""

    id = "falloff"
    title = "Lens Falloff"
    stage = Stage.RESTORE
    order = 10
    brings_colour = False

    amount: float = slider(0.0, "Amount", 0, 2, "EV")
    midpoint: float = slider(50.0, "Midpoint", 0, 100, digits=0)

    def changes_nothing(self, facts: Facts | None) -> bool:
        return not self.amount

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if self.changes_nothing(facts):
            return image
        out = np.empty_like(image.rgb)
        power = np.float32(0.75 * 4 ** (self.midpoint / 100))  # natural falloff is about a power of 1

        def work(part: slice) -> None:
            slope = np.exp2(np.power(_squares(image, part), power) * np.float32(self.amount / POWER))
            out[part] = lit(image.rgb[part], threefold(slope))

        each_strip(work, image.size)
        job.progress(1)
        return image.with_rgb(out)


def _squares(image: Image, rows: slice) -> Pixels:
    """How far the pixels (n, w) in some rows lie from the middle of the photo, squared; 1 is its corners."""
    warp = image.warp or Warp.none(image.size)
    (left, top), half = (side / 2 for side in warp.source), np.hypot(*warp.source) / 2
    matrix = np.array([[1 / half, 0, -left / half], [0, 1 / half, -top / half], [0, 0, 1]]) @ warp.at(image.scale, 1.0)
    x = image.origin[0] + np.arange(image.size[0]) + 0.5
    y = image.origin[1] + np.arange(rows.start, rows.stop) + 0.5
    across, down, depth = (_outer(row[0] * x + row[2], row[1] * y) for row in matrix)
    squares = across * across
    squares += down * down
    return squares if warp.is_affine else np.asarray(squares / depth**2, np.float32)


def _outer(columns: NDArray[np.float64], rows: NDArray[np.float64]) -> Pixels:
    return columns.astype(np.float32) + rows.astype(np.float32)[:, None]
