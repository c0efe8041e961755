"""Closing: asks once about all that would be lost with the window: edits that are nowhere yet, and work that runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from editor.core.photo import Photo
from editor.ui.activity import Activity
from editor.ui.files import Files
from editor.ui.questions import Parting
from editor.ui.saving import Saving
from editor.ui.taskarea import TaskArea


class Asks(Protocol):
    """Whoever closes: the window."""

    def ask_parting(self, photo: Photo | None, running: Sequence[str]) -> Parting: ...
    def close(self) -> bool: ...


class Closing(QObject):
    """Knows whether the window may close; if something is to be finished first, it closes the window afterwards."""

    waits = Signal()  # for what is to be finished

    def __init__(self, asks: Asks, saving: Saving, files: Files, tasks: TaskArea, parent: QObject) -> None:
        super().__init__(parent)
        self._asks, self._saving, self._files, self._tasks = asks, saving, files, tasks
        self.waiting = False
        self._asked = self._to_save = False
        tasks.changed.connect(self._follow, Qt.ConnectionType.QueuedConnection)  # once what it leads to is known

    @property
    def running(self) -> list[Activity]:
        """What runs that should not be cut off."""
        return [activity for activity in self._tasks.activities if activity.running and activity.keeps]

    def may(self) -> bool:
        """Whether the window may close now. The person is asked if something would be lost."""
        photo, running = self._saving.unsaved(), self.running
        if photo is None and not running:
            return True
        if self.waiting:
            return False
        self._asked = photo is not None or any(activity.shown for activity in running)  # what is brief is waited for
        answer = self._asks.ask_parting(photo, [activity.name for activity in running]) if self._asked else "finish"
        if answer == "finish":
            self.waiting, self._to_save = True, photo is not None
            self._follow()
            if self.waiting:
                self.waits.emit()
        return answer == "drop"

    @Slot()
    def _follow(self) -> None:
        """Once all has been finished, close; but not if there is still something unsaved, as after a full disk."""
        if not self.waiting:
            return
        if self._to_save and not self._files.saving:
            self._to_save = False
            self._saving.save()
        if not self.running:
            self.waiting = False
            if self._saving.unsaved() is None:
                self._asks.close()
        elif not self._asked and any(activity.shown for activity in self.running):
            self.waiting = False
            self._asks.close()  # it takes longer than was thought: ask after all
