"""Brush tool: paints strokes on the picture, or takes away what earlier ones covered."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent

from editor.core.brush import coverage, simplified
from editor.core.drawn import Place, Stroke
from editor.core.warp import Warp
from editor.ui.theme import tokens
from editor.ui.tools.ground import distance
from editor.ui.tools.guides import chalk, ink
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
VEIL = 140  # of 255: how dense what is covered is shown
_LARGER = {"[": 1 / GROWTH, "]": GROWTH}
_HARDER = {"{": -HARDER, "}": HARDER}


class Brush(QObject):
    """How the next stroke is made. It is the person's, not the document's. `changed` comes with each change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.size, self.hardness, self.erase = 0.05, 0.5, False
        self.overlay = False  # what is covered is shown, also while nothing is painted

    def set(
        self, *, size: float | None = None, hardness: float | None = None, erase: bool | None = None,
        overlay: bool | None = None,
    ) -> None:  # fmt: skip
        """Change some of it; sizes and hardnesses that there are not become the nearest there is."""
        was = self.size, self.hardness, self.erase, self.overlay
        if size is not None:
            self.size = round(min(max(size, SMALLEST), LARGEST), DIGITS)
        if hardness is not None:
            self.hardness = round(min(max(hardness, 0.0), 1.0), 3)
        self.erase = self.erase if erase is None else erase
        self.overlay = self.overlay if overlay is None else overlay
        if was != (self.size, self.hardness, self.erase, self.overlay):
            self.changed.emit()


class _Part(NamedTuple):
    """The part of the picture that the overlay covers, for `coverage`."""

    size: tuple[int, int]
    scale: float
    origin: tuple[int, int]
    warp: Warp


class BrushTool(Tool):
    """Paint; Alt erases, Shift and a click draws on from the last stroke's end. [ and ] for the size, with Shift for
    the hardness, Ctrl and the wheel as well; E erases until it is pressed again, O shows what is covered."""

    def __init__(self, brush: Brush, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.brush = brush
        brush.changed.connect(self.repaint)
        self._at: Point | None = None  # the pointer, on the shown picture
        self._way: list[Point] = []  # it has gone while painting, in pixels of the ground
        self._painted: tuple[Stroke, ...] = ()  # before the stroke that is being made
        self._erase = False
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
        return Stroke(tuple(kept), self.brush.size, self.brush.hardness, self._erase)

    # The pointer

    def press(self, point: Point, event: QMouseEvent, port: Viewport) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or not self.ground:
            return False
        keys, at = event.modifiers(), self.ground.at(point)
        self._at = point
        self._painted = cast("tuple[Stroke, ...]", self.ground.value)
        self._erase = self.brush.erase != bool(keys & Qt.KeyboardModifier.AltModifier)
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
        own = event.text() in {*_LARGER, *_HARDER} or event.key() in (Qt.Key.Key_E, Qt.Key.Key_O)
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
        else:
            return super().key(event)
        return True

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
        cover = coverage(strokes[: self._veiled], part)
        if cover is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(*port.place(region, scale)), _veil(cover, tokens().mask))
        if self._veiled < len(strokes):
            QTimer.singleShot(0, self, self.repaint.emit)

    def _paint_pointer(self, painter: QPainter, at: Point, port: Viewport) -> None:
        """A circle as large as the brush, one inside where it is covered by half, and a sign in the middle."""
        assert self.ground
        x, y = port.corner
        middle = QPointF(x + at[0] * port.zoom, y + at[1] * port.zoom)
        radius = self._radius * self.ground.magnified(self.ground.at(at)) * port.zoom
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = radius * (1 + self.brush.hardness) / 2
        arm = min(5 * self.ratio, max(2.5 * self.ratio, radius * 0.5))
        erases = self._erase if self.painting else self.brush.erase != self._alt
        for shade, width in ((ink(0.55), 3), (chalk(0.95), 1.25)):
            painter.setPen(QPen(shade, width * self.ratio))
            painter.drawEllipse(middle, max(radius, 1.5 * self.ratio), max(radius, 1.5 * self.ratio))
            painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
            if not erases:
                painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))
            if radius - half > 4 * self.ratio:
                faint = QColor(shade)
                faint.setAlphaF(shade.alphaF() * 0.45)
                painter.setPen(QPen(faint, width * self.ratio, Qt.PenStyle.DashLine))
                painter.drawEllipse(middle, half, half)


def _veil(cover: NDArray[np.float32], colour: str) -> QImage:
    """Coverage (h, w), 0..1, as a colour that is as dense as it covers."""
    height, width = cover.shape
    levels = np.zeros((height, -(-width // 4) * 4), np.uint8)  # Qt's rows begin on multiples of four bytes
    levels[:, :width] = cover * np.float32(VEIL) + np.float32(0.5)
    seen = QImage(levels.data, width, height, levels.shape[1], QImage.Format.Format_Indexed8)
    red, green, blue, _ = cast("tuple[int, int, int, int]", QColor(colour).getRgb())
    seen.setColorTable([(alpha << 24) | (red << 16) | (green << 8) | blue for alpha in range(256)])
    return seen.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
