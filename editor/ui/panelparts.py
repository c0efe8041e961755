"""Panel parts: an action as a button over the edits, and the name of a stage between them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

from editor.core.edit import Stage
from editor.ui.actions import plain
from editor.ui.icons import icon
from editor.ui.label import Label
from editor.ui.language import retold
from editor.ui.theme import named


class ActionButton(QToolButton):
    """An action that stands in a menu, as an icon."""

    def __init__(self, action: QAction, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "quiet")
        self._action = action
        self.setIcon(icon(sign))
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        text = plain(self._action.text())
        keys = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setEnabled(self._action.isEnabled())
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({keys})" if keys else text)


class Heading(Label):
    """The name of a stage, over its edits."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "stage")
        self._stage = stage
        self.setContentsMargins(0, 0, 0, 0)
        retold(self, self._name)

    def _name(self) -> None:
        names = {
            Stage.FRAME: self.tr("Frame"),
            Stage.RESTORE: self.tr("Restore"),
            Stage.CUTOUT: self.tr("Product"),
            Stage.TONE: self.tr("Tone"),
            Stage.DESIGN: self.tr("Design"),
            Stage.DETAIL: self.tr("Detail"),
            Stage.SCENE: self.tr("Scene"),
        }
        self.setText(names[self._stage])
