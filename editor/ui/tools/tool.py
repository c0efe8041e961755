"""Tool: what the pointer does on the picture, in place of moving it about. The canvas hosts one at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPainter, QWheelEvent

from editor.ui.viewport import Point, Viewport


class Tool(QObject):
    """Base of all tools. Points are in pixels of the picture as it is shown at full size (framed, unrounded).

    `repaint` asks the canvas to paint anew. The canvas keeps the middle button and the space bar for panning, the
    wheel for zooming unless `wheel` takes it.
    """

    repaint = Signal()
    ended = Signal()  # the person is done with it: Enter, Escape, or what it was for has happened

    def paint(self, painter: QPainter, port: Viewport) -> None:
        """Paint over the picture; the painter measures in pixels of the screen, as `port` does."""

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
        """True: the key was for the tool."""
        return False

    def cursor(self, point: Point | None, port: Viewport) -> QCursor | Qt.CursorShape:
        """The pointer's shape over `point`."""
        return Qt.CursorShape.CrossCursor
