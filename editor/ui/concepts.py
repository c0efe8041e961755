"""Concepts: new products from words, drawn beside the window as they are asked for, and saved with their mark."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from editor.core.document import Document
from editor.core.generate import Drawn, Words, generate, side_of, words_of, write
from editor.core.image import Image
from editor.core.job import Job
from editor.core.model import Models
from editor.core.output import Output
from editor.core.proof import SRGB_SCREEN, Screen
from editor.ui.conceptcells import ConceptCell
from editor.ui.conceptpage import ConceptPage
from editor.ui.middle import Middle
from editor.ui.reasons import in_words
from editor.ui.renderer import for_screen
from editor.ui.settings import Settings
from editor.ui.taskarea import TaskArea
from editor.ui.tasks import Task

PAUSE = 80  # ms; a seed that is being typed is not drawn digit by digit


@dataclass(frozen=True)
class _Asked:
    """Which pictures are wanted."""

    words: Words
    count: int
    seed: int
    spread: float


class Concepts(QObject):
    """Between page and network; the newest asking wins. `said` is a word for the status bar, `troubled` a sentence for
    the banner; `opens` opens the file of a picture."""

    said = Signal(str)
    troubled = Signal(str)
    _came = Signal(int, int, object)  # asking, row, Drawn

    def __init__(
        self, middle: Middle, models: Models, settings: Settings, tasks: TaskArea, opens: Callable[[Path], object],
        window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._opens = opens
        self._middle, self._models, self._settings, self._window = middle, models, settings, window
        self._drawing, self._saving = tasks.add(), tasks.add(keeps=True)
        self._document: Document | None = None
        self._page: ConceptPage | None = None
        self._screen = SRGB_SCREEN
        self._asking = 0  # the number of the newest one; what an older one still brings is not looked at
        self._task: Task | None = None
        self._writing: Task | None = None
        self._tasks: list[Task] = []
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._draw)
        self._came.connect(self._put, Qt.ConnectionType.QueuedConnection)
        self._drawing.cancelled.connect(self._stop)
        self._drawing.resumed.connect(self._draw)
        self._saving.cancelled.connect(self._stop_saving)

    def does(self) -> dict[str, Callable[[], object]]:
        """What the command does, by its name."""
        return {"new_product": self.open}

    @property
    def page(self) -> ConceptPage | None:
        """The page in the place of the photo, while it is there."""
        return self._page if self._page and self._middle.shows(self._page) else None

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return bool(self._tasks) or self._soon.isActive()

    def ask_folder(self) -> Path | None:
        """Where the pictures are to go, or None. Small, so that a test can answer."""
        title, start = self.tr("Folder for the concepts"), str(self._settings.folder or Path.home())
        name = QFileDialog.getExistingDirectory(self._window, title, start)
        return Path(name) if name else None

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none: it is shown itself."""
        self._document = document
        self._quit()

    def show_on(self, screen: Screen) -> None:
        """Show them in the colours of another screen, or as a proof."""
        self._screen = screen
        if self._page:
            for row, cell in enumerate(self._page.model.cells):
                self._page.model.put(row, self._cell(cell.drawn))

    def close(self) -> None:
        """Returns when the threads have ended."""
        self._soon.stop()
        for task in self._tasks:
            task.join()
        self._tasks.clear()

    # The page

    def open(self) -> None:
        """Show the page, and draw what it asks for."""
        if self._page is None:
            page = self._page = ConceptPage()
            page.asked.connect(self._soon.start)
            page.asked_save.connect(partial(self._save, opens=False))
            page.asked_open.connect(partial(self._save, opens=True))
            page.left.connect(self.leave)
        self._middle.show_sheet(self._page)
        self._page.view.setFocus()
        models = self._models
        self._start("words", lambda job: (words_of(models), side_of(models)), self._offer, self._unable)

    def leave(self) -> None:
        """Back to the photo, or to the empty window."""
        if self.page:
            self._quit()
            self._middle.show_canvas(self._document is not None)
            (self._middle.canvas if self._document else self._middle.welcome).setFocus()

    def _quit(self) -> None:
        """Nobody waits for pictures any more."""
        self._soon.stop()
        self._asking += 1
        if self._task:
            self._task.cancel()
        self._drawing.end()

    def _offer(self, known: object) -> None:
        if self._page and isinstance(known, tuple):
            self._page.say(lambda: "")
            self._page.offer(*known)
            if self.page and self._page.kinds:
                next(iter(self._page.kinds.values())).setFocus()
            self._draw()

    def _unable(self, reason: str) -> None:
        if self._page:
            told = self.tr("There is no network here that draws new products: {}")
            self._page.say(lambda: told.format(in_words(reason)))

    # Pictures

    @Slot()
    def _draw(self) -> None:
        page = self.page
        if page is None or not page.kinds:
            return
        self._quit()
        number, models = self._asking, self._models
        asked = _Asked(page.words, page.count.value(), page.seed.value(), page.spread.value() / 100)

        def work(job: Job) -> int:
            pictures = generate(models, asked.words, asked.count, asked.seed, job, asked.spread)
            for row, drawn in enumerate(pictures):
                self._came.emit(number, row, drawn)
            return asked.count

        self._drawing.begin(self.tr("Drawing new products"))
        task = self._task = self._start("concepts", work, partial(self._drawn, number), partial(self._failed, number))
        task.progressed.connect(partial(self._progress, number))

    def _progress(self, number: int, done: float) -> None:
        if number == self._asking:
            self._drawing.progress(done)

    def _cell(self, drawn: Drawn) -> ConceptCell:
        seen = Image(drawn.rgba[..., :3].copy(), drawn.rgba[..., 3].copy())
        return ConceptCell(drawn, for_screen(seen, self._screen))

    @Slot(int, int, object)
    def _put(self, number: int, row: int, drawn: Drawn) -> None:
        if number == self._asking and self._page:
            self._page.model.put(row, self._cell(drawn))

    def _drawn(self, number: int, count: object) -> None:
        if number == self._asking and self._page and isinstance(count, int):
            self._page.model.keep(count)
            self._drawing.end()

    def _failed(self, number: int, reason: str) -> None:
        if number == self._asking and self._page:
            self._drawing.end()
            self._page.say(lambda: in_words(reason))

    @Slot()
    def _stop(self) -> None:
        if self._task:
            self._quit()
            self._drawing.offer(self.tr("Stopped: not all new products are drawn"), self.tr("Draw again"))

    # Saving

    def _save(self, *, opens: bool) -> None:
        page = self.page
        if page is None or not page.meant or self._saving.running:
            return
        meant = [page.model.cells[row].drawn for row in page.meant]
        if (folder := self.ask_folder()) is None:
            return
        self._settings.folder = folder
        side = page.side.currentData()

        def work(job: Job) -> list[Path]:
            made = []
            for number, drawn in enumerate(meant):
                part = job.part(number, len(meant))
                part.progress(0)
                path = free_name(folder, drawn)
                write(drawn.enlarged(side), path, Output(), part)
                made.append(path)
            return made

        self._saving.begin(self.tr("Saving concepts"))
        task = self._writing = self._start("save concepts", work, partial(self._saved, opens), self._not_saved)
        task.progressed.connect(self._saving.progress)
        task.stopped.connect(self._saving.end)

    def _saved(self, opens: bool, made: object) -> None:
        self._saving.end()
        if isinstance(made, list) and made:
            text = self.tr("Saved {}").format(made[0].name)
            many = self.tr("{} concepts saved in {}").format(len(made), made[0].parent.name)
            self.said.emit(text if len(made) == 1 else many)
            if opens:
                self._opens(made[0])

    def _not_saved(self, reason: str) -> None:
        self._saving.end()
        self.troubled.emit(in_words(reason))

    @Slot()
    def _stop_saving(self) -> None:
        if self._writing:
            self._writing.cancel()

    # Threads

    def _start(
        self, name: str, work: Callable[[Job], object], done: Callable[[object], object],
        failed: Callable[[str], object],
    ) -> Task:  # fmt: skip
        task = Task(name, work)
        self._tasks.append(task)
        task.done.connect(done)
        task.failed.connect(failed)
        for end in (task.done, task.failed):
            end.connect(lambda news: self._forget(task))
        task.stopped.connect(lambda: self._forget(task))
        return task.start()

    def _forget(self, task: Task) -> None:
        self._tasks.remove(task)
        self._task = None if task is self._task else self._task
        self._writing = None if task is self._writing else self._writing


def free_name(folder: Path, drawn: Drawn) -> Path:
    """A name in a folder that nothing has yet: concept-7-01.png, or concept-7-01-2.png."""
    concept = drawn.concept
    stem, again = f"concept-{concept.seed}-{concept.number:02d}", 2
    path = folder / f"{stem}.png"
    while os.path.lexists(path):
        path, again = folder / f"{stem}-{again}.png", again + 1
    return path
