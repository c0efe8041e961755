"""Way view: the colourways of a photo as a contact sheet, and what mouse and keys do to it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from editor.ui.cellview import CellView
from editor.ui.waycells import Grid, WayPainter, fitting


class WayView(CellView):
    """A click, or Enter, takes a colour for the photo; the space bar selects it or not."""

    dropped = Signal()  # by Delete: those selected are not wanted on the sheet

    own = CellView.own | {Qt.Key.Key_Delete}

    def __init__(
        self, model: QAbstractListModel, parent: QWidget | None = None, painter: WayPainter | None = None
    ) -> None:
        super().__init__(model, painter or WayPainter(), parent)

    def fit(self, room: QSize) -> Grid:
        return fitting(self._model.rowCount(), room, self.shape)

    def act(self, event: QKeyEvent, row: int) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(row)
        elif event.key() == Qt.Key.Key_Space:
            self.toggle(row)
        elif event.key() == Qt.Key.Key_Delete and self.selected_rows:
            self.dropped.emit()
        else:
            return False
        return True
