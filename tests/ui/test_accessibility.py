"""Whoever does not see, or holds no mouse: everything that does something has a name, and the Tab key comes to it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QMenu,
    QMenuBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.edit import Edit
from editor.core.formats import FORMATS
from editor.core.output import Output
from editor.ui.dialogs.export import ExportDialog
from tests.ui.acts import up_to_date

ROLES = QAccessible.Role
DOES = {  # what a person acts on
    ROLES.Button, ROLES.CheckBox, ROLES.RadioButton, ROLES.Slider, ROLES.SpinBox, ROLES.ComboBox, ROLES.EditableText,
    ROLES.MenuItem, ROLES.ButtonMenu, ROLES.ButtonDropDown, ROLES.List, ROLES.ListItem, ROLES.Tree, ROLES.Table,
    ROLES.PageTab, ROLES.Link, ROLES.ProgressBar, ROLES.Dial, ROLES.Switch, ROLES.Graphic,
}  # fmt: skip


def walk(interface, path=()):
    """An accessible thing and all that is in it, as assistive technology goes through them."""
    if interface is None or not interface.isValid() or interface.state().invisible:
        return
    yield interface, path
    for i in range(interface.childCount()):
        child = interface.child(i)
        if child is not None and child.isValid():
            yield from walk(child, (*path, f"{child.role().name}"))


def nameless(top):
    """The accessible things of a window that act, or take the focus, and do not say what they are."""
    left = []
    for interface, path in walk(QAccessible.queryAccessibleInterface(top)):
        thing = interface.object()
        acts = interface.role() in DOES or interface.state().focusable
        name = interface.text(QAccessible.Text.Name).strip()
        if isinstance(thing, QComboBox):  # what is chosen is no name, though Qt says so on some systems
            name = thing.accessibleName()
        if acts and interface.role() not in (ROLES.Separator, ROLES.TreeItem, ROLES.Cell) and not name:
            if isinstance(thing, QWidget) and thing.objectName().startswith("qt_"):
                continue  # the field within a spin box, and such like, of Qt's own
            left.append((type(thing).__name__, thing.objectName() if thing else "", path))
    return left


def by_tab(top):
    """The widgets that the Tab key comes to, from the first to where it comes around."""
    found = []
    while (now := QApplication.focusWidget()) is not None and now not in found:
        found.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return found


def unreached(top):
    """The widgets a person could act on that the Tab key does not come to."""
    top.activateWindow()
    top.setFocus() if not QApplication.focusWidget() else None
    reached = set(by_tab(top))
    groups = {id(button.group()) for button in reached if isinstance(button, QAbstractButton) and button.group()}
    left = []
    for interface, path in walk(QAccessible.queryAccessibleInterface(top)):
        thing = interface.object()
        if not isinstance(thing, QWidget) or isinstance(thing, QMenu | QMenuBar) or not thing.isVisible():
            continue
        if interface.role() not in DOES - {ROLES.ProgressBar} and not interface.state().focusable:
            continue
        if not thing.isEnabled() or thing.objectName().startswith("qt_") or thing is top:
            continue
        if isinstance(thing, QAbstractButton) and thing.group() and id(thing.group()) in groups:
            continue  # the arrow keys lead on within a group
        climber: QObject | None = thing
        while climber is not None and climber not in reached:
            climber = climber.parent() if isinstance(climber, QWidget) and not climber.isWindow() else None
        if climber is None:
            left.append((type(thing).__name__, interface.text(QAccessible.Text.Name), path))
    return left


@pytest.fixture
def full(qtbot, opened):
    """The window with a photo, everything unfolded and shown."""
    for group in opened.panel.groups.values():
        group.unfold(True)
    for name in ("history", "strip"):
        if not opened.actions_by_name[name].isChecked():
            opened.actions_by_name[name].trigger()
    opened.document.put(Edit.kinds["exposure"](stops=1.0))
    qtbot.waitUntil(lambda: up_to_date(opened))
    opened.banner.say("Something to read")
    return opened


def test_everything_on_the_empty_window_has_a_name(window):
    assert not nameless(window)


def test_everything_on_a_full_window_has_a_name(full):
    assert not nameless(full)
    assert sum(1 for _ in walk(QAccessible.queryAccessibleInterface(full))) > 100  # it was really gone through


def test_tab_comes_to_everything_on_the_empty_window(window):
    assert not unreached(window)


def test_tab_comes_to_everything_on_a_full_window(full):
    assert not unreached(full)


@pytest.mark.parametrize("name", ["preferences", "shortcuts", "cheatsheet", "copy_edits", "manage_presets", "search"])
def test_dialogs(qtbot, full, name):
    seen = []

    def look():
        if dialog := QApplication.activeModalWidget():
            while not dialog.isActiveWindow():
                dialog.activateWindow()
                QTest.qWait(10)
        seen.append((nameless(dialog or full), unreached(dialog) if dialog else []))
        if isinstance(dialog, QDialog):
            dialog.reject()

    QTimer.singleShot(50, look)
    full.actions_by_name[name].trigger()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [([], [])]


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_the_export_dialog(qtbot, opened, kind):
    dialog = ExportDialog(kind, opened.document.photo, Output(), opened)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert not nameless(dialog) and not unreached(dialog)
    dialog.reject()


def test_tab_goes_as_one_reads(full):
    full.canvas.setFocus()
    stops = by_tab(full)
    places = {each: each.mapTo(full, each.rect().center()) for each in stops}
    panel = [each for each in stops if full.panel.area.widget().isAncestorOf(each)]
    tops = [places[each].y() for each in panel]
    assert len(panel) > 20
    assert all(b > a - 24 for a, b in pairwise(tops)), "within the edits it goes up again"
    first, last = stops.index(panel[0]), stops.index(panel[-1])
    assert stops[first : last + 1] == panel  # none in between that is elsewhere
    back = []
    for _ in stops:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        back.append(QApplication.focusWidget())
    assert back == stops[::-1]


def test_a_button_without_a_name_is_found(qtbot):
    around = QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    named, bare = QPushButton("Open"), QPushButton()
    bare.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    column.addWidget(named)
    column.addWidget(bare)
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    named.setFocus()
    assert [kind for kind, *_ in nameless(around)] == ["QPushButton"]
    assert [kind for kind, *_ in unreached(around)] == ["QPushButton"]
