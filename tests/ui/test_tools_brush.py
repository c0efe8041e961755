"""Painting by hand: strokes as they are drawn, light where they are, one step of undo for each."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.drawn import Stroke
from editor.core.edit import Edit
from editor.ui.tools import brush
from editor.ui.tools.brush import GROWTH, LARGEST, SMALLEST, BrushTool
from tests.ui.acts import drag as slide
from tests.ui.acts import photo_on, show
from tests.ui.onphoto import click, drag, key, move, press, quarters, release, spot, wheel

SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
Crop, DodgeBurn = Edit.kinds["crop"], Edit.kinds["dodge_burn"]


@pytest.fixture
def painting(qtbot, window, tmp_path):
    """The window with a photo of 1600 x 1200 and the brush in the hand."""
    show(qtbot, window, quarters(tmp_path / "quarters.png"))
    key(window.canvas, Qt.Key.Key_K)
    assert isinstance(window.canvas.tool, BrushTool)
    return window


def strokes(window):
    edit = window.document.recipe.get("dodge_burn")
    return edit.painted if edit else ()


def typed(canvas, text, keys=Qt.KeyboardModifier.NoModifier):
    """A key that makes `text`, wherever it lies on the keyboard."""
    keycode = {"[": Qt.Key.Key_BracketLeft, "]": Qt.Key.Key_BracketRight,
               "{": Qt.Key.Key_BraceLeft, "}": Qt.Key.Key_BraceRight}[text]  # fmt: skip
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(canvas, QKeyEvent(kind, keycode, keys, text))


def test_a_stroke_lightens_what_it_covers(qtbot, painting):
    drag(painting.canvas, (0.6, 0.75), (0.9, 0.75))
    (stroke,) = strokes(painting)
    assert np.array(stroke.points) == pytest.approx(np.array([(0.6, 0.75), (0.9, 0.75)]), abs=2e-3)
    assert (stroke.size, stroke.hardness, stroke.erase) == (0.05, 0.5, False)
    assert painting.document.position == 1 and painting.document.recipe.is_on("dodge_burn")
    move(painting.canvas, (0.1, 0.1))
    qtbot.waitUntil(lambda: not painting.preview.renderer.busy)
    seen = photo_on(painting.canvas)
    height, width = seen.shape[:2]
    assert (seen[round(height * 0.75), round(width * 0.75)] > 135).all()
    assert (seen[round(height * 0.95), round(width * 0.75)] == 120).all()


def test_the_picture_follows_while_the_stroke_is_drawn(qtbot, painting):
    press(painting.canvas, (0.6, 0.75))
    move(painting.canvas, (0.7, 0.75))
    assert strokes(painting)[0].points[-1] == pytest.approx((0.7, 0.75), abs=2e-3)
    qtbot.waitUntil(lambda: not painting.preview.renderer.busy)
    shown = painting.canvas.shown
    assert shown is not None and shown.edits == painting.document.recipe.active
    move(painting.canvas, (0.8, 0.75))
    release(painting.canvas, (0.8, 0.75))
    assert len(strokes(painting)) == 1 and painting.document.position == 1


def test_points_that_make_no_difference_are_left_out(painting):
    way = [(0.2 + 0.006 * i, 0.3 + 0.02 * np.sin(i / 12)) for i in range(100)]
    drag(painting.canvas, *way)
    (stroke,) = strokes(painting)
    assert 4 < len(stroke.points) < 30
    assert all(round(v, 5) == v for p in stroke.points for v in p)


def test_each_stroke_is_a_step(painting):
    drag(painting.canvas, (0.2, 0.2), (0.3, 0.3))
    click(painting.canvas, (0.7, 0.7))
    assert len(strokes(painting)) == 2 and len(strokes(painting)[1].points) == 1
    key(painting.canvas, Qt.Key.Key_Z, CTRL)
    assert len(strokes(painting)) == 1
    key(painting.canvas, Qt.Key.Key_Z, CTRL)
    assert strokes(painting) == ()


def test_dab_upon_dab(painting):
    at = spot(painting.canvas, 0.5, 0.5)
    QTest.mouseClick(painting.canvas, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(painting.canvas, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(painting.canvas, Qt.MouseButton.LeftButton, pos=at)
    assert len(strokes(painting)) >= 2 and painting.canvas.tool  # to a brush a double click is a second dab


def test_e_erases_until_it_is_pressed_again_and_alt_while_it_is_held(painting):
    canvas, control = painting.canvas, painting.panel.groups["dodge_burn"].controls["painted"]
    key(canvas, Qt.Key.Key_E)
    assert painting.tools.brush.erase and control.mode.at == 1
    click(canvas, (0.5, 0.5))
    click(canvas, (0.5, 0.5), ALT)
    key(canvas, Qt.Key.Key_E)
    click(canvas, (0.5, 0.5), ALT)
    assert [s.erase for s in strokes(painting)] == [True, False, True] and control.mode.at == 0


def test_brackets_and_the_wheel_change_the_brush(painting):
    canvas, brush = painting.canvas, painting.tools.brush
    typed(canvas, "]")
    assert brush.size == pytest.approx(0.05 * GROWTH, abs=1e-5)
    typed(canvas, "[")
    typed(canvas, "[")
    assert brush.size == pytest.approx(0.05 / GROWTH, abs=1e-4)
    typed(canvas, "}", SHIFT)
    typed(canvas, "}", SHIFT)
    typed(canvas, "{", SHIFT)
    assert brush.hardness == 0.6
    zoom, size = canvas.port.zoom, brush.size
    wheel(canvas, (0.5, 0.5), 2, CTRL)
    assert brush.size == pytest.approx(size * GROWTH**2, rel=1e-3) and canvas.port.zoom == zoom
    wheel(canvas, (0.5, 0.5), 1)
    assert canvas.port.zoom > zoom  # without Ctrl it zooms
    assert strokes(painting) == () and painting.document.position == 0  # all this is not the document's
    control = painting.panel.groups["dodge_burn"].controls["painted"]
    assert control.diameter.box.value() == pytest.approx(brush.size * 100, abs=0.06)
    assert control.hardness.box.value() == 60


def test_the_brush_has_ends(painting):
    for _ in range(60):
        typed(painting.canvas, "]")
        typed(painting.canvas, "}", SHIFT)
    assert (painting.tools.brush.size, painting.tools.brush.hardness) == (LARGEST, 1.0)
    for _ in range(99):
        typed(painting.canvas, "[")
        typed(painting.canvas, "{", SHIFT)
    assert (painting.tools.brush.size, painting.tools.brush.hardness) == (SMALLEST, 0.0)


def test_brackets_with_ctrl_still_turn_the_photo(painting):
    key(painting.canvas, Qt.Key.Key_BracketRight, CTRL)
    assert painting.document.recipe.size((1600, 1200)) == (1200, 1600) and painting.tools.brush.size == 0.05


def test_shift_and_a_click_draw_a_straight_line_from_the_last_end(painting):
    drag(painting.canvas, (0.2, 0.2), (0.3, 0.2))
    click(painting.canvas, (0.6, 0.5), SHIFT)
    line = np.array(strokes(painting)[1].points)
    assert line == pytest.approx(np.array([(0.3, 0.2), (0.6, 0.5)]), abs=3e-3)


def test_escape_drops_the_stroke_under_way(painting):
    drag(painting.canvas, (0.2, 0.2), (0.3, 0.2))
    press(painting.canvas, (0.5, 0.5))
    move(painting.canvas, (0.6, 0.6))
    assert len(strokes(painting)) == 2
    key(painting.canvas, Qt.Key.Key_Escape)
    assert len(strokes(painting)) == 1 and painting.document.position == 1
    move(painting.canvas, (0.8, 0.8))
    release(painting.canvas, (0.8, 0.8))
    assert len(strokes(painting)) == 1 and isinstance(painting.canvas.tool, BrushTool)
    key(painting.canvas, Qt.Key.Key_Escape)
    assert painting.canvas.tool is None


def test_o_shows_what_is_covered(qtbot, painting):
    canvas = painting.canvas
    painting.document.put(DodgeBurn(stops=0.0, painted=(Stroke(((0.75, 0.25),), 0.2, 1.0),)))
    qtbot.waitUntil(lambda: not painting.preview.renderer.busy)
    plain = photo_on(canvas)
    key(canvas, Qt.Key.Key_O)
    veiled = photo_on(canvas)
    height, width = plain.shape[:2]
    here = np.s_[height // 4, width * 3 // 4]
    assert tuple(plain[here]) == (40, 180, 60) and veiled[here][0] > 120 > veiled[here][1] - 60
    changed = (plain != veiled).any(2)
    assert changed.sum() == pytest.approx(np.pi * (0.1 * width) ** 2, rel=0.06)
    key(canvas, Qt.Key.Key_O)
    assert (photo_on(canvas) == plain).all()


def test_the_veil_of_many_strokes_comes_little_by_little(qtbot, painting, monkeypatch):
    places = [(x / 12, y / 9) for y in range(1, 9) for x in range(1, 12)]
    painting.document.put(DodgeBurn(stops=0.0, painted=tuple(Stroke((p,), 0.02, 1.0) for p in places)))
    qtbot.waitUntil(lambda: not painting.preview.renderer.busy)
    seen, work = [], brush.coverage
    monkeypatch.setattr(brush, "coverage", lambda strokes, part: seen.append(len(strokes)) or work(strokes, part))
    key(painting.canvas, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] == len(places))
    assert seen[0] < 20 and (np.diff(seen) < 20).all()
    picture = photo_on(painting.canvas)
    height, width = picture.shape[:2]
    dots = [
        picture[round(y * height), round(x * width)] for x, y in places if (x > 0.55 and y > 0.55) or max(x, y) < 0.45
    ]
    assert all(int(dot[0]) - int(dot[1]) > 40 for dot in dots)  # red upon red and upon grey


def test_strokes_are_the_photos_whatever_the_frame(qtbot, painting):
    painting.document.put(Crop(rectangle=(0.5, 0.0, 0.5, 0.5), turn="90°", mirror=True))
    qtbot.waitUntil(lambda: not painting.preview.renderer.busy)
    warp = painting.document.recipe.warp((1600, 1200))
    drag(painting.canvas, (0.3, 0.4), (0.8, 0.4))
    there = warp.before(np.array([(0.3, 0.4), (0.8, 0.4)]) * warp.size) / (1600, 1200)
    assert np.array(strokes(painting)[0].points) == pytest.approx(there, abs=3e-3)
    move(painting.canvas, (0.1, 0.9))
    qtbot.waitUntil(lambda: not painting.preview.renderer.busy)
    seen = photo_on(painting.canvas).astype(int)
    height, width = seen.shape[:2]
    assert (
        seen[round(0.4 * height), round(0.55 * width)].sum() > seen[round(0.7 * height), round(0.55 * width)].sum() + 30
    )


def test_the_control(painting):
    control = painting.panel.groups["dodge_burn"].controls["painted"]
    assert control.value.text() == "no strokes" and not control.clear.isEnabled()
    slide(control.diameter.slider, control.diameter.slider.maximum() // 2)
    assert painting.tools.brush.size == pytest.approx(0.125, abs=0.01)
    QTest.mouseClick(control.mode.buttons[1], Qt.MouseButton.LeftButton)
    assert painting.tools.brush.erase
    assert painting.document.position == 0
    click(painting.canvas, (0.5, 0.5))
    assert control.value.text() == "1 stroke"
    click(painting.canvas, (0.6, 0.5))
    assert control.value.text() == "2 strokes"
    QTest.mouseClick(control.overlay, Qt.MouseButton.LeftButton)
    assert painting.tools.brush.overlay
    QTest.mouseClick(control.clear, Qt.MouseButton.LeftButton)
    assert strokes(painting) == () and painting.document.position == 3


def test_a_named_brush_is_taken_again_by_its_key(painting):
    painting.document.put(DodgeBurn(name="shadows"))
    painting.tools.take(("dodge_burn", "shadows"), "painted")
    click(painting.canvas, (0.5, 0.5))
    key(painting.canvas, Qt.Key.Key_K)
    assert painting.tools.active is None
    key(painting.canvas, Qt.Key.Key_K)
    assert painting.tools.active == (("dodge_burn", "shadows"), "painted")
    painting.document.remove("dodge_burn", "shadows")
    assert painting.tools.active is None and painting.canvas.tool is None
    key(painting.canvas, Qt.Key.Key_K)
    assert painting.tools.active == (("dodge_burn", ""), "painted")


def test_the_tools_keys_work_from_the_panel_as_well(painting):
    control = painting.panel.groups["dodge_burn"].controls["painted"]
    control.tool.setFocus()
    typed(control.tool, "]")
    assert painting.tools.brush.size > 0.05
    key(control.tool, Qt.Key.Key_E)
    assert painting.tools.brush.erase
    key(control.hardness.slider, Qt.Key.Key_Escape)
    assert painting.tools.active is None
