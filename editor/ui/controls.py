"""Controls: one for each kind of parameter. They know nothing of the edit that they belong to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from editor.core.params import Choice, Param, Slider, Toggle
from editor.ui.buttons import Tick
from editor.ui.theme import named

PAUSE = 700  # ms; changes by wheel, key or typing that follow each other faster are one step of undo
FINEST = 10_000  # steps of a slider at most; what is finer is typed


class Control(QWidget):
    """A parameter's control: it says `changed` for each new value, and `settled` when a run of changes is over."""

    changed = Signal(object)
    settled = Signal()

    def show_value(self, value: object) -> None:
        """Follow the document; says nothing."""
        raise NotImplementedError

    def show_found(self, text: str) -> None:
        """What the edit found out by itself, if this parameter is left to it."""


def control(param: Param, default: object, parent: QWidget | None = None) -> Control:
    """The control for a parameter."""
    if isinstance(param, Slider):
        return SliderControl(param, default, parent)
    if isinstance(param, Toggle):
        return ToggleControl(param, parent)
    if isinstance(param, Choice):
        return ChoiceControl(param, parent)
    return BriefControl(param, parent)


class BriefControl(Control):
    """A value that is told in a few words, and set on the picture."""

    def __init__(self, param: Param, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._param = param
        self._value = named(QLabel(), "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel(param.title))
        row.addStretch(1)
        row.addWidget(self._value)

    def show_value(self, value: object) -> None:
        self._value.setText(self._param.brief(value))


class DragSlider(QSlider):
    """A slider that a double click sets back, and that the wheel moves only once it has been chosen."""

    reset = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class NumberBox(QDoubleSpinBox):
    """A number to type; undo and the window's single keys stay the window's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.lineEdit().setAcceptDrops(False)  # a photo dropped here is a photo for the window

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo) or event.text() == "\\":
                event.ignore()
                return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class SliderControl(Control):
    """A number: a slider over its soft range, a box for the hard one, and "Auto" where the edit can find it itself."""

    def __init__(self, param: Slider, default: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._param, self._default = param, default
        self._low = param.low if param.soft_low is None else param.soft_low
        self._high = param.high if param.soft_high is None else param.soft_high
        self._steps = min(FINEST, max(1, round((self._high - self._low) * 10**param.digits)))
        self._found = ""
        self._build(param)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.settled)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderPressed.connect(self._pause.stop)
        self.slider.sliderPressed.connect(self.settled)  # a drag is a step of its own
        self.slider.sliderReleased.connect(self.settled)
        self.slider.reset.connect(self._reset)
        self.box.valueChanged.connect(self._typed)
        self.box.editingFinished.connect(self.settled)
        self.auto.toggled.connect(self._automatic)
        self.show_value(default)

    def _build(self, param: Slider) -> None:
        label = QLabel(param.title)
        self.slider = DragSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, self._steps)
        self.slider.setPageStep(max(1, self._steps // 10))
        self.slider.setAccessibleName(param.title)
        self.slider.setToolTip(self.tr("Double-click to set back"))
        self.box = NumberBox()
        self.box.setDecimals(param.digits)
        self.box.setRange(param.low, param.high)
        self.box.setSingleStep(max(10**-param.digits, (self._high - self._low) / 100))
        self.box.setSuffix(f" {param.unit}" if param.unit else "")
        self.box.setAccessibleName(param.title)
        self.box.setToolTip(param.range)
        label.setBuddy(self.box)
        self.auto = Tick(self.tr("Auto"))
        self.auto.setVisible(param.automatic)
        self.auto.setAccessibleName(self.tr("{} automatic").format(param.title))
        self.found = named(QLabel(), "muted")
        self.found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.number = QStackedWidget()
        self.number.addWidget(self.box)
        self.number.addWidget(self.found)
        self.number.setFixedWidth(118 if param.unit else 72)
        self.number.setFixedHeight(self.box.sizeHint().height())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addStretch(1)
        row.addWidget(self.auto)
        row.addWidget(self.number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.slider)

    def show_value(self, value: object) -> None:
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
        unit = f" {self._param.unit}" if self._param.unit else ""
        self.found.setText(text + unit if self._number() is not None else text)
        if self.auto.isChecked():
            self._show_found_number()

    def _number(self) -> float | None:
        """What was found, if it is a number."""
        try:
            return min(max(float(self._found), self._param.low), self._param.high)
        except ValueError:
            return None

    def _show_found_number(self) -> None:
        if (number := self._number()) is not None:
            self._place(number)

    def _place(self, value: float) -> None:
        with QSignalBlocker(self.box), QSignalBlocker(self.slider):
            self.box.setValue(value)
            self.slider.setValue(round((value - self._low) / (self._high - self._low) * self._steps))

    @Slot(int)
    def _slid(self, position: int) -> None:
        value = round(self._low + (self._high - self._low) * position / self._steps, self._param.digits)
        with QSignalBlocker(self.box):
            self.box.setValue(value)
        self.changed.emit(value)
        if not self.slider.isSliderDown():
            self._pause.start()

    @Slot(float)
    def _typed(self, value: float) -> None:
        self._place(value)
        self.changed.emit(value)
        self._pause.start()

    @Slot()
    def _reset(self) -> None:
        self.changed.emit(self._default)
        self.settled.emit()

    @Slot(bool)
    def _automatic(self, on: bool) -> None:
        self.changed.emit(None if on else self.box.value())
        self.settled.emit()


class ToggleControl(Control):
    """Yes or no: a check box."""

    def __init__(self, param: Toggle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = Tick(param.title)
        self.check.toggled.connect(self._toggled)
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


class QuietComboBox(QComboBox):
    """A list that the wheel changes only once it has been chosen."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class ChoiceControl(Control):
    """One of several words: a list to choose from."""

    def __init__(self, param: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = param.options
        self.list = QuietComboBox()
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.addItems([option.capitalize() for option in param.options])
        self.list.setAccessibleName(param.title)
        self.list.currentIndexChanged.connect(self._chosen)
        label = QLabel(param.title)
        label.setBuddy(self.list)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addStretch(1)
        row.addWidget(self.list)

    def show_value(self, value: object) -> None:
        with QSignalBlocker(self.list):
            self.list.setCurrentIndex(self._options.index(str(value)))

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self.changed.emit(self._options[index])
        self.settled.emit()
