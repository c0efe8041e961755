"""Tasks: work that takes a while, done beside the window and reported back to it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from editor.core.formats import PhotoError
from editor.core.job import Cancelled, Job
from editor.core.model import ModelError

log = logging.getLogger("packshot.ui")
PATIENCE = 10.0  # seconds that closing waits for a task that cannot be stopped


def sentence(error: Exception) -> str:
    """What went wrong, in one line for a person."""
    words = " ".join(str(error).split())
    if isinstance(error, PhotoError | ModelError | ValueError) and words:
        return words
    if isinstance(error, MemoryError):
        return QCoreApplication.translate("Tasks", "There is not enough memory for this.")
    log.error("unexpected %s", type(error).__name__, exc_info=error)
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


class Task(QObject):
    """One piece of work in a thread of its own. Exactly one of `done`, `failed` and `stopped` is sent, at its end."""

    progressed = Signal(float)
    done = Signal(object)
    failed = Signal(str)
    stopped = Signal()
    _told = Signal(str, object)

    def __init__(self, name: str, work: Callable[[Job], object]) -> None:
        super().__init__()
        self._work, self._percent, self._mute = work, -1, False
        self._job = Job(self._report)
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> Task:
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Ask it to stop. Work that is past its last word on progress ends as `done` all the same."""
        self._job.cancel()

    def join(self) -> None:
        """Wait for the end, which is then not reported any more. Does nothing where it is over, or never began."""
        self._mute = True
        self._job.cancel()
        if self._thread.ident is not None:
            self._thread.join(PATIENCE)

    def _run(self) -> None:
        try:
            work, self._work = self._work, _nothing  # what it holds, a photo, is let go at the end
            result = work(self._job)
            del work
        except Cancelled:
            self._told.emit("stopped", None)
        except Exception as error:  # whatever a file or an edit leads to must not end the program
            self._told.emit("failed", sentence(error))
        else:
            self._told.emit("done", result)

    def _report(self, done: float) -> None:
        if (percent := int(100 * done)) != self._percent:
            self._percent = percent
            self._told.emit("progress", done)

    @Slot(str, object)
    def _hear(self, what: str, news: object) -> None:
        if self._mute:
            return
        if what == "progress":
            self.progressed.emit(news)
            return
        self._thread.join()
        if what == "done":
            self.done.emit(news)
        elif what == "failed":
            self.failed.emit(news)
        else:
            self.stopped.emit()
        self.deleteLater()  # and with it what its connections hold


def _nothing(job: Job) -> object:
    return None
