"""Look: a colour look from a .cube file, as film, video and camera makers offer them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from editor.core.edit import Edit, Facts, Look, Stage
from editor.core.formats import PhotoError
from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import file, slider
from editor.craft.cube import Cube, CubeError, read_cube

UNCHOSEN = "No file was chosen for the look."
GONE = "The file of the look cannot be read, so the photo is without it."
DAMAGED = "The file of the look is no .cube file that can be used, so the photo is without it."


@dataclass(frozen=True)
class Worn(Facts):
    """The look in the file, or why there is none."""

    cube: Cube | None = field(default=None, repr=False)
    note: str = ""

    def __str__(self) -> str:
        return ""

    @property
    def nbytes(self) -> int:
        return 0 if self.cube is None else self.cube.nbytes


class LookUp(Edit):
    """Takes colours from the file's table, between its points by tetrahedral interpolation.

    A look is for sRGB, as nearly all are that are made for photos; colours that sRGB does not hold stay as far outside
    of it as they were.
    """

    id = "look"
    title = "Look (.cube)"
    stage = Stage.TONE
    order = 40
    notes = (UNCHOSEN, GONE, DAMAGED)

    file: str = file("Look", "Looks", ".cube")
    strength: float = slider(100.0, "Strength", 0, 100, "%", digits=0)

    def question(self) -> Hashable:
        return self.file

    def study(self, look: Look, models: Models, job: Job) -> Worn:
        if not self.file:
            return Worn(note=UNCHOSEN)
        try:
            return Worn(look.file(self.file, read_cube))
        except PhotoError:
            return Worn(note=GONE)
        except CubeError:
            return Worn(note=DAMAGED)

    def colours(self, rgb: Pixels, facts: Facts | None) -> Pixels:
        if not self.strength or not isinstance(facts, Worn) or facts.cube is None:
            return rgb
        return facts.cube.applied(rgb, self.strength / 100)
