"""Way cells: the cells of a sheet of colourways: the photo in one colour each, its swatch, and how near it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from editor.core.colourtext import shown_as
from editor.core.reading import Reading
from editor.core.recipe import Recipe
from editor.core.swatches import Swatch
from editor.ui.control import told
from editor.ui.icons import icon
from editor.ui.renderer import Picture
from editor.ui.theme import tokens

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
LEAST, MOST = 132, 460  # pixels of a picture's longer side
PAD, WORDS = 10, 40  # around a picture, and for what stands below it
_CHIP, _TICK = 14, 20


@dataclass(frozen=True)
class Cell:
    """One colour of the photo. `picture` may be of an older recipe, until the new one has been cooked."""

    swatch: Swatch
    recipe: Recipe
    picture: Picture | None = None
    readings: tuple[Reading, ...] = ()  # what has come of it
    worn: bool = False  # it is the colour that the photo has now

    @property
    def readout(self) -> str:
        """How near the target was come, in the language of now."""
        return self._told(warns=False)

    @property
    def warning(self) -> str:
        """What is to be known before the picture is trusted."""
        return self._told(warns=True)

    def _told(self, *, warns: bool) -> str:
        return " ".join(told(r.text).format(*r.values) for r in self.readings if r.warns == warns)

    @property
    def fresh(self) -> bool:
        return self.picture is not None and self.picture.request.recipe == self.recipe


class WayListModel(QAbstractListModel):
    """The colours in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cells: tuple[Cell, ...] = ()

    def show(self, ways: Sequence[tuple[Swatch, Recipe]], worn: str | None) -> None:
        """Other swatches, or the same of another recipe; `worn` is the colour that the photo has now.

        A swatch that stays where it was keeps the picture it has until a newer one comes.
        """
        old = self.cells
        before = {cell.swatch: cell for cell in old}
        cells = []
        for swatch, recipe in ways:
            known = before.get(swatch)
            cell = replace(known, recipe=recipe) if known else Cell(swatch, recipe)
            cells.append(replace(cell, worn=swatch.colour == worn))
        if [cell.swatch for cell in cells] == [cell.swatch for cell in old]:
            self.cells = tuple(cells)
            if cells:
                self.dataChanged.emit(self.index(0), self.index(len(cells) - 1))
            return
        self.beginResetModel()
        self.cells = tuple(cells)
        self.endResetModel()

    def put(self, picture: Picture, readings: tuple[Reading, ...] = ()) -> None:
        """A picture has been cooked."""
        for row, cell in enumerate(self.cells):
            if cell.recipe == picture.request.recipe:
                given = replace(cell, picture=picture, readings=readings)
                self.cells = (*self.cells[:row], given, *self.cells[row + 1 :])
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.cells)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.cells):
            return None
        cell, roles = self.cells[index.row()], Qt.ItemDataRole
        if role == CELL:
            return cell
        if role == roles.DisplayRole:
            return cell.swatch.name
        if role not in (roles.ToolTipRole, roles.AccessibleTextRole):
            return None
        worn = self.tr("the photo has it now") if cell.worn else ""
        parts = (cell.swatch.name, cell.swatch.colour, cell.readout, worn, cell.warning)
        return QCoreApplication.translate("Naming", ", ").join(part for part in dict.fromkeys(parts) if part)


@dataclass(frozen=True)
class Grid:
    """How cells lie: so many beside each other, each as large as `cell`, with a picture of `picture` in it."""

    columns: int
    cell: QSize
    picture: QSize

    @property
    def side(self) -> int:
        return max(self.picture.width(), self.picture.height())


