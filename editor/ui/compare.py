"""Compare: the photo before and after its edits, one over the other, split by a line, or side by side."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QWidget

from editor.ui.language import retold
from editor.ui.theme import tokens

GAP = 2  # pixels of the screen between two pictures side by side
SHARE = 1000  # the divider's positions across the canvas
_WIDTH, _GRIP = 24, 11  # of the divider, and the radius of its handle, in Qt's pixels


class Compare(Enum):
    """What of the photo is seen."""

    AFTER = auto()
    BEFORE = auto()
    SPLIT = auto()
    SIDE = auto()


class Pane(NamedTuple):
    """A part of the canvas: whether it shows the photo as it was before, where it is, and where its viewport begins."""

    before: bool
    place: QRect
    left: int


def panes(compare: Compare, size: tuple[int, int], share: float) -> tuple[Pane, ...]:
    """The canvas of `size` (pixels of the screen) cut up; of a split one, `share` (0..1) is on the left."""
    width, height = size
    if compare is Compare.SPLIT:
        x = round(width * share)
        return Pane(True, QRect(0, 0, x, height), 0), Pane(False, QRect(x, 0, width - x, height), 0)
    if compare is Compare.SIDE:
        half, _ = room(compare, size)
        right = QRect(width - half, 0, half, height)
        return Pane(True, QRect(0, 0, half, height), 0), Pane(False, right, right.x())
    return (Pane(compare is Compare.BEFORE, QRect(0, 0, width, height), 0),)


def room(compare: Compare, size: tuple[int, int]) -> tuple[int, int]:
    """How much of the canvas one picture has."""
    return (max(1, (size[0] - GAP) // 2), size[1]) if compare is Compare.SIDE else size


class Divider(QAbstractSlider):
    """The line between before and after: it is dragged, or moved by the arrow keys, Home and End."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, SHARE)
        self.setSingleStep(SHARE // 100)
        self.setPageStep(SHARE // 10)
        self.setValue(SHARE // 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self._from: float | None = None
        retold(self, lambda: self.setAccessibleName(self.tr("Divider between before and after")))
        self.hide()

    @property
    def share(self) -> float:
        """How much of the canvas, 0..1, is on its left."""
        return self.value() / SHARE

    def place(self) -> None:
        """Stand where the value says, on a parent of any size."""
        middle = round(self.share * self._home.width())
        self.setGeometry(middle - _WIDTH // 2, 0, _WIDTH, self._home.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.position().x()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            x = event.position().x() - self._from + self.x() + _WIDTH / 2
            self.setValue(round(SHARE * x / max(1, self._home.width())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setValue(SHARE // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):  # they would move it too, which says nothing to the eye
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = self.width() / 2, self.height() / 2
        ends = (QPointF(x, 0), QPointF(x, y - _GRIP)), (QPointF(x, y + _GRIP), QPointF(x, self.height()))
        for colour, width in ((tokens().field, 3), (tokens().text, 1)):
            painter.setPen(QPen(QColor(colour), width))
            for start, end in ends:
                painter.drawLine(start, end)
        painter.setPen(QPen(QColor(tokens().accent if self.hasFocus() else tokens().field), 2))
        painter.setBrush(QColor(tokens().text))
        painter.drawEllipse(QPointF(x, y), _GRIP - 1, _GRIP - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().field))
        for way in (-1, 1):
            painter.drawPolygon([QPointF(x + way * 7, y), QPointF(x + way * 3, y - 4), QPointF(x + way * 3, y + 4)])
        painter.end()


def paint_badge(painter: QPainter, text: str, pane: Pane, *, right: bool = False) -> None:
    """A word on the picture, in an upper corner of a pane: which picture it is. The painter measures in Qt's pixels."""
    if not text:
        return
    ratio = painter.device().devicePixelRatio()
    x, y, width, height = pane.place.x(), pane.place.y(), pane.place.width(), pane.place.height()
    room = QRectF(x / ratio, y / ratio, width / ratio, height / ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = painter.fontMetrics().size(0, text)
    box = QRectF(room.left() + 14, room.top() + 14, size.width() + 20, size.height() + 8)
    if right:
        box.moveRight(room.right() - 14)
    ground = QColor(tokens().field)
    ground.setAlphaF(0.8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(tokens().text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
