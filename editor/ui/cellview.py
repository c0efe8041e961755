"""Cell view: pictures in rows as on a contact sheet, and what mouse and keys do to any of them."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QAbstractListModel, QEvent, QItemSelection, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QWidget

from editor.ui.theme import tokens
from editor.ui.waycells import Grid, WayPainter

_FLAGS = QItemSelectionModel.SelectionFlag
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class CellView(QListView):
    """A click takes a cell. With Ctrl a click selects it or not, with Shift all from the one before up to it, as arrows
    with Shift do. Arrows alone go from one to the next."""

    taken = Signal(int)  # the row of a cell
    left = Signal()  # by Escape
    resized = Signal()  # the pictures are to have another size
    picked = Signal()  # others are selected

    own: ClassVar[frozenset[Qt.Key]] = frozenset(  # what means something here, whatever it does elsewhere in the window
        {
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Home, Qt.Key.Key_End,
            Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
        }
    )  # fmt: skip

    def __init__(self, model: QAbstractListModel, painter: WayPainter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self.painter, self._anchor = model, painter, 0
        painter.setParent(self)
        self.shape = 1.0  # of the pictures, width by height
        self.empty_text = ""
        self.setModel(model)
        self.setObjectName("ways")
        self.setItemDelegate(painter)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.MultiSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(lambda new, old: self.picked.emit())
        model.modelReset.connect(self.arrange)

    @property
    def selected_rows(self) -> list[int]:
        """In order."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    @property
    def side(self) -> int:
        """The longer side of the pictures, in pixels of the screen."""
        return round(self.painter.grid.side * self.devicePixelRatioF())

    @property
    def columns(self) -> int:
        return self.painter.grid.columns

    def fit(self, room: QSize) -> Grid:
        """How the cells lie where there is so much room."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Make the cells as large as the room is for them."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)  # Qt keeps room for it
        grid = self.fit(QSize(self.width() - bar - 4, self.height() - 4))
        if grid != self.painter.grid:
            self.painter.grid = grid
            self.setGridSize(grid.cell)
            self.resized.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def select_rows(self, first: int, last: int) -> None:
        """All from one to the other, and nothing else."""
        ends = self._model.index(min(first, last)), self._model.index(max(first, last))
        self.selectionModel().select(QItemSelection(*ends), _FLAGS.ClearAndSelect)

    def go(self, row: int) -> None:
        """The keys are at this one from now on."""
        self.selectionModel().setCurrentIndex(self._model.index(row), _FLAGS.NoUpdate)
        self.scrollTo(self.currentIndex())

    def toggle(self, row: int) -> None:
        """Select it, or no more."""
        self._anchor = row
        self.selectionModel().select(self._model.index(row), _FLAGS.Toggle)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index, held = self.indexAt(event.position().toPoint()), event.modifiers()
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        row, before = index.row(), self._anchor
        self.go(row)
        if held & SHIFT:
            self.select_rows(before, row)
        elif held & CONTROL:
            self.toggle(row)
        else:
            self._anchor = row
            self.taken.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() == Qt.MouseButton.NoButton:  # a drag selects nothing
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.modifiers():
            self.mousePressEvent(event)  # the second of two quick clicks

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | SHIFT)
            if (event.key() in self.own and not held) or event.matches(QKeySequence.StandardKey.SelectAll):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = Qt.Key(event.key()), self.currentIndex().row()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_rows(0, self._model.rowCount() - 1)
        elif row >= 0 and self.act(event, row):
            pass
        elif row >= 0 and (to := self._row_by(key, row)) is not None:
            self.go(to)
            if event.modifiers() & SHIFT:
                self.select_rows(self._anchor, to)
            else:
                self._anchor = to
        else:
            event.ignore()

    def act(self, event: QKeyEvent, row: int) -> bool:
        """What a key does to the cell that the keys are at; False: nothing."""
        raise NotImplementedError

    def _row_by(self, key: Qt.Key, row: int) -> int | None:
        """Where a key leads; None for another key."""
        last, across = self._model.rowCount() - 1, self.columns
        page = max(1, self.viewport().height() // max(1, self.painter.grid.cell.height())) * across
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -across, Qt.Key.Key_Down: across,
            Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page, Qt.Key.Key_Home: -row, Qt.Key.Key_End: last - row,
        }  # fmt: skip
        return min(max(row + steps[key], 0), last) if key in steps else None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty_text and self._model.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(tokens().text)
            room = self.viewport().rect().adjusted(24, 24, -24, -24)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty_text)
            painter.end()
