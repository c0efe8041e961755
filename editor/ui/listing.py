"""Listing: reads which photos lie in a folder, and again when they change, beside the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFileSystemWatcher, QObject, QTimer, Signal

from editor.core.folder import Entry, Order, entries, entries_of, in_order, look_into
from editor.core.formats import PhotoError
from editor.core.job import Job
from editor.ui.tasks import Task

CALM = 400  # ms without a change in the folder, until it is read again

Source = Path | tuple[Path, ...]  # a folder, or just these photos


class Listing(QObject):
    """Says what is `listed`: the photos, and whether their files have been asked for marks. A folder is listed twice at
    first: what is in it at once, then with the marks. `failed` says why it cannot be read."""

    listed = Signal(object, bool)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source: Source | None = None
        self._order: Order = "name"
        self._looked = False
        self._running: Task | None = None
        self._tasks: list[Task] = []
        self._watcher = QFileSystemWatcher(self)
        self._calm = QTimer(self, singleShot=True, interval=CALM)
        self._calm.timeout.connect(self.read)
        self._watcher.directoryChanged.connect(lambda folder: self._calm.start())

    def take(self, source: Source, order: Order) -> None:
        """List these, in this order."""
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self._looked = self._looked and source == self.source
        self.source, self._order = source, order
        if isinstance(source, Path) and source.is_dir():
            self._watcher.addPath(str(source))
        self.read()

    def sort(self, order: Order) -> None:
        self._order = order
        self.read()

    def soon(self) -> None:
        """Read it again when all is calm: a photo has got edits, or a file was written."""
        if self.source is not None:
            self._calm.start()

    def read(self) -> None:
        """Read it now."""
        if self.source is None:
            return
        if self._running:
            self._running.cancel()
        work = partial(_listed, self.source, self._order, self._looked)
        task = self._running = Task("folder", work)
        self._tasks.append(task)
        task.done.connect(partial(self._done, task, self._looked))
        task.failed.connect(partial(self._failed, task))
        task.stopped.connect(partial(self._forget, task))
        task.start()

    def close(self) -> None:
        """Returns when the threads have ended; what changes in the folder from now on is not read any more."""
        self._calm.stop()
        self.source = None
        for task in self._tasks:
            task.join()
        self._tasks.clear()

    def _forget(self, task: Task) -> bool:
        """It has ended. Returns whether it is the one that counts."""
        self._tasks.remove(task)
        counts = task is self._running
        self._running = None if counts else self._running
        return counts

    def _done(self, task: Task, looked: bool, photos: tuple[Entry, ...]) -> None:
        if self._forget(task):
            if not looked:
                self._looked = True
                self.read()  # with the marks
            self.listed.emit(photos, looked)

    def _failed(self, task: Task, reason: str) -> None:
        if self._forget(task):
            self.failed.emit(reason)


def _listed(source: Source, order: Order, looked: bool, job: Job) -> tuple[Entry, ...]:
    try:
        photos = entries(source, job) if isinstance(source, Path) else entries_of(source, job)
    except OSError as error:
        assert isinstance(source, Path)
        reason = QCoreApplication.translate("Listing", "cannot be read ({})").format(error.strerror)
        raise PhotoError(source, reason) from None
    if looked:
        look_into(photos, job.quiet())
    return in_order(photos, order, job)
