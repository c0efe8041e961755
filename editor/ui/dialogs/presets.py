"""Presets: two questions about them: what to keep under which name, and which of them to rename or delete."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.presets import Preset, Presets, Shelf
from editor.core.recipe import Recipe
from editor.ui.dialogs.choose_edits import EditTicks, Key, brief, title_of
from editor.ui.icons import icon
from editor.ui.theme import named

LONGEST = 80  # letters of a name


class SavePreset(QDialog):
    """Asks for a name, and which edits the preset is to hold."""

    def __init__(
        self,
        recipe: Recipe,
        ticked: Collection[Key],
        shelf: Shelf,
        name: str = "",
        *,
        drawn: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`drawn`: at first, what was drawn on the picture is meant as well."""
        super().__init__(parent)
        self._shelf = shelf
        self.setWindowTitle(self.tr("Save as Preset"))
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST)
        self.name.setAccessibleName(self.tr("Name of the preset"))
        self.name.setPlaceholderText(self.tr("Name of the preset"))
        self.edits = EditTicks(recipe, ticked, drawn=drawn)
        self._hint = named(QLabel(), "muted")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.go = named(buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole), "primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.go.setDefault(True)
        self.name.textChanged.connect(self._follow)
        self.edits.changed.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        for widget in (self.name, self.edits):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        foot.addWidget(buttons)
        column.addLayout(foot)
        self.setMinimumWidth(440)
        self.name.setFocus()
        self._follow()

    def _follow(self) -> None:
        there = self._shelf.named(self.name.text().strip())
        self._hint.setText(self.tr("Takes the place of the preset “{}”").format(there.name) if there else "")
        self.go.setText(self.tr("Replace") if there else self.tr("Save"))
        self.go.setEnabled(bool(self.name.text().strip() and self.edits.chosen))


class ManagePresets(QDialog):
    """Lists the presets, to be renamed and deleted; what could not be read is named below."""

    folder_wanted = Signal()

    def __init__(self, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets = presets
        self.setWindowTitle(self.tr("Presets"))
        self.list = _Names()
        self.list.setAccessibleName(self.tr("Presets"))
        self.list.setSpacing(2)
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.list.itemChanged.connect(self._renamed)
        self.list.currentItemChanged.connect(self._follow)
        self.list.deleting.connect(self.delete)
        self.trouble = named(QLabel(), "muted")
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.rename = QPushButton(icon("rename"), self.tr("&Rename"))
        self.rename.clicked.connect(lambda: self.list.editItem(self.list.currentItem()))
        self.remove = QPushButton(icon("trash"), self.tr("&Delete"))
        self.remove.clicked.connect(self.delete)
        self.folder = QPushButton(icon("folder_open"), self.tr("&Open Folder"))
        self.folder.clicked.connect(self.folder_wanted)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        for button in (self.rename, self.remove, self.folder):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(self.list, 1)
        column.addWidget(self.trouble)
        column.addLayout(row)
        self.resize(520, 420)
        self.fill()

    def may_delete(self, preset: Preset) -> bool:
        """Whether the person means it. Small, so that a test can answer."""
        buttons = QMessageBox.StandardButton
        text = self.tr("Delete the preset “{}”? Photos that it was used on stay as they are.").format(preset.name)
        return QMessageBox.question(self, self.tr("Delete Preset"), text, buttons.Yes | buttons.No) == buttons.Yes

    def fill(self, chosen: str = "") -> None:
        """List what there is now; the preset that is called `chosen` is the current one."""
        shelf = self._presets.shelf()
        self.list.blockSignals(True)
        self.list.clear()
        for preset in shelf.presets:
            item = QListWidgetItem(preset.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setData(Qt.ItemDataRole.UserRole, preset)
            item.setToolTip(content(preset.recipe))
            self.list.addItem(item)
            if preset.name == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if self.list.currentItem() is None:
            self.list.setCurrentRow(0)
        self._tell([self.tr("{} cannot be read: {}").format(path.name, reason) for path, reason in shelf.broken])
        self._follow()

    def _tell(self, said: list[str]) -> None:
        self.trouble.setText("\n".join(said))
        self.trouble.setVisible(bool(said))

    def _follow(self) -> None:
        for button in (self.rename, self.remove):
            button.setEnabled(self.list.currentItem() is not None)

    def _renamed(self, item: QListWidgetItem) -> None:
        preset = item.data(Qt.ItemDataRole.UserRole)
        name = " ".join(item.text().split())
        # later: the list is still busy with this one
        QTimer.singleShot(0, self, lambda: self._try(lambda: self._presets.rename(preset, name), preset.name, name))

    def delete(self) -> None:
        item = self.list.currentItem()
        preset = item.data(Qt.ItemDataRole.UserRole) if item else None
        if isinstance(preset, Preset) and self.may_delete(preset):
            self._try(lambda: self._presets.delete(preset), "")

    def _try(self, act: Callable[[], object], name: str, wanted: str = "") -> None:
        """Do it, and list what there is then; say why where it cannot be."""
        said = ""
        try:
            act()
        except FileExistsError:
            said = self.tr("There is a preset called “{}” already").format(wanted)
        except ValueError:
            said = self.tr("A preset needs a name")
        except OSError as error:
            said = self.tr("That cannot be written: {}").format(error.strerror or str(error))
        else:
            name = wanted or name
        self.fill(name)
        if said:
            self._tell([said])


class _Names(QListWidget):
    """The names of presets; the Delete key is for one of them."""

    deleting = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.deleting.emit()
        else:
            super().keyPressEvent(event)


def content(recipe: Recipe) -> str:
    """What a recipe holds, an edit a line."""
    lines = []
    for edit in recipe.edits:
        said = brief(edit) if recipe.is_on(*edit.key) else QCoreApplication.translate("EditTicks", "switched off")
        lines.append(f"{title_of(edit)}: {said}" if said else title_of(edit))
    return "\n".join(lines)
