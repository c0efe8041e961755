"""Controls: one for each kind of parameter. They know nothing of the edit that they belong to."""

from __future__ import annotations

from math import floor, log10

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from editor.core.curve import Curve
from editor.core.params import Choice, File, Kind, Network, Param, Slider, Toggle
from editor.ui.buttons import Tick
from editor.ui.choicecontrol import ChoiceControl, QuietComboBox
from editor.ui.control import BriefControl, Control, told
from editor.ui.label import Label
from editor.ui.language import retold
from editor.ui.networkcontrol import NetworkControl
from editor.ui.numbers import DragSlider, NumberBox, with_unit
from editor.ui.theme import named

__all__ = [
    "BriefControl",
    "ChoiceControl",
    "Control",
    "QuietComboBox",
    "SliderControl",
    "ToggleControl",
    "control",
    "told",
]

PAUSE = 700  # ms; changes by wheel, key or typing that follow each other faster are one step of undo
CLICK = 250  # ms; a click beside the handle sets the value then, if it has not become a double click
FINEST = 10_000  # steps of a slider at most; what is finer is typed


def control(param: Param, default: object, parent: QWidget | None = None) -> Control:
    """The control for a parameter. Raises TypeError for what is none."""
    from editor.ui import drawncontrols  # which builds upon this module

    if made := drawncontrols.drawn_control(param, default, parent):
        return made
    if isinstance(param, Slider) and param.renamable:
        from editor.ui.renaming import RenamableControl

        return RenamableControl(param, default, parent)
    if isinstance(param, Slider):
        return SliderControl(param, default, parent)
    if isinstance(param, Toggle):
        return ToggleControl(param, parent)
    if isinstance(param, Choice):
        return ChoiceControl(param, default, parent)
    if isinstance(param, Network):
        return NetworkControl(param, default, parent)
    if isinstance(param, Curve):
        from editor.ui.curvecontrol import CurveControl

        return CurveControl(param, parent)
    if isinstance(param, File):
        from editor.ui.filecontrol import FileControl

        return FileControl(param, parent)
    if isinstance(param, Kind):
        return BriefControl(param, parent)
    raise TypeError(f"there is no control for {param!r}")


