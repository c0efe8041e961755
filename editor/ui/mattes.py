"""Mattes: where the product is, as a file of its own: saved, opened from elsewhere, and taken away again."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from editor.core.document import Document
from editor.core.matte_file import put_matte_aside
from editor.core.photo import Photo
from editor.core.shot import Shot
from editor.ui.actions import Need
from editor.ui.files import Files
from editor.ui.reasons import in_words


class AsksForMattes(Protocol):
    """Whoever puts the questions: the window."""

    def ask_matte(self) -> Path | None: ...
    def ask_matte_path(self, proposed: Path) -> tuple[Path, str] | None: ...


def file_size(path: Path) -> str:
    """How long a file is, for a person; empty where it has gone already."""
    try:
        return QLocale().formattedDataSize(path.stat().st_size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    except OSError:
        return ""


def proposed_name(photo: Path, copy: int = 0) -> Path:
    """A new name beside the photo: NAME-matte.png, or NAME-matte-2.png where that is taken."""
    stem = f"{photo.stem}-copy-{copy}" if copy else photo.stem
    free, number = photo.with_name(f"{stem}-matte.png"), 2
    while os.path.exists(free):  # unlike Path.exists it takes names of any length
        free, number = photo.with_name(f"{stem}-matte-{number}.png"), number + 1
    return free


class Mattes(QObject):
    """The commands of the menu for the matte of the open photo."""

    began = Signal()
    said = Signal(str)
    troubled = Signal(str)
    replaced = Signal(object)  # the Shot of the open photo, which has another matte now, or none

    def __init__(self, asks: AsksForMattes, files: Files, parent: QObject) -> None:
        super().__init__(parent)
        self._asks, self._files = asks, files
        self._document: Document | None = None
        files.wrote.connect(self._saved)
        files.matted.connect(partial(self._changed, opened=True))

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        return {"save_matte": self._save, "open_matte": self._open, "remove_matte": self._remove}

    def there(self, document: Document | None) -> dict[Need, bool]:
        """What commands may need that there is just now."""
        photo = document.photo if document else None
        kept = photo is not None and not self._files.saving and os.path.isfile(photo.path)
        return {"file": kept, "matte": kept and photo is not None and photo.matte is not None}

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none."""
        self._document = document

    def _save(self) -> None:
        document = self._document
        if document is None or self._files.saving:
            return
        asked = self._asks.ask_matte_path(proposed_name(document.photo.path, document.copy))
        if asked and document is self._document and not self._files.saving:
            self.began.emit()
            self._files.save_matte(document, *asked)

    def _open(self) -> None:
        document = self._document
        if document is None or self._files.saving:
            return
        path = self._asks.ask_matte()
        if path and document is self._document and not self._files.saving:
            self.began.emit()
            self._files.keep_matte(document.photo, path)

    def _remove(self) -> None:
        document = self._document
        if document is None or self._files.saving:
            return
        try:
            spare = put_matte_aside(document.photo.path)
        except OSError as error:
            text = self.tr("The matte of {} cannot be taken away ({}).")
            self.troubled.emit(text.format(document.photo.path.name, in_words(error.strerror or str(error))))
            return
        if spare:
            self.said.emit(self.tr("The matte was taken away; it is kept as {}").format(spare.name))
        self._changed(document.photo)

    @Slot(object)
    def _saved(self, path: Path) -> None:
        self.said.emit(self.tr("Saved {}, {}").format(path, file_size(path)))

    def _changed(self, photo: Photo, *, opened: bool = False) -> None:
        if self._document and self._document.photo is photo:  # else it has it when it is opened the next time
            if opened:
                self.said.emit(self.tr("{} has a matte of its own now").format(photo.path.name))
            self.replaced.emit(Shot(photo.path, self._document.copy))
