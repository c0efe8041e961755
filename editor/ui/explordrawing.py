"""Explorer drawing: has the pictures of variations made beside the window; only the newest wish counts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from editor.core.edit import Stage
from editor.core.engine import Engine, View
from editor.core.photo import Photo
from editor.core.proof import Screen
from editor.core.recipe import Recipe
from editor.core.variations import Exploration
from editor.ui.explorcells import Cell
from editor.ui.explorframe import Frame, around, cut
from editor.ui.explorsheet import ExplorerSheet
from editor.ui.renderer import Picture, Renderer, Request
from editor.ui.taskarea import TaskArea

STEPS = 12  # places before and after the present one whose pictures are kept up to date


class ExplorerDrawing(QObject):
    """A renderer of its own, which is made when the first picture is wanted, and the place in the task area."""

    rendered = Signal(object)  # Picture
    failed = Signal(str)
    resumed = Signal()  # a person wants to go on after all

    def __init__(self, engine: Engine, tasks: TaskArea, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._renderer: Renderer | None = None
        self._activity = tasks.add()
        self._activity.cancelled.connect(self._stop)
        self._activity.resumed.connect(self.resumed)
        self.frame = Frame()  # what is shown of each picture
        self._whole = 1, 1  # pixels of the picture
        self._framed: object = None  # what the frame was found for
        self._found = False
        self._here: Recipe | None = None  # of the product as it is now
        self._cut: Recipe | None = None  # what the last frame had cut off; it is not looked for twice

    @property
    def busy(self) -> bool:
        """Whether pictures are still to come."""
        return self._renderer is not None and self._renderer.busy

    def look(self, recipe: Recipe, photo: Photo) -> float:
        """The shape of all pictures, width by height: that of the product. Where the photo is framed anew, it is looked
        for again."""
        framed = photo, tuple(edit for edit in recipe.active if edit.stage in (Stage.FRAME, Stage.SCENE))
        if framed != self._framed:
            self._framed, self._found, self.frame, self._cut = framed, False, Frame(), None
            self._whole = recipe.size(photo.size)
        width, height = self.frame.size(self._whole)
        return width / height

    def draw(self, photo: Photo, sheet: ExplorerSheet, now: Exploration, screen: Screen) -> None:
        """Make what the sheet lacks, from the middle on; then what the path does."""
        grid, strip = (self.frame.view(self._whole, view.side) for view in (sheet.view, sheet.steps))
        rows = sorted(range(len(sheet.model.cells)), key=lambda row: abs(row - now.middle))
        self._here = sheet.model.cells[now.middle].recipe if sheet.model.cells else None
        there = {sheet.model.cells[row].recipe for row in rows}
        steps = sheet.path.cells[max(0, now.position - STEPS) : now.position + STEPS + 1] if there else ()
        wanted = [(sheet.model.cells[row], grid) for row in rows]
        wanted += [(step, strip) for step in steps if step.recipe not in there]
        lacking = [
            Request(photo, cell.recipe, view, screen, fine=True)
            for cell, view in wanted
            if not self._has(cell, photo, view, screen)
        ]
        if not lacking:
            self.cancel()
            return
        if self._renderer is None:
            renderer = self._renderer = Renderer(self._engine, self)
            renderer.rendered.connect(self._made)
            renderer.progressed.connect(self._activity.progress)
            renderer.failed.connect(self._failed)
            renderer.busy_changed.connect(self._busy_changed)
        self._renderer.ask(lacking)

    def cancel(self) -> None:
        """Nothing is wanted any more."""
        if self._renderer:
            self._renderer.cancel()
        self._activity.end()

    @Slot(object)
    def _made(self, picture: Picture) -> None:
        whole, before = picture.request.view.region is None, self.frame
        if whole and not self._found:
            self._found, self.frame = True, around(picture.pixels)
        elif not whole and self._cut != picture.request.recipe == self._here and cut(picture.pixels, self.frame):
            self._cut, self._found, self.frame = picture.request.recipe, False, Frame()
        changed, view = self.frame != before, picture.request.view
        if changed or view.region == self.frame.at(self._whole, view.scale):  # a late one would stay in the place of
            self.rendered.emit(picture)  # one that is framed as the others are
        if changed:
            self.resumed.emit()

    def close(self) -> None:
        """Returns when the thread has ended."""
        if self._renderer:
            self._renderer.close()

    @Slot(str)
    def _failed(self, reason: str) -> None:
        self._activity.end()
        self.failed.emit(reason)

    @Slot(bool)
    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._activity.begin(self.tr("Drawing variations"))
        else:
            self._activity.end()

    @Slot()
    def _stop(self) -> None:
        if self._renderer and self._renderer.busy:
            self._renderer.cancel()
            self._activity.offer(self.tr("Stopped: the variations are not up to date"), self.tr("Render again"))

    def _has(self, cell: Cell, photo: Photo, view: View, screen: Screen) -> bool:
        """Whether its picture is good enough: of this photo, up to date, framed so, and as sharp as it is shown."""
        if cell.picture is None or not cell.fresh:
            return False
        asked, (width, height) = cell.picture.request, self._whole
        framed = asked.view.region == self.frame.at((width, height), asked.view.scale)
        return asked.photo is photo and asked.screen == screen and framed and asked.view.scale >= 0.98 * view.scale
