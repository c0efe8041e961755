"""Before and after: over each other, split by a line, side by side, and while a key is held."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.core.edit import Edit
from editor.ui.compare import Compare
from editor.ui.viewing import HELD
from tests.ui.acts import grabbed, show, up_to_date

Exposure, Crop = Edit.kinds["exposure"], Edit.kinds["crop"]
SHIFT = Qt.KeyboardModifier.ShiftModifier
SIZE = (900, 600)


@pytest.fixture
def grey(tmp_path):
    """A photo that is grey 100 but for a darker line in its middle and one across."""
    pixels = np.full((SIZE[1], SIZE[0], 3), 100, np.uint8)
    pixels[:, 449:451] = 60
    pixels[299:301] = 60
    path = tmp_path / "grey.png"
    Pillow.fromarray(pixels).save(path)
    return path


@pytest.fixture
def edited(qtbot, window, grey):
    """The window with that photo, a stop lighter."""
    show(qtbot, window, grey)
    window.document.put(Exposure(stops=1.0))
    settled(qtbot, window)
    return window


def settled(qtbot, window):
    qtbot.waitUntil(lambda: up_to_date(window))


def idle(qtbot, window):
    qtbot.waitUntil(lambda: not window.preview.renderer.busy)


def level(window, x, y):
    """What is seen at a point of the widget."""
    return grabbed(window.canvas)[y, x].tolist()


BEFORE, AFTER = [100] * 3, [138] * 3  # 100 with twice the light


def test_split_shows_the_left_before_and_the_right_after(qtbot, edited):
    canvas = edited.canvas
    QTest.keyClick(edited, Qt.Key.Key_Y, SHIFT)
    settled(qtbot, edited)
    assert canvas.compare is Compare.SPLIT and edited.actions_by_name["split"].isChecked()
    middle, y = canvas.width() // 2, canvas.height() // 2 + 40
    assert level(edited, middle - 30, y) == BEFORE and level(edited, middle + 30, y) == AFTER
    QTest.keyClick(edited, Qt.Key.Key_Y, SHIFT)
    assert canvas.compare is Compare.AFTER and not canvas.divider.isVisible()
    assert level(edited, middle - 30, y) == AFTER


def test_the_divider_is_dragged_and_moved_by_keys(qtbot, edited):
    canvas, divider = edited.canvas, edited.canvas.divider
    edited.actions_by_name["split"].trigger()
    settled(qtbot, edited)
    y = canvas.height() // 2 + 40
    x = divider.geometry().center().x()
    QTest.mousePress(divider, Qt.MouseButton.LeftButton, pos=QPoint(divider.width() // 2, y))
    for way in (-40, -120, -200):
        QTest.mouseMove(divider, divider.mapFrom(canvas, QPoint(x + way, y)))
    QTest.mouseRelease(divider, Qt.MouseButton.LeftButton, pos=QPoint(divider.width() // 2, y))
    assert abs(divider.geometry().center().x() - (x - 200)) <= 2
    assert level(edited, x - 230, y) == BEFORE and level(edited, x - 170, y) == AFTER
    share = divider.share
    divider.setFocus()
    QTest.keyClick(divider, Qt.Key.Key_Right)
    assert divider.share == pytest.approx(share + 0.01)
    QTest.keyClick(divider, Qt.Key.Key_PageUp)
    assert divider.share == pytest.approx(share + 0.11)
    QTest.keyClick(divider, Qt.Key.Key_Home)
    assert divider.share == 0 and level(edited, x - 300, y) == AFTER
    QTest.mouseDClick(divider, Qt.MouseButton.LeftButton)
    assert divider.share == 0.5
    told = QAccessible.queryAccessibleInterface(divider)
    assert told.role() == QAccessible.Role.Slider and "before and after" in told.text(QAccessible.Text.Name)


def test_it_stays_where_it_is_when_the_window_grows(qtbot, edited):
    canvas = edited.canvas
    edited.actions_by_name["split"].trigger()
    canvas.divider.setValue(300)
    edited.resize(1100, 700)
    settled(qtbot, edited)
    assert abs(canvas.divider.geometry().center().x() - 0.3 * canvas.width()) <= 2
    assert canvas.divider.height() == canvas.height()


def test_side_by_side_moves_in_lockstep(qtbot, edited):
    canvas = edited.canvas
    QTest.keyClick(edited, Qt.Key.Key_Y)
    settled(qtbot, edited)
    assert canvas.compare is Compare.SIDE and canvas.port.size[0] == (canvas.width() - 2) // 2
    right = canvas.width() - canvas.port.size[0]
    canvas.real_pixels()
    canvas.look(canvas.port.moved(60, 30))
    settled(qtbot, edited)
    for where in (0, right):
        point = QPoint(where + 200, 350)  # a drag in either moves both
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=point)
        QTest.mouseMove(canvas, point + QPoint(-25, -15))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=point + QPoint(-25, -15))
        settled(qtbot, edited)
        top = canvas.port.corner[1]
        seen = grabbed(canvas)[top + 60 : top + 560].astype(int)  # below the badges
        half = canvas.port.size[0]
        before, after = seen[:, :half], seen[:, right : right + half]
        assert sorted(np.unique(before)) == [60, 100] and len(np.unique(after)) == 2
        assert ((before == 60) == (after == after.min())).all()  # the lines lie alike
    QTest.keyClick(edited, Qt.Key.Key_Y)
    assert canvas.compare is Compare.AFTER and canvas.port.size[0] == canvas.width()


def test_the_wheel_over_the_right_one_zooms_to_the_same_point_of_both(qtbot, edited):
    canvas = edited.canvas
    edited.actions_by_name["side_by_side"].trigger()
    settled(qtbot, edited)
    right = canvas.width() - canvas.port.size[0]
    QTest.mouseMove(canvas, QPoint(right + 150, 300))
    anchor = canvas.port.photo_point((150, 300))
    assert canvas.point == pytest.approx(anchor)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(right + 150, 300))
    assert canvas.port.zoom == 1 and canvas.point == pytest.approx(anchor, abs=160)
    assert canvas.port.photo_point((150, 300)) == pytest.approx(canvas.point)


def test_the_colour_is_read_off_the_side_that_the_pointer_is_over(qtbot, edited):
    canvas, readout = edited.canvas, edited.viewing.readout
    y = canvas.height() // 2 + 40
    for name, left, right in (("split", 300, canvas.width() - 300), ("side_by_side", 200, canvas.width() - 200)):
        edited.actions_by_name[name].trigger()
        settled(qtbot, edited)
        for x, level in ((left, 100), (right, 138)):
            QTest.mouseMove(canvas, QPoint(x, y))
            assert f"RGB {level:3d} {level:3d} {level:3d}" in readout.text()


def test_before_means_without_edits_but_framed_alike(qtbot, edited):
    edited.document.put(Crop(rectangle=(0.5, 0.0, 0.5, 1.0)))
    settled(qtbot, edited)
    canvas = edited.canvas
    assert canvas.port.photo == (450, 600)
    edited.actions_by_name["split"].trigger()
    settled(qtbot, edited)
    port = canvas.port
    seen = grabbed(canvas)
    x, y = port.corner
    row = seen[y + 40, x : x + 450, 0]
    half = canvas.width() // 2 - x
    assert (row[2 : half - 14] == 100).all() and (row[half + 14 :] == 138).all()  # but for the divider
    edited.actions_by_name["before"].trigger()
    idle(qtbot, edited)
    assert canvas.port == port and (grabbed(canvas)[y + 40, x + 2 : x + 450] == 100).all()


def test_held_a_key_shows_the_photo_before_and_let_go_it_goes_back(qtbot, edited):
    canvas, key = edited.canvas, Qt.Key.Key_Backslash
    y = canvas.height() // 2 + 40
    QTest.keyPress(edited, key)
    idle(qtbot, edited)
    assert level(edited, 300, y) == BEFORE and edited.actions_by_name["before"].isChecked()
    qtbot.wait(round(1000 * HELD) + 20)
    QTest.keyRelease(edited, key)
    assert canvas.compare is Compare.AFTER and level(edited, 300, y) == AFTER
    assert not edited.actions_by_name["before"].isChecked()


def test_a_tap_stays_until_the_next(qtbot, edited):
    canvas, key = edited.canvas, Qt.Key.Key_Backslash
    QTest.keyClick(edited, key)
    assert canvas.compare is Compare.BEFORE
    qtbot.wait(round(1000 * HELD) + 20)
    QTest.keyRelease(edited, key)  # of no press that counts
    assert canvas.compare is Compare.BEFORE
    QTest.keyClick(edited, key)
    assert canvas.compare is Compare.AFTER


def test_it_goes_back_to_the_split_that_it_came_from(qtbot, edited):
    canvas, key = edited.canvas, Qt.Key.Key_Backslash
    edited.actions_by_name["split"].trigger()
    QTest.keyPress(edited, key)
    qtbot.wait(round(1000 * HELD) + 20)
    assert canvas.compare is Compare.BEFORE and not canvas.divider.isVisible()
    QTest.keyRelease(edited, key)
    assert canvas.compare is Compare.SPLIT and canvas.divider.isVisible()
    assert edited.actions_by_name["split"].isChecked() and not edited.actions_by_name["before"].isChecked()


def test_another_photo_is_shown_with_its_edits(qtbot, edited, photo_file):
    QTest.keyClick(edited, Qt.Key.Key_Backslash)
    show(qtbot, edited, photo_file)
    assert edited.canvas.compare is Compare.AFTER and not edited.actions_by_name["before"].isChecked()


def test_from_the_menu_it_stays_whatever_becomes_of_the_window(qtbot, edited):
    edited.actions_by_name["before"].trigger()
    qtbot.wait(round(1000 * HELD) + 20)
    QApplication.sendEvent(edited, QEvent(QEvent.Type.WindowDeactivate))
    QTest.keyRelease(edited, Qt.Key.Key_Backslash)
    assert edited.canvas.compare is Compare.BEFORE


def test_an_edit_is_seen_at_once(qtbot, edited):
    edited.actions_by_name["before"].trigger()
    edited.document.put(Crop(rectangle=(0.5, 0.0, 0.5, 1.0)))
    assert edited.canvas.compare is Compare.AFTER and not edited.actions_by_name["before"].isChecked()


def test_the_ring_of_the_focus_covers_nothing(qtbot, edited):
    y = edited.canvas.height() // 2 + 40
    edited.actions_by_name["before"].trigger()
    idle(qtbot, edited)
    edited.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert level(edited, 300, y) == BEFORE
