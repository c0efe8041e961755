"""The film strip: a folder at a glance; keys and clicks go through it, and only the photo one stops at is opened."""

from __future__ import annotations

import os
import threading

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from editor.core.edit import Edit
from editor.core.photo import Photo
from editor.ui.settings import Settings
from tests.ui.acts import drop, grabbed, show, up_to_date

Denoise = Edit.kinds["denoise"]
COLOURS = {"shoe-1.png": (200, 30, 30), "shoe-2.png": (30, 200, 30), "shoe-10.png": (30, 30, 200)}
NAMES = list(COLOURS)


@pytest.fixture
def folder(tmp_path):
    """Three photos of one colour each."""
    place = tmp_path / "shoes"
    place.mkdir()
    for name, colour in COLOURS.items():
        Pillow.new("RGB", (60, 40), colour).save(place / name)
    return place


def listed(strip):
    return [entry.path.name for entry in strip.model.photos]


def framed(strip):
    index = strip.view.currentIndex()
    return index.data() if index.isValid() else None


def shows(window, path):
    return window.document is not None and window.document.photo.path == path and up_to_date(window)


@pytest.fixture
def browsing(qtbot, window, folder):
    """The window with the first photo of the folder on its canvas, and the strip below it."""
    window.open_path(folder)
    qtbot.waitUntil(lambda: shows(window, folder / "shoe-1.png"))
    return window


def thumbnails_made(strip):
    return all(strip.model.index(row).data(Qt.ItemDataRole.DecorationRole) for row in range(len(strip.model.photos)))


def test_a_folder_opens_with_its_first_photo_and_its_strip(qtbot, browsing, folder):
    strip = browsing.strip
    assert strip.isVisible() and browsing.actions_by_name["strip"].isChecked()
    assert listed(strip) == NAMES and framed(strip) == "shoe-1.png"
    qtbot.waitUntil(lambda: thumbnails_made(strip))
    for row, colour in enumerate(COLOURS.values()):
        where = strip.view.visualRect(strip.model.index(row)).center()
        seen = grabbed(strip.view.viewport())[where.y() - 10, where.x()]
        assert tuple(seen) == colour


def test_a_folder_opens_with_the_photo_that_was_open_last_in_it(qtbot, make_window, models, folder):
    settings = Settings()
    first = make_window(models, settings=settings)
    first.open_path(folder)
    qtbot.waitUntil(lambda: first.document is not None and up_to_date(first))
    photos = [folder / name for name in NAMES]
    first.open_path(photos[2])
    qtbot.waitUntil(lambda: shows(first, photos[2]))
    again = make_window(models, settings=settings)
    again.open_path(folder)
    qtbot.waitUntil(lambda: shows(again, photos[2]))
    settings.leave_off(folder / "gone.png")
    late = make_window(models, settings=settings)
    late.open_path(folder)
    qtbot.waitUntil(lambda: shows(late, photos[0]))


def test_left_right_home_and_end_go_through_it(qtbot, browsing, folder):
    view = browsing.strip.view
    view.setFocus()
    for key, name in [("Right", 1), ("Right", 2), ("Right", 2), ("Left", 1), ("Home", 0), ("End", 2)]:
        QTest.keyClick(view, getattr(Qt.Key, f"Key_{key}"))
        qtbot.waitUntil(lambda name=name: shows(browsing, folder / NAMES[name]))
        assert framed(browsing.strip) == NAMES[name] and view.hasFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert browsing.canvas.hasFocus()


def test_page_down_and_up_on_the_canvas_step_too_and_ctrl_with_arrows(qtbot, browsing, folder):
    keys, control = Qt.Key, Qt.KeyboardModifier.ControlModifier
    for key, modifier, name in [
        (keys.Key_PageDown, Qt.KeyboardModifier.NoModifier, 1),
        (keys.Key_Right, control, 2),
        (keys.Key_Left, control, 1),
        (keys.Key_PageUp, Qt.KeyboardModifier.NoModifier, 0),
        (keys.Key_PageUp, Qt.KeyboardModifier.NoModifier, 0),
    ]:
        QTest.keyClick(browsing.canvas, key, modifier)
        qtbot.waitUntil(lambda name=name: shows(browsing, folder / NAMES[name]))


