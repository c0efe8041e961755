"""Rectangle tool: draws a crop, pulls it about by its edges and corners, and shows what it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from PySide6.QtCore import QLineF, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen, QPolygonF

from editor.core.drawn import WHOLE
from editor.core.edit import Stage
from editor.ui.tools.boxes import (
    HANDLES,
    Box,
    Handle,
    drawn,
    in_fractions,
    in_pixels,
    inscribed,
    limited,
    limited_at_ratio,
    moved,
    on_pixels,
    pulled,
    shaped,
    whole,
)
from editor.ui.tools.ground import Ground, distance
from editor.ui.tools.guides import GRID, GUIDES, NONE, chalk, ink, paint_guide, paint_label, stroke_lines
from editor.ui.tools.proportion import Proportion
from editor.ui.tools.tool import Tool
from editor.ui.viewport import Point, Viewport

NEAR = 12.0  # pixels of Qt from an edge or a corner within which it is taken
SIGN = 18.0  # length of the marks at the corners
PAUSE = 700  # ms; nudges that follow each other faster are one step of undo
FAST = 10  # a nudge with Shift
_SHAPES = {
    (1, 1): Qt.CursorShape.SizeFDiagCursor, (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor, (1, 0): Qt.CursorShape.SizeHorCursor,
}  # fmt: skip
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


@dataclass(frozen=True)
class _Drag:
    """A drag as it began: of a handle, of the whole box ((0, 0)), or of a new one (None)."""

    handle: Handle | None
    start: Point
    box: Box
    good: Box  # the last that took effect as it was drawn


class RectangleTool(Tool):
    """Drag a handle, the inside to move it, the outside to draw anew; Shift keeps the ratio, Alt the middle.

    What is drawn is what takes effect: where the edit would shrink it, the drag stops.
    """

    guided = Signal(str)  # another of GUIDES is shown

    def __init__(self, proportion: Proportion, guide: str = GUIDES[0], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.proportion, self.guide = proportion, guide
        self.fine = False  # a fine grid, while the picture is being turned
        self._drag: _Drag | None = None
        self._own = False  # the change is the tool's
        self._drawn: Box | None = None  # the box before its proportion was chosen
        self._chosen: object = None  # and what it then became
        self._fineness = 1  # pixels of the picture that one of the screen stands for
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.settled)

    @property
    def dragging(self) -> bool:
        return self._drag is not None

    @property
    def box(self) -> Box:
        """The rectangle as it takes effect, in pixels of what it is a part of."""
        assert self.ground
        return in_pixels(self.ground.settled, self.ground.size)

    def follow(self, ground: Ground) -> None:
        before = self.ground
        super().follow(ground)
        known = self._own or not self._frames
        if not known and (before is None or whole(before.value, before.size) != whole(ground.value, ground.size)):
            self.proportion.suit(ground)

    def reshape(self) -> None:
        """The proportion was chosen anew: the rectangle takes it on at once, within what was drawn."""
        if self.ground and self._frames and (ratio := self._ratio(held=False)):
            kept = self._drawn if self._chosen == (self.ground.value, self.ground.size) else None
            self._drawn = kept or self.box
            self._put(inscribed(self._drawn, ratio), ratio)
            self._chosen = self.ground.value, self.ground.size
            self.settled.emit()
        self.repaint.emit()

    def cancel(self) -> bool:
        drag, self._drag = self._drag, None
        if drag:
            self._own = True
            self.gave_up.emit()
            self._own = False
            self.repaint.emit()
        return drag is not None

    # Values

    def _ratio(self, *, held: bool) -> float | None:
        """The ratio to keep: the proportion's, or with `held` that of the box as it was."""
        assert self.ground
        if self._frames and (ratio := self.proportion.ratio(self.ground.size, self.ground.photo.size)):
            return ratio
        box = self._drag.box if self._drag else self.box
        return box.width / box.height if held else None

    def _put(self, box: Box, ratio: float | None) -> None:
        """The box is the value from now on, as far as the edit takes it."""
        assert self.ground
        box = on_pixels(box, self.ground.size, ratio)
        if (settled := self.ground.settle(in_fractions(box, self.ground.size))) is not None:
            self._own = True
            self.changed.emit(settled)
            self._own = False

    def _fits(self, box: Box) -> bool:
        assert self.ground
        wanted = in_fractions(box, self.ground.size)
        settled = self.ground.settle(wanted)
        return settled is not None and bool(np.allclose(settled, wanted, atol=1e-9))

    # The pointer

    def _handle_at(self, point: Point, port: Viewport) -> Handle | None:
        """The handle under a point of what is shown; (0, 0) is the inside, None the outside."""
        assert self.ground
        if self._undrawn:
            return None
        at, box = self.ground.at(point), self.box
        near = NEAR * self.ratio / port.zoom / max(self.ground.magnified(at), 1e-9)
        for handle in HANDLES[:4]:
            if distance(at, box.spot(handle)) <= near * 1.3:
                return handle
        x, y = at
        for handle in HANDLES[4:]:
            spot = box.spot(handle)
            beside = abs(x - spot[0]) if handle[0] else abs(y - spot[1])
            along = box.y <= y <= box.bottom if handle[0] else box.x <= x <= box.right
            outwards = (x - spot[0]) * handle[0] + (y - spot[1]) * handle[1] > 0
            if along and beside <= (near if outwards else min(near, min(box.width, box.height) / 4)):
                return handle
        return (0, 0) if box.holds(at) else None

    @property
    def _frames(self) -> bool:
        """Whether it is the edge of the picture that is set, not a part of it."""
        assert self.ground
        return self.ground.edit.stage == Stage.FRAME

    @property
    def _undrawn(self) -> bool:
        """Whether there is nothing yet to be pulled or moved about."""
        return self.ground is not None and self.ground.value == WHOLE and not self._frames and self._drag is None

    def press(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or not self.ground:
            return False
        self._settle()
        self._drag = _Drag(self._handle_at(point, port), self.ground.at(point), self.box, self.box)
        self.repaint.emit()
        return True

    def move(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        drag, ground = self._drag, self.ground
        if drag is None or ground is None:
            return
        at = ground.at(point)
        keys = event.modifiers()
        centred = bool(keys & Qt.KeyboardModifier.AltModifier)
        ratio = self._ratio(held=bool(keys & Qt.KeyboardModifier.ShiftModifier))
        if drag.handle is None:
            if distance(drag.start, at) * port.zoom < 4 * self.ratio and drag.good == drag.box:
                return  # a click is no rectangle
            wanted = drawn(drag.start, at, ground.size, ratio, centred=centred)
        elif drag.handle == (0, 0):
            wanted = moved(drag.box, (at[0] - drag.start[0], at[1] - drag.start[1]), ground.size)
        else:
            spot = drag.box.spot(drag.handle)
            to = spot[0] + at[0] - drag.start[0], spot[1] + at[1] - drag.start[1]
            wanted = pulled(drag.box, drag.handle, to, ground.size, ratio, centred=centred)
        good = drag.good
        if drag.handle is None and good == drag.box:
            good = wanted if self._fits(wanted) else Box(*drag.start, 1.0, 1.0)
        stiff = ratio is not None and drag.handle != (0, 0)
        good = (limited_at_ratio if stiff else limited)(good, wanted, self._fits)
        self._drag = _Drag(drag.handle, drag.start, drag.box, good)
        self._put(good, ratio if stiff else good.width / good.height if drag.handle == (0, 0) else None)

    def release(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        if self._drag:
            self._drag = None
            self.settled.emit()
            self.repaint.emit()

    def double_click(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        self.cancel()
        self.ended.emit()
        return True

    def cursor(self, point: Point | None, port: Viewport) -> Qt.CursorShape:
        if point is None or not self.ground:
            return Qt.CursorShape.CrossCursor
        handle = self._drag.handle if self._drag else self._handle_at(point, port)
        if handle is None:
            return Qt.CursorShape.CrossCursor
        if handle == (0, 0):
            return Qt.CursorShape.SizeAllCursor
        middle, spot = self.ground.shown(np.array([self.box.middle, self.box.spot(handle)]))
        x, y = spot - middle  # as it is seen: the photo may be turned
        if all(handle):
            return _SHAPES[1, 1 if x * y >= 0 else -1]
        return _SHAPES[(1, 0) if abs(x) > abs(y) else (0, 1)]

    # Keys

    def wants(self, event: QKeyEvent) -> bool:
        keys = Qt.KeyboardModifier
        if event.key() in _ARROWS:
            return not event.modifiers() & (keys.ControlModifier | keys.MetaModifier)
        plain = not event.modifiers() & (keys.ControlModifier | keys.AltModifier | keys.MetaModifier)
        own = plain and self.ground is not None and self._frames and event.key() in (Qt.Key.Key_O, Qt.Key.Key_X)
        return own or super().wants(event)

    def key(self, event: QKeyEvent) -> bool:
        if not self.wants(event):
            return False
        if event.key() == Qt.Key.Key_O:
            self.guide = GUIDES[(GUIDES.index(self.guide) + 1) % len(GUIDES)]
            self.guided.emit(self.guide)
            self.repaint.emit()
        elif event.key() == Qt.Key.Key_X:
            self.turn()
        elif event.key() in _ARROWS:
            self._nudge(_ARROWS[Qt.Key(event.key())], event.modifiers())
        else:
            self._settle()
            return super().key(event)
        return True

    def turn(self) -> None:
        """Upright becomes lying, and the other way round."""
        if not self.ground:
            return
        box = self.box
        self.proportion.turn()
        ratio = self._ratio(held=False)
        self._put(shaped(box, ratio or box.height / box.width, self.ground.size), ratio)
        self.settled.emit()

    def _nudge(self, way: tuple[int, int], keys: Qt.KeyboardModifier) -> None:
        """By what is a pixel of the screen, a whole one of the picture at least; with Alt the far edges alone."""
        if not self.ground or self._drag:
            return
        step = self._fineness * (FAST if keys & Qt.KeyboardModifier.ShiftModifier else 1)
        box, by = self.box, (way[0] * step, way[1] * step)
        ratio = self._ratio(held=False)
        if keys & Qt.KeyboardModifier.AltModifier:
            corner = box.right + by[0], box.bottom + by[1]
            wanted = pulled(box, (abs(way[0]), abs(way[1])), corner, self.ground.size, ratio)
        else:
            wanted, ratio = moved(box, by, self.ground.size), box.width / box.height
        self._put(limited_at_ratio(box, wanted, self._fits), ratio)
        self._pause.start()

    def _settle(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.settled.emit()

    # Painting

    def paint(self, painter: QPainter, port: Viewport) -> None:
        super().paint(painter, port)
        if not self.ground:
            return
        self._fineness = max(1, ceil(1 / port.zoom))
        box = self.box
        corners = self.on_screen(np.array([box.spot(h) for h in HANDLES[:4]]), port)
        whole = self.on_screen(np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * self.ground.size, port)
        outside, inside = QPainterPath(), QPainterPath()
        outside.addPolygon(QPolygonF(whole))
        inside.addPolygon(QPolygonF(corners))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_beside(painter, port)
        painter.fillPath(outside.subtracted(inside), ink(0.45 if self._drag else 0.62))
        frame = QRectF(corners[0], corners[2]).normalized()
        upright = abs(corners[0].y() - corners[1].y()) < 1
        if upright:
            if self.fine:
                paint_guide(painter, frame, GRID, self.ratio)
            paint_guide(painter, frame, self.guide if self._frames else NONE, self.ratio)
        if not self._undrawn:
            self._paint_edge(painter, corners)
        if upright:
            room = frame.adjusted(4 * self.ratio, 4 * self.ratio, -4 * self.ratio, -4 * self.ratio)
            if self._drag and room.width() > 60 * self.ratio and room.height() > 24 * self.ratio:
                text = f"{round(box.width)} × {round(box.height)}"
                paint_label(painter, text, QPointF(frame.center().x(), frame.bottom()), room, self.ratio)

    def _paint_edge(self, painter: QPainter, corners: list[QPointF]) -> None:
        """The frame, marks at its corners and in the middle of its edges."""
        edges = [QLineF(a, b) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)]
        stroke_lines(painter, edges, self.ratio)
        marks = []
        for line in edges:
            part = min(SIGN * self.ratio / max(line.length(), 1e-6), 0.3)
            for start, end in ((0, part), (0.5 - part / 2, 0.5 + part / 2), (1 - part, 1)):
                marks.append(QLineF(line.pointAt(start), line.pointAt(end)))
        for colour, width in ((ink(0.4), 5), (chalk(), 3)):
            painter.setPen(QPen(colour, width * self.ratio, c=Qt.PenCapStyle.SquareCap))
            painter.drawLines(marks)
