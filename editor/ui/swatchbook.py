"""Swatch book: the swatch files that a person has opened, and how colours are written; kept in the settings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from editor.core.swatches import Palette, read_palette
from editor.ui.control import Control
from editor.ui.settings import Settings


class SwatchBook(QObject):
    """`changed` says that there are other files, or that one of them is used now; `rewritten` that colours are written
    in another way."""

    changed = Signal()
    rewritten = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self._read: dict[Path, tuple[int, Palette]] = {}  # with the time of change of the file

    @property
    def files(self) -> tuple[Path, ...]:
        """The files, the one used last first. They may be gone."""
        return self.settings.swatch_files

    def palette(self, path: Path) -> Palette:
        """The swatches of a file, read anew where it has been changed. Raises SwatchError."""
        try:
            changed = path.stat().st_mtime_ns
        except (OSError, ValueError):
            changed = 0  # reading it says why
        known = self._read.get(path)
        if known is None or known[0] != changed or not changed:
            self._read.pop(path, None)
            known = self._read[path] = changed, read_palette(path)
        return known[1]

    def add(self, path: Path) -> Palette:
        """Take a file up, or use one that is there. Raises SwatchError; then it is not taken up."""
        path = path.absolute()
        found = self.palette(path)
        if self.files[:1] != (path,):
            self.settings.swatch_files = (path, *self.files)
            self.changed.emit()
        return found

    def forget(self, path: Path) -> None:
        """Take a file off the list; the file itself stays."""
        self._read.pop(path, None)
        self.settings.swatch_files = tuple(other for other in self.files if other != path)
        self.changed.emit()

    @property
    def notation(self) -> str:
        """How colours are written, one of `colourtext.NOTATIONS`."""
        return self.settings.notation

    @notation.setter
    def notation(self, notation: str) -> None:
        if notation != self.notation:
            self.settings.notation = notation
            self.rewritten.emit()

    def serve(self, body: QWidget) -> None:
        """Lend this book to the controls in `body`."""
        for control in body.findChildren(Control):
            control.lend(self)
