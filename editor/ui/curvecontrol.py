"""Curve control: a graph to bend a curve in. Curves of one edit share it, and are changed between over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from editor.core.curve import STRAIGHT, Curve, Knots
from editor.ui.control import Control, told
from editor.ui.curvegraph import LEVEL, CurveGraph
from editor.ui.drawncontrols import say, tool_button
from editor.ui.label import Label
from editor.ui.language import retold
from editor.ui.numbers import NumberBox
from editor.ui.segments import Segments
from editor.ui.theme import named

LEVELS = 255  # what tones are counted in, from black to white


class CurveControl(Control):
    """One curve. It has a board of its own, or a place on that of a curve of the same edit."""

    def __init__(self, param: Curve, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.param = param
        self.board = Board()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.board)
        self.board.add(self)

    def join(self, others: Sequence[Control]) -> None:
        if first := next((other for other in others if isinstance(other, CurveControl)), None):
            self._column.removeWidget(self.board)
            self.board.hide()
            self.board.deleteLater()
            self.board = first.board
            self.board.add(self)
            self.hide()

    def show_value(self, value: object) -> None:
        self.board.show_curve(self, self.param.check(value))


class Board(QWidget):
    """What curves are bent on: which of them, the graph, and the chosen point in numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controls: list[CurveControl] = []
        self.title, self.graph = Label(), CurveGraph()
        self.segments: Segments | None = None  # where there are several
        self.hint = named(Label(), "muted")
        self.tone, self.becomes = NumberBox(), NumberBox()
        self._signs = Label(), Label()
        self.drop, self.back = tool_button("minus", checkable=False), tool_button("reset", checkable=False)
        self._lay_out()
        self.graph.changed.connect(self._changed)
        self.graph.settled.connect(self._settled)
        self.graph.told.connect(self._tell)
        self.drop.clicked.connect(self.graph.drop)
        self.back.clicked.connect(self.graph.straighten)
        self.title.reset.connect(self.graph.straighten)
        self.tone.step = lambda steps: self._move(steps, 0)
        self.becomes.step = lambda steps: self._move(0, steps)
        for box in (self.tone, self.becomes):
            box.setDecimals(0)
            box.setRange(0, LEVELS)
            box.setFixedWidth(46)
            box.valueChanged.connect(self._typed)
            box.editingFinished.connect(self.graph.settle)
            box.done.connect(self.graph.setFocus)
        retold(self, self._name)

    def _lay_out(self) -> None:
        numbers = QWidget()
        fields = QHBoxLayout(numbers)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(4)
        for sign, box in zip(self._signs, (self.tone, self.becomes), strict=True):
            fields.addWidget(sign)
            fields.addWidget(box)
            sign.setBuddy(box)
        fields.addStretch(1)
        self._below = QStackedWidget()
        self._below.addWidget(self.hint)
        self._below.addWidget(numbers)
        self._below.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget in (self._below, self.drop, self.back):
            row.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.title)
        self._column.addWidget(self.graph)
        self._column.addLayout(row)

    def add(self, control: CurveControl) -> None:
        """A place for one more curve."""
        self._controls.append(control)
        self.graph.add(control.param.channel)
        if self.segments is not None:
            self._column.removeWidget(self.segments)
            self.segments.hide()
            self.segments.deleteLater()
        if len(self._controls) > 1:
            self.segments = Segments(len(self._controls))
            self.segments.show_at(self.graph.at)
            self.segments.chosen.connect(self._bend)
            self._column.insertWidget(0, self.segments)
            self.title.hide()
        self._name()

    def show_curve(self, control: CurveControl, knots: Knots) -> None:
        """Follow the document."""
        self.graph.show_curve(self._controls.index(control), knots)

    def _name(self) -> None:
        titles = [told(control.param.title) for control in self._controls]
        for text, sign in zip((self.tr("In"), self.tr("Out")), self._signs, strict=True):
            sign.setText(text)
        self.hint.setText(self.tr("Click on the curve to bend it"))
        say(self.drop, self.tr("Take the point away"))
        if self.segments is not None:
            self.segments.name(titles)
            self.segments.setAccessibleName(self.tr("Curve"))
            for button, title in zip(self.segments.buttons, titles, strict=True):
                button.setAccessibleName(self.tr("Curve: {}").format(title))
        self._tell()

    def _tell(self) -> None:
        """Say which curve it is, and where its chosen point is."""
        if not self._controls:
            return
        title, graph = told(self._controls[self.graph.at].param.title), self.graph
        self.title.setText(title)
        graph.setAccessibleName(self.tr("Curve: {}").format(title))
        say(self.back, self.tr("Straighten {}").format(title))
        self.tone.setAccessibleName(self.tr("Tone that becomes another, {}").format(title))
        self.becomes.setAccessibleName(self.tr("What the tone becomes, {}").format(title))
        self.back.setEnabled(graph.knots != STRAIGHT)
        self.drop.setEnabled(graph.point is not None)
        self._below.setCurrentIndex(graph.point is not None)
        count = len(graph.knots)
        if graph.point is None:
            graph.setAccessibleDescription(self.tr("{} points").format(count))
            return
        tone, becomes = (round(number * LEVELS) for number in graph.point)
        said = self.tr("Point {} of {}: {} becomes {}").format(graph.chosen + 1, count, tone, becomes)
        graph.setAccessibleDescription(said)
        for box, number in ((self.tone, tone), (self.becomes, becomes)):
            with QSignalBlocker(box):
                box.setValue(number)

    @Slot(int)
    def _bend(self, number: int) -> None:
        self.graph.bend(number)

    @Slot(object)
    def _changed(self, knots: Knots) -> None:
        self._controls[self.graph.at].changed.emit(knots)

    @Slot()
    def _settled(self) -> None:
        self._controls[self.graph.at].settled.emit()

    @Slot()
    def _typed(self) -> None:
        if point := self.graph.point:
            typed = self.tone.value(), self.becomes.value()
            x, y = (old if round(old * LEVELS) == new else new / LEVELS for old, new in zip(point, typed, strict=True))
            self.graph.move_to(x, y)

    def _move(self, across: float, up: float) -> None:
        if point := self.graph.point:
            self.graph.move_to(point[0] + across * LEVEL, point[1] + up * LEVEL)
