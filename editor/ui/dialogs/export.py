"""Export: asks how a finished picture is to be written."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from editor.core.formats import Format
from editor.core.output import Output
from editor.core.photo import Photo
from editor.ui.dialogs.output import OutputFields
from editor.ui.theme import named


class ExportDialog(QDialog):
    """Asks for an Output. It begins with `output`; what this kind of file cannot do is not offered."""

    def __init__(self, kind: Format, photo: Photo, output: Output, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export as {}").format(kind.name))
        self.fields = OutputFields(kind, photo, output)
        buttons = QDialogButtonBox()
        self.write = named(buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole), "primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.write.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(18)
        column.addWidget(self.fields)
        column.addWidget(buttons)
        self.setMinimumWidth(420)

    @property
    def output(self) -> Output:
        """What the fields say."""
        return self.fields.output


def ask(kind: Format, photo: Photo, output: Output, parent: QWidget) -> Output | None:
    """How to write it, or None if the person would rather not."""
    dialog = ExportDialog(kind, photo, output, parent)
    try:
        return dialog.output if dialog.exec() else None
    finally:
        dialog.deleteLater()
