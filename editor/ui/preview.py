"""Preview: keeps the canvas up with the document, and says so where it cannot."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from editor.core.document import Document
from editor.core.engine import Engine
from editor.core.proof import SRGB_SCREEN, Screen
from editor.core.recipe import Recipe
from editor.ui.canvas import Canvas
from editor.ui.renderer import Picture, Renderer
from editor.ui.status import Activity


class Preview(QObject):
    """Between document, canvas and renderer. `activity` shows the work, its Cancel, and how to go on after it."""

    found = Signal(object)  # what the edits found out about the photo, by `Edit.key`
    failed = Signal(str)
    rendered = Signal()

    def __init__(self, engine: Engine, canvas: Canvas, activity: Activity, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._canvas, self._activity = engine, canvas, activity
        self._document: Document | None = None
        self._before = False
        self._sketching = False
        self._screen = SRGB_SCREEN
        self.renderer = Renderer(engine, self)
        self.renderer.rendered.connect(self._rendered)
        self.renderer.progressed.connect(activity.progress)
        self.renderer.failed.connect(self._failed)
        self.renderer.busy_changed.connect(self._busy_changed)
        activity.cancelled.connect(self.stop)
        activity.resumed.connect(self.refresh)
        canvas.moved.connect(self.refresh)

    def follow(self, document: Document | None) -> None:
        """Show another document, or none."""
        self.renderer.cancel()
        self._activity.end()
        if self._document:
            self._engine.forget(self._document.photo)
        self._document, self._before, self._sketching = document, False, False
        self._canvas.open(document.photo if document else None)
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
            self._sketching, self._before = False, False
            self._canvas.open(None)
            self._canvas.open(self._document.photo if self._document else None)
            self.refresh()

    def show_before(self, before: bool) -> None:
        """Show the photo as it was opened, or as it is edited."""
        self._before = before
        self.refresh()

    def show_on(self, screen: Screen) -> None:
        """Show it in the colours of another screen, or as a proof."""
        self._screen = screen
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Bring the canvas up to date."""
        if not self._document or self._sketching:
            return
        recipe = Recipe() if self._before else self._document.recipe
        if self._canvas.want(recipe.active, before=self._before, screen=self._screen):
            self.renderer.cancel()
            self._activity.end()
        else:
            self.renderer.request(self._document.photo, recipe, self._canvas.port.view, self._screen)

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
        self._canvas.put(picture)
        if self._document and picture.request.photo is self._document.photo:
            self.found.emit(picture.facts)
            self.rendered.emit()

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
