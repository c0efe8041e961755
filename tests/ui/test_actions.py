"""Actions: the table holds together, and a command that has nothing to work on is grey."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

from editor.ui import actions
from editor.ui.actions import COMMANDS, menu_of
from editor.ui.icons import ICONS


def test_names_are_given_once_and_signs_are_there():
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
    assert {command.icon for command in COMMANDS} - {""} <= set(ICONS)


def test_one_of_several_can_be_checked():
    assert all(command.checkable and command.under for command in COMMANDS if command.one_of)


def test_each_menu_has_every_letter_once(window):
    """Of those that Alt goes to: two alike in a menu would have to be pressed twice."""
    menus = {menu_of(action) for action in window.actions_by_name.values()}
    for menu in menus:
        titles = [action.text() for action in menu.actions() if "&" in action.text().replace("&&", "")]
        letters = [title[title.replace("&&", "__").index("&") + 1].casefold() for title in titles]
        double = {letter for letter in letters if letters.count(letter) > 1}
        assert not double, [t for t in titles if t[t.index("&") + 1].casefold() in double]


def test_what_needs_a_photo_is_grey_without_one(window):
    for command in COMMANDS:
        if command.needs in ("photo", "output", "undo", "redo"):
            assert not window.actions_by_name[command.name].isEnabled(), command.name


@pytest.mark.parametrize("need", sorted({command.needs for command in COMMANDS} - {""}))
def test_each_need_is_met_by_itself(window, need):
    actions.enable(window.actions_by_name, {need})
    for command in COMMANDS:
        if command.needs:
            assert window.actions_by_name[command.name].isEnabled() == (command.needs == need), command.name


def test_nothing_but_a_photo_is_needed_for_most(opened):
    for command in COMMANDS:
        if command.needs in ("photo", "output"):
            assert opened.actions_by_name[command.name].isEnabled(), command.name


def test_numbers_of_the_panel_take_keys_for_themselves(opened):
    """Digits rate photos, but not while a number is typed."""
    ran = []
    for name, action in opened.actions_by_name.items():
        action.setEnabled(True)
        action.triggered.connect(lambda checked=False, name=name: ran.append(name))
    fields = [f for f in opened.panel.findChildren(QAbstractSpinBox) if f.isVisible() and f.isEnabled()]
    assert fields
    for field in fields:
        field.setFocus()
        for key in "0123456789":
            QTest.keyClick(field, key)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClick(field, Qt.Key.Key_Backspace)
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert ran == []


def test_a_text_field_selects_copies_and_undoes_its_own_text(opened):
    ran = []
    for name, action in opened.actions_by_name.items():
        action.setEnabled(True)
        action.triggered.connect(lambda checked=False, name=name: ran.append(name))
    field = QLineEdit("word", opened)
    field.show()
    field.setFocus()
    for key in (
        Qt.Key.Key_A,
        Qt.Key.Key_C,
        Qt.Key.Key_X,
        Qt.Key.Key_V,
        Qt.Key.Key_Z,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
    ):
        QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    assert ran == []
