"""Edit group: one edit in the panel: its switch, what can be done with it, and a control for each parameter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from editor.core.document import Document
from editor.core.edit import Edit, Facts, Reading, Stage
from editor.ui.buttons import Switch
from editor.ui.control import Networks
from editor.ui.controls import Control, control, told
from editor.ui.header import FoldButton, NameField
from editor.ui.icons import icon
from editor.ui.language import retold
from editor.ui.noteline import NoteLine
from editor.ui.resultline import ResultLine
from editor.ui.theme import named
from editor.ui.tools.toolbox import ToolBox


class EditGroup(QWidget):
    """The edit of a kind, or one of several of that kind by its name. Folded at first; unfolding makes its controls."""

    tool_wanted = Signal(str, bool)  # to set a parameter on the picture
    folded = Signal(bool)  # by a person
    switched_on = Signal()  # by a person
    alone = Signal()  # the others are to be folded
    another = Signal()  # one more of this kind is wanted
    renamed = Signal(str)
    troubled = Signal(str)  # why a control does not take a value
    grown = Signal(object)  # the QWidget that its controls are in, which have just been made

    def __init__(self, kind: type[Edit], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.name = kind, name
        self.offers: list[Callable[[EditGroup, QMenu], None]] = []  # what others put into its menu
        self.networks: Networks = lambda task: ()  # what there is to choose from
        self._document: Document | None = None
        self._shown: object = None
        self._found = ""
        self._tool = ""
        self.note: NoteLine | None = None  # made when there is something to be said
        self.result: ResultLine | None = None  # made with the controls
        self._readings: Sequence[Reading] = ()
        self._tools: ToolBox | None = None
        self._controls: dict[str, Control] = {}
        self._idle: frozenset[str] = frozenset()  # those that are left out
        self._build()
        retold(self, self._tell)
        self.refresh()

    def _build(self) -> None:
        self.fold = FoldButton()
        self.fold.toggled.connect(self._fold)
        self.fold.alone.connect(self.alone)
        self.fold.renaming.connect(self.ask_name)
        self.field = NameField()
        self.field.given.connect(self._rename)
        self.field.ended.connect(self._named)
        self.reset, self.more = (named(QToolButton(), "quiet") for _ in range(2))
        for button, sign in ((self.reset, "reset"), (self.more, "menu")):
            button.setIcon(icon(sign))
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setFixedWidth(28)
        self.reset.clicked.connect(self._reset)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.switch = Switch()
        self.switch.toggled.connect(self._switch)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 10, 0)
        head.setSpacing(2)
        naming = QHBoxLayout()
        naming.setContentsMargins(12, 3, 6, 4)
        naming.addWidget(self.field)
        head.addWidget(self.fold, 1)
        head.addLayout(naming, 1)
        for button in (self.reset, self.more):
            head.addWidget(button)
        head.addWidget(self.switch)
        self._body = QWidget()
        self._body.hide()
        rule = named(QFrame(), "rule")
        rule.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._body)
        column.addWidget(rule)

    def _tell(self) -> None:
        title = self.title
        self.fold.setText(title)
        self.fold.setToolTip(self.tr("Click to fold or unfold, with Alt to fold the others"))
        self.switch.setAccessibleName(title)
        self.switch.setToolTip(self.tr("On or off; the values are kept"))
        self.reset.setAccessibleName(self.tr("Reset {}").format(title))
        self.reset.setToolTip(self.tr("Reset {}").format(title))
        self.more.setAccessibleName(self.tr("More for {}").format(title))
        self.more.setToolTip(self.tr("Copy, paste, presets and more"))
        self.field.setAccessibleName(self.tr("Name of this {}").format(title))
        self._tell_fold()

    def _tell_fold(self) -> None:
        self.fold.setAccessibleDescription(self.tr("Unfolded") if self.fold.isChecked() else self.tr("Folded"))

    @property
    def title(self) -> str:
        """What it is called, in the language of now: "Recolor", "Recolor · sole"."""
        return f"{told(self.kind.title)} · {self.name}" if self.name else told(self.kind.title)

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.id, self.name

    @property
    def edit(self) -> Edit:
        """The edit as the recipe has it, or as it would begin."""
        return (self._document and self._document.recipe.get(*self.key)) or self.kind(name=self.name)

    @property
    def there(self) -> bool:
        """Whether the recipe has it, on or off."""
        return self._document is not None and self._document.recipe.get(*self.key) is not None

    @property
    def document(self) -> Document | None:
        return self._document

    # Folding

    @property
    def controls(self) -> dict[str, Control]:
        """By parameter. Made when they are asked for."""
        if not self._controls:
            self._make()
        return self._controls

    @property
    def made(self) -> bool:
        """Whether there are controls already."""
        return bool(self._controls)

    @property
    def unfolded(self) -> bool:
        return self.fold.isChecked()

    def unfold(self, on: bool = True) -> None:
        """Fold or unfold it, not as a person's wish."""
        with QSignalBlocker(self.fold):
            self.fold.setChecked(on)
        self._show_body(on)

    def _fold(self, unfolded: bool) -> None:
        self._show_body(unfolded)
        self.folded.emit(not unfolded)

    def _show_body(self, shown: bool) -> None:
        if shown and not self._controls:
            self._make()
        self._body.setVisible(shown)
        self._tell_fold()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # what was unfolded has its place at once

    def _make(self) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(14, 2, 14, 12)
        column.setSpacing(8)
        for name, param in self.kind.params().items():
            made = self._controls[name] = control(param, getattr(self.kind(), name), self._body)
            made.join(list(self._controls.values())[:-1])
            made.setObjectName(f"{self.kind.id}.{name}")
            made.changed.connect(partial(self._change, name))
            made.settled.connect(self._settle)
            made.troubled.connect(self.troubled)
            made.tool_wanted.connect(partial(self.tool_wanted.emit, name))
            if self._tools:
                made.equip(self._tools, (self.key, name))
            made.offer(self.networks)
            made.show_found(self._found)
            made.show_tool(name == self._tool)
            made.show_value(getattr(self.edit, name))
            column.addWidget(made)
        self.result = ResultLine(self._readings)
        column.insertWidget(1, self.result)  # in sight while what it is about is changed, which stands first
        self._hide_idle()
        self.grown.emit(self._body)

    # Showing

    def follow(self, document: Document | None) -> None:
        """Show and change another document."""
        self._document, self._shown = document, None
        self._show_found("")
        self._show_result("")
        self.refresh()

    def refresh(self) -> None:
        """Show what the document says."""
        edit, document = self.edit, self._document
        on = document is not None and document.recipe.is_on(*self.key)
        if self._shown == (edit, on, document is not None):
            return
        self._shown = edit, on, document is not None
        self.setEnabled(document is not None)
        self.fold.show_bright(on)
        with QSignalBlocker(self.switch):
            self.switch.setChecked(on)
        self.switch.update()
        self.reset.setEnabled(self.changed)
        if not on or edit.question() is None:
            self._show_result("")
        for name, made in self._controls.items():
            made.show_value(getattr(edit, name))
        self._hide_idle()

    def _hide_idle(self) -> None:
        """Leave out what changes nothing just now, unless it is being set on the picture."""
        idle = (self.edit.idle() - {self._tool}) & set(self._controls)
        for name in idle ^ self._idle:  # a control may hide for reasons of its own
            self._controls[name].setHidden(name in idle)
        self._idle = idle

    @property
    def changed(self) -> bool:
        """Whether it is not as it would begin."""
        return self.edit != self.kind(name=self.name)

    def show_found(self, facts: Facts, readings: Sequence[Reading] = ()) -> None:
        """What the edit found out about the photo, and what has come of it."""
        self._show_found(str(facts))
        self._show_result(facts.note, readings)

    def _show_found(self, text: str) -> None:
        self._found = text
        for made in self._controls.values():
            made.show_found(text)

    def _show_result(self, note: str, readings: Sequence[Reading] = ()) -> None:
        self._readings = readings
        notes, column = (note, *(reading.text for reading in readings if reading.warns)), self.layout()
        if any(notes) and self.note is None and isinstance(column, QVBoxLayout):
            self.note = NoteLine()
            column.insertWidget(1, self.note)
        if self.note:
            self.note.say(*notes)
        if self.result:
            self.result.say(readings)

    def equip(self, tools: ToolBox) -> None:
        """Have its parameters that lie on the picture set there with `tools`."""
        self._tools = tools
        self.tool_wanted.connect(partial(tools.want, self.key))
        for name, made in self._controls.items():
            made.equip(tools, (self.key, name))

    def show_tool(self, param: str) -> None:
        """Which of its parameters is being set on the picture; empty: none."""
        self._tool = param
        for name, made in self._controls.items():
            made.show_tool(name == param)
        self._hide_idle()

    # Doing

    def _switch(self, on: bool) -> None:
        if not self._document:
            return
        if on and not self.there:
            self._document.put(self.edit)
        else:
            self._document.switch(*self.key, on=on)
        if on:
            self.switched_on.emit()

    def _reset(self) -> None:
        if self._document and self.there:
            plain = self.kind(name=self.name)
            self._document.replace(self._document.recipe.put(plain))  # switched on or off as it was

    def _change(self, name: str, value: object) -> None:
        if self._document:
            try:
                edit = self.edit.with_value(name, value)
            except ValueError:  # values that do not go together
                self._controls[name].show_value(getattr(self.edit, name))
            else:
                held = self._tools.keeping(edit) if self._tools else edit
                self._document.put(held, gesture=(*self.key, name))

    def _settle(self) -> None:
        if self._document:
            self._document.end_gesture()

    def remove(self) -> None:
        """Take it out of the recipe."""
        if self._document:
            self._document.remove(*self.key)

    # Its menu, and its name

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())
        event.accept()

    def _fill(self) -> None:
        menu = self.menu
        for under in menu.findChildren(QMenu):  # which clearing it would leave behind
            under.setParent(None)
            under.deleteLater()
        menu.clear()
        for offer in self.offers:
            offer(self, menu)
        menu.addSeparator()
        if self.kind.stage != Stage.FRAME:  # a picture has one frame
            menu.addAction(icon("plus"), self.tr("Add Another {}").format(told(self.kind.title)), self.another.emit)
        if self.name:
            menu.addAction(icon("rename"), self.tr("Rename"), self.ask_name)
            menu.addAction(icon("trash"), self.tr("Remove"), self.remove)
        menu.addAction(icon("reset"), self.tr("Reset"), self._reset).setEnabled(self.changed)
        menu.addSeparator()
        menu.addAction(self.tr("Fold the Others"), self._alone)

    def _alone(self) -> None:
        self.fold.setChecked(True)
        self.alone.emit()

    def ask_name(self) -> None:
        """Let the person give it another name, if it has one."""
        if self.name:
            self.fold.hide()
            self.field.ask(self.name)

    def _named(self) -> None:
        self.fold.show()
        self.fold.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rename(self, name: str) -> None:
        if name and name != self.name:
            self.renamed.emit(name)
