"""Editing: what is done with edits as a whole: copied, pasted, kept as presets, on the open photo or on many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from editor.core.document import Document
from editor.core.edit import taker_of
from editor.core.handout import Give
from editor.core.presets import Presets
from editor.core.recipe import Recipe
from editor.core.shot import Shot
from editor.core.swatches import SUFFIXES
from editor.ui.actions import tell_undo
from editor.ui.copying import Copying
from editor.ui.filecontrol import unusable
from editor.ui.language import retold
from editor.ui.matching import Matching
from editor.ui.panel import Panel
from editor.ui.presets import PresetMenu
from editor.ui.preview import Preview
from editor.ui.settings import Settings
from editor.ui.undoing import Undoing


class Selecting(Protocol):
    """Where photos are selected: the film strip."""

    @property
    def selected(self) -> tuple[Shot, ...]: ...


class Editing(QObject):
    """Makes `copying` and `presets` for a window and its panel, and sees to it which photos they change.

    Those are the selected ones, where several are; else the open one. `said` is a word for the status bar, `troubled`
    a sentence for the banner.
    """

    said = Signal(str)
    troubled = Signal(str)

    def __init__(
        self,
        panel: Panel,
        preview: Preview,
        strip: Selecting,
        undoing: Undoing,
        settings: Settings,
        presets: Presets,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._panel, self._strip, self._undoing = panel, strip, undoing
        self._window, self._seen = window, Recipe()
        self._document: Document | None = None
        self._undo: QAction | None = None
        self._under_way = ""  # the act that photos get beside the window
        self.copying = Copying(settings, self.hand_out, window)
        self.presets = PresetMenu(presets, settings, self.hand_out, window)
        self.matching = Matching(lambda: strip.selected, self.give_to, window)
        self.matching.said.connect(self.said)
        for each in (self.copying, self.presets):
            each.said.connect(self.said)
            each.troubled.connect(self.troubled)
            panel.offer(each.fill)
        panel.troubled.connect(self.troubled)
        self.presets.tried.connect(preview.try_on)
        undoing.handed.connect(self._handed)
        undoing.changed.connect(lambda: QTimer.singleShot(0, self, self._over))

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands do, by name."""
        return {**self.copying.does(), **self.presets.does(), **self.matching.does()}

    def serve(self, actions: Mapping[str, QAction]) -> None:
        """Put what is wanted often on the bar above the edits."""
        self._undo = actions["undo"]
        self._undoing.changed.connect(partial(self._tell_undo, actions))
        retold(self._window, partial(self._tell_undo, actions))
        signs = {"copy": "copy_edits", "paste": "paste_edits", "reset": "reset_edits"}
        self._panel.offer_actions({sign: actions[name] for sign, name in signs.items()})
        self.presets.serve(self._panel.presets.menu())

    def follow(self, document: Document | None) -> None:
        """Another photo is open, or none."""
        self._document = document
        if document:
            document.on_change(partial(self._changed, document))
            self._seen = document.recipe
        self.copying.follow(document)
        self.matching.follow(document)
        self.presets.follow(document)

    def _tell_undo(self, actions: Mapping[str, QAction]) -> None:
        tell_undo(actions, self._undoing.undoes, self._undoing.redoes)

    def _changed(self, document: Document) -> None:
        """What was said of the act before is out of date."""
        if document is self._document and document.recipe != self._seen:
            self._seen = document.recipe
            self.said.emit("")

    def hand_out(self, give: Give, act: str) -> None:
        """Change the edits of the photos that are meant by `give`, as one step that is called `act`."""
        shots, document = self._strip.selected, self._document
        if len(shots) > 1:
            self.give_to(shots, give, act)
        elif document:
            before = document.recipe
            document.replace(give(before), act)
            self._tell(act, 1 if document.recipe != before else 0)

    def give_to(self, shots: Sequence[Shot], give: Give, act: str) -> None:
        """Change the edits of these photos, whichever they are, in the same way."""
        self._under_way = act
        self._undoing.hand_out(shots, give, act)

    def give(self, path: Path) -> None:
        """A file that is for an edit, such as a look: that edit of the open photo gets it, switched on and in sight."""
        if self._document is None or not self._panel.isEnabled():
            text = self.tr("{} is for a photo: open the photo first, then drop it there.")
            self.troubled.emit(text.format(path.name))
        elif path.suffix.lower() in SUFFIXES:
            self._panel.show_swatches(path)
        elif taker := taker_of(path.name):
            kind, name = taker
            edit = self._document.recipe.get(kind.id) or kind()
            kept = str(path.absolute())
            try:
                given = self._document.recipe.put(edit.with_value(name, kept))
            except ValueError:
                self.troubled.emit(unusable(kept))
                return
            self._document.replace(given.switch(*edit.key, on=True))
            self._panel.reveal(kind.id)

    def _handed(self, shots: tuple[Shot, ...]) -> None:
        if self._under_way:
            self._tell(self._under_way, len(shots))
            self._under_way = ""

    def _over(self) -> None:
        """Photos beside the window have been changed, or none had to be."""
        if self._under_way and not self._undoing.busy:
            self._tell(self._under_way, 0)
            self._under_way = ""

    def _tell(self, act: str, count: int) -> None:
        """What was done to how many photos, and how it is taken back."""
        act = act.partition(":")[0]
        keys = self._undo.shortcut().toString(QKeySequence.SequenceFormat.NativeText) if self._undo else ""
        if count == 0:
            said = self.tr("Nothing has changed")
        elif count == 1:
            said = {
                "reset": self.tr("All edits reset"),
                "preset": self.tr("Preset used"),
                "match": self.tr("The photo is to match this one; if it cannot, it says so when it is opened"),
            }.get(act, self.tr("Edits pasted"))
        else:
            said = {
                "reset": self.tr("All edits of {} photos reset"),
                "preset": self.tr("Preset used on {} photos"),
                "match": self.tr("{} photos are to match this one; what cannot be matched says so when it is opened"),
            }.get(act, self.tr("Edits pasted onto {} photos")).format(count)
        self.said.emit(self.tr("{}; {} takes it back").format(said, keys) if keys and count else said)
