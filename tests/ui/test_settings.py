"""Settings: remembered from window to window, and believed only where they make sense. Never the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QPushButton

from editor.core.output import Output
from editor.ui.actions import menu_of
from editor.ui.settings import RECENT, USED, Preferences, Settings
from editor.ui.window import MainWindow
from tests.ui.acts import show


@pytest.fixture
def store(tmp_path):
    return QSettings(str(tmp_path / "packshot.ini"), QSettings.Format.IniFormat)


@pytest.mark.parametrize("kept", [True, False], ids=["file", "memory"])
def test_what_is_set_is_there_again(store, tmp_path, kept):
    settings = Settings(store if kept else None)
    assert settings.recent == () and settings.folder is None and settings.order == "name" and not settings.strip
    settings.folder, settings.order, settings.strip = tmp_path, "taken", True
    settings.remember(Path("/photos/ü, 1.jpg"))
    again = settings
    if kept:
        store.sync()
        again = Settings(QSettings(store.fileName(), QSettings.Format.IniFormat))
    assert (again.folder, again.order, again.strip) == (tmp_path, "taken", True)
    assert again.recent == (Path("/photos/ü, 1.jpg"),)


def test_recent_files_are_ten_the_newest_first_each_once():
    settings = Settings()
    for number in [*range(12), 5]:
        settings.remember(Path(f"/{number}.jpg"))
    assert len(settings.recent) == RECENT and [p.stem for p in settings.recent[:3]] == ["5", "11", "10"]
    settings.forget(Path("/11.jpg"))
    assert [p.stem for p in settings.recent[:3]] == ["5", "10", "9"]
    settings.forget()
    assert settings.recent == ()


def test_outputs_are_kept_for_each_kind_but_privacy_for_all(store):
    settings = Settings(store)
    jpeg = Output(quality=80, subsampling="4:2:0", progressive=True, max_bytes=300_000, strip=frozenset({"gps"}))
    settings.keep_output("JPEG", jpeg)
    assert settings.output("JPEG") == jpeg
    assert settings.output("TIFF") == Output(strip=frozenset({"gps"}))
    settings.keep_output("TIFF", Output(depth="16"))
    assert settings.output("JPEG").strip == frozenset() and settings.output("JPEG").quality == 80


@pytest.mark.parametrize("nonsense", ["", "{", "[1]", '{"quality": 900}', '{"depth": "7", "colour": 3}', "null"])
def test_nonsense_in_the_file_is_not_believed(store, nonsense):
    for key in ("recent", "folder", "order", "output/JPEG", "leave_out"):
        store.setValue(key, nonsense)
    settings = Settings(store)
    assert settings.recent == () and settings.folder is None and settings.order == "name"
    assert settings.output("JPEG") == Output()


def test_recent_files_stand_in_the_menu_and_on_the_empty_window(qtbot, make_window, models, photo_file, store):
    show(qtbot, make_window(models, settings=Settings(store)), photo_file)
    window = make_window(models, settings=Settings(store))
    menu = menu_of(window.actions_by_name["clear_recent"])
    menu.aboutToShow.emit()
    assert [a.text() for a in menu.actions()] == ["&1  bottle.png", "", "&Clear List"]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.document is not None and window.document.photo.path == photo_file)
    window.close_photo()
    found = window.welcome.findChildren(QPushButton)
    (button,) = [b for b in found if b.text() == "bottle.png" and b.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.document is not None)


def test_a_recent_file_that_is_gone_is_said_and_dropped(qtbot, make_window, models, store, tmp_path):
    settings = Settings(store)
    settings.remember(tmp_path / "gone.jpg")
    window = make_window(models, settings=settings)
    window.intake.take_again(tmp_path / "gone.jpg")
    assert "gone.jpg is not there any more" in window.banner.text
    assert settings.recent == () and window.document is None


def test_clearing_the_list(qtbot, make_window, models, store, photo_file):
    window = show(qtbot, make_window(models, settings=Settings(store)), photo_file)
    window.actions_by_name["clear_recent"].trigger()
    assert window.settings.recent == ()


def test_a_picture_that_is_no_file_is_not_remembered(qtbot, window):
    from editor.core.sample import sample_photo

    window.open_with(sample_photo, "sample")
    qtbot.waitUntil(lambda: window.document is not None)
    assert window.settings.recent == () and not window.strip.model.photos


def test_commands_that_were_found_are_remembered_each_once_the_latest_first(store):
    settings = Settings(store)
    for name in [*map(str, range(12)), "7"]:
        settings.use(name)
    assert settings.used == ("7", "11", "10", "9", "8", "6", "5", "4") and len(settings.used) == USED


def test_parts_of_the_window_are_remembered_by_name(store):
    settings = Settings(store)
    assert not settings.shown("history") and settings.shown("panel", default=True)
    settings.show("history", True)
    settings.show("panel", False)
    assert settings.shown("history") and not settings.shown("panel", default=True) and not settings.strip


def test_each_preference_is_believed_by_itself(store):
    store.setValue("theme", "light")
    store.setValue("memory", "much")
    assert Settings(store).preferences == Preferences(theme="light") and Settings(store).unsound == ["memory"]


def test_the_window_comes_back_where_it_stood(make_window, models):
    settings = Settings()
    window = make_window(models, settings=settings)
    window.resize(780, 600)
    window.close()
    assert settings.place
    again = MainWindow(models, lambda: ("CPU", ""), settings)
    try:
        assert (again.width(), again.height()) == (780, 600)
    finally:
        again.shut_down()
        again.deleteLater()


def test_a_place_that_is_none_is_not_minded(make_window, models, tmp_path):
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    store.setValue("place", "nowhere")
    window = make_window(models, settings=Settings(store))
    assert window.isVisible() and Settings(store).place == b""


def test_the_last_photo_of_twenty_folders_is_remembered(store):
    settings = Settings(store)
    places = [Path(f"/photos/{n}") for n in range(22)]
    for place in places:
        settings.leave_off(place / "first.png")
    settings.leave_off(places[3] / "second.png")
    assert settings.last_in(places[3]) == places[3] / "second.png"
    assert settings.last_in(places[1]) is None and settings.last_in(places[2]) == places[2] / "first.png"
