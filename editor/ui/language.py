"""Language: texts that follow the person's language, also when it is changed while the window is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _Retelling(QObject):
    """Says a widget's texts again when the language has changed."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.acts: list[Callable[[], object]] = []
        owner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange and watched is self.parent():
            for act in self.acts:
                act()
        return False


def retold(owner: QWidget, act: Callable[[], object]) -> None:
    """Calls `act`, which sets a text of `owner` or of something in it, now and after each change of the language."""
    act()
    known = owner.findChild(_Retelling, options=Qt.FindChildOption.FindDirectChildrenOnly)
    (known or _Retelling(owner)).acts.append(act)
