"""Numbers: the slider and the field that a number is set by, drawn and driven by hand."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, QObject, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import QDoubleSpinBox, QSlider, QStyle, QStyleOptionSlider, QWidget

from editor.ui.label import Label
from editor.ui.theme import tokens

__all__ = ["DragSlider", "Label", "NumberBox", "number_of", "steps_of", "with_unit"]

COARSE, FINE = 10.0, 0.1  # steps that a key or a notch of the wheel makes with Shift, and with Ctrl
NOTCH = 120  # eighths of a degree
TIGHT = ("°", "′", "″")  # units that stand close to their number
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
_PAGES = {Qt.Key.Key_PageDown: -COARSE, Qt.Key.Key_PageUp: COARSE}
_NUMBER = re.compile(r"([+\-−]?)(\d+[.,]?\d*|[.,]\d+)")


def with_unit(number: str, unit: str) -> str:
    """A number and its unit as they are set in type."""
    return f"{number}{unit}" if unit in TIGHT else f"{number} {unit}" if unit else number


def number_of(value: float, digits: int, unit: str = "", *, signed: bool = False) -> str:
    """A number with so many digits after the point and its unit; `signed` shows + as - is shown."""
    number = f"{abs(value):.{digits}f}"
    sign = "−" if value < 0 else "+" if signed else ""
    return with_unit(sign + number if float(number) else number, unit)


def steps_of(modifiers: Qt.KeyboardModifier) -> float:
    """How many steps one is with these keys held: with Shift ten, with Ctrl a tenth."""
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return FINE
    return COARSE if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0


class Wheel:
    """Counts whole notches, also where a touchpad turns the wheel by crumbs."""

    def __init__(self) -> None:
        self._rest = 0

    def steps(self, event: QWheelEvent) -> float:
        """How many steps the wheel has gone."""
        self._rest += event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._rest / NOTCH)
        self._rest -= notches * NOTCH
        return notches * steps_of(event.modifiers())


class DragSlider(QSlider):
    """A slider that goes where it is pressed, that a double click sets back, and whose fill begins at `origin`.

    Keys and wheel do not move it: `stepped` says by how many steps they would, since a step is one of the number.
    """

    reset = Signal()
    stepped = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.origin = 0
        self._wheel = Wheel()
        self._at_hand = False  # it was clicked, and the pointer has not left it since: the wheel is meant for it
        self._grip = 0  # pixels from the middle of the handle to where it was taken
        self.clicked_at = False  # it went where it was pressed and has not been dragged on: perhaps half a double click

    def _parts(self) -> tuple[QRect, QRect]:
        """The groove and the handle."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        parts, whole = QStyle.SubControl, QStyle.ComplexControl.CC_Slider
        groove, handle = (
            self.style().subControlRect(whole, option, part, self)
            for part in (parts.SC_SliderGroove, parts.SC_SliderHandle)
        )
        return groove, handle

    def _go(self, x: int) -> None:
        groove, handle = self._parts()
        room = groove.width() - handle.width()
        start = groove.x() + handle.center().x() - handle.x()
        position = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), x - start, room)
        self.setSliderPosition(position)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        self._at_hand = True
        x, (_, handle) = round(event.position().x()), self._parts()
        held = handle.left() <= x <= handle.right()
        self._grip = x - handle.center().x() if held else 0
        self.setSliderDown(True)
        if not held:
            self.clicked_at = True
            self._go(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.clicked_at = False
            self._go(round(event.position().x()) - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.clicked_at = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset.emit()

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:  # a command's key as well
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self.stepped.emit(_ARROWS[key] * steps_of(event.modifiers()))
        elif key in _PAGES:
            self.stepped.emit(_PAGES[key])
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.reset.emit()
        else:
            super().keyPressEvent(event)  # Home and End

    def leaveEvent(self, event: QEvent) -> None:
        self._at_hand = False
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not (self.hasFocus() or self._at_hand):
            event.ignore()
        elif steps := self._wheel.steps(event):
            self.stepped.emit(steps)

    def paintEvent(self, event: QPaintEvent) -> None:
        worn, live = tokens(), self.isEnabled()
        groove, handle = self._parts()
        middle = QPointF(handle.center()) + QPointF(0.5, 0.5)
        room = groove.width() - handle.width()
        start = groove.x() + handle.width() / 2
        line = QRectF(start, middle.y() - 1.5, room, 3)
        origin = start + QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), self.origin, room)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(worn.groove))
        painter.drawRoundedRect(line.adjusted(-2, 0, 2, 0), 1.5, 1.5)
        if self.origin > self.minimum():
            painter.setBrush(QColor(worn.faint))
            painter.drawRect(QRectF(origin - 0.5, middle.y() - 4, 1, 8))
        painter.setBrush(QColor(worn.accent if live else worn.faint))
        painter.drawRect(QRectF(min(origin, middle.x()), line.y(), abs(middle.x() - origin), line.height()))
        painter.setBrush(QColor(worn.text if live else worn.faint))
        if self.hasFocus():
            painter.setPen(QPen(QColor(worn.panel), 2))
            painter.drawEllipse(middle, 6, 6)
            painter.setPen(QPen(QColor(worn.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, 7.5, 7.5)
        else:
            painter.drawEllipse(middle, 6, 6)
        painter.end()


class NumberBox(QDoubleSpinBox):
    """A number to type, with its unit or without. Keys that make no number stay the window's; so does Undo, but for
    what is being typed."""

    done = Signal()  # by Enter or Escape: the person is through with it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setObjectName("number")
        self.unit, self.signed = "", False  # the unit as it is shown; whether + is shown as - is
        self.step: Callable[[float], None] = lambda steps: None  # by this many
        self._wheel = Wheel()
        self.setLocale(QLocale.c())
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.lineEdit().setAcceptDrops(False)  # a photo dropped here is a photo for the window
        self.lineEdit().installEventFilter(self)

    def show_unit(self, unit: str) -> None:
        self.unit = unit
        self.lineEdit().setText(self.textFromValue(self.value()))

    def textFromValue(self, value: float) -> str:  # noqa: N802
        return number_of(value, self.decimals(), self.unit, signed=self.signed)

    def valueFromText(self, text: str) -> float:  # noqa: N802
        found = _NUMBER.match(text.strip())
        if found is None:
            return self.value()
        number = float(found[2].replace(",", "."))
        return min(max(-number if found[1] in ("-", "−") else number, self.minimum()), self.maximum())

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        states, bare = QValidator.State, text.strip()
        found = _NUMBER.match(bare)
        rest = bare[found.end() :].strip() if found else bare.lstrip("+-−.,")
        if not self.unit.lower().startswith(rest.lower()):
            return states.Invalid, text, position
        return (states.Acceptable if found else states.Intermediate), text, position

    def fixup(self, text: str) -> str:
        return self.textFromValue(self.value())

    @property
    def _typing(self) -> bool:
        """Whether there is a text that is not the number's yet."""
        return self.lineEdit().text() != self.textFromValue(self.value())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            foreign = event.text().isprintable() and event.text() not in f"0123456789.,+-− {self.unit.lower()}"
            alone = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            undo = event.matches(keys.Undo) or event.matches(keys.Redo)
            if (undo and not self._typing) or (event.text() and foreign and alone):
                event.ignore()
                return False
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """A double click is for the whole number; to Qt its sign, its digits and its unit are words by themselves."""
        if watched is self.lineEdit() and event.type() == QEvent.Type.MouseButtonDblClick:
            self.selectAll()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.interpretText()
            self.step(_ARROWS[key] * steps_of(event.modifiers()))
        elif key in _PAGES:
            self.interpretText()
            self.step(_PAGES[key])
        elif key == Qt.Key.Key_Escape:
            self.lineEdit().setText(self.textFromValue(self.value()))
            self.done.emit()
        else:
            super().keyPressEvent(event)
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()
                self.done.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()
        elif steps := self._wheel.steps(event):
            self.step(steps)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self, self.selectAll)  # after the click, which sets the cursor
        elif event.reason() != Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # between its line and its edge

    def paintEvent(self, event: QPaintEvent) -> None:
        """Just a number, until one comes near: a panel is full of them."""
        near, worn = self.underMouse() and self.isEnabled(), tokens()
        if near or self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(worn.accent if self.hasFocus() else worn.line), 1))
            painter.setBrush(QColor(worn.field))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.end()
