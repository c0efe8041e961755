"""Ground: what a parameter is set on: the photo as it is shown meanwhile, and how its value lies there."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.core.document import Document
from editor.core.drawn import Points
from editor.core.edit import Edit, Stage, kind_of
from editor.core.geometry import Region
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.warp import Size, Warp
from editor.ui.viewport import Point

Key = tuple[str, str]  # of an edit: its kind and its name


def edit_of(recipe: Recipe, key: Key) -> Edit:
    """The edit as the recipe has it, or as it would begin."""
    return recipe.get(*key) or kind_of(key[0])(name=key[1])


def staged(recipe: Recipe, key: Key, name: str) -> Recipe:
    """The recipe as it is to be shown while parameter `name` of the edit `key` is set on the picture.

    A frame is then shown even where it is switched off, other edits as they are; one that is not in the recipe waits.
    The scene that the product is put into waits as well: things are set on the photo.
    """
    edit = recipe.get(*key)
    shown = recipe.only({e.key for e in recipe.edits if e.stage != Stage.SCENE or e.key == key})
    if edit is None:
        return shown
    shown = shown.put(edit.staged(name))
    return shown.switch(*key, on=True) if edit.stage == Stage.FRAME else shown


def overlaid(recipe: Recipe) -> Recipe:
    """The recipe as it shows on the photo where the product is, without the scene that it is put into."""
    shown = recipe.only({e.key for e in recipe.edits if e.stage != Stage.SCENE})
    return Recipe(tuple(edit.overlaid() for edit in shown.edits), shown.off)


@dataclass(frozen=True)
class Ground:
    """Where parameter `name` of `edit` is set. Points of it are in pixels of what its fractions are fractions of.

    Of an edit that frames the picture, points are fractions of what comes to it, all else of what comes out of it.
    """

    photo: Photo
    edit: Edit
    name: str
    before: Size  # of the picture as it comes to the edit, at full size
    here: Warp  # from the picture as it is shown back to what the fractions are of
    there: Warp  # and to the photo

    @staticmethod
    def of(document: Document, key: Key, name: str) -> Ground:
        return Ground.within(document.photo, document.recipe, key, name)

    @staticmethod
    def within(photo: Photo, recipe: Recipe, key: Key, name: str) -> Ground:
        size = photo.size
        edit = edit_of(recipe, key)
        shown = staged(recipe, key, name)
        framing = [e for e in shown.active if e.stage == Stage.FRAME]
        earlier = [e for e in framing if e.place < edit.place]
        before, there = Recipe(tuple(earlier)).warp(size), shown.warp(size)
        here = there
        if edit.stage == Stage.FRAME and isinstance(type(edit).params()[name], Points):
            here = Recipe(tuple(e for e in framing if e not in earlier)).warp(before.size)
        elif edit.stage == Stage.FRAME:
            out = before.then(step) if (step := edit.staged(name).warp(before.size)) else before
            rest = Recipe(tuple(e for e in framing if e not in earlier and e.key != edit.key))
            here = rest.warp(out.size)
        return Ground(photo, edit, name, before.size, here, there)

    @property
    def size(self) -> Size:
        """Width and height in pixels of what the fractions are of."""
        return self.here.source

    @property
    def value(self) -> Any:
        return getattr(self.edit, self.name)

    @property
    def settled(self) -> Any:
        """The value as it takes effect."""
        return getattr(self.edit.settled(self.before), self.name)

    def with_value(self, value: object) -> Edit | None:
        """The edit with another value; None where it takes no such value."""
        try:
            return self.edit.with_value(self.name, value)
        except ValueError:
            return None

    def settle(self, value: object) -> Any:
        """What `value` would take effect as; None where the edit does not take it."""
        edit = self.with_value(value)
        return None if edit is None else getattr(edit.settled(self.before), self.name)

    def at(self, point: Point) -> Point:
        """The point of it that lies under `point` of the picture as it is shown."""
        return _moved(self.here.before(np.array([point])))

    def shown(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where points (n, 2) of it lie in the picture as it is shown."""
        return self.here.after(points)

    def magnified(self, point: Point) -> float:
        """How many pixels of the shown picture there are to one of it, around `point` of it."""
        middle, right, down = self.shown(np.array([point]) + np.array([(0, 0), (1, 0), (0, 1)]))
        a, b = right - middle, down - middle
        return float(np.sqrt(abs(a[0] * b[1] - a[1] * b[0])))

    def on_photo(self, point: Point) -> Point:
        """The point of the photo that lies under `point` of the picture as it is shown."""
        return _moved(self.there.before(np.array([point])))

    def around(self, point: Point, reach: int) -> Region:
        """The square of 2 `reach` + 1 pixels of the photo around its `point`, as far as there is one; may be empty."""
        x, y = int(np.floor(point[0])), int(np.floor(point[1]))
        return Region(x - reach, y - reach, 2 * reach + 1, 2 * reach + 1).clip(Region(0, 0, *self.photo.size))


def _moved(points: NDArray[np.float64]) -> Point:
    return float(points[0, 0]), float(points[0, 1])


def distance(a: Point, b: Point) -> float:
    return hypot(b[0] - a[0], b[1] - a[1])
