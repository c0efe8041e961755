"""Recent: the photos that were opened last, in a menu."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from editor.ui.settings import Settings


class RecentFiles(QObject):
    """Fills a menu each time it is opened, above what stands in it already (`last`). `chosen` is one to open again."""

    chosen = Signal(object)  # Path

    def __init__(self, menu: QMenu, last: QAction, settings: Settings) -> None:
        super().__init__(menu)
        self._menu, self._last, self._settings = menu, last, settings
        menu.aboutToShow.connect(self.fill)
        menu.setToolTipsVisible(True)
        self.fill()

    def fill(self) -> None:
        """List them as they are remembered now. Whether they are still there is seen when one is chosen."""
        for action in self._menu.actions():
            if action is not self._last:
                self._menu.removeAction(action)
                action.deleteLater()
        paths = self._settings.recent
        for number, path in enumerate(paths, start=1):
            action = QAction(f"&{number % 10}  {_name(path, paths).replace('&', '&&')}", self._menu)
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._choose, path))
            self._menu.insertAction(self._last, action)
        if paths:
            self._menu.insertSeparator(self._last)
        self._menu.menuAction().setEnabled(bool(paths))

    def _choose(self, path: Path, checked: bool = False) -> None:
        self.chosen.emit(path)


def _name(path: Path, among: tuple[Path, ...]) -> str:
    """The file's name, with its folder's where two are called the same."""
    alike = sum(other.name == path.name for other in among)
    return f"{path.parent.name}/{path.name}" if alike > 1 else path.name
