"""Swatch list: named colours one below the other: a chip, the name, the colour as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from editor.core.colourtext import within_srgb, written
from editor.core.swatches import Swatch
from editor.ui.colourfield import paint_chip
from editor.ui.theme import tokens

ROW = 28  # pixels
Index = QModelIndex | QPersistentModelIndex


class SwatchListModel(QAbstractListModel):
    """The swatches that fit what was typed. `current` is the colour that is chosen already, `notation` how they are
    written."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current: str | None = None
        self.notation = "hex"
        self.all: tuple[Swatch, ...] = ()
        self._typed = ""
        self.shown: list[Swatch] = []

    def show(self, swatches: Sequence[Swatch]) -> None:
        self.all = tuple(swatches)
        self.find(self._typed)

    def find(self, typed: str) -> None:
        """Only those that have all these words in their names, their groups or as they are kept."""
        self._typed, words = typed, typed.casefold().split()
        self.beginResetModel()
        self.shown = [swatch for swatch in self.all if all(word in _said(swatch) for word in words)]
        self.endResetModel()

    def mark(self, colour: str | None) -> int:
        """Another colour is chosen; the row it stands in, or -1."""
        self.current = colour
        if self.shown:
            self.dataChanged.emit(self.index(0), self.index(len(self.shown) - 1))
        return next((row for row, swatch in enumerate(self.shown) if swatch.colour == colour), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.shown):
            return None
        swatch = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return swatch.name
        if role == Qt.ItemDataRole.UserRole:
            return swatch
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            outside = "" if within_srgb(swatch.colour) else self.tr("outside sRGB")
            text = written(swatch.colour, self.notation)
            chosen = self.tr("chosen") if swatch.colour == self.current else ""
            return ", ".join(part for part in (swatch.name, swatch.group, text, outside, chosen) if part)
        return None


def _said(swatch: Swatch) -> str:
    return f"{swatch.name} {swatch.group} {swatch.colour}".casefold()


class SwatchRow(QStyledItemDelegate):
    """A swatch: its chip, its name, its group, how it is written; the chosen one is framed by the accent."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        swatch: Swatch = index.data(Qt.ItemDataRole.UserRole)
        model = index.model()
        assert isinstance(model, SwatchListModel)
        worn, metrics, cut = tokens(), option.fontMetrics, Qt.TextElideMode.ElideRight
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            on = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(QPen(QColor(worn.accent), 1) if on else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(worn.raised))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(2.5, 0.5, -2.5, -0.5), 4, 4)
        inside = option.rect.adjusted(8, 0, -8, 0)
        current = swatch.colour == model.current
        edge = QPen(QColor(worn.accent if current else worn.faint), 2 if current else 1)
        chip = QRectF(inside.left() + 1, inside.center().y() - 8.5, 26, 18)
        paint_chip(painter, chip, swatch.colour, edge)
        inside.adjust(36, 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        text = written(swatch.colour, model.notation)
        if text != swatch.name:
            painter.setPen(QColor(worn.muted))
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, text)
            inside.adjust(0, 0, -metrics.horizontalAdvance(text) - 12, 0)
        painter.setPen(QColor(worn.text))
        name = metrics.elidedText(swatch.name, cut, inside.width())
        painter.drawText(inside, middle, name)
        inside.adjust(metrics.horizontalAdvance(name) + 10, 0, 0, 0)
        painter.setPen(QColor(worn.muted))
        if inside.width() > 30:
            painter.drawText(inside, middle, metrics.elidedText(swatch.group, cut, inside.width()))
        painter.restore()
