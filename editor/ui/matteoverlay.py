"""Matte overlay: shows on the photo where the product was found, until it is asked for no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStatusBar

from editor.ui.preview import Preview

BRIEFLY = 5000  # ms


class MatteOverlay(QObject):
    """The command of the menu, and the mark that it is on. It stays on from photo to photo."""

    def __init__(self, preview: Preview, parent: QObject) -> None:
        super().__init__(parent)
        self._preview = preview
        self._action: QAction | None = None
        self._status: QStatusBar | None = None

    def furnish(self, status: QStatusBar) -> None:
        """Where it is said that there is nothing to be seen."""
        self._status = status

    def does(self) -> dict[str, Callable[[], object]]:
        """What the command of the menu does, by name."""
        return {"matte_overlay": self._toggle}

    def serve(self, actions: Mapping[str, QAction]) -> None:
        """Keep the mark in the menu right."""
        self._action = actions["matte_overlay"]
        self._action.setChecked(self._preview.overlay)

    def _toggle(self) -> None:
        on = not self._preview.overlay
        self._preview.show_overlay(on)
        if self._action:
            self._action.setChecked(on)
        if on and self._status and all(edit.overlaid() == edit for edit in self._preview.plain.active):
            self._status.showMessage(self.tr("No edit that is on finds the product of this photo"), BRIEFLY)
