"""Shortcuts: the keys of the commands, as they come or as a person has changed them; only what differs is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from editor.ui.actions import COMMANDS
from editor.ui.settings import Settings

Keys = Mapping[str, tuple[str, ...]]  # of every command by its name; written as QKeySequence's portable text
DEFAULTS: Keys = {
    command.name: tuple(QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) for key in command.keys)
    for command in COMMANDS
}
# what the widget with the focus, or the picture, is moved by; a command must not take it away
KEPT_FREE = frozenset(
    ("Space", "Tab", "Shift+Tab", "Backtab", "Shift+Backtab", "Return", "Enter", "Left", "Right", "Up", "Down",
     "PgUp", "PgDown", "Home", "End", "Backspace")
)  # fmt: skip
_HELD = ("Shift", "Control", "Alt", "AltGr", "Meta")  # keys that do nothing by themselves


def read(text: str) -> tuple[Keys, list[str]]:
    """All keys, with the differences that `text` (JSON) tells of, and what in it could not be understood, in words.

    Of two commands with one key, the one that a person has given it to has it.
    """
    changed: dict[str, tuple[str, ...]] = {}
    wrong: list[str] = []
    try:
        told = json.loads(text or "{}")
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return DEFAULTS, [text[:40]]
    for name, keys in told.items():
        if name not in DEFAULTS or not isinstance(keys, list):
            wrong.append(name)
            continue
        sound = [sequence for key in keys if isinstance(key, str) and (sequence := portable(key))]
        free = [key for key in dict.fromkeys(sound) if not any(key in others for others in changed.values())]
        if len(free) < len(keys):
            wrong.append(name)
        if free or not keys:
            changed[name] = tuple(free)
    taken = {key for keys in changed.values() for key in keys}
    return {name: changed.get(name, tuple(k for k in DEFAULTS[name] if k not in taken)) for name in DEFAULTS}, wrong


def differences(keys: Keys) -> str:
    """What `read` takes: the commands whose keys are not those that they come with."""
    return json.dumps({name: list(keys[name]) for name in DEFAULTS if keys[name] != DEFAULTS[name]})


def portable(key: str) -> str:
    """A key as it is kept, "Ctrl+K"; empty for what is none, or none that a command may have."""
    sequence = QKeySequence(key)
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    held = text.rpartition("+")[2] in _HELD
    return text if sequence.count() == 1 and text not in KEPT_FREE and not held else ""


def native(key: str) -> str:
    """A key as it stands in menus."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def owner(keys: Keys, key: str) -> str:
    """The name of the command that has a key; empty if it is free."""
    return next((name for name, own in keys.items() if key in own), "")


def given(keys: Keys, name: str, own: tuple[str, ...]) -> Keys:
    """The keys after a command was given `own`; whichever others had them have lost them."""
    return {n: own if n == name else tuple(k for k in others if k not in own) for n, others in keys.items()}


class Shortcuts(QObject):
    """Gives the actions their keys, and lets a person change them."""

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings, self._window = settings, window
        self._actions: Mapping[str, QAction] = {}
        self.keys, self._wrong = read(settings.keys)
        if self._wrong:
            settings.keys = differences(self.keys)  # it is said once

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        return {"shortcuts": self.change, "cheatsheet": self.show_sheet}

    def serve(self, actions: Mapping[str, QAction]) -> None:
        """The actions that have the keys."""
        self._actions = actions
        self.set(self.keys)

    @property
    def trouble(self) -> str:
        """A sentence about kept shortcuts that could not be understood; empty if all could."""
        if not self._wrong:
            return ""
        text = QCoreApplication.translate("Shortcuts", "Some changed shortcuts were not understood and left out: {}.")
        return text.format(", ".join(self._wrong))

    def set(self, keys: Keys) -> None:
        """Use these from now on."""
        self.keys = keys
        for name, action in self._actions.items():
            action.setShortcuts([QKeySequence(key) for key in keys[name]])

    def change(self) -> None:
        """Let a person change them."""
        from editor.ui.dialogs.shortcuts import ShortcutsDialog

        dialog = ShortcutsDialog(self.keys, self._window)
        dialog.accepted.connect(partial(self._take, dialog))
        dialog.open()

    def show_sheet(self) -> None:
        """Show all of them, to be printed."""
        from editor.ui.dialogs.cheatsheet import CheatSheetDialog

        CheatSheetDialog(self.keys, self._window).open()

    def _take(self, dialog: object) -> None:
        self.set(dialog.keys)  # type: ignore[attr-defined]
        self._settings.keys = differences(self.keys)
