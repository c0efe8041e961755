"""Notices: what the window says without getting in the way: a message on top, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from editor.ui.theme import TOKENS, named


class Banner(QFrame):
    """One message over the photo, until it is closed, outdated, or another takes its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.topic = ""
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = named(QPushButton(self.tr("Close")), "quiet")
        close.setAccessibleName(self.tr("Close the message"))
        close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self._text, 1)
        row.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """The message on show; empty if there is none."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, topic: str = "") -> None:
        """Show a message. `topic` is for `outdate`."""
        self.topic = topic
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()

    def outdate(self, topic: str) -> None:
        """Take the message away if it is about this."""
        if self.topic == topic:
            self.clear()

    @Slot()
    def clear(self) -> None:
        self.topic = ""
        self.hide()


class Welcome(QWidget):
    """How to begin, where the photo will be."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hot = False
        heading = named(QLabel(self.tr("Drop a photo here")), "heading")
        kinds = named(QLabel(self.tr("JPEG, PNG, TIFF, WebP or BMP")), "muted")
        self.button = named(QPushButton(self.tr("Open a photo…")), "primary")
        self.button.clicked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(1)
        for widget in (heading, self.button, kinds):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def heat(self, hot: bool) -> None:
        """Show that what is being dragged may be dropped."""
        self._hot = hot
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(TOKENS.canvas))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(TOKENS.accent if self._hot else TOKENS.faint), 1.5, Qt.PenStyle.DashLine))
        width, height = min(520, self.width() - 40), min(260, self.height() - 40)
        left, top = (self.width() - width) // 2, (self.height() - height) // 2
        painter.drawRoundedRect(left, top, width, height, 10, 10)
        painter.end()
