"""Preview: keeps the canvas up with the document, and says so where it cannot."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from editor.core.document import Document
from editor.core.edit import kind_of
from editor.core.engine import Engine
from editor.core.proof import SRGB_SCREEN, Screen
from editor.core.recipe import Recipe
from editor.ui.activity import Activity
from editor.ui.canvas import Canvas
from editor.ui.pace import Pace
from editor.ui.renderer import Picture, Renderer, Request
from editor.ui.tools.ground import overlaid, staged


class Preview(QObject):
    """Between document, canvas and renderer. `activity` shows the work, its Cancel, and how to go on after it."""

    found = Signal(object, object)  # what the edits found out about the photo, and what has come of it, by `Edit.key`
    failed = Signal(str)
    rendered = Signal()

    def __init__(self, engine: Engine, canvas: Canvas, activity: Activity, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._canvas, self._activity = engine, canvas, activity
        self._document: Document | None = None
        self._staged: tuple[tuple[str, str], str] | None = None
        self._tried: Recipe | None = None
        self._sketching = False
        self.overlay = False  # it is shown on the photo where the product is
        self._screen, self._marks = SRGB_SCREEN, (False, False)
        self._pace = Pace()
        self.renderer = Renderer(engine, self)
        self.renderer.rendered.connect(self._rendered)
        self.renderer.overran.connect(self._overran)
        self.renderer.progressed.connect(activity.progress)
        self.renderer.failed.connect(self._failed)
        self.renderer.busy_changed.connect(self._busy_changed)
        activity.cancelled.connect(self.stop)
        activity.resumed.connect(self.refresh)
        canvas.moved.connect(self.refresh)

    @property
    def recipe(self) -> Recipe:
        """What is cooked for the canvas: the document's recipe, or that with an edit as it is shown while it is set, or
        that with the product marked on the photo."""
        recipe = staged(self.plain, *self._staged) if self._staged else self.plain
        return overlaid(recipe) if self.overlay else recipe

    @property
    def marking(self) -> bool:
        """Whether what is being set on the picture is set on it with the product marked anyway."""
        if self._staged is None:
            return False
        (kind, called), name = self._staged
        edit = kind_of(kind)(name=called)
        return edit != edit.overlaid() == edit.staged(name)

    @property
    def plain(self) -> Recipe:
        """The recipe by itself, whatever is shown of it meanwhile."""
        return self._tried or (self._document.recipe if self._document else Recipe())

    def follow(self, document: Document | None) -> None:
        """Show another document, or none."""
        self.renderer.cancel()
        self._activity.end()
        if self._document:
            self._engine.forget(self._document.photo)
        self._document, self._staged, self._tried, self._sketching = document, None, None, False
        self._canvas.open(document.photo if document else None, self.recipe)
        self.refresh()

    @property
    def sketching(self) -> bool:
        """Whether the canvas shows a photo that is still being opened, and nothing of the document."""
        return self._sketching

    def sketch(self, size: tuple[int, int], pixels: QImage) -> None:
        """Show a photo of `size` that is being opened, until `follow` or `unsketch`."""
        self.renderer.cancel()
        self._activity.end()
        self._sketching = True
        self._canvas.sketch(size, pixels)

    def unsketch(self) -> None:
        """It will not be opened after all: back to the document."""
        if self._sketching:
            self._sketching = False
            self._canvas.open(None)
            self._canvas.open(self._document.photo if self._document else None, self.recipe)
            self.refresh()

    def show_staged(self, key: tuple[str, str] | None, name: str = "") -> None:
        """Show the edit `key` as it says itself while its parameter `name` is being set on the picture; None: no more.

        Until it is in the recipe, nothing changes.
        """
        self._staged = (key, name) if key else None
        self.refresh()

    def show_overlay(self, on: bool) -> None:
        """Show on the photo where the product is, whatever becomes of it afterwards, or no more."""
        self.overlay = on
        self.refresh()

    def try_on(self, recipe: Recipe | None) -> None:
        """Show the photo as it would be with `recipe`; the document stays as it is. None: no more."""
        if recipe != self._tried:
            self._tried = recipe
            self.refresh()

    def show_on(self, screen: Screen) -> None:
        """Show it in the colours of another screen, or as a proof."""
        self._screen = screen
        self.refresh()

    def mark_clipped(self, *, shadows: bool, highlights: bool) -> None:
        """Mark the pixels that are clipped, or no more."""
        self._marks = shadows, highlights
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Bring the canvas up to date."""
        if not self._document or self._sketching:
            return
        recipe, (shadows, highlights) = self.recipe, self._marks
        screen = replace(self._screen, shadows=shadows, highlights=highlights)
        self._canvas.want(recipe, framed_only(recipe), screen)
        if lacking := self._canvas.lacking(self._pace, self.renderer.pending):
            self.renderer.ask(lacking)
        else:
            self.renderer.cancel()
            self._activity.end()
            there = self._canvas.shown
            if there and there.edits == recipe.active:  # cooked before: what was found then is to be told again
                self.found.emit(there.facts, there.readings)

    @Slot()
    def stop(self) -> None:
        """Stop cooking; the last good picture stays."""
        if self.renderer.busy:
            self.renderer.cancel()
            self._offer(self.tr("Stopped: the picture is not up to date"))

    def close(self) -> None:
        """Returns when the renderer's thread has ended."""
        self.renderer.close()

    def _offer(self, text: str) -> None:
        self._activity.offer(text, self.tr("Render again"))

    @Slot(object)
    def _rendered(self, picture: Picture) -> None:
        region = picture.region
        self._pace.learn(picture.edits, picture.request.view, region.width * region.height, picture.seconds)
        self._canvas.put(picture)
        if self._document and picture.request.photo is self._document.photo:
            self.found.emit(picture.facts, picture.readings)
            self.rendered.emit()

    @Slot(object, float)
    def _overran(self, request: Request, seconds: float) -> None:
        region = request.view.region
        width, height = request.recipe.size(request.photo.size)
        pixels = region.width * region.height if region else round(width * height * request.view.scale**2)
        self._pace.overran(request.recipe.active, request.view, pixels, seconds)

    @Slot(str)
    def _failed(self, reason: str) -> None:
        self._offer(self.tr("The picture is not up to date"))
        self.failed.emit(reason)

    @Slot(bool)
    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._activity.begin(self.tr("Rendering"))
        else:
            self._activity.end()


def framed_only(recipe: Recipe) -> Recipe:
    """The photo before its edits, but framed as with them, so that the two lie upon each other."""
    kept = (edit.before() for edit in recipe.edits)
    return Recipe(tuple(edit for edit in kept if edit is not None), recipe.off)
