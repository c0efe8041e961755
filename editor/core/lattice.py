"""Lattice: what a recipe makes of all colours, taken down in a table that other programs can use as a look."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from editor.core.edit import Edit, Stage
from editor.core.engine import Engine
from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe

POINTS = 33  # a side, as most programs have them
FINE = 65
_LOOKS = (Stage.TONE, Stage.DESIGN, Stage.DETAIL)  # edits that make how a photo looks, whether or not they can be baked


@dataclass(frozen=True, eq=False)
class Baked:
    """The table (n, n, n, 3) of sRGB colours, indexed [blue, green, red]; the edits in it; those that are in it only as
    far as they do the same everywhere in the picture; those that are not in it, since they hang on the place; and what
    a person should know of what edits have found out (`Facts.note`)."""

    table: Pixels = field(repr=False)
    edits: tuple[Edit, ...]
    partly: tuple[Edit, ...] = ()
    left_out: tuple[Edit, ...] = ()
    notes: tuple[tuple[Edit, str], ...] = ()


def identity(points: int) -> Pixels:
    """Each colour of a cube with so many points a side as it is, float32 (n, n, n, 3), indexed [blue, green, red]."""
    steps = np.linspace(0, 1, points, dtype=np.float32)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    return np.stack([red, green, blue], 3)


def bake(engine: Engine, photo: Photo, recipe: Recipe, job: Job, points: int = POINTS) -> Baked:
    """What the tone edits of a recipe, with what they have found out on this photo, make of colours.

    Raises Cancelled, or what an edit raises. Edits that change nothing are in none of the lists.
    """
    baked: list[Edit] = []
    partly: list[Edit] = []
    left_out: list[Edit] = []
    notes: list[tuple[Edit, str]] = []
    colours = identity(points).reshape(points * points, points, 3)
    edits = [edit for edit in recipe.active if edit.stage in _LOOKS]
    for index, edit in enumerate(edits):
        job.progress(index / len(edits))
        facts = engine.facts(photo, recipe, edit, job.part(index, len(edits)))
        if facts and facts.note:
            notes.append((edit, facts.note))
        if edit.changes_nothing(facts):
            continue
        made = edit.colours(colours, facts) if edit.stage is Stage.TONE else None
        if made is None:
            left_out.append(edit)
        elif made is not colours:
            colours = made
            (baked if _only_colours(edit) else partly).append(edit)
    job.progress(1)
    table = colours.reshape(points, points, points, 3)
    return Baked(table, tuple(baked), tuple(partly), tuple(left_out), tuple(notes))


def _only_colours(edit: Edit) -> bool:
    """Whether it does the same to a colour wherever it is: it leaves the work to `Edit.apply`."""
    return type(edit).apply is Edit.apply
