"""Shortcuts: a dialog in which every command can be given another key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)

from editor.ui.actions import COMMANDS, plain
from editor.ui.found import place
from editor.ui.fuzzy import initials, score
from editor.ui.shortcuts import DEFAULTS, Keys, given, native, owner, portable
from editor.ui.theme import named

_BY_NAME = {command.name: command for command in COMMANDS}
_NAME, ROW = Qt.ItemDataRole.UserRole, 24  # pixels


class ShortcutsDialog(QDialog):
    """Begins with `keys`, and has them as the person wants them when it is accepted."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = keys
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard Shortcuts"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search by name or key"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([self.tr("Command"), self.tr("Shortcut")])
        self.tree.setAccessibleName(self.tr("Commands"))
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(14)
        self.tree.setUniformRowHeights(True)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionsMovable(False)
        self.menus: list[QTreeWidgetItem] = []
        self.items = self._fill()
        self.tree.expandAll()
        self.tree.currentItemChanged.connect(self._choose)
        self.head, self.hint = QLabel(), named(QLabel(), "muted")
        self.hint.setWordWrap(True)
        self.hint.setMinimumHeight(2 * self.hint.fontMetrics().lineSpacing())
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.press = QKeySequenceEdit()
        self.press.setMaximumSequenceLength(1)
        self.press.setAccessibleName(self.tr("Press the new key"))
        self.press.keySequenceChanged.connect(self._refresh)
        self.set = self._button(self._set)
        self.add = self._button(self._add)
        self.remove = self._button(self._remove)
        self.remove.setText(self.tr("Remove"))
        self.reset = self._button(self._reset)
        self.reset.setText(self.tr("Reset"))
        row = QHBoxLayout()
        row.addWidget(self.press, 1)
        for button in (self.set, self.add, self.remove, self.reset):
            row.addWidget(button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.reset_all = buttons.addButton(self.tr("Reset All"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset_all.clicked.connect(self._reset_all)
        for each in buttons.findChildren(QPushButton):
            each.setAutoDefault(False)  # Enter in the search is not to end it
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addWidget(self.head)
        column.addLayout(row)
        column.addWidget(self.hint)
        column.addWidget(buttons)
        self.resize(600, 640)
        self._show()
        self.tree.setCurrentItem(self.items[COMMANDS[0].name])
        self.search.setFocus()

    @property
    def chosen(self) -> str:
        """The name of the command that is being changed; empty while a menu is chosen."""
        item = self.tree.currentItem()
        return str(item.data(0, _NAME) or "") if item and not item.isHidden() else ""

    def _button(self, act: object) -> QPushButton:
        button = QPushButton()
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _fill(self) -> dict[str, QTreeWidgetItem]:
        menus: dict[str, QTreeWidgetItem] = {}
        items: dict[str, QTreeWidgetItem] = {}
        bold = QFont(self.font())
        bold.setBold(True)
        for command in COMMANDS:
            where = place(command)
            if where not in menus:
                menus[where] = QTreeWidgetItem(self.tree, [where])
                menus[where].setFont(0, bold)
                menus[where].setSizeHint(0, QSize(0, ROW))
                menus[where].setFlags(Qt.ItemFlag.ItemIsEnabled)
            items[command.name] = QTreeWidgetItem(menus[where], [command.heading])
            items[command.name].setData(0, _NAME, command.name)
            items[command.name].setSizeHint(0, QSize(0, ROW))
        self.menus = list(menus.values())
        return items

    def _show(self) -> None:
        """The keys as they are now; what was changed stands out."""
        for name, item in self.items.items():
            item.setText(1, "   ".join(native(key) for key in self.keys[name]))
            font = QFont(self.font())
            font.setBold(self.keys[name] != DEFAULTS[name])
            item.setFont(1, font)
        self.reset_all.setEnabled(self.keys != DEFAULTS)
        self._refresh()

    def _filter(self, text: str) -> None:
        for name, item in self.items.items():
            names = (item.text(0), plain(_BY_NAME[name].title), initials(item.text(0)))
            fits = any(score(text, each) is not None for each in names)
            item.setHidden(not fits and text.casefold() not in item.text(1).casefold())
        for menu in self.menus:
            menu.setHidden(all(item.isHidden() for item in self.items.values() if item.parent() is menu))
        if not self.chosen:
            shown = QTreeWidgetItemIterator(self.tree, QTreeWidgetItemIterator.IteratorFlag.NotHidden)
            while shown.value() and not shown.value().data(0, _NAME):
                shown += 1
            self.tree.setCurrentItem(shown.value())
        self._refresh()

    def _choose(self) -> None:
        self.press.clear()
        self._refresh()

    def _refresh(self) -> None:
        """What can be done with the key that was pressed, and whose it is."""
        name, pressed = self.chosen, self.press.keySequence()
        key = portable(pressed.toString(QKeySequence.SequenceFormat.PortableText))
        whose = owner(self.keys, key) if key else ""
        self.head.setText(self.tr("Shortcut of “{}”").format(_BY_NAME[name].heading) if name else "")
        taken = bool(whose) and whose != name
        self.set.setText(self.tr("Set Anyway") if taken else self.tr("Set"))
        self.add.setText(self.tr("Add Anyway") if taken else self.tr("Add"))
        for button in (self.set, self.add):
            button.setEnabled(bool(name and key) and key not in self.keys[name])
        self.set.setEnabled(bool(name and key) and self.keys[name] != (key,))
        self.press.setEnabled(bool(name))
        self.remove.setEnabled(bool(name and self.keys[name]))
        self.reset.setEnabled(bool(name) and self.keys[name] != DEFAULTS[name])
        self.hint.setText(self._said(name, whose, native(key), refused=not pressed.isEmpty() and not key))

    def _said(self, name: str, whose: str, key: str, *, refused: bool) -> str:
        if refused:
            return self.tr("This key moves the picture or the focus and cannot be a shortcut.")
        if whose == name and whose:
            return self.tr("{} is its shortcut already.").format(key)
        if whose:
            command = _BY_NAME[whose]
            text = self.tr("{} is the shortcut of “{}” ({}), which would lose it.")
            return text.format(key, command.heading, place(command))
        return self.tr("{} is free.").format(key) if key else ""

    def _give(self, own: tuple[str, ...]) -> None:
        name = self.chosen
        self.keys = given(self.keys, name, own)
        self.press.clear()
        self._show()

    def _set(self) -> None:
        self._give((portable(self.press.keySequence().toString()),))

    def _add(self) -> None:
        self._give((*self.keys[self.chosen], portable(self.press.keySequence().toString())))

    def _remove(self) -> None:
        self._give(())

    def _reset(self) -> None:
        """Its own keys again, as far as no other command has been given them."""
        name = self.chosen
        free = tuple(key for key in DEFAULTS[name] if owner(self.keys, key) in ("", name))
        gone = [native(key) for key in DEFAULTS[name] if key not in free]
        self._give(free)
        if gone:
            self.hint.setText(self.tr("{} stays with the command that has it now.").format(", ".join(gone)))

    def _reset_all(self) -> None:
        self.keys = DEFAULTS
        self.press.clear()
        self._show()
