"""History dock: every step by name, the newest on top; a click goes there, and nothing is lost by that."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from editor.core.changes import change
from editor.core.document import Document, Step
from editor.core.drawn import Stroke
from editor.core.edit import Edit
from editor.core.recipe import Recipe
from editor.ui.history import PRESENT, UNDONE, StepListModel
from editor.ui.settings import Settings
from editor.ui.wording import told
from tests.ui.acts import show, up_to_date

CTRL = Qt.KeyboardModifier.ControlModifier


def rows(window):
    model = window.desk.history.model
    return [model.index(row).data() for row in range(model.rowCount())]


def flags(window, role):
    model = window.desk.history.model
    return [bool(model.index(row).data(role)) for row in range(model.rowCount())]


def exposure(stops):
    return Edit.kinds["exposure"](stops=stops)


@pytest.fixture
def looking(qtbot, opened):
    """The window with the dock, as the key has brought it."""
    QTest.keyClick(opened.canvas, Qt.Key.Key_H, CTRL)
    assert opened.desk.history.isVisible() and opened.actions_by_name["history"].isChecked()
    return opened


def click(window, row):
    view = window.desk.history.view
    spot = view.visualRect(window.desk.history.model.index(row)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_each_step_has_a_name_and_the_newest_is_on_top(looking):
    document = looking.document
    assert rows(looking) == ["Opened"]
    document.put(exposure(0.5))
    document.switch("exposure", on=False)
    document.switch("exposure", on=True)
    assert rows(looking) == ["Exposure switched on", "Exposure switched off", "Exposure: +0.50 EV", "Opened"]
    assert flags(looking, PRESENT) == [True, False, False, False]


def test_a_click_goes_there_and_what_was_undone_stays_dimmed(qtbot, looking):
    document = looking.document
    for stops in (0.5, 1.0, 1.5):
        document.put(exposure(stops))
    click(looking, 2)
    assert document.recipe == Recipe((exposure(0.5),)) and len(rows(looking)) == 4
    assert flags(looking, PRESENT) == [False, False, True, False]
    assert flags(looking, UNDONE) == [True, True, False, False]
    click(looking, 0)
    assert document.recipe == Recipe((exposure(1.5),)) and not any(flags(looking, UNDONE))
    qtbot.waitUntil(lambda: up_to_date(looking))


def test_enter_goes_there(looking):
    document, view = looking.document, looking.desk.history.view
    document.put(exposure(0.5))
    document.put(exposure(1.0))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert document.recipe == Recipe((exposure(1.0),))  # only looked at
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert document.recipe == Recipe() and view.currentIndex().row() == 2


def test_a_new_step_after_going_back_takes_the_undone_ones_away(looking):
    document = looking.document
    document.put(exposure(0.5))
    document.put(exposure(1.0))
    document.go(1)
    document.put(exposure(-1.0))
    assert rows(looking) == ["Exposure: −1.00 EV", "Exposure: +0.50 EV", "Opened"]


def test_a_slider_drag_is_one_row_that_follows(looking):
    document = looking.document
    for stops in (0.1, 0.2, 0.3):
        document.put(exposure(stops), gesture="drag")
    assert rows(looking) == ["Exposure: +0.30 EV", "Opened"]


def test_it_is_shown_again_in_the_next_window(qtbot, make_window, models, photo_file):
    settings = Settings()
    first = make_window(models, settings=settings)
    assert not first.desk.history.isVisible() and not first.actions_by_name["history"].isChecked()
    first.actions_by_name["history"].trigger()
    again = show(qtbot, make_window(models, settings=settings), photo_file)
    assert again.desk.history.isVisible() and again.actions_by_name["history"].isChecked()
    assert rows(again) == ["Opened"]
    again.actions_by_name["history"].trigger()
    assert not settings.shown("history")


def test_what_happened_while_it_was_away_is_there_when_it_comes(opened):
    opened.document.put(exposure(0.5))
    opened.actions_by_name["history"].trigger()
    assert rows(opened) == ["Exposure: +0.50 EV", "Opened"]
    opened.close_photo()
    assert rows(opened) == []


def test_one_stroke_puts_all_panels_away_and_the_next_brings_them_back(opened):
    opened.actions_by_name["history"].trigger()
    opened.actions_by_name["strip"].trigger()
    parts = (opened.desk.history, opened.panel, opened.strip)
    assert all(part.isVisible() for part in parts) and opened.actions_by_name["panels"].isChecked()
    QTest.keyClick(opened.canvas, Qt.Key.Key_F8)
    assert not any(part.isVisible() for part in parts) and not opened.actions_by_name["panels"].isChecked()
    assert not opened.actions_by_name["history"].isChecked() and not opened.actions_by_name["strip"].isChecked()
    QTest.keyClick(opened.canvas, Qt.Key.Key_F8)
    assert all(part.isVisible() for part in parts) and opened.actions_by_name["strip"].isChecked()


def test_a_thousand_steps_are_put_into_words_only_where_they_are_seen(qtbot, looking, monkeypatch):
    document = looking.document
    for number in range(1200):
        document.put(exposure(number % 80 / 10 - 4 + 0.05))
    assert looking.desk.history.model.rowCount() == len(document.steps) == 1000
    worded = []
    monkeypatch.setattr("editor.ui.history.told", lambda step, before, called: worded.append(1) or "step")
    document.go(500)
    looking.desk.history.view.grab()
    assert 0 < len(worded) < 200
    assert looking.desk.history.view.visualRect(looking.desk.history.model.index(499)).intersects(
        looking.desk.history.view.viewport().rect()
    )


def test_a_screen_reader_hears_the_name_and_whether_it_was_undone(looking):
    document = looking.document
    document.put(exposure(0.5))
    document.undo()
    view = looking.desk.history.view
    assert QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Name) == "Steps, the newest first"
    texts = [view.model().index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert texts == ["Exposure: +0.50 EV, undone", "Opened, the present step"]


def test_the_model_tells_of_just_the_row_that_came(qtbot):
    model, steps = StepListModel(), tuple(Step(Recipe((exposure(i / 10),)), when=float(i)) for i in range(4))
    model.show(steps[:3], 2)
    with qtbot.waitSignal(model.rowsInserted), qtbot.assertNotEmitted(model.modelReset):
        model.show(steps, 3)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.looked) as looked:
        model.show(steps, 1)
    assert looked.args == [0, 2]
    model.show(steps, 3)
    with qtbot.waitSignal(model.looked) as looked:
        model.show((*steps[:3], Step(Recipe(), when=3.0)), 3)
    assert looked.args == [0, 0]
    with qtbot.waitSignal(model.modelReset):
        model.show(steps[:2], 1)


def test_a_name_that_may_be_cut_is_told_in_full(looking):
    looking.document.put(exposure(0.5))
    told = [looking.desk.history.model.index(row).data(Qt.ItemDataRole.ToolTipRole) for row in (0, 1)]
    assert told[0].startswith("Exposure: +0.50 EV\n") and told[1].startswith("Opened")


def test_undo_and_redo_say_what_they_would_take_back(opened):
    document, actions = opened.document, opened.actions_by_name

    def texts():
        return actions["undo"].text(), actions["redo"].text()

    assert texts() == ("&Undo", "&Redo")
    document.put(exposure(0.5))
    document.replace(Recipe((exposure(1.0),)), "preset:Black & White")
    assert texts() == ("&Undo Preset: Black && White", "&Redo")
    actions["undo"].trigger()
    assert texts() == ("&Undo Exposure", "&Redo Preset: Black && White")
    opened.desk.search.toggle()
    opened.desk.search.field.setText("redo")
    assert opened.desk.search.model.index(0).data() == "Redo Preset: Black & White"


def test_a_message_goes_when_something_newer_is_done(opened):
    opened.document.put(exposure(0.5))
    opened.status.showMessage("Edits pasted", 60000)
    opened.actions_by_name["undo"].trigger()
    assert opened.status.currentMessage() == ""
    opened.status.showMessage("Edits pasted", 60000)
    opened.document.put(exposure(0.7))
    assert opened.status.currentMessage() == ""
    opened.document.put(exposure(0.9))
    opened.editing.hand_out(lambda recipe: Recipe(), "reset")
    assert opened.status.currentMessage().startswith("All edits reset")


# Words


def worded(before: Recipe, after: Recipe, act=""):
    return told(Step(after, act, 1.0), Step(before))


def kind(name, **values):
    return Edit.kinds[name](**values)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((), {"exposure": {}}, "Exposure switched on"),
        ((), {"exposure": {"stops": 2.0}}, "Exposure: +2.00 EV"),
        ({"exposure": {"stops": 2.0}}, {"exposure": {}}, "Exposure reset"),
        ({"exposure": {"stops": 2.0}}, {}, "Exposure removed"),
        ((), {"white_balance": {"temperature": -20, "tint": 5}}, "White Balance: Temperature −20, Tint +5"),
        (
            {"white_balance": {"temperature": -20, "tint": 5}},
            {"white_balance": {"tint": 5}},
            "White Balance: Temperature reset",
        ),
        ((), {"crop": {"angle": 1.5}}, "Crop and Straighten: Straighten +1.50°"),
        ((), {"crop": {"mirror": True}}, "Crop and Straighten: Flip horizontally on"),
        ((), {"crop": {"rectangle": (0, 0, 0.5, 0.5)}}, "Crop and Straighten: Crop"),
        ({"exposure": {"stops": 2.0}}, {"exposure": {}, "crop": {"angle": 1}}, "Several edits"),
    ],
)
def test_a_step_in_words(before, after, words):
    made = [Recipe(tuple(kind(n, **v) for n, v in dict(told).items())) for told in (before, after)]
    assert worded(*made) == words


def test_strokes_are_painted_and_erased():
    recipes = [Recipe()]
    strokes = ()
    for erase in (False, True):
        strokes = (*strokes, Stroke(((0.5, 0.5),), erase=erase))
        recipes.append(Recipe((kind("dodge_burn", painted=strokes),)))
    assert worded(*recipes[:2]) == "Dodge and Burn: Brush (painted)"
    assert worded(*recipes[1:]) == "Dodge and Burn: Brush (erased)"


@pytest.mark.parametrize(
    ("act", "words"), [("paste", "Pasted edits"), ("preset", "Preset"), ("preset:Warm: 2", "Preset: Warm: 2")]
)
def test_an_act_goes_before_what_it_changed(act, words):
    assert worded(Recipe(), Recipe((exposure(1.0),)), act) == words


def test_every_change_there_can_be_has_words():
    """Each edit there is: put, each parameter changed by itself, off, on, away."""
    for name, edit in Edit.kinds.items():
        put = Recipe((edit(),))
        for before, after in (
            (Recipe(), put), (put, put.switch(name, on=False)), (put.switch(name, on=False), put), (put, Recipe()),
        ):  # fmt: skip
            assert edit.title in worded(before, after)
        assert change(put, put).what == "none" and worded(put, put) == "No change"


def test_a_document_alone_needs_no_window(photo):
    document = Document(photo)
    document.put(exposure(1.0))
    assert told(document.steps[0], None) == "Opened"
    assert told(document.steps[1], document.steps[0]) == "Exposure: +1.00 EV"
