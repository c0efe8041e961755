"""Activity: one piece of work that takes a while: what it is, how far it is, how long it will still take."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

HUSH = 500  # ms; what is done sooner is not worth a flicker
SURE_AFTER, SURE_AT = 3.0, 0.02  # seconds, and share of the work, from which on it can be said how long it will take


class Activity(QObject):
    """It is `shown` once it has been running for a while, and it can be `cancelled`. Stopped, it may offer to go on.

    `keeps` says that closing the window while it runs would lose something. `clock` gives seconds.
    """

    cancelled = Signal()
    resumed = Signal()
    changed = Signal()  # in what is shown, or in whether it is running

    def __init__(
        self, parent: QObject | None = None, *, keeps: bool = False, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(parent)
        self.keeps, self._clock = keeps, clock
        self.running = self.shown = False
        self.name = ""  # what is running, or what there is to say of it
        self.offered = ""  # what the person may do about it, now that it has stopped
        self.done: float | None = None  # 0..1, where it is known
        self._since = (0.0, 0.0)  # when, and how far it was, as this run of progress began
        self._appear = QTimer(self, singleShot=True, interval=HUSH)
        self._appear.timeout.connect(self._show)

    @property
    def text(self) -> str:
        """What a person is told; empty while there is nothing worth it."""
        return self.name if self.shown else ""

    @property
    def left(self) -> float | None:
        """Seconds that it will still take, judged by how long it took so far; None where that cannot be said."""
        began, first = self._since
        spent = self._clock() - began
        if self.done is None or spent < SURE_AFTER or self.done - first < SURE_AT:
            return None
        return spent * (1 - self.done) / (self.done - first)

    def begin(self, text: str) -> None:
        self.running, self.name, self.offered, self.done = True, text, "", None
        if not self.shown:
            self._appear.start()
        self.changed.emit()

    @Slot(float)
    def progress(self, done: float) -> None:
        if self.done is None or done < self.done:  # it began, or began anew
            self._since = self._clock(), done
        self.done = done
        self.changed.emit()

    @Slot()
    def end(self) -> None:
        if self.running or self.shown:
            self.running = self.shown = False
            self._appear.stop()
            self.changed.emit()

    def offer(self, text: str, button: str) -> None:
        """It stopped before its end; the button makes it go on."""
        self.running, self.name, self.offered, self.done = False, text, button, None
        self._appear.stop()
        self._show()

    @Slot()
    def press(self) -> None:
        """The person stops it, or makes it go on."""
        (self.cancelled if self.running else self.resumed).emit()

    @Slot()
    def _show(self) -> None:
        self.shown = True
        self.changed.emit()


def time_left(seconds: float | None) -> str:
    """How long that is, as roughly as it is known."""
    if seconds is None:
        return ""
    if seconds < 8:
        return QCoreApplication.translate("Activity", "a few seconds left")
    if seconds < 55:
        return QCoreApplication.translate("Activity", "about {} s left").format(round(seconds / 10) * 10)
    if seconds < 5400:
        return QCoreApplication.translate("Activity", "about {} min left").format(round(seconds / 60))
    return QCoreApplication.translate("Activity", "about {} h left").format(round(seconds / 3600))
