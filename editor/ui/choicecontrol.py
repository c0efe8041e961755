"""Choice control: one of several words: side by side where they are few, else a list to choose from."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from editor.core.params import Choice
from editor.ui.control import Control, told
from editor.ui.label import Label
from editor.ui.language import retold
from editor.ui.segments import Segments

FEW, BESIDE = 4, 170  # words that stand side by side, and the pixels that they may take beside their title


class QuietComboBox(QComboBox):
    """A list that the wheel changes only once it has been chosen."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class ChoiceControl(Control):
    """One of several words: side by side where they are few, else a list to choose from."""

    def __init__(self, param: Choice, default: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._param, self._options, self._default = param, param.options, default
        self.segments = Segments(len(param.options)) if len(param.options) <= FEW else None
        self.list = QuietComboBox() if self.segments is None else None
        self.label = Label()
        self.label.reset.connect(self._reset)
        self._row = QHBoxLayout()
        self._row.addWidget(self.label, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addLayout(self._row)
        if self.list is not None:
            self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.list.addItems(list(param.options))
            self.list.currentIndexChanged.connect(self._chosen)
            self.label.setBuddy(self.list)
            self._row.addWidget(self.list)
        if self.segments is not None:
            self.segments.chosen.connect(self._chosen)
        retold(self, self._name)

    def _name(self) -> None:
        title = told(self._param.title)
        words = [word[:1].upper() + word[1:] for word in map(told, self._options)]
        self.label.setText(title)
        if self.list is not None:
            self.list.setAccessibleName(title)
            for index, word in enumerate(words):
                self.list.setItemText(index, word)
        if self.segments is not None:
            self.segments.name(words)
            self.segments.setAccessibleName(title)
            for button, word in zip(self.segments.buttons, words, strict=True):
                button.setAccessibleName(f"{title}: {word}")
            (self._row if self.segments.room <= BESIDE else self._column).addWidget(self.segments)

    def show_value(self, value: object) -> None:
        index = self._options.index(str(value))
        if self.segments is not None:
            self.segments.show_at(index)
        if self.list is not None:
            with QSignalBlocker(self.list):
                self.list.setCurrentIndex(index)

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self.changed.emit(self._options[index])
        self.settled.emit()

    @Slot()
    def _reset(self) -> None:
        if self.isEnabled():
            self.changed.emit(self._default)
            self.settled.emit()
