"""Panel: the edits with their switches and controls, made from what the edits declare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from editor.core.document import Document
from editor.core.edit import Edit, Facts
from editor.ui.buttons import Switch
from editor.ui.controls import Control, control
from editor.ui.theme import named

WIDTH = 300


class EditGroup(QWidget):
    """One edit: its switch, a button that sets it back, and a control for each parameter."""

    def __init__(self, kind: type[Edit], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._document: Document | None = None
        title = QCoreApplication.translate("Edits", kind.title)
        self.switch = Switch()
        self.switch.setAccessibleName(title)
        self.switch.setToolTip(self.tr("On or off; the values are kept"))
        self.switch.toggled.connect(self._switch)
        self.reset = named(QPushButton(self.tr("Reset")), "quiet")
        self.reset.setAccessibleName(self.tr("Reset {}").format(title))
        self.reset.clicked.connect(self._reset)
        head = QHBoxLayout()
        head.addWidget(self.switch)
        head.addWidget(named(QLabel(title), "group"))
        head.addStretch(1)
        head.addWidget(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(10)
        column.addLayout(head)
        self.controls: dict[str, Control] = {}
        for name, param in kind.params().items():
            made = control(param, getattr(kind(), name))
            made.setObjectName(f"{kind.id}.{name}")
            made.changed.connect(partial(self._change, name))
            made.settled.connect(self._settle)
            column.addWidget(made)
            self.controls[name] = made
        self.refresh()

    @property
    def _edit(self) -> Edit:
        """The edit as the recipe has it, or as it would begin."""
        return (self._document and self._document.recipe.get(self.kind.id)) or self.kind()

    def follow(self, document: Document | None) -> None:
        """Show and change another document."""
        self._document = document
        for made in self.controls.values():
            made.show_found("")
        self.refresh()

    def refresh(self) -> None:
        """Show what the document says."""
        edit, document = self._edit, self._document
        self.setEnabled(document is not None)
        with QSignalBlocker(self.switch):
            self.switch.setChecked(document is not None and document.recipe.is_on(self.kind.id))
        self.switch.update()
        self.reset.setEnabled(edit != self.kind())
        for name, made in self.controls.items():
            made.show_value(getattr(edit, name))

    def show_found(self, facts: Facts) -> None:
        """What the edit found out about the photo."""
        for made in self.controls.values():
            made.show_found(str(facts))

    def _switch(self, on: bool) -> None:
        if not self._document:
            return
        if on and self._document.recipe.get(self.kind.id) is None:
            self._document.put(self.kind())
        else:
            self._document.switch(self.kind.id, on=on)

    def _reset(self) -> None:
        if self._document and self._document.recipe.get(self.kind.id) is not None:
            self._document.replace(self._document.recipe.put(self.kind()))  # switched on or off as it was

    def _change(self, name: str, value: object) -> None:
        if self._document:
            changes = {name: value}
            edit = replace(self._edit, **changes)  # type: ignore[arg-type]
            self._document.put(edit, gesture=(self.kind.id, name))

    def _settle(self) -> None:
        if self._document:
            self._document.end_gesture()


class Panel(QScrollArea):
    """All edits there are, in the order they are cooked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = named(QWidget(), "groups")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.groups: dict[str, EditGroup] = {}
        for kind in sorted(Edit.kinds.values(), key=lambda k: (k.stage, k.id)):
            group = self.groups[kind.id] = EditGroup(kind)
            column.addWidget(group)
            rule = named(QFrame(), "rule")
            rule.setFixedHeight(1)
            column.addWidget(rule)
        column.addStretch(1)
        self.setWidget(inside)

    def docked(self, window: QWidget) -> QDockWidget:
        """A dock of `window` that holds it and cannot be moved."""
        dock = named(QDockWidget(self.tr("Edits"), window), "edits")
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(self)
        return dock

    def follow(self, document: Document | None) -> None:
        for group in self.groups.values():
            group.follow(document)

    def refresh(self) -> None:
        for group in self.groups.values():
            group.refresh()

    def show_found(self, facts: Mapping[tuple[str, str], Facts]) -> None:
        for (kind, name), found in facts.items():
            if not name and kind in self.groups:
                self.groups[kind].show_found(found)
