"""Concept cells: pictures that a network drew, each with its number and its words, on the sheet to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from editor.core.generate import Drawn
from editor.ui.conceptwords import words_told
from editor.ui.theme import tokens
from editor.ui.waycells import CELL, Index, WayPainter


@dataclass(frozen=True, eq=False)
class ConceptCell:
    """One picture; `pixels` as the screen shows it."""

    drawn: Drawn
    pixels: QImage


class ConceptListModel(QAbstractListModel):
    """The pictures in order. Those of an earlier asking stay until there is something newer in their place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cells: tuple[ConceptCell, ...] = ()

    def put(self, row: int, cell: ConceptCell) -> None:
        """A picture has come for that row, or for the next one."""
        if row < len(self.cells):
            self.cells = (*self.cells[:row], cell, *self.cells[row + 1 :])
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.cells = (*self.cells, cell)
        self.endResetModel()

    def keep(self, count: int) -> None:
        """Only the first so many."""
        if count < len(self.cells):
            self.beginResetModel()
            self.cells = self.cells[:count]
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        return 0 if parent and parent.isValid() else len(self.cells)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.cells):
            return None
        cell, roles = self.cells[index.row()], Qt.ItemDataRole
        if role == CELL:
            return cell
        if role not in (roles.DisplayRole, roles.ToolTipRole, roles.AccessibleTextRole):
            return None
        told = self.tr("Concept {}").format(cell.drawn.concept.number), words_told(cell.drawn.concept)
        return QCoreApplication.translate("Naming", ", ").join(filter(None, told))


class ConceptPainter(WayPainter):
    """Draws them, on paper."""

    def paint_cell(self, painter: QPainter, place: QRect, words: QRect, index: Index) -> None:
        cell, worn = index.data(CELL), tokens()
        if not isinstance(cell, ConceptCell):
            return
        painter.setPen(QPen(QColor(worn.line), 1))
        painter.setBrush(QColor(worn.chalk))
        painter.drawRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.drawImage(place, cell.pixels)
        half, middle = words.height() // 2, Qt.AlignmentFlag.AlignVCenter
        told = f"{cell.drawn.concept.number}", words_told(cell.drawn.concept)
        for row, text in enumerate(told):
            if row:
                small = QFont(painter.font())
                small.setPointSizeF(0.9 * small.pointSizeF() if small.pointSizeF() > 0 else 9)
                painter.setFont(small)
            painter.setPen(QColor(worn.muted if row else worn.text))
            room = QRect(words.left(), words.top() + row * half, words.width(), half)
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, middle, text)
