"""Way view: the colourways of a photo as a contact sheet, and what mouse and keys do to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QWidget

from editor.ui.theme import tokens
from editor.ui.waycells import WayListModel, WayPainter, fitting

_FLAGS = QItemSelectionModel.SelectionFlag
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_OWN = (  # keys that mean something here, whatever they do elsewhere in the window
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
)  # fmt: skip


class WayView(QListView):
    """A click, or Enter, takes a colour for the photo. With Ctrl a click selects it or not, as the space bar does, with
    Shift all from the one before up to it, as arrows with Shift do. Arrows alone go from one to the next."""

    taken = Signal(int)  # the row of a colour
    dropped = Signal()  # by Delete: those selected are not wanted on the sheet
    left = Signal()  # by Escape
    resized = Signal()  # the pictures are to have another size
    picked = Signal()  # others are selected

    def __init__(self, model: WayListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells, self.painter, self._anchor = model, WayPainter(self), 0
        self.shape = 1.0  # of the pictures, width by height
        self.empty_text = ""
        self.setModel(model)
        self.setObjectName("ways")
        self.setItemDelegate(self.painter)
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

    def arrange(self) -> None:
        """Make the cells as large as the room is for them."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)  # Qt keeps room for it
        room = QSize(self.width() - bar - 4, self.height() - 4)
        grid = fitting(self._cells.rowCount(), room, self.shape)
        if grid != self.painter.grid:
            self.painter.grid = grid
            self.setGridSize(grid.cell)
            self.resized.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def select_rows(self, first: int, last: int) -> None:
        """All from one to the other, and nothing else."""
        ends = self._cells.index(min(first, last)), self._cells.index(max(first, last))
        self.selectionModel().select(QItemSelection(*ends), _FLAGS.ClearAndSelect)

    def _go(self, row: int) -> None:
        self.selectionModel().setCurrentIndex(self._cells.index(row), _FLAGS.NoUpdate)
        self.scrollTo(self.currentIndex())

    def _toggle(self, row: int) -> None:
        self.selectionModel().select(self._cells.index(row), _FLAGS.Toggle)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index, held = self.indexAt(event.position().toPoint()), event.modifiers()
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        row, before = index.row(), self._anchor
        self._go(row)
        if held & _SHIFT:
            self.select_rows(before, row)
            return
        self._anchor = row
        if held & _CONTROL:
            self._toggle(row)
        else:
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
            held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | _SHIFT)
            if (event.key() in _OWN and not held) or event.matches(QKeySequence.StandardKey.SelectAll):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift, row = event.key(), bool(event.modifiers() & _SHIFT), self.currentIndex().row()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_rows(0, self._cells.rowCount() - 1)
        elif row >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(row)
        elif row >= 0 and key == Qt.Key.Key_Space:
            self._anchor = row
            self._toggle(row)
        elif key == Qt.Key.Key_Delete and self.selected_rows:
            self.dropped.emit()
        elif row >= 0 and (to := self._row_by(Qt.Key(key), row)) is not None:
            self._go(to)
            if shift:
                self.select_rows(self._anchor, to)
            else:
                self._anchor = to
        else:
            event.ignore()

    def _row_by(self, key: Qt.Key, row: int) -> int | None:
        """Where a key leads; None for another key."""
        last, across = self._cells.rowCount() - 1, self.columns
        page = max(1, self.viewport().height() // self.painter.grid.cell.height()) * across
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -across, Qt.Key.Key_Down: across,
            Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page, Qt.Key.Key_Home: -row, Qt.Key.Key_End: last - row,
        }  # fmt: skip
        return min(max(row + steps[key], 0), last) if key in steps else None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty_text and self._cells.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(tokens().text)
            room = self.viewport().rect().adjusted(24, 24, -24, -24)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty_text)
            painter.end()
