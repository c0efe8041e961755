"""Clarity: more or less contrast between things that lie side by side, in the middle tones."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from editor.core.edit import Edit, Facts, Look, Stage
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import slider
from editor.craft.base import Base, base_of
from editor.craft.strips import in_strips
from editor.craft.tone import brightest, luma

AROUND = 24  # side by side: within a square of the long side's part
EDGE = 0.06  # how much sRGB-encoded luma varies where things end
_SOFT = 5.0  # what differs by a fifth from its surroundings is changed half as much as its difference asks for


@dataclass(frozen=True, eq=False)
class Around(Facts):
    """How bright the large things in a picture are: the base of its luma."""

    base: Base

    @property
    def nbytes(self) -> int:
        return self.base.nbytes


class Clarity(Edit):
    """What differs from its base differs more, by a gain that leaves hues alone and fades out towards white."""

    id = "clarity"
    title = "Clarity"
    stage = Stage.DETAIL
    brings_colour = False

    amount: float = slider(0.0, "Clarity", -100, 100, digits=0)

    def question(self) -> Hashable | None:
        return "base" if self.amount else None

    def study(self, look: Look, models: Models, job: Job) -> Around:
        job.progress(0)
        grey = luma(look.small.seen)
        found = Around(base_of(grey, look.size, max(grey.shape) // AROUND | 1, EDGE))
        job.progress(1)
        return found

    def changes_nothing(self, facts: Facts | None) -> bool:
        return not self.amount

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if not isinstance(facts, Around) or self.changes_nothing(facts):
            return image
        grey = luma(image.rgb)
        rgb = in_strips(self._clear, image.rgb, grey, facts.base.under(grey, image))
        job.progress(1)
        return image.with_rgb(rgb)

    def _clear(self, rgb: Pixels, grey: Pixels, base: Pixels) -> Pixels:
        """x becomes x + c x (1 - x), and |c| < 1: it rises from 0 to 1 whatever c is, and is a quarter of c at most."""
        differs = grey - base
        gain = differs * np.float32(4 * self.amount / 100)
        gain /= 1 + np.float32(_SOFT) * np.abs(differs)
        gain *= 1 - brightest(rgb).clip(0, 1)
        gain += 1
        return np.asarray(rgb * gain[..., None], np.float32)
