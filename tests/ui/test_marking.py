"""Marking: stars and labels by keys, clicks and menu, on one photo or many, and back again."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.core.marks import Marks
from editor.core.shot import Shot
from editor.ui.theme import tokens
from tests.ui.acts import grabbed, show
from tests.ui.shoes import NAMES, at, click, click_star, framed, listed, marks, shows, told

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def kept(window, shoes):
    """The marks that are beside the photos once all is written."""
    assert window.keeping.flush() or not window.keeping.safe
    return [] if window.undoing.busy else [marks(shoes / name) for name in NAMES]


def test_keys_rate_and_label_the_photo_on_the_canvas(qtbot, browsing, shoes):
    QTest.keyClick(browsing.canvas, Qt.Key.Key_3)
    QTest.keyClick(browsing.canvas, Qt.Key.Key_6)
    assert told(browsing.strip, 0) == "shoe-1.png, 3 stars, red label"
    assert browsing.keeping.marks == Marks(3, "red")
    assert browsing.status.currentMessage() == "shoe-1.png: red label"
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(3, "red"), (0, ""), (0, "")])
    QTest.keyClick(browsing.canvas, Qt.Key.Key_6)  # again: off
    QTest.keyClick(browsing.canvas, Qt.Key.Key_0)
    assert told(browsing.strip, 0) == "shoe-1.png"
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(0, "")] * 3)


def test_each_key_has_its_stars_or_its_colour(qtbot, browsing):
    keys = "0123456789"
    labels = {"6": "red", "7": "yellow", "8": "green", "9": "blue"}
    for key in keys:
        QTest.keyClick(browsing.strip.view, key)
        label = labels.get(key)
        assert label == browsing.keeping.marks.label if label else browsing.keeping.marks.rating == int(key)


def test_all_that_are_selected_are_marked_and_that_is_taken_back_as_one(qtbot, browsing, shoes):
    strip = browsing.strip
    click(strip, 2, SHIFT)
    QTest.keyClick(browsing, Qt.Key.Key_4)
    assert [told(strip, row) for row in range(3)] == [f"{name}, 4 stars" for name in NAMES]  # at once
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(4, "")] * 3)
    QTest.keyClick(browsing, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(0, "")] * 3)
    qtbot.waitUntil(lambda: [told(strip, row) for row in range(3)] == NAMES)
    QTest.keyClick(browsing, Qt.Key.Key_Z, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(4, "")] * 3)
    qtbot.waitUntil(lambda: told(strip, 2) == "shoe-10.png, 4 stars")
    assert len(strip.selected) == 3 and framed(strip) == "shoe-1.png"


def test_a_label_that_only_some_have_is_given_to_the_others(qtbot, browsing, shoes):
    QTest.keyClick(browsing.strip.view, Qt.Key.Key_8)
    QTest.keyClick(browsing.strip.view, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(browsing.strip.view, Qt.Key.Key_8)
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(0, "green")] * 3)
    QTest.keyClick(browsing.strip.view, Qt.Key.Key_8)
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(0, "")] * 3)


def test_a_click_on_a_star_of_a_frame_rates_it_and_opens_nothing(qtbot, browsing, shoes):
    click_star(browsing.strip, 1, 5)
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(0, ""), (5, ""), (0, "")])
    assert framed(browsing.strip) == "shoe-1.png" and browsing.document.shot == Shot(shoes / "shoe-1.png")
    click_star(browsing.strip, 1, 2)
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(0, ""), (2, ""), (0, "")])
    click_star(browsing.strip, 1, 2)  # the last that is lit: off
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(0, "")] * 3)


def test_a_click_on_a_star_of_one_of_the_selected_rates_them_all(qtbot, browsing, shoes):
    click(browsing.strip, 2, CONTROL)
    click_star(browsing.strip, 2, 1)
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(1, ""), (0, ""), (1, "")])


def test_the_menu_of_a_frame_marks_what_is_selected(qtbot, browsing, shoes):
    strip = browsing.strip
    click(strip, 1, CONTROL)
    QTest.mouseClick(strip.view.viewport(), Qt.MouseButton.RightButton, pos=at(strip, 1))
    assert len(strip.selected) == 2
    menu = browsing.of_strip.menu(1)
    labels = next(a.menu() for a in menu.actions() if a.menu() and a.text() == "Colour La&bel")
    next(a for a in labels.actions() if a.text() == "&Purple").trigger()
    qtbot.waitUntil(lambda: kept(browsing, shoes) == [(0, "purple"), (0, "purple"), (0, "")])
    menu.deleteLater()


def test_a_right_click_beside_the_selection_is_for_that_photo(qtbot, browsing, shoes):
    strip = browsing.strip
    click(strip, 1, CONTROL)
    click(strip, 2, button=Qt.MouseButton.RightButton)
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-10.png"))
    assert strip.selected == (Shot(shoes / "shoe-10.png"),)


def test_the_menu_opens_a_frame_and_leaves_the_others_selected(qtbot, browsing, shoes):
    strip = browsing.strip
    strip.view.setFocus()
    click(strip, 1, CONTROL)
    menu = browsing.of_strip.menu(1)
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-2.png"))
    assert len(strip.selected) == 2 and browsing.canvas.hasFocus()
    menu.deleteLater()


def test_stars_and_label_are_to_be_seen(qtbot, browsing):
    strip = browsing.strip
    click_star(strip, 2, 3)
    strip.mark([strip.model.photos[2].shot], lambda marks: Marks(marks.rating, "blue"))
    pixels = grabbed(strip.view.viewport())
    rect = strip.view.visualRect(strip.model.index(2))
    cell = pixels[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1].reshape(-1, 3).tolist()
    blue = [int(tokens().blue[i : i + 2], 16) for i in (1, 3, 5)]
    assert cell.count(blue) > 150  # a bar
    lit = [int(tokens().muted[i : i + 2], 16) for i in (1, 3, 5)]
    stars = pixels[rect.top() + 95 : rect.top() + 108, rect.left() : rect.right() + 1]
    columns = sorted({x for y, x in zip(*(stars == lit).all(2).nonzero(), strict=True)})
    gaps = sum(b - a > 1 for a, b in pairwise(columns))
    assert gaps == 2  # three stars


def test_what_is_no_file_cannot_be_marked(qtbot, window, photo):
    window.open_with(lambda: type(photo)(photo.path.with_name("pasted.png"), photo.samples), "pasted.png")
    qtbot.waitUntil(lambda: window.document is not None)
    qtbot.wait(1)
    assert window.strip.selected == () and not window.actions_by_name["rate_5"].isEnabled()
    QTest.keyClick(window.canvas, Qt.Key.Key_5)
    assert window.keeping.marks == Marks()


def test_marks_in_the_photo_s_own_file_show_and_can_be_overruled(qtbot, window, shoes):
    from PIL import Image as Pillow

    exif = Pillow.Exif()
    exif[0x4746] = 4
    Pillow.new("RGB", (60, 40)).save(shoes / "rated.jpg", exif=exif)
    show(qtbot, window, shoes / "rated.jpg")
    window.actions_by_name["strip"].trigger()
    row = listed(window.strip).index("rated.jpg") if "rated.jpg" in listed(window.strip) else 0
    qtbot.waitUntil(lambda: told(window.strip, row) == "rated.jpg, 4 stars")
    QTest.keyClick(window.canvas, Qt.Key.Key_0)
    assert told(window.strip, row) == "rated.jpg"
    assert window.keeping.flush() and marks(shoes / "rated.jpg") == (0, "")
