"""Arrangement: everything beside the photo, put away at one stroke and brought back at the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

if TYPE_CHECKING:
    from editor.ui.settings import Settings

UNSEEN = 1000  # ms after which a window that is never painted, behind others perhaps, is taken as seen


class Arrangement(QObject):
    """The docks of a window and `others`, each with the command that shows it by itself, if there is one."""

    def __init__(self, window: QMainWindow, others: Mapping[str, QWidget]) -> None:
        super().__init__(window)
        self._window, self._others = window, others
        self._actions: Mapping[str, QAction] = {}
        self._away: list[QWidget] = []

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        return {"panels": self.toggle}

    def serve(self, actions: Mapping[str, QAction]) -> None:
        """Keep the marks in the menu right."""
        self._actions = actions
        self._mark()

    def toggle(self) -> None:
        """All that is to be seen goes; or, if nothing is, what went last comes back."""
        seen = [part for part in self._parts.values() if not part.isHidden()]
        coming = [] if seen else self._away or list(self._window.findChildren(QDockWidget))[:1]
        self._away = seen
        for part in seen:
            part.hide()
        for part in coming:
            part.show()
        self._mark()

    def bring(self, part: QWidget) -> None:
        """Show one, if it was put away."""
        part.show()
        self._mark()

    @property
    def _parts(self) -> dict[str, QWidget]:
        docks = {dock.objectName(): dock for dock in self._window.findChildren(QDockWidget)}
        return {**docks, **self._others}

    def _mark(self) -> None:
        if not self._actions:
            return
        for name, part in self._parts.items():
            if name in self._actions:
                self._actions[name].setChecked(not part.isHidden())
        self._actions["panels"].setChecked(any(not part.isHidden() for part in self._parts.values()))


def place(window: QMainWindow, told: bytes = b"") -> None:
    """Puts a window where it stood when it was last closed, as Qt has told it; else no larger than the screen is."""
    room = window.screen().availableSize()
    window.resize(min(1280, room.width()), min(820, room.height()))
    if told:
        window.restoreGeometry(told)  # Qt sees to it that it is on a screen that there is


def keep_place(window: QMainWindow, settings: Settings) -> None:
    """Remembers where a window stands."""
    settings.place = bytes(window.saveGeometry().data())


class _Sight(QObject):
    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._then = QTimer(self, singleShot=True, interval=UNSEEN)
        self._then.timeout.connect(self._end)
        self._act = act
        window.installEventFilter(self)
        self._then.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self._then.start(0)
        return False

    def _end(self) -> None:
        self._window.removeEventFilter(self)
        self.deleteLater()
        self._act()


def once_seen(window: QWidget, act: Callable[[], object]) -> None:
    """Calls `act` as soon as the window has been painted."""
    _Sight(window, act)
