"""Export of colourways: asks for the folder, the kind of file, and how it is to be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.formats import FORMATS, Format
from editor.core.output import Output
from editor.core.photo import Photo
from editor.ui.dialogs.output import OutputFields
from editor.ui.theme import named

MOST_NAMED = 4  # files in one message

Replacing = Literal["replace", "keep", "cancel"]


@dataclass(frozen=True)
class Wish:
    """Where the files go, and how they are written."""

    folder: Path
    kind: Format
    output: Output


class ExportColourways(QDialog):
    """Asks for a `Wish`. `parts` are what the swatches add to the photo's name, `output_of` how a kind of file was last
    written."""

    def __init__(
        self, photo: Photo, stem: str, parts: Sequence[str], kind: Format, output_of: Callable[[Format], Output],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._photo, self._stem, self._parts, self._output_of = photo, stem, parts, output_of
        self.setWindowTitle(self.tr("Export Colourways"))
        self.folder, self.kind, self.browse = QLineEdit(str(photo.path.parent)), QComboBox(), QPushButton()
        self.names = named(QLabel(), "muted")
        self.names.setTextFormat(Qt.TextFormat.PlainText)
        self.names.setWordWrap(True)
        self.browse.setText(self.tr("&Browse…"))
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)
        for each in FORMATS:
            self.kind.addItem(each.name, each)
        self.kind.setCurrentIndex(FORMATS.index(kind))
        self.kind.setAccessibleName(self.tr("Kind of file"))
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.setMinimumWidth(260)
        self.fields = OutputFields(kind, photo, output_of(kind))
        buttons = QDialogButtonBox()
        self.write = named(buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole), "primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.write.setDefault(True)
        self._arrange(buttons)
        self.kind.currentIndexChanged.connect(self._follow)
        self.folder.textChanged.connect(self._check)
        self._tell()

    def _arrange(self, buttons: QDialogButtonBox) -> None:
        form, where = QFormLayout(), QHBoxLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        where.addWidget(self.folder, 1)
        where.addWidget(self.browse)
        for text, buddy, row in (
            (self.tr("&Folder"), self.folder, where), (self.tr("&Kind of file"), self.kind, self.kind),
        ):  # fmt: skip
            label = QLabel(text)
            label.setBuddy(buddy)
            form.addRow(label, row)
        form.addRow(QLabel(self.tr("Files")), self.names)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 18, 20, 16)
        self._column.setSpacing(18)
        self._column.addLayout(form)
        self._column.addWidget(self.fields)
        self._column.addWidget(buttons)
        self.setMinimumWidth(480)

    @property
    def wish(self) -> Wish:
        """What the fields say."""
        return Wish(Path(self.folder.text().strip()).expanduser(), self._kind, self.fields.output)

    @property
    def _kind(self) -> Format:
        kind = self.kind.currentData()
        assert isinstance(kind, Format)
        return kind

    @Slot()
    def _follow(self) -> None:
        """Another kind of file leaves other choices."""
        old, self.fields = self.fields, OutputFields(self._kind, self._photo, self._output_of(self._kind))
        self._column.replaceWidget(old, self.fields)
        old.hide()
        old.deleteLater()
        self._tell()
        self.adjustSize()

    def _tell(self) -> None:
        files = [f"{self._stem}-{part}{self._kind.suffixes[0]}" for part in self._parts]
        self.names.setText(briefly(files))

    @Slot()
    def _check(self) -> None:
        self.write.setEnabled(bool(self.folder.text().strip()))

    @Slot()
    def _browse(self) -> None:
        there = QFileDialog.getExistingDirectory(self, self.tr("The folder for the colours"), self.folder.text())
        if there:
            self.folder.setText(there)


def briefly(files: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    said = ", ".join(files[:MOST_NAMED])
    if (more := len(files) - MOST_NAMED) > 0:
        return QCoreApplication.translate("ExportColourways", "{} and {} more").format(said, more)
    return said


def ask(
    photo: Photo, stem: str, parts: Sequence[str], kind: Format, output_of: Callable[[Format], Output], parent: QWidget
) -> Wish | None:
    """Where and how to write them, or None if the person would rather not."""
    dialog = ExportColourways(photo, stem, parts, kind, output_of, parent)
    try:
        return dialog.wish if dialog.exec() else None
    finally:
        dialog.deleteLater()


def ask_replacing(parent: QWidget, there: Sequence[Path]) -> Replacing:
    """What to do with files of these names that are there already."""
    translate, roles = QCoreApplication.translate, QMessageBox.ButtonRole
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("ExportColourways", "Replace files?"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    text = translate("ExportColourways", "In {} there are already: {}.")
    box.setText(text.format(there[0].parent, briefly([os.path.basename(path) for path in there])))
    replace = box.addButton(translate("ExportColourways", "Replace"), roles.DestructiveRole)
    keep = box.addButton(translate("ExportColourways", "Keep Those, Write the Others"), roles.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(keep)
    box.exec()
    box.deleteLater()
    clicked = box.clickedButton()
    return "replace" if clicked is replace else "keep" if clicked is keep else "cancel"
