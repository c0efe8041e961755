"""Mouse focus: who sets a value with the mouse has the keys go on to the photo or the film strip, as before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from editor.ui.buttons import Switch, Tick
from editor.ui.numbers import DragSlider
from editor.ui.segments import Segment


class MouseFocus(QObject):
    """Keeps the mouse from giving the focus to sliders, switches, tick boxes and segments in `panel`.

    The Tab key still does. If the focus is elsewhere in the panel, a number just typed is taken, and what had the focus
    before the panel has it again.
    """

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self._before: QWidget | None = None  # the last that had the focus outside of it
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def watch(self, inside: QWidget) -> None:
        """Do so for all of these that are in a widget."""
        for kind in (DragSlider, Switch, Tick, Segment):
            for each in inside.findChildren(kind):
                each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.MouseButtonPress:
            self._give_back()
        return super().eventFilter(watched, event)

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now.window() is self._panel.window() and not self._panel.isAncestorOf(now):
            self._before = now

    def _give_back(self) -> None:
        now, before = QApplication.focusWidget(), self._before
        if now is None or not self._panel.isAncestorOf(now):
            return
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            now.clearFocus()
