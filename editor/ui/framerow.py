"""Frame row: the photos of the film strip side by side, and what mouse and keys do to them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from editor.ui.framepainting import CELL, FramePainter, star_at
from editor.ui.theme import tokens

_FLAGS = QItemSelectionModel.SelectionFlag
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FrameRow(QListView):
    """Qt's current index is the photo on the canvas; the others that are selected are so beside it.

    A click opens a photo, and leaves just that selected unless it was among the selected ones. With Ctrl it is added
    or taken out, with Shift all from the one on the canvas up to it are selected; both open nothing. Arrows, Home, End
    and the page keys open another; with Shift they select up to it.
    """

    entered = Signal()  # by Enter or a double click: to the photo
    rated = Signal(int, int)  # the row of a frame whose star was clicked, and which star
    asked = Signal(QPoint, int)  # for the menu of a row, at a place of the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[int] | None = None  # that are selected, as far as that is known
        self._far: int | None = None  # the row up to which keys or Shift have selected
        self.empty_text = ""
        self.setObjectName("frames")
        self.setItemDelegate(FramePainter(self))
        self.setFlow(QListView.Flow.LeftToRight)  # not IconMode, which keeps a rectangle for each of thousands
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)  # for what lies under the pointer
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFixedHeight(CELL.height() + self.horizontalScrollBar().sizeHint().height() + 4)

    @property
    def selected_rows(self) -> list[int]:
        """In order."""
        if self._rows is None:
            ranges = self.selectionModel().selection().toList()
            self._rows = sorted(row for part in ranges for row in range(part.top(), part.bottom() + 1))
        return self._rows

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        self._rows = None
        super().selectionChanged(selected, deselected)

    def reset(self) -> None:
        self._rows = None
        super().reset()

    def open_row(self, row: int) -> None:
        """Open one, and select just that."""
        self._far = None
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), _FLAGS.ClearAndSelect)

    def show_row(self, row: int) -> None:
        """Open one; if it is among those that are selected, they stay so."""
        index = self.model().index(row, 0)
        if not self.selectionModel().isSelected(index):
            self.open_row(row)
            return
        self._far = None
        self.selectionModel().setCurrentIndex(index, _FLAGS.NoUpdate)

    def select_rows(self, rows: list[int], *, alone: bool = True) -> None:
        """Select these, and what was selected as well if they are not to be `alone`; the one on the canvas stays it."""
        picked = QItemSelection()
        start = 0
        for place, row in enumerate(rows):
            if place + 1 == len(rows) or rows[place + 1] != row + 1:
                picked.append(QItemSelectionRange(self.model().index(rows[start], 0), self.model().index(row, 0)))
                start = place + 1
        self.selectionModel().select(picked, _FLAGS.ClearAndSelect if alone else _FLAGS.Select)

    def select_everything(self) -> None:
        self.select_rows(list(range(self.model().rowCount())))

    def select_current(self) -> None:
        """Nothing but the one on the canvas."""
        self._far = None
        index = self.currentIndex()
        if index.isValid():
            self.selectionModel().select(index, _FLAGS.ClearAndSelect)
        else:
            self.selectionModel().clearSelection()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        held = event.modifiers()
        if not index.isValid() or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            event.ignore()
            return
        left = event.button() == Qt.MouseButton.LeftButton
        if left and not held and (number := star_at(self.visualRect(index), event.position())):
            self.rated.emit(index.row(), number)
        elif left and held & Qt.KeyboardModifier.ShiftModifier:
            self._select_to(index.row())
        elif left and held & Qt.KeyboardModifier.ControlModifier:
            self._toggle(index)
        elif left or not self.selectionModel().isSelected(index):
            self.show_row(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() == Qt.MouseButton.NoButton:  # a drag selects nothing
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            event.ignore()
        elif event.modifiers() or star_at(self.visualRect(index), event.position()):
            self.mousePressEvent(event)  # the second of two quick clicks
        else:
            self.entered.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            if (index := self.indexAt(event.pos())).isValid():
                self.asked.emit(event.globalPos(), index.row())
        elif (index := self.currentIndex()).isValid():
            self.asked.emit(self.viewport().mapToGlobal(self.visualRect(index).center()), index.row())

    def _select_to(self, row: int) -> None:
        start = self.currentIndex().row()
        if start < 0:
            self.open_row(row)
            return
        self._far = row
        self.select_rows(list(range(min(start, row), max(start, row) + 1)))

    def _toggle(self, index: QModelIndex) -> None:
        """The one on the canvas can be taken out as well; the next of those selected then takes its place."""
        if not self.currentIndex().isValid():
            self.open_row(index.row())
        elif index != self.currentIndex():
            self.selectionModel().select(index, _FLAGS.Toggle)
        elif others := [row for row in self.selected_rows if row != index.row()]:
            self.selectionModel().select(index, _FLAGS.Deselect)
            nearest = min(others, key=lambda row: abs(row - index.row()))
            self.selectionModel().setCurrentIndex(self.model().index(nearest, 0), _FLAGS.NoUpdate)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier) and (
            (row := self._row_by(Qt.Key(key), bool(held))) is not None
        ):
            if not held:
                self.open_row(row)
            else:
                self._select_to(row)
                self.scrollTo(self.model().index(row, 0))
        else:
            event.ignore()

    def _row_by(self, key: Qt.Key, shift: bool) -> int | None:
        """Where a key leads; None for another key, or where there is nothing to go along."""
        last, here = self.model().rowCount() - 1, self.currentIndex().row()
        page = max(1, self.viewport().width() // CELL.width() - 1)
        steps = {**_STEPS, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        if last < 0 or key not in (*steps, Qt.Key.Key_Home, Qt.Key.Key_End):
            return None
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return 0 if key == Qt.Key.Key_Home else last
        start = self._far if shift and self._far is not None else here
        return min(max(start + steps[key], 0), last)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty_text and self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(tokens().muted)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.empty_text)
            painter.end()
