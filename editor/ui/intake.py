"""Intake: how photos come to the window other than by a dialog: folders, drops, pastes, and what was open before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from editor.core.document import Document
from editor.core.edit import taker_of
from editor.core.swatches import SUFFIXES
from editor.ui.actions import menu_of
from editor.ui.clipboard import free_name, on_clipboard, read_pasted
from editor.ui.dropping import Dropping
from editor.ui.filmstrip import FilmStrip
from editor.ui.notices import Welcome
from editor.ui.recent import RecentFiles
from editor.ui.settings import Settings


class Intake(QObject):
    """Says which photo is `wanted` (Path), which was `pasted` (a function that brings the Photo, its name), and what is
    wrong (`troubled`). A file that is no photo, but for an edit, is `given` (Path). `arrived` tells it what has been
    opened."""

    wanted = Signal(object)
    pasted = Signal(object, str)
    given = Signal(object)
    troubled = Signal(str)

    def __init__(self, window: QWidget, strip: FilmStrip, welcome: Welcome, settings: Settings) -> None:
        super().__init__(window)
        self._strip, self._welcome, self._settings = strip, welcome, settings
        self._toggle: QAction | None = None
        self._recent: RecentFiles | None = None
        self._dropping = Dropping(window)
        self._dropping.hovered.connect(welcome.heat)
        self._dropping.dropped.connect(self.take)
        welcome.chosen.connect(self.take_again)
        welcome.show_recent(settings.recent)
        strip.setVisible(settings.strip)

    def serve(self, toggle: QAction, clear: QAction) -> None:
        """Keep the action that shows the strip, and the menu in which the list of old photos is cleared, up to date."""
        self._toggle = toggle
        toggle.setChecked(self._settings.strip)
        self._recent = RecentFiles(menu_of(clear), clear, self._settings)
        self._recent.chosen.connect(self.take_again)

    def take(self, paths: Sequence[Path]) -> None:
        """One photo or folder, or several photos: the first is opened, the others stand in the strip. A file for an
        edit counts only where there is no photo with it."""
        given = [p for p in paths if _is_given(p) and not p.is_dir()]
        paths = [p for p in paths if p not in given]
        if given and not paths:
            self.given.emit(given[0])
        elif len(paths) == 1:
            self.wanted.emit(paths[0])
        elif photos := [p for p in paths if not p.is_dir()]:
            self._show_strip()
            self._strip.open_these(photos)
        elif paths:
            self.troubled.emit(self.tr("One folder at a time, please"))

    def takes(self, path: Path) -> bool:
        """Whether it is no photo, and so taken here: a folder, or a file for an edit."""
        if path.is_dir():
            self.take_folder(path)
        elif _is_given(path):
            self.given.emit(path)
        else:
            return False
        return True

    def take_folder(self, folder: Path) -> None:
        self._settings.folder = folder
        self._settings.remember(folder)
        self._show_strip()
        self._strip.open_folder(folder)

    def take_again(self, path: Path) -> None:
        """One of those that were open before."""
        if path.exists():
            self.wanted.emit(path)
            return
        self._settings.forget(path)
        self._welcome.show_recent(self._settings.recent)
        self.troubled.emit(self.tr("{} is not there any more").format(path))

    def forget_recent(self) -> None:
        self._settings.forget()
        self._welcome.show_recent(())

    def paste(self, folder: Path | None) -> None:
        """What lies on the clipboard. A picture gets a name in `folder`, where no file is."""
        found = on_clipboard()
        if found is None:
            self.troubled.emit(self.tr("There is no picture on the clipboard"))
        elif found.files:
            self.take(found.files)
        else:
            name = free_name(folder or Path.home(), self.tr("Clipboard.png"))
            self.pasted.emit(partial(read_pasted, found, name), name.name)

    def arrived(self, document: Document) -> None:
        """It is on the canvas. One without a file is in no folder and not remembered, nor is one that was leafed to."""
        path = document.photo.path
        if not path.exists():
            self._strip.unframe()
            return
        if document.shot != self._strip.picked:  # who leafs through a folder remembers the folder
            self._settings.remember(path)
            self._welcome.show_recent(self._settings.recent)
        self._settings.folder = path.parent
        self._settings.leave_off(path)
        self._strip.follow(document.shot)

    def toggle_strip(self) -> None:
        """The person shows or hides the strip, which is remembered."""
        self._settings.strip = self._toggle is not None and self._toggle.isChecked()
        self._strip.setVisible(self._settings.strip)

    def _show_strip(self) -> None:
        """For this folder; not remembered."""
        self._strip.show()
        if self._toggle:
            self._toggle.setChecked(True)


def _is_given(path: Path) -> bool:
    """Whether a file is for an edit, or has swatches for one, by its name."""
    return path.name.lower().endswith(SUFFIXES) or taker_of(path.name) is not None
