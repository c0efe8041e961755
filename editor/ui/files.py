"""Files: reads photos and writes finished pictures beside the window, one of each at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance

from editor.core.document import Document
from editor.core.engine import Engine
from editor.core.job import Job
from editor.core.model import Models
from editor.core.output import Output
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.ui.tasks import Task


class Files(QObject):
    """`opening` and `saving` tell whether such a thing is under way; `changed` says that one of them did."""

    opened = Signal(object)  # Photo
    saved = Signal(object, object, object)  # Document, Recipe, Path
    failed = Signal(str)
    opening_progressed = Signal(float)
    saving_progressed = Signal(float)
    changed = Signal()

    def __init__(self, models: Models, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models = models
        self._opening: Task | None = None
        self._saving: Task | None = None
        self._tasks: list[Task] = []  # with those that were given up and still have to end

    @property
    def opening(self) -> bool:
        return self._opening is not None

    @property
    def saving(self) -> bool:
        return self._saving is not None

    def open(self, read: Callable[[], Photo]) -> None:
        """Read a photo; one that is just being read is given up."""
        self.stop_opening()
        task = self._task("open", lambda job: read())
        task.done.connect(lambda photo: self._end_opening(task, self.opened, photo))
        task.failed.connect(lambda reason: self._end_opening(task, self.failed, reason))
        self._opening = task.start()
        self.changed.emit()

    def save(self, document: Document, path: Path, output: Output, *, overwrite: bool) -> None:
        """Write the photo as it is edited now; editing may go on meanwhile."""
        photo, recipe = document.photo, document.recipe

        def write(job: Job) -> Recipe:
            # an engine without memory: the preview's is kept, and a large photo needs no more than a tile
            output.write(Engine(self._models, memory=0), photo, recipe, path, job, overwrite=overwrite)
            return recipe

        task = self._task("save", write)
        task.progressed.connect(self.saving_progressed)
        for end in (task.done, task.failed):
            end.connect(lambda news: self._end_saving())
        task.stopped.connect(self._end_saving)
        task.done.connect(lambda written: self.saved.emit(document, written, path))
        task.failed.connect(self.failed)
        self._saving = task.start()
        self.changed.emit()

    def stop_opening(self) -> None:
        """Give it up. A decoder cannot be stopped half-way; what it brings is not looked at."""
        if self._opening:
            self._opening.cancel()
            self._opening = None
            self.changed.emit()

    def stop_saving(self) -> None:
        if self._saving:
            self._saving.cancel()

    def close(self) -> None:
        """Stop all; returns when the threads have ended."""
        for task in self._tasks:
            task.join()
        self._tasks.clear()
        self._opening = self._saving = None

    def _task(self, name: str, work: Callable[[Job], object]) -> Task:
        task = Task(name, work)
        self._tasks.append(task)
        for end in (task.done, task.failed):
            end.connect(lambda news: self._forget(task))
        task.stopped.connect(lambda: self._forget(task))
        return task

    def _forget(self, task: Task) -> None:
        self._tasks.remove(task)

    def _end_opening(self, task: Task, tell: SignalInstance, news: object) -> None:
        if task is self._opening:  # if not, it was given up, and nobody wants to know
            self._opening = None
            self.changed.emit()
            tell.emit(news)

    def _end_saving(self) -> None:
        self._saving = None
        self.changed.emit()
