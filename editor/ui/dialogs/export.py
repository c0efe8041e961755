"""Export: asks how a finished picture is to be written."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from editor.core.formats import Format
from editor.core.origin import COMPOSITE, GENERATED, strength
from editor.core.output import Output
from editor.core.photo import Photo
from editor.ui.dialogs.output import OutputFields
from editor.ui.noteline import NoteLine
from editor.ui.theme import named


class ExportDialog(QDialog):
    """Asks for an Output. It begins with `output`; what this kind of file cannot do is not offered. `source` is what
    the picture is by IPTC's types: where only photos are taken, one that is a render is warned of."""

    def __init__(
        self, kind: Format, photo: Photo, output: Output, parent: QWidget | None = None, source: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export as {}").format(kind.name))
        self.fields = OutputFields(kind, photo, output)
        self._source = source
        self.warning = NoteLine()
        if row := self.warning.layout():
            row.setContentsMargins(0, 0, 0, 0)
        self.fields.photos_only.toggled.connect(self._warn)
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
        column.addWidget(self.warning)
        column.addWidget(buttons)
        self.setMinimumWidth(420)
        self._warn()

    @Slot()
    def _warn(self) -> None:
        drawn, changed = (strength(self._source) == strength(each) for each in (GENERATED, COMPOSITE))
        told = ""
        if drawn:
            told = self.tr("This is a concept: a network drew it. Places that take photos only may refuse it.")
        elif changed:
            told = self.tr("A network has made or reshaped a part of this. Places that take photos only may refuse it.")
        self.warning.say(told if self.fields.photos_only.isChecked() else "")

    @property
    def output(self) -> Output:
        """What the fields say."""
        return self.fields.output


def ask(kind: Format, photo: Photo, output: Output, parent: QWidget, source: str = "") -> Output | None:
    """How to write it, or None if the person would rather not."""
    dialog = ExportDialog(kind, photo, output, parent, source)
    try:
        return dialog.output if dialog.exec() else None
    finally:
        dialog.deleteLater()
