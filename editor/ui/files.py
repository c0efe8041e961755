"""Files: reads photos and writes finished pictures beside the window, one of each at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QImage

from editor.core.document import Document
from editor.core.engine import Engine
from editor.core.formats import PhotoError
from editor.core.job import Job
from editor.core.matte_file import keep_matte, matte_path, read_matte
from editor.core.matte_output import write_matte
from editor.core.model import Models
from editor.core.output import Output
from editor.core.photo import Photo
from editor.core.proof import SRGB_SCREEN, Screen
from editor.core.recipe import Recipe
from editor.core.sketch import Sketch
from editor.ui.activity import Activity
from editor.ui.renderer import for_screen
from editor.ui.tasks import Task

READERS = 2  # photos that are read at a time, with those given up: who leafs through a folder must not pile them up


class Files(QObject):
    """`opening` and `saving` tell whether such a thing is under way; `changed` says that one of them did.

    A photo may be `sketched` before it is `opened` or found `unreadable`.
    """

    opened = Signal(object)  # Photo
    sketched = Signal(object, object)  # Sketch, QImage of it
    saved = Signal(object, object, object)  # Document, Recipe, Path
    wrote = Signal(object)  # the Path of a matte that was written
    matted = Signal(object)  # Photo, beside which a matte is kept now
    unreadable = Signal(str)  # why it was not opened
    failed = Signal(str)  # why it was not saved
    changed = Signal()
    _seen = Signal(int, object, object)

    def __init__(self, models: Models, reading: Activity, writing: Activity, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.models, self._shown_reading, self._shown_writing = models, reading, writing
        reading.cancelled.connect(self.stop_opening)
        writing.cancelled.connect(self.stop_saving)
        self._opening: Task | None = None
        self._saving: Task | None = None
        self._waiting: Task | None = None  # to be opened once there is a reader free
        self._reading: set[Task] = set()
        self._screen = SRGB_SCREEN
        self._serial = 0  # of the photo that is being opened
        self._seen.connect(self._sketched, Qt.ConnectionType.QueuedConnection)
        self._tasks: list[Task] = []  # with those that were given up and still have to end

    @property
    def opening(self) -> bool:
        return self._opening is not None

    @property
    def saving(self) -> bool:
        return self._saving is not None

    def open(self, read: Callable[[], Photo], name: str, sketch: Callable[[], Sketch | None] = lambda: None) -> None:
        """Read a photo, after a sketch of it, if there is one; another that is just being read is given up."""
        if self._opening:
            self._opening.cancel()
        self._serial += 1
        serial, screen = self._serial, self._screen

        def work(job: Job) -> Photo:
            job.progress(0)
            if seen := sketch():
                job.progress(0)
                self._seen.emit(serial, seen, for_screen(seen.image, screen))
            job.progress(0)  # given up meanwhile?
            return read()

        task = self._opening = self._task("open", work)
        task.done.connect(lambda photo: self._end_opening(task, self.opened, photo))
        task.failed.connect(lambda reason: self._end_opening(task, self.unreadable, reason))
        self._drop_waiting()
        self._waiting = task
        self._read_next()
        self._shown_reading.begin(self.tr("Opening {}").format(name))
        self.changed.emit()

    def show_on(self, screen: Screen) -> None:
        """Make sketches for this screen."""
        self._screen = screen

    def save(self, document: Document, path: Path, output: Output, *, overwrite: bool) -> None:
        """Write the photo as it is edited now; editing may go on meanwhile."""
        photo, recipe = document.photo, document.recipe

        def write(job: Job) -> Recipe:
            # an engine without memory: the preview's is kept, and a large photo needs no more than a tile
            output.write(Engine(self.models, memory=0), photo, recipe, path, job, overwrite=overwrite)
            return recipe

        self.write(write, lambda written: self.saved.emit(document, written, path), path)

    def save_matte(self, document: Document, path: Path, depth: str) -> None:
        """Write where the product is, as a picture of `depth` "8" or "16" bits; `wrote` says that it is there."""
        photo, recipe = document.photo, document.recipe

        def write(job: Job) -> None:
            write_matte(Engine(self.models, memory=0), photo, recipe, path, job, depth=depth)

        self.write(write, lambda _: self.wrote.emit(path), path)

    def keep_matte(self, photo: Photo, path: Path) -> None:
        """Keep the matte at `path` beside the photo; `matted` says that it is there."""

        def keep(job: Job) -> None:
            matte = read_matte(path)
            try:
                photo.with_matte(matte)
            except ValueError as error:
                raise PhotoError(path, str(error)) from None
            job.progress(0.5)
            keep_matte(photo.path, matte)

        self.write(keep, lambda _: self.matted.emit(photo), matte_path(photo.path))

    def write(self, work: Callable[[Job], object], then: Callable[[object], object], path: Path) -> None:
        """Do `work`, which writes a file at `path`, beside the window, and then `then` with what it brings."""
        task = self._task("save", work)
        task.progressed.connect(self._shown_writing.progress)
        for end in (task.done, task.failed):
            end.connect(lambda news: self._end_saving())
        task.stopped.connect(self._end_saving)
        task.done.connect(then)
        task.failed.connect(self.failed)
        self._saving = task.start()
        self._shown_writing.begin(self.tr("Saving {}").format(path.name))
        self.changed.emit()

    def stop_opening(self) -> None:
        """Give it up. A decoder cannot be stopped half-way; what it brings is not looked at."""
        if self._opening:
            self._opening.cancel()
            self._opening = None
            self._shown_reading.end()
            self.changed.emit()

    def stop_saving(self) -> None:
        if self._saving:
            self._saving.cancel()

    def close(self) -> None:
        """Stop all; returns when the threads have ended."""
        for task in self._tasks:
            task.join()
        self._tasks.clear()
        self._opening = self._saving = self._waiting = None

    def _task(self, name: str, work: Callable[[Job], object]) -> Task:
        task = Task(name, work)
        self._tasks.append(task)
        for end in (task.done, task.failed):
            end.connect(lambda news: self._forget(task))
        task.stopped.connect(lambda: self._forget(task))
        return task

    def _forget(self, task: Task) -> None:
        self._tasks.remove(task)
        self._reading.discard(task)
        self._read_next()

    def _read_next(self) -> None:
        """Start the one that waits if a reader is free, and if it is still wanted."""
        if self._waiting is not self._opening:
            self._drop_waiting()
        elif self._waiting and len(self._reading) < READERS:
            self._reading.add(self._waiting.start())
            self._waiting = None

    def _drop_waiting(self) -> None:
        if self._waiting:
            self._tasks.remove(self._waiting)
            self._waiting.deleteLater()
            self._waiting = None

    def _sketched(self, serial: int, seen: Sketch, pixels: QImage) -> None:
        if serial == self._serial and self._opening:
            self.sketched.emit(seen, pixels)

    def _end_opening(self, task: Task, tell: SignalInstance, news: object) -> None:
        if task is self._opening:  # if not, it was given up, and nobody wants to know
            self._opening = None
            self._shown_reading.end()
            tell.emit(news)  # before `changed`, which would take the sketch away
            self.changed.emit()

    def _end_saving(self) -> None:
        self._saving = None
        self._shown_writing.end()
        self.changed.emit()
