"""Found: the commands that fit what somebody typed, and how they are listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from editor.core.edit import Edit
from editor.ui.actions import COMMANDS, QT_TRANSLATE_NOOP, Command, plain
from editor.ui.fuzzy import initials, score
from editor.ui.icons import icon
from editor.ui.theme import tokens

ROW = 34  # pixels
ELSEWHERE = 4.0  # what a name is worth less where letters are found in the name of its menu, too
Index = QModelIndex | QPersistentModelIndex


_EDITS = QT_TRANSLATE_NOOP("Menu", "Edits")


@dataclass(frozen=True)
class ShowEdit(Command):
    """To bring an edit into sight in the panel."""

    @property
    def heading(self) -> str:
        return QCoreApplication.translate("Edits", self.title)


def edit_commands() -> tuple[ShowEdit, ...]:
    """One for each kind of edit, named as it is."""
    return tuple(ShowEdit(f"edit {kind.id}", _EDITS, kind.title) for kind in Edit.kinds.values())


@dataclass(frozen=True)
class Found:
    """A command that fits what was typed."""

    command: Command
    action: QAction

    @property
    def heading(self) -> str:
        """What it is called just now: "Undo Exposure"."""
        return plain(self.action.text())

    @property
    def place(self) -> str:
        """The menu that it stands in."""
        return place(self.command)

    @property
    def keys(self) -> str:
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def place(command: Command) -> str:
    """The menu that a command stands in: "View › Soft Proof"."""
    parts = [part for part in (command.menu, command.under) if part]
    return " › ".join(plain(QCoreApplication.translate("Menu", part)) for part in parts)


def fitting(typed: str, used: Sequence[str], also: Iterable[Command] = ()) -> list[Command]:
    """The commands that fit what was typed, the best first; of those that fit alike, the ones that were `used` last.

    `also` are some beside those of the menu, by other names.
    """
    commands = (*COMMANDS, *also)
    order = {name: i for i, name in enumerate([*used, *(c.name for c in commands if c.name not in used)])}
    values: dict[str, float] = {}
    for command in commands:
        here, there = command.heading, plain(command.title)
        names = {here, there, initials(here)}
        menus = {f"{place(command)} {here}", f"{plain(command.menu)} {plain(command.under)} {there}"}
        fits = [(value, 0.0) for name in names if (value := score(typed, name)) is not None]
        fits += [(value, ELSEWHERE) for name in menus if (value := score(typed, name)) is not None]
        if fits:
            values[command.name] = max(value - less for value, less in fits)
    fitted = [c for c in commands if c.name in values]
    return sorted(fitted, key=lambda c: (-round(values[c.name]), order[c.name]))


class FoundListModel(QAbstractListModel):
    """What was found, the best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: list[Found] = []

    def show(self, found: list[Found]) -> None:
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.found):
            return None
        found = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return found.heading
        if role == Qt.ItemDataRole.UserRole:
            return found
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "" if found.action.isEnabled() else self.tr("not available")
            return ", ".join(part for part in (found.heading, found.place, found.keys, state) if part)
        return None


class FoundRow(QStyledItemDelegate):
    """A found command: its sign, its name, its menu, its key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: Found = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        worn, live = tokens(), found.action.isEnabled()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(QPen(QColor(worn.accent), 1))
            painter.setBrush(QColor(worn.raised))
            painter.drawRoundedRect(QRectF(box).adjusted(4.5, 1.5, -4.5, -1.5), 4, 4)
        inside = box.adjusted(14, 0, -14, 0)
        sign = "check" if found.action.isChecked() else found.command.icon
        if sign:
            mode = QIcon.Mode.Normal if live else QIcon.Mode.Disabled
            icon(sign).paint(painter, QRect(inside.left(), inside.center().y() - 8, 17, 17), mode=mode)
        inside.adjust(26, 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(worn.muted if live else worn.faint))
        keys = found.keys
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, keys)
        inside.adjust(0, 0, -option.fontMetrics.horizontalAdvance(keys) - 16, 0)
        name = option.fontMetrics.elidedText(found.heading, Qt.TextElideMode.ElideRight, inside.width())
        painter.setPen(QColor(worn.text if live else worn.faint))
        painter.drawText(inside, middle, name)
        inside.adjust(option.fontMetrics.horizontalAdvance(name) + 14, 0, 0, 0)
        painter.setPen(QColor(worn.faint if not live else worn.muted))
        where = option.fontMetrics.elidedText(found.place, Qt.TextElideMode.ElideRight, max(0, inside.width()))
        painter.drawText(inside, middle, where)
        painter.restore()
