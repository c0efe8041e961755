"""Points tool: drags points of the picture, such as the four corners of what is seen at an angle."""

from __future__ import annotations

from typing import cast

import numpy as np
from PySide6.QtCore import QLineF, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from editor.core.drawn import Place, Points
from editor.core.proof import SRGB_SCREEN, Screen
from editor.ui.theme import tokens
from editor.ui.tools.ground import distance
from editor.ui.tools.guides import chalk, ink, stroke_lines
from editor.ui.tools.loupe import paint_loupe
from editor.ui.tools.tool import Tool
from editor.ui.viewport import Point, Viewport

NEAR = 14.0  # pixels of Qt from a point within which it is taken
SLOW = 0.1  # of the pointer's way, with Shift
PAUSE = 700  # ms; nudges that follow each other faster are one step of undo
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_DELETES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class PointsTool(Tool):
    """Drag a point; Shift slows it down. A click on a line adds one, Delete takes one away, where the kind allows it.

    Tab goes from point to point and the arrow keys move it. Where the edit does not take them, points stay.
    """

    def __init__(self, screen: Screen = SRGB_SCREEN, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.screen = screen
        self.chosen: int | None = None
        self._dragging = False
        self._last: Point = (0.0, 0.0)  # where the pointer was
        self._spot: Point = (0.0, 0.0)  # and where it has brought the point, whether that is taken or not
        self._hover: int | None = None
        self._fineness = 1.0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.settled)

    @property
    def _kind(self) -> Points:
        assert self.ground
        return cast(Points, type(self.ground.edit).params()[self.ground.name])

    @property
    def _places(self) -> tuple[Place, ...]:
        assert self.ground
        return cast("tuple[Place, ...]", self.ground.value)

    @property
    def _points(self) -> list[Point]:
        assert self.ground
        width, height = self.ground.size
        return [(x * width, y * height) for x, y in self._places]

    def cancel(self) -> bool:
        dragging, self._dragging = self._dragging, False
        if dragging:
            self.gave_up.emit()
            self.repaint.emit()
        return dragging

    @property
    def moving(self) -> bool:
        """Whether a point is being dragged about."""
        return self._dragging

    def _put(self, places: list[Place]) -> bool:
        """Whether the edit takes these."""
        assert self.ground
        held = tuple((round(min(max(x, -1.0), 2.0), 6), round(min(max(y, -1.0), 2.0), 6)) for x, y in places)
        if self.ground.with_value(held) is None:
            return False
        self.changed.emit(held)
        return True

    def _bring(self, index: int, to: Point) -> bool:
        assert self.ground
        width, height = self.ground.size
        places = list(self._places)
        places[index] = to[0] / width, to[1] / height
        return self._put(places)

    # The pointer

    def _near(self, point: Point, port: Viewport) -> float:
        assert self.ground
        return NEAR * self.ratio / port.zoom / max(self.ground.magnified(self.ground.at(point)), 1e-9)

    def _at(self, point: Point, port: Viewport) -> int | None:
        """The point under the pointer."""
        assert self.ground
        at = self.ground.at(point)
        away = [distance(at, p) for p in self._points]
        best = int(np.argmin(away))
        return best if away[best] <= self._near(point, port) else None

    def _line_at(self, point: Point, port: Viewport) -> int | None:
        """The line under the pointer, by the point that it starts from."""
        assert self.ground
        at, points = QPointF(*self.ground.at(point)), self._points
        for index, (a, b) in enumerate(zip(points, [*points[1:], points[0]], strict=True)):
            line = QLineF(QPointF(*a), QPointF(*b))
            if not line.length():
                continue
            way = QPointF(line.dx(), line.dy()) / line.length()
            along = QPointF.dotProduct(at - line.p1(), way)
            if 0 <= along <= line.length() and QLineF(line.p1() + way * along, at).length() <= self._near(point, port):
                return index
        return None

    def press(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or not self.ground:
            return False
        self._settle()
        index = self._at(point, port)
        if index is None and len(self._places) < self._kind.most and (line := self._line_at(point, port)) is not None:
            places, (x, y), (width, height) = list(self._places), self.ground.at(point), self.ground.size
            places.insert(line + 1, (x / width, y / height))
            index = line + 1 if self._put(places) else None
        self.chosen = index
        self.repaint.emit()
        if index is None:
            return False
        self._dragging, self._last, self._spot = True, self.ground.at(point), self._points[index]
        return True

    def move(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        if not self.ground:
            return
        if not self._dragging or self.chosen is None:
            if (hover := self._at(point, port)) != self._hover:
                self._hover = hover
                self.repaint.emit()
            return
        at = self.ground.at(point)
        pace = SLOW if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        by = (at[0] - self._last[0]) * pace, (at[1] - self._last[1]) * pace
        self._last, self._spot = at, (self._spot[0] + by[0], self._spot[1] + by[1])
        self._bring(self.chosen, self._spot)
        self.repaint.emit()

    def release(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        if self._dragging:
            self._dragging = False
            self.settled.emit()
            self.repaint.emit()

    def double_click(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        if self.ground and self._at(point, port) is not None:
            return False
        self.cancel()
        self.ended.emit()
        return True

    def cursor(self, point: Point | None, port: Viewport) -> Qt.CursorShape:
        over = point is not None and self.ground is not None and self._at(point, port) is not None
        if self._dragging:
            return Qt.CursorShape.BlankCursor  # the loupe shows the spot
        return Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor

    # Keys

    def wants(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier):
            return False
        chosen = self.chosen is not None and (event.key() in _ARROWS or event.key() in _DELETES)
        return chosen or self._next(event) is not None or super().wants(event)

    def _next(self, event: QKeyEvent) -> int | None:
        """The point that Tab leads to; after the last one it leads to the next widget."""
        if event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return None
        count = len(self._places)
        if event.key() == Qt.Key.Key_Tab:
            there = 0 if self.chosen is None else self.chosen + 1
        else:
            there = count - 1 if self.chosen is None else self.chosen - 1
        return there if 0 <= there < count else None

    def key(self, event: QKeyEvent) -> bool:
        if not self.ground or not self.wants(event):
            return False
        count, key = len(self._places), Qt.Key(event.key())
        if (there := self._next(event)) is not None:
            self.chosen = there
        elif key in _ARROWS and self.chosen is not None:
            fast = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            way = np.array(_ARROWS[key]) * fast * self._fineness
            x, y = self.ground.shown(np.array([self._points[self.chosen]]))[0] + way
            self._bring(self.chosen, self.ground.at((float(x), float(y))))
            self._pause.start()
        elif key in _DELETES and self.chosen is not None:
            if count > self._kind.fewest:
                self._put([p for i, p in enumerate(self._places) if i != self.chosen])
                self.settled.emit()
                self.chosen = None
        else:
            self._settle()
            return super().key(event)
        self.repaint.emit()
        return True

    def _settle(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.settled.emit()

    # Painting

    def paint(self, painter: QPainter, port: Viewport) -> None:
        super().paint(painter, port)
        if not self.ground:
            return
        self._fineness = max(1.0, 1 / port.zoom)
        spots = self.on_screen(np.array(self._points).reshape(-1, 2), port)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_points(painter, spots, port)
        if self.moving and self.chosen is not None:
            point = self._points[self.chosen]
            shown = self.ground.shown(np.array([point]))[0]
            on_photo = self.ground.on_photo((float(shown[0]), float(shown[1])))
            paint_loupe(painter, self.ground, on_photo, spots[self.chosen], port, self.ratio, self.screen)

    def paint_points(self, painter: QPainter, spots: list[QPointF], port: Viewport) -> None:
        """The points themselves, which lie at `spots` of the screen."""
        if len(spots) > 1:
            ends = zip(spots, [*spots[1:], spots[0]], strict=True)
            stroke_lines(painter, [QLineF(a, b) for a, b in ends], self.ratio, 1.8)
        for index, spot in enumerate(spots):
            held, radius = index == self.chosen, (7 if index in (self._hover, self.chosen) else 5.5) * self.ratio
            painter.setBrush(ink(0.25))
            for colour, width in ((ink(0.5), 4), (QColor(tokens().accent) if held else chalk(), 2)):
                painter.setPen(QPen(colour, width * self.ratio))
                painter.drawEllipse(spot, radius, radius)
