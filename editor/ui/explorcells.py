"""Explorer cells: what the product could look like, a picture each: what is different, and what was said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from editor.core.recipe import Recipe
from editor.core.variations import Place
from editor.ui.icons import icon
from editor.ui.renderer import Picture
from editor.ui.theme import tokens
from editor.ui.waycells import CELL, PAD, Grid, Index, WayPainter, paint_picture

Deed = Literal["like", "dislike", "pin"]
DEEDS: tuple[Deed, ...] = get_args(Deed)
SIGNS = {"like": "thumb-up-outline thumb-up", "dislike": "thumb-down-outline thumb-down", "pin": "pin-outline pin"}
LEAST = 104  # pixels of a picture's longer side
LOOSE = 28  # pixels between rows, at most, over what they need
_BUTTON, _GAP, _BADGE = 28, 4, 20
_DIM = 0.4  # of its strength has a picture that is disliked, or of what was there before
_WORDY = 160  # pixels that what a variation is called may take, however narrow its picture is


@dataclass(frozen=True)
class Cell:
    """A variation. `picture` may be of an older recipe, until the new one has been cooked."""

    place: Place
    recipe: Recipe
    parts: tuple[str, ...] = ()  # of what makes the difference, the largest first, in the language of now
    here: bool = False  # the photo is there now
    liked: bool | None = None
    pinned: bool = False
    picture: Picture | None = None

    @property
    def words(self) -> str:
        return QCoreApplication.translate("Naming", ", ").join(self.parts)

    @property
    def fresh(self) -> bool:
        return self.picture is not None and self.picture.request.recipe == self.recipe

    @property
    def called(self) -> str:
        """What it is, in a few words."""
        now = QCoreApplication.translate("VariationListModel", "The product as it is now")
        return now if self.here else self.words or QCoreApplication.translate("VariationListModel", "As the photo is")

    def does(self, deed: Deed) -> bool:
        """Whether that was said of it, or done to it."""
        return {"like": self.liked is True, "dislike": self.liked is False, "pin": self.pinned}[deed]


class VariationListModel(QAbstractListModel):
    """Variations in order: those of a grid, or those that somebody has gone through."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cells: tuple[Cell, ...] = ()

    def show(self, cells: Sequence[Cell], *, follow: bool = False) -> None:
        """Others. A place that was shown keeps its picture until a newer one comes, and where they `follow` those that
        were there, so does each."""
        before = {cell.place: cell.picture for cell in self.cells}
        stand_in = [cell.picture for cell in self.cells] if follow and len(cells) == len(self.cells) else None
        given = tuple(
            replace(cell, picture=before.get(cell.place, stand_in[row] if stand_in else None))
            for row, cell in enumerate(cells)
        )
        if len(given) == len(self.cells):
            self.cells = given
            if given:
                self.dataChanged.emit(self.index(0), self.index(len(given) - 1))
            return
        self.beginResetModel()
        self.cells = given
        self.endResetModel()

    def put(self, picture: Picture) -> None:
        """A picture has been cooked."""
        for row, cell in enumerate(self.cells):
            if cell.recipe == picture.request.recipe:
                self.cells = (*self.cells[:row], replace(cell, picture=picture), *self.cells[row + 1 :])
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.cells)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.cells):
            return None
        cell, roles = self.cells[index.row()], Qt.ItemDataRole
        if role == CELL:
            return cell
        if role not in (roles.DisplayRole, roles.ToolTipRole, roles.AccessibleTextRole):
            return None
        said = {True: self.tr("liked"), False: self.tr("disliked"), None: ""}[cell.liked]
        parts = (cell.called, said, self.tr("pinned") if cell.pinned else "")
        return ", ".join(part for part in parts if part)


