"""Brush tool: paints strokes on the picture, or takes away what earlier ones covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, cast

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent

from editor.core.brush import coverage, marked, simplified
from editor.core.drawn import Place, Stroke
from editor.core.warp import Warp
from editor.ui.tools.brushpainting import CLEARS, ERASES, PLAIN, look_of, paint_brush, veil
from editor.ui.tools.ground import distance
from editor.ui.tools.tool import Tool
from editor.ui.viewport import Point, Viewport

SMALLEST, LARGEST = 0.001, 1.0  # of the photo's longer side
GROWTH = 1.15  # of the size, by a key or a notch of the wheel
HARDER = 0.1
NOTCH = 120
STRAIGHT = 0.03  # of the brush's radius: how far a stroke may be off the pointer's way once it is simplified
STEPS = 0.8  # pixels of the screen that it may be off in any case: a pointer goes from one to the next
DIGITS = 5  # after the point, of fractions
SOME = 12  # strokes whose veil is worked out in one go
_LARGER = {"[": 1 / GROWTH, "]": GROWTH}
_HARDER = {"{": -HARDER, "}": HARDER}


class Brush(QObject):
    """How the next stroke is made. It is the person's, not the document's. `changed` comes with each change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.size, self.hardness, self.erase = 0.05, 0.5, False
        self.mark = ""  # what was last chosen of the marks of a kind that has several
        self.overlay = False  # what is covered is shown, also while nothing is painted

    def among(self, marks: Sequence[str]) -> str:
        """Which of `marks` is painted; the first one, where another kind's was chosen last."""
        return self.mark if self.mark in marks else marks[0] if marks else ""

    def set(
        self, *, size: float | None = None, hardness: float | None = None, erase: bool | None = None,
        mark: str | None = None, overlay: bool | None = None,
    ) -> None:  # fmt: skip
        """Change some of it; sizes and hardnesses that there are not become the nearest there is."""
        was = self.size, self.hardness, self.erase, self.mark, self.overlay
        if size is not None:
            self.size = round(min(max(size, SMALLEST), LARGEST), DIGITS)
        if hardness is not None:
            self.hardness = round(min(max(hardness, 0.0), 1.0), 3)
        self.erase = self.erase if erase is None else erase
        self.mark = self.mark if mark is None else mark
        self.overlay = self.overlay if overlay is None else overlay
        if was != (self.size, self.hardness, self.erase, self.mark, self.overlay):
            self.changed.emit()


class _Part(NamedTuple):
    """The part of the picture that the overlay covers, for `coverage`."""

    size: tuple[int, int]
    scale: float
    origin: tuple[int, int]
    warp: Warp


