"""Titles: what a person calls sliders whose own titles say little, "Direction 1"; kept in the settings."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from editor.core.edit import Edit
from editor.ui.control import told
from editor.ui.settings import Settings


class Titles(QObject):
    """One name for each parameter of a kind of edit, whatever photo it is on. `changed` says that one is another."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._given = settings.titles

    def of(self, kind: str, param: str) -> str:
        """What a parameter is called, in the language of now; as it was named, if it was."""
        return self._given.get(_key(kind, param)) or told(Edit.kinds[kind].params()[param].title)

    def given(self, kind: str, param: str) -> str:
        """The name that it was given; empty: none."""
        return self._given.get(_key(kind, param), "")

    def give(self, kind: str, param: str, title: str) -> None:
        """Call it so from now on; empty, or its own title: as it comes."""
        title = " ".join(title.split())
        if title == told(Edit.kinds[kind].params()[param].title):
            title = ""
        if title != self.given(kind, param):
            others = {key: text for key, text in self._given.items() if key != _key(kind, param)}
            self._given = {**others, **({_key(kind, param): title} if title else {})}
            self._settings.titles = self._given
            self.changed.emit()

    def serve(self, body: QWidget) -> None:
        """Have the controls in `body` that can be renamed do so."""
        from editor.ui.renaming import RenamableControl

        for control in body.findChildren(RenamableControl):
            control.follow(self)


def _key(kind: str, param: str) -> str:
    return f"{kind}.{param}"
