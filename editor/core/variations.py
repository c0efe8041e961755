"""Variations: what a product could look like around where it is now: places along the axes of an edit, drawn by a seed.

A variation differs from where one is in a few axes only, so that it is seen what makes the difference. Once somebody
has liked or disliked some, most begin between here and the ideal that is expected of that person (`core/taste`), and of
several steps the one is taken that comes nearest to a draw of that ideal (Thompson, 1933).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from editor.core.edit import Edit, Stage
from editor.core.params import Slider
from editor.core.recipe import Recipe
from editor.core.taste import Judgement, Taste, learnt

Floats = NDArray[np.float64]
Place = tuple[float, ...]  # along the axes of an edit, in their order; standard deviations

AXES_AT_ONCE = 4  # that a variation differs in
EXPECTED = 1.0  # standard deviations that an ideal is away, on each axis, before anything was said
LED = 3, 4  # so many of so many variations go by the taste, once there is one
STEPS = 32  # of which the one is taken that a draw of the taste is nearest to
MOST_ROWS, MOST_COLUMNS, MOST_SPREAD, MOST_SEED = 8, 10, 3.0, 9999
LONGEST_PATH = 200  # places


def explored(recipe: Recipe) -> Edit | None:
    """The edit whose axes vary: one of the recipe, at best one that is switched on, or else one as it comes; None where
    no kind of edit can be explored."""
    for edit in (*recipe.active, *recipe.edits):
        if edit.explored:
            return edit
    return next((kind() for kind in Edit.kinds.values() if kind.explored), None)


def axes(kind: type[Edit]) -> tuple[str, ...]:
    """The names of its parameters that vary."""
    return kind.explored.axes if kind.explored else ()


def place_in(recipe: Recipe, edit: Edit) -> Place:
    """Where a recipe stands: at the start where it has no such edit, or has it switched off."""
    there = edit if edit in recipe.active else type(edit)()
    return tuple(float(getattr(there, name)) for name in axes(type(edit)))


def at(recipe: Recipe, edit: Edit, place: Place) -> Recipe:
    """The recipe with that edit at a place, switched on; one that finds the product is put before it, if it is of those
    that may need to know and none is on. Raises ValueError for a place that the edit does not take."""
    for name, value in zip(axes(type(edit)), place, strict=True):
        if getattr(edit, name) != value:
            edit = edit.with_value(name, value)
    return with_product(recipe, edit).put(edit).switch(*edit.key, on=True)


def with_product(recipe: Recipe, edit: Edit) -> Recipe:
    """The recipe with an edit that finds the product, as one that comes later may need it."""
    if edit.stage <= Stage.CUTOUT or any(_finds(each) for each in recipe.active):
        return recipe
    off = next((each for each in recipe.edits if _finds(each)), None)
    finder = off or next((kind() for kind in Edit.kinds.values() if _finds(kind())), None)
    return recipe.put(finder).switch(*finder.key, on=True) if finder else recipe


def _finds(edit: Edit) -> bool:
    return edit.overlaid() != edit


def apart(kind: type[Edit], here: Place, there: Place) -> tuple[tuple[str, float], ...]:
    """The names of the axes that two places differ on and by how much, the largest first."""
    steps = [(name, b - a) for name, a, b in zip(axes(kind), here, there, strict=True) if a != b]
    return tuple(sorted(steps, key=lambda step: -abs(step[1])))


@dataclass(frozen=True)
class Exploration:
    """The way that somebody has gone with a product, what was said of variations, and which are shown: a value.

    `path` has the places in order, `position` says which of them one is at. What is said of a variation, or pinned,
    counts from the next grid on: `heard` and `kept` are what the present one goes by.
    """

    path: tuple[Place, ...]
    position: int = 0
    rows: int = 3
    columns: int = 5
    spread: float = 1.0  # standard deviations that a variation is away from where it begins, on each of its axes
    seed: int = 1
    judged: tuple[Judgement, ...] = ()
    pins: tuple[Place, ...] = ()
    heard: tuple[Judgement, ...] = ()
    kept: tuple[Place, ...] = ()
    adjusted: bool = False  # the place one is at was come to by something else than a variation

    def __post_init__(self) -> None:
        if not (0 < self.rows <= MOST_ROWS and 0 < self.columns <= MOST_COLUMNS):
            raise ValueError(f"a grid has 1 to {MOST_ROWS} rows and 1 to {MOST_COLUMNS} columns")
        if not (0 < self.spread <= MOST_SPREAD and 0 <= self.seed <= MOST_SEED):
            raise ValueError(f"the spread is above 0 and at most {MOST_SPREAD:g}, the seed 0 to {MOST_SEED}")

    @property
    def here(self) -> Place:
        return self.path[self.position]

    @property
    def middle(self) -> int:
        """Which cell of the grid, row by row, is the place itself."""
        return self.rows // 2 * self.columns + self.columns // 2

    # Going

    def moved(self, place: Place) -> Exploration:
        """A step further; what one had gone back from is left."""
        if place == self.here:
            return self
        path = (*self.path[: self.position + 1], place)[-LONGEST_PATH:]
        return replace(self, path=path, position=len(path) - 1, adjusted=False)._anew()

    def back(self, position: int) -> Exploration:
        """At another place of the path, before or after. Raises IndexError."""
        if not 0 <= position < len(self.path):
            raise IndexError(f"there is no place {position} on a path of {len(self.path)}")
        return replace(self, position=position, adjusted=False)._anew()

    def found(self, place: Place) -> Exploration:
        """The product is somewhere by other means: where the path has been, or a new place; while a slider is dragged
        there is only one that follows it."""
        if place == self.here:
            return self
        if place in self.path:
            near = min((i for i, p in enumerate(self.path) if p == place), key=lambda i: abs(i - self.position))
            return self.back(near)
        if self.adjusted:
            return replace(self, path=(*self.path[: self.position], place))
        return replace(self.moved(place), adjusted=True)

    # Saying

    def said(self, place: Place, liked: bool | None) -> Exploration:
        """Of a variation: whether it is liked; None takes back what was said."""
        others = tuple(each for each in self.judged if each.place != place)
        return replace(self, judged=others if liked is None else (*others, Judgement(place, liked)))

    def verdict(self, place: Place) -> bool | None:
        return next((each.liked for each in self.judged if each.place == place), None)

    def pinned(self, place: Place, *, pinned: bool) -> Exploration:
        """A variation that is pinned has one of the first places of every grid."""
        others = tuple(each for each in self.pins if each != place)
        return replace(self, pins=(*others, place) if pinned else others)

    def forgotten(self) -> Exploration:
        """Nothing was said of any variation."""
        return replace(self, judged=(), heard=())

    # Showing

    def drawn(self, rows: int, columns: int, spread: float, seed: int) -> Exploration:
        """Another grid. Raises ValueError."""
        return replace(self, rows=rows, columns=columns, spread=spread, seed=seed)._anew()

    def next_grid(self) -> Exploration:
        return replace(self, seed=(self.seed + 1) % (MOST_SEED + 1))._anew()

    def _anew(self) -> Exploration:
        return replace(self, heard=self.judged, kept=self.pins)

    def grid(self, kind: type[Edit]) -> tuple[Place, ...]:
        """The places of all cells, row by row: the pinned ones, then variations; in the middle the place itself.

        The same values give the same grid; a variation depends on the seed, on how far along the path one is, and on
        its number, not on how many there are.
        """
        pins = [place for place in self.kept if place != self.here][: self.rows * self.columns - 1]
        count = self.rows * self.columns - 1 - len(pins)
        taste = learnt(self.heard, len(self.here), EXPECTED) if self.heard else None
        others = [
            variation(kind, self.here, self.spread, np.random.default_rng((self.seed, self.position, number)),
                      taste if number % LED[1] < LED[0] else None)
            for number in range(count)
        ]  # fmt: skip
        cells = [*pins, *others]
        return (*cells[: self.middle], self.here, *cells[self.middle :])


def variation(
    kind: type[Edit], here: Place, spread: float, chance: np.random.Generator, taste: Taste | None = None
) -> Place:
    """A place near `here`, or on the way to what `taste` expects, within the soft limits of the axes."""
    now = np.array(here, np.float64)
    steps = _steps(len(here), STEPS if taste else 1, chance)
    places = now + spread * steps
    if taste:
        ideal = taste.drawn(1, chance)[0]
        places += chance.random() * (taste.mean - now)
        places = places[[np.square(places - ideal).sum(1).argmin()]]
    return _within(kind, here, places[0])


def _steps(dimensions: int, count: int, chance: np.random.Generator) -> Floats:
    """Steps (count, dimensions) in standard deviations, each along a few of the axes."""
    steps = chance.standard_normal((count, dimensions))
    order = chance.random((count, dimensions)).argsort(1)
    return np.where(order < AXES_AT_ONCE, steps, 0.0)


def _within(kind: type[Edit], here: Sequence[float], place: Floats) -> Place:
    """A place in numbers as sliders have them; none beyond the soft limits, but where `here` is already."""
    values = []
    for name, now, value in zip(axes(kind), here, place, strict=True):
        param = kind.params()[name]
        assert isinstance(param, Slider)
        low = param.low if param.soft_low is None else param.soft_low
        high = param.high if param.soft_high is None else param.soft_high
        low, high = min(low, now), max(high, now)
        values.append(now if value == now else float(np.clip(round(float(value), param.digits), low, high)) + 0.0)
    return tuple(values)
