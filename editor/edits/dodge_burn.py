"""Dodge and burn: lighter or darker where a brush has painted, as in the darkroom."""

from __future__ import annotations

import numpy as np

from editor.core.brush import coverage
from editor.core.drawn import Stroke, strokes
from editor.core.edit import Edit, Facts, Stage
from editor.core.image import Image
from editor.core.job import Job
from editor.core.light import exposed
from editor.core.model import Models
from editor.core.params import slider


class DodgeBurn(Edit):
    id = "dodge_burn"
    title = "Dodge and Burn"
    stage = Stage.TONE
    brings_colour = False

    stops: float = slider(0.5, "Exposure", -4, 4, "EV", soft=(-2, 2))
    painted: tuple[Stroke, ...] = strokes("Brush")

    def changes_nothing(self, facts: Facts | None) -> bool:
        return not self.stops or all(stroke.erase for stroke in self.painted)

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        cover = None if self.changes_nothing(facts) else coverage(self.painted, image, job.part(0, 2))
        job.progress(0.5)
        if cover is None or not cover.any():
            return image
        rows, columns = (np.flatnonzero(cover.any(axis)) for axis in (1, 0))
        window = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        rgb = image.rgb.copy()
        rgb[window] = exposed(image.rgb[window], np.exp2(np.float32(self.stops) * cover[window][..., None]))
        job.progress(1)
        return image.with_rgb(rgb)
