"""Virtual copies: made by a key, edited each for itself, deleted after a question; the photo itself always stays."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider

from editor.core.edit import Edit
from editor.core.photo import Photo
from editor.core.shot import Shot
from editor.core.sidecar import copies, load, sidecar_path
from editor.ui.questions import may_overwrite
from tests.ui.acts import drop, grabbed
from tests.ui.answering import answer
from tests.ui.shoes import NAMES, click, framed, lay_out, listed, shows, told

CONTROL = Qt.KeyboardModifier.ControlModifier
Exposure = Edit.kinds["exposure"]


@pytest.fixture
def shoes(tmp_path):
    return lay_out(tmp_path / "shoes")


@pytest.fixture
def browsing(qtbot, window, shoes):
    window.open_path(shoes)
    qtbot.waitUntil(lambda: shows(window, shoes / NAMES[0]))
    return window


@pytest.fixture
def copied(qtbot, browsing, shoes):
    """The first photo has edits, and a copy of it with the same is on the canvas."""
    browsing.document.put(Exposure(stops=-1.0))
    QTest.keyClick(browsing.canvas, Qt.Key.Key_Apostrophe, CONTROL)
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-1.png", 1))
    qtbot.waitUntil(lambda: framed(browsing.strip) == "shoe-1.png (copy 1)")
    return browsing


def test_a_key_makes_one_that_stands_after_its_photo_and_has_its_edits(qtbot, copied, shoes):
    assert listed(copied.strip) == ["shoe-1.png", "shoe-1.png (copy 1)", "shoe-2.png", "shoe-10.png"]
    assert copied.document.recipe.get("exposure") == Exposure(stops=-1.0)
    assert told(copied.strip, 1) == "shoe-1.png (copy 1), edited"
    assert copied.windowTitle().startswith("shoe-1.png (copy 1)")
    assert copied.strip.selected == (Shot(shoes / "shoe-1.png", 1),)


def test_each_keeps_its_own_edits_and_the_file_is_read_once(qtbot, copied, shoes, monkeypatch):
    photo = copied.document.photo
    monkeypatch.setattr(Photo, "open", lambda path: pytest.fail("the photo was decoded again"))
    copied.document.put(Exposure(stops=2.0))
    click(copied.strip, 0)
    qtbot.waitUntil(lambda: shows(copied, shoes / "shoe-1.png"))
    assert copied.document.photo is photo and copied.document.recipe.get("exposure") == Exposure(stops=-1.0)
    click(copied.strip, 1)
    qtbot.waitUntil(lambda: shows(copied, shoes / "shoe-1.png", 1))
    assert copied.document.recipe.get("exposure") == Exposure(stops=2.0)
    assert load(shoes / "shoe-1.png").recipe.get("exposure") == Exposure(stops=-1.0)


def test_a_file_that_was_replaced_meanwhile_is_read_again(qtbot, copied, shoes):
    photo = copied.document.photo
    (shoes / "shoe-2.png").replace(shoes / "shoe-1.png")
    click(copied.strip, 0)
    qtbot.waitUntil(lambda: copied.document.shot == Shot(shoes / "shoe-1.png"))
    assert copied.document.photo is not photo


def test_another_photo_and_back_opens_the_copy_again(qtbot, copied, shoes):
    QTest.keyClick(copied.canvas, Qt.Key.Key_Right, CONTROL)
    qtbot.waitUntil(lambda: shows(copied, shoes / "shoe-2.png"))
    QTest.keyClick(copied.canvas, Qt.Key.Key_Left, CONTROL)
    qtbot.waitUntil(lambda: shows(copied, shoes / "shoe-1.png", 1))
    assert copied.document.recipe.get("exposure") == Exposure(stops=-1.0)


def test_all_that_are_selected_are_copied_and_the_copies_selected(qtbot, browsing, shoes):
    QTest.keyClick(browsing.canvas, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(browsing.canvas, Qt.Key.Key_Apostrophe, CONTROL)
    qtbot.waitUntil(lambda: browsing.strip.selected == tuple(Shot(shoes / name, 1) for name in NAMES))
    qtbot.waitUntil(lambda: shows(browsing, shoes / "shoe-1.png", 1))
    assert framed(browsing.strip) == "shoe-1.png (copy 1)" and len(browsing.strip.selected) == 3


def test_the_corner_of_a_copy_is_turned_over(qtbot, copied):
    qtbot.waitUntil(lambda: copied.strip.model.index(1).data(Qt.ItemDataRole.DecorationRole) is not None)
    pixels = grabbed(copied.strip.view.viewport())
    corners = []
    for row in (0, 1):
        rect = copied.strip.view.visualRect(copied.strip.model.index(row))
        corner = rect.topLeft() + QPoint(rect.width() // 2 - 30 + 11, 3 + 5 + 42 + 20 - 11)
        corners.append(tuple(int(v) for v in pixels[corner.y(), corner.x()]))
    assert corners[0] != corners[1]
    assert min(corners[1]) > 200  # paper


def test_a_copy_is_deleted_after_a_question_and_the_photo_comes_back(qtbot, copied, shoes):
    asked = []
    copied.of_strip.copies.ask_delete = lambda shots: bool(asked.append(shots)) or True
    QTest.keyClick(copied.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: listed(copied.strip) == NAMES)
    assert asked == [(Shot(shoes / "shoe-1.png", 1),)]
    qtbot.waitUntil(lambda: shows(copied, shoes / "shoe-1.png"))
    assert copies(shoes / "shoe-1.png") == () and (shoes / "shoe-1.png").exists()
    assert copied.document.recipe.get("exposure") == Exposure(stops=-1.0)


def test_who_says_no_keeps_it(qtbot, copied, shoes):
    copied.of_strip.copies.ask_delete = lambda shots: False
    QTest.keyClick(copied.canvas, Qt.Key.Key_Delete)
    qtbot.wait(1)
    assert copies(shoes / "shoe-1.png") == (1,) and shows(copied, shoes / "shoe-1.png", 1)


def test_a_photo_itself_cannot_be_deleted(qtbot, copied, shoes):
    asked = []
    copied.of_strip.copies.ask_delete = lambda shots: bool(asked.append(shots)) or True
    click(copied.strip, 2)
    qtbot.waitUntil(lambda: shows(copied, shoes / "shoe-2.png"))
    assert not copied.actions_by_name["delete_copy"].isEnabled()
    QTest.keyClick(copied.canvas, Qt.Key.Key_Delete)
    assert not asked
    QTest.keyClick(copied.canvas, Qt.Key.Key_A, CONTROL)
    qtbot.waitUntil(copied.actions_by_name["delete_copy"].isEnabled)
    QTest.keyClick(copied.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: listed(copied.strip) == NAMES)
    assert asked == [(Shot(shoes / "shoe-1.png", 1),)] and all((shoes / name).exists() for name in NAMES)


def test_the_file_of_a_copy_has_a_name_of_its_own(qtbot, copied, shoes):
    proposed = []
    copied.ask_save_path = proposed.append
    QTest.keyClick(copied.canvas, Qt.Key.Key_E, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert proposed == [shoes / "shoe-1-copy-1-edited.png"]


def test_a_copy_that_cannot_be_made_is_told(qtbot, browsing, shoes, monkeypatch):
    def full(shot):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("editor.ui.virtualcopies.new_copy", full)
    QTest.keyClick(browsing.canvas, Qt.Key.Key_Apostrophe, CONTROL)
    qtbot.waitUntil(lambda: "shoe-1.png: No space left on device." in browsing.banner.text)
    assert listed(browsing.strip) == NAMES


def test_marks_of_a_copy_are_its_own(qtbot, copied, shoes):
    QTest.keyClick(copied.canvas, Qt.Key.Key_5)
    assert copied.keeping.flush()
    assert load(shoes / "shoe-1.png", 1).marks.rating == 5 and load(shoes / "shoe-1.png").marks.rating == 0
    assert sidecar_path(shoes / "shoe-1.png", 1).exists()


def test_delete_on_a_slider_sets_that_back_and_deletes_nothing(qtbot, copied, shoes):
    copied.of_strip.copies.ask_delete = lambda shots: pytest.fail("asked whether to delete the copy")
    slider = next(s for s in copied.panel.findChildren(QSlider) if "Exposure" in s.accessibleName() and s.isVisible())
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Delete)
    qtbot.wait(1)
    assert copies(shoes / "shoe-1.png") == (1,)


def test_a_copy_of_one_of_a_few_photos_leaves_them_as_they_are(qtbot, window, shoes, photo_file):
    drop(window, photo_file, shoes / "shoe-2.png")
    qtbot.waitUntil(lambda: shows(window, photo_file))
    QTest.keyClick(window.canvas, Qt.Key.Key_Apostrophe, CONTROL)
    qtbot.waitUntil(lambda: listed(window.strip) == ["bottle.png", "bottle.png (copy 1)", "shoe-2.png"])


def test_whoever_replaces_the_original_is_told_of_its_copies(qtbot, copied, shoes):
    told_of = []
    answer(lambda box: told_of.append(box.informativeText()))
    assert not may_overwrite(copied, copied.document.photo)
    answer(lambda box: told_of.append(box.informativeText()))
    assert not may_overwrite(copied, Photo.open(shoes / "shoe-2.png"))
    assert told_of[0].endswith("lose their edits as well: 1.") and "irtual" not in told_of[1]
