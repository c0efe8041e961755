"""Way output: colourways and variations as virtual copies, files, and one contact sheet: asked for, made, told."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from editor.core.colourways import file_parts
from editor.core.document import Document
from editor.core.engine import Engine
from editor.core.files import same_file
from editor.core.formats import FORMATS, Format
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.shot import Shot
from editor.core.sidecar import load
from editor.ui.dialogs import colourways as dialogs
from editor.ui.files import Files
from editor.ui.filmstrip import FilmStrip
from editor.ui.mattes import file_size
from editor.ui.naming import shot_name
from editor.ui.reasons import in_words
from editor.ui.settings import Settings
from editor.ui.taskarea import TaskArea
from editor.ui.tasks import Task
from editor.ui.wayworks import Outcome, Tile, Ways, copy_ways, save_sheet, write_ways

MEMORY = 256 << 20  # bytes that writing them all may keep, from one colour to the next
USUAL = "JPEG"
SHEETS = (".png", ".jpg", ".jpeg")
MOST_NAMED = 3  # of what went wrong, in one message


class WayOutput(QObject):
    """One piece of work at a time. `said` is a word for the status bar, `troubled` a sentence for the banner."""

    said = Signal(str)
    troubled = Signal(str)

    def __init__(
        self, files: Files, engine: Engine, strip: FilmStrip, settings: Settings, tasks: TaskArea, window: QWidget
    ) -> None:
        super().__init__(window)
        self._files, self._engine, self._strip, self._settings, self._window = files, engine, strip, settings, window
        self._activity = tasks.add(keeps=True)
        self._activity.cancelled.connect(self._cancel)
        self._task: Task | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._task is not None

    # What a person is asked; small, so that a test can answer

    def ask_wish(self, photo: Photo, stem: str, parts: Sequence[str], kind: Format) -> dialogs.Wish | None:
        return dialogs.ask(photo, stem, parts, kind, lambda kind: self._settings.output(kind.name), self._window)

    def ask_replacing(self, there: Sequence[Path]) -> dialogs.Replacing:
        return dialogs.ask_replacing(self._window, there)

    def ask_sheet_path(self, proposed: Path) -> Path | None:
        filters = "PNG (*.png);;JPEG (*.jpg *.jpeg)"
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save the contact sheet"), str(proposed), filters)
        return Path(name) if name else None

    # Virtual copies

    def copy(self, document: Document, ways: Sequence[tuple[str, Recipe]]) -> None:
        """One for each, called so; they are selected in the strip, and the photo stays on the canvas."""
        if not document.photo.path.is_file():
            self.said.emit(self.tr("This photo is not a file yet; it can have virtual copies once it is"))
        elif self._free():
            one, several = self.tr("Making a virtual copy"), self.tr("Making {} virtual copies")
            text = several.format(len(ways)) if len(ways) > 1 else one
            self._begin(partial(copy_ways, document.shot, tuple(ways)), self._copied, text)

    def _copied(self, outcome: Outcome) -> None:
        made = [shot for shot in outcome.made if isinstance(shot, Shot)]
        if made:
            self._strip.select_when_listed(made)
            self._strip.listing.read()
            one, several = self.tr("Made {}"), self.tr("{} virtual copies made; they are selected in the film strip")
            if self._strip.isHidden():
                several = self.tr("{} virtual copies made; the film strip shows them")
            first = shot_name(made[0], load(*made[0]).marks.name)
            self.said.emit(several.format(len(made)) if len(made) > 1 else one.format(first))
        self._tell_wrong(outcome)

    # Files

    def export(self, document: Document, ways: Ways) -> None:
        """STEM-SWATCH.EXT for each, all in one folder; nothing that is there is replaced without a question."""
        if not self._free():
            return
        photo, wished = document.photo, self._settings.preferences.output_kind or USUAL
        stem = f"{photo.path.stem}-copy-{document.copy}" if document.copy else photo.path.stem
        parts = file_parts([swatch for swatch, _ in ways])
        kind = next(each for each in FORMATS if each.name == wished)
        wish = self.ask_wish(photo, stem, parts, kind)
        if wish is None:
            return
        self._settings.keep_output(wish.kind.name, wish.output)
        paths = [wish.folder / f"{stem}-{part}{wish.kind.suffixes[0]}" for part in parts]
        there = [path for path in paths if os.path.lexists(path)]
        answer = self.ask_replacing(there) if there else "replace"
        files = [
            (path, recipe)
            for path, (_, recipe) in zip(paths, ways, strict=True)
            if answer == "replace" or path not in there
        ]
        if answer == "cancel":
            return
        if not files:
            self.said.emit(self.tr("All of them were there already; nothing was written"))
            return
        engine = Engine(self._files.models, MEMORY)  # the preview's memory is left to it
        work = partial(write_ways, engine, photo, files, wish.output)
        self._begin(work, partial(self._exported, wish.folder), self.tr("Exporting {} colours").format(len(files)))

    def _exported(self, folder: Path, outcome: Outcome) -> None:
        if outcome.made:
            several = self.tr("{} pictures written to {}").format(len(outcome.made), folder)
            self.said.emit(several if len(outcome.made) > 1 else self.tr("Saved {}").format(outcome.made[0]))
        self._tell_wrong(outcome)

    # The sheet

    def save_sheet(self, document: Document, tiles: Sequence[Tile], part: str = "colourways") -> None:
        """All of them as one picture; its name is proposed as that of the photo and this `part`."""
        if not self._free() or not tiles:
            return
        photo = document.photo
        path = self.ask_sheet_path(photo.path.with_name(f"{photo.path.stem}-{part}.png"))
        if path is None:
            return
        if path.suffix.lower() not in SHEETS:
            path = path.with_name(f"{path.name}.png")
            if os.path.lexists(path) and self.ask_replacing([path]) != "replace":  # the dialog asked of another name
                return
        if same_file(path, photo.path):
            self.troubled.emit(self.tr("{} is the original photo, which a sheet does not replace.").format(path.name))
            return
        title, font = shot_name(document.shot), QApplication.font()

        def write(job: Job) -> Outcome:
            save_sheet(self._engine, photo, tiles, title, path, font, job)
            return Outcome((path,))

        self._begin(write, self._saved, self.tr("Saving {}").format(path.name))

    def _saved(self, outcome: Outcome) -> None:
        for path in outcome.made:
            assert isinstance(path, Path)
            self.said.emit(self.tr("Saved {}, {}").format(path, file_size(path)))

    # Beside the window

    def close(self) -> None:
        """Stop; returns when the thread has ended."""
        if self._task:
            self._task.join()
            self._task = None

    def _free(self) -> bool:
        """Whether nothing is under way; says so if something is."""
        if self._task:
            self.said.emit(self.tr("Wait until that is done: {}").format(self._activity.name))
        return self._task is None

    def _begin(self, work: Callable[[Job], Outcome], end: Callable[[Outcome], None], text: str) -> None:
        task = self._task = Task("colourways", work)
        task.progressed.connect(self._activity.progress)
        task.done.connect(partial(self._ended, end))
        task.failed.connect(partial(self._ended, self.troubled.emit))
        task.stopped.connect(partial(self._ended, lambda _: self.said.emit(self.tr("Stopped")), None))
        self._activity.begin(text)
        task.start()

    def _ended(self, end: Callable[..., object], news: object) -> None:
        self._task = None
        self._activity.end()
        end(news)

    def _cancel(self) -> None:
        if self._task:
            self._task.cancel()

    def _tell_wrong(self, outcome: Outcome) -> None:
        if outcome.wrong:
            said = [in_words(each) for each in outcome.wrong[:MOST_NAMED]]
            if more := len(outcome.wrong) - len(said):
                said.append(self.tr("And {} more.").format(more))
            self.troubled.emit(" ".join(said))
