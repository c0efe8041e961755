"""Colours by hand: from the photo, from a dialog, as they are written."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog

from editor.core.edit import Edit
from editor.ui.tools.eyedropper import EyedropperTool
from tests.ui.acts import grabbed, show
from tests.ui.onphoto import click, drag, key, move, press, quarters, release

SHIFT = Qt.KeyboardModifier.ShiftModifier
Crop, WhiteBalance, Exposure = (Edit.kinds[k] for k in ("crop", "white_balance", "exposure"))


@pytest.fixture
def picking(qtbot, window, tmp_path):
    """The window with a photo of four quarters and the eyedropper in the hand."""
    show(qtbot, window, quarters(tmp_path / "quarters.png"))
    key(window.canvas, Qt.Key.Key_W)
    assert isinstance(window.canvas.tool, EyedropperTool)
    return window


def neutral(window):
    edit = window.document.recipe.get("white_balance")
    return edit.neutral if edit else None


@pytest.fixture
def control(picking):
    return picking.panel.groups["white_balance"].controls["neutral"]


def test_a_click_takes_the_colour_and_is_all(picking, control):
    click(picking.canvas, (0.75, 0.75))
    assert neutral(picking) == "#787878" and picking.document.position == 1
    assert picking.canvas.tool is None and not picking.actions_by_name["eyedropper"].isChecked()
    assert control.field.text() == "#787878" and control.swatch.colour == "#787878"


def test_with_shift_it_stays(picking):
    click(picking.canvas, (0.25, 0.25), SHIFT)
    click(picking.canvas, (0.75, 0.25), SHIFT)
    assert neutral(picking) == "#28b43c" and picking.document.position == 2
    assert isinstance(picking.canvas.tool, EyedropperTool)


def test_dragging_follows_and_escape_gives_up(picking):
    press(picking.canvas, (0.25, 0.25))
    assert neutral(picking) == "#c82828"
    move(picking.canvas, (0.25, 0.75))
    assert neutral(picking) == "#323cbe"
    key(picking.canvas, Qt.Key.Key_Escape)
    assert neutral(picking) is None and picking.document.position == 0
    release(picking.canvas, (0.25, 0.75))
    drag(picking.canvas, (0.25, 0.25), (0.75, 0.75))
    assert neutral(picking) == "#787878" and picking.document.position == 1


def test_it_is_the_photos_own_colour_whatever_was_done_to_it(qtbot, picking):
    picking.document.put(WhiteBalance(neutral="#c82828", temperature=40.0))
    picking.document.put(Exposure(stops=1.0))
    picking.document.put(Crop(rectangle=(0.5, 0.5, 0.5, 0.5), turn="90°"))
    qtbot.waitUntil(lambda: not picking.preview.renderer.busy)
    click(picking.canvas, (0.5, 0.5), SHIFT)
    warp = picking.document.recipe.warp((1600, 1200))
    x, y = warp.before(np.array([[warp.size[0] / 2, warp.size[1] / 2]]))[0]
    quarter = {(False, False): "#c82828", (True, False): "#28b43c", (False, True): "#323cbe", (True, True): "#787878"}
    assert neutral(picking) == quarter[bool(x > 800), bool(y > 600)]


def test_the_mean_of_five_by_five(qtbot, window, tmp_path):
    pixels = np.full((300, 400, 3), 100, np.uint8)
    pixels[::2, ::2] = 200  # 9 of 25 where the middle is odd
    path = tmp_path / "grain.png"
    Pillow.fromarray(pixels).save(path)
    show(qtbot, window, path)
    key(window.canvas, Qt.Key.Key_W)
    tool = window.canvas.tool
    assert tool.colour_at((200.5, 150.5)) == "#" + f"{round((9 * 200 + 16 * 100) / 25):02x}" * 3
    assert tool.colour_at((0.5, 0.5)) == "#" + f"{round((4 * 200 + 5 * 100) / 9):02x}" * 3  # what there is of them
    assert tool.colour_at((-5.0, 20.0)) is None


def test_what_is_transparent_has_no_colour(qtbot, window, tmp_path):
    pixels = np.zeros((200, 200, 4), np.uint8)
    pixels[:, 100:] = (10, 200, 30, 255)
    path = tmp_path / "cut.png"
    Pillow.fromarray(pixels).save(path)
    show(qtbot, window, path)
    key(window.canvas, Qt.Key.Key_W)
    tool = window.canvas.tool
    assert tool.colour_at((50.0, 100.0)) is None and tool.colour_at((150.0, 100.0)) == "#0ac81e"
    assert tool.colour_at((100.5, 100.0)) == "#0ac81e"  # at its edge it lends none


def test_beside_the_photo_nothing_happens(picking):
    click(picking.canvas, (-0.02, 0.5))
    assert neutral(picking) is None and picking.canvas.tool


def test_the_magnifier_shows_the_photos_own_pixels(qtbot, picking):
    picking.document.put(Exposure(stops=-8.0))
    qtbot.waitUntil(lambda: not picking.preview.renderer.busy)
    move(picking.canvas, (0.25, 0.25))
    seen = grabbed(picking.canvas).reshape(-1, 3)
    assert (seen == (200, 40, 40)).all(1).sum() > 2000
    QApplication.sendEvent(picking.canvas, QEvent(QEvent.Type.Leave))
    assert not (grabbed(picking.canvas).reshape(-1, 3) == (200, 40, 40)).all(1).any()


@pytest.mark.parametrize(("text", "colour"), [("#D8C8B0", "#d8c8b0"), ("abc", "#aabbcc"), ("102030", "#102030")])
def test_a_colour_is_typed(picking, control, text, colour):
    control.field.setFocus()
    control.field.selectAll()
    QTest.keyClicks(control.field, text)
    QTest.keyClick(control.field, Qt.Key.Key_Return)
    assert neutral(picking) == colour and control.field.text() == colour and picking.document.position == 1


def test_what_is_no_colour_is_not_taken(picking, control):
    click(picking.canvas, (0.75, 0.75))
    control.field.selectAll()
    QTest.keyClicks(control.field, "grey!")
    QTest.keyClick(control.field, Qt.Key.Key_Return)
    assert neutral(picking) == "#787878" and control.field.text() == "#787878"


def test_none_again(picking, control):
    assert not control.none.isEnabled()
    click(picking.canvas, (0.75, 0.75))
    QTest.mouseClick(control.none, Qt.MouseButton.LeftButton)
    assert neutral(picking) is None and picking.document.position == 2 and control.field.text() == ""


@pytest.mark.parametrize("kept", [True, False])
def test_the_dialog(qtbot, picking, control, kept):
    click(picking.canvas, (0.75, 0.75))
    QTest.mouseClick(control.swatch, Qt.MouseButton.LeftButton)
    dialog = control.findChild(QColorDialog)
    assert dialog is not None and dialog.currentColor().name() == "#787878"
    dialog.setCurrentColor(QColor("#336699"))
    assert neutral(picking) == "#336699"  # the photo follows
    dialog.setCurrentColor(QColor("#3366aa"))
    dialog.accept() if kept else dialog.reject()
    assert neutral(picking) == ("#3366aa" if kept else "#787878")
    assert picking.document.position == (2 if kept else 1)
    qtbot.waitUntil(lambda: control.findChild(QColorDialog) is None)


def test_the_button_takes_the_eyedropper_and_lets_it_go(picking, control):
    QTest.mouseClick(control.tool, Qt.MouseButton.LeftButton)
    assert picking.canvas.tool is None and not control.tool.isChecked()
    QTest.mouseClick(control.tool, Qt.MouseButton.LeftButton)
    assert isinstance(picking.canvas.tool, EyedropperTool) and picking.actions_by_name["eyedropper"].isChecked()
