"""Asking: what networks run on, found out beside the window and shown at its foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from editor.ui.status import StatusBar
from editor.ui.tasks import Task

Device = Callable[[], tuple[str, str]]  # what networks run on, and why not on what was wished for; slow at first
FIRST_THE_WINDOW = 50  # ms until ONNX Runtime is imported, which would hold up the first picture of the window


class DeviceAsking(QObject):
    """Asks a little after the window is there, and when another was wished for; `again` shows what has become of it."""

    def __init__(self, device: Device, status: StatusBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._device, self._status, self._known = device, status, False
        self._task: Task | None = None
        self._later = QTimer(self, singleShot=True, interval=FIRST_THE_WINDOW)
        self._later.timeout.connect(self._ask)
        self._later.start()

    def anew(self) -> None:
        """Another device was wished for."""
        self._known = False
        self._later.start()

    @Slot()
    def again(self) -> None:
        """A network that ran out of the GPU's memory has gone over to the CPU."""
        if self._known:
            self._status.show_device(*self._device())

    def close(self) -> None:
        """Returns when the thread has ended."""
        self._later.stop()
        if self._task:
            self._task.join()
            self._task = None

    @Slot()
    def _ask(self) -> None:
        self.close()  # the answer to an older question
        self._task = Task("device", lambda job: self._device())
        self._task.done.connect(self._found)
        self._task.failed.connect(self._failed)
        self._task.start()

    @Slot(object)
    def _found(self, device: tuple[str, str]) -> None:
        self._known, self._task = True, None
        self._status.show_device(*device)

    @Slot(str)
    def _failed(self, reason: str) -> None:
        self._task = None
        self._status.show_device("CPU", reason)
