"""Actions: everything the menus and keys do, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from editor.core.document import Document


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
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
    under: str = ""  # the submenu it stands in
    one_of: bool = False  # of the checkable ones in its submenu, one is on


_FILE, _EDIT = QT_TRANSLATE_NOOP("Menu", "&File"), QT_TRANSLATE_NOOP("Menu", "&Edit")
_VIEW, _HELP = QT_TRANSLATE_NOOP("Menu", "&View"), QT_TRANSLATE_NOOP("Menu", "&Help")
_PROOF = QT_TRANSLATE_NOOP("Menu", "Soft &Proof")
_RECENT, _SORT = QT_TRANSLATE_NOOP("Menu", "Open &Recent"), QT_TRANSLATE_NOOP("Menu", "&Sort Photos by")


COMMANDS = (
    Command("open", _FILE, QT_TRANSLATE_NOOP("Menu", "&Open…"), ("Ctrl+O",)),
    Command("open_folder", _FILE, QT_TRANSLATE_NOOP("Menu", "Open &Folder…"), ("Ctrl+Shift+O",)),
    Command("clear_recent", _FILE, QT_TRANSLATE_NOOP("Menu", "&Clear List"), under=_RECENT),
    Command("save_as", _FILE, QT_TRANSLATE_NOOP("Menu", "&Export…"), ("Ctrl+Shift+E", "Ctrl+Shift+S"), apart=True,
            needs_photo=True),
    Command("close_photo", _FILE, QT_TRANSLATE_NOOP("Menu", "&Close"), ("Ctrl+W",), apart=True, needs_photo=True),
    Command("quit", _FILE, QT_TRANSLATE_NOOP("Menu", "&Quit"), ("Ctrl+Q",)),
    Command("undo", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Undo"), ("Ctrl+Z",)),
    Command("redo", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("copy", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Copy Picture"), ("Ctrl+C",), apart=True, needs_photo=True),
    Command("paste", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Paste as Photo"), ("Ctrl+V",)),
    Command("stop", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Stop"), ("Esc",), apart=True),
    Command("render", _EDIT, QT_TRANSLATE_NOOP("Menu", "Render a&gain"), ("F5",), needs_photo=True),
    Command("fit", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Fit"), ("Ctrl+0",), needs_photo=True),
    Command("real_pixels", _VIEW, QT_TRANSLATE_NOOP("Menu", "&1:1"), ("Ctrl+1",), needs_photo=True),
    Command("zoom_in", _VIEW, QT_TRANSLATE_NOOP("Menu", "Zoom &in"), ("Ctrl++", "Ctrl+="), needs_photo=True),
    Command("zoom_out", _VIEW, QT_TRANSLATE_NOOP("Menu", "Zoom &out"), ("Ctrl+-",), needs_photo=True),
    Command("before", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Before"), ("\\",), checkable=True, apart=True,
            needs_photo=True),
    Command("proof_off", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Off"), checkable=True, under=_PROOF,
            one_of=True),
    Command("proof_srgb", _VIEW, "sRGB", checkable=True, under=_PROOF, one_of=True),
    Command("proof_p3", _VIEW, "Display P3", checkable=True, under=_PROOF, one_of=True),
    Command("proof_adobergb", _VIEW, "Adobe RGB (1998)", checkable=True, under=_PROOF, one_of=True),
    Command("proof_file", _VIEW, QT_TRANSLATE_NOOP("Menu", "A &Profile from a File…"), checkable=True, under=_PROOF,
            one_of=True),
    Command("gamut", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Gamut Warning"), ("Ctrl+Shift+G",), checkable=True),
    Command("monitor", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Monitor Profile…")),
    Command("strip", _VIEW, QT_TRANSLATE_NOOP("Menu", "Film S&trip"), ("F9",), checkable=True, apart=True),
    Command("next_photo", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Next Photo"), ("Ctrl+Right",)),
    Command("previous_photo", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Previous Photo"), ("Ctrl+Left",)),
    Command("sort_name", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Name"), checkable=True, under=_SORT, one_of=True),
    Command("sort_taken", _VIEW, QT_TRANSLATE_NOOP("Menu", "Date &Taken"), checkable=True, under=_SORT, one_of=True),
    Command("sort_modified", _VIEW, QT_TRANSLATE_NOOP("Menu", "Date &Changed"), checkable=True, under=_SORT,
            one_of=True),
    Command("about", _HELP, QT_TRANSLATE_NOOP("Menu", "&About Packshot")),
)  # fmt: skip


def build(window: QMainWindow, does: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Fills the window's menu bar. Returns the actions by name; the menu that one stands in is its `menu_of`."""
    menus: dict[tuple[str, str], QMenu] = {}
    groups: dict[str, QActionGroup] = {}
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        if (command.menu, "") not in menus:
            menus[command.menu, ""] = window.menuBar().addMenu(QCoreApplication.translate("Menu", command.menu))
        menu = menus[command.menu, ""]
        if command.under:
            if (command.menu, command.under) not in menus:
                menus[command.menu, command.under] = menu.addMenu(QCoreApplication.translate("Menu", command.under))
            menu = menus[command.menu, command.under]
        if command.apart:
            menu.addSeparator()
        action = QAction(QCoreApplication.translate("Menu", command.title), window)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setCheckable(command.checkable)
        if command.one_of:
            groups.setdefault(command.under, QActionGroup(window)).addAction(action)
        act = does[command.name]
        action.triggered.connect(lambda checked=False, act=act: act())
        menu.addAction(action)
        actions[command.name] = action
    return actions


def enable(actions: Mapping[str, QAction], document: Document | None, *, saving: bool) -> None:
    """Those that can do something as things are."""
    for command in COMMANDS:
        if command.needs_photo:
            actions[command.name].setEnabled(document is not None)
    actions["undo"].setEnabled(document is not None and document.can_undo)
    actions["redo"].setEnabled(document is not None and document.can_redo)
    actions["save_as"].setEnabled(document is not None and not saving)


def menu_of(action: QAction) -> QMenu:
    """The menu that an action of the table stands in."""
    return next(place for place in action.associatedObjects() if isinstance(place, QMenu))
