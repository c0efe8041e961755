"""Picture control: another picture that an edit needs, as a file of the disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.core.params import Picture
from editor.ui import questions
from editor.ui.control import Control, told
from editor.ui.drawncontrols import say, tool_button
from editor.ui.label import Label
from editor.ui.language import retold
from editor.ui.theme import named

_WIDEST = 150  # pixels that a file's name may take


class PictureControl(Control):
    """The title, the file's name, a button that chooses a file, and one for none."""

    def __init__(self, param: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._param, self._path = param, ""
        self.label, self.value = Label(), named(Label(), "muted")
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.choose, self.none = tool_button("folder_open", checkable=False), tool_button("x", checkable=False)
        self.choose.clicked.connect(self._ask)
        self.none.clicked.connect(self._clear)
        self.label.reset.connect(self._clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.label)
        row.addWidget(self.value, 1)
        row.addWidget(self.choose)
        row.addWidget(self.none)
        retold(self, self._name)

    def _name(self) -> None:
        title = told(self._param.title)
        self.label.setText(title)
        say(self.choose, self.tr("Choose a file for {}").format(title))
        say(self.none, self.tr("No {}").format(title))
        self._tell()

    def show_value(self, value: object) -> None:
        self._path = str(value)
        self._tell()

    def _tell(self) -> None:
        text = self._param.brief(self._path) if self._path else self.tr("none")
        self.value.setText(self.value.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, _WIDEST))
        self.value.setToolTip(self._path)
        self.none.setEnabled(bool(self._path))

    def _put(self, path: str) -> None:
        if path != self._path:
            self.changed.emit(path)
            self.settled.emit()

    @Slot()
    def _ask(self) -> None:
        folder = Path(self._path).parent if self._path else None
        if chosen := questions.which_picture(self, folder, told(self._param.title)):
            self._put(str(chosen))

    @Slot()
    def _clear(self) -> None:
        if self.isEnabled():
            self._put("")
