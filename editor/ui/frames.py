"""Frames: the photos of a film strip as a list, and how one of them is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from editor.core.folder import Entry
from editor.ui.theme import tokens
from editor.ui.thumbnails import Thumbnail, Thumbnails

Index = QModelIndex | QPersistentModelIndex

PICTURE = QSize(120, 84)  # of a thumbnail at most, in Qt's device-independent pixels
CELL = QSize(136, 118)
_NAME = 18  # height of the name under it
ENTRY = Qt.ItemDataRole.UserRole


class PhotoListModel(QAbstractListModel):
    """Photos in order. ENTRY gives each as it is, DecorationRole its thumbnail, if there is one yet."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._photos: tuple[Entry, ...] = ()
        self._rows: dict[Path, int] = {}
        thumbnails.made.connect(self._made)

    @property
    def photos(self) -> tuple[Entry, ...]:
        return self._photos

    def show(self, photos: Sequence[Entry]) -> None:
        """Other photos, another order, or the same with other marks."""
        same = [p.path for p in photos] == [p.path for p in self._photos]
        if not same:
            self.beginResetModel()
        self._photos = tuple(photos)
        self._rows = {entry.path: row for row, entry in enumerate(self._photos)}
        if not same:
            self.endResetModel()
        elif photos:
            self.dataChanged.emit(self.index(0), self.index(len(photos) - 1))

    def row(self, path: Path | None) -> int:
        """Where a photo stands; -1 if it is not among them."""
        return -1 if path is None else self._rows.get(path, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._photos)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry, roles = self._photos[index.row()], Qt.ItemDataRole
        if role == ENTRY:
            return entry
        if role == roles.DisplayRole:
            return entry.path.name
        if role == roles.DecorationRole:
            return self._thumbnails.find(entry)
        if role not in (roles.ToolTipRole, roles.AccessibleTextRole):
            return None
        thumbnail = self._thumbnails.find(entry)
        if isinstance(thumbnail, str):
            return thumbnail
        return self.tr("{} (edited)").format(entry.path.name) if entry.edited else entry.path.name

    def _made(self, entry: Entry, thumbnail: Thumbnail) -> None:
        if (row := self.row(entry.path)) >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))


class FramePainter(QStyledItemDelegate):
    """Draws the thumbnail with its name, a mark where there are edits, and a frame around the one on the canvas."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, thumbnail = index.data(ENTRY), index.data(Qt.ItemDataRole.DecorationRole)
        states = QStyle.StateFlag
        chosen = bool(option.state & states.State_Selected)
        cell = QRectF(option.rect).adjusted(3, 3, -3, -3)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or option.state & states.State_MouseOver:
            painter.setBrush(QColor(tokens().hover if chosen else tokens().raised))
            painter.drawRoundedRect(cell, 4, 4)
        room = QRectF(0, 0, PICTURE.width(), PICTURE.height())
        room.moveCenter(QPointF(cell.center().x(), cell.top() + 5 + room.height() / 2))
        if isinstance(thumbnail, QImage):
            size = thumbnail.size().scaled(PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
            ratio = painter.device().devicePixelRatio()
            own = thumbnail.size() / ratio
            size = own if own.width() < size.width() else size  # a small one is not blown up
            room.setSize(size.toSizeF())
            room.moveCenter(QPointF(cell.center().x(), cell.top() + 5 + PICTURE.height() / 2))
            painter.drawImage(room, thumbnail)
        elif isinstance(thumbnail, str):
            _paint_broken(painter, room)
        else:
            painter.fillRect(room, QColor(tokens().field))
        if entry.edited:
            _paint_mark(painter, room)
        painter.setPen(QColor(tokens().text if chosen else tokens().muted))
        line = QRectF(cell.left() + 3, cell.bottom() - _NAME, cell.width() - 6, _NAME)
        name = option.fontMetrics.elidedText(entry.path.name, Qt.TextElideMode.ElideMiddle, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, name)
        if chosen:
            focused = bool(option.state & states.State_HasFocus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens().accent), 2.5 if focused else 1.5))
            painter.drawRoundedRect(cell, 4, 4)
        painter.restore()


def _paint_broken(painter: QPainter, room: QRectF) -> None:
    """A picture torn in two."""
    painter.setPen(QPen(QColor(tokens().faint), 1.5))
    painter.setBrush(QColor(tokens().field))
    sheet = QRectF(0, 0, 44, 34)
    sheet.moveCenter(room.center())
    painter.drawRoundedRect(sheet, 3, 3)
    x, y = sheet.center().x(), sheet.top()
    steps = [(6, 0), (-4, 10), (5, 18), (-6, 26), (2, 34)]
    painter.setPen(QPen(QColor(tokens().warning), 1.8))
    painter.drawPolyline([QPointF(x + dx, y + dy) for dx, dy in steps])


def _paint_mark(painter: QPainter, room: QRectF) -> None:
    """A dot in the corner: edited."""
    painter.setPen(QPen(QColor(tokens().field), 1.5))
    painter.setBrush(QColor(tokens().accent))
    painter.drawEllipse(QPointF(room.right() - 8, room.bottom() - 8), 5, 5)
