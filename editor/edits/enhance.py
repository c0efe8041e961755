"""Enhance: the light and colours of a photo put right with one click, as a retoucher would."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from editor.core.edit import ENHANCED, Edit, Facts, Look, Stage
from editor.core.image import Image, Pixels, in_gamut
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import slider, toggle
from editor.craft.grade import Grade, colouring, grade_of, graded, lit_alike
from editor.craft.protect import held

UNPROTECTED = "Nothing is protected: Cut Out has to find the product first."


@dataclass(frozen=True, eq=False)
class Graded(Facts):
    """What the network says of the photo."""

    grade: Grade
    note: str = ""

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
    notes = (UNPROTECTED,)
    brings_colour = False
    digital_source = ENHANCED

    strength: float = slider(100.0, "Strength", 0, 150, "%", digits=0)
    protect: bool = toggle(False, "Protect product colour")

    def question(self) -> Hashable | None:
        return "grade", self.protect

    def study(self, look: Look, models: Models, job: Job) -> Graded:
        small = look.small
        seen = in_gamut(small.seen)
        grade = grade_of(models["enhance"].tell(seen, job), seen, look.size)
        return Graded(grade, UNPROTECTED if self.protect and small.product is None else "")

    def colours(self, rgb: Pixels, facts: Facts | None) -> Pixels:
        """Gains, curves and table, and the mean of the field; how light differs from place to place, and local
        contrast, hang on the place."""
        if self.changes_nothing(facts):
            return rgb
        assert isinstance(facts, Graded)
        inside = in_gamut(rgb)
        out = colouring(facts.grade, self.strength / 100)(lit_alike(inside, facts.grade, self.strength / 100))
        out += rgb - inside
        return out

    def changes_nothing(self, facts: Facts | None) -> bool:
        return not self.strength

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if self.changes_nothing(facts):
            return image
        assert isinstance(facts, Graded)
        out = graded(image.rgb, image, facts.grade, self.strength / 100)
        job.progress(0.5)
        product = image.product if self.protect else None
        if product is not None:
            inside = in_gamut(image.rgb)
            beyond = image.rgb - inside
            out = held(inside, out - beyond, product) + beyond
        job.progress(1)
        return image.with_rgb(out)
