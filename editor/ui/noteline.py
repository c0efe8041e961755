"""Note line: what a person should know before trusting what an edit has made of the photo, under its name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from editor.ui.control import told
from editor.ui.icons import icon
from editor.ui.language import retold
from editor.ui.theme import named

SIDE = 16


class NoteLine(QWidget):
    """A sentence with a sign before it, read out when it comes; nothing where there is nothing to be said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[str, ...] = ()
        self._sign, self._label = QLabel(), named(QLabel(), "note")
        self._sign.setFixedWidth(SIDE)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 12, 8)
        row.setSpacing(6)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self.hide()
        retold(self, self._tell)

    @property
    def text(self) -> str:
        """What is said, in the language of now; empty where nothing is."""
        return "" if self.isHidden() else self._label.text()

    def say(self, *notes: str) -> None:
        """Other sentences, as an edit declares them; empty ones are none, and without any there is nothing any more."""
        if (notes := tuple(filter(None, notes))) == self._notes:
            return
        self._notes = notes
        self._tell()
        self.setVisible(bool(notes))
        if notes and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self._label, QAccessible.Event.Alert))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._notes:
            self._tell()  # in the colours of another theme

    def _tell(self) -> None:
        self._sign.setPixmap(icon("warning").pixmap(QSize(SIDE, SIDE), self.devicePixelRatioF()))
        self._label.setText("\n".join(map(told, self._notes)))
        self._label.setAccessibleName(self._label.text())
        self.setAccessibleName(self._label.text())
