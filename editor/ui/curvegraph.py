"""Curve graph: curves over a grid, dark tones left and light ones right, whose points are pulled by mouse or keys."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from editor.core.curve import STRAIGHT, Knots, added, line, moved, without
from editor.ui import curvepainting
from editor.ui.numbers import steps_of

SIDE, MARGIN = 278, 7  # pixels; a point in a corner is to be seen as a whole
NEAR = 11  # pixels from a point, or from the curve, at which it is meant
AWAY = 26  # pixels outside, where a point is let go of
LEVEL = 1 / 255  # a step of the arrow keys
PAUSE = 700  # ms; keys that follow each other faster are one step of undo

_KEYS, _SHAPES = Qt.Key, Qt.CursorShape
_ARROWS = {_KEYS.Key_Left: (-1, 0), _KEYS.Key_Right: (1, 0), _KEYS.Key_Up: (0, 1), _KEYS.Key_Down: (0, -1)}
_CHOOSE = {_KEYS.Key_PageUp: -1, _KEYS.Key_PageDown: 1}
_ENDS = {_KEYS.Key_Home: 0, _KEYS.Key_End: -1}
_DROP = {_KEYS.Key_Delete, _KEYS.Key_Backspace}


class CurveGraph(QWidget):
    """One curve to be bent, and thin behind it the others that are bent already.

    A press on the curve makes a point, a double click takes one away, and so does pulling it far outside. The arrow
    keys move the chosen point by a level of 255, with Shift by ten and with Ctrl by a tenth; Page Up and Page Down
    choose the next, Home and End the ends, Insert makes one and Delete takes it away.
    """

    changed = Signal(object)  # the curve that is being bent
    settled = Signal()  # a run of changes is over
    told = Signal()  # another point is chosen, or the chosen one has moved

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.channels: list[str] = []
        self.curves: list[Knots] = []
        self.at = 0  # which is being bent
        self.chosen = -1  # which of its points; -1: none
        self._pulled: Knots | None = None  # the curve as it was when a point was taken
        self._taken = -1  # which point that was
        self._grip = QPointF()  # from the point to where it was taken
        self._fresh = False  # the last press has made a point
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.settled)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(SIDE // 2, SIDE)

    # What it shows

    def add(self, channel: str) -> None:
        """One more curve: "red", "green", "blue", or empty for what goes for all."""
        self.channels.append(channel)
        self.curves.append(STRAIGHT)

    @property
    def knots(self) -> Knots:
        """The curve that is being bent."""
        return self.curves[self.at]

    @property
    def point(self) -> tuple[float, float] | None:
        """The chosen one."""
        return self.knots[self.chosen] if 0 <= self.chosen < len(self.knots) else None

    def show_curve(self, number: int, knots: Knots) -> None:
        """Follow the document; says nothing but `told`."""
        self.curves[number] = knots
        if number == self.at and self.chosen >= len(knots):
            self.chosen = -1
        self._tell()

    def bend(self, number: int) -> None:
        """Another curve is to be bent."""
        self.settle()
        self.at, self._pulled, self.chosen = number, None, -1
        self._tell()

    def _tell(self) -> None:
        self.told.emit()
        self.update()

    def settle(self) -> None:
        """What keys or numbers have done is a step."""
        if self._pause.isActive():
            self._pause.stop()
            self.settled.emit()

    # What is done to the curve

    def move_to(self, x: float, y: float) -> None:
        """The chosen point, as far as its neighbours let it; one step with what follows soon."""
        if self.point is not None:
            self._set(moved(self.knots, self.chosen, x, y), self.chosen)
            self._pause.start()

    def drop(self) -> None:
        """Take the chosen point away; an end goes back into its corner."""
        if self.point is not None:
            self.settle()
            made = without(self.knots, self.chosen)
            self._set(made, self.chosen if len(made) == len(self.knots) else -1)
            self.settled.emit()

    def insert(self) -> None:
        """Make a point on the curve, midway to the next."""
        here = min(max(self.chosen, 0), len(self.knots) - 2)
        x = (self.knots[here][0] + self.knots[here + 1][0]) / 2
        made, number = added(self.knots, x, float(line(self.knots)(np.array(x))))
        if number >= 0:
            self.settle()
            self._set(made, number)
            self.settled.emit()

    def straighten(self) -> None:
        """As it was at first."""
        self.settle()
        self._set(STRAIGHT, -1)
        self.settled.emit()

    def _set(self, knots: Knots, chosen: int) -> None:
        self.chosen = chosen
        if knots != self.knots:
            self.curves[self.at] = knots
            self.changed.emit(knots)
        self._tell()

    # The mouse

    @property
    def box(self) -> QRectF:
        """Where 0..1 lies, in pixels."""
        side = min(self.width(), self.height()) - 2 * MARGIN
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def place(self, x: float, y: float) -> QPointF:
        """Where a tone x that becomes y is, in pixels."""
        box = self.box
        return QPointF(box.left() + x * box.width(), box.bottom() - y * box.height())

    def _tone(self, place: QPointF) -> tuple[float, float]:
        box = self.box
        return (place.x() - box.left()) / box.width(), (box.bottom() - place.y()) / box.height()

    def _under(self, place: QPointF) -> int:
        """The point at a place, or -1."""
        here = self._tone(place)
        far = [np.hypot(x - here[0], y - here[1]) * self.box.width() for x, y in self.knots]
        nearest = int(np.argmin(far))
        return nearest if far[nearest] <= NEAR else -1

    def _on_curve(self, place: QPointF) -> tuple[float, float] | None:
        """The tone at a place and what becomes of it, if the curve goes by there."""
        x, y = self._tone(place)
        tones = np.linspace(0, 1, 256)
        made = line(self.knots)(tones).clip(0, 1)
        far = np.hypot(tones - x, made - y) * self.box.width()
        nearest = int(np.argmin(far))
        return (float(tones[nearest]), float(made[nearest])) if far[nearest] <= NEAR else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.settle()
        made, number = self.knots, self._under(event.position())
        self._fresh = False
        if number < 0 and (tone := self._on_curve(event.position())):
            made, number = added(made, *tone)
            self._fresh = number >= 0
        self._set(made, number)
        if number >= 0:
            self._pulled, self._taken = made, number
            self._grip = event.position() - self.place(*made[number])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pulled is None:
            on = self._under(place) >= 0
            self.setCursor(
                _SHAPES.SizeAllCursor if on else _SHAPES.CrossCursor if self._on_curve(place) else _SHAPES.ArrowCursor
            )
            return
        inner = 0 < self._taken < len(self._pulled) - 1
        if inner and not self.box.adjusted(-AWAY, -AWAY, AWAY, AWAY).contains(place):
            self._set(without(self._pulled, self._taken), -1)
        else:
            self._set(moved(self._pulled, self._taken, *self._tone(place - self._grip)), self._taken)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pulled is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pulled = None
            self.settled.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """It takes a point away that was there before its first click."""
        if event.button() == Qt.MouseButton.LeftButton and not self._fresh:
            self.drop()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Its keys are commands of the window elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._meant(event):
            event.accept()
            return True
        return super().event(event)

    def _meant(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ARROWS:
            return held in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.ControlModifier,
            )
        return not held and event.key() in {*_CHOOSE, *_ENDS, *_DROP, _KEYS.Key_Insert}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._meant(event):
            super().keyPressEvent(event)
            return
        key, last = Qt.Key(event.key()), len(self.knots) - 1
        if key in _DROP:
            self.drop()
        elif key == _KEYS.Key_Insert:
            self.insert()
        elif key in _ENDS:
            self._choose(_ENDS[key] % (last + 1))
        elif self.point is None:
            self._choose(0)
        elif key in _CHOOSE:
            self._choose(min(max(self.chosen + _CHOOSE[key], 0), last))
        else:
            across, up = (LEVEL * steps_of(event.modifiers()) * way for way in _ARROWS[key])
            self.move_to(self.point[0] + across, self.point[1] + up)

    def _choose(self, number: int) -> None:
        self.settle()
        self._set(self.knots, number)

    def paintEvent(self, event: QPaintEvent) -> None:
        curvepainting.paint(self)
