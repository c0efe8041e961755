"""Straightening, turning and flipping by hand: a line, a slider, keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.ui.tools.level import LevelTool, lean
from editor.ui.tools.rectangle import RectangleTool
from tests.ui.acts import drag as slide
from tests.ui.acts import photo_on, show
from tests.ui.onphoto import click, drag, key, move, press, quarters, quiet, release

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(qtbot, window, tmp_path):
    """The window with a photo of four quarters, 1600 x 1200."""
    return show(qtbot, window, quarters(tmp_path / "quarters.png"))


@pytest.fixture
def cropping(shown):
    """The same with the crop tool in the hand."""
    key(shown.canvas, Qt.Key.Key_R)
    return shown


def crop(window):
    return window.document.recipe.get("crop")


def undone(window):
    """How many steps back there are."""
    return window.document.position


def test_a_line_makes_the_picture_level(qtbot, shown):
    shown.panel.groups["crop"].unfold()
    control = shown.panel.groups["crop"].controls["angle"]
    QTest.mouseClick(control.tool, Qt.MouseButton.LeftButton)
    canvas = shown.canvas
    assert isinstance(canvas.tool, LevelTool)
    start, end = (0.2, 0.5), (0.8, 0.45)  # it rises to the right
    rise = np.degrees(np.arctan2(0.05 * 1200, 0.6 * 1600))
    drag(canvas, start, end)
    assert crop(shown).angle == pytest.approx(rise, abs=0.2) and undone(shown) == 1
    assert canvas.tool is None and not control.tool.isChecked()
    assert control.box.value() == crop(shown).angle
    key(canvas, Qt.Key.Key_R, SHIFT)  # once more, on top of it: what is upright now stays so
    drag(canvas, (0.5, 0.2), (0.5, 0.8))
    assert crop(shown).angle == pytest.approx(rise, abs=0.4)


def test_a_line_that_leans_from_upright(shown):
    key(shown.canvas, Qt.Key.Key_R, SHIFT)
    drag(shown.canvas, (0.5, 0.2), (0.55, 0.8))
    assert crop(shown).angle == pytest.approx(np.degrees(np.arctan2(0.05 * 1600, 0.6 * 1200)), abs=0.3)


def test_leaning():
    assert lean((0, 0), (10, 1)) == pytest.approx(5.71, abs=0.01)
    assert lean((10, 1), (0, 0)) == pytest.approx(5.71, abs=0.01)
    assert lean((0, 0), (-1, 10)) == pytest.approx(5.71, abs=0.01)
    assert lean((0, 0), (0, -9)) == 0 and abs(lean((0, 0), (5, 5))) == 45


def test_a_dab_is_no_line_and_escape_gives_one_up(shown):
    key(shown.canvas, Qt.Key.Key_R, SHIFT)
    click(shown.canvas, (0.5, 0.5))
    assert crop(shown) is None and shown.canvas.tool
    press(shown.canvas, (0.2, 0.2))
    move(shown.canvas, (0.7, 0.3))
    key(shown.canvas, Qt.Key.Key_Escape)
    release(shown.canvas, (0.7, 0.3))
    assert crop(shown) is None and isinstance(shown.canvas.tool, LevelTool)


def test_after_the_line_the_crop_is_in_the_hand_again(cropping):
    key(cropping.canvas, Qt.Key.Key_R, SHIFT)
    drag(cropping.canvas, (0.2, 0.5), (0.8, 0.55))
    assert isinstance(cropping.canvas.tool, RectangleTool)
    assert crop(cropping).angle == pytest.approx(-np.degrees(np.arctan2(60, 960)), abs=0.2)


def test_while_the_slider_turns_the_picture_a_fine_grid_is_shown(qtbot, cropping):
    slider = cropping.panel.groups["crop"].controls["angle"].slider
    seen = []
    slider.valueChanged.connect(lambda: seen.append(cropping.canvas.tool.fine))
    slide(slider, slider.maximum() * 5 // 8)
    assert seen and all(seen) and not cropping.canvas.tool.fine
    assert crop(cropping).angle > 5 and undone(cropping) == 1


# Turning and flipping


@pytest.mark.parametrize(
    ("command", "keys", "corner"),
    [
        ("turn_right", Qt.Key.Key_BracketRight, (50, 60, 190)),
        ("turn_left", Qt.Key.Key_BracketLeft, (40, 180, 60)),
        ("mirror", None, (40, 180, 60)),
        ("flip", None, (50, 60, 190)),
    ],
)
def test_turns_and_flips(qtbot, shown, command, keys, corner):
    if keys:
        key(shown.canvas, keys, CTRL)
    else:
        shown.actions_by_name[command].trigger()
    quiet(qtbot, shown)
    assert shown.canvas.port.photo == ((1200, 1600) if keys else (1600, 1200))
    assert tuple(photo_on(shown.canvas)[20, 20]) == corner
    assert undone(shown) == 1


def test_a_crop_turns_with_the_picture(qtbot, cropping):
    drag(cropping.canvas, (1, 1), (0.4, 0.3))
    width, height = cropping.document.recipe.size((1600, 1200))
    key(cropping.canvas, Qt.Key.Key_BracketRight, CTRL)
    assert cropping.document.recipe.size((1600, 1200)) == (height, width)
    key(cropping.canvas, Qt.Key.Key_Return)
    quiet(qtbot, cropping)
    assert tuple(photo_on(cropping.canvas)[20, 20]) == (200, 40, 40)


def test_turned_in_the_panel_the_crop_stays_on_what_it_is_on(qtbot, cropping):
    drag(cropping.canvas, (0, 0), (0.6, 0.6))
    key(cropping.canvas, Qt.Key.Key_Return)
    control = cropping.panel.groups["crop"].controls["turn"]
    QTest.mouseClick(control.segments.buttons[1], Qt.MouseButton.LeftButton)
    quiet(qtbot, cropping)
    seen = photo_on(cropping.canvas)
    assert (seen == (120, 120, 120)).all()
