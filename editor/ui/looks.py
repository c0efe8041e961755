"""Looks: the tone of the open photo, saved as a .cube that other programs use as a look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from editor.core.cube_file import SUFFIX, write_look
from editor.core.document import Document
from editor.core.edit import Edit
from editor.core.engine import Engine
from editor.core.job import Job
from editor.core.lattice import Baked
from editor.ui.control import told
from editor.ui.files import Files
from editor.ui.mattes import file_size


class AsksForLooks(Protocol):
    """Whoever puts the question: the window."""

    def ask_look_path(self, proposed: Path) -> tuple[Path, int] | None: ...


class Looks(QObject):
    """The command of the menu that saves a look. `troubled` says what of the edits is not in it."""

    began = Signal()
    said = Signal(str)
    troubled = Signal(str)

    def __init__(self, asks: AsksForLooks, files: Files, parent: QObject) -> None:
        super().__init__(parent)
        self._asks, self._files = asks, files
        self._document: Document | None = None

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        return {"save_look": self._save}

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none."""
        self._document = document

    def _save(self) -> None:
        document = self._document
        if document is None or self._files.saving:
            return
        asked = self._asks.ask_look_path(document.photo.path.with_suffix(SUFFIX))
        if not asked or document is not self._document or self._files.saving:
            return
        self.began.emit()
        (path, points), photo, recipe, models = asked, document.photo, document.recipe, self._files.models

        def write(job: Job) -> Baked:
            return write_look(Engine(models), photo, recipe, path, job, points)

        self._files.write(write, partial(self._saved, path), path)

    def _saved(self, path: Path, baked: object) -> None:
        assert isinstance(baked, Baked)
        self.said.emit(self.tr("Saved {}, {}").format(path, file_size(path)))
        sentences = []
        if baked.left_out:
            sentences.append(self.tr("Not in the look: {}.").format(_named(baked.left_out)))
        if baked.partly:
            text = self.tr("In the look only as far as it is the same everywhere in the photo: {}.")
            sentences.append(text.format(_named(baked.partly)))
        sentences += [self.tr("{}: {}").format(_named([edit]), told(note)) for edit, note in baked.notes]
        if sentences:
            self.troubled.emit(" ".join(sentences))


def _named(edits: Sequence[Edit]) -> str:
    """What they are called, in the language of now."""
    return ", ".join(f"{told(edit.title)} {edit.name}".strip() for edit in edits)
