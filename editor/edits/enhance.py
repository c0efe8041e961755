"""Enhance: the light and colours of a photo put right with one click, as a retoucher would."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from editor.core.edit import ENHANCED, Edit, Facts, Look, Stage
from editor.core.image import Image, Pixels, in_gamut
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import slider, toggle
from editor.craft.grade import Grade, colouring, grade_of, graded
from editor.craft.protect import held


@dataclass(frozen=True, eq=False)
class Graded(Facts):
    """What the network says of the photo."""

    grade: Grade

    @property
    def nbytes(self) -> int:
        return self.grade.nbytes


class Enhance(Edit):
    """A network looks at the photo once, small; what it says is done to every pixel in float. See `craft.grade`."""

    id = "enhance"
    title = "Enhance"
    stage = Stage.TONE
    everyday = True
    order = -20
    brings_colour = False
    digital_source = ENHANCED

    strength: float = slider(100.0, "Strength", 0, 150, "%", digits=0)
    protect: bool = toggle(False, "Protect product colour")

    def question(self) -> Hashable | None:
        return "grade"

    def study(self, look: Look, models: Models, job: Job) -> Graded:
        small = look.small
        seen = in_gamut(small.rgb if small.alpha is None or small.matte is not None else small.on_white())
        return Graded(grade_of(models["enhance"].tell(seen, job), seen, look.size))

    def colours(self, rgb: Pixels, facts: Facts | None) -> Pixels:
        """Gains, curves and table; the field of light and local contrast hang on the place."""
        assert isinstance(facts, Graded)
        inside = in_gamut(rgb)
        out = colouring(facts.grade, self.strength / 100)(inside)
        out += rgb - inside
        return out

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if not self.strength:
            return image
        assert isinstance(facts, Graded)
        strength, inside = self.strength / 100, in_gamut(image.rgb)
        out = graded(inside, image, facts.grade, strength)
        job.progress(0.5)
        product = image.product if self.protect else None
        if product is not None:
            out = held(inside, out, product)
        out += image.rgb - inside  # colours that sRGB does not hold go on as they were
        job.progress(1)
        return image.with_rgb(out)