def fitting(count: int, room: QSize, shape: float) -> Grid:
    """Room for `count` pictures of `shape` (width by height): as large as lets all be seen at once, if that is not too
    small; else as many beside each other as go there, and one has to scroll."""
    wide, high = min(1.0, shape), min(1.0, 1 / shape)  # of a picture whose longer side is 1
    most = max(1, room.width() // (ceil(LEAST * wide) + 2 * PAD))
    best = 0.0, most, 1
    for columns in range(1, min(most, max(1, count)) + 1):
        rows = ceil(max(1, count) / columns)
        across, down = room.width() // columns - 2 * PAD, room.height() // rows - 2 * PAD - WORDS
        side = min(MOST, across / wide, down / high)
        if side > best[0]:
            best = side, columns, rows
    side, columns, _ = best
    if side < LEAST:
        columns = most
        side = max(LEAST, min(MOST, (room.width() // columns - 2 * PAD) / wide))
    picture = QSize(max(1, int(side * wide)), max(1, int(side * high)))
    across = max(room.width() // columns, picture.width() + 2 * PAD)
    return Grid(columns, QSize(across, picture.height() + 2 * PAD + WORDS), picture)


class WayPainter(QStyledItemDelegate):
    """Draws them. The one that the keys are at has a frame, those that are selected a ground and a tick."""

    grid = fitting(1, QSize(LEAST + 2 * PAD, LEAST + 2 * PAD + WORDS), 1.0)
    words = WORDS  # pixels for what stands below a picture

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.grid.cell

    def place(self, cell: QRect) -> QRect:
        """Where in a cell its picture is."""
        size = self.grid.picture
        return QRect(cell.left() + (cell.width() - size.width()) // 2, cell.top() + PAD, size.width(), size.height())

    def ground(self, place: QRect) -> QRect:
        """What is as high as a picture and as wide as what stands below it."""
        return place

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        states, view, worn = QStyle.StateFlag, option.widget, tokens()
        selected, hovered = bool(option.state & states.State_Selected), bool(option.state & states.State_MouseOver)
        current = isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex() == index
        place = self.place(option.rect)
        ground = self.ground(place)
        box = QRectF(ground).adjusted(-PAD + 2.5, -PAD + 2.5, PAD - 2.5, PAD + self.words - 2.5)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(worn.raised if selected else worn.panel))
            painter.drawRoundedRect(box, 4, 4)
        self.paint_cell(painter, place, QRect(ground.left(), place.bottom() + 5, ground.width(), self.words), index)
        if selected:
            _paint_tick(painter, QPointF(place.topLeft()) + QPointF(5, 5))
        if current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(worn.accent), 2))
            painter.drawRoundedRect(box, 4, 4)
        painter.restore()

    def paint_cell(self, painter: QPainter, place: QRect, words: QRect, index: Index) -> None:
        """The picture at its place, and what stands below it."""
        if isinstance(cell := index.data(CELL), Cell):
            paint_picture(painter, QRectF(place), cell.picture)
            _paint_words(painter, words, cell)


def paint_picture(painter: QPainter, room: QRectF, picture: Picture | None) -> None:
    """A picture, or the room for one that is still to come."""
    if picture is None:
        painter.setPen(QPen(QColor(tokens().line), 1))
        painter.setBrush(QColor(tokens().panel))
        painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))
        return
    if picture.alpha:
        painter.fillRect(room, QColor(tokens().chalk))
    painter.drawImage(room, picture.pixels)


def _paint_words(painter: QPainter, room: QRect, cell: Cell) -> None:
    """The swatch, its name, and a sign if the photo has it or if it is not to be trusted; below them how near it is."""
    worn, half, middle = tokens(), room.height() // 2, Qt.AlignmentFlag.AlignVCenter
    chip = QRectF(room.left() + 0.5, room.top() + (half - _CHIP) / 2 + 0.5, _CHIP - 1, _CHIP - 1)
    painter.setPen(QPen(QColor(worn.faint), 1))
    painter.setBrush(QColor(shown_as(cell.swatch.colour)))
    painter.drawRoundedRect(chip, 3, 3)
    signs = [name for name, there in (("warning", cell.warning), ("check", cell.worn)) if there]
    for number, name in enumerate(signs, 1):
        icon(name).paint(painter, QRect(room.right() - 16 * number, chip.toRect().top(), 15, 15))
    first = QRect(room.left() + _CHIP + 6, room.top(), room.width() - _CHIP - 6 - 17 * len(signs), half)
    painter.setPen(QColor(worn.text))
    metrics = painter.fontMetrics()
    painter.drawText(first, middle, metrics.elidedText(cell.swatch.name, Qt.TextElideMode.ElideMiddle, first.width()))
    small = QFont(painter.font())
    small.setPointSizeF(0.9 * small.pointSizeF() if small.pointSizeF() > 0 else 9)
    painter.setFont(small)
    second, below = QRect(room.left(), room.top() + half, room.width(), half), cell.readout or cell.swatch.colour
    metrics = painter.fontMetrics()
    painter.drawText(second, middle, metrics.elidedText(below, Qt.TextElideMode.ElideMiddle, second.width()))


def _paint_tick(painter: QPainter, corner: QPointF) -> None:
    """A sign upon the picture: selected."""
    worn = tokens()
    painter.setPen(QPen(QColor(worn.on_accent), 1))
    painter.setBrush(QColor(worn.accent))
    painter.drawEllipse(QRectF(corner.x(), corner.y(), _TICK, _TICK))
    painter.setPen(QPen(QColor(worn.on_accent), 2))
    ends = ((0.27, 0.52), (0.44, 0.69), (0.74, 0.34))
    painter.drawPolyline([corner + QPointF(x * _TICK, y * _TICK) for x, y in ends])
