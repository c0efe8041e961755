"""Actions: everything the menus and keys do, in one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from editor.ui.language import retold


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Qt's own, with types: marks a text for lupdate, which looks for this name; it is translated when it is shown."""
    return text


Need = Literal[
    "",
    "photo",  # a photo is open
    "unmarked",  # and no tool shows it with the product marked anyway
    "output",  # and it can be written: no file is being written just now
    "file",  # and it is a file, so that something can be kept beside it
    "matte",  # and a matte that was made elsewhere is kept there
    "undo",
    "redo",
    "folder",  # there are photos in the film strip
    "selection",  # and some of them are selected
    "copy",  # and a virtual copy is among these
]


@dataclass(frozen=True)
class Command:
    """One thing to do: the name of what does it, where it stands, what it is called, its keys, and what it needs."""

    name: str
    menu: str
    title: str
    keys: tuple[str, ...] = ()  # as Lightroom has them, where it does the same
    checkable: bool = False
    apart: bool = False  # a line above it
    needs: Need = ""  # without which it is greyed out
    under: str = ""  # the submenu it stands in
    one_of: bool = False  # of the checkable ones in its submenu, one is on
    icon: str = ""  # the name of its picture, where it is on a button

    @property
    def heading(self) -> str:
        """What it is called where it stands by itself, in the language of now: "Export"."""
        return plain(QCoreApplication.translate("Menu", self.title))


def plain(title: str) -> str:
    """The title of a menu or an action, without what marks its key there: "&Export…" and "导出(&E)…" alike."""
    bare = re.sub(r"\s*\(&.\)", "", title)
    return re.sub("&(.)", r"\1", bare).removesuffix("…")


_FILE, _EDIT = QT_TRANSLATE_NOOP("Menu", "&File"), QT_TRANSLATE_NOOP("Menu", "&Edit")
_PHOTO, _TOOLS = QT_TRANSLATE_NOOP("Menu", "&Photo"), QT_TRANSLATE_NOOP("Menu", "&Tools")
_VIEW, _HELP = QT_TRANSLATE_NOOP("Menu", "&View"), QT_TRANSLATE_NOOP("Menu", "&Help")
_PROOF = QT_TRANSLATE_NOOP("Menu", "Soft &Proof")
_BACKDROP = QT_TRANSLATE_NOOP("Menu", "Transparenc&y")
_RATING, _LABEL = QT_TRANSLATE_NOOP("Menu", "&Rating"), QT_TRANSLATE_NOOP("Menu", "Colour La&bel")
_RECENT, _SORT = QT_TRANSLATE_NOOP("Menu", "Open &Recent"), QT_TRANSLATE_NOOP("Menu", "&Sort Photos by")


