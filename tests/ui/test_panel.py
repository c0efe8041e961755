"""The panel: every edit gets its controls, a drag is one step, and the controls follow the document."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDoubleSpinBox, QSlider

from editor.core.document import Document
from editor.core.edit import Edit
from editor.core.recipe import Recipe
from editor.edits.denoise import Level
from editor.ui.panel import EditGroup, Panel
from editor.ui.settings import Settings
from tests.ui.acts import drag, show, up_to_date

Crop, Denoise, Exposure = Edit.kinds["crop"], Edit.kinds["denoise"], Edit.kinds["exposure"]
Key = Qt.Key


@pytest.fixture
def document(photo):
    return Document(photo)


@pytest.fixture
def group(qtbot, document):
    made = EditGroup(Denoise)
    qtbot.addWidget(made)
    made.follow(document)
    made.unfold()
    made.resize(300, 200)
    made.show()
    return made


@pytest.fixture
def make_panel(qtbot, document):
    """Makes panels that show the document."""

    def make(settings=None):
        panel = Panel(settings)
        qtbot.addWidget(panel)
        panel.follow(document)
        document.on_change(panel.refresh)
        panel.resize(300, 800)
        panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        return panel

    return make


@pytest.fixture
def panel(make_panel):
    return make_panel()


def pick(menu, text):
    """Chooses the entry of a menu that begins with a text, as opening it shows it."""
    menu.aboutToShow.emit()
    (action,) = [action for action in menu.actions() if action.text().startswith(text)]
    assert action.isEnabled()
    action.trigger()


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
    opened.panel.groups["denoise"].unfold()
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


# Folding


def test_what_nearly_every_photo_gets_is_unfolded_and_the_rest_is_not_even_made(panel):
    for group in panel.groups.values():
        wanted = group.kind.id in ("enhance", "exposure", "white_balance")
        assert group.unfolded == group.made == wanted == group.kind.everyday
    crop = panel.groups["crop"]
    QTest.mouseClick(crop.fold, Qt.MouseButton.LeftButton)
    assert crop.made and crop.controls["angle"].isVisible()
    QTest.mouseClick(crop.fold, Qt.MouseButton.LeftButton)
    assert not crop.controls["angle"].isVisible()


def test_what_is_made_late_shows_what_was_found_and_set_meanwhile(qtbot, document):
    group = EditGroup(Denoise)
    qtbot.addWidget(group)
    group.follow(document)
    document.on_change(group.refresh)
    document.put(Denoise(strength=0.3))
    group.show_found(Level(12.5))
    group.unfold()
    assert group.controls["strength"].box.value() == 0.3 and group.controls["noise"].found.text().startswith("12.5")


def test_folding_by_keys_is_remembered(make_panel):
    settings = Settings()
    group = make_panel(settings).groups["exposure"]
    group.fold.setFocus()
    QTest.keyClick(group.fold, Key.Key_Left)
    assert not group.unfolded
    QTest.keyClick(group.fold, Key.Key_Left)
    assert not group.unfolded
    crop = make_panel(settings).groups["crop"]
    QTest.keyClick(crop.fold, Key.Key_Space)
    again = make_panel(settings)
    assert not again.groups["exposure"].unfolded and again.groups["crop"].unfolded
    QTest.keyClick(again.groups["exposure"].fold, Key.Key_Right)
    assert make_panel(settings).groups["exposure"].unfolded


def test_switching_on_unfolds_what_nobody_has_folded(make_panel, document):
    settings = Settings()
    panel = make_panel(settings)
    crop, exposure = panel.groups["crop"], panel.groups["exposure"]
    QTest.mouseClick(crop.switch, Qt.MouseButton.LeftButton)
    assert document.recipe.is_on("crop") and crop.unfolded and crop.controls["angle"].isVisible()
    QTest.mouseClick(crop.switch, Qt.MouseButton.LeftButton)
    assert not document.recipe.is_on("crop") and crop.unfolded
    assert not make_panel(settings).groups["crop"].unfolded  # it was nobody's wish to have it so always
    QTest.mouseClick(exposure.fold, Qt.MouseButton.LeftButton)
    exposure.switch.setFocus()
    QTest.keyClick(exposure.switch, Key.Key_Space)
    assert document.recipe.is_on("exposure") and not exposure.unfolded
    again = make_panel(settings).groups["exposure"]
    document.switch("exposure", on=False)
    again.refresh()
    QTest.mouseClick(again.switch, Qt.MouseButton.LeftButton)
    assert document.recipe.is_on("exposure") and not again.unfolded


def test_undo_unfolds_nothing(panel, document):
    document.put(Crop(angle=2.0))
    document.switch("crop", on=False)
    document.undo()
    assert document.recipe.is_on("crop") and not panel.groups["crop"].unfolded


# What changes nothing


def seen(group):
    return {name for name, made in group.controls.items() if made.isVisible()}


def choose(combo, text):
    """From the list, by its keys."""
    combo.setFocus()
    wanted = combo.findData(text) if combo.findData(text) >= 0 else combo.findText(text, Qt.MatchFlag.MatchFixedString)
    for _ in range(abs(way := wanted - combo.currentIndex())):
        QTest.keyClick(combo, Key.Key_Down if way > 0 else Key.Key_Up)
    assert combo.currentIndex() == wanted >= 0


def test_what_changes_nothing_is_left_out_until_it_does(panel, document):
    fit = panel.groups["fit"]
    QTest.mouseClick(fit.switch, Qt.MouseButton.LeftButton)
    combo = fit.controls["ratio"].findChild(QComboBox)
    assert seen(fit) == {"ratio", "side", "fill", "margin", "align"}
    short = fit.sizeHint().height()
    choose(combo, "own size")
    assert seen(fit) == {"ratio", "width", "height", "fill", "margin", "align"} and combo.hasFocus()
    QApplication.processEvents()
    assert fit.sizeHint().height() > short
    QTest.keyClick(combo, Key.Key_Tab)
    assert fit.controls["width"].isAncestorOf(QApplication.focusWidget())
    document.undo()
    assert "side" in seen(fit) and not {"width", "height"} & seen(fit)
    assert QApplication.focusWidget() is None or QApplication.focusWidget().isVisible()
    document.redo()
    assert "width" in seen(fit)


def test_what_is_left_out_is_of_the_edit_that_is_shown(panel, document):
    background = panel.groups["background"]
    background.unfold()
    assert seen(background) == {"kind"}
    document.put(Edit.kinds["background"](kind="gradient", shape="radial"))
    assert seen(background) == {"kind", "colour", "second", "shape"}
    panel.follow(None)
    assert seen(background) == {"kind"}


def test_alt_folds_the_others_and_a_button_all(panel):
    crop = panel.groups["crop"]
    QTest.mouseClick(crop.fold, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier)
    assert [kind for kind, group in panel.groups.items() if group.unfolded] == ["crop"]
    QTest.mouseClick(panel.folding, Qt.MouseButton.LeftButton)
    assert not any(group.unfolded for group in panel.groups.values())
    assert panel.folding.accessibleName() == "Unfold all edits"
    QTest.mouseClick(panel.folding, Qt.MouseButton.LeftButton)
    assert all(group.unfolded for group in panel.groups.values())


def test_tab_reaches_all_of_a_group(panel):
    group = panel.groups["exposure"]
    exposure = group.controls["stops"]
    document = group.document
    document.put(Exposure(stops=1.0))
    group.fold.setFocus()
    seen = []
    for _ in range(6):
        seen.append(QApplication.focusWidget())
        QTest.keyClick(seen[-1], Key.Key_Tab)
    assert seen == [group.fold, group.reset, group.more, group.switch, exposure.box, exposure.slider]


def test_a_change_touches_only_the_edit_that_has_changed(panel, document, monkeypatch):
    shown = []
    for group in panel.groups.values():
        for made in group.controls.values():
            plain = made.show_value
            monkeypatch.setattr(made, "show_value", lambda v, plain=plain, key=group.key: shown.append(key) or plain(v))
    document.put(Exposure(stops=0.5))
    assert set(shown) == {("exposure", "")}


# Several of a kind


def test_another_of_a_kind_is_named_changed_renamed_and_removed(panel, document):
    pick(panel.groups["exposure"].menu, "Add Another")
    assert document.recipe.active == (Exposure(name="2"),)
    group = panel.group(("exposure", "2"))
    assert group.field.hasFocus() and group.unfolded and panel.groups["exposure"].isHidden()
    QTest.keyClicks(group.field, "  the sole")
    QTest.keyClick(group.field, Key.Key_Return)
    assert document.recipe.active == (Exposure(name="the sole"),)
    assert panel.group(("exposure", "2")) is None
    group = panel.group(("exposure", "the sole"))
    assert group.fold.text() == "Exposure · the sole" and group.fold.hasFocus() and group.unfolded

    drag(group.controls["stops"].slider, 600)
    assert document.recipe.get("exposure", "the sole").stops == pytest.approx(2.0, abs=0.06)
    document.put(Exposure(stops=-1.0))
    assert panel.groups["exposure"].isVisible() and group.controls["stops"].box.value() > 1.9
    group.switch.click()
    assert not document.recipe.is_on("exposure", "the sole") and document.recipe.is_on("exposure")

    QTest.keyClick(group.fold, Key.Key_F2)
    QTest.keyClicks(group.field, "laces")
    QTest.keyClick(group.field, Key.Key_Return)
    kept = document.recipe.get("exposure", "laces")
    assert kept.stops > 1.9 and not document.recipe.is_on("exposure", "laces")
    assert [e.name for e in document.recipe.edits] == ["", "laces"]
    document.undo()
    assert panel.group(("exposure", "the sole")) and not panel.group(("exposure", "laces"))
    document.redo()
    pick(panel.group(("exposure", "laces")).menu, "Remove")
    assert document.recipe.edits == (Exposure(stops=-1.0),) and not panel.by_name


def test_a_name_that_is_taken_gets_a_number_and_escape_keeps_the_old_one(panel, document):
    document.put(Exposure(name="sole"))
    document.put(Exposure(name="laces"))
    group = panel.group(("exposure", "laces"))
    group.ask_name()
    QTest.keyClicks(group.field, "x")
    QTest.keyClick(group.field, Key.Key_Escape)
    assert not group.fold.isHidden() and {e.name for e in document.recipe.edits} == {"sole", "laces"}
    group.ask_name()
    QTest.keyClicks(group.field, "sole")
    QTest.keyClick(group.field, Key.Key_Return)
    assert {e.name for e in document.recipe.edits} == {"sole", "sole 2"}
    other = panel.group(("exposure", "sole"))
    other.ask_name()
    other.field.selectAll()
    QTest.keyClick(other.field, Key.Key_Delete)
    panel.groups["denoise"].fold.setFocus()  # leaving it is an answer too, but nothing is no name
    assert {e.name for e in document.recipe.edits} == {"sole", "sole 2"}


def test_another_photo_has_its_own(qtbot, panel, document, photo):
    document.put(Exposure(name="sole"))
    assert panel.by_name
    panel.follow(Document(photo))
    assert not panel.by_name and panel.groups["exposure"].isVisible()
    panel.follow(document)
    assert panel.group(("exposure", "sole"))


def test_a_picture_has_one_frame(panel):
    menu = panel.groups["crop"].menu
    menu.aboutToShow.emit()
    assert not [a for a in menu.actions() if a.text().startswith(("Add", "Rename", "Remove"))]


def test_reset_in_the_menu(panel, document):
    document.put(Exposure(stops=1.0))
    pick(panel.groups["exposure"].menu, "Reset")
    assert document.recipe.active == (Exposure(),)


def test_values_that_do_not_go_together_are_taken_back(panel, document):
    crop = panel.groups["crop"]
    crop.controls["corners"].changed.emit(((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)))
    assert document.recipe == Recipe()


def test_the_mouse_on_a_control_leaves_the_keys_to_the_photo(qtbot, opened):
    group, other = opened.panel.groups["exposure"], opened.panel.groups["denoise"]
    for each in (group, other):
        each.fold.setChecked(True)
    slider, box = group.controls["stops"].slider, group.controls["stops"].box
    opened.canvas.setFocus()
    drag(slider, slider.maximum() * 3 // 4)
    assert opened.document.recipe.get("exposure") and opened.canvas.hasFocus()
    set_to = opened.document.recipe
    with qtbot.waitSignal(opened.canvas.leafed):  # as the photo fits
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Right)
    assert opened.document.recipe == set_to
    for widget in (group.switch, other.controls["noise"].auto):
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(9, widget.height() // 2))
        assert opened.canvas.hasFocus()
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(slider, Key.Key_Right)
    assert slider.hasFocus()  # by Tab it still gets it
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "0.25")
    QTest.mouseClick(other.switch, Qt.MouseButton.LeftButton)
    assert opened.canvas.hasFocus() and opened.document.recipe.get("exposure").stops == 0.25


def test_titles_are_not_cut_beside_the_scroll_bar(make_panel):
    panel = make_panel()
    panel.resize(panel.minimumWidth(), 300)
    for group in panel.groups.values():
        group.fold.setChecked(True)
    QApplication.processEvents()
    assert panel.area.verticalScrollBar().isVisible()
    for group in panel.groups.values():
        assert group.fold.width() >= group.fold.sizeHint().width() - 5, group.title
