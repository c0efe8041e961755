"""Colourways: the open photo in every colour it is sold in, as a sheet in its place, kept up with its edits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from editor.core.colourways import colour_in, dyes, target, way, ways
from editor.core.document import Document
from editor.core.edit import Edit
from editor.core.engine import Engine, View
from editor.core.proof import SRGB_SCREEN, Screen
from editor.core.recipe import Recipe
from editor.core.swatches import SUFFIXES, Swatch, SwatchError
from editor.ui import questions
from editor.ui.control import told
from editor.ui.dialogs.choose_edits import title_of
from editor.ui.files import Files
from editor.ui.middle import Middle
from editor.ui.reasons import in_words
from editor.ui.renderer import Picture, Renderer, Request
from editor.ui.swatchbook import SwatchBook
from editor.ui.taskarea import TaskArea
from editor.ui.waycells import Cell
from editor.ui.wayoutput import WayOutput
from editor.ui.waysheet import Key, WaySheet
from editor.ui.wayworks import Tile

MOST = 240  # colours on one sheet
ACT = "colourway"


class Colourways(QObject):
    """Between document, sheet and engine. `said` is a word for the status bar, `troubled` a sentence for the banner."""

    said = Signal(str)
    troubled = Signal(str)

    def __init__(
        self, middle: Middle, engine: Engine, files: Files, tasks: TaskArea, book: SwatchBook, window: QWidget
    ) -> None:
        super().__init__(window)
        self._middle, self._engine, self._book, self._window = middle, engine, book, window
        self.output = WayOutput(files, engine, middle.strip, book.settings, tasks, window)
        self.output.said.connect(self.said)
        self.output.troubled.connect(self.troubled)
        self._activity = tasks.add()
        self._document: Document | None = None
        self._sheet: WaySheet | None = None
        self._renderer: Renderer | None = None
        self._screen = SRGB_SCREEN
        self._swatches: tuple[Swatch, ...] = ()
        self._key: Key | None = None  # of the edit that was chosen
        self._note = ""  # what that edit has found out, as it was said last
        self._activity.cancelled.connect(self._stop)
        self._activity.resumed.connect(self.refresh)
        middle.canvas.tool_changed.connect(lambda tool: self.leave() if tool else None)

    def does(self) -> dict[str, Callable[[], object]]:
        """What the command does, by its name."""
        return {"colourways": self.open}

    @property
    def sheet(self) -> WaySheet | None:
        """The page in the place of the photo, while it is there."""
        return self._sheet if self._sheet and self._middle.shows(self._sheet) else None

    @property
    def busy(self) -> bool:
        """Whether pictures of it are still to come."""
        return self._renderer is not None and self._renderer.busy

    def ask_swatches(self) -> Path | None:
        """A swatch file, or None. Small, so that a test can answer."""
        title, kind = self.tr("Open swatches"), self.tr("Swatches")
        return questions.which_file(self._window, self._book.settings.folder, title, kind, SUFFIXES)

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none: it is shown itself."""
        self._document, self._key, self._note = document, None, ""
        if document:
            document.on_change(partial(self._changed, document))
        if self._renderer and self._sheet:
            self._renderer.cancel()
            self._sheet.model.show((), None)  # pictures of another photo are not to be taken for its own
        self._activity.end()

    def show_on(self, screen: Screen) -> None:
        """Show them in the colours of another screen, or as a proof."""
        self._screen = screen
        self.refresh()

    def close(self) -> None:
        """Returns when the threads have ended."""
        if self._renderer:
            self._renderer.close()
        self.output.close()

    # The page

    def open(self) -> None:
        """Show the sheet in the place of the photo; where no edit has a colour to vary, the first kind that could."""
        if self._document is None:
            return
        if self._key_of(self._document.recipe) is None:
            self.said.emit(self.tr("There is no edit that has a colour to vary"))
            return
        if self._sheet is None:
            self._build()
        assert self._sheet
        self._middle.show_sheet(self._sheet)
        self._say_note()
        self.refresh()
        (self._sheet.view if self._swatches else self._sheet.file).setFocus()

    def leave(self) -> None:
        """Back to the photo."""
        if self.sheet:
            self._middle.show_sheet(None)
            self._middle.canvas.setFocus()
            self.refresh()

    def _build(self) -> None:
        sheet = self._sheet = WaySheet()
        sheet.asked_file.connect(self._ask_file)
        sheet.wanted.connect(self.take_file)
        sheet.added.connect(lambda swatch: self.add([swatch]))
        sheet.removed.connect(self._remove)
        sheet.chosen.connect(self._choose)
        sheet.left.connect(self.leave)
        sheet.view.taken.connect(self._take)
        sheet.view.resized.connect(self.refresh)
        sheet.asked_copies.connect(self._copy)
        sheet.asked_export.connect(self._export)
        sheet.asked_sheet.connect(self._save_sheet)
        self._renderer = Renderer(self._engine, self)
        self._renderer.rendered.connect(self._rendered)
        self._renderer.progressed.connect(self._activity.progress)
        self._renderer.failed.connect(self._failed)
        self._renderer.busy_changed.connect(self._busy_changed)

    # Swatches

    def add(self, swatches: Sequence[Swatch]) -> None:
        """More of them on the sheet; one that is there already is not there twice."""
        known = tuple(dict.fromkeys([*self._swatches, *swatches]))
        self._swatches = known[:MOST]
        self.refresh()
        if self._sheet and len(known) > MOST:
            self._sheet.say(
                lambda: self.tr("A sheet has {} colours at most; {} are left out.").format(MOST, len(known) - MOST)
            )

    @Slot()
    def _ask_file(self) -> None:
        if path := self.ask_swatches():
            self.take_file(path)

    @Slot(object)
    def take_file(self, path: Path) -> None:
        """The swatches of a file as well; it is offered again from now on."""
        try:
            palette = self._book.add(path)
        except SwatchError as error:
            reason = str(error)
            if self._sheet:
                self._sheet.say(lambda: in_words(reason))
            return
        if self._sheet:
            self._sheet.say(lambda: in_words(palette.note))
        self.add(palette.swatches)
        if self._sheet:
            self._sheet.view.setFocus()

    @Slot()
    def _remove(self) -> None:
        if self._sheet:
            going = {self._sheet.model.cells[row].swatch for row in self._sheet.meant}
            self._swatches = tuple(swatch for swatch in self._swatches if swatch not in going)
            self.refresh()

    # The edit whose colour varies

    def _edits(self, recipe: Recipe) -> tuple[Edit, ...]:
        """Those that there are; where there are none, one that is switched off, or one as it comes."""
        kinds = [kind for kind in Edit.kinds.values() if target(kind)]
        off = [edit for edit in recipe.edits if target(type(edit))]
        return dyes(recipe) or tuple(off[:1]) or tuple(kind() for kind in kinds[:1])

    def _key_of(self, recipe: Recipe) -> Key | None:
        keys = [edit.key for edit in self._edits(recipe)]
        return self._key if self._key in keys else next(iter(keys), None)

    def _base(self, recipe: Recipe, key: Key) -> Recipe:
        """The edits of the photo with that one, switched on."""
        edit = next(edit for edit in self._edits(recipe) if edit.key == key)
        return recipe.put(edit).switch(*key, on=True)

    @Slot(object)
    def _choose(self, key: Key) -> None:
        self._key = (key[0], key[1])
        self.refresh()

    # Pictures

    @Slot()
    def refresh(self) -> None:
        """Bring the sheet up to date with the photo, its edits and the swatches; cook what it lacks."""
        sheet, renderer, document = self.sheet, self._renderer, self._document
        if renderer is None:
            return
        key = self._key_of(document.recipe) if document else None
        if sheet is None or document is None or key is None:
            renderer.cancel()
            self._activity.end()
            return
        recipe, photo = self._base(document.recipe, key), document.photo
        sheet.files = self._book.files
        sheet.offer([(title_of(edit), edit.key) for edit in self._edits(document.recipe)], key)
        width, height = recipe.size(photo.size)
        sheet.view.shape = width / height
        sheet.view.arrange()
        sheet.model.show(ways(recipe, key, self._swatches), colour_in(document.recipe, key))
        scale = min(1.0, sheet.view.side / max(width, height))
        lacking = [
            Request(photo, cell.recipe, View(scale), self._screen, fine=True)
            for cell in sheet.model.cells
            if not self._does(cell, scale, document)
        ]
        if lacking:
            renderer.ask(lacking)
        else:
            renderer.cancel()
            self._activity.end()

    def _does(self, cell: Cell, scale: float, document: Document) -> bool:
        """Whether its picture is good enough: of this photo, up to date, and not coarser than it is shown."""
        if cell.picture is None or not cell.fresh:
            return False
        asked = cell.picture.request
        return asked.photo is document.photo and asked.screen == self._screen and asked.view.scale >= 0.98 * scale

    @Slot(object)
    def _rendered(self, picture: Picture) -> None:
        document, key = self._document, self._key_of(picture.request.recipe)
        if self._sheet is None or key is None or document is None or picture.request.photo is not document.photo:
            return
        facts = picture.facts.get(key)
        self._sheet.model.put(picture, picture.readings.get(key, ()))
        note = facts.note if facts else ""
        if note != self._note:
            self._note = note
            self._say_note()

    def _say_note(self) -> None:
        if self._sheet:
            note = self._note
            self._sheet.say(lambda: told(note) if note else "")

    @Slot(str)
    def _failed(self, reason: str) -> None:
        self._activity.end()
        if self._sheet:
            self._sheet.say(lambda: in_words(reason))

    @Slot(bool)
    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._activity.begin(self.tr("Drawing colourways"))
        else:
            self._activity.end()

    @Slot()
    def _stop(self) -> None:
        if self._renderer and self._renderer.busy:
            self._renderer.cancel()
            self._activity.offer(self.tr("Stopped: the colourways are not up to date"), self.tr("Render again"))

    def _changed(self, document: Document) -> None:
        if document is self._document:
            self.refresh()

    # What is made of them

    @Slot(int)
    def _take(self, row: int) -> None:
        """The photo gets this colour, as one step."""
        document = self._document
        key = self._key_of(document.recipe) if document else None
        if document and key and self._sheet:
            swatch = self._sheet.model.cells[row].swatch
            recipe = way(self._base(document.recipe, key), key, swatch.colour)
            document.replace(recipe, f"{ACT}:{swatch.name}")
            self.said.emit(self.tr("The photo has the colour {} now").format(swatch.name))

    def _meant(self) -> list[Cell]:
        return [self._sheet.model.cells[row] for row in self._sheet.meant] if self._sheet else []

    @Slot()
    def _copy(self) -> None:
        if self._document:
            self.output.copy(self._document, [(cell.swatch.name, cell.recipe) for cell in self._meant()])

    @Slot()
    def _export(self) -> None:
        if self._document:
            self.output.export(self._document, [(cell.swatch, cell.recipe) for cell in self._meant()])

    @Slot()
    def _save_sheet(self) -> None:
        if self._document:
            of = [(cell.swatch, cell.recipe, cell.readout or cell.swatch.colour) for cell in self._meant()]
            tiles = [Tile(swatch.name, recipe, below, swatch.colour) for swatch, recipe, below in of]
            self.output.save_sheet(self._document, tiles)
