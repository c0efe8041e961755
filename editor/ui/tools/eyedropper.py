"""Eyedropper: takes a colour from the photo, as it was before any edit."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter

from editor.core.colourtext import shown_as
from editor.core.proof import SRGB_SCREEN, Screen
from editor.ui.tools.loupe import mean_colour, paint_loupe
from editor.ui.tools.tool import Tool
from editor.ui.viewport import Point, Viewport


class EyedropperTool(Tool):
    """Press on a colour; it follows the pointer until it is let go, and the tool is done. With Shift it stays."""

    def __init__(self, screen: Screen = SRGB_SCREEN, parent: QObject | None = None, *, wide: bool = False) -> None:
        """A `wide` one takes colours outside sRGB as they are."""
        super().__init__(parent)
        self.screen, self._wide = screen, wide
        self._at: Point | None = None  # of the shown picture
        self._picking = False

    def cancel(self) -> bool:
        picking, self._picking = self._picking, False
        if picking:
            self.gave_up.emit()
        return picking

    def colour_at(self, point: Point) -> str | None:
        """The colour under a point of the shown picture; None beside the photo."""
        return mean_colour(self.ground, self.ground.on_photo(point), wide=self._wide) if self.ground else None

    def press(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or self.colour_at(point) is None:
            return False
        self._picking = True
        self.move(point, event, port)
        return True

    def move(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        self._at = point
        if self._picking and (colour := self.colour_at(point)):
            self.changed.emit(colour)
        self.repaint.emit()

    def release(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        if self._picking:
            self._picking = False
            self.settled.emit()
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.ended.emit()

    def leave(self) -> None:
        self._at = None
        self.repaint.emit()

    def paint(self, painter: QPainter, port: Viewport) -> None:
        super().paint(painter, port)
        if self._at is None or not self.ground or (colour := self.colour_at(self._at)) is None:
            return
        x, y = port.corner
        at = QPointF(x + self._at[0] * port.zoom, y + self._at[1] * port.zoom)
        spot = self.ground.on_photo(self._at)
        paint_loupe(painter, self.ground, spot, at, port, self.ratio, self.screen, colour, shown_as(colour))
