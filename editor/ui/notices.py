"""Notices: what the window says without getting in the way: a message on top, and how to begin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from editor.ui.icons import icon
from editor.ui.language import retold
from editor.ui.reasons import in_words
from editor.ui.theme import named, tokens

MOST_RECENT = 5  # photos offered again on the empty window


class Banner(QFrame):
    """One message over the photo, until it is closed, outdated, or another takes its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.topic = ""
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        flags = Qt.TextInteractionFlag
        self._text.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self._text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else it takes the focus from the mouse alone
        close = named(QPushButton(), "quiet")
        close.setIcon(icon("x"))
        retold(self, lambda: close.setToolTip(self.tr("Close the message")))
        retold(self, lambda: close.setAccessibleName(self.tr("Close the message")))
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
        """Show a message; a reason that the core gives is told in the person's language. `topic` is for `outdate`."""
        self.topic, text = topic, in_words(text)
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
    asked_folder = Signal()
    chosen = Signal(object)  # Path, one of those that were opened last

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hot = False
        heading, kinds = named(QLabel(), "heading"), named(QLabel(), "muted")
        self.button, self.folder_button = named(QPushButton(), "primary"), QPushButton()
        self.button.clicked.connect(self.asked)
        self.folder_button.clicked.connect(self.asked_folder)
        retold(self, lambda: heading.setText(self.tr("Drop photos or a folder here")))
        retold(self, lambda: kinds.setText(self.tr("JPEG, PNG, TIFF, HEIC, AVIF, WebP, JPEG XL, PSD and camera RAW")))
        retold(self, lambda: self.button.setText(self.tr("Open a photo…")))
        retold(self, lambda: self.folder_button.setText(self.tr("Open a folder…")))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.button, self.folder_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._links: dict[QPushButton, str] = {}
        retold(self, self._name_recent)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(buttons)
        column.addWidget(kinds, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._recent)
        column.addStretch(1)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """The photos that were opened last, the newest first, to be opened again."""
        while item := self._recent.takeAt(0):
            if link := item.widget():
                link.hide()
                link.deleteLater()
        self._links = {}
        for path in paths[:MOST_RECENT]:
            button = named(QPushButton(path.name.replace("&", "&&")), "quiet")
            self._links[button] = path.name
            button.setToolTip(str(path))
            button.clicked.connect(partial(self._choose, path))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._name_recent()

    def _name_recent(self) -> None:
        for button, name in self._links.items():
            button.setAccessibleName(self.tr("Open {} again").format(name))

    def _choose(self, path: Path, checked: bool = False) -> None:
        self.chosen.emit(path)

    def heat(self, hot: bool) -> None:
        """Show that what is being dragged may be dropped."""
        self._hot = hot
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().window))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().accent if self._hot else tokens().faint), 1.5, Qt.PenStyle.DashLine))
        inside = self.childrenRect()
        width, height = max(520, inside.width() + 60), inside.height() + 110
        painter.drawRoundedRect((self.width() - width) // 2, inside.center().y() - height // 2, width, height, 10, 10)
        painter.end()
