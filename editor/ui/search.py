"""Search: every command by name, for whoever does not know in which menu it stands or what its key is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAction,
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QMainWindow, QVBoxLayout, QWidget

from editor.ui.found import ROW, Found, FoundListModel, FoundRow, edit_commands, fitting
from editor.ui.language import retold
from editor.ui.settings import Settings
from editor.ui.theme import named, tokens

WIDTH, ROWS = 600, 9  # pixels; the rows that are to be seen at once


class CommandSearch(QFrame):
    """Lies over the top of the window while somebody searches. What is run is remembered in `settings`.

    Edits are found as well: `show_edit` brings one, by its kind, into sight.
    """

    def __init__(self, settings: Settings, window: QMainWindow, show_edit: Callable[[str], None]) -> None:
        super().__init__(window)
        self._edits = {command.name: (command, QAction(self)) for command in edit_commands()}
        for name, (_, action) in self._edits.items():
            action.triggered.connect(partial(self._show_edit, name.removeprefix("edit ")))
        self._shows = show_edit
        self._settings, self._window = settings, window
        self._actions: Mapping[str, QAction] = {}
        self._before: QWidget | None = None  # what had the focus
        self.field, self.list, self.model = QLineEdit(), named(QListView(), "frames"), FoundListModel(self)
        self._nothing = named(QLabel(), "muted")
        self._nothing.setContentsMargins(14, 6, 14, 6)
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumHeight(32)
        self.list.setModel(self.model)
        self.list.setItemDelegate(FoundRow(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps it; the arrow keys go through to the list
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for widget in (self.field, self.list, self._nothing):
            column.addWidget(widget)
        self.field.textChanged.connect(self._find)
        self.list.clicked.connect(self._run)
        self.list.selectionModel().currentChanged.connect(self._tell)
        self.field.installEventFilter(self)
        window.installEventFilter(self)
        retold(self, self._name)
        self.hide()

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        return {"search": self.toggle}

    def serve(self, actions: Mapping[str, QAction]) -> None:
        """The actions that are to be found."""
        self._actions = actions

    def toggle(self) -> None:
        if self.isVisible():
            self.close_up()
        else:
            self._open()

    def close_up(self) -> None:
        """Go away; what had the focus has it again."""
        if not self.isVisible():
            return
        had = self.field.hasFocus()
        self.hide()
        if had and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        kind = event.type()
        if watched is self._window and kind == QEvent.Type.Resize and self.isVisible():
            self._settle()
        elif watched is self.field and isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride:  # whoever types here means this field, not the window's keys
                return not self._is_own(event) and self._take(event)
            return kind == QEvent.Type.KeyPress and self._key(event)
        elif watched is self.field and kind == QEvent.Type.FocusOut and QApplication.focusWidget() is not None:
            self.close_up()  # None: another program is in front, this is to stay
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().line), 1))
        painter.setBrush(QColor(tokens().panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Command search"))
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Search for a command"))
        self.list.setAccessibleName(self.tr("Commands that fit"))
        for command, action in self._edits.values():
            action.setText(command.heading)
        self._nothing.setText(self.tr("No command is called like that."))

    def _show_edit(self, kind: str, checked: bool = False) -> None:
        self._shows(kind)

    def _is_own(self, event: QKeyEvent) -> bool:
        """Whether it is the key that brought this here, and writes nothing."""
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        return bool(held) and QKeySequence(event.keyCombination()) in self._actions["search"].shortcuts()

    def _take(self, event: QKeyEvent) -> bool:
        event.accept()
        return True

    def _open(self) -> None:
        self._before = QApplication.focusWidget()
        self.field.clear()
        self._find()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _find(self) -> None:
        typed = self.field.text()
        also = {name: action for name, (_, action) in self._edits.items()} if typed.strip() else {}
        commands = fitting(typed, self._settings.used, [self._edits[name][0] for name in also])
        known = {**self._actions, **also}
        self.model.show([Found(c, known[c.name]) for c in commands if c.name != "search"])
        self.list.setCurrentIndex(self.model.index(0))
        self._tell(self.list.currentIndex())
        self._settle()

    def _settle(self) -> None:
        rows = self.model.rowCount()
        self.list.setVisible(rows > 0)
        self._nothing.setVisible(rows == 0)
        self.list.setFixedHeight(min(rows, ROWS) * ROW + 2)
        top = self._window.menuBar().geometry().bottom() + 10
        width = min(WIDTH, self._window.width() - 40)
        self._column.activate()
        self.setGeometry((self._window.width() - width) // 2, top, width, self._column.minimumSize().height())

    def _tell(self, current: QModelIndex) -> None:
        self.field.setAccessibleDescription(current.data(Qt.ItemDataRole.AccessibleTextRole) or self._nothing.text())
        QAccessible.updateAccessibility(QAccessibleEvent(self.field, QAccessible.Event.DescriptionChanged))

    def _key(self, event: QKeyEvent) -> bool:
        keys, row, last = Qt.Key, self.list.currentIndex().row(), self.model.rowCount() - 1
        there = {
            keys.Key_Down: (row + 1) % (last + 1) if last >= 0 else 0,
            keys.Key_Up: row - 1 if row > 0 else last,
            keys.Key_PageDown: min(last, row + ROWS),
            keys.Key_PageUp: max(0, row - ROWS),
        }
        if event.key() in there:
            self.list.setCurrentIndex(self.model.index(there[Qt.Key(event.key())]))
        elif event.key() in (keys.Key_Return, keys.Key_Enter):
            self._run(self.list.currentIndex())
        elif event.key() in (keys.Key_Escape, keys.Key_Tab, keys.Key_Backtab):
            self.close_up()
        else:
            return False
        return True

    def _run(self, index: QModelIndex) -> None:
        found: Found | None = index.data(Qt.ItemDataRole.UserRole)
        if found and found.action.isEnabled():
            self.close_up()
            self._settings.use(found.command.name)
            found.action.trigger()
        else:
            self.field.setFocus()