def test_a_click_opens_a_photo(qtbot, browsing, folder):
    view = browsing.strip.view
    where = view.visualRect(browsing.strip.model.index(2)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: shows(browsing, folder / "shoe-10.png"))


def test_whoever_holds_the_key_opens_only_the_last(qtbot, window, tmp_path, monkeypatch):
    for number in range(30):
        Pillow.new("RGB", (20, 20), (number, 0, 0)).save(tmp_path / f"{number}.png")
    hold, read, plain = threading.Event(), [], Photo.open

    def slow(path):
        read.append(path.name)
        assert path.name == "0.png" or hold.wait(10)
        return plain(path)

    monkeypatch.setattr(Photo, "open", staticmethod(slow))
    window.open_path(tmp_path)
    qtbot.waitUntil(lambda: shows(window, tmp_path / "0.png"))
    window.strip.view.setFocus()
    for _ in range(29):
        QTest.keyClick(window.strip.view, Qt.Key.Key_Right)
        qtbot.wait(2)
    assert sum(t.name == "open" for t in threading.enumerate()) <= 2
    hold.set()
    qtbot.waitUntil(lambda: shows(window, tmp_path / "29.png"))
    assert len(read) <= 4 and framed(window.strip) == "29.png"


def test_a_single_photo_brings_its_folder_but_not_the_strip(qtbot, window, folder):
    show(qtbot, window, folder / "shoe-2.png")
    qtbot.waitUntil(lambda: framed(window.strip) == "shoe-2.png")
    assert not window.strip.isVisible() and listed(window.strip) == NAMES
    assert not window.strip.thumbnails._threads
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.strip.isVisible() and window.settings.strip
    qtbot.waitUntil(lambda: thumbnails_made(window.strip))
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert not window.strip.isVisible() and not window.settings.strip


def test_several_photos_that_are_dropped_make_a_strip_of_their_own(qtbot, window, folder, photo_file):
    drop(window, photo_file, folder / "shoe-2.png")
    qtbot.waitUntil(lambda: shows(window, photo_file))
    assert listed(window.strip) == ["bottle.png", "shoe-2.png"] and window.strip.isVisible()


def test_a_folder_can_be_dropped(qtbot, window, folder):
    drop(window, folder)
    qtbot.waitUntil(lambda: shows(window, folder / "shoe-1.png"))


def test_a_broken_photo_says_so_and_one_goes_on_past_it(qtbot, browsing, folder):
    (folder / "shoe-2.png").write_bytes(b"nothing")
    browsing.strip.refresh()
    strip = browsing.strip
    qtbot.waitUntil(lambda: isinstance(strip.model.index(1).data(Qt.ItemDataRole.DecorationRole), str))
    assert "shoe-2.png" in strip.model.index(1).data(Qt.ItemDataRole.ToolTipRole)
    QTest.keyClick(browsing.canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: "shoe-2.png" in browsing.banner.text)
    assert browsing.document is None and framed(strip) == "shoe-2.png"  # not another photo in its place
    assert not browsing.actions_by_name["save_as"].isEnabled() and browsing.canvas.isVisible()
    QTest.keyClick(browsing.canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: shows(browsing, folder / "shoe-10.png"))
    assert not browsing.banner.text


def test_photos_that_come_and_go_are_followed(qtbot, browsing, folder):
    Pillow.new("RGB", (20, 20)).save(folder / "shoe-3.png")
    qtbot.waitUntil(lambda: listed(browsing.strip) == ["shoe-1.png", "shoe-2.png", "shoe-3.png", "shoe-10.png"])
    (folder / "shoe-2.png").unlink()
    qtbot.waitUntil(lambda: listed(browsing.strip) == ["shoe-1.png", "shoe-3.png", "shoe-10.png"])
    assert framed(browsing.strip) == "shoe-1.png" and shows(browsing, folder / "shoe-1.png")


