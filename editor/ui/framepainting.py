"""Frame painting: one photo of the film strip: its picture, its stars, its label, its name, and what is special."""

from __future__ import annotations

from functools import cache
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from editor.core.folder import Entry
from editor.core.marks import MOST_STARS, Marks
from editor.ui.frames import ENTRY, MARKS, Index
from editor.ui.icons import icon
from editor.ui.theme import tokens

PICTURE = QSize(120, 84)  # of a thumbnail at most, in Qt's device-independent pixels
CELL = QSize(136, 138)
STAR = 13.0  # from one star to the next
_MARGIN, _PAD, _NAME, _STARS = 3, 5, 17, 15
_STAR, _DOT = 12.0, 5.0  # across: a star that is lit, and one that could be
_BADGE = 16
_FOLD = 14
_THIN = 3  # of the bar that is the label


def stars_in(cell: QRect) -> QRectF:
    """Where the stars of a frame are."""
    top = cell.top() + _MARGIN + _PAD + PICTURE.height() + 2
    left = cell.left() + (cell.width() - MOST_STARS * STAR) / 2
    return QRectF(left, top, MOST_STARS * STAR, _STARS)


def star_at(cell: QRect, pos: QPointF) -> int:
    """The star under a point, 1 to 5; 0: none."""
    box = stars_in(cell)
    if not box.contains(pos):
        return 0
    return min(MOST_STARS, 1 + int((pos.x() - box.left()) / STAR))


def label_colour(label: str) -> QColor:
    """The colour that a label (one of `LABELS`, not "") is shown in."""
    return QColor(getattr(tokens(), label))


@cache
def star(size: float) -> QPainterPath:
    """A star with five points around (0, 0), `size` across."""
    corners = []
    for point in range(10):
        radius = size / 2 if point % 2 == 0 else size * 0.22
        angle = pi * point / 5 - pi / 2
        corners.append(QPointF(radius * cos(angle), radius * sin(angle)))
    path = QPainterPath()
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return path


def paint_stars(painter: QPainter, box: QRectF, rating: int, lit: QColor, others: float) -> None:
    """Five stars side by side, `rating` of them lit; the others are faint and `others` pixels across, 0 for none."""
    painter.setPen(Qt.PenStyle.NoPen)
    for number in range(MOST_STARS):
        middle = QPointF(box.left() + (number + 0.5) * box.width() / MOST_STARS, box.center().y() + 0.5)
        size = _STAR if number < rating else others
        if size:
            painter.setBrush(lit if number < rating else QColor(tokens().faint))
            painter.drawPath(star(size).translated(middle))


class FramePainter(QStyledItemDelegate):
    """Draws frames. The one on the canvas is the brightest, others that are selected less so."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, marks, thumbnail = index.data(ENTRY), index.data(MARKS), index.data(Qt.ItemDataRole.DecorationRole)
        states, view = QStyle.StateFlag, option.widget
        selected, hovered = bool(option.state & states.State_Selected), bool(option.state & states.State_MouseOver)
        current = isinstance(view, QAbstractItemView) and view.currentIndex() == index
        cell = QRectF(option.rect).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if current or selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().hover if current else tokens().raised))
            painter.drawRoundedRect(cell, 4, 4)
        room = _paint_picture(painter, cell, thumbnail)
        if entry.copy:
            _paint_fold(painter, room, QColor(tokens().hover if current else tokens().panel))
        if entry.edited:
            _paint_badge(painter, room)
        lit = QColor(tokens().text if current or selected else tokens().muted)
        others = _DOT if current or selected or hovered else 0.0
        paint_stars(painter, stars_in(option.rect), marks.rating, lit, others)
        self._paint_name(painter, option, index, cell, lit)
        if marks.label:
            _paint_label(painter, cell, marks)
        if current or selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            wide = 1.0 if not current else 2.5 if option.state & states.State_HasFocus else 1.5
            painter.setPen(QPen(QColor(tokens().accent if current else tokens().faint), wide))
            painter.drawRoundedRect(cell, 4, 4)
        painter.restore()

    def _paint_name(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, cell: QRectF, colour: QColor
    ) -> None:
        painter.setPen(colour)
        line = QRectF(cell.left() + 3, cell.bottom() - _NAME - _THIN - 4, cell.width() - 6, _NAME)
        elided = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, elided)


def _paint_picture(painter: QPainter, cell: QRectF, thumbnail: object) -> QRectF:
    """Returns where the picture is."""
    middle = QPointF(cell.center().x(), cell.top() + _PAD + PICTURE.height() / 2)
    room = QRectF(0, 0, PICTURE.width(), PICTURE.height())
    if isinstance(thumbnail, QImage):
        size = thumbnail.size().scaled(PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
        own = thumbnail.size() / painter.device().devicePixelRatio()
        room.setSize((own if own.width() < size.width() else size).toSizeF())  # a small one is not blown up
        room.moveCenter(middle)
        painter.drawImage(room, thumbnail)
        return room
    room.moveCenter(middle)
    if isinstance(thumbnail, str):
        _paint_broken(painter, room)
    else:
        painter.fillRect(room, QColor(tokens().field))
    return room


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


def _paint_badge(painter: QPainter, room: QRectF) -> None:
    """A sign in the corner: edited."""
    box = QRect(0, 0, _BADGE, _BADGE)
    box.moveBottomRight(QPointF(room.right() - 3, room.bottom() - 3).toPoint())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens().panel))
    painter.drawEllipse(QRectF(box))
    icon("sliders").paint(painter, box.adjusted(3, 3, -3, -3))


def _paint_fold(painter: QPainter, room: QRectF, ground: QColor) -> None:
    """The lower left corner turned over: a virtual copy."""
    x, y = room.left(), room.bottom()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawPolygon([QPointF(x - 1, y + 1), QPointF(x - 1, y - _FOLD), QPointF(x + _FOLD, y + 1)])
    painter.setPen(QPen(QColor(tokens().faint), 1))
    painter.setBrush(QColor(tokens().chalk))
    painter.drawPolygon([QPointF(x, y - _FOLD), QPointF(x + _FOLD, y - _FOLD), QPointF(x + _FOLD, y)])


def _paint_label(painter: QPainter, cell: QRectF, marks: Marks) -> None:
    """A bar at the foot."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(label_colour(marks.label))
    bar = QRectF(cell.left() + 8, cell.bottom() - _THIN - 2.5, cell.width() - 16, _THIN)
    painter.drawRoundedRect(bar, _THIN / 2, _THIN / 2)


def entry_at(index: Index) -> Entry:
    """The entry of a row that there is."""
    entry = index.data(ENTRY)
    assert isinstance(entry, Entry)
    return entry
