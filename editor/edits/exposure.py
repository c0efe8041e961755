"""Exposure: lighter or darker, as a longer or shorter exposure would have been."""

from __future__ import annotations

from editor.core.edit import Edit, Facts, Stage
from editor.core.image import Image
from editor.core.job import Job
from editor.core.light import exposed
from editor.core.model import Models
from editor.core.params import slider


class Exposure(Edit):
    id = "exposure"
    title = "Exposure"
    stage = Stage.TONE
    brings_colour = False

    stops: float = slider(0.0, "Exposure", -8, 8, "EV", soft=(-4, 4))

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        out = image.with_rgb(exposed(image.rgb, 2.0**self.stops)) if self.stops else image
        job.progress(1)
        return out
