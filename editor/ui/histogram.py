"""Histogram: how light the photo on the canvas is, and a switch at either end that marks what is clipped there."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QSizePolicy, QVBoxLayout, QWidget

from editor.core.histogram import Histogram
from editor.core.proof import eight_bits
from editor.ui.canvas import Canvas
from editor.ui.language import retold
from editor.ui.theme import tokens

HEIGHT = 118
SOME = 1e-5  # of all pixels: when fewer are clipped, nothing is lit
_MARGIN = 8
_CORNER = 24  # side of a switch


class Corner(QAbstractButton):
    """A triangle in a corner of the histogram: lit in the colours of the channels that are clipped at that end."""

    def __init__(self, *, right: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._right = right
        self._clipped = (0.0, 0.0, 0.0)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(_CORNER, _CORNER)
        retold(self, self._tell)

    @property
    def clipped(self) -> tuple[float, float, float]:
        """Which part of the pixels is clipped, for red, green and blue."""
        return self._clipped

    def show_clipped(self, clipped: tuple[float, float, float]) -> None:
        if clipped != self._clipped:
            self._clipped = clipped
            self._tell()
            self.update()

    def _tell(self) -> None:
        percent = 100 * max(self._clipped)
        shown = f"{percent:.1f}" if percent >= 0.1 or not percent else "< 0.1"
        if self._right:
            self.setAccessibleName(self.tr("Mark clipped highlights"))
            self.setToolTip(self.tr("Highlights: {} % of the pixels are clipped. Click to mark them (J)").format(shown))
        else:
            self.setAccessibleName(self.tr("Mark clipped shadows"))
            self.setToolTip(self.tr("Shadows: {} % of the pixels are clipped. Click to mark them (J)").format(shown))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        edge = tokens().accent if self.hasFocus() else tokens().text if self.isChecked() else tokens().line
        painter.setPen(QPen(QColor(tokens().muted if edge == tokens().line and self.underMouse() else edge), 1))
        painter.setBrush(QColor(tokens().raised))
        painter.drawRoundedRect(box, 3, 3)
        lit = QColor.fromRgbF(*(1.0 if part > SOME else 0.0 for part in self._clipped))
        some = any(part > SOME for part in self._clipped)
        painter.setPen(QPen(QColor(tokens().text), 1) if some else Qt.PenStyle.NoPen)  # white is seen on white, too
        painter.setBrush(lit if some else QColor(tokens().faint))
        x, y = (box.right() - 5, box.top() + 5) if self._right else (box.left() + 5, box.top() + 5)
        way = -1 if self._right else 1
        painter.drawPolygon([QPointF(x, y), QPointF(x + way * 10, y), QPointF(x, y + 10)])
        painter.end()


class HistogramView(QWidget):
    """Follows a canvas. `marked` says that shadows or highlights are to be marked, or no more."""

    marked = Signal(bool, bool)

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._shown: Histogram | None = None
        self.shadows, self.highlights = Corner(right=False, parent=self), Corner(right=True, parent=self)
        for corner in (self.shadows, self.highlights):
            corner.toggled.connect(self._mark)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        retold(self, lambda: self.setAccessibleName(self.tr("Histogram")))
        canvas.showed.connect(self._follow)

    def sizeHint(self) -> QSize:
        return QSize(280, HEIGHT)

    @property
    def shown(self) -> Histogram | None:
        return self._shown

    def mark_both(self) -> None:
        """Mark what is clipped at either end, or nothing, if something is marked already."""
        on = not (self.shadows.isChecked() or self.highlights.isChecked())
        for corner in (self.shadows, self.highlights):
            corner.setChecked(on)

    def above(self, dock: QDockWidget) -> None:
        """Stand above what the dock holds."""
        held = dock.widget()
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self)
        column.addWidget(held, 1)
        dock.setWidget(both)
        held.show()  # the dock has hidden what it no longer holds

    @Slot()
    def _follow(self) -> None:
        shown = self._canvas.histogram
        if shown is not self._shown and (shown or not self._canvas.has_photo):
            self._shown = shown
            nothing = (0.0, 0.0, 0.0)
            self.shadows.show_clipped(shown.shadows if shown else nothing)
            self.highlights.show_clipped(shown.highlights if shown else nothing)
            self.update()

    @Slot()
    def _mark(self) -> None:
        self.marked.emit(self.shadows.isChecked(), self.highlights.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.shadows.move(_MARGIN, _MARGIN)
        self.highlights.move(self.width() - _MARGIN - _CORNER, _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().field))
        painter.drawRoundedRect(field, 4, 4)
        if self._shown and field.width() > 8:
            room, ratio = field.adjusted(1, 4, -1, -1), self.devicePixelRatioF()
            curves = draw(self._shown, round(room.width() * ratio), round(room.height() * ratio))
            painter.drawImage(QRectF(room), curves)
        painter.end()


def draw(shown: Histogram, width: int, height: int) -> QImage:
    """The curves, from dark on the left to light, so many pixels large; heights by their square roots, so that little
    is seen too.

    What reaches the top is the highest peak that is not of clipped pixels, which would press the rest flat.
    """
    curves = (*shown.channels, shown.luma)
    highest = max(int(counts[1:-1].max()) for counts in curves) or max(int(counts.max()) for counts in curves) or 1
    levels = np.linspace(0, 255, width).round().astype(int)
    tops = [height - np.sqrt((counts[levels] / highest).clip(0, 1)) * height for counts in curves]
    rows = np.arange(height)[:, None]
    seen = np.empty((height, width, 3), np.float32)
    seen[:] = ground = np.array(_triple(tokens().field), np.float32)
    for channel, top in enumerate(tops[:3]):
        mask = rows >= top
        if ground.mean() < 0.5:  # lights add up to grey on a dark ground
            seen[mask, channel] += np.float32(0.5)
        else:  # and dyes on a light one
            seen[mask] *= np.float32(0.5) + np.float32(0.5) * (np.arange(3) == channel)
    line = tops[3].round().astype(int).clip(0, height - 1)
    upper, lower = np.minimum(line[:-1], line[1:]), np.maximum(line[:-1], line[1:])  # steep parts have no gaps
    seen[:, 1:][(rows >= upper) & (rows <= lower) & (lower < height - 1)] = _triple(tokens().text)
    pixels = eight_bits(seen)
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _triple(colour: str) -> tuple[float, float, float]:
    told = QColor(colour)
    return told.redF(), told.greenF(), told.blueF()
