"""Controls: numbers are dragged, stepped and typed in any manner; choices and toggles; nothing feeds back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider

from editor.core.params import Choice, Kind, Slider, Toggle
from editor.ui.controls import control
from editor.ui.numbers import Label
from tests.ui.acts import drag

Key, Mod = Qt.Key, Qt.KeyboardModifier
EXPOSURE = Slider("Exposure", -8, 8, -4, 4, unit="EV")


@pytest.fixture
def made(qtbot):
    """Makes a control that is shown and active, and the list of what it says."""

    def make(param, default):
        control_ = control(param, default)
        qtbot.addWidget(control_)
        heard = []
        control_.changed.connect(heard.append)
        control_.resize(272, control_.sizeHint().height())
        control_.show()
        control_.activateWindow()
        qtbot.waitUntil(control_.isActiveWindow)
        return control_, heard

    return make


def place(slider, position):
    """Where the handle is in the middle of, at a position of the slider."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    option.sliderPosition = position
    whole, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
    return slider.style().subControlRect(whole, option, part, slider).center()


def turn(widget, notches, modifiers=Mod.NoModifier):
    middle = QPointF(widget.rect().center())
    turned = QPoint(0, round(120 * notches))
    event = QWheelEvent(middle, widget.mapToGlobal(middle), QPoint(), turned, Qt.MouseButton.NoButton, modifiers,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def type_in(box, text, end=Key.Key_Return):
    box.setFocus()
    box.selectAll()
    if text.isascii():
        QTest.keyClicks(box, text)
    else:  # QTest has no keys for it
        QApplication.clipboard().setText(text)
        QTest.keySequence(box, "Ctrl+V")
    QTest.keyClick(box, end)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5), ("0.5 EV", 0.5), ("0.5EV", 0.5), ("+0.5", 0.5), ("0,5", 0.5), (".5", 0.5), ("-1.25 ev", -1.25),
        ("−2", -2.0), ("7.5", 7.5), ("99", 8.0), ("-99 EV", -8.0), ("1.", 1.0),
    ],
)  # fmt: skip
def test_a_number_is_typed_with_its_unit_or_without(made, text, value):
    exposure, heard = made(EXPOSURE, 0.0)
    type_in(exposure.box, text)
    assert heard == [value] and exposure.box.value() == value
    assert exposure.slider.hasFocus()  # so that the keys that follow are no more numbers


@pytest.mark.parametrize("text", ["", "EV", "-", "abc", "1 km"])
def test_what_is_no_number_changes_nothing(made, text):
    exposure, heard = made(EXPOSURE, 0.0)
    exposure.show_value(1.5)
    exposure.box.setFocus()
    exposure.box.selectAll()
    QTest.keyClick(exposure.box, Key.Key_Delete)
    QTest.keyClicks(exposure.box, text)
    QTest.keyClick(exposure.box, Key.Key_Return)
    if text == "1 km":  # as far as it could be typed
        assert heard == [1.0]
    else:
        assert heard == [] and exposure.box.value() == 1.5 and exposure.box.text() == "+1.50 EV"


