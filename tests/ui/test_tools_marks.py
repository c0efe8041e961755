"""Correcting a matte by hand: strokes of several marks, pins on what is kept, a box around the product."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.core.drawn import WHOLE, Stroke, points, rectangle, strokes
from editor.core.edit import Edit, Stage
from editor.ui.theme import tokens
from editor.ui.tools.brush import BrushTool
from editor.ui.tools.pins import PinsTool
from editor.ui.tools.rectangle import RectangleTool
from tests.ui.acts import photo_on, show
from tests.ui.onphoto import LEFT, click, drag, key, move, quarters, quiet, spot

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
KEY = ("test_matte", "")
Crop = Edit.kinds["crop"]


@pytest.fixture
def matte():
    """An edit that takes all there is to be set, and leaves the picture as it is."""

    class Matte(Edit):
        id, title, stage = "test_matte", "Matte", Stage.CUTOUT
        painted: tuple[Stroke, ...] = strokes("Painted", marks=("Add", "Remove", "Unsure"))
        keep: tuple[tuple[float, float], ...] = points("Keep", fewest=0, most=3, sign="+")
        drop: tuple[tuple[float, float], ...] = points("Drop", fewest=0, sign="-")
        box: tuple[float, float, float, float] = rectangle("Box")

        def apply(self, image, facts, models, job):
            job.progress(1)
            return image

    yield Matte
    del Edit.kinds["test_matte"]


@pytest.fixture
def opened(matte, make_window, models, qtbot, tmp_path):
    """A window that knows the edit, with a photo of 1600 x 1200."""
    return show(qtbot, make_window(models), quarters(tmp_path / "quarters.png"))


def values(window):
    return window.document.recipe.get(*KEY)


def take(window, name):
    """The person takes the tool of a parameter by its button in the panel."""
    group = window.panel.groups["test_matte"]
    group.unfold()
    QTest.mouseClick(group.controls[name].tool, LEFT)
    assert window.tools.active == (KEY, name)
    return window.canvas.tool


def test_each_mark_is_painted_by_its_button_and_by_keys(qtbot, opened):
    control, tool = opened.panel.groups["test_matte"].controls["painted"], take(opened, "painted")
    canvas = opened.canvas
    assert isinstance(tool, BrushTool) and [b.text() for b in control.mode.buttons] == [
        "Add",
        "Remove",
        "Unsure",
        "Erase",
    ]
    drag(canvas, (0.1, 0.1), (0.3, 0.1))
    key(canvas, Qt.Key.Key_X)
    assert control.mode.at == 1
    drag(canvas, (0.1, 0.2), (0.3, 0.2))
    drag(canvas, (0.1, 0.3), (0.3, 0.3), keys=ALT)
    QTest.mouseClick(control.mode.buttons[2], LEFT)
    drag(canvas, (0.1, 0.4), (0.3, 0.4))
    drag(canvas, (0.1, 0.5), (0.3, 0.5), keys=ALT)
    key(canvas, Qt.Key.Key_X, SHIFT)
    assert control.mode.at == 0
    key(canvas, Qt.Key.Key_E)
    assert control.mode.at == 3
    drag(canvas, (0.1, 0.6), (0.3, 0.6))
    key(canvas, Qt.Key.Key_X)  # no longer
    drag(canvas, (0.1, 0.7), (0.3, 0.7))
    told = [(stroke.mark, stroke.erase) for stroke in values(opened).painted]
    assert told == [
        ("Add", False), ("Remove", False), ("Add", False), ("Unsure", False), ("", True), ("", True), ("Add", False),
    ]  # fmt: skip
    assert opened.document.position == 7
    opened.actions_by_name["undo"].trigger()
    assert len(values(opened).painted) == 6
    QTest.mouseClick(control.clear, LEFT)
    assert values(opened).painted == ()


def test_the_veil_has_a_colour_for_each_mark(qtbot, opened):
    tool = take(opened, "painted")
    canvas = opened.canvas
    tool.brush.set(size=0.1, hardness=1.0)
    drag(canvas, (0.6, 0.6), (0.9, 0.6))
    key(canvas, Qt.Key.Key_X)
    drag(canvas, (0.6, 0.8), (0.9, 0.8))
    drag(canvas, (0.75, 0.5), (0.75, 0.7))  # across the first
    key(canvas, Qt.Key.Key_O)
    move(canvas, (0.1, 0.1))
    quiet(qtbot, opened)
    seen = photo_on(canvas).astype(float)
    height, width = seen.shape[:2]

    def at(x, y):
        return seen[round(height * y), round(width * x)] - 120  # of the grey quarter

    add, remove = ([int(c[i : i + 2], 16) - 120 for i in (1, 3, 5)] for c in (tokens().add, tokens().remove))
    for place, colour in (((0.65, 0.6), add), ((0.75, 0.6), remove), ((0.65, 0.8), remove)):
        assert at(*place) == pytest.approx(np.array(colour) * 140 / 255, abs=3), place
    assert at(0.65, 0.95) == pytest.approx(0, abs=2)


def test_what_is_unsure_is_hatched(qtbot, opened):
    tool = take(opened, "painted")
    canvas = opened.canvas
    tool.brush.set(size=0.2, hardness=1.0, mark="Unsure", overlay=True)
    drag(canvas, (0.7, 0.75), (0.8, 0.75))
    move(canvas, (0.1, 0.1))
    seen = photo_on(canvas)
    height, width = seen.shape[:2]
    row = seen[round(height * 0.75), round(width * 0.7) : round(width * 0.8), 0]
    assert len(np.unique(row)) > 1 and row.min() > 125


def test_the_matte_brush_has_keys_of_its_own_and_the_plain_one_stays_what_it_was(opened):
    key(opened.canvas, Qt.Key.Key_K)
    assert opened.tools.active == (("dodge_burn", ""), "painted") and opened.canvas.tool.marks == ()
    key(opened.canvas, Qt.Key.Key_K, SHIFT)
    assert opened.canvas.tool.marks == ("Add", "Remove", "Unsure")
    assert opened.actions_by_name["matte_brush"].isChecked() and not opened.actions_by_name["brush"].isChecked()
    key(opened.canvas, Qt.Key.Key_K, SHIFT)
    assert opened.canvas.tool is None


def test_pins_are_set_moved_and_taken_away(qtbot, opened):
    control, tool = opened.panel.groups["test_matte"].controls["keep"], take(opened, "keep")
    canvas = opened.canvas
    assert isinstance(tool, PinsTool) and control.value.text() == "no points"
    click(canvas, (0.25, 0.5))
    click(canvas, (0.75, 0.5))
    assert np.array(values(opened).keep) == pytest.approx(np.array([(0.25, 0.5), (0.75, 0.5)]), abs=2e-3)
    assert control.value.text() == "2 points" and opened.document.position == 2
    drag(canvas, (0.25, 0.5), (0.3, 0.6), (0.4, 0.75))
    assert values(opened).keep[0] == pytest.approx((0.4, 0.75), abs=2e-3) and opened.document.position == 3
    click(canvas, (0.75, 0.5))
    assert len(values(opened).keep) == 1 and opened.document.position == 4
    opened.actions_by_name["undo"].trigger()
    opened.actions_by_name["undo"].trigger()
    assert np.array(values(opened).keep) == pytest.approx(np.array([(0.25, 0.5), (0.75, 0.5)]), abs=2e-3)
    QTest.mouseClick(control.clear, LEFT)
    assert values(opened).keep == ()


def test_pins_by_keys(opened):
    take(opened, "drop")
    canvas = opened.canvas
    key(canvas, Qt.Key.Key_N)
    key(canvas, Qt.Key.Key_Insert)
    assert np.array(values(opened).drop) == pytest.approx(np.array([(0.5, 0.5)] * 2), abs=1e-3)
    key(canvas, Qt.Key.Key_Right, SHIFT)
    assert values(opened).drop[1][0] > 0.505 and values(opened).drop[0][0] == pytest.approx(0.5, abs=1e-3)
    key(canvas, Qt.Key.Key_Delete)
    assert len(values(opened).drop) == 1
    key(canvas, Qt.Key.Key_Tab)
    key(canvas, Qt.Key.Key_Delete)
    assert values(opened).drop == ()
    key(canvas, Qt.Key.Key_Escape)
    assert canvas.tool is None


def test_a_pin_that_is_given_up_was_never_there(opened):
    take(opened, "keep")
    canvas = opened.canvas
    QTest.mousePress(canvas, LEFT, Qt.KeyboardModifier.NoModifier, spot(canvas, 0.3, 0.3))
    move(canvas, (0.6, 0.6))
    key(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, spot(canvas, 0.6, 0.6))
    assert opened.document.position == 0 and values(opened) is None


def test_no_more_pins_than_the_kind_takes_and_none_beside_the_photo(opened):
    take(opened, "keep")
    canvas = opened.canvas
    for x in (0.2, 0.4, 0.6, 0.8):
        click(canvas, (x, 0.5))
    assert len(values(opened).keep) == 3
    take(opened, "drop")
    click(canvas, (-0.02, 0.5))
    assert values(opened).drop == ()


def test_a_pin_is_seen_where_it_is_with_its_sign(qtbot, opened):
    take(opened, "keep")
    canvas = opened.canvas
    plain = photo_on(canvas).astype(int)
    click(canvas, (0.75, 0.75))
    move(canvas, (0.1, 0.1))
    quiet(qtbot, opened)
    there = np.abs(photo_on(canvas).astype(int) - plain).max(2) > 8
    rows, columns = np.nonzero(there)
    height, width = plain.shape[:2]
    assert abs(rows.max() - height * 0.75) < 5 and abs(columns.mean() - width * 0.75) < 2
    teal = np.array([int(tokens().add[i : i + 2], 16) for i in (1, 3, 5)])
    assert (np.abs(photo_on(canvas).astype(int) - teal).max(2) < 4).sum() > 40


def test_what_lies_on_the_photo_stays_there_when_it_is_cropped(qtbot, opened):
    opened.document.put(Crop(rectangle=(0.5, 0.5, 0.5, 0.5), turn="90°"))
    quiet(qtbot, opened)
    take(opened, "keep")
    canvas = opened.canvas
    click(canvas, (0.25, 0.5))  # turned by a quarter: the upper edge was the left one
    ground = opened.tools.ground((KEY, "keep"))
    (shown,) = ground.shown(np.array([values(opened).keep[0]]) * ground.photo.size)
    assert shown == pytest.approx(np.array(canvas.port.photo) * (0.25, 0.5), abs=3)
    (x, y) = values(opened).keep[0]
    assert (x, y) == pytest.approx((0.75, 0.375), abs=2e-3)


def test_a_box_is_drawn_at_once_and_lies_on_the_photo(qtbot, opened):
    tool = take(opened, "box")
    canvas = opened.canvas
    assert isinstance(tool, RectangleTool)
    drag(canvas, (0.3, 0.25), (0.6, 0.5))
    assert values(opened).box == pytest.approx((0.3, 0.25, 0.3, 0.25), abs=2e-3) and opened.document.position == 1
    drag(canvas, (0.45, 0.4), (0.55, 0.4))  # from then on its inside moves it
    assert values(opened).box == pytest.approx((0.4, 0.25, 0.3, 0.25), abs=2e-3)
    QTest.mouseClick(opened.panel.groups["test_matte"].controls["box"].whole, LEFT)
    assert values(opened).box == WHOLE


def test_a_box_on_a_cropped_photo(qtbot, opened):
    opened.document.put(Crop(rectangle=(0.5, 0.0, 0.5, 1.0)))
    quiet(qtbot, opened)
    take(opened, "box")
    assert opened.canvas.port.photo == (800, 1200)
    drag(opened.canvas, (0.2, 0.25), (0.8, 0.5))
    assert values(opened).box == pytest.approx((0.6, 0.25, 0.3, 0.25), abs=2e-3)
    assert opened.document.recipe.get("crop").rectangle == (0.5, 0.0, 0.5, 1.0)
    drag(opened.canvas, (0.8, 0.4), (0.6, 0.4))  # its right edge
    assert values(opened).box == pytest.approx((0.6, 0.25, 0.2, 0.25), abs=2e-3)


def test_a_box_is_drawn_wherever_one_begins_and_no_proportion_of_a_crop_holds_it(opened):
    key(opened.canvas, Qt.Key.Key_R)
    crop = opened.panel.groups["crop"].controls["rectangle"]
    crop.proportion.setFocus()
    QTest.keyClick(crop.proportion, Qt.Key.Key_Down)
    assert crop.proportion.currentText() == "1:1"
    key(opened.canvas, Qt.Key.Key_Escape)
    opened.actions_by_name["undo"].trigger()
    take(opened, "box")
    control = opened.panel.groups["test_matte"].controls["box"]
    assert not control.proportion.isVisible() and not control.turn.isVisible() and control.whole.isVisible()
    assert crop.proportion.isVisible() and crop.turn.isVisible()
    assert control.tool.icon().pixmap(16).toImage() != crop.tool.icon().pixmap(16).toImage()
    drag(opened.canvas, (0.002, 0.002), (0.4, 0.8))  # where a crop would be pulled by its corner
    assert values(opened).box == pytest.approx((0.002, 0.002, 0.398, 0.798), abs=3e-3)
    key(opened.canvas, Qt.Key.Key_X)  # turns a crop
    drag(opened.canvas, (0.4, 0.8), (0.5, 0.6))
    assert values(opened).box == pytest.approx((0.002, 0.002, 0.498, 0.598), abs=3e-3)
    QTest.mouseClick(control.whole, LEFT)
    assert values(opened).box == WHOLE
