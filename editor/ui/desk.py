"""Desk: what lies ready about the photo: its history, the search for commands, their keys, the preferences."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from editor.core.document import Document
from editor.ui.arrangement import Arrangement
from editor.ui.history import History
from editor.ui.notices import Banner
from editor.ui.panel import Panel
from editor.ui.preferring import Preferring
from editor.ui.search import CommandSearch
from editor.ui.settings import Settings
from editor.ui.shortcuts import Shortcuts


class Desk(QObject):
    """Makes them for a window, whose edits are in the dock `edits`, and brings their commands together.

    `commanded` is what the command line says of "device" and "memory".
    """

    def __init__(
        self,
        settings: Settings,
        commanded: Mapping[str, str],
        window: QMainWindow,
        edits: QDockWidget,
        strip: QWidget,
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self.history = History(settings, window, edits)
        panel = edits.widget()
        assert isinstance(panel, Panel)
        self.history.call(panel.titles)
        self._panel, self._dock = panel, edits
        self.search = CommandSearch(settings, window, self._show_edit)
        self.shortcuts = Shortcuts(settings, window)
        self.preferring = Preferring(settings, commanded, window)
        self.arrangement = Arrangement(window, {"strip": strip})

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        return {
            **self.history.does(), **self.search.does(), **self.shortcuts.does(), **self.preferring.does(),
            **self.arrangement.does(),
        }  # fmt: skip

    def serve(self, actions: Mapping[str, QAction], banner: Banner) -> None:
        """Keep the actions right, and say what of the settings could not be understood."""
        for each in (self.history, self.search, self.shortcuts, self.arrangement):
            each.serve(actions)
        if trouble := " ".join(filter(None, (self._settings.trouble(), self.shortcuts.trouble))):
            banner.say(trouble, "settings")

    def _show_edit(self, kind: str) -> None:
        self.arrangement.bring(self._dock)
        self._panel.reveal(kind)

    def follow(self, document: Document | None) -> None:
        """Another document is open, or none."""
        self.history.follow(document)
