"""Tool: what the pointer does on the picture, in place of moving it about. The canvas hosts one at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPainter, QWheelEvent

from editor.ui.tools.ground import Ground
from editor.ui.tools.guides import paint_beside
from editor.ui.viewport import Point, Viewport


class Tool(QObject):
    """Base of all tools. Points are in pixels of the picture as it is shown at full size (framed, unrounded).

    `repaint` asks the canvas to paint anew. The canvas keeps the middle button and the space bar for panning, the
    wheel for zooming unless `wheel` takes it.
    """

    repaint = Signal()
    changed = Signal(object)  # another value
    settled = Signal()  # a run of changes is over: the next is another step of undo
    gave_up = Signal()  # a run of changes is to be as if it had never been
    ended = Signal()  # the person is done with it: Enter, Escape, or what it was for has happened

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ground: Ground | None = None
        self.ratio = 1.0  # pixels of the screen to one of Qt's, as of the last painting

    def follow(self, ground: Ground) -> None:
        """What it works on from now on; called again after each change of the recipe, its own ones included."""
        self.ground = ground
        self.repaint.emit()

    def cancel(self) -> bool:
        """Give up the drag that is under way. False: none was."""
        return False

    def wants(self, event: QKeyEvent) -> bool:
        """True: this key is the tool's, even if it is a command's otherwise."""
        return event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )

    def on_screen(self, points: NDArray[np.float64], port: Viewport) -> list[QPointF]:
        """Where points (n, 2) of the ground lie on the canvas, in pixels of the screen."""
        assert self.ground
        x, y = port.corner
        return [QPointF(x + a * port.zoom, y + b * port.zoom) for a, b in self.ground.shown(points)]

    def paint_beside(self, painter: QPainter, port: Viewport) -> None:
        """Cover what is shown of beside the photo: it is empty."""
        assert self.ground
        (width, height), (x, y) = self.ground.there.source, port.corner
        corners = self.ground.there.after(np.array([(0, 0), (width, 0), (width, height), (0, height)], float))
        right, bottom = x + port.photo[0] * port.zoom, y + port.photo[1] * port.zoom
        whole = [QPointF(x, y), QPointF(right, y), QPointF(right, bottom), QPointF(x, bottom)]
        paint_beside(painter, whole, [QPointF(x + a * port.zoom, y + b * port.zoom) for a, b in corners])

    def paint(self, painter: QPainter, port: Viewport) -> None:
        """Paint over the picture; the painter measures in pixels of the screen, as `port` does."""
        device = painter.device()
        self.ratio = device.devicePixelRatioF() if device else 1.0

    def press(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        """A button went down. True: it is the tool's, and so is what follows until `release`."""
        return False

    def move(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        """The pointer moved, with or without a button."""

    def release(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        """The button of `press` was let go."""

    def double_click(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        """True: it was for the tool, and is not to zoom."""
        return False

    def leave(self) -> None:
        """The pointer has left the canvas."""

    def wheel(self, event: QWheelEvent) -> bool:
        """True: the wheel was for the tool, and is not to zoom."""
        return False

    def key(self, event: QKeyEvent) -> bool:
        """True: the key was for the tool. Escape gives up a drag, or leaves the tool as Enter does."""
        if not Tool.wants(self, event):
            return False
        if event.key() != Qt.Key.Key_Escape or not self.cancel():
            self.ended.emit()
        return True

    def cursor(self, point: Point | None, port: Viewport) -> QCursor | Qt.CursorShape:
        """The pointer's shape over `point`."""
        return Qt.CursorShape.CrossCursor
