"""Preferring: what a person has set in the Preferences, told to whom it concerns, and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from editor.core.engine import Engine
from editor.core.formats import FORMATS
from editor.ui.asking import DeviceAsking
from editor.ui.settings import Preferences, Settings

if TYPE_CHECKING:
    from editor.ui.dialogs.preferences import PreferencesDialog


class Preferring(QObject):
    """Opens the dialog. `changed` comes with what is to hold now, also while it is only tried and when taken back."""

    changed = Signal(object)  # Preferences

    def __init__(self, settings: Settings, commanded: Mapping[str, str], window: QWidget) -> None:
        """`commanded` is what the command line says of "device" and "memory" (MB); it goes before what was set."""
        super().__init__(window)
        self._settings, self._window, self._commanded = settings, window, commanded
        self._device_told = ""
        self.dialog: PreferencesDialog | None = None

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        return {"preferences": self.open}

    @property
    def preferences(self) -> Preferences:
        """What is to hold."""
        return self._over(self._settings.preferences)

    def attend(self, engine: Engine, device: DeviceAsking) -> None:
        """Keep these two as the preferences have them. Theme, language and networks are the application's."""
        self._device_told = self.preferences.device

        def hold(chosen: Preferences) -> None:
            engine.allow(chosen.memory << 20)
            if chosen.device != self._device_told:
                self._device_told = chosen.device
                device.anew()

        hold(self.preferences)
        self.changed.connect(hold)

    def open(self) -> None:
        """Let a person set them."""
        from editor.ui.dialogs.preferences import PreferencesDialog  # no sooner: the window is to be there first

        given = self._settings.preferences
        outputs = {kind.name: self._settings.output(kind.name) for kind in FORMATS}
        dialog = self.dialog = PreferencesDialog(given, outputs, self._commanded, self._window)
        dialog.tried.connect(self._tell)
        dialog.finished.connect(lambda result: self._end(dialog, given, kept=bool(result)))
        dialog.open()

    def _end(self, dialog: PreferencesDialog, given: Preferences, *, kept: bool) -> None:
        self.dialog = None
        if kept:
            self._settings.preferences = dialog.preferences
            for name, output in dialog.outputs.items():
                if output != self._settings.output(name):
                    self._settings.keep_output(name, output)
        self._tell(self._settings.preferences if kept else given)
        dialog.deleteLater()

    def _tell(self, chosen: Preferences) -> None:
        self.changed.emit(self._over(chosen))

    def _over(self, chosen: Preferences) -> Preferences:
        """What the command line says goes before."""
        device, memory = self._commanded.get("device", chosen.device), self._commanded.get("memory", chosen.memory)
        return replace(chosen, device=device, memory=int(memory))