def test_edits_are_marked(qtbot, browsing, folder):
    assert not any(entry.edited for entry in browsing.strip.model.photos)
    (folder / "shoe-10.png.packshot.json").write_text("{}")
    qtbot.waitUntil(lambda: browsing.strip.model.photos[2].edited)
    assert browsing.strip.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole) == "shoe-10.png, edited"


def test_sorting_is_remembered(qtbot, browsing, folder):
    for seconds, name in enumerate(reversed(NAMES)):
        os.utime(folder / name, (seconds, seconds))
    browsing.actions_by_name["sort_modified"].trigger()
    qtbot.waitUntil(lambda: listed(browsing.strip) == NAMES[::-1])
    assert browsing.settings.order == "modified" and framed(browsing.strip) == "shoe-1.png"
    assert browsing.strip.head.sorting.text() == "Date Changed"
    assert browsing.actions_by_name["sort_modified"].isChecked()


def test_a_folder_without_photos_is_said_and_the_photo_stays(qtbot, opened, photo_file, tmp_path):
    (tmp_path / "empty").mkdir()
    opened.ask_folder = lambda: tmp_path / "empty"
    QTest.keyClick(opened, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "no photos" in opened.banner.text)
    assert opened.document.photo.path == photo_file


def test_a_person_who_rather_stays_sees_the_old_photo_framed(qtbot, browsing, folder):
    browsing.saving.may_leave = lambda then: False
    browsing.strip.step(1)
    qtbot.waitUntil(lambda: framed(browsing.strip) == "shoe-1.png")
    assert not browsing.files.opening


def test_thousands_of_photos_are_a_list_not_widgets(qtbot, window, tmp_path):
    for number in range(3000):
        (tmp_path / f"{number}.jpg").touch()
    Pillow.new("RGB", (20, 20)).save(tmp_path / "0.jpg")
    window.open_path(tmp_path)
    qtbot.waitUntil(lambda: shows(window, tmp_path / "0.jpg"))
    before = len(window.strip.findChildren(QWidget))
    QTest.keyClick(window.strip.view, Qt.Key.Key_End)
    assert framed(window.strip) == "2999.jpg"
    assert len(window.strip.findChildren(QWidget)) == before < 30


def test_a_sharp_thumbnail_is_an_image_of_the_screen_s_pixels(qtbot, browsing):
    qtbot.waitUntil(lambda: thumbnails_made(browsing.strip))
    picture = browsing.strip.model.index(0).data(Qt.ItemDataRole.DecorationRole)
    assert isinstance(picture, QImage) and picture.size().toTuple() == (60, 40)  # not blown up


def test_paths_of_another_folder_bring_that_folder(qtbot, browsing, photo_file):
    browsing.open_path(photo_file)
    qtbot.waitUntil(lambda: framed(browsing.strip) == "bottle.png")


def test_an_edit_shows_in_its_thumbnail_soon_and_its_sign_at_once(qtbot, browsing):
    strip, role = browsing.strip, Qt.ItemDataRole.DecorationRole
    qtbot.waitUntil(lambda: thumbnails_made(strip))
    before = strip.model.index(0).data(role).pixelColor(30, 20).red()
    browsing.document.put(Edit.kinds["exposure"](stops=-2.0))
    assert strip.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "shoe-1.png, edited"
    qtbot.waitUntil(lambda: strip.model.index(0).data(role).pixelColor(30, 20).red() < before / 1.5)
    QTest.keyClick(browsing, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert strip.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "shoe-1.png"
    qtbot.waitUntil(lambda: strip.model.index(0).data(role).pixelColor(30, 20).red() == before)
