"""Level tool: a line along what is to be level or upright turns the picture until it is."""

from __future__ import annotations

from math import atan2, degrees

from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter

from editor.core.params import Angle
from editor.ui.tools.ground import distance
from editor.ui.tools.guides import GRID, paint_guide, paint_label, stroke_lines
from editor.ui.tools.tool import Tool
from editor.ui.viewport import Point, Viewport

SHORTEST = 12.0  # pixels of Qt; a shorter line says nothing of a direction


def lean(start: Point, end: Point) -> float:
    """By how many degrees a line leans, clockwise, from the nearer of level and upright: -45 to 45."""
    angle = degrees(atan2(end[1] - start[1], end[0] - start[0]))
    return (angle + 45) % 90 - 45


class LevelTool(Tool):
    """Draw a line. When it is let go the angle is set, and the tool is done."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start: Point | None = None
        self._end: Point = (0.0, 0.0)

    def cancel(self) -> bool:
        drawing, self._start = self._start is not None, None
        self.repaint.emit()
        return drawing

    def turned(self, start: Point, end: Point) -> float:
        """The angle after which the line from `start` to `end` of the shown picture is level or upright."""
        assert self.ground
        param = type(self.ground.edit).params()[self.ground.name]
        assert isinstance(param, Angle)
        angle = self.ground.value - lean(start, end)
        return float(round(min(max(angle, param.low), param.high), param.digits))

    def press(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or not self.ground:
            return False
        self._start = self._end = point
        return True

    def move(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        if self._start is not None:
            self._end = point
            self.repaint.emit()

    def release(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        start, self._start = self._start, None
        if start is None or not self.ground:
            return
        self.repaint.emit()
        if distance(start, point) * port.zoom >= SHORTEST * self.ratio:
            self.changed.emit(self.turned(start, point))
            self.settled.emit()
            self.ended.emit()

    def paint(self, painter: QPainter, port: Viewport) -> None:
        super().paint(painter, port)
        if not self.ground:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_beside(painter, port)
        x, y = port.corner
        room = QRectF(x, y, port.photo[0] * port.zoom, port.photo[1] * port.zoom)
        if self._start is None:
            paint_guide(painter, room, GRID, self.ratio)
            return
        a, b = (QPointF(x + p[0] * port.zoom, y + p[1] * port.zoom) for p in (self._start, self._end))
        stroke_lines(painter, [QLineF(a, b)], self.ratio, 2.2)
        stroke_lines(painter, _ends(QLineF(a, b), 7 * self.ratio), self.ratio, 2.2)
        if distance(self._start, self._end) * port.zoom >= SHORTEST * self.ratio:
            text = f"{self.turned(self._start, self._end):+.2f}°".replace("-", "−")
            canvas = QRectF(0, 0, *port.size)
            paint_label(painter, text, b + QPointF(0, -22 * self.ratio), canvas, self.ratio)


def _ends(line: QLineF, length: float) -> list[QLineF]:
    """A short cross line at each end."""
    if not line.length():
        return []
    across = line.normalVector().unitVector()
    way = QPointF(across.dx(), across.dy()) * (length / 2)
    return [QLineF(p - way, p + way) for p in (line.p1(), line.p2())]