def test_a_click_into_the_field_selects_the_number(qtbot, made):
    exposure, heard = made(EXPOSURE, 0.0)
    exposure.slider.setFocus()
    QTest.mouseClick(exposure.box.lineEdit(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: exposure.box.lineEdit().selectedText() == "0.00 EV")
    QTest.keyClicks(exposure.box, "2")
    QTest.keyClick(exposure.box, Key.Key_Return)
    assert heard == [2.0]


def test_escape_leaves_the_number_as_it_was(made):
    exposure, heard = made(EXPOSURE, 0.0)
    type_in(exposure.box, "3", Key.Key_Escape)
    assert heard == [] and exposure.box.text() == "0.00 EV" and exposure.slider.hasFocus()


@pytest.mark.parametrize(
    ("param", "value", "text"),
    [
        (EXPOSURE, 0.5, "+0.50 EV"), (EXPOSURE, -0.5, "−0.50 EV"), (EXPOSURE, 0.0, "0.00 EV"),
        (Slider("Angle", -45, 45, unit="°"), -1.5, "−1.50°"), (Slider("Blur", 0, 9, digits=0), 4.0, "4"),
    ],
)  # fmt: skip
def test_numbers_are_set_in_type(made, param, value, text):
    shown, heard = made(param, 0.0)
    shown.show_value(value)
    assert shown.box.text() == text and heard == []


def test_a_press_beside_the_handle_goes_there_and_drags_on(qtbot, made):
    exposure, heard = made(EXPOSURE, 0.0)
    slider, left = exposure.slider, Qt.MouseButton.LeftButton
    settled = []
    exposure.settled.connect(lambda: settled.append(len(heard)))
    QTest.mousePress(slider, left, pos=place(slider, 600))
    assert exposure.box.value() == pytest.approx(2.0, abs=0.04) and heard == []  # it may become a double click
    qtbot.waitUntil(lambda: heard == [exposure.box.value()])
    QTest.mouseMove(slider, place(slider, 700))
    QTest.mouseRelease(slider, left, pos=place(slider, 700))
    assert heard[-1] == pytest.approx(3.0, abs=0.06) and settled[0] == 0 and settled[-1] == len(heard)
    QTest.mouseClick(slider, left, pos=QPoint(0, slider.height() // 2))
    qtbot.waitUntil(lambda: heard[-1] == -4.0)
    QTest.mouseClick(slider, left, pos=QPoint(slider.width() - 1, 1))
    qtbot.waitUntil(lambda: heard[-1] == 4.0)


def test_a_double_click_beside_the_handle_only_sets_back(made):
    exposure, heard = made(EXPOSURE, 0.0)
    settled = []
    exposure.slider.setFocus()
    exposure.settled.connect(lambda: settled.append(list(heard)))
    exposure.show_value(1.0)
    beside = place(exposure.slider, 700)
    QTest.mouseClick(exposure.slider, Qt.MouseButton.LeftButton, pos=beside)
    QTest.mouseDClick(exposure.slider, Qt.MouseButton.LeftButton, pos=beside)
    assert heard == [0.0] and exposure.box.value() == 0.0 and exposure.slider.value() == 400
    assert settled == [[], [0.0]]


def test_a_slow_double_click_is_one_gesture_with_its_first_half(qtbot, made):
    exposure, heard = made(EXPOSURE, 0.0)
    settled = []
    exposure.slider.setFocus()
    exposure.settled.connect(lambda: settled.append(len(heard)))
    QTest.mouseClick(exposure.slider, Qt.MouseButton.LeftButton, pos=place(exposure.slider, 700))
    qtbot.waitUntil(lambda: len(heard) == 1)
    exposure.slider.reset.emit()
    assert heard[-1] == 0.0 and settled == [0, 2]


def test_a_double_click_on_the_number_takes_all_of_it(made):
    exposure, _ = made(EXPOSURE, 0.0)
    exposure.show_value(-1.25)
    line = exposure.box.lineEdit()
    QTest.mouseDClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() - 6, line.height() // 2))
    assert line.selectedText() == "−1.25 EV"


def test_taking_the_handle_off_its_middle_does_not_move_it(made):
    exposure, heard = made(EXPOSURE, 0.0)
    QTest.mouseClick(exposure.slider, Qt.MouseButton.LeftButton, pos=place(exposure.slider, 400) + QPoint(4, 3))
    assert heard == []


def test_a_double_click_on_slider_or_title_sets_back(made):
    exposure, heard = made(EXPOSURE, 0.0)
    drag(exposure.slider, 600)
    QTest.mouseDClick(exposure.slider, Qt.MouseButton.LeftButton)
    assert heard[-1] == 0.0
    exposure.show_value(1.0)
    QTest.mouseDClick(exposure.label, Qt.MouseButton.LeftButton)
    assert heard[-1] == 0.0
    drag(exposure.slider, 600)
    QTest.keyClick(exposure.slider, Key.Key_Backspace)
    assert heard[-1] == 0.0


@pytest.mark.parametrize(
    ("key", "modifiers", "by"),
    [
        (Key.Key_Right, Mod.NoModifier, 0.1), (Key.Key_Up, Mod.NoModifier, 0.1), (Key.Key_Left, Mod.NoModifier, -0.1),
        (Key.Key_Down, Mod.ControlModifier, -0.01), (Key.Key_Up, Mod.ControlModifier, 0.01),
        (Key.Key_Right, Mod.ShiftModifier, 1.0), (Key.Key_PageDown, Mod.NoModifier, -1.0),
    ],
)  # fmt: skip
def test_keys_step_by_round_numbers(made, key, modifiers, by):
    exposure, heard = made(EXPOSURE, 0.0)
    exposure.show_value(0.25)
    QTest.keyClick(exposure.slider, key, modifiers)
    assert heard == [pytest.approx(0.25 + by)]
    if key not in (Key.Key_Left, Key.Key_Right):
        exposure.show_value(0.25)
        QTest.keyClick(exposure.box, key, modifiers)
        assert heard[1:] == [pytest.approx(0.25 + by)]


def test_a_fine_step_of_whole_numbers_is_one(made):
    tint, heard = made(Slider("Tint", -100, 100, digits=0), 0.0)
    QTest.keyClick(tint.slider, Key.Key_Up, Mod.ControlModifier)
    QTest.keyClick(tint.slider, Key.Key_Up)
    assert heard == [1.0, 3.0]


def test_keys_on_the_slider_stay_in_its_range_and_those_in_the_field_do_not(made):
    exposure, heard = made(EXPOSURE, 0.0)
    exposure.show_value(4.0)
    QTest.keyClick(exposure.slider, Key.Key_Right)
    assert heard == []
    QTest.keyClick(exposure.box, Key.Key_Up)
    assert heard == [4.1]
    QTest.keyClick(exposure.slider, Key.Key_Left)  # back from beyond, without a leap
    assert heard == [4.1, 4.0]


def test_the_wheel_is_for_what_was_chosen(made):
    exposure, heard = made(EXPOSURE, 0.0)
    exposure.box.setFocus()
    assert not turn(exposure.slider, 1) and heard == []
    exposure.slider.setFocus()
    assert turn(exposure.slider, 1) and heard == [0.1]
    assert not turn(exposure.box, 1)
    for _ in range(4):  # a touchpad
        assert turn(exposure.slider, -0.25)
    assert heard == [0.1, 0.0]
    turn(exposure.slider, 1, Mod.ControlModifier)
    assert heard[-1] == 0.01


def test_the_wheel_is_for_the_slider_that_was_clicked_until_the_pointer_leaves_it(qtbot, made):
    exposure, heard = made(EXPOSURE, 0.0)
    exposure.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # as the panel has it
    exposure.box.setFocus()
    QTest.mouseClick(exposure.slider, Qt.MouseButton.LeftButton, pos=exposure.slider.rect().center())
    exposure.show_value(0.0)
    heard.clear()
    assert not exposure.slider.hasFocus() and turn(exposure.slider, 1) and heard[-1] == 0.1
    QApplication.sendEvent(exposure.slider, QEvent(QEvent.Type.Leave))
    heard.clear()
    assert not turn(exposure.slider, 1) and not heard


def test_the_hard_range_is_for_typing_and_the_soft_one_for_the_slider(made):
    blur, heard = made(Slider("Blur", 0, 500, 0, 50, digits=0, unit="px"), 10.0)
    blur.show_value(300.0)
    assert blur.box.value() == 300 and blur.slider.value() == blur.slider.maximum() and not heard
    blur.slider.setValue(20)
    assert heard == [20.0]
    type_in(blur.box, "499")
    assert heard == [20.0, 499.0]


def test_the_fill_begins_at_the_default_where_a_range_goes_both_ways(made):
    exposure, _ = made(EXPOSURE, 0.0)
    strength, _ = made(Slider("Strength", 0, 1), 1.0)
    assert exposure.slider.origin == 400 and strength.slider.origin == 0
    slider = exposure.slider
    slider.clearFocus()

    def colours():
        row = place(slider, 400).y()
        picture = slider.grab().toImage()
        return [picture.pixelColor(place(slider, position).x(), row) for position in (150, 520, 760)]

    exposure.show_value(-3.9)
    filled, groove, further = colours()
    assert filled != groove and groove == further
    exposure.show_value(2.5)
    assert colours() == [groove, filled, groove]


def test_a_run_of_keys_settles_after_a_pause(qtbot, made):
    blur, _ = made(Slider("Blur", 0, 10, digits=0), 1.0)
    QTest.keyClick(blur.slider, Key.Key_Right)
    with qtbot.waitSignal(blur.settled, timeout=2000):
        QTest.keyClick(blur.slider, Key.Key_Right)


def test_words_found_instead_of_a_number_are_shown_as_they_are(made):
    light, _ = made(Slider("Light", 0, 10, automatic=True, unit="EV"), None)
    light.show_found("sunny")
    assert light.found.text() == "sunny"
    light.show_found("3.5")
    assert light.found.text() == "3.5 EV" and light.box.value() == 3.5


def test_keys_that_make_no_number_are_left_to_the_window(qtbot, made):
    exposure, heard = made(EXPOSURE, 0.0)
    pressed = []
    for key in ("R", "/", "5", "E"):
        QShortcut(QKeySequence(key), exposure, lambda key=key: pressed.append(key))
    exposure.box.setFocus()
    exposure.box.selectAll()
    QTest.keyClicks(exposure.box, "5/re")
    assert pressed == ["/", "R"] and heard == []
    assert exposure.box.lineEdit().text() == "5e"


def test_toggle(made):
    toggle, heard = made(Toggle("Round"), False)
    toggle.show_value(True)
    assert toggle.check.isChecked() and not heard
    QTest.mouseClick(toggle.check, Qt.MouseButton.LeftButton, pos=QPoint(8, toggle.check.height() // 2))
    assert heard == [False]


def test_a_few_words_stand_side_by_side(made):
    mode, heard = made(Choice("Mode", ("soft", "hard", "none")), "soft")
    mode.show_value("hard")
    assert [b.text() for b in mode.segments.buttons] == ["Soft", "Hard", "None"]
    assert mode.segments.at == 1 and not heard
    QTest.mouseClick(mode.segments.buttons[2], Qt.MouseButton.LeftButton)
    QTest.keyClick(mode.segments.buttons[2], Key.Key_Left)
    assert heard == ["none", "hard"]
    assert all(b.accessibleName() == f"Mode: {b.text()}" for b in mode.segments.buttons)
    QTest.mouseDClick(mode.label, Qt.MouseButton.LeftButton)
    assert heard[-1] == "soft"


def test_many_words_are_a_list(made):
    mode, heard = made(Choice("Mode", ("one", "two", "three", "four", "five")), "one")
    mode.show_value("three")
    assert mode.list.currentText() == "Three" and not heard
    mode.list.clearFocus()
    assert not turn(mode.list, -1) and not heard
    mode.list.setFocus()
    QTest.keyClick(mode.list, Key.Key_Down)
    assert heard == ["four"]


def test_a_title_that_does_not_fit_is_cut_and_told_by_its_tooltip(qtbot):
    label = Label()
    qtbot.addWidget(label)
    label.setText("A parameter with a very long title")
    label.resize(60, 20)
    label.show()
    assert label.toolTip() == label.text() and label.minimumSizeHint().width() < 60
    label.resize(400, 20)
    assert label.toolTip() == ""


def test_a_kind_without_a_control_is_told_and_what_is_no_kind_is_an_error(qtbot):
    class Word(Kind):
        def check(self, value):
            return value

    brief = control(Word("Name"), "shoe")
    qtbot.addWidget(brief)
    brief.show_value("hat")
    assert [label.text() for label in brief.findChildren(Label)] == ["Name", "hat"]
    with pytest.raises(TypeError, match="no control"):
        control(object(), None)


def test_undo_is_the_field_s_only_while_something_is_typed(qtbot, made):
    exposure, heard = made(EXPOSURE, 0.0)
    undone = []
    QShortcut(QKeySequence.StandardKey.Undo, exposure, lambda: undone.append(True))
    exposure.box.setFocus()
    exposure.box.selectAll()
    before = exposure.box.text()
    QTest.keyClicks(exposure.box, "2.5")
    QTest.keyClick(exposure.box, Key.Key_Z, Mod.ControlModifier)
    assert not undone and exposure.box.text() == before and heard == []
    QTest.keyClick(exposure.box, Key.Key_Z, Mod.ControlModifier)
    assert undone == [True]
