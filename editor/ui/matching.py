"""Matching: the photos that are selected get the colour and the light of the one that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from editor.core.document import Document
from editor.core.edit import Edit
from editor.core.handout import Give
from editor.core.params import Picture
from editor.core.recipe import Recipe
from editor.core.shot import Shot


class Matching(QObject):
    """Hands out the edit that takes another photo for its example. `said` is a word for the status bar."""

    said = Signal(str)

    def __init__(
        self,
        selected: Callable[[], Sequence[Shot]],
        hand_out: Callable[[Sequence[Shot], Give, str], None],
        parent: QWidget,
    ) -> None:
        """`hand_out` changes the edits of these photos as one step, named by its last argument."""
        super().__init__(parent)
        self._selected, self._hand_out = selected, hand_out
        self._document: Document | None = None

    def does(self) -> dict[str, Callable[[], object]]:
        """What the command does, by its name."""
        return {"match_selection": self.match}

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none."""
        self._document = document

    def match(self) -> None:
        """The others of the selected photos to the open one, as one step."""
        document, example = self._document, _example()
        if document is None or example is None:
            return
        path = document.photo.path
        others = [shot for shot in self._selected() if shot.path != path]
        if not path.is_file():
            self.said.emit(self.tr("This photo is not a file yet; the others can be matched once it is"))
        elif not others:
            self.said.emit(self.tr("In the film strip, select the photos that are to match this one as well"))
        else:
            self._hand_out(others, partial(_matched, *example, str(path.absolute())), "match")


def _example() -> tuple[type[Edit], str] | None:
    """The kind of edit with a picture that is to be an example, and the parameter; None where there is none."""
    for kind in Edit.kinds.values():
        for name, param in kind.params().items():
            if isinstance(param, Picture) and param.example:
                return kind, name
    return None


def _matched(kind: type[Edit], name: str, path: str, recipe: Recipe) -> Recipe:
    """The edits of a photo with that one, as it was set before if there is one already."""
    changes: dict[str, Any] = {name: path}
    edit = replace(recipe.get(kind.id) or kind(), **changes)
    return recipe.put(edit).switch(*edit.key, on=True)
