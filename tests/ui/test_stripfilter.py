"""The filter of the film strip: what passes, how a person sets it, and walking along what is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from editor.core.folder import Entry
from editor.core.marks import Marks
from editor.core.shot import Shot
from editor.ui.framepainting import STAR
from editor.ui.stripfilter import Filter
from tests.ui.shoes import NAMES, framed, keep, lay_out, listed, shows

CONTROL = Qt.KeyboardModifier.ControlModifier
EXPOSURE = {"edit": "exposure", "stops": 1.0}


@pytest.mark.parametrize(
    ("chosen", "passes"),
    [
        (Filter(), True),
        (Filter(rating=3), True),
        (Filter(rating=4), False),
        (Filter("=", 3), True),
        (Filter("=", 2), False),
        (Filter("=", 0), False),
        (Filter("≤", 3), True),
        (Filter("≤", 2), False),
        (Filter(labels=frozenset({"red", "blue"})), True),
        (Filter(labels=frozenset({"blue"})), False),
        (Filter(labels=frozenset({""})), False),
        (Filter(edited=True), True),
        (Filter(edited=False), False),
        (Filter(text="HOE"), True),
        (Filter(text="copy 1"), True),
        (Filter(text="boot"), False),
        (Filter("≥", 3, frozenset({"red"}), True, "shoe"), True),
        (Filter("≥", 3, frozenset({"red"}), True, "boot"), False),
    ],
)
def test_what_passes(chosen, passes):
    entry = Entry(Path("/a/shoe.jpg"), 0, 0, edited=True, copy=1)
    assert chosen.passes(entry, Marks(3, "red")) == passes
    assert chosen.idle == (chosen == Filter())


@pytest.fixture
def shoes(tmp_path):
    folder = lay_out(tmp_path / "shoes")
    keep(folder / "shoe-2.png", rating=4, label="red")
    keep(folder / "shoe-10.png", rating=2, edits=[EXPOSURE])
    return folder


@pytest.fixture
def browsing(qtbot, window, shoes):
    window.open_path(shoes)
    qtbot.waitUntil(lambda: shows(window, shoes / NAMES[0]))
    return window


@pytest.fixture
def bar(browsing):
    """The filter, switched on by its key."""
    QTest.keyClick(browsing.canvas, Qt.Key.Key_L, CONTROL)
    assert browsing.strip.head.bar.isVisible()
    return browsing.strip.head.bar


def star(bar, number):
    where = QPoint(round(4 + (number - 0.5) * STAR), bar.stars.height() // 2)
    QTest.mouseClick(bar.stars, Qt.MouseButton.LeftButton, pos=where)


def test_by_stars(qtbot, browsing, bar):
    star(bar, 3)
    assert listed(browsing.strip) == ["shoe-1.png", "shoe-2.png"]  # the one on the canvas stays for now
    star(bar, 2)
    assert listed(browsing.strip) == NAMES
    bar.match.menu().actions()[1].trigger()  # just two
    assert listed(browsing.strip) == ["shoe-1.png", "shoe-10.png"]
    bar.match.menu().actions()[2].trigger()  # two or less
    assert listed(browsing.strip) == ["shoe-1.png", "shoe-10.png"]
    star(bar, 2)  # no star at all
    assert listed(browsing.strip) == ["shoe-1.png"]


def test_by_labels_any_of_them(qtbot, browsing, bar):
    QTest.mouseClick(bar.dots["red"], Qt.MouseButton.LeftButton)
    assert listed(browsing.strip) == ["shoe-1.png", "shoe-2.png"]
    QTest.mouseClick(bar.dots[""], Qt.MouseButton.LeftButton)
    assert listed(browsing.strip) == NAMES
    QTest.mouseClick(bar.dots["red"], Qt.MouseButton.LeftButton)
    assert listed(browsing.strip) == ["shoe-1.png", "shoe-10.png"]


def test_by_edits(qtbot, browsing, bar):
    bar.state.menu().actions()[1].trigger()
    assert listed(browsing.strip) == ["shoe-1.png", "shoe-10.png"] and bar.state.text() == "Edited"
    bar.state.menu().actions()[2].trigger()
    assert listed(browsing.strip) == ["shoe-1.png", "shoe-2.png"]


def test_by_name_and_digits_in_a_name_are_no_stars(qtbot, browsing):
    QTest.keyClick(browsing.canvas, Qt.Key.Key_F, CONTROL)
    field = browsing.strip.head.bar.name
    assert field.hasFocus()
    QTest.keyClicks(field, "e-10")
    assert field.text() == "e-10" and browsing.keeping.marks == Marks()
    assert listed(browsing.strip) == ["shoe-1.png", "shoe-10.png"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert browsing.strip.view.hasFocus() and field.text() == "e-10"
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert browsing.strip.view.hasFocus() and listed(browsing.strip) == NAMES


def test_how_many_of_how_many_is_said(qtbot, browsing, bar):
    star(bar, 3)
    qtbot.waitUntil(lambda: browsing.strip.head.title.text() == "shoes   1 of 3 photos   1 / 2   shoe-1.png")
    QTest.mouseClick(bar.clearing, Qt.MouseButton.LeftButton)
    assert listed(browsing.strip) == NAMES and not bar.clearing.isEnabled()
    assert bar.filter == Filter() and bar.stars.value() == 0


def test_the_keys_walk_along_what_passes_and_what_does_not_goes_once_it_is_left(qtbot, browsing, bar, shoes):
    bar.state.menu().actions()[1].trigger()
    view = browsing.strip.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-10.png"))
    assert listed(browsing.strip) == ["shoe-10.png"] and framed(browsing.strip) == "shoe-10.png"
    assert browsing.strip.selected == (Shot(shoes / "shoe-10.png"),)


def test_a_photo_that_falls_out_stays_until_one_moves_on(qtbot, browsing, bar, shoes):
    star(bar, 1)
    QTest.keyClick(browsing.canvas, Qt.Key.Key_Right, CONTROL)
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-2.png"))
    assert listed(browsing.strip) == ["shoe-2.png", "shoe-10.png"]
    QTest.keyClick(browsing.canvas, Qt.Key.Key_0)
    assert listed(browsing.strip) == ["shoe-2.png", "shoe-10.png"] and framed(browsing.strip) == "shoe-2.png"
    QTest.keyClick(browsing.canvas, Qt.Key.Key_Right, CONTROL)
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-10.png"))
    assert listed(browsing.strip) == ["shoe-10.png"]


def test_others_that_fall_out_go_at_once(qtbot, browsing, bar):
    star(bar, 1)
    QTest.keyClick(browsing.canvas, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(browsing.canvas, Qt.Key.Key_0)
    assert listed(browsing.strip) == ["shoe-1.png"]
    assert [shot.path.name for shot in browsing.strip.selected] == ["shoe-1.png"]


def test_switched_off_and_on_it_is_as_it_was(qtbot, browsing, bar):
    star(bar, 3)
    QTest.keyClick(browsing.canvas, Qt.Key.Key_L, CONTROL)
    assert listed(browsing.strip) == NAMES and not bar.isVisible()
    QTest.keyClick(browsing.canvas, Qt.Key.Key_L, CONTROL)
    assert listed(browsing.strip) == ["shoe-1.png", "shoe-2.png"]
    assert browsing.actions_by_name["filter"].isChecked()


def test_another_folder_shows_all_it_has(qtbot, browsing, bar, tmp_path):
    star(bar, 5)
    boots = lay_out(tmp_path / "boots")
    browsing.open_path(boots)
    qtbot.waitUntil(lambda: shows(browsing, boots / NAMES[0]))
    assert listed(browsing.strip) == NAMES and not browsing.actions_by_name["filter"].isChecked()


def test_a_strip_where_nothing_passes_says_so(qtbot, window, shoes, photo):
    window.strip.listing.take(shoes, "name")
    qtbot.waitUntil(lambda: len(listed(window.strip)) == 3)
    window.strip.head.bar.show_filter(Filter(text="boot"))
    window.strip.head.use_filter(True)
    assert listed(window.strip) == []
    qtbot.waitUntil(lambda: window.strip.view.empty_text == "No photo passes the filter")


def test_the_stars_of_the_filter_go_by_keys_too(qtbot, browsing, bar):
    bar.stars.setFocus()
    for _ in range(3):
        QTest.keyClick(bar.stars, Qt.Key.Key_Right)
    assert bar.filter.rating == 3 and bar.stars.accessibleName() == "Rating to filter by"
