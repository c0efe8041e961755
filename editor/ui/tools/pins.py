"""Pins tool: points that are set on the photo one by one, such as on what is to be kept or dropped."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen

from editor.core.proof import SRGB_SCREEN, Screen
from editor.ui.theme import tokens
from editor.ui.tools.ground import Ground, distance
from editor.ui.tools.guides import chalk, ink
from editor.ui.tools.points import PointsTool
from editor.ui.viewport import Point, Viewport

STILL = 4.0  # pixels of Qt that the pointer may move during a click
HEAD, TAIL = 8.0, 20.0  # of a pin, in pixels of Qt: the radius of its head, and how far that is above the spot
_SETS = (Qt.Key.Key_Insert, Qt.Key.Key_N)


class PinsTool(PointsTool):
    """A click sets a pin, or takes away the one it is on; a pin is dragged to another place, more slowly with Shift.

    Tab goes from pin to pin, the arrow keys move one, Delete takes it away, and N or Insert sets one in the middle of
    what is seen.
    """

    def __init__(self, screen: Screen = SRGB_SCREEN, parent: QObject | None = None) -> None:
        super().__init__(screen, parent)
        self._from: Point | None = None  # where a button went down on a pin, which may yet be a click
        self._middle: Point = (0.0, 0.0)  # of what is seen

    def follow(self, ground: Ground) -> None:
        super().follow(ground)
        if self.chosen is not None and self.chosen >= len(self._places):  # it was taken back
            self.chosen = None

    # The pointer

    def _at(self, point: Point, port: Viewport) -> int | None:
        """The pin under the pointer: its spot, or its head above that."""
        assert self.ground
        if not self._points:
            return None
        spots, reach = self.ground.shown(np.array(self._points)), HEAD * 1.3 * self.ratio / port.zoom
        lift = TAIL * self.ratio / port.zoom
        away = [min(distance(point, (x, y)), distance(point, (x, y - lift))) for x, y in spots]
        best = int(np.argmin(away))
        return best if away[best] <= reach else None

    def _on_photo(self, point: Point) -> bool:
        assert self.ground
        (x, y), (width, height) = self.ground.on_photo(point), self.ground.photo.size
        return 0 <= x < width and 0 <= y < height

    @property
    def moving(self) -> bool:
        return super().moving and self._from is None

    def press(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or not self.ground:
            return False
        self._settle()
        index = self._at(point, port)
        self._from = None if index is None else point
        if index is None and self._set(point):
            index = len(self._places) - 1
        self.chosen = index
        self.repaint.emit()
        if index is None:
            return False
        self._dragging, self._last, self._spot = True, self.ground.at(point), self._points[index]
        return True

    def _set(self, point: Point) -> bool:
        """A new pin at a point of what is shown. False: there may be no more, or there is no photo."""
        assert self.ground
        if len(self._places) >= self._kind.most or not self._on_photo(point):
            return False
        (x, y), (width, height) = self.ground.at(point), self.ground.size
        return self._put([*self._places, (x / width, y / height)])

    def move(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        if self._from is not None and distance(self._from, point) * port.zoom < STILL * self.ratio:
            return
        self._from = None
        super().move(point, event, port)

    def release(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        if self._dragging and self._from is not None:
            self._take_away()
        self._from = None
        super().release(point, event, port)

    def _take_away(self) -> None:
        self._put([p for i, p in enumerate(self._places) if i != self.chosen])
        self.chosen = self._hover = None

    def cancel(self) -> bool:
        self._from = None
        if cancelled := super().cancel():
            self.chosen = None
        return cancelled

    def double_click(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        return True  # two clicks, the second of which has set or taken away nothing

    def cursor(self, point: Point | None, port: Viewport) -> Qt.CursorShape:
        if self.moving:
            return Qt.CursorShape.BlankCursor  # the loupe shows the spot
        over = point is not None and self.ground is not None and self._at(point, port) is not None
        return Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.CrossCursor

    # Keys

    def wants(self, event: QKeyEvent) -> bool:
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return (bare and event.key() in _SETS) or super().wants(event)

    def key(self, event: QKeyEvent) -> bool:
        if self.ground and event.key() in _SETS and self.wants(event):
            self._settle()
            if self._set(self._middle):
                self.chosen = len(self._places) - 1
                self.settled.emit()
            self.repaint.emit()
            return True
        return super().key(event)

    # Painting

    def paint_points(self, painter: QPainter, spots: list[QPointF], port: Viewport) -> None:
        self._middle = port.middle
        sign = self._kind.sign
        colour = QColor({"+": tokens().add, "-": tokens().remove}.get(sign, tokens().chalk))
        for index, spot in enumerate(spots):
            held = index == self.chosen
            size = self.ratio * (1.15 if index in (self._hover, self.chosen) else 1.0)
            head, radius = spot - QPointF(0, TAIL * size), HEAD * size
            pin = QPainterPath(spot)
            pin.lineTo(head + QPointF(-radius * 0.75, radius * 0.66))
            pin.lineTo(head + QPointF(radius * 0.75, radius * 0.66))
            pin.closeSubpath()
            pin.addEllipse(QRectF(head.x() - radius, head.y() - radius, 2 * radius, 2 * radius))
            pin.setFillRule(Qt.FillRule.WindingFill)
            painter.setPen(QPen(ink(0.55), 3 * self.ratio))
            painter.setBrush(colour)
            painter.drawPath(pin)
            painter.setPen(QPen(QColor(tokens().accent) if held else chalk(), 1.5 * self.ratio))
            painter.drawPath(pin.simplified())
            painter.setPen(QPen(ink(), 2 * self.ratio, c=Qt.PenCapStyle.FlatCap))
            arm = radius * 0.55
            if sign:
                painter.drawLine(QLineF(head - QPointF(arm, 0), head + QPointF(arm, 0)))
            if sign == "+":
                painter.drawLine(QLineF(head - QPointF(0, arm), head + QPointF(0, arm)))
