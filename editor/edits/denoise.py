"""Denoise: take the grain of a small sensor or a dark room out of a photo and leave its texture."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from editor.core.edit import ENHANCED, Edit, Facts, Look, Stage
from editor.core.image import Image, in_gamut
from editor.core.job import Job
from editor.core.model import Models, named
from editor.core.noise import level_of
from editor.core.params import automatic, network, slider

SWING = 4  # standard deviations: noise on black or white reaches that far beyond the gamut


@dataclass(frozen=True)
class Level(Facts):
    """The noise of a photo at full size."""

    sigma: float  # standard deviation in 8-bit units

    def __str__(self) -> str:
        return f"{self.sigma:.1f}" if self.sigma >= 0.05 else "no noise found"


class Denoise(Edit):
    id = "denoise"
    title = "Denoise"
    stage = Stage.RESTORE
    version = 2  # 1 knew no network but Packshot's own
    brings_colour = False
    digital_source = ENHANCED

    strength: float = slider(1.0, "Strength", 0, 1)
    noise: float | None = automatic("Noise level", 0, 100, "σ (8-bit)", soft=(0, 50), digits=1)
    network: str = network("Network", task="denoise")

    def reach(self, scale: float) -> int:
        return 64

    def question(self) -> Hashable | None:
        return "level" if self.noise is None and self.strength > 0 else None

    def study(self, look: Look, models: Models, job: Job) -> Level:
        """The level as the network `noise` sees it in patches at 1:1; shrinking would average it away."""
        return Level(255 * level_of(models["noise"], [patch.rgb for patch in look.patches], job))

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        sigma = facts.sigma if self.noise is None and isinstance(facts, Level) else self.noise
        if not self.strength or not sigma:
            job.progress(1)
            return image
        level = sigma / 255 * image.scale  # shrinking averages noise away, in proportion to the scale
        seen = in_gamut(image.rgb, SWING * level)
        denoiser = models[named("denoise", self.network)]
        told = {"level": level} if not self.network or "level" in denoiser.inputs else {}
        clean = denoiser.run(seen, job, **told)
        return image.with_rgb(image.rgb + np.float32(self.strength) * (clean - seen))