class BrushTool(Tool):
    """Paint; Alt erases, Shift and a click draws on from the last stroke's end. [ and ] for the size, with Shift for
    the hardness, Ctrl and the wheel as well; E erases until it is pressed again, O shows what is covered.

    Of several marks, X changes between the first two, as Alt does while it is held, and Shift X goes on to the next.
    """

    def __init__(self, brush: Brush, marks: tuple[str, ...] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.brush, self.marks = brush, marks
        brush.changed.connect(self.repaint)
        self._at: Point | None = None  # the pointer, on the shown picture
        self._way: list[Point] = []  # it has gone while painting, in pixels of the ground
        self._painted: tuple[Stroke, ...] = ()  # before the stroke that is being made
        self._mark: str | None = ""  # of the stroke that is being made; None: it erases
        self._alt = False
        self._turned = 0
        self._part: _Part | None = None  # that the veil is over, and of how many strokes it is
        self._veiled = 0

    @property
    def painting(self) -> bool:
        return bool(self._way)

    def cancel(self) -> bool:
        painting, self._way = self.painting, []
        if painting:
            self.gave_up.emit()
            self.repaint.emit()
        return painting

    @property
    def _radius(self) -> float:
        """Of the brush, in pixels of the ground."""
        assert self.ground
        return self.brush.size / 2 * max(self.ground.size)

    def _stroke(self, fineness: float) -> Stroke:
        """The stroke as far as it has come, without the points that make no difference."""
        assert self.ground
        size = np.array(self.ground.size, float)
        way = simplified(np.array(self._way), max(STRAIGHT * self._radius, STEPS * fineness))
        points = np.clip(np.round(way / size, DIGITS), -1, 2)
        places = [(float(x), float(y)) for x, y in points]
        kept: list[Place] = [p for i, p in enumerate(places) if not i or p != places[i - 1]]
        stroke = Stroke(tuple(kept), self.brush.size, self.brush.hardness, mark=self._mark or "")
        return stroke if self._mark is not None else replace(stroke, erase=True)

    def _other(self, mark: str) -> str:
        """Of the first two marks the other one; the first for a third."""
        return self.marks[1] if mark == self.marks[0] else self.marks[0]

    def _paints(self, *, held: bool) -> str | None:
        """The mark that is painted, with Alt `held` or not; None: it erases."""
        mark = self.brush.among(self.marks)
        if held and not self.brush.erase and mark in self.marks[:2] and len(self.marks) > 1:
            return self._other(mark)
        return None if self.brush.erase != held else mark

    # The pointer

    def press(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or not self.ground:
            return False
        keys, at = event.modifiers(), self.ground.at(point)
        self._at = point
        self._painted = cast("tuple[Stroke, ...]", self.ground.value)
        self._mark = self._paints(held=bool(keys & Qt.KeyboardModifier.AltModifier))
        self._way = [at]
        if keys & Qt.KeyboardModifier.ShiftModifier and self._painted:
            (x, y), (width, height) = self._painted[-1].points[-1], self.ground.size
            self._way.insert(0, (x * width, y * height))
        self._paint_on(port)
        return True

    def move(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        self._at = point
        self._alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self.ground and self.painting:
            at = self.ground.at(point)
            if distance(at, self._way[-1]) * port.zoom >= 1:
                self._way.append(at)
                self._paint_on(port)
        self.repaint.emit()

    def _paint_on(self, port: Viewport) -> None:
        self.changed.emit((*self._painted, self._stroke(1 / port.zoom)))

    def release(self, point: Point, event: QMouseEvent, port: Viewport) -> None:
        if self.painting:
            self._way = []
            self.settled.emit()
            self.repaint.emit()

    def leave(self) -> None:
        self._at = None
        self.repaint.emit()

    def wheel(self, event: QWheelEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self._turned += event.angleDelta().y()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        self.brush.set(size=self.brush.size * GROWTH**notches)
        return True

    def cursor(self, point: Point | None, port: Viewport) -> Qt.CursorShape:
        return Qt.CursorShape.BlankCursor  # the circle is the pointer

    # Keys

    def wants(self, event: QKeyEvent) -> bool:
        bare = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        )
        letters = (Qt.Key.Key_E, Qt.Key.Key_O, *([Qt.Key.Key_X] if len(self.marks) > 1 else []))
        own = event.text() in {*_LARGER, *_HARDER} or event.key() in letters
        return (bare and bool(event.text()) and own) or super().wants(event)

    def key(self, event: QKeyEvent) -> bool:
        if not self.wants(event):
            return False
        if event.text() in _LARGER:
            self.brush.set(size=self.brush.size * _LARGER[event.text()])
        elif event.text() in _HARDER:
            self.brush.set(hardness=self.brush.hardness + _HARDER[event.text()])
        elif event.key() == Qt.Key.Key_E:
            self.brush.set(erase=not self.brush.erase)
        elif event.key() == Qt.Key.Key_O:
            self.brush.set(overlay=not self.brush.overlay)
        elif event.key() == Qt.Key.Key_X:
            self._change_mark(on=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            return super().key(event)
        return True

    def _change_mark(self, *, on: bool) -> None:
        mark = self.brush.among(self.marks)
        after = self.marks[(self.marks.index(mark) + 1) % len(self.marks)] if on else self._other(mark)
        self.brush.set(mark=mark if self.brush.erase else after, erase=False)

    # Painting

    def paint(self, painter: QPainter, port: Viewport) -> None:
        super().paint(painter, port)
        if not self.ground:
            return
        strokes = cast("tuple[Stroke, ...]", self.ground.value)
        if self.painting and not self.brush.overlay:
            strokes = strokes[-1:]  # the one under way is enough
        if strokes and (self.painting or self.brush.overlay):
            self._paint_cover(painter, strokes, port)
        if self._at is not None:
            self._paint_pointer(painter, self._at, port)

    def _paint_cover(self, painter: QPainter, strokes: tuple[Stroke, ...], port: Viewport) -> None:
        """A veil over what is covered, worked out at half the screen's pixels, which is fine enough to be seen.

        Of many strokes only some at a time: the window is not to wait for the rest.
        """
        assert self.ground
        scale = min(1.0, port.zoom / 2)
        region = port.seen_at(scale)
        if region.empty:
            return
        part = _Part(region[2:], scale, region[:2], self.ground.here)
        if part != self._part:
            self._part, self._veiled = part, 0
        self._veiled = min(len(strokes), self._veiled + SOME)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index, mark in enumerate(self.marks or ("",)):
            some = strokes[: self._veiled]
            cover = coverage(marked(some, mark) if mark else some, part)
            if cover is not None:
                look = look_of(index) if mark else PLAIN
                painter.drawImage(QRectF(*port.place(region, scale)), veil(cover, look, region[:2]))
        if self._veiled < len(strokes):
            QTimer.singleShot(0, self, self.repaint.emit)

    def _paint_pointer(self, painter: QPainter, at: Point, port: Viewport) -> None:
        """The brush where the pointer is, and what it paints there."""
        assert self.ground
        x, y = port.corner
        middle = QPointF(x + at[0] * port.zoom, y + at[1] * port.zoom)
        radius = self._radius * self.ground.magnified(self.ground.at(at)) * port.zoom
        mark = self._mark if self.painting else self._paints(held=self._alt)
        if self.marks:
            look = CLEARS if mark is None else look_of(self.marks.index(mark))
        else:
            look = ERASES if mark is None else PLAIN
        paint_brush(painter, middle, radius, self.brush.hardness, look, self.ratio)
