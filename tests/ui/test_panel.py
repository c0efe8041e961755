"""The panel: every edit gets its controls, a drag is one step, and the controls follow the document."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDoubleSpinBox, QSlider

from editor.core.document import Document
from editor.core.edit import Edit
from editor.core.params import Choice, Slider, Toggle
from editor.core.recipe import Recipe
from editor.ui.controls import control
from editor.ui.panel import EditGroup, Panel
from tests.ui.acts import drag, show, up_to_date

Denoise = Edit.kinds["denoise"]


@pytest.fixture
def document(photo):
    return Document(photo)


@pytest.fixture
def group(qtbot, document):
    made = EditGroup(Denoise)
    qtbot.addWidget(made)
    made.follow(document)
    made.resize(300, 200)
    made.show()
    return made


@pytest.mark.parametrize("kind", Edit.kinds.values(), ids=list(Edit.kinds))
def test_every_edit_gets_a_panel_whose_controls_can_be_read_out(qtbot, document, kind):
    panel = Panel()
    qtbot.addWidget(panel)
    panel.follow(document)
    group = panel.groups[kind.id]
    assert set(group.controls) == set(kind.params())
    controls = [w for t in (QAbstractButton, QSlider, QDoubleSpinBox, QComboBox) for w in group.findChildren(t)]
    assert all(w.accessibleName() or w.text() for w in controls)


def test_edits_stand_in_the_order_they_are_cooked(qtbot):
    panel = Panel()
    qtbot.addWidget(panel)
    stages = [group.kind.stage for group in panel.groups.values()]
    assert stages == sorted(stages) and set(panel.groups) == set(Edit.kinds)


def test_a_drag_is_one_step_of_undo_and_so_is_the_next(group, document):
    slider = group.controls["strength"].slider
    drag(slider, 60)
    first = document.recipe
    assert first.is_on("denoise") and 0.55 < first.get("denoise").strength < 0.65
    drag(slider, 20)
    assert document.recipe.get("denoise").strength < 0.25
    document.undo()
    assert document.recipe == first
    document.undo()
    assert document.recipe == Recipe() and not document.can_undo


def test_controls_follow_undo_without_feeding_back(group, document):
    document.on_change(group.refresh)
    control = group.controls["strength"]
    drag(control.slider, 35)
    document.undo()
    assert control.slider.value() == 100 and control.box.value() == 1.0 and not group.switch.isChecked()
    assert document.can_redo  # nothing was set on the way
    document.redo()
    assert control.box.value() == document.recipe.get("denoise").strength and group.switch.isChecked()


def test_typing_and_stepping_are_steps_too(group, document):
    box = group.controls["strength"].box
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "0.42")
    assert document.recipe == Recipe()  # not before it is finished
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert document.recipe.get("denoise").strength == 0.42
    for _ in range(5):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert document.recipe.get("denoise").strength == pytest.approx(0.37)
    document.undo()
    assert document.recipe.get("denoise").strength == 0.42
    document.undo()
    assert document.recipe == Recipe()


def test_double_click_sets_back(group, document):
    document.on_change(group.refresh)
    document.put(Denoise(strength=0.3))
    QTest.mouseDClick(group.controls["strength"].slider, Qt.MouseButton.LeftButton)
    assert document.recipe.get("denoise").strength == 1.0


def test_switch_keeps_the_values_and_puts_what_is_not_there(qtbot, group, document):
    document.on_change(group.refresh)
    qtbot.mouseClick(group.switch, Qt.MouseButton.LeftButton)
    assert document.recipe.active == (Denoise(),)
    document.put(Denoise(strength=0.3))
    qtbot.mouseClick(group.switch, Qt.MouseButton.LeftButton)
    assert document.recipe.active == () and document.recipe.get("denoise") == Denoise(strength=0.3)
    assert group.controls["strength"].box.value() == 0.3
    drag(group.controls["strength"].slider, 50)
    assert document.recipe.is_on("denoise")  # who moves it wants to see it


def test_reset(qtbot, group, document):
    document.on_change(group.refresh)
    assert not group.reset.isEnabled()
    document.put(Denoise(strength=0.3, noise=12.0))
    qtbot.mouseClick(group.reset, Qt.MouseButton.LeftButton)
    assert document.recipe.get("denoise") == Denoise() and not group.reset.isEnabled()
    document.undo()
    assert document.recipe.get("denoise") == Denoise(strength=0.3, noise=12.0)


def test_auto_shows_what_was_found_and_starts_from_there(qtbot, opened):
    noise = opened.panel.groups["denoise"].controls["noise"]
    assert noise.auto.isChecked() and not noise.slider.isEnabled()
    opened.document.put(Denoise())
    qtbot.waitUntil(lambda: up_to_date(opened) and noise.found.text() != "")
    number = float(noise.found.text().split()[0])
    assert 0 < number < 50 and noise.found.isVisible() and not noise.box.isVisible()
    assert noise.slider.value() == round(number * 10)

    qtbot.mouseClick(noise.auto, Qt.MouseButton.LeftButton)
    assert opened.document.recipe.get("denoise").noise == number
    assert noise.slider.isEnabled() and noise.box.isVisible() and noise.box.value() == number
    qtbot.mouseClick(noise.auto, Qt.MouseButton.LeftButton)
    assert opened.document.recipe.get("denoise").noise is None and not noise.slider.isEnabled()
    qtbot.waitUntil(lambda: up_to_date(opened))


def test_another_photo_forgets_what_was_found(qtbot, opened, photo_file):
    noise = opened.panel.groups["denoise"].controls["noise"]
    opened.document.put(Denoise())
    qtbot.waitUntil(lambda: noise.found.text() != "")
    show(qtbot, opened, photo_file.rename(photo_file.with_name("another.png")))
    assert noise.found.text() == ""


def test_the_hard_range_is_for_typing_and_the_soft_one_for_the_slider(qtbot):
    made = control(Slider("Blur", 0, 500, "px", soft_low=0, soft_high=50, digits=0), 10.0)
    qtbot.addWidget(made)
    heard = []
    made.changed.connect(heard.append)
    made.show_value(300.0)
    assert made.box.value() == 300 and made.slider.value() == made.slider.maximum() and not heard
    made.slider.setValue(20)
    assert heard == [20.0]
    made.box.setValue(499)
    assert heard == [20.0, 499.0] and made.box.maximum() == 500


def test_a_run_of_keys_settles_after_a_pause(qtbot):
    made = control(Slider("Blur", 0, 10, digits=0), 1.0)
    qtbot.addWidget(made)
    made.slider.setValue(3)
    with qtbot.waitSignal(made.settled, timeout=2000):
        made.slider.setValue(4)


def test_words_found_instead_of_a_number_are_shown_as_they_are(qtbot):
    made = control(Slider("Light", 0, 10, "EV", automatic=True), None)
    qtbot.addWidget(made)
    made.show_found("sunny")
    assert made.found.text() == "sunny"
    made.show_found("3.5")
    assert made.found.text() == "3.5 EV" and made.box.value() == 3.5


def test_toggle_and_choice(qtbot):
    heard = []
    toggle, choice = control(Toggle("Round"), False), control(Choice("Mode", ("soft", "hard")), "soft")
    for made in (toggle, choice):
        qtbot.addWidget(made)
        made.changed.connect(heard.append)
    toggle.show_value(True)
    choice.show_value("hard")
    assert toggle.check.isChecked() and choice.list.currentIndex() == 1 and not heard
    toggle.check.click()
    choice.list.setCurrentIndex(0)
    assert heard == [False, "soft"]


def test_a_kind_of_parameter_without_control_is_an_error():
    with pytest.raises(TypeError, match="no control"):
        control(object(), None)
