"""The proportion of a crop: it is kept, and what the list says is what the crop has; and where one looks meanwhile."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.core.edit import Edit
from tests.ui.acts import grabbed, photo_on, show
from tests.ui.onphoto import drag, key, move, press, quarters, quiet, release

Crop = Edit.kinds["crop"]
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
SIZE = (1600, 1200)


@pytest.fixture
def shown(qtbot, window, tmp_path):
    """The window with a photo of four quarters, 1600 x 1200."""
    return show(qtbot, window, quarters(tmp_path / "quarters.png", SIZE))


@pytest.fixture
def control(shown):
    """What the panel has for the rectangle of the crop."""
    shown.panel.groups["crop"].unfold()
    return shown.panel.groups["crop"].controls["rectangle"]


def choose(control, name):
    """From the list, by its keys."""
    control.proportion.setFocus()
    box = control.proportion
    while (way := box.findData(name) - box.currentIndex()) != 0:
        QTest.keyClick(box, Qt.Key.Key_Down if way > 0 else Qt.Key.Key_Up)


def said(control):
    return control.proportion.currentData()


def size(window):
    return window.document.recipe.size(SIZE)


def fits(size, wide, high):
    return abs(size[0] - size[1] * wide / high) <= 1.5 or abs(size[1] - size[0] * high / wide) <= 1.5


def test_a_crop_keeps_its_proportion_under_perspective(qtbot, shown, control):
    key(shown.canvas, Qt.Key.Key_R)
    choose(control, "4:5")
    shown.actions_by_name["turn_right"].trigger()
    assert said(control) == "4:5" and fits(size(shown), 5, 4)
    shown.document.end_gesture()
    shown.panel.groups["crop"].controls["angle"].changed.emit(3.0)
    shown.panel.groups["crop"].controls["angle"].settled.emit()
    assert said(control) == "4:5" and fits(size(shown), 5, 4)
    key(shown.canvas, Qt.Key.Key_T, SHIFT)
    drag(shown.canvas, (0, 0), (0.25, 0.02), (0.2, 0.05))
    drag(shown.canvas, (1, 0), (0.9, 0.1))
    quiet(qtbot, shown)
    assert said(control) == "4:5" and fits(size(shown), 5, 4)
    drag(shown.canvas, (1, 1), (0.5, 0.6), (0.9, 1.0))
    assert said(control) == "4:5" and fits(size(shown), 5, 4)
    assert control.value.text() == "{} × {} px".format(*size(shown))
    assert shown.document.position == 7  # each drag is one step, its rectangle in it
    QTest.mouseClick(shown.panel.groups["crop"].controls["corners"].back, Qt.MouseButton.LeftButton)
    assert said(control) == "4:5" and fits(size(shown), 5, 4)


def test_corners_dragged_away_and_back_leave_the_crop_as_it_was(shown, control):
    key(shown.canvas, Qt.Key.Key_R)
    choose(control, "1:1")
    drag(shown.canvas, (0.875, 1), (0.6, 0.5))
    before = shown.document.recipe
    key(shown.canvas, Qt.Key.Key_T, SHIFT)
    press(shown.canvas, (0, 0))
    for there in ((0.2, 0.3), (0.3, 0.1), (0.1, 0.1)):
        move(shown.canvas, there)
        assert fits(size(shown), 1, 1)
    key(shown.canvas, Qt.Key.Key_Escape)
    release(shown.canvas, (0.1, 0.1))
    assert shown.document.recipe == before


def test_a_free_crop_stays_where_it_is_under_perspective(shown):
    key(shown.canvas, Qt.Key.Key_R)
    drag(shown.canvas, (1, 1), (0.5, 0.9))
    rectangle = shown.document.recipe.get("crop").rectangle
    key(shown.canvas, Qt.Key.Key_T, SHIFT)
    drag(shown.canvas, (0, 0), (0.2, 0.1))
    assert shown.document.recipe.get("crop").rectangle == rectangle


@pytest.mark.parametrize("in_hand", [True, False])
def test_the_list_follows_undo_and_redo(shown, control, in_hand):
    key(shown.canvas, Qt.Key.Key_R)
    drag(shown.canvas, (1, 1), (0.5, 0.9))
    choose(control, "1:1")
    choose(control, "16:9")
    if not in_hand:
        key(shown.canvas, Qt.Key.Key_Return)
    steps = [said(control)]
    for _ in range(shown.document.position):
        key(shown.canvas, Qt.Key.Key_Z, CTRL)
        steps.append(said(control))
    key(shown.canvas, Qt.Key.Key_Z, CTRL | SHIFT)
    key(shown.canvas, Qt.Key.Key_Z, CTRL | SHIFT)
    assert steps == ["16:9", "3:4", "4:5", "1:1", "free", "free"]
    assert said(control) == "1:1" and fits(size(shown), 1, 1)
    if in_hand:  # and it is kept again
        drag(shown.canvas, (0.2, 0.2), (0.3, 0.2))
        assert fits(size(shown), 1, 1)


def test_the_list_follows_the_photo(qtbot, shown, control, photo_file):
    key(shown.canvas, Qt.Key.Key_R)
    choose(control, "1:1")
    show(qtbot, shown, photo_file)
    assert said(control) == "free"
    key(shown.canvas, Qt.Key.Key_R)
    assert said(control) == "free" and shown.tools.proportion.name == "free"
    shown.document.put(Crop(rectangle=(0.0, 0.0, 0.75, 1.0)))  # 150 x 150
    assert said(control) == "1:1"


def test_free_is_free_until_the_tool_is_let_go(shown, control):
    key(shown.canvas, Qt.Key.Key_R)
    choose(control, "1:1")
    choose(control, "free")
    assert said(control) == "free" and fits(size(shown), 1, 1)
    key(shown.canvas, Qt.Key.Key_Return)
    assert said(control) == "1:1"  # that is what it has
    key(shown.canvas, Qt.Key.Key_R)
    choose(control, "free")
    drag(shown.canvas, (0.875, 1), (0.7, 0.9))
    assert not fits(size(shown), 1, 1) and said(control) == "free"


def test_a_proportion_is_taken_on_within_what_was_drawn(shown, control):
    key(shown.canvas, Qt.Key.Key_R)
    drag(shown.canvas, (0, 0), (0.25, 0.5))
    drag(shown.canvas, (1, 1), (0.75, 1))
    tool = shown.canvas.tool
    was = tool.box
    for name, ratio in (("1:1", 1.0), ("4:5", 0.8), ("3:4", 0.75), ("16:9", 16 / 9), ("1:1", 1.0)):
        choose(control, name)
        box = tool.box
        width = min(was.width, was.height * ratio)
        assert (box.width, box.height) == pytest.approx((width, width / ratio), abs=1)  # the largest, each time
        assert box.middle == pytest.approx(was.middle, abs=1)
        assert box.x >= was.x and box.y >= was.y and box.right <= was.right and box.bottom <= was.bottom


def test_a_proportion_chosen_for_a_straightened_photo_stays_on_it(shown, control):
    shown.document.put(Crop(angle=12.0))
    key(shown.canvas, Qt.Key.Key_R)
    choose(control, "4:5")
    edit = shown.document.recipe.get("crop")
    assert edit.rectangle == pytest.approx(edit.settled(SIZE).rectangle, abs=1e-6) and fits(size(shown), 4, 5)


# Where one looks


def zoom_in(window):
    """To 1:1 at a place right of the middle."""
    canvas = window.canvas
    window.actions_by_name["double"].trigger()
    canvas.look(canvas.port.moved(-300, -200))
    assert not canvas.port.fits and canvas.port.zoom == 2.0
    return canvas.port


@pytest.mark.parametrize("which", [(Qt.Key.Key_R, None), (Qt.Key.Key_T, SHIFT), (Qt.Key.Key_R, SHIFT)])
def test_a_frame_is_set_on_all_of_the_photo_and_then_the_place_comes_back(qtbot, shown, which):
    letter, keys = which[0], which[1] or Qt.KeyboardModifier.NoModifier
    port = zoom_in(shown)
    key(shown.canvas, letter, keys)
    assert shown.canvas.tool and shown.canvas.port.fits
    key(shown.canvas, Qt.Key.Key_Escape)
    assert shown.canvas.tool is None and shown.canvas.port == port


def test_the_place_comes_back_in_the_new_frame(qtbot, shown):
    port = zoom_in(shown)
    key(shown.canvas, Qt.Key.Key_R)
    drag(shown.canvas, (0, 0), (0.25, 0.25))
    key(shown.canvas, Qt.Key.Key_Return)
    warp = shown.document.recipe.warp(SIZE)
    assert shown.canvas.port.zoom == 2.0
    assert warp.before(np.array([shown.canvas.port.middle]))[0] == pytest.approx(port.middle, abs=1)


def test_who_zoomed_meanwhile_stays_there(shown):
    zoom_in(shown)
    key(shown.canvas, Qt.Key.Key_R)
    shown.actions_by_name["real_pixels"].trigger()
    port = shown.canvas.port
    key(shown.canvas, Qt.Key.Key_Return)
    assert shown.canvas.port.zoom == 1.0 and shown.canvas.port.middle == port.middle


def test_a_line_drawn_for_a_crop_leads_back_in_the_end(shown):
    port = zoom_in(shown)
    key(shown.canvas, Qt.Key.Key_R)
    key(shown.canvas, Qt.Key.Key_R, SHIFT)
    drag(shown.canvas, (0.2, 0.5), (0.8, 0.5))  # is level already; the crop is in the hand again
    assert shown.tools.active == (("crop", ""), "rectangle") and shown.canvas.port.fits
    key(shown.canvas, Qt.Key.Key_K)  # the brush needs no frame
    assert shown.canvas.port == port


# Turned, and at an angle


def test_perspective_is_set_on_the_photo_as_it_is_turned(qtbot, shown):
    shown.actions_by_name["turn_right"].trigger()
    shown.actions_by_name["mirror"].trigger()
    key(shown.canvas, Qt.Key.Key_T, SHIFT)
    quiet(qtbot, shown)
    assert shown.canvas.port.photo == (1200, 1600)
    seen = photo_on(shown.canvas)
    high, wide = seen.shape[:2]
    # blue and red lie above grey and green when turned; mirrored it is red that comes first
    assert tuple(seen[high // 4, wide // 4]) == (200, 40, 40)
    assert tuple(seen[high // 4, 3 * wide // 4]) == (50, 60, 190)
    drag(shown.canvas, (1, 0), (0.8, 0.1))  # the upper right one is the photo's lower left
    corners = shown.document.recipe.get("crop").corners
    assert corners[3] == pytest.approx((0.1, 0.8), abs=3e-3) and corners[:3] == ((0, 0), (1, 0), (1, 1))
    step = max(1.0, 1 / shown.canvas.port.zoom)
    key(shown.canvas, Qt.Key.Key_Right)  # as it is seen
    assert shown.document.recipe.get("crop").corners[3] == pytest.approx((corners[3][0], corners[3][1] + step / 1200))
    key(shown.canvas, Qt.Key.Key_Return)
    quiet(qtbot, shown)
    top = shown.document.recipe.warp(SIZE).before(np.array([(0.0, 0.0), (float(size(shown)[0]), 0.0)]))
    assert top[0] == pytest.approx((0, 0), abs=1) and top[1] == pytest.approx((160, 960), abs=6)


def test_the_magnifier_shows_it_as_it_lies(qtbot, shown):
    shown.actions_by_name["turn_right"].trigger()
    key(shown.canvas, Qt.Key.Key_T, SHIFT)
    quiet(qtbot, shown)
    canvas = shown.canvas
    drag(canvas, (0, 1), (0.2, 1))  # to make room
    press(canvas, (0, 0))
    for part in (0.2, 0.4, 0.47):
        move(canvas, (part, part))
    move(canvas, (0.5, 0.5))
    seen, port = grabbed(canvas), canvas.port
    across, down = shown.document.recipe.get("crop").corners[3]
    at = np.array([(1 - down) * 1200, across * 1600])
    middle = port.corner + at * port.zoom + (96, -96)  # of the magnifier; a pixel of the photo is 9 there
    x, y = (middle + (np.array([600, 800]) - at) * 9).round().astype(int)
    quarter = [tuple(seen[y + b, x + a].tolist()) for b in (-20, 20) for a in (-20, 20)]
    release(canvas, (0.5, 0.5))
    assert quarter == [(50, 60, 190), (200, 40, 40), (120, 120, 120), (40, 180, 60)]


def test_the_foot_of_the_window_says_how_large_the_finished_picture_is(shown, control):
    assert "→" not in shown.status.photo.text() and shown.status.photo.text().startswith("1600 × 1200")
    key(shown.canvas, Qt.Key.Key_R)
    choose(control, "1:1")
    key(shown.canvas, Qt.Key.Key_Escape)
    assert shown.status.photo.text().startswith("1600 × 1200 → 1200 × 1200")
    shown.document.put(Edit.kinds["fit"]())
    assert "1600 × 1200 → 2000 × 2000" in shown.status.photo.accessibleName()
    shown.document.switch("fit", on=False)
    shown.actions_by_name["undo"].trigger()
    shown.document.remove("fit")
    shown.document.remove("crop")
    assert "→" not in shown.status.photo.text()
