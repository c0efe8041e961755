"""Actions: everything the menus and keys do, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802
    """Qt's own, with types: marks a text for lupdate, which looks for this name; it is translated when it is shown."""
    return text


@dataclass(frozen=True)
class Command:
    """One thing to do: the name of what does it, where it stands, what it is called, and its keys."""

    name: str
    menu: str
    title: str
    keys: tuple[str, ...] = ()
    checkable: bool = False
    apart: bool = False  # a line above it
    needs_photo: bool = False


_FILE, _EDIT = QT_TRANSLATE_NOOP("Menu", "&File"), QT_TRANSLATE_NOOP("Menu", "&Edit")
_VIEW, _HELP = QT_TRANSLATE_NOOP("Menu", "&View"), QT_TRANSLATE_NOOP("Menu", "&Help")


COMMANDS = (
    Command("open", _FILE, QT_TRANSLATE_NOOP("Menu", "&Open…"), ("Ctrl+O",)),
    Command("save_as", _FILE, QT_TRANSLATE_NOOP("Menu", "Save &As…"), ("Ctrl+Shift+S",), needs_photo=True),
    Command("close_photo", _FILE, QT_TRANSLATE_NOOP("Menu", "&Close"), ("Ctrl+W",), apart=True, needs_photo=True),
    Command("quit", _FILE, QT_TRANSLATE_NOOP("Menu", "&Quit"), ("Ctrl+Q",)),
    Command("undo", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Undo"), ("Ctrl+Z",)),
    Command("redo", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("stop", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Stop"), ("Esc",), apart=True),
    Command("render", _EDIT, QT_TRANSLATE_NOOP("Menu", "Render a&gain"), ("F5",), needs_photo=True),
    Command("fit", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Fit"), ("Ctrl+0",), needs_photo=True),
    Command("real_pixels", _VIEW, QT_TRANSLATE_NOOP("Menu", "&1:1"), ("Ctrl+1",), needs_photo=True),
    Command("zoom_in", _VIEW, QT_TRANSLATE_NOOP("Menu", "Zoom &in"), ("Ctrl++", "Ctrl+="), needs_photo=True),
    Command("zoom_out", _VIEW, QT_TRANSLATE_NOOP("Menu", "Zoom &out"), ("Ctrl+-",), needs_photo=True),
    Command("before", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Before"), ("\\",), checkable=True, apart=True,
            needs_photo=True),
    Command("about", _HELP, QT_TRANSLATE_NOOP("Menu", "&About Packshot")),
)  # fmt: skip


def build(window: QMainWindow, does: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Fills the window's menu bar. Returns the actions by name."""
    menus: dict[str, QMenu] = {}
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        if command.menu not in menus:
            menus[command.menu] = window.menuBar().addMenu(QCoreApplication.translate("Menu", command.menu))
        if command.apart:
            menus[command.menu].addSeparator()
        action = QAction(QCoreApplication.translate("Menu", command.title), window)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setCheckable(command.checkable)
        act = does[command.name]
        action.triggered.connect(lambda checked=False, act=act: act())
        menus[command.menu].addAction(action)
        actions[command.name] = action
    return actions