COMMANDS = (
    Command("open", _FILE, QT_TRANSLATE_NOOP("Menu", "&Open…"), ("Ctrl+O",)),
    Command("open_folder", _FILE, QT_TRANSLATE_NOOP("Menu", "Open &Folder…"), ("Ctrl+Shift+O",)),
    Command("new_product", _FILE, QT_TRANSLATE_NOOP("Menu", "&New Product from Words…"), icon="concept"),
    Command("clear_recent", _FILE, QT_TRANSLATE_NOOP("Menu", "&Clear List"), under=_RECENT),
    Command("save_as", _FILE, QT_TRANSLATE_NOOP("Menu", "&Export…"), ("Ctrl+Shift+E", "Ctrl+Shift+S"), apart=True,
            needs="output"),
    Command("open_matte", _FILE, QT_TRANSLATE_NOOP("Menu", "Open Ma&tte…"), apart=True, needs="file"),
    Command("save_matte", _FILE, QT_TRANSLATE_NOOP("Menu", "Save M&atte…"), needs="output"),
    Command("remove_matte", _FILE, QT_TRANSLATE_NOOP("Menu", "Remo&ve Matte"), needs="matte"),
    Command("save_look", _FILE, QT_TRANSLATE_NOOP("Menu", "Save &Look as .cube…"), needs="output", apart=True),
    Command("show_file", _FILE, QT_TRANSLATE_NOOP("Menu", "Show in File &Manager"), ("Ctrl+R",), apart=True,
            needs="selection", icon="folder_open"),
    Command("close_photo", _FILE, QT_TRANSLATE_NOOP("Menu", "&Close"), ("Ctrl+W",), apart=True, needs="photo"),
    Command("quit", _FILE, QT_TRANSLATE_NOOP("Menu", "&Quit"), ("Ctrl+Q",)),
    Command("undo", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Undo"), ("Ctrl+Z",), needs="undo"),
    Command("redo", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), needs="redo"),
    Command("copy", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Copy Picture"), ("Ctrl+C",), apart=True, needs="photo"),
    Command("paste", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Paste as Photo"), ("Ctrl+V",)),
    Command("stop", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Stop"), ("Esc",), apart=True),
    Command("render", _EDIT, QT_TRANSLATE_NOOP("Menu", "Render a&gain"), ("F5",), needs="photo"),
    Command("select_all", _EDIT, QT_TRANSLATE_NOOP("Menu", "Select &All Photos"), ("Ctrl+A",), apart=True,
            needs="folder"),
    Command("select_none", _EDIT, QT_TRANSLATE_NOOP("Menu", "Select &Open Photo Only"), ("Ctrl+D",), needs="folder"),
    Command("shortcuts", _EDIT, QT_TRANSLATE_NOOP("Menu", "&Keyboard Shortcuts…"), apart=True, icon="keyboard"),
    Command("preferences", _EDIT, QT_TRANSLATE_NOOP("Menu", "Pr&eferences…"), ("Ctrl+,",), icon="settings"),
    Command("copy_edits", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&Copy Edits…"), ("Ctrl+Shift+C",), apart=True,
            needs="photo", icon="copy"),
    Command("copy_all_edits", _PHOTO, QT_TRANSLATE_NOOP("Menu", "Copy &All Edits"), ("Ctrl+Alt+C",), needs="photo"),
    Command("paste_edits", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&Paste Edits"), ("Ctrl+Shift+V",), needs="photo",
            icon="paste"),
    Command("match_selection", _PHOTO, QT_TRANSLATE_NOOP("Menu", "Match Selectio&n to This Photo"), ("Ctrl+Alt+M",),
            needs="photo"),
    Command("previous_edits", _PHOTO, QT_TRANSLATE_NOOP("Menu", "Edits of the Ph&oto Before"), ("Ctrl+Alt+V",),
            needs="photo"),
    Command("reset_edits", _PHOTO, QT_TRANSLATE_NOOP("Menu", "R&eset All Edits"), ("Ctrl+Shift+R",), needs="photo",
            icon="reset"),
    Command("save_preset", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&Save Edits as Preset…"), ("Ctrl+Shift+N",), apart=True,
            needs="photo", icon="presets"),
    Command("manage_presets", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&Manage Presets…")),
    Command("rate_0", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&No Stars"), ("0",), under=_RATING, needs="selection"),
    Command("rate_1", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&1 Star"), ("1",), under=_RATING, needs="selection"),
    Command("rate_2", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&2 Stars"), ("2",), under=_RATING, needs="selection"),
    Command("rate_3", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&3 Stars"), ("3",), under=_RATING, needs="selection"),
    Command("rate_4", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&4 Stars"), ("4",), under=_RATING, needs="selection"),
    Command("rate_5", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&5 Stars"), ("5",), under=_RATING, needs="selection"),
    Command("label_red", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&Red"), ("6",), under=_LABEL, needs="selection"),
    Command("label_yellow", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&Yellow"), ("7",), under=_LABEL, needs="selection"),
    Command("label_green", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&Green"), ("8",), under=_LABEL, needs="selection"),
    Command("label_blue", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&Blue"), ("9",), under=_LABEL, needs="selection"),
    Command("label_purple", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&Purple"), under=_LABEL, needs="selection"),
    Command("label_none", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&No Label"), under=_LABEL, apart=True, needs="selection"),
    Command("virtual_copy", _PHOTO, QT_TRANSLATE_NOOP("Menu", "New &Virtual Copy"), ("Ctrl+'",), apart=True,
            needs="selection", icon="copies"),
    Command("delete_copy", _PHOTO, QT_TRANSLATE_NOOP("Menu", "&Delete Virtual Copy…"), ("Del",), needs="copy",
            icon="trash"),
    Command("colourways", _PHOTO, QT_TRANSLATE_NOOP("Menu", "Colour&ways…"), needs="photo", icon="colour"),
    Command("explore", _PHOTO, QT_TRANSLATE_NOOP("Menu", "E&xplore Variations…"), ("Ctrl+E",), needs="photo",
            icon="explore"),
    Command("turn_left", _PHOTO, QT_TRANSLATE_NOOP("Menu", "Turn &Left"), ("Ctrl+[",), apart=True, needs="photo",
            icon="rotate_left"),
    Command("turn_right", _PHOTO, QT_TRANSLATE_NOOP("Menu", "Turn R&ight"), ("Ctrl+]",), needs="photo",
            icon="rotate_right"),
    Command("mirror", _PHOTO, QT_TRANSLATE_NOOP("Menu", "Flip &Horizontally"), needs="photo", icon="flip_horizontal"),
    Command("flip", _PHOTO, QT_TRANSLATE_NOOP("Menu", "Flip Ver&tically"), needs="photo", icon="flip_vertical"),
    Command("crop", _TOOLS, QT_TRANSLATE_NOOP("Menu", "&Crop"), ("R",), checkable=True, needs="photo", icon="crop"),
    Command("straighten", _TOOLS, QT_TRANSLATE_NOOP("Menu", "&Straighten by a Line"), ("Shift+R",), checkable=True,
            needs="photo", icon="level"),
    Command("perspective", _TOOLS, QT_TRANSLATE_NOOP("Menu", "&Perspective"), ("Shift+T",), checkable=True,
            needs="photo", icon="perspective"),
    Command("brush", _TOOLS, QT_TRANSLATE_NOOP("Menu", "&Brush"), ("K",), checkable=True, needs="photo", icon="brush"),
    Command("matte_brush", _TOOLS, QT_TRANSLATE_NOOP("Menu", "&Matte Brush"), ("Shift+K",), checkable=True,
            needs="photo", icon="brush"),
    Command("eyedropper", _TOOLS, QT_TRANSLATE_NOOP("Menu", "&Eyedropper"), ("W",), checkable=True, needs="photo",
            icon="eyedropper"),
    Command("fit", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Fit"), ("Ctrl+0",), needs="photo", icon="fit"),
    Command("fill", _VIEW, QT_TRANSLATE_NOOP("Menu", "Fi&ll"), ("Ctrl+Alt+0",), needs="photo", icon="fill"),
    Command("real_pixels", _VIEW, QT_TRANSLATE_NOOP("Menu", "&1:1"), ("Ctrl+1",), needs="photo", icon="real_pixels"),
    Command("double", _VIEW, QT_TRANSLATE_NOOP("Menu", "&2:1"), ("Ctrl+2",), needs="photo"),
    Command("toggle_zoom", _VIEW, QT_TRANSLATE_NOOP("Menu", "Fit &or 1:1"), ("Z",), needs="photo"),
    Command("zoom_in", _VIEW, QT_TRANSLATE_NOOP("Menu", "Zoom &in"), ("Ctrl++", "Ctrl+="), needs="photo"),
    Command("zoom_out", _VIEW, QT_TRANSLATE_NOOP("Menu", "Zoom o&ut"), ("Ctrl+-",), needs="photo"),
    Command("before", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Before"), ("\\",), checkable=True, apart=True,
            needs="photo"),
    Command("side_by_side", _VIEW, QT_TRANSLATE_NOOP("Menu", "Before and After Side by Si&de"), ("Y",), checkable=True,
            needs="photo", icon="side_by_side"),
    Command("split", _VIEW, QT_TRANSLATE_NOOP("Menu", "Befo&re and After Split"), ("Shift+Y",), checkable=True,
            needs="photo", icon="split"),
    Command("matte_overlay", _VIEW, QT_TRANSLATE_NOOP("Menu", "Sho&w Matte Overlay"), ("M",), checkable=True,
            apart=True, needs="unmarked", icon="checker"),
    Command("clipping", _VIEW, QT_TRANSLATE_NOOP("Menu", "Mark &Clipped Pixels"), ("J",), checkable=True,
            icon="clipping"),
    Command("backdrop_checker", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Checkerboard"), checkable=True, under=_BACKDROP,
            one_of=True),
    Command("backdrop_black", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Black"), checkable=True, under=_BACKDROP,
            one_of=True),
    Command("backdrop_white", _VIEW, QT_TRANSLATE_NOOP("Menu", "&White"), checkable=True, under=_BACKDROP,
            one_of=True),
    Command("backdrop_magenta", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Magenta"), checkable=True, under=_BACKDROP,
            one_of=True),
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
    Command("history", _VIEW, QT_TRANSLATE_NOOP("Menu", "&History"), ("Ctrl+H",), checkable=True, icon="history"),
    Command("panels", _VIEW, QT_TRANSLATE_NOOP("Menu", "&All Panels"), ("F8",), checkable=True),
    Command("filter", _VIEW, QT_TRANSLATE_NOOP("Menu", "Filt&er Photos"), ("Ctrl+L",), checkable=True, icon="filter"),
    Command("find_name", _VIEW, QT_TRANSLATE_NOOP("Menu", "Find by &Name"), ("Ctrl+F",), icon="search"),
    Command("next_photo", _VIEW, QT_TRANSLATE_NOOP("Menu", "Ne&xt Photo"), ("Ctrl+Right",)),
    Command("previous_photo", _VIEW, QT_TRANSLATE_NOOP("Menu", "Pre&vious Photo"), ("Ctrl+Left",)),
    Command("sort_name", _VIEW, QT_TRANSLATE_NOOP("Menu", "&Name"), checkable=True, under=_SORT, one_of=True),
    Command("sort_taken", _VIEW, QT_TRANSLATE_NOOP("Menu", "Date &Taken"), checkable=True, under=_SORT, one_of=True),
    Command("sort_modified", _VIEW, QT_TRANSLATE_NOOP("Menu", "Date &Changed"), checkable=True, under=_SORT,
            one_of=True),
    Command("search", _HELP, QT_TRANSLATE_NOOP("Menu", "&Command Search"), ("Ctrl+Shift+P", "/"), icon="search"),
    Command("cheatsheet", _HELP, QT_TRANSLATE_NOOP("Menu", "&Keyboard Shortcuts Sheet…"), ("Ctrl+/",),
            icon="keyboard"),
    Command("about", _HELP, QT_TRANSLATE_NOOP("Menu", "&About Packshot")),
)  # fmt: skip


def build(window: QMainWindow, does: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Fills the window's menu bar. Returns the actions by name; the menu that one stands in is its `menu_of`."""
    menus: dict[tuple[str, str], QMenu] = {}
    groups: dict[str, QActionGroup] = {}
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        if (command.menu, "") not in menus:
            menus[command.menu, ""] = window.menuBar().addMenu("")
        menu = menus[command.menu, ""]
        if command.under:
            if (command.menu, command.under) not in menus:
                menus[command.menu, command.under] = menu.addMenu("")
            menu = menus[command.menu, command.under]
        if command.apart:
            menu.addSeparator()
        action = actions[command.name] = QAction(window)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setCheckable(command.checkable)
        if command.one_of:
            groups.setdefault(command.under, QActionGroup(window)).addAction(action)
        if command.menu in (_EDIT, _PHOTO):  # what was said of the act before is out of date
            action.triggered.connect(window.statusBar().clearMessage)
        act = does[command.name]
        action.triggered.connect(lambda checked=False, act=act: act())
        menu.addAction(action)
    retold(window, partial(_tell, menus, actions))
    return actions


def _tell(menus: Mapping[tuple[str, str], QMenu], actions: Mapping[str, QAction]) -> None:
    """Says what each is called, in the language of now."""
    for (menu, under), each in menus.items():
        each.setTitle(QCoreApplication.translate("Menu", under or menu))
    for command in COMMANDS:
        actions[command.name].setText(QCoreApplication.translate("Menu", command.title))


def tell_undo(actions: Mapping[str, QAction], undoes: str, redoes: str) -> None:
    """Says what they would take back and do again, where that is known: "Undo Exposure"."""
    bare = QCoreApplication.translate("Menu", "&Undo"), QCoreApplication.translate("Menu", "&Redo")
    full = QCoreApplication.translate("Menu", "&Undo {}"), QCoreApplication.translate("Menu", "&Redo {}")
    for number, (name, what) in enumerate((("undo", undoes), ("redo", redoes))):
        text = full[number].format(what.replace("&", "&&")) if what else bare[number]
        if actions[name].text() != text:  # which would be told to all that show it
            actions[name].setText(text)


def enable(actions: Mapping[str, QAction], there: Collection[Need]) -> None:
    """Those that can do something with what is there."""
    for command in COMMANDS:
        if command.needs:
            actions[command.name].setEnabled(command.needs in there)


def menu_of(action: QAction) -> QMenu:
    """The menu that an action of the table stands in."""
    return next(place for place in action.associatedObjects() if isinstance(place, QMenu))