def laid(rows: int, columns: int, room: QSize, shape: float, words: int) -> Grid:
    """A grid of so many rows and columns of pictures of `shape` (width by height), as large as lets all be seen at once
    where that is not too small."""
    wide, high = min(1.0, shape), min(1.0, 1 / shape)
    across, down = room.width() // columns - 2 * PAD, room.height() // rows - 2 * PAD - words
    side = max(LEAST, min(across / wide, down / high))
    side = min(side, max(LEAST / 2, across / wide))  # one scrolls down, never across
    picture = QSize(max(1, int(side * wide)), max(1, int(side * high)))
    least = picture.height() + 2 * PAD + words
    down = min(room.height() // rows, least + LOOSE)
    return Grid(columns, QSize(max(1, room.width() // columns), max(least, down)), picture)


class VariationPainter(WayPainter):
    """Draws the cells of the grid. The one under the pointer, or that the keys are at, shows what can be said of it."""

    words = 22

    def __init__(self) -> None:
        super().__init__()
        self.hot: tuple[int, Deed] | None = None  # the button that the pointer is at, and of which row

    def place(self, cell: QRect) -> QRect:
        place = super().place(cell)
        spare = cell.height() - place.height() - 2 * PAD - self.words
        return place.translated(0, max(0, spare // 2))

    def ground(self, place: QRect) -> QRect:
        """Below a narrow picture there is room for words all the same, as far as the cell goes."""
        spare = max(0, min(_WORDY, self.grid.cell.width() - 2 * PAD) - place.width())
        return place.adjusted(-(spare // 2), 0, spare - spare // 2, 0)

    def buttons(self, place: QRect) -> dict[Deed, QRect]:
        """Where on a picture its buttons are."""
        wide = len(DEEDS) * _BUTTON + (len(DEEDS) - 1) * _GAP
        start = place.center().x() - wide // 2
        top = place.bottom() - _BUTTON - 6
        return {deed: QRect(start + n * (_BUTTON + _GAP), top, _BUTTON, _BUTTON) for n, deed in enumerate(DEEDS)}

    def deed_at(self, cell: QRect, spot: QPoint) -> Deed | None:
        """Which button of a cell is at a spot."""
        found = (deed for deed, box in self.buttons(self.place(cell)).items() if box.contains(spot))
        return next(found, None)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        cell, view = index.data(CELL), option.widget
        if not isinstance(cell, Cell):
            return
        focused = isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex() == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self.place(option.rect)
        if focused or option.state & QStyle.StateFlag.State_MouseOver:
            for deed, box in self.buttons(place).items():
                hot = self.hot == (index.row(), deed)
                _paint_sign(painter, box, deed, on=cell.does(deed), hot=hot)
        else:
            done = [deed for deed in DEEDS if cell.does(deed)]
            for number, deed in enumerate(done, 1):
                corner = place.bottomRight() - QPoint(number * (_BADGE + _GAP), _BADGE + _GAP)
                _paint_sign(painter, QRect(corner, QSize(_BADGE, _BADGE)), deed, on=True, hot=False)
        painter.restore()

    def paint_cell(self, painter: QPainter, place: QRect, words: QRect, index: Index) -> None:
        cell = index.data(CELL)
        if not isinstance(cell, Cell):
            return
        worn, box = tokens(), QRectF(place)
        clip = QPainterPath()
        clip.addRoundedRect(box, 4, 4)
        painter.save()
        painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
        if cell.picture is None:
            painter.fillRect(box, QColor(worn.panel))
        else:
            painter.setOpacity(_DIM if cell.liked is False or not cell.fresh else 1.0)
            paint_picture(painter, box, cell.picture)
        painter.restore()
        if cell.here:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(worn.accent), 2))
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 5, 5)
        small = QFont(painter.font())
        small.setPointSizeF(0.9 * small.pointSizeF() if small.pointSizeF() > 0 else 9)
        painter.setFont(small)
        painter.setPen(QColor(worn.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, _fitting(painter, cell, words.width()))


def _fitting(painter: QPainter, cell: Cell, width: int) -> str:
    """What it is called, with as many parts as there is room for."""
    metrics = painter.fontMetrics()
    for count in range(len(cell.parts), 0, -1):
        text = replace(cell, parts=cell.parts[:count]).called
        if metrics.horizontalAdvance(text) <= width:
            return text
    return metrics.elidedText(replace(cell, parts=cell.parts[:1]).called, Qt.TextElideMode.ElideRight, width)


def _paint_sign(painter: QPainter, box: QRect, deed: Deed, *, on: bool, hot: bool) -> None:
    worn = tokens()
    ground = QColor(worn.hover if hot else worn.raised)
    ground.setAlphaF(0.94)
    painter.setPen(QPen(QColor(worn.line), 1))
    painter.setBrush(ground)
    painter.drawEllipse(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))
    inside = box.adjusted(*(4 if box.width() < _BUTTON else 6,) * 2, *(-4 if box.width() < _BUTTON else -6,) * 2)
    glyph = SIGNS[deed].split()[1 if on else 0]
    icon(glyph).paint(painter, inside, Qt.AlignmentFlag.AlignCenter, QIcon.Mode.Normal, _state(on))


def _state(on: bool) -> QIcon.State:
    return QIcon.State.On if on else QIcon.State.Off


class StepPainter(WayPainter):
    """Draws the places of the path, small, with a sign between that leads from one to the next."""

    words, side = 0, 46

    def place(self, cell: QRect) -> QRect:
        size = self.grid.picture
        return QRect(cell.left() + 14, cell.top() + (cell.height() - size.height()) // 2, size.width(), size.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, view, worn = index.data(CELL), option.widget, tokens()
        if not isinstance(cell, Cell):
            return
        place = QRectF(self.place(option.rect))
        focused = isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex() == index
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if index.row():
            tip = QPointF(place.left() - 6, place.center().y())
            painter.setPen(QPen(QColor(worn.faint), 1.5))
            painter.drawPolyline([tip + QPointF(-3, -4), tip, tip + QPointF(-3, 4)])
        paint_picture(painter, place, cell.picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if cell.here or hovered:
            painter.setPen(QPen(QColor(worn.accent if cell.here else worn.faint), 2))
            painter.drawRoundedRect(place.adjusted(-1, -1, 1, 1), 3, 3)
        if focused:
            painter.setPen(QPen(QColor(worn.text), 1))
            painter.drawRoundedRect(place.adjusted(-3.5, -3.5, 3.5, 3.5), 4, 4)
        painter.restore()
