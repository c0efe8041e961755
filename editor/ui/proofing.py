"""Proofing: which screen the canvas is on, and what it is to show as: an output profile, with or without a warning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from editor.core.color import OUTPUT_SPACES, SRGB, Space
from editor.core.icc import colour_model
from editor.core.proof import Screen
from editor.ui.monitor import monitor_space
from editor.ui.reasons import in_words
from editor.ui.settings import Settings

_CHANNELS = {"GRAY": 1, "RGB": 3, "CMYK": 4}


class Proofing(QObject):
    """Holds the `Screen`, and what the menu says of it. `changed` comes with a new one, `troubled` with a sentence."""

    changed = Signal(object)
    troubled = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings, self._window = settings, parent
        self._actions: Mapping[str, QAction] = {}
        self._chosen = "proof_off"
        self._only_warned = False  # the proof came with the warning, and goes with it
        self.screen = Screen(self._monitor())

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        spaces = {f"proof_{n}": partial(self.show_as, f"proof_{n}", space) for n, space in OUTPUT_SPACES.items()}
        return {
            "proof_off": partial(self.show_as, "proof_off", None), **spaces, "proof_file": self._open_profile,
            "gamut": self._warn, "monitor": self._open_monitor,
        }  # fmt: skip

    def serve(self, actions: Mapping[str, QAction]) -> None:
        """Keep the marks in the menu right."""
        self._actions = actions
        self._mark()

    def ask_profile(self, title: str) -> Path | None:
        """A file with a profile, or None. Small, so that a test can answer."""
        kinds = QCoreApplication.translate("Proofing", "Colour profiles")
        name, _ = QFileDialog.getOpenFileName(self._window, title, "", f"{kinds} (*.icc *.icm *.ICC *.ICM)")
        return Path(name) if name else None

    def show_as(self, name: str, space: Space | None) -> None:
        """Show colours as `space` holds them; None: as they are."""
        self._chosen, self._only_warned = name, False
        self._set(replace(self.screen, proof=space, warn=self.screen.warn and space is not None))

    def _warn(self) -> None:
        if self.screen.proof is None:  # a warning about nothing in particular is one about sRGB
            self._chosen, self._only_warned = "proof_srgb", True
            self._set(replace(self.screen, proof=SRGB, warn=True))
        elif self._only_warned:
            self.show_as("proof_off", None)
        else:
            self._set(replace(self.screen, warn=not self.screen.warn))

    def _open_profile(self) -> None:
        path = self.ask_profile(self.tr("Proof with a colour profile"))
        if path is None:
            self._mark()
            return
        try:
            self.show_as("proof_file", _space_in(path))
        except ValueError as error:
            self._mark()
            self.troubled.emit(str(error))

    def _open_monitor(self) -> None:
        path = self.ask_profile(self.tr("The profile of this monitor (none: as the system says)"))
        try:
            space = monitor_space(path)
        except ValueError as error:
            self.troubled.emit(str(error))
            return
        self._settings.monitor = path
        self._set(replace(self.screen, monitor=space))

    def _monitor(self) -> Space:
        try:
            return monitor_space(self._settings.monitor)
        except ValueError:  # the file has gone since
            return monitor_space()

    def _set(self, screen: Screen) -> None:
        before, self.screen = self.screen, screen
        self._mark()
        if screen != before:
            self.changed.emit(screen)

    def _mark(self) -> None:
        if self._actions:
            self._actions[self._chosen].setChecked(True)
            self._actions["gamut"].setChecked(self.screen.warn)


def _space_in(path: Path) -> Space:
    try:
        data = path.read_bytes()
    except OSError as error:
        text = QCoreApplication.translate("Proofing", "{}: cannot be read ({})")
        raise ValueError(text.format(path, in_words(error.strerror or str(error)))) from None
    model = colour_model(data)
    space = Space.of(data, _CHANNELS.get(model, 3))
    if model not in _CHANNELS or space.profile is None:
        text = QCoreApplication.translate("Proofing", "{}: is no colour profile of an output that Packshot knows")
        raise ValueError(text.format(path))
    return space
