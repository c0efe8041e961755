"""Explorer view: the grid of variations and the path through them, and what mouse and keys do to both."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QStyle, QWidget

from editor.ui.cellview import CONTROL, SHIFT, CellView
from editor.ui.explorcells import Deed, StepPainter, VariationListModel, VariationPainter, laid
from editor.ui.waycells import Grid

KEYS: dict[Qt.Key, Deed] = {Qt.Key.Key_L: "like", Qt.Key.Key_D: "dislike", Qt.Key.Key_P: "pin"}
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class VariationView(CellView):
    """A click, or the space bar, moves to a variation; a double click, or Enter, is for the photo as well. L likes it,
    D dislikes it, P pins it, as its buttons do; with Ctrl the space bar selects it or not."""

    said = Signal(int, str)  # the row of a cell, and a Deed
    done = Signal(int)  # the row of a cell that the photo is to be seen with
    asked_menu = Signal(int, QPoint)  # of a row, at a place on the screen

    own = CellView.own | KEYS.keys()

    def __init__(self, model: VariationListModel, parent: QWidget | None = None) -> None:
        super().__init__(model, VariationPainter(), parent)
        self.lines, self.across = 1, 1  # rows and columns of the grid
        self._pressed: Deed | None = None

    def fit(self, room: QSize) -> Grid:
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        return laid(self.lines, self.across, room - QSize(bar, 0), self.shape, self.painter.words)

    def arrange(self) -> None:
        super().arrange()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        spare = max(0, self.height() - self.lines * self.painter.grid.cell.height() - 4)
        self.setViewportMargins(bar, spare // 2, 0, 0)  # the grid is in the middle of its room

    @property
    def _signs(self) -> VariationPainter:
        return cast(VariationPainter, self.painter)

    def _deed_at(self, spot: QPoint) -> tuple[int, Deed] | None:
        index = self.indexAt(spot)
        deed = self._signs.deed_at(self.visualRect(index), spot) if index.isValid() else None
        return (index.row(), deed) if deed else None

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found, plain = self._deed_at(event.position().toPoint()), not event.modifiers() & (CONTROL | SHIFT)
        self._pressed = found[1] if found else None
        if found and plain and event.button() == Qt.MouseButton.LeftButton:
            self.go(found[0])
            self.said.emit(*found)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._deed_at(event.position().toPoint()) or self._pressed or event.modifiers():
            self.mousePressEvent(event)  # the second of two quick clicks
        elif index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.done.emit(-1)  # the first click has moved there

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._heat(self._deed_at(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._heat(None)
        super().leaveEvent(event)

    def _heat(self, hot: tuple[int, Deed] | None) -> None:
        if hot != self._signs.hot:
            self._signs.hot = hot
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self.go(index.row())
            spot = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
            self.asked_menu.emit(index.row(), spot)

    # Keys

    def act(self, event: QKeyEvent, row: int) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers() & CONTROL
        if key in _RETURN:
            self.done.emit(row)
        elif key == Qt.Key.Key_Space and held:
            self.toggle(row)
        elif key == Qt.Key.Key_Space:
            self.taken.emit(row)
        elif key in KEYS and not held:
            self.said.emit(row, KEYS[key])
        else:
            return False
        return True


class PathView(CellView):
    """The way that was gone, from left to right. A click, Enter or the space bar goes back to a place, or on again."""

    def __init__(self, model: VariationListModel, parent: QWidget | None = None) -> None:
        super().__init__(model, StepPainter(), parent)
        self.setObjectName("path")
        self.setWrapping(False)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(StepPainter.side + 22)

    def fit(self, room: QSize) -> Grid:
        side, wide, high = StepPainter.side, min(1.0, self.shape), min(1.0, 1 / self.shape)
        picture = QSize(max(12, int(side * wide)), max(12, int(side * high)))
        return Grid(max(1, self.model().rowCount()), QSize(picture.width() + 18, side + 8), picture)

    def act(self, event: QKeyEvent, row: int) -> bool:
        if event.key() not in (*_RETURN, Qt.Key.Key_Space):
            return False
        self.taken.emit(row)
        return True
