"""Cheat sheet: the shortcuts on paper, by menu, in two columns."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from editor.ui.actions import COMMANDS
from editor.ui.found import place
from editor.ui.shortcuts import Keys, native

PAPER, INK, GREY, RULE = "#ffffff", "#000000", "#555555", "#bbbbbb"  # a page is of paper, whatever the theme
COLUMNS = 2
# of the height of the page
TITLE, HEADING, HEAD, ROW, TEXT, APART = 0.024, 0.0150, 0.025, 0.0196, 0.0125, 0.013
MARGIN, GUTTER = 0.06, 0.05  # of the width of the page


@dataclass(frozen=True)
class Group:
    """A menu, and its commands with their keys: ("Export", "Ctrl+Shift+E")."""

    title: str
    rows: tuple[tuple[str, str], ...]

    @property
    def height(self) -> float:
        """Of the height of the page."""
        return HEAD + ROW * len(self.rows) + APART


def groups(keys: Keys) -> tuple[Group, ...]:
    """The commands that have a key, in the order of the menus, in the language of now."""
    found: dict[str, list[tuple[str, str]]] = {}
    for command in COMMANDS:
        if keys[command.name]:
            shown = "   ".join(native(key) for key in keys[command.name])
            found.setdefault(place(command), []).append((command.heading, shown))
    return tuple(Group(title, tuple(rows)) for title, rows in found.items())


Column = tuple[Group, ...]
Page = tuple[Column, ...]


def pages(told: tuple[Group, ...]) -> tuple[Page, ...]:
    """The groups in columns, COLUMNS to a page, as even as their order allows; one too long for a column is parted."""
    room = 1 - 2 * MARGIN - TITLE - 0.05
    most = max(1, int((room - HEAD - APART) / ROW))
    parted = [Group(g.title, g.rows[i : i + most]) for g in told for i in range(0, len(g.rows), most)]
    total = sum(group.height for group in parted)
    fair = max([total / COLUMNS, *(group.height for group in parted)]) if total <= COLUMNS * room else room
    columns: list[list[Group]] = [[]]
    for group in parted:
        held = sum(g.height for g in columns[-1])
        if (columns[-1] and held + group.height > room) or (held + group.height / 2 > fair and len(columns) < COLUMNS):
            columns.append([])
        columns[-1].append(group)
    filled = [tuple(column) for column in columns]
    return tuple(tuple(filled[i : i + COLUMNS]) for i in range(0, len(filled), COLUMNS))


def paint(painter: QPainter, page: Page, paper: QRectF, number: str = "") -> None:
    """Paints a page on a rectangle of the device, in the device's own units."""
    painter.save()
    painter.fillRect(paper, QColor(PAPER))
    painter.translate(paper.topLeft())
    width, height = paper.width(), paper.height()
    left, top = MARGIN * width, MARGIN * width
    title = QCoreApplication.translate("CheatSheet", "Packshot: Keyboard Shortcuts")
    line = QRectF(left, top, width - 2 * left, 1.6 * TITLE * height)
    _write(painter, line, title, TITLE * height, bold=True)
    _write(painter, line, number, TEXT * height, colour=GREY, right=True)
    gutter = GUTTER * width
    across = (width - 2 * left - (COLUMNS - 1) * gutter) / COLUMNS
    for i, column in enumerate(page):
        y = line.bottom() + 0.015 * height
        x = left + i * (across + gutter)
        for group in column:
            y = _paint_group(painter, group, QRectF(x, y, across, 0), height)
    painter.restore()


def _paint_group(painter: QPainter, group: Group, at: QRectF, height: float) -> float:
    y = at.top()
    _write(painter, QRectF(at.left(), y, at.width(), 1.5 * HEADING * height), group.title, HEADING * height, bold=True)
    y += HEAD * height
    for name, keys in group.rows:
        row = QRectF(at.left(), y, at.width(), ROW * height)
        painter.setPen(QPen(QColor(RULE), 0.0005 * height))
        painter.drawLine(row.topLeft(), row.topRight())
        taken = _write(painter, row, keys, TEXT * height, right=True)
        _write(painter, row.adjusted(0, 0, -taken - TEXT * height, 0), name, TEXT * height)
        y += ROW * height
    return y + APART * height


def _write(
    painter: QPainter,
    line: QRectF,
    text: str,
    size: float,
    *,
    bold: bool = False,
    right: bool = False,
    colour: str = INK,
) -> float:
    """Writes one line, shortened where it is too long. Returns its width."""
    font = QFont(painter.font())
    font.setPixelSize(max(1, round(size)))
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = QFontMetricsF(font, painter.device())
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(line, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
    return metrics.horizontalAdvance(text)


def text(told: tuple[Group, ...]) -> str:
    """The same in plain lines, for whoever has it read aloud."""
    return "\n".join(f"{name}: {keys}" for group in told for name, keys in group.rows)
