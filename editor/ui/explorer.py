"""Explorer: what the product of the open photo could look like, as a grid in its place; a click goes there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from editor.core.document import Document
from editor.core.edit import Edit, Reading
from editor.core.engine import Engine
from editor.core.proof import SRGB_SCREEN, Screen
from editor.core.recipe import Recipe
from editor.core.variations import Exploration, Place, at, explored, place_in
from editor.ui.control import told
from editor.ui.explorblend import ACT, ExplorerBlend
from editor.ui.explorcells import Cell, Deed
from editor.ui.explordrawing import ExplorerDrawing
from editor.ui.explorsheet import ExplorerSheet
from editor.ui.explorwords import told_apart
from editor.ui.files import Files
from editor.ui.middle import Middle
from editor.ui.panel import Panel
from editor.ui.reasons import in_words
from editor.ui.renderer import Picture
from editor.ui.taskarea import TaskArea
from editor.ui.wayoutput import WayOutput
from editor.ui.wayworks import Tile


class Explorer(QObject):
    """Between document, page and engine. What was gone, said and pinned belongs to the photo, as long as it is open.

    `said` is a word for the status bar, `troubled` a sentence for the banner.
    """

    said = Signal(str)
    troubled = Signal(str)

    def __init__(
        self, middle: Middle, engine: Engine, files: Files, tasks: TaskArea, panel: Panel, window: QWidget
    ) -> None:
        super().__init__(window)
        self._middle, self._titles = middle, panel.titles
        self.output = WayOutput(files, engine, middle.strip, panel.book.settings, tasks, window)
        self.blend = ExplorerBlend(panel.book.settings, window)
        self.output.said.connect(self.said)
        for each in (self.output, self.blend):
            each.troubled.connect(self.troubled)
        self._drawing = ExplorerDrawing(engine, tasks, self)
        self._drawing.rendered.connect(self._rendered)
        self._drawing.failed.connect(self._failed)
        self._drawing.resumed.connect(self.refresh)
        self._document: Document | None = None
        self._sheet: ExplorerSheet | None = None
        self._screen = SRGB_SCREEN
        self.exploration: Exploration | None = None  # of the photo that is open
        self._note = ""  # what the edit has found out, as it was said last
        self._warning: Reading | None = None  # what a variation was not to be trusted for
        self._barren = False  # and no variation can be had for it
        self._fails = ""  # why no picture can be made
        middle.canvas.tool_changed.connect(lambda tool: self.leave() if tool else None)
        self._titles.changed.connect(self.refresh)

    def does(self) -> dict[str, Callable[[], object]]:
        """What the command does, by its name."""
        return {"explore": self.open}

    @property
    def sheet(self) -> ExplorerSheet | None:
        """The page in the place of the photo, while it is there."""
        return self._sheet if self._sheet and self._middle.shows(self._sheet) else None

    @property
    def busy(self) -> bool:
        """Whether pictures of it are still to come."""
        return self._drawing.busy

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none: it is shown itself."""
        self._document, self.exploration = document, None
        self.blend.follow(document)
        self._note, self._warning, self._barren, self._fails = "", None, False, ""
        self._say()
        if document:
            document.on_change(partial(self._changed, document))
        self._drawing.cancel()
        if self._sheet:
            self._sheet.model.show(())
            self._sheet.path.show(())

    def show_on(self, screen: Screen) -> None:
        """Show them in the colours of another screen, or as a proof."""
        self._screen = screen
        self.refresh()

    def close(self) -> None:
        """Returns when the threads have ended."""
        self._drawing.close()
        self.output.close()

    # The page

    def open(self) -> None:
        """Show the page in the place of the photo."""
        if self._document is None:
            return
        if explored(self._document.recipe) is None:
            self.said.emit(self.tr("There is no edit whose variations could be explored"))
            return
        if self._sheet is None:
            self._build()
        assert self._sheet
        self._fails = ""
        self._middle.show_sheet(self._sheet)
        self.refresh()
        if self.exploration and self._sheet.view.currentIndex().row() < 0:
            self._sheet.view.go(self.exploration.middle)
        self._sheet.view.setFocus()

    def leave(self) -> None:
        """Back to the photo."""
        if self.sheet:
            self._middle.show_sheet(None)
            self._middle.canvas.setFocus()
            self.refresh()

    def _build(self) -> None:
        sheet = self._sheet = ExplorerSheet()
        sheet.view.taken.connect(self.move)
        sheet.view.done.connect(self._finish)
        sheet.view.said.connect(self.judge)
        sheet.view.resized.connect(self.refresh)
        sheet.steps.taken.connect(self.back)
        sheet.drawn.connect(self._draw)
        sheet.asked_next.connect(self._next)
        sheet.asked_forget.connect(self._forget)
        self.blend.serve(sheet)
        sheet.asked_copies.connect(self._copy)
        sheet.asked_sheet.connect(self._save_sheet)
        sheet.left.connect(self.leave)

    # The way

    def _edit(self) -> Edit | None:
        return explored(self._document.recipe) if self._document else None

    def _go(self, exploration: Exploration) -> None:
        """The photo goes where somebody is now, as one step."""
        document, edit = self._document, self._edit()
        if document and edit:
            moves = self.exploration is None or exploration.here != self.exploration.here
            self.exploration = exploration
            if moves:
                document.replace(at(document.recipe, edit, exploration.here), ACT)
            self.refresh()

    @Slot(int)
    def move(self, row: int) -> None:
        """To the variation in a cell."""
        if self.exploration and self._sheet and 0 <= row < len(self._sheet.model.cells):
            self._go(self.exploration.moved(self._sheet.model.cells[row].place))

    @Slot(int)
    def back(self, row: int) -> None:
        """To a place of the path."""
        if self.exploration:
            self._go(self.exploration.back(row))

    @Slot(int)
    def _finish(self, row: int) -> None:
        """To the variation in a cell, where one is not there yet, and back to the photo."""
        self.move(row)
        self.leave()

    @Slot(int, str)
    def judge(self, row: int, deed: Deed) -> None:
        """Like, dislike or pin the variation in a cell, or take that back. It counts from the next grid on."""
        if self.exploration is None or self._sheet is None:
            return
        cell = self._sheet.model.cells[row]
        if deed == "pin":
            self.exploration = self.exploration.pinned(cell.place, pinned=not cell.pinned)
        else:
            self.exploration = self.exploration.said(cell.place, None if cell.does(deed) else deed == "like")
        self.refresh()

    @Slot()
    def _draw(self) -> None:
        if self.exploration and self._sheet:
            self.exploration = self.exploration.drawn(*self._sheet.wish)
            self.refresh()

    @Slot()
    def _next(self) -> None:
        if self.exploration:
            self._fails = ""
            self.exploration = self.exploration.next_grid()
            self.refresh()

    @Slot()
    def _forget(self) -> None:
        if self.exploration and self._sheet:
            self._sheet.view.setFocus()
            self.exploration = self.exploration.forgotten()
            self.refresh()

    # Pictures

    @Slot()
    def refresh(self) -> None:
        """Bring the page up to date with the photo, its edits and what was said; cook what it lacks."""
        sheet, document, edit = self.sheet, self._document, self._edit()
        if sheet is None or document is None or edit is None:
            self._drawing.cancel()
            return
        here = place_in(document.recipe, edit)
        before = self.exploration or Exploration((here,))
        now = self.exploration = before.found(here)
        sheet.show_state(now)
        self.blend.show(edit)
        shape = self._drawing.look(document.recipe, document.photo)
        for view in (sheet.view, sheet.steps):
            view.shape = shape
        empty = self._empty()
        sheet.view.empty_text = empty
        places = () if empty else now.grid(type(edit))
        follow = len(places) == len(sheet.model.cells)
        sheet.model.show([self._cell(document.recipe, edit, place) for place in places], follow=follow)
        sheet.path.show([self._step(document.recipe, edit, number) for number in range(len(now.path))])
        for cell in sheet.model.cells:
            if cell.picture and cell.fresh:
                sheet.path.put(cell.picture)
        for view in (sheet.view, sheet.steps):
            view.arrange()
        sheet.steps.scrollTo(sheet.path.index(now.position))
        self._drawing.draw(document.photo, sheet, now, self._screen)

    def _cell(self, recipe: Recipe, edit: Edit, place: Place) -> Cell:
        assert self.exploration
        now = self.exploration
        words = told_apart(self._titles, type(edit), now.here, place)
        made = at(recipe, edit, place)
        return Cell(place, made, words, place == now.here, now.verdict(place), place in now.pins)

    def _step(self, recipe: Recipe, edit: Edit, number: int) -> Cell:
        """A place of the path, told by what came to it."""
        assert self.exploration
        path = self.exploration.path
        words = told_apart(self._titles, type(edit), path[number - 1], path[number]) if number else ()
        return Cell(path[number], at(recipe, edit, path[number]), words, number == self.exploration.position)

    @Slot(object)
    def _rendered(self, picture: Picture) -> None:
        document, edit = self._document, explored(picture.request.recipe)
        if self._sheet is None or edit is None or document is None or picture.request.photo is not document.photo:
            return
        for model in (self._sheet.model, self._sheet.path):
            model.put(picture)
        warning = next((each for each in picture.readings.get(edit.key, ()) if each.warns), None)
        if warning and warning != self._warning:
            self._warning = warning
            self._say()
        if edit.key not in picture.facts:
            return
        facts = picture.facts[edit.key]
        barren = edit.changes_nothing(facts) and any(place_in(picture.request.recipe, edit))
        if (facts.note, barren) != (self._note, self._barren):
            self._note, self._barren = facts.note, barren
            self._say()
            if barren:
                self.refresh()

    def _empty(self) -> str:
        """Why there is no grid, in the language of now; empty: there is one."""
        if self._fails:
            again = self.tr("Once that has been put right, New Grid tries again.")
            return f"{in_words(self._fails)}\n\n{again}"
        return told(self._note) if self._barren else ""

    def _say(self) -> None:
        if self._sheet:
            note, warning = "" if self._barren else self._note, self._warning
            text, values = (note, ()) if note or not warning else (warning.text, warning.values)
            self._sheet.say(lambda: told(text).format(*values) if values else told(text))

    @Slot(str)
    def _failed(self, reason: str) -> None:
        self._fails = reason
        self.refresh()

    def _changed(self, document: Document) -> None:
        if document is self._document:
            self._fails, self._barren = "", False
            self.refresh()

    # What is made of them

    @Slot()
    def _copy(self) -> None:
        if self._document and self._sheet:
            rows: Sequence[int] = self._sheet.meant
            self.output.copy(self._document, [(self._sheet.called(r), self._sheet.model.cells[r].recipe) for r in rows])

    @Slot()
    def _save_sheet(self) -> None:
        if self._document and self._sheet:
            model = self._sheet.model
            rows = self._sheet.view.selected_rows or range(model.rowCount())
            tiles = [Tile(self._sheet.called(row), model.cells[row].recipe, model.cells[row].called) for row in rows]
            self.output.save_sheet(self._document, tiles, "explorer")
