"""Segments: a few words side by side, one of which is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from editor.ui.theme import tokens

PADDING = 8  # pixels on either side of a word
ROUND = 4.0


class Segments(QWidget):
    """A row of buttons. `chosen` comes with the number of the one that a person has pressed; arrow keys go along."""

    chosen = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.buttons = tuple(Segment(first=n == 0, last=n == count - 1) for n in range(count))
        for number, button in enumerate(self.buttons):
            self._group.addButton(button, number)
            row.addWidget(button)
        self._at = -1
        self._group.idToggled.connect(self._toggled)

    def name(self, words: Sequence[str]) -> None:
        """What they say."""
        for button, word in zip(self.buttons, words, strict=True):
            button.setText(word)
            button.setToolTip(word if button.cut else "")
            button.updateGeometry()

    @property
    def room(self) -> int:
        """Pixels that all of them need."""
        return sum(button.sizeHint().width() for button in self.buttons)

    @property
    def at(self) -> int:
        """The number of the one that is chosen."""
        return self._group.checkedId()

    def show_at(self, number: int) -> None:
        """Choose one; says nothing."""
        self._at = number
        self.buttons[number].setChecked(True)

    def _toggled(self, number: int, on: bool) -> None:
        if on and number != self._at:
            self._at = number
            self.chosen.emit(number)


class Segment(QAbstractButton):
    """One word of the row."""

    def __init__(self, *, first: bool, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends = first, last
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.width() - 6

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * PADDING, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(2 * PADDING + self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        worn, on, live = tokens(), self.isChecked(), self.isEnabled()
        first, last = self._ends
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5 if last else 0.5, -0.5)  # neighbours share an edge
        shape = QPainterPath()
        shape.setFillRule(Qt.FillRule.WindingFill)
        shape.addRoundedRect(box, ROUND, ROUND)
        half = box.width() / 2
        if not first:
            shape.addRect(box.adjusted(0, 0, -half, 0))
        if not last:
            shape.addRect(box.adjusted(half, 0, 0, 0))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(worn.line), 1))
        filled = worn.hover if on else worn.raised if self.underMouse() and live else worn.field
        painter.setBrush(QColor(filled))
        painter.drawPath(shape.simplified())
        if self.hasFocus():
            painter.setPen(QPen(QColor(worn.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
        painter.setPen(QColor(worn.faint if not live else worn.text if on else worn.muted))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 4)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