class SliderControl(Control):
    """A number: a slider over its soft range, a box for the hard one, and "Auto" where the edit can find it itself."""

    def __init__(self, param: Slider, default: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._param, self._default = param, default
        self._low = param.low if param.soft_low is None else param.soft_low
        self._high = param.high if param.soft_high is None else param.soft_high
        self._finest = 10.0**-param.digits
        self._step = max(self._finest, round_step((self._high - self._low) / 100))
        self._steps = min(FINEST, max(1, round((self._high - self._low) / self._finest)))
        self._found = ""
        self._build(param)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._settle)
        self._click: float | None = None  # where the handle is, but not yet the value
        self._halfway = False  # a click beside the handle may still become a double click
        self._clicked = QTimer(self, singleShot=True, interval=CLICK)
        self._clicked.timeout.connect(self._take_click)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderPressed.connect(self._settle)  # a drag is a step of its own
        self.slider.sliderReleased.connect(self._released)
        self.slider.reset.connect(self._back)
        self.slider.stepped.connect(self._by_key)
        self.label.reset.connect(self._reset)
        self.box.valueChanged.connect(self._typed)
        self.box.editingFinished.connect(self.settled)
        self.box.done.connect(self.slider.setFocus)
        self.box.step = self._by_box
        self.auto.toggled.connect(self._automatic)
        self.show_value(default)
        retold(self, self._name)

    def _build(self, param: Slider) -> None:
        self.label, self.slider, self.box = Label(), DragSlider(), NumberBox()
        both_ways = self._low < 0 < self._high
        self.slider.setRange(0, self._steps)
        self.slider.origin = self._position(self._default) if both_ways and isinstance(self._default, float) else 0
        self.box.signed = both_ways
        self.box.setDecimals(param.digits)
        self.box.setRange(param.low, param.high)
        self.label.setBuddy(self.box)
        self.auto = Tick()
        if not param.automatic:  # shown by itself, before it has its place, it would be a window
            self.auto.hide()
        self.found = named(Label(), "muted")
        self.found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.number = QStackedWidget()
        self.number.addWidget(self.box)
        self.number.addWidget(self.found)
        row = self.row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(self.auto)
        row.addWidget(self.number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(row)
        column.addWidget(self.slider)

    @property
    def title(self) -> str:
        """What it is called, in the language of now."""
        return told(self._param.title)

    @Slot()
    def _name(self) -> None:
        param, title = self._param, self.title
        self.label.setText(title)
        self.slider.setAccessibleName(title)
        self.slider.setToolTip(self.tr("Double-click to set back"))
        self.auto.setText(self.tr("Auto"))
        self.auto.setAccessibleName(self.tr("{} automatic").format(title))
        self.box.show_unit(told(param.unit))
        self.box.setAccessibleName(title)
        low, high = (self.box.textFromValue(end) for end in (param.low, param.high))
        self.box.setToolTip(self.tr("From {} to {}").format(low, high))
        widest = max(self.box.fontMetrics().horizontalAdvance(end) for end in (low, high))
        self.number.setFixedSize(max(64, widest + 22), self.box.sizeHint().height())
        self._tell_found()

    def show_value(self, value: object) -> None:
        self._forget_click()
        with QSignalBlocker(self.auto):
            self.auto.setChecked(value is None)
        self.slider.setEnabled(value is not None)
        self.number.setCurrentWidget(self.found if value is None else self.box)
        if isinstance(value, int | float):
            self._place(value)
        else:
            self._show_found_number()

    def show_found(self, text: str) -> None:
        self._found = text
        self._tell_found()
        if self.auto.isChecked():
            self._show_found_number()

    def _tell_found(self) -> None:
        number = self._number() is not None
        self.found.setText(with_unit(self._found, told(self._param.unit)) if number else told(self._found))

    def _number(self) -> float | None:
        """What was found, if it is a number."""
        try:
            return min(max(float(self._found), self._param.low), self._param.high)
        except ValueError:
            return None

    def _show_found_number(self) -> None:
        if (number := self._number()) is not None:
            self._place(number)

    def _position(self, value: object) -> int:
        assert isinstance(value, int | float)
        return round((value - self._low) / (self._high - self._low) * self._steps)

    def _place(self, value: float) -> None:
        with QSignalBlocker(self.box), QSignalBlocker(self.slider):
            self.box.setValue(value)
            self.slider.setValue(self._position(value))

    @Slot(int)
    def _slid(self, position: int) -> None:
        value = round(self._low + (self._high - self._low) * position / self._steps, self._param.digits)
        with QSignalBlocker(self.box):
            self.box.setValue(value)
        if self.slider.clicked_at:
            self._click, self._halfway = value, True
            self._clicked.start()
            return
        self._halfway = False
        self._forget_click()
        self.changed.emit(value)
        if not self.slider.isSliderDown():
            self._pause.start()

    def _take_click(self) -> None:
        """It was no double click, which would have set the value back."""
        if (value := self._click) is not None:
            self._forget_click()
            self.changed.emit(value)

    def _forget_click(self) -> None:
        self._click = None
        self._clicked.stop()

    @Slot()
    def _settle(self) -> None:
        self._take_click()
        self._halfway = False
        self._pause.stop()
        self.settled.emit()

    @Slot()
    def _released(self) -> None:
        if self._halfway:
            self._pause.start()  # a slow double click is one step with its first half
        else:
            self._settle()

    @Slot()
    def _back(self) -> None:
        """Set back by a double click, whose first half may have moved the handle."""
        if self._halfway:
            self.show_value(self._default)
            self.changed.emit(self._default)
            self._settle()
        else:
            self._reset()

    @Slot(float)
    def _typed(self, value: float) -> None:
        self._halfway = False
        self._forget_click()
        self._place(value)
        self.changed.emit(value)
        self._pause.start()

    @Slot(float)
    def _by_key(self, steps: float) -> None:
        """Keys and wheel on the slider stay in its range, unless something beyond was typed."""
        value = self.box.value()
        self._by(steps, min(self._low, value), max(self._high, value))

    def _by_box(self, steps: float) -> None:
        self._by(steps, self._param.low, self._param.high)

    def _by(self, steps: float, low: float, high: float) -> None:
        by = steps * max(self._step, self._finest / abs(steps))  # what is asked for, but at least the finest
        value = round(min(max(self.box.value() + by, low), high), self._param.digits)
        if value != self.box.value():
            self.box.setValue(value)

    @Slot()
    def _reset(self) -> None:
        if self.isEnabled():
            self._settle()
            self.changed.emit(self._default)
            self.settled.emit()

    @Slot(bool)
    def _automatic(self, on: bool) -> None:
        self.changed.emit(None if on else self.box.value())
        self.settled.emit()


def round_step(rough: float) -> float:
    """The nearest of ..., 0.1, 0.2, 0.5, 1, 2, 5, ... from above."""
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough * 0.999)


class ToggleControl(Control):
    """Yes or no: a check box."""

    def __init__(self, param: Toggle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = Tick()
        self.check.toggled.connect(self._toggled)
        retold(self, lambda: self.check.setText(told(param.title)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.check)

    def show_value(self, value: object) -> None:
        with QSignalBlocker(self.check):
            self.check.setChecked(bool(value))

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        self.changed.emit(on)
        self.settled.emit()
