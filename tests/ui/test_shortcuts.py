"""Shortcuts: as they come, as a person changes them, and as they are kept; never in the way of whoever writes."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QPlainTextEdit, QSpinBox

from editor.ui.actions import COMMANDS
from editor.ui.dialogs.shortcuts import ShortcutsDialog
from editor.ui.settings import Settings
from editor.ui.shortcuts import DEFAULTS, KEPT_FREE, differences, given, owner, portable, read

CTRL, SHIFT, ALT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "Alt"))


def keys_of(window, name):
    return [k.toString() for k in window.actions_by_name[name].shortcuts()]


# As they come


def test_every_key_is_one_and_of_one_command():
    all_keys = [key for keys in DEFAULTS.values() for key in keys]
    assert len(all_keys) == len(set(all_keys)) > 20
    assert all(key and portable(key) == key for key in all_keys)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("undo", "Ctrl+Z"), ("before", "\\"), ("save_as", "Ctrl+Shift+E"), ("preferences", "Ctrl+,"), ("clipping", "J"),
        ("toggle_zoom", "Z"), ("search", "Ctrl+Shift+P"), ("next_photo", "Ctrl+Right"),
    ],
)  # fmt: skip
def test_photographers_find_the_keys_they_know(name, key):
    assert key in DEFAULTS[name]


@pytest.mark.parametrize("field", [QLineEdit, QSpinBox, QPlainTextEdit])
def test_keys_that_write_do_nothing_else_in_a_field(qtbot, opened, field):
    """Every key of one letter, digit or sign that a command has."""
    ran = []
    for name, action in opened.actions_by_name.items():
        action.setEnabled(True)
        action.triggered.connect(lambda checked=False, name=name: ran.append(name))
    made = field(opened)
    made.show()
    made.setFocus()
    assert made.hasFocus() or made.focusProxy()
    letters = [key for keys in DEFAULTS.values() for key in keys if len(key) == 1]
    assert "\\" in letters and "/" in letters and "J" in letters
    for letter in letters:
        QTest.keyClick(made, QKeySequence(letter)[0].key())
        QTest.keyClick(made, QKeySequence(letter)[0].key(), SHIFT)
    assert ran == []


# Kept


def test_only_what_differs_is_kept():
    assert json.loads(differences(DEFAULTS)) == {}
    keys = given(DEFAULTS, "render", ("Ctrl+Alt+F12",))
    assert json.loads(differences(keys)) == {"render": ["Ctrl+Alt+F12"]}
    assert read(differences(keys)) == (keys, [])


def test_a_key_taken_from_another_is_gone_there_after_reading_too():
    keys = given(DEFAULTS, "render", ("Ctrl+O",))
    assert keys["open"] == () and owner(keys, "Ctrl+O") == "render"
    assert read(differences(keys)) == (keys, [])
    assert read('{"render": ["Ctrl+O"]}')[0]["open"] == ()  # as when a later version gives a command a key of its own


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{", ["{"]),
        ("[1, 2]", ["[1, 2]"]),
        ('{"brew_coffee": ["F2"]}', ["brew_coffee"]),
        ('{"render": "F2"}', ["render"]),
        ('{"render": ["Hyper+Q"]}', ["render"]),
        ('{"render": [7]}', ["render"]),
        ('{"render": ["Ctrl+K, Ctrl+C"]}', ["render"]),
        ('{"render": ["Space"]}', ["render"]),
        ('{"render": ["Shift"]}', ["render"]),
        ("[" * 100_000, ["[" * 40]),
    ],
)
def test_what_is_not_understood_is_left_out_and_named(text, wrong):
    assert read(text) == (DEFAULTS, wrong)


def test_of_a_broken_entry_what_is_sound_holds():
    keys, wrong = read('{"render": ["F2", "nonsense"], "fit": ["F2", "F3"], "quit": []}')
    assert wrong == ["render", "fit"]
    assert keys["render"] == ("F2",) and keys["fit"] == ("F3",) and keys["quit"] == ()


def test_the_window_says_what_was_left_out(make_window, models):
    settings = Settings()
    settings.keys = '{"brew_coffee": ["F2"], "render": ["F4"]}'
    window = make_window(models, settings=settings)
    assert window.banner.text == "Some changed shortcuts were not understood and left out: brew_coffee."
    assert keys_of(window, "render") == ["F4"]
    assert not make_window(models, settings=settings).banner.text  # once is enough


# Changed


@pytest.fixture
def changing(qtbot, opened):
    """The window, and the dialog as the menu opens it."""
    opened.actions_by_name["shortcuts"].trigger()
    (dialog,) = opened.findChildren(ShortcutsDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    yield opened, dialog
    if opened.findChildren(ShortcutsDialog):
        dialog.reject()


def choose(dialog, name):
    dialog.tree.scrollToItem(dialog.items[name])
    spot = dialog.tree.visualItemRect(dialog.items[name]).center()
    QTest.mouseClick(dialog.tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert dialog.chosen == name


def click(button):
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog_open():
    return any(isinstance(w, ShortcutsDialog) and w.isVisible() for w in QApplication.topLevelWidgets())


def finish(qtbot, dialog, button=QDialogButtonBox.StandardButton.Ok):
    click(dialog.findChild(QDialogButtonBox).button(button))
    qtbot.waitUntil(lambda: not dialog_open())


def test_a_new_key_holds_and_is_kept(qtbot, changing, tmp_path):
    window, dialog = changing
    choose(dialog, "render")
    QTest.keyClick(dialog.press, Qt.Key.Key_K, CTRL | ALT)
    assert dialog.hint.text() == "Ctrl+Alt+K is free."
    click(dialog.set)
    finish(qtbot, dialog)
    assert keys_of(window, "render") == ["Ctrl+Alt+K"]
    assert json.loads(window.settings.keys) == {"render": ["Ctrl+Alt+K"]}
    ran = []
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.actions_by_name["render"].triggered.connect(lambda: ran.append(1))
    QTest.keyClick(window.canvas, Qt.Key.Key_F5)
    assert not ran
    QTest.keyClick(window.canvas, Qt.Key.Key_K, CTRL | ALT)
    assert ran


def test_a_key_can_be_added(qtbot, changing):
    window, dialog = changing
    choose(dialog, "render")
    QTest.keyClick(dialog.press, Qt.Key.Key_F12)
    click(dialog.add)
    finish(qtbot, dialog)
    assert keys_of(window, "render") == ["F5", "F12"]


def test_a_key_that_is_taken_is_said_to_be_and_the_other_loses_it_after_a_yes(qtbot, changing):
    window, dialog = changing
    choose(dialog, "render")
    QTest.keyClick(dialog.press, Qt.Key.Key_O, CTRL)
    assert dialog.hint.text() == "Ctrl+O is the shortcut of “Open” (File), which would lose it."
    assert dialog.keys == DEFAULTS and dialog.set.text() == "Set Anyway"
    click(dialog.set)
    assert dialog.items["open"].text(1) == "" and dialog.items["render"].text(1) == "Ctrl+O"
    finish(qtbot, dialog)
    assert keys_of(window, "render") == ["Ctrl+O"] and keys_of(window, "open") == []


def test_cancel_changes_nothing(qtbot, changing):
    window, dialog = changing
    choose(dialog, "render")
    click(dialog.remove)
    assert dialog.items["render"].text(1) == ""
    finish(qtbot, dialog, QDialogButtonBox.StandardButton.Cancel)
    assert keys_of(window, "render") == ["F5"] and window.settings.keys == ""


def test_one_is_reset_but_takes_nothing_back(qtbot, changing):
    _, dialog = changing
    choose(dialog, "redo")
    QTest.keyClick(dialog.press, Qt.Key.Key_F2)
    click(dialog.set)
    choose(dialog, "render")
    QTest.keyClick(dialog.press, Qt.Key.Key_Y, CTRL)
    click(dialog.set)
    choose(dialog, "redo")
    click(dialog.reset)
    assert dialog.keys["redo"] == ("Ctrl+Shift+Z",) and dialog.keys["render"] == ("Ctrl+Y",)
    assert dialog.hint.text() == "Ctrl+Y stays with the command that has it now."


def test_all_are_reset(qtbot, changing):
    window, dialog = changing
    for name in ("render", "fit", "quit"):
        choose(dialog, name)
        click(dialog.remove)
    click(dialog.reset_all)
    assert dialog.keys == DEFAULTS and not dialog.reset_all.isEnabled()
    finish(qtbot, dialog)
    assert keys_of(window, "quit") == ["Ctrl+Q"] and window.settings.keys == "{}"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Return])
def test_keys_that_move_the_picture_or_the_focus_are_refused(changing, key):
    _, dialog = changing
    choose(dialog, "render")
    QTest.keyClick(dialog.press, key)
    assert not dialog.set.isEnabled() and "cannot be a shortcut" in dialog.hint.text()


def test_the_list_is_searched_by_name_by_key_and_in_english(changing):
    _, dialog = changing

    def seen():
        return {name for name, item in dialog.items.items() if not item.isHidden() and not item.parent().isHidden()}

    assert seen() == set(DEFAULTS)
    QTest.keyClicks(dialog.search, "render again")
    assert "render" in seen() and "open" not in seen() and dialog.chosen in seen()
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "ctrl+shift+e")
    assert "save_as" in seen() and "render" not in seen()
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "qqqq")
    assert seen() == set() and dialog.chosen == "" and not dialog.press.isEnabled()


def test_every_command_is_listed_under_its_menu(changing):
    _, dialog = changing
    assert len(dialog.items) == len(COMMANDS)
    assert dialog.items["proof_srgb"].parent().text(0) == "View › Soft Proof"


def test_changed_keys_are_there_in_the_next_window(make_window, models, tmp_path):
    store = QSettings(str(tmp_path / "packshot.ini"), QSettings.Format.IniFormat)
    settings = Settings(store)
    settings.keys = differences(given(DEFAULTS, "before", ("Ctrl+,",)))
    store.sync()
    window = make_window(models, settings=Settings(QSettings(store.fileName(), QSettings.Format.IniFormat)))
    assert keys_of(window, "before") == ["Ctrl+,"] and keys_of(window, "preferences") == []
    assert not window.banner.text


def test_what_moves_the_focus_has_no_command():
    assert not KEPT_FREE & {key for keys in DEFAULTS.values() for key in keys}
