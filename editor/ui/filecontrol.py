"""File control: another file that an edit needs, a picture or a look, chosen from the disk or dropped here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.core.formats import READABLE
from editor.core.params import File, Picture
from editor.ui import questions
from editor.ui.control import Control, told
from editor.ui.drawncontrols import say, tool_button
from editor.ui.dropping import local_files
from editor.ui.label import Label
from editor.ui.language import retold
from editor.ui.theme import named, tokens

_WIDEST = 150  # pixels that a file's name may take


def unusable(path: str) -> str:
    """Says of a file that it cannot be kept by its name (`File.check`)."""
    name = "".join(sign if sign.isprintable() else "?" for sign in Path(path).name)
    text = QCoreApplication.translate("FileControl", "{} has a name or a path that cannot be kept; rename it first.")
    return text.format(name)


class FileControl(Control):
    """The title, the file's name, a button that chooses a file, and one for none. A file can be dropped on it."""

    def __init__(self, param: File, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._param, self._path = param, ""
        self._suffixes = READABLE if isinstance(param, Picture) else param.suffixes
        self._hot = False  # something that fits is held over it
        self.label, self.value = Label(), named(Label(), "muted")
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.choose, self.none = tool_button("folder_open", checkable=False), tool_button("x", checkable=False)
        self.choose.clicked.connect(self._ask)
        self.none.clicked.connect(self._clear)
        self.label.reset.connect(self._clear)
        self.setAcceptDrops(True)
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
        """The path as it is kept, whatever folder somebody works in later; refused if it cannot be written down."""
        path = str(Path(path).absolute()) if path else ""
        try:
            self._param.check(path)
        except ValueError:
            self.troubled.emit(unusable(path))
            return
        if path != self._path:
            self.changed.emit(path)
            self.settled.emit()

    @Slot()
    def _ask(self) -> None:
        folder, title = Path(self._path).parent if self._path else None, told(self._param.title)
        if isinstance(self._param, Picture):
            chosen = questions.which_picture(self, folder, title)
        else:
            chosen = questions.which_file(self, folder, title, told(self._param.what), self._suffixes)
        if chosen:
            self._put(str(chosen))

    @Slot()
    def _clear(self) -> None:
        if self.isEnabled():
            self._put("")

    # Dropping

    def _fitting(self, event: QDropEvent) -> str:
        """The one file that is dragged, if it is of the right kind by its name; empty if not."""
        paths = local_files(event.mimeData())
        fits = len(paths) == 1 and paths[0].name.lower().endswith(self._suffixes)
        return str(paths[0]) if fits else ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._fitting(event):
            event.acceptProposedAction()
            self._heat(True)
        else:
            event.ignore()  # it is the window's

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._heat(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._heat(False)
        event.acceptProposedAction()
        self._put(self._fitting(event))

    def _heat(self, hot: bool) -> None:
        self._hot = hot
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._hot:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens().accent), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
            painter.end()
