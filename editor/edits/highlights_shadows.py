"""Highlights and shadows: bright parts of a photo taken back, dark ones lifted, with all that can be seen in them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial

import numpy as np

from editor.core.edit import Edit, Facts, Look, Stage
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import slider
from editor.craft.base import Base, base_of
from editor.craft.strips import in_strips
from editor.craft.tone import brightest

AROUND = 24  # the base is made of means over a square of the long side's part
EDGE = 0.1  # how much sRGB-encoded brightness varies where things end
BRIGHTEST = 0.999  # of a picture's pixels are no brighter than its white; those that are may be sparks
_KNEE, _TOP = 0.5, 0.97  # from here on highlights are taken back, and the picture's white comes down to that
_DIP = 1.0  # how much more those below white are taken back
_BRIGHT = 0.75  # half of what brighter highlights win is won here
_GLOW, _LIFT, _SINK = 1.0, 1.5, -0.5  # what gains of highlights and shadows win and lose at the ends of a slider


@dataclass(frozen=True, eq=False)
class Around(Facts):
    """How bright the large things in a picture are, the base of its brightest channel, and `white`, its lightest."""

    base: Base
    white: float

    @property
    def nbytes(self) -> int:
        return self.base.nbytes


class HighlightsShadows(Edit):
    """A gain for each place by its base, so that details keep their contrast and edges get no seam of light; by the
    brightest channel, so that a strong colour is no shadow."""

    id = "highlights_shadows"
    title = "Highlights, Shadows"
    stage = Stage.TONE
    order = 10
    brings_colour = False

    highlights: float = slider(0.0, "Highlights", -100, 100, digits=0)
    shadows: float = slider(0.0, "Shadows", -100, 100, digits=0)

    def question(self) -> Hashable | None:
        return "base" if self.highlights or self.shadows else None

    def study(self, look: Look, models: Models, job: Job) -> Around:
        job.progress(0)
        grey = brightest(look.small.seen)
        white = max(1.0, float(np.quantile(grey, BRIGHTEST)))
        found = Around(base_of(grey, look.size, max(grey.shape) // AROUND | 1, EDGE), white)
        job.progress(1)
        return found

    def changes_nothing(self, facts: Facts | None) -> bool:
        return not (self.highlights or self.shadows)

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if not isinstance(facts, Around) or self.changes_nothing(facts):
            return image
        most = brightest(image.rgb)
        rgb = in_strips(partial(self._lit, facts.white), image.rgb, most, facts.base.under(most, image))
        job.progress(1)
        return image.with_rgb(rgb)

    def _lit(self, white: float, rgb: Pixels, most: Pixels, base: Pixels) -> Pixels:
        """Of each pixel its brightest channel (h, w), and the base of that."""
        gain = np.ones_like(base)
        if self.highlights > 0:
            bright = (np.maximum(base, 0) * np.float32(1 / _BRIGHT)) ** 2
            bright *= bright
            gain += np.float32(_GLOW * self.highlights / 100) * (bright / (1 + bright))
        dark = 1 - base.clip(0, 1)
        dark *= dark * dark
        if self.shadows > 0:
            gain *= 1 + np.float32(_LIFT * self.shadows / 100) * dark
        gain /= 1 + (gain - 1) * most.clip(
            0, 1
        )  # light that is added runs out towards white: x to gx / (1 + (g - 1) x)
        if self.shadows < 0:
            gain *= 1 - np.float32(_SINK * self.shadows / 100) * dark
        if self.highlights < 0:
            gain *= 1 - np.float32(self.highlights / 100) * (taken_back(base, white) - 1)
        return np.asarray(rgb * gain[..., None], np.float32)


def taken_back(base: Pixels, white: float) -> Pixels:
    """The gain for a base (h, w) that brings highlights up to `white`, 1 or more, back below white, as far as a slider
    goes. All tones stay apart: a hyperbola from the knee on, then a dip that neither black nor white is in."""
    beyond = np.maximum(base - np.float32(_KNEE), 0)
    bent = beyond / (1 + beyond * np.float32(1 / (_TOP - _KNEE) - 1 / (white - _KNEE)))
    bent += np.minimum(base, np.float32(_KNEE))
    gain = bent / np.maximum(base, np.float32(_KNEE))
    gain = np.where(base > _KNEE, gain, 1)
    inside = bent.clip(0, 1)
    return np.asarray(gain * (1 - np.float32(_DIP) * inside * inside * inside * (1 - inside)), np.float32)
