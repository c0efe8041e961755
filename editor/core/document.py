"""Document: an open photo, its recipe, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from editor.core.edit import Edit
from editor.core.photo import Photo
from editor.core.recipe import Recipe


class Document:
    """Recipes are values, so undo is a list of them. Used from one thread only, the UI's."""

    def __init__(self, photo: Photo, recipe: Recipe | None = None) -> None:
        self.photo = photo
        self.recipe = recipe or Recipe()
        self._saved = self.recipe
        self._past: list[Recipe] = []
        self._future: list[Recipe] = []
        self._gesture: object = None
        self._listeners: list[Callable[[], None]] = []

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change of the recipe."""
        self._listeners.append(listener)

    def put(self, edit: Edit, gesture: object = None) -> None:
        """Set an edit and switch it on. Changes of one gesture (a slider drag) are undone as one."""
        self._set(self.recipe.put(edit).switch(*edit.key, on=True), gesture)

    def remove(self, kind: str, name: str = "") -> None:
        self._set(self.recipe.without(kind, name))

    def switch(self, kind: str, name: str = "", *, on: bool) -> None:
        self._set(self.recipe.switch(kind, name, on=on))

    def end_gesture(self) -> None:
        """The slider was let go: the next change is a step of its own."""
        self._gesture = None

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    @property
    def unsaved(self) -> bool:
        """Whether the recipe changed since the last `mark_saved`."""
        return self.recipe != self._saved

    def mark_saved(self, recipe: Recipe) -> None:
        """`recipe` has been written to a file."""
        self._saved = recipe
        self._tell()

    def undo(self) -> None:
        if self._past:
            self._future.append(self.recipe)
            self._show(self._past.pop())

    def redo(self) -> None:
        if self._future:
            self._past.append(self.recipe)
            self._show(self._future.pop())

    def replace(self, recipe: Recipe) -> None:
        """Set the whole recipe, as one step."""
        self._set(recipe)

    def _set(self, recipe: Recipe, gesture: object = None) -> None:
        if recipe == self.recipe:
            return
        if gesture is None or gesture != self._gesture:
            self._past.append(self.recipe)
        self._future.clear()
        self._show(recipe, gesture)

    def _show(self, recipe: Recipe, gesture: object = None) -> None:
        self.recipe, self._gesture = recipe, gesture
        self._tell()

    def _tell(self) -> None:
        for listener in self._listeners[:]:
            listener()
