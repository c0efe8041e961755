"""Selecting in the film strip: many photos for a command, one of them on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from editor.core.shot import Shot
from editor.ui.filmstrip import FilmStrip
from editor.ui.settings import Settings
from editor.ui.theme import tokens
from tests.ui.acts import grabbed
from tests.ui.shoes import NAMES, at, click, framed, listed, names, shows

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_one_photo_is_selected_that_is_on_the_canvas(qtbot, browsing, shoes):
    assert browsing.strip.selected == (Shot(shoes / "shoe-1.png"),)
    click(browsing.strip, 1)
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-2.png"))
    assert names(browsing.strip.selected) == ["shoe-2.png"]


def test_with_ctrl_photos_come_and_go_and_none_is_opened(qtbot, browsing, shoes):
    strip = browsing.strip
    click(strip, 2, CONTROL)
    assert names(strip.selected) == ["shoe-1.png", "shoe-10.png"] and framed(strip) == "shoe-1.png"
    click(strip, 1, CONTROL)
    click(strip, 2, CONTROL)
    assert names(strip.selected) == ["shoe-1.png", "shoe-2.png"]
    qtbot.wait(1)
    assert shows(browsing, shoes / "shoe-1.png") and not browsing.files.opening


def test_the_photo_on_the_canvas_can_be_taken_out_and_the_next_takes_its_place(qtbot, browsing, shoes):
    strip = browsing.strip
    click(strip, 0, CONTROL)  # the only one stays
    assert names(strip.selected) == ["shoe-1.png"]
    click(strip, 1, CONTROL)
    click(strip, 0, CONTROL)
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-2.png"))
    assert names(strip.selected) == ["shoe-2.png"]


def test_with_shift_all_up_to_there_are_selected(qtbot, browsing, shoes):
    strip = browsing.strip
    click(strip, 2, SHIFT)
    assert names(strip.selected) == NAMES and framed(strip) == "shoe-1.png"
    click(strip, 1, SHIFT)
    assert names(strip.selected) == NAMES[:2]
    assert not browsing.files.opening


def test_a_click_on_one_of_the_selected_opens_it_and_they_stay_so(qtbot, browsing, shoes):
    strip = browsing.strip
    click(strip, 2, SHIFT)
    click(strip, 1)
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-2.png"))
    assert names(strip.selected) == NAMES
    qtbot.waitUntil(lambda: strip.head.title.text() == "shoes   2 / 3   3 selected   shoe-2.png")


def test_all_and_back_to_one_by_keys(qtbot, browsing, shoes):
    QTest.keyClick(browsing.canvas, Qt.Key.Key_A, CONTROL)
    assert names(browsing.strip.selected) == NAMES
    QTest.keyClick(browsing.canvas, Qt.Key.Key_D, CONTROL)
    assert names(browsing.strip.selected) == ["shoe-1.png"]


def test_shift_and_arrows_select_and_plain_ones_walk_on_alone(qtbot, browsing, shoes):
    view = browsing.strip.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert names(browsing.strip.selected) == NAMES and framed(browsing.strip) == "shoe-1.png"
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    assert names(browsing.strip.selected) == NAMES[:2]
    QTest.keyClick(view, Qt.Key.Key_End, SHIFT)
    assert names(browsing.strip.selected) == NAMES
    QTest.keyClick(view, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-2.png"))
    assert names(browsing.strip.selected) == ["shoe-2.png"]


def test_stepping_from_the_canvas_leaves_just_one_selected(qtbot, browsing, shoes):
    click(browsing.strip, 2, SHIFT)
    QTest.keyClick(browsing.canvas, Qt.Key.Key_Right, CONTROL)
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-2.png"))
    assert names(browsing.strip.selected) == ["shoe-2.png"]


def test_what_is_not_seen_is_not_meant(qtbot, browsing, shoes):
    click(browsing.strip, 2, SHIFT)
    QTest.keyClick(browsing, Qt.Key.Key_F9)
    assert names(browsing.strip.selected) == ["shoe-1.png"]
    QTest.keyClick(browsing, Qt.Key.Key_F9)
    assert names(browsing.strip.selected) == NAMES


def test_the_selection_lives_through_photos_that_come_and_go(qtbot, browsing, shoes):
    click(browsing.strip, 2, CONTROL)
    (shoes / "shoe-2.png").rename(shoes / "boot.png")
    qtbot.waitUntil(lambda: listed(browsing.strip) == ["boot.png", "shoe-1.png", "shoe-10.png"])
    assert names(browsing.strip.selected) == ["shoe-1.png", "shoe-10.png"] and framed(browsing.strip) == "shoe-1.png"


def test_the_one_on_the_canvas_is_the_brightest_of_the_selected(qtbot, browsing):
    strip = browsing.strip
    click(strip, 1, CONTROL)
    QTest.mouseMove(strip.head)
    pixels = grabbed(strip.view.viewport())
    grounds = []
    for row in range(3):
        corner = strip.view.visualRect(strip.model.index(row)).topLeft() + QPoint(10, 12)
        grounds.append(int(pixels[corner.y(), corner.x()].mean()))
    assert grounds[0] > grounds[1] > grounds[2]
    assert grounds[0] == int(tokens().hover[1:3], 16)


def test_head_and_frames_say_where_we_are(qtbot, browsing):
    strip = browsing.strip
    assert strip.head.title.text() == "shoes   1 / 3   shoe-1.png"
    click(strip, 2, SHIFT)
    qtbot.waitUntil(lambda: strip.head.title.text() == "shoes   1 / 3   3 selected   shoe-1.png")
    assert strip.head.title.accessibleName() == strip.head.title.text()


def test_a_double_click_goes_to_the_photo(qtbot, browsing, shoes):
    strip = browsing.strip
    strip.view.setFocus()
    QTest.mouseDClick(strip.view.viewport(), Qt.MouseButton.LeftButton, pos=at(strip, 0))
    assert browsing.canvas.hasFocus()


def test_the_menu_key_asks_for_the_menu_of_the_framed_photo(qtbot, shoes):
    strip = FilmStrip(Settings())
    qtbot.addWidget(strip)
    strip.resize(600, 200)
    strip.show()
    strip.open_folder(shoes)
    qtbot.waitUntil(lambda: framed(strip) == "shoe-1.png")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    with qtbot.waitSignal(strip.asked) as asked:
        QApplication.sendEvent(strip.view, event)
    assert asked.args[1] == 0 and asked.args[0] == strip.view.viewport().mapToGlobal(
        strip.view.visualRect(strip.model.index(0)).center()
    )
    QToolTip.hideText()
    strip.close_down()
