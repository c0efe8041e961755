"""Copying edits: from photo to photo and window to window, all or chosen ones, onto one or many."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from editor.core.drawn import Stroke
from editor.core.edit import Edit
from editor.core.recipe import Recipe
from editor.core.sidecar import load
from editor.ui.copying import EDITS, on_clipboard
from editor.ui.dialogs.choose_edits import ChooseEdits
from tests.ui.acts import show
from tests.ui.answering import answer
from tests.ui.shoes import NAMES, click, keep, shows

Crop, Denoise, DodgeBurn = Edit.kinds["crop"], Edit.kinds["denoise"], Edit.kinds["dodge_burn"]
CutOut = Edit.kinds["cutout"]
Exposure, WhiteBalance = Edit.kinds["exposure"], Edit.kinds["white_balance"]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PAINTED = DodgeBurn(painted=(Stroke(((0.5, 0.5),)),))
CORRECTED = CutOut(
    feather=3.0, box=(0.1, 0.1, 0.8, 0.8), drop=((0.5, 0.5),), corrections=(Stroke(((0.5, 0.5),), mark="Remove"),)
)
RICH = (
    Recipe()
    .put(Crop(rectangle=(0.1, 0.1, 0.5, 0.5)))
    .put(PAINTED)
    .put(Exposure(stops=0.5))
    .put(Exposure(stops=-1.0, name="sole"))
    .put(WhiteBalance(temperature=20))
    .switch("white_balance", on=False)
)


def press(window, key, modifiers):
    QTest.keyClick(window, key, modifiers)


def said(window):
    return window.status.currentMessage()


def go_to(qtbot, window, path):
    window.open_path(path)
    qtbot.waitUntil(lambda: shows(window, path))


def test_all_edits_go_from_one_photo_to_the_next_and_undo_takes_them_back(qtbot, browsing, shoes):
    browsing.document.replace(RICH)
    press(browsing, Qt.Key.Key_C, CONTROL | ALT)
    assert said(browsing).startswith("Copied: Crop and Straighten, Dodge and Burn, Exposure, Exposure · sole")
    go_to(qtbot, browsing, shoes / NAMES[1])
    browsing.document.put(Denoise(noise=20.0))
    browsing.document.put(Exposure(stops=3.0))
    before = browsing.document.recipe
    press(browsing, Qt.Key.Key_V, CONTROL | SHIFT)
    assert browsing.document.recipe == RICH.put(Denoise(noise=20.0))  # of another kind: it stays
    assert browsing.document.steps[-1].act == "paste"
    assert said(browsing) == "Edits pasted; Ctrl+Z takes it back"
    press(browsing, Qt.Key.Key_Z, CONTROL)
    assert browsing.document.recipe == before


def test_what_is_copied_is_readable_and_another_program_may_hand_it_on_as_text(qtbot, browsing):
    browsing.document.replace(RICH)
    press(browsing, Qt.Key.Key_C, CONTROL | ALT)
    data = QApplication.clipboard().mimeData()
    assert json.loads(data.text())["edits"][1]["edit"] == "dodge_burn"
    assert bytes(data.data(EDITS).data()).decode() == data.text() == RICH.to_json()
    QApplication.clipboard().setText("\n " + data.text())
    browsing.document.replace(Recipe())
    press(browsing, Qt.Key.Key_V, CONTROL | SHIFT)
    assert browsing.document.recipe == RICH


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("", "", "no edits on the clipboard"),
        ("text/plain", "a shopping list", "no edits on the clipboard"),
        ("text/plain", '{"name": "package.json"}', "cannot be pasted as edits"),
        (EDITS, "", "cannot be pasted as edits"),
        (EDITS, "\x00\xff", "cannot be pasted as edits"),
        (EDITS, '{"packshot": 99, "edits": []}', "99"),
        (EDITS, '{"packshot": 1, "edits": []}', "no edits on the clipboard"),
        (EDITS, '{"packshot": 1, "edits": [{"edit": "exposure", "version": 1, "stops": 99}]}', "not between"),
        ("image/png", "no picture", "no edits on the clipboard"),
    ],
)
def test_pasting_something_else_is_told(opened, kind, text, says):
    data = QMimeData()
    if kind:
        data.setData(kind, text.encode("latin-1"))
    QApplication.clipboard().setMimeData(data)
    press(opened, Qt.Key.Key_V, CONTROL | SHIFT)
    assert says in opened.banner.text and opened.document.recipe == Recipe()


def test_a_photo_without_edits_leaves_the_clipboard_alone(opened):
    QApplication.clipboard().setText("kept")
    for modifiers in (CONTROL | ALT, CONTROL | SHIFT):
        press(opened, Qt.Key.Key_C, modifiers)
    assert QApplication.clipboard().text() == "kept" and said(opened) == "This photo has no edits to copy"


# Chosen ones


def ticked(dialog):
    return [f"{kind} {name}".strip() for kind, name in dialog.edits.chosen]


def test_chosen_edits_are_copied_and_the_choice_is_remembered(qtbot, browsing, shoes):
    browsing.document.replace(RICH)
    seen = []

    def choose(dialog):
        seen.append(ticked(dialog))
        rows = dialog.edits.ticks
        QTest.mouseClick(dialog.edits.none, Qt.MouseButton.LeftButton)
        assert ticked(dialog) == [] and not dialog.go.isEnabled()
        QTest.keyClick(rows["crop", ""], Qt.Key.Key_Space)
        QTest.keyClick(rows["exposure", ""], Qt.Key.Key_Space)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    answer(choose)
    press(browsing, Qt.Key.Key_C, CONTROL | SHIFT)
    assert seen == [["exposure", "exposure sole"]]  # not what lies on the picture, nor what is switched off
    go_to(qtbot, browsing, shoes / NAMES[1])
    browsing.activateWindow()  # where there is no window manager to do it
    qtbot.waitUntil(browsing.isActiveWindow)
    press(browsing, Qt.Key.Key_V, CONTROL | SHIFT)
    assert browsing.document.recipe == RICH.only([("crop", ""), ("exposure", "")])

    answer(lambda dialog: (seen.append(ticked(dialog)), QTest.keyClick(dialog, Qt.Key.Key_Escape)))
    press(browsing, Qt.Key.Key_C, CONTROL | SHIFT)
    assert seen[1] == ["crop", "exposure"]


def by_hand(opened):
    """A cut-out that was put right by hand, and dodging, on the photo."""
    opened.document.replace(Recipe().put(CORRECTED).put(PAINTED).put(Exposure(stops=0.5)))


def back(qtbot, opened):
    """As it is once the dialog is gone."""
    opened.activateWindow()  # where there is no window manager to do it
    qtbot.waitUntil(opened.isActiveWindow)


def test_a_cut_out_goes_along_without_what_was_put_right_by_hand(qtbot, browsing, shoes):
    by_hand(browsing)
    seen = []

    def agree(dialog):
        seen.append((ticked(dialog), dialog.edits.drawn.isVisible(), dialog.edits.with_drawn))
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    answer(agree)
    press(browsing, Qt.Key.Key_C, CONTROL | SHIFT)
    back(qtbot, browsing)
    assert seen == [(["cutout", "exposure"], True, False)]
    assert said(browsing).startswith("Copied without what was drawn on the picture: Cut Out")
    go_to(qtbot, browsing, shoes / NAMES[1])
    press(browsing, Qt.Key.Key_V, CONTROL | SHIFT)
    assert browsing.document.recipe == Recipe().put(CutOut(feather=3.0)).put(Exposure(stops=0.5))


def test_what_was_drawn_goes_along_once_that_is_ticked_and_the_tick_is_remembered(qtbot, browsing, shoes):
    by_hand(browsing)
    copied = Recipe().put(CORRECTED).put(Exposure(stops=0.5))

    def tick(dialog):
        assert dialog.edits.drawn.isEnabled()
        QTest.keyClick(dialog.edits.ticks["cutout", ""], Qt.Key.Key_Space)
        assert not dialog.edits.drawn.isEnabled()  # of the others there is nothing to leave out
        QTest.keyClick(dialog.edits.ticks["cutout", ""], Qt.Key.Key_Space)
        QTest.mouseClick(
            dialog.edits.drawn, Qt.MouseButton.LeftButton, pos=QPoint(10, dialog.edits.drawn.height() // 2)
        )
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    answer(tick)
    press(browsing, Qt.Key.Key_C, CONTROL | SHIFT)
    back(qtbot, browsing)
    assert on_clipboard() == copied and said(browsing).startswith("Copied: Cut Out")
    answer(lambda dialog: (tick_is_on.append(dialog.edits.with_drawn), QTest.keyClick(dialog, Qt.Key.Key_Return)))
    tick_is_on = []
    press(browsing, Qt.Key.Key_C, CONTROL | SHIFT)
    back(qtbot, browsing)
    assert tick_is_on == [True] and on_clipboard() == copied
    press(browsing, Qt.Key.Key_C, CONTROL | ALT)
    assert on_clipboard() == browsing.document.recipe


def test_all_edits_and_one_edit_are_copied_alike(qtbot, browsing, shoes):
    by_hand(browsing)
    bare = browsing.document.recipe.put(CutOut(feather=3.0))
    press(browsing, Qt.Key.Key_C, CONTROL | ALT)
    assert on_clipboard() == bare and bare.get("dodge_burn") == PAINTED  # which is nothing without its strokes
    pick(browsing.panel.groups["cutout"], "Copy This Edit")
    assert on_clipboard() == Recipe().put(CutOut(feather=3.0))
    go_to(qtbot, browsing, shoes / NAMES[1])
    press(browsing, Qt.Key.Key_V, CONTROL | ALT)
    assert browsing.document.recipe == bare


def test_where_nothing_was_drawn_that_can_be_left_out_the_dialog_does_not_ask(qtbot):
    for recipe in (RICH, Recipe().put(CutOut(feather=3.0))):
        dialog = ChooseEdits(recipe, [])
        qtbot.addWidget(dialog)
        dialog.show()
        assert not dialog.edits.drawn.isVisible()


def test_the_dialog_says_what_the_edits_do(qtbot):
    dialog = ChooseEdits(RICH, [])
    qtbot.addWidget(dialog)
    told = {tick.text(): tick.accessibleDescription() for tick in dialog.edits.ticks.values()}
    assert told == {
        "Crop and Straighten": "Crop", "Dodge and Burn": "Brush", "Exposure": "+0.50 EV",
        "Exposure · sole": "−1.00 EV", "White Balance": "switched off",
    }  # fmt: skip
    QTest.mouseClick(dialog.edits.all, Qt.MouseButton.LeftButton)
    assert len(dialog.edits.chosen) == 5


# One edit


def pick(group, text):
    group.menu.aboutToShow.emit()
    (action,) = [action for action in group.menu.actions() if action.text() == text]
    assert action.isEnabled()
    action.trigger()


def test_one_edit_goes_onto_another_of_its_kind(opened):
    document = opened.document
    document.put(Exposure(stops=0.5))
    document.put(Exposure(name="sole"))
    pick(opened.panel.groups["exposure"], "Copy This Edit")
    document.put(WhiteBalance(temperature=3))
    pick(opened.panel.group(("exposure", "sole")), "Paste onto This Edit")
    assert document.recipe.get("exposure", "sole") == Exposure(stops=0.5, name="sole")
    assert document.recipe.get("white_balance") == WhiteBalance(temperature=3)
    other = opened.panel.groups["denoise"]
    other.menu.aboutToShow.emit()
    (paste,) = [a for a in other.menu.actions() if a.text() == "Paste onto This Edit"]
    assert not paste.isEnabled()


# The photo before


def test_the_edits_of_the_photo_before(qtbot, browsing, shoes):
    press(browsing, Qt.Key.Key_V, CONTROL | ALT)
    assert said(browsing) == "The photo before has no edits"
    browsing.document.replace(RICH)
    go_to(qtbot, browsing, shoes / NAMES[1])
    browsing.document.put(Denoise(noise=20.0))
    press(browsing, Qt.Key.Key_V, CONTROL | ALT)
    assert browsing.document.recipe == RICH  # just as there
    press(browsing, Qt.Key.Key_V, CONTROL | ALT)
    assert said(browsing) == "Nothing has changed"
    go_to(qtbot, browsing, shoes / NAMES[2])
    press(browsing, Qt.Key.Key_V, CONTROL | ALT)
    assert browsing.document.recipe == RICH


def test_all_edits_are_reset_as_one_step(opened):
    opened.document.replace(RICH)
    press(opened, Qt.Key.Key_R, CONTROL | SHIFT)
    assert opened.document.recipe == Recipe() and opened.document.steps[-1].act == "reset"
    assert said(opened) == "All edits reset; Ctrl+Z takes it back"
    press(opened, Qt.Key.Key_Z, CONTROL)
    assert opened.document.recipe == RICH


# Onto many


def test_edits_are_pasted_onto_all_that_are_selected_and_taken_back_at_once(qtbot, browsing, shoes):
    paths = [shoes / name for name in NAMES]
    keep(paths[1], edits=[Denoise(noise=20.0).to_dict()])
    browsing.document.replace(RICH)
    press(browsing, Qt.Key.Key_C, CONTROL | ALT)
    browsing.document.undo()
    click(browsing.strip, 2, SHIFT)
    press(browsing, Qt.Key.Key_V, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: not browsing.undoing.busy and "3 photos" in said(browsing))
    assert said(browsing) == "Edits pasted onto 3 photos; Ctrl+Z takes it back"
    assert browsing.document.recipe == RICH
    assert [load(p).recipe for p in paths[1:]] == [RICH.put(Denoise(noise=20.0)), RICH]

    press(browsing, Qt.Key.Key_V, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: said(browsing) == "Nothing has changed")
    press(browsing, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not browsing.undoing.busy and load(paths[2]).recipe in (None, Recipe()))
    assert browsing.document.recipe == Recipe()
    assert load(paths[1]).recipe == Recipe().put(Denoise(noise=20.0))


def test_the_bar_above_the_edits_does_it_too(qtbot, opened):
    opened.document.replace(RICH)
    buttons = {b.accessibleName(): b for b in opened.panel.bar.findChildren(QToolButton)}
    assert {"Copy Edits", "Paste Edits", "Reset All Edits", "Presets"} <= set(buttons)
    assert "Ctrl+Shift+R" in buttons["Reset All Edits"].toolTip()
    QTest.mouseClick(buttons["Reset All Edits"], Qt.MouseButton.LeftButton)
    assert opened.document.recipe == Recipe()
    opened.close_photo()
    assert not buttons["Reset All Edits"].isEnabled()


def test_edits_go_from_window_to_window(qtbot, make_window, models, shoes):
    one, other = (show(qtbot, make_window(models), shoes / name) for name in NAMES[:2])
    one.document.replace(RICH)
    one.editing.copying.copy_all()
    other.editing.copying.paste()
    assert other.document.recipe == RICH


def test_endless_edits_on_the_clipboard_are_not_read(opened, monkeypatch):
    monkeypatch.setattr("editor.ui.copying.LONGEST", 40)
    data = QMimeData()
    data.setData(EDITS, RICH.to_json().encode())
    QApplication.clipboard().setMimeData(data)
    press(opened, Qt.Key.Key_V, CONTROL | SHIFT)
    assert "no edits on the clipboard" in opened.banner.text and opened.document.recipe == Recipe()
