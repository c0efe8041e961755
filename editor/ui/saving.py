"""Saving: where a finished picture goes and how it is written, as a person is asked for it; what is not saved yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from editor.core.document import Document
from editor.core.files import same_file
from editor.core.formats import Format, PhotoError, format_of
from editor.core.output import Output
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.shot import Shot
from editor.ui.actions import Need
from editor.ui.files import Files
from editor.ui.keeping import Keeping
from editor.ui.looks import Looks
from editor.ui.mattes import Mattes, file_size
from editor.ui.questions import Answer, proposal
from editor.ui.settings import Settings


class Asks(Protocol):
    """Whoever puts the questions: the window."""

    settings: Settings

    def ask_save_path(self, proposed: Path) -> Path | None: ...
    def ask_overwrite(self, photo: Photo) -> bool: ...
    def ask_output(self, kind: Format, photo: Photo, output: Output) -> Output | None: ...
    def ask_keep_edits(self, photo: Photo) -> Answer: ...
    def ask_matte(self) -> Path | None: ...
    def ask_matte_path(self, proposed: Path) -> tuple[Path, str] | None: ...
    def ask_look_path(self, proposed: Path) -> tuple[Path, int] | None: ...


@dataclass(frozen=True)
class Target:
    """A file to be written."""

    path: Path
    output: Output
    original: bool  # it is the photo's own


def ask_target(window: Asks, photo: Photo, recipe: Recipe, copy: int = 0) -> Target | None:
    """Asks for all of it, for a photo or its virtual copy, and remembers how; None as soon as the person would rather
    not. Raises PhotoError."""
    transparent = recipe.transparent(photo.alpha is not None)
    wished = window.settings.preferences.output_kind
    path = window.ask_save_path(proposal(photo, wished, copy, transparent=transparent))
    if path is None:
        return None
    kind, original = format_of(path), same_file(path, photo.path)
    if original and path.exists() and not window.ask_overwrite(photo):
        return None
    output = window.ask_output(kind, photo, window.settings.output(kind.name))
    if output is None:
        return None
    window.settings.keep_output(kind.name, output)
    return Target(path, output, original)


class Saving(QObject):
    """Writes the open photo, one file at a time, and knows whether its edits would be lost if it were closed."""

    began = Signal()
    said = Signal(str)
    troubled = Signal(str)
    replaced = Signal(object)  # the Shot of the open photo: there is another picture or matte in its file now

    def __init__(self, asks: Asks, files: Files, keeping: Keeping, parent: QObject) -> None:
        super().__init__(parent)
        self.mattes, self.looks = Mattes(asks, files, self), Looks(asks, files, self)
        for each in (self.mattes, self.looks):
            each.said.connect(self.said)
            each.troubled.connect(self.troubled)
            each.began.connect(self.began)
        self.mattes.replaced.connect(self.replaced)
        self._asks, self._files, self._keeping = asks, files, keeping
        self._document: Document | None = None
        self._given_up: Recipe | None = None  # unsaved edits that the person has agreed to lose
        self._being_saved: tuple[Document, Recipe] | None = None
        self._afterwards: Callable[[], object] | None = None
        files.saved.connect(self._saved)
        files.failed.connect(self._failed)
        files.unreadable.connect(self._failed)
        files.changed.connect(self._changed)

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none."""
        self._document, self._given_up = document, None
        self.mattes.follow(document)
        self.looks.follow(document)

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        return {"save_as": self.save, **self.mattes.does(), **self.looks.does()}

    def there(self, document: Document | None) -> dict[Need, bool]:
        """What commands may need that there is just now."""
        return {"output": document is not None and not self._files.saving, **self.mattes.there(document)}

    def unsaved(self) -> Photo | None:
        """The photo whose edits are in no file, are not just being written to one, and are not given up."""
        document = self._document
        if document is None or self._keeping.flush() or not document.unsaved or document.recipe == self._given_up:
            return None
        return None if self._being_saved == (document, document.recipe) else document.photo

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether the photo may be closed now. If its edits are to be saved first, `then` is called afterwards."""
        document = self._document
        if document and self._being_saved == (document, document.recipe) and not self._keeping.flush():
            self._afterwards = then
            return False
        if document is None or self.unsaved() is None:
            return True
        answer = self._asks.ask_keep_edits(document.photo)
        if answer == "save":
            self.save(then)
        elif answer == "discard":
            self._given_up = document.recipe
        return answer == "discard"

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Ask where, and write a new file; `then` is called once it is there."""
        document = self._document
        if document is None or self._files.saving:
            return
        try:
            target = ask_target(self._asks, document.photo, document.recipe, document.copy)
        except PhotoError as error:
            self.troubled.emit(str(error))
            return
        if target is None:
            return
        self.began.emit()
        if target.original:
            self._keeping.pause()
        self._being_saved, self._afterwards = (document, document.recipe), then
        self._files.save(document, target.path, target.output, overwrite=target.original)

    @Slot(object, object, object)
    def _saved(self, document: Document, recipe: Recipe, path: Path) -> None:
        self.said.emit(self.tr("Saved {}, {}").format(path, file_size(path)))
        then, self._afterwards = self._afterwards, None
        document.mark_saved(recipe)
        if then:
            then()
        elif document is self._document and document.recipe == recipe and same_file(path, document.photo.path):
            self.replaced.emit(Shot(path))

    @Slot(str)
    def _failed(self, reason: str) -> None:
        self._given_up = None  # the photo stays after all
        self.troubled.emit(reason)

    @Slot()
    def _changed(self) -> None:
        if not self._files.saving:
            self._keeping.resume()
            self._being_saved = None
