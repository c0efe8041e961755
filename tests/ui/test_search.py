"""Command search: some letters find every command; all of it by keyboard, and nothing is in the way afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from editor.ui.actions import COMMANDS, plain
from editor.ui.found import fitting
from editor.ui.fuzzy import initials, score

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CHINESE = {"&Undo": "撤销(&U)", "&Export…": "导出(&E)…", "&File": "文件(&F)", "Zoom &in": "放大(&I)"}


class Chinese(QTranslator):
    """Some of the menu."""

    def isEmpty(self):  # noqa: N802
        return False

    def translate(self, context, text, disambiguation=None, n=-1):
        return CHINESE.get(text, "")


@pytest.fixture
def chinese(qapp):
    spoken = Chinese()
    QCoreApplication.installTranslator(spoken)
    yield
    QCoreApplication.removeTranslator(spoken)


@pytest.fixture
def searching(qtbot, opened):
    """The window with the search open, as the key has opened it."""
    opened.canvas.setFocus()
    QTest.keyClick(opened.canvas, Qt.Key.Key_P, CTRL | SHIFT)
    assert opened.desk.search.isVisible()
    return opened


def listed(window):
    search = window.desk.search
    return [search.model.index(row).data() for row in range(search.model.rowCount())]


def press(window, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.desk.search.field, key, held)


def write(window, text):
    QTest.keyClicks(window.desk.search.field, text)


def test_it_lists_every_command_but_itself(searching):
    assert sorted(listed(searching)) == sorted(c.heading for c in COMMANDS if c.name != "search")


def test_some_letters_and_enter_run_a_command(searching):
    write(searching, "zmin")
    assert listed(searching)[0] == "Zoom in"
    zoom = searching.canvas.port.zoom
    press(searching, Qt.Key.Key_Return)
    assert searching.canvas.port.zoom > zoom
    assert not searching.desk.search.isVisible() and searching.canvas.hasFocus()


def test_the_slash_opens_it_too_and_is_not_written(qtbot, opened):
    QTest.keyClick(opened.canvas, Qt.Key.Key_Slash)
    assert opened.desk.search.isVisible() and opened.desk.search.field.text() == ""
    QTest.keyClicks(opened.desk.search.field, "a/b")
    assert opened.desk.search.field.text() == "a/b"  # there it is a letter
    QTest.keyClick(opened.desk.search.field, Qt.Key.Key_P, CTRL | SHIFT)
    assert not opened.desk.search.isVisible()


def test_escape_closes_it_and_stops_nothing(searching):
    stopped = []
    searching.actions_by_name["stop"].triggered.connect(lambda: stopped.append(1))
    press(searching, Qt.Key.Key_Escape)
    assert not searching.desk.search.isVisible() and searching.canvas.hasFocus() and not stopped


def test_the_keys_of_the_window_rest_while_it_is_open(searching):
    recipe = searching.document.recipe
    for key in (Qt.Key.Key_F5, Qt.Key.Key_J, Qt.Key.Key_Backslash, Qt.Key.Key_1):
        press(searching, key)
    press(searching, Qt.Key.Key_0, CTRL)
    assert searching.desk.search.isVisible() and searching.desk.search.field.text() == "j\\1"
    assert searching.document.recipe == recipe and not searching.actions_by_name["before"].isChecked()


def test_what_cannot_be_done_is_listed_and_not_run(searching):
    write(searching, "undo")
    assert listed(searching)[0] == "Undo" and not searching.actions_by_name["undo"].isEnabled()
    index = searching.desk.search.model.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Undo, Edit, Ctrl+Z, not available"
    press(searching, Qt.Key.Key_Return)
    assert searching.desk.search.isVisible() and "undo" not in searching.settings.used


def test_the_arrows_go_round(searching):
    view, last = searching.desk.search.list, searching.desk.search.model.rowCount() - 1
    press(searching, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1
    press(searching, Qt.Key.Key_Up)
    press(searching, Qt.Key.Key_Up)
    assert view.currentIndex().row() == last
    press(searching, Qt.Key.Key_Down)
    press(searching, Qt.Key.Key_PageDown)
    assert 1 < view.currentIndex().row() < last
    press(searching, Qt.Key.Key_PageUp)
    assert view.currentIndex().row() == 0
    assert "Open, File, Ctrl+O" in searching.desk.search.field.accessibleDescription()


def test_a_click_runs_a_command(searching):
    write(searching, "film strip")
    view = searching.desk.search.list
    spot = view.visualRect(searching.desk.search.model.index(0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert searching.strip.isVisible() and searching.settings.used == ("strip",)


def test_a_click_beside_it_closes_it(searching):
    QTest.mouseClick(searching.canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, searching.canvas.height() - 20))
    assert not searching.desk.search.isVisible()


def test_what_was_used_last_comes_first(searching):
    for name in ("zoom in", "zoom out"):
        write(searching, name)
        press(searching, Qt.Key.Key_Return)
        searching.actions_by_name["search"].trigger()
    assert listed(searching)[:2] == ["Zoom out", "Zoom in"] and searching.settings.used == ("zoom_out", "zoom_in")


def test_edits_are_found_by_name_and_shown_in_the_panel(qtbot, searching):
    group = searching.panel.groups["white_balance"]
    group.fold.setChecked(False)
    searching.actions_by_name["panels"].trigger()
    write(searching, "white b")
    assert listed(searching)[0] == "White Balance"
    press(searching, Qt.Key.Key_Return)
    assert searching.panel.isVisible() and group.unfolded and group.fold.hasFocus()
    area = searching.panel.area
    qtbot.waitUntil(lambda: area.viewport().rect().contains(group.fold.mapTo(area.viewport(), QPoint(2, 2))))
    assert searching.settings.used == ("edit white_balance",)


def test_nothing_found_is_said(searching):
    write(searching, "xqjw")
    assert listed(searching) == []
    press(searching, Qt.Key.Key_Return)
    press(searching, Qt.Key.Key_Down)
    assert searching.desk.search.isVisible()
    assert searching.desk.search.field.accessibleDescription() == "No command is called like that."


def test_it_stays_within_a_small_window(searching):
    searching.resize(searching.minimumSizeHint())
    search = searching.desk.search
    assert search.x() >= 0 and search.geometry().right() <= searching.width()


def test_a_screen_reader_finds_field_and_list(searching):
    search = searching.desk.search
    names = [QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name) for w in (search.field, search.list)]
    assert names == ["Search for a command", "Commands that fit"]


def test_in_chinese_both_languages_and_initials_find_it(chinese):
    assert [c.name for c in fitting("导出", ())] == ["save_as"]
    for typed in ("export", "dc"):
        assert fitting(typed, ())[0].name == "save_as", typed
    assert next(c for c in COMMANDS if c.name == "save_as").heading == "导出"


def test_the_menu_changes_its_language_while_it_is_open(qtbot, opened, chinese):
    qtbot.waitUntil(lambda: opened.actions_by_name["undo"].text() == "撤销(&U)")
    assert opened.menuBar().actions()[0].text() == "文件(&F)"
    assert [k.toString() for k in opened.actions_by_name["undo"].shortcuts()] == ["Ctrl+Z"]


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("zo", "Zoom out", "Flip horizontally, and so on"),
        ("ex", "Export", "Next Photo"),
        ("pp", "Previous Photo", "Clipping, perhaps"),
        ("export", "Export", "Export again"),
        ("1:1", "1:1", "Fit or 1:1"),
        ("resume", "Résumé", "Rear summer menu"),
    ],
)
def test_beginnings_and_neighbours_count(typed, better, worse):
    assert score(typed, better) > score(typed, worse)


def test_letters_that_are_not_there_do_not_fit():
    assert score("xyz", "Export") is None and score("tropxe", "Export") is None and score("", "Export") == 0


def test_initials_of_common_characters():
    assert initials("导出照片 撤销 裁剪 旋转 Lab") == "dczp cx cj xz Lab"


@pytest.mark.parametrize(
    ("title", "shown"),
    [("&Export…", "Export"), ("导出(&E)…", "导出"), ("Save && &Quit", "Save & Quit"), ("&1:1", "1:1")],
)
def test_titles_without_their_marks(title, shown):
    assert plain(title) == shown
