"""Result line: what has come of an edit, in numbers, under its first control; it follows while a value is dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from editor.core.reading import Reading
from editor.ui.control import told
from editor.ui.language import retold
from editor.ui.theme import named


class ResultLine(QLabel):
    """The readings that warn of nothing, a line each; nothing where there are none."""

    def __init__(self, readings: Sequence[Reading] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._readings: tuple[Reading, ...] = ()
        named(self, "muted")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.say(readings)
        retold(self, self._tell)

    def say(self, readings: Sequence[Reading]) -> None:
        """Show others."""
        self._readings = tuple(reading for reading in readings if not reading.warns)
        self._tell()
        self.setVisible(bool(self._readings))

    def _tell(self) -> None:
        self.setText("\n".join(told(reading.text).format(*reading.values) for reading in self._readings))
        self.setAccessibleName(self.text())
