"""Renaming: the control of a slider that a person may call something else, by F2, a double click or its menu."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from editor.core.params import Slider
from editor.ui.control import told
from editor.ui.controls import SliderControl
from editor.ui.header import NameField
from editor.ui.icons import icon
from editor.ui.language import retold
from editor.ui.titles import Titles


class RenamableControl(SliderControl):
    """Its object name, KIND.PARAMETER, says whose title it has. A double click on the title renames it, and one on the
    slider sets the value back, as everywhere."""

    def __init__(self, param: Slider, default: object, parent: QWidget | None = None) -> None:
        self._titles: Titles | None = None
        super().__init__(param, default, parent)
        self.field = NameField()
        self.row.insertWidget(0, self.field, 1)
        self.field.given.connect(self._give)
        self.field.ended.connect(self._end)
        self.label.reset.disconnect(self._reset)
        self.label.reset.connect(self.ask_title)
        retold(self, self._name_field)

    def follow(self, titles: Titles) -> None:
        """Be called as `titles` says, and say what it is to be called."""
        self._titles = titles
        titles.changed.connect(self._name)
        titles.changed.connect(self._name_field)
        self._name()
        self._name_field()

    @property
    def title(self) -> str:
        if self._titles is None:
            return super().title
        return self._titles.of(*self._spot)

    @property
    def _spot(self) -> tuple[str, str]:
        kind, _, name = self.objectName().partition(".")
        return kind, name

    def _name_field(self) -> None:
        self.field.setAccessibleName(self.tr("Name of {}").format(self.title))
        self.field.setPlaceholderText(told(self._param.title))

    def ask_title(self) -> None:
        """Let the person call it something else."""
        if self._titles and self.isEnabled():
            self.label.hide()
            self.field.ask(self.title)

    def _give(self, title: str) -> None:
        if self._titles:
            self._titles.give(*self._spot, title)

    def _end(self) -> None:
        self.label.show()
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.ask_title()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._titles is None:
            event.ignore()
            return
        menu = QMenu(self)
        menu.addAction(icon("rename"), self.tr("Rename…"), self.ask_title)
        own = menu.addAction(self.tr("Call It {} Again").format(told(self._param.title)), lambda: self._give(""))
        own.setEnabled(bool(self._titles.given(*self._spot)))
        menu.addSeparator()
        menu.addAction(icon("reset"), self.tr("Set Back to {}").format(self._param.format(self._default)), self._reset)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())
        event.accept()
