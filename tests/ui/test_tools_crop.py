"""Cropping and straightening by hand: what is drawn is what is kept, and what is kept is what is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.edit import Edit
from editor.core.recipe import Recipe
from editor.core.sidecar import load
from editor.ui.tools.guides import GUIDES
from editor.ui.tools.rectangle import RectangleTool
from tests.ui.acts import photo_on, show
from tests.ui.onphoto import click, drag, key, move, press, quarters, quiet, release, spot

Crop = Edit.kinds["crop"]
SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def shown(qtbot, window, tmp_path):
    """The window with a photo of four quarters, 1600 x 1200."""
    return show(qtbot, window, quarters(tmp_path / "quarters.png"))


@pytest.fixture
def cropping(qtbot, shown):
    """The same with the crop tool in the hand."""
    key(shown.canvas, Qt.Key.Key_R)
    assert isinstance(shown.canvas.tool, RectangleTool)
    return shown


def crop(window):
    return window.document.recipe.get("crop")


def pixels(window):
    """The crop in pixels of the photo: left, top, width, height."""
    x, y, width, height = crop(window).settled((1600, 1200)).rectangle
    return tuple(round(v, 3) for v in (x * 1600, y * 1200, width * 1600, height * 1200))


def undone(window):
    """How many steps back there are."""
    return window.document.position


def test_a_corner_is_dragged_and_the_crop_is_seen(qtbot, cropping):
    canvas = cropping.canvas
    drag(canvas, (1, 1), (0.75, 0.5))
    assert crop(cropping).rectangle == pytest.approx((0, 0, 0.75, 0.5), abs=2e-3)
    assert undone(cropping) == 1
    quiet(qtbot, cropping)
    assert canvas.port.photo == (1600, 1200)  # all of it, as long as the tool is in the hand
    seen = photo_on(canvas)
    assert seen[seen.shape[0] * 3 // 4, seen.shape[1] // 4].max() < 120  # what is cut off is darkened
    key(canvas, Qt.Key.Key_Return)
    assert canvas.tool is None and cropping.tools.active is None
    quiet(qtbot, cropping)
    assert canvas.port.photo == cropping.document.recipe.size((1600, 1200))
    seen = photo_on(canvas)
    height, width = seen.shape[:2]
    assert tuple(seen[height // 2, width // 3]) == (200, 40, 40)
    assert tuple(seen[height // 2, -5]) == (40, 180, 60)


def test_what_is_drawn_lies_on_whole_pixels(cropping):
    drag(cropping.canvas, (0, 0), (0.123, 0.217))
    assert pixels(cropping) == tuple(round(v) for v in pixels(cropping))
    assert cropping.document.recipe.size((1600, 1200)) == pixels(cropping)[2:]


def test_inside_it_is_moved_and_stops_at_the_edge(cropping):
    drag(cropping.canvas, (1, 1), (0.5, 0.5))
    width, height = pixels(cropping)[2:]
    drag(cropping.canvas, (0.2, 0.2), (0.45, 0.3))
    x, y, *size = pixels(cropping)
    assert (x, y) == pytest.approx((400, 120), abs=4) and size == [width, height]
    drag(cropping.canvas, (0.5, 0.3), (1.4, 1.4))
    assert pixels(cropping) == (1600 - width, 1200 - height, width, height)
    assert undone(cropping) == 3


def test_outside_a_new_one_is_drawn(cropping):
    drag(cropping.canvas, (1, 1), (0.3, 0.3))
    drag(cropping.canvas, (0.9, 0.8), (0.5, 0.6), (0.45, 0.55))
    assert crop(cropping).rectangle == pytest.approx((0.45, 0.55, 0.45, 0.25), abs=3e-3)
    before = crop(cropping)
    click(cropping.canvas, (0.1, 0.1))  # a click is no rectangle
    assert crop(cropping) == before and undone(cropping) == 2


def test_an_edge_alone(cropping):
    drag(cropping.canvas, (1, 0.5), (0.6, 0.7))
    assert crop(cropping).rectangle == pytest.approx((0, 0, 0.6, 1), abs=2e-3)


def test_shift_keeps_the_ratio_and_alt_the_middle(cropping):
    drag(cropping.canvas, (1, 1), (0.5, 0.9), keys=SHIFT)
    _, _, width, height = pixels(cropping)
    assert width / height == pytest.approx(1600 / 1200, abs=0.005) and height == pytest.approx(0.9 * 1200, abs=5)
    drag(cropping.canvas, (0, 0), (0.2, 0.1), keys=ALT)
    x, y, *size = pixels(cropping)
    assert (x + size[0] / 2, y + size[1] / 2) == pytest.approx((width / 2, height / 2), abs=2)
    assert size[0] == pytest.approx(width - 2 * 320, abs=6)


def test_a_proportion_is_chosen_and_kept(qtbot, cropping):
    control = cropping.panel.groups["crop"].controls["rectangle"]
    control.proportion.setFocus()
    for _ in range(1):
        QTest.keyClick(control.proportion, Qt.Key.Key_Down)
    assert control.proportion.currentText() == "1:1"
    assert pixels(cropping)[2:] == (1200, 1200)
    assert control.value.text() == "1200 × 1200 px"
    drag(cropping.canvas, (0.875, 1), (0.7, 0.4))
    _, _, width, height = pixels(cropping)
    assert width == height < 1200
    control.proportion.setFocus()
    for _ in range(3):
        QTest.keyClick(control.proportion, Qt.Key.Key_Down)
    _, _, width, height = pixels(cropping)
    assert width / height == pytest.approx(16 / 9, abs=0.01)
    cropping.canvas.setFocus()
    key(cropping.canvas, Qt.Key.Key_X)
    _, _, width, height = pixels(cropping)
    assert height / width == pytest.approx(16 / 9, abs=0.01)


@pytest.mark.parametrize(("name", "ratio"), [("4:5", 4 / 5), ("3:4", 3 / 4), ("photo", 4 / 3)])
def test_proportions(cropping, name, ratio):
    drag(cropping.canvas, (1, 1), (0.5, 0.7))
    cropping.tools.proportion.choose(name)
    _, _, width, height = pixels(cropping)
    assert width / height == pytest.approx(ratio, abs=0.01)


def test_a_crop_that_has_a_proportion_keeps_it_when_it_is_taken_up_again(cropping):
    cropping.tools.proportion.choose("1:1")
    key(cropping.canvas, Qt.Key.Key_Return)
    cropping.tools.proportion.choose("16:9")
    key(cropping.canvas, Qt.Key.Key_R)
    assert cropping.tools.proportion.name == "1:1" and pixels(cropping)[2:] == (1200, 1200)
    drag(cropping.canvas, (0.5, 0), (0.5, 0.4))
    assert pixels(cropping)[2] == pixels(cropping)[3]


def test_x_turns_a_free_crop(cropping):
    drag(cropping.canvas, (1, 1), (0.5, 0.25))
    _, _, width, height = pixels(cropping)
    key(cropping.canvas, Qt.Key.Key_X)
    assert pixels(cropping)[2:] == pytest.approx((height, width), abs=2)


def test_escape_gives_up_the_drag_and_then_the_tool(cropping):
    press(cropping.canvas, (1, 1))
    move(cropping.canvas, (0.6, 0.6))
    assert crop(cropping).rectangle[2] < 0.7
    key(cropping.canvas, Qt.Key.Key_Escape)
    assert crop(cropping) is None and undone(cropping) == 0
    move(cropping.canvas, (0.3, 0.3))
    release(cropping.canvas, (0.3, 0.3))
    assert crop(cropping) is None and cropping.tools.active
    key(cropping.canvas, Qt.Key.Key_Escape)
    assert cropping.tools.active is None and cropping.canvas.tool is None


@pytest.mark.parametrize("leave", ["enter", "double", "key", "button"])
def test_ways_out(cropping, leave):
    canvas = cropping.canvas
    match leave:
        case "enter":
            key(canvas, Qt.Key.Key_Enter)
        case "double":
            QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=spot(canvas, 0.5, 0.5))
        case "key":
            key(canvas, Qt.Key.Key_R)
        case "button":
            QTest.mouseClick(cropping.panel.groups["crop"].controls["rectangle"].tool, Qt.MouseButton.LeftButton)
    assert canvas.tool is None and undone(cropping) == 0
    assert not cropping.actions_by_name["crop"].isChecked()


def test_menu_and_button_show_what_is_in_the_hand(qtbot, shown):
    control = shown.panel.groups["crop"].controls["rectangle"]
    shown.panel.groups["crop"].unfold()
    QTest.mouseClick(control.tool, Qt.MouseButton.LeftButton)
    assert shown.tools.active == (("crop", ""), "rectangle")
    assert control.tool.isChecked() and shown.actions_by_name["crop"].isChecked()
    key(shown.canvas, Qt.Key.Key_K)
    assert not control.tool.isChecked() and shown.actions_by_name["brush"].isChecked()


def test_arrow_keys_nudge_and_a_run_of_them_is_one_step(cropping):
    drag(cropping.canvas, (1, 1), (0.5, 0.5))
    x, y, *size = pixels(cropping)
    step = int(np.ceil(1 / cropping.canvas.port.zoom))
    for _ in range(3):
        key(cropping.canvas, Qt.Key.Key_Right)
    key(cropping.canvas, Qt.Key.Key_Down, SHIFT)
    assert pixels(cropping) == (x + 3 * step, y + 10 * step, *size)
    assert undone(cropping) == 2
    key(cropping.canvas, Qt.Key.Key_Left, ALT)
    assert pixels(cropping)[2:] == (size[0] - step, size[1])


def test_o_leads_through_the_guides(cropping):
    tool = cropping.canvas.tool
    seen = [tool.guide]
    for _ in GUIDES:
        before = photo_on(cropping.canvas)
        key(cropping.canvas, Qt.Key.Key_O)
        seen.append(tool.guide)
        assert not np.array_equal(photo_on(cropping.canvas), before)
    assert seen == [*GUIDES, GUIDES[0]]
    key(cropping.canvas, Qt.Key.Key_O)
    key(cropping.canvas, Qt.Key.Key_R)
    key(cropping.canvas, Qt.Key.Key_R)
    assert cropping.canvas.tool.guide == GUIDES[1]  # it is remembered


def test_thirds_are_drawn_at_thirds(cropping):
    seen = photo_on(cropping.canvas).astype(int)
    row = seen[seen.shape[0] // 4, 20:-20, 1]
    width = seen.shape[1]
    left = row[: width // 2 - 40]
    assert abs(int(np.argmax(left)) + 20 - width / 3) < 3


def test_a_straightened_crop_keeps_to_the_photo(cropping):
    cropping.document.put(Crop(angle=10.0))
    drag(cropping.canvas, (0.5, 0.5), (0.9, 0.9))
    settled = crop(cropping).settled((1600, 1200)).rectangle
    assert crop(cropping).rectangle == pytest.approx(settled, abs=1e-6)
    cropping.document.put(Crop(angle=10.0, rectangle=(0.3, 0.3, 0.3, 0.3)))
    box = cropping.canvas.tool.box
    drag(cropping.canvas, (0.6, 0.3), (1.0, 0.0))
    settled = crop(cropping).settled((1600, 1200)).rectangle
    assert crop(cropping).rectangle == pytest.approx(settled, abs=1e-6)
    now = cropping.canvas.tool.box
    assert (now.x, now.bottom) == pytest.approx((box.x, box.bottom), abs=1.5)  # what is opposite stays
    assert now.width > box.width + 200 and now.height > box.height + 50
    near = replace(crop(cropping), rectangle=(now.x / 1600, now.y / 1200, now.width / 1600 + 0.01, now.height / 1200))
    assert near.settled((1600, 1200)) != near  # it went as far as could be


def test_while_the_rectangle_is_dragged_nothing_is_cooked(qtbot, cropping, monkeypatch):
    drag(cropping.canvas, (1, 1), (0.9, 0.9))
    quiet(qtbot, cropping)
    asked = []
    monkeypatch.setattr(cropping.preview.renderer, "ask", asked.append)
    drag(cropping.canvas, (0.9, 0.9), (0.5, 0.6))
    assert crop(cropping).rectangle[2] == pytest.approx(0.5, abs=0.01) and not asked


def test_another_photo_takes_the_tool_away(qtbot, cropping, photo_file):
    press(cropping.canvas, (1, 1))
    move(cropping.canvas, (0.6, 0.6))
    show(qtbot, cropping, photo_file)
    assert cropping.canvas.tool is None and cropping.document.recipe.edits == ()
    move(cropping.canvas, (0.3, 0.3))
    assert cropping.document.recipe.edits == ()


def test_undo_moves_the_frame_back_while_the_tool_is_in_the_hand(cropping):
    drag(cropping.canvas, (1, 1), (0.5, 0.5))
    drag(cropping.canvas, (0.5, 0.5), (0.8, 0.8))
    assert cropping.canvas.tool.box.width > 1200
    key(cropping.canvas, Qt.Key.Key_Z, CTRL)
    assert cropping.canvas.tool.box.width == pytest.approx(800, abs=3)


def test_switched_off_a_crop_can_still_be_set(cropping):
    drag(cropping.canvas, (1, 1), (0.5, 0.5))
    cropping.document.switch("crop", on=False)
    assert cropping.canvas.tool.box.width == pytest.approx(800, abs=3)
    drag(cropping.canvas, (0.5, 0.5), (0.6, 0.6))
    assert cropping.document.recipe.is_on("crop") and crop(cropping).rectangle[2] == pytest.approx(0.6, abs=0.01)


def test_all_of_the_photo_again(cropping):
    drag(cropping.canvas, (1, 1), (0.5, 0.5))
    control = cropping.panel.groups["crop"].controls["rectangle"]
    QTest.mouseClick(control.whole, Qt.MouseButton.LeftButton)
    assert crop(cropping) == replace(crop(cropping), rectangle=(0.0, 0.0, 1.0, 1.0))
    assert not control.whole.isEnabled() and control.value.text() == "1600 × 1200 px"


def test_x_and_enter_from_the_panel(cropping):
    drag(cropping.canvas, (1, 1), (0.5, 0.25))
    width, height = pixels(cropping)[2:]
    control = cropping.panel.groups["crop"].controls["angle"]
    control.slider.setFocus()
    key(control.slider, Qt.Key.Key_X)
    assert pixels(cropping)[2:] == pytest.approx((height, width), abs=2)
    key(control.slider, Qt.Key.Key_Left)  # that is the slider's own
    assert crop(cropping).angle < 0
    key(control.slider, Qt.Key.Key_Return)
    assert cropping.tools.active is None


def test_turning_does_not_switch_a_crop_on(shown):
    document, off = shown.document, Crop(rectangle=(0.0, 0.0, 0.25, 0.25))
    document.put(off)
    document.switch("crop", on=False)
    shown.actions_by_name["turn_right"].trigger()
    assert document.recipe.size((1600, 1200)) == (1200, 1600)
    document.undo()
    assert crop(shown) == off and not document.recipe.is_on("crop")


def test_a_drag_is_given_up_when_another_photo_is_shown_meanwhile(qtbot, cropping, photo_file):
    window, first = cropping, cropping.document.photo.path
    press(window.canvas, (1, 1))
    for way in (0.9, 0.8, 0.7):
        move(window.canvas, (way, way))
    assert crop(window)
    show(qtbot, window, photo_file)
    release(window.canvas, (0.7, 0.7))
    assert window.keeping.flush()
    assert not (load(first).recipe or Recipe()).edits and not window.document.recipe.edits


@pytest.mark.parametrize("kind", [QEvent.Type.FocusOut, QEvent.Type.WindowDeactivate])
def test_a_drag_is_given_up_when_another_window_comes_to_the_front(cropping, kind):
    canvas = cropping.canvas
    press(canvas, (1, 1))
    move(canvas, (0.9, 0.9))
    move(canvas, (0.7, 0.7))
    assert crop(cropping)
    QApplication.sendEvent(canvas, QFocusEvent(kind) if kind == QEvent.Type.FocusOut else QEvent(kind))
    assert crop(cropping) is None
    move(canvas, (0.5, 0.5))
    release(canvas, (0.5, 0.5))
    assert crop(cropping) is None and undone(cropping) == 0
