"""Document: an open photo, its recipe, and the way back."""

from __future__ import annotations

import time
from collections.abc import Callable

from editor.core.edit import Edit
from editor.core.history import LIMIT, History, Step
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.shot import Shot

__all__ = ["LIMIT", "Document", "Step"]


class Document:
    """A photo, or virtual copy `copy` of it, being edited. Recipes are values, so undo is a list of them.

    Used from one thread only, the UI's.
    """

    def __init__(
        self, photo: Photo, recipe: Recipe | None = None, copy: int = 0, history: History | None = None
    ) -> None:
        """`history` is what it has gone through already; its step at present counts, not `recipe`."""
        self.photo, self.copy = photo, copy
        self.history = history or History((Step(recipe or Recipe()),))
        self._saved = self.recipe
        self._gesture: object = None
        self._before = self.history  # as it was when the gesture began
        self._listeners: list[Callable[[], None]] = []

    @property
    def shot(self) -> Shot:
        return Shot(self.photo.path, self.copy)

    @property
    def recipe(self) -> Recipe:
        return self.history.step.recipe

    @property
    def steps(self) -> tuple[Step, ...]:
        """From the oldest to the newest, with those that redo would bring back; LIMIT at most."""
        return self.history.steps

    @property
    def position(self) -> int:
        """Which of `steps` is the one at present."""
        return self.history.position

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change of the recipe or of the steps."""
        self._listeners.append(listener)

    def put(self, edit: Edit, gesture: object = None) -> None:
        """Set an edit and switch it on. Changes of one gesture (a slider drag) are undone as one."""
        self._set(self.recipe.put(edit).switch(*edit.key, on=True), gesture)

    def remove(self, kind: str, name: str = "") -> None:
        self._set(self.recipe.without(kind, name))

    def switch(self, kind: str, name: str = "", *, on: bool) -> None:
        self._set(self.recipe.switch(kind, name, on=on))

    def replace(self, recipe: Recipe, act: str = "", when: float | None = None) -> None:
        """Set the whole recipe, as one step. `act` says how, `when` since when (None: now), as `Step` has them."""
        self._set(recipe, act=act, when=when)

    def end_gesture(self) -> None:
        """The slider was let go: the next change is a step of its own; one back to where it began is none."""
        if self._gesture is not None and self.history.settled() is not self.history:
            self._show(self._before)
        self._gesture = None

    def give_up(self) -> None:
        """The gesture that is under way is to be as if it had never begun."""
        if self._gesture is not None and self.can_undo:
            self._show(self._before)
        self._gesture = None

    def retract(self, tail: tuple[Step, ...] = ()) -> None:
        """The step at present is to be as if it had never been made; `tail` is what could be redone before it."""
        if self.can_undo:
            self._show(self.history.retracted(tail))

    @property
    def can_undo(self) -> bool:
        return self.position > 0

    @property
    def can_redo(self) -> bool:
        return self.position < len(self.steps) - 1

    @property
    def unsaved(self) -> bool:
        """Whether the recipe changed since the last `mark_saved`."""
        return self.recipe != self._saved

    def mark_saved(self, recipe: Recipe) -> None:
        """`recipe` has been written to a file."""
        self._saved = recipe
        self._tell()

    def undo(self) -> None:
        if self.can_undo:
            self.go(self.position - 1)

    def redo(self) -> None:
        if self.can_redo:
            self.go(self.position + 1)

    def go(self, index: int) -> None:
        """Back or forth to one of `steps`; none of them is lost by that. Raises IndexError."""
        if index != self.position:
            self._show(self.history.at(index))

    def _set(self, recipe: Recipe, gesture: object = None, act: str = "", when: float | None = None) -> None:
        if recipe == self.recipe:
            return
        if gesture is not None and gesture == self._gesture:
            self._show(self.history.amended(recipe), gesture)
        else:
            self._before = self.history
            self._show(self.history.then(Step(recipe, act, self._now() if when is None else when)), gesture)

    def _show(self, history: History, gesture: object = None) -> None:
        self.history, self._gesture = history, gesture
        self._tell()

    def _now(self) -> float:
        """The time, later than that of every step there is: a clock may be coarse, or be set back."""
        return max(time.time(), max(step.when for step in self.steps) + 1e-6)

    def _tell(self) -> None:
        for listener in self._listeners[:]:
            listener()
