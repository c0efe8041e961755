"""Panel: the edits with their switches and controls, made from what the edits declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.document import Document
from editor.core.edit import Edit, Facts, Reading
from editor.core.params import Colour
from editor.core.swatches import SwatchError
from editor.ui.control import Networks
from editor.ui.editgroup import EditGroup
from editor.ui.icons import icon
from editor.ui.language import retold
from editor.ui.mousefocus import MouseFocus
from editor.ui.panelparts import ActionButton, Heading
from editor.ui.reasons import in_words
from editor.ui.settings import Settings
from editor.ui.swatchbook import SwatchBook
from editor.ui.theme import named
from editor.ui.titles import Titles
from editor.ui.tools.toolbox import ToolBox

__all__ = ["EditGroup", "Panel"]

WIDTH = 312

Key = tuple[str, str]


class Panel(QWidget):
    """All edits there are, in the order they are cooked, and those of a kind that have a name of their own.

    `troubled` says why a control does not take a value."""

    troubled = Signal(str)

    def __init__(
        self, settings: Settings | None = None, networks: Networks | None = None, parent: QWidget | None = None
    ) -> None:
        """`networks` says which a person has brought along for a task."""
        super().__init__(parent)
        self._settings, self._networks = settings or Settings(), networks or (lambda task: ())
        self._document: Document | None = None
        self._offers: list[Callable[[EditGroup, QMenu], None]] = []
        self._tools: ToolBox | None = None
        self._places: dict[str, QVBoxLayout] = {}
        self.groups: dict[str, EditGroup] = {}  # those without a name, by kind
        self.by_name: dict[Key, EditGroup] = {}  # and those with one
        self._mouse_focus = MouseFocus(self)
        self.book, self.titles = SwatchBook(self._settings, self), Titles(self._settings, self)
        self.setMinimumWidth(WIDTH)
        self.area = named(QScrollArea(), "panel")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._build_groups())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_bar())
        column.addWidget(self.area, 1)

    def _build_bar(self) -> QWidget:
        self.bar = named(QWidget(), "bar")
        self.bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.presets = named(QToolButton(), "quiet")
        self.presets.setIcon(icon("presets"))
        self.presets.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.presets.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.presets.setMenu(QMenu(self.presets))
        self.folding = named(QToolButton(), "quiet")
        self.folding.clicked.connect(self._fold_all)
        for button in (self.presets, self.folding):
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row = QHBoxLayout(self.bar)
        self._row.setContentsMargins(8, 5, 10, 5)
        self._row.setSpacing(2)
        self._row.addWidget(self.presets)
        self._row.addStretch(1)
        self._row.addWidget(self.folding)
        retold(self, self._tell)
        return self.bar

    def _tell(self) -> None:
        self.presets.setText(self.tr("Presets"))
        self.presets.setAccessibleName(self.tr("Presets"))
        some = any(group.unfolded for group in self._all())
        self.folding.setIcon(icon("collapse" if some else "expand"))
        said = self.tr("Fold all edits") if some else self.tr("Unfold all edits")
        self.folding.setToolTip(said)
        self.folding.setAccessibleName(said)

    def _build_groups(self) -> QWidget:
        inside = named(QWidget(), "groups")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        stage = None
        for kind in sorted(Edit.kinds.values(), key=lambda k: (k.stage, k.order, k.id)):
            if kind.stage != stage:
                stage = kind.stage
                column.addWidget(Heading(stage))
            place = self._places[kind.id] = QVBoxLayout()
            column.addLayout(place)
            self.groups[kind.id] = self._group(kind)
        column.addStretch(1)
        return inside

    def _group(self, kind: type[Edit], name: str = "") -> EditGroup:
        group = EditGroup(kind, name)
        group.offers, group.networks = self._offers, self._networks
        group.folded.connect(partial(self._folded, group))
        group.switched_on.connect(partial(self._switched_on, group))
        group.alone.connect(partial(self._only, group))
        group.another.connect(partial(self._add, kind))
        group.renamed.connect(partial(self._rename, group))
        for serve in (self._mouse_focus.watch, self.book.serve, self.titles.serve):
            group.grown.connect(serve)
        group.troubled.connect(self.troubled)
        self._mouse_focus.watch(group)  # its switch
        names = sorted(n for k, n in self.by_name if k == kind.id and n < name)
        self._places[kind.id].insertWidget(len(names) + bool(name), group)
        if self._tools:
            group.equip(self._tools)
        group.unfold(self._settings.shown(_memory(kind), kind.everyday))
        return group

    def _all(self) -> Iterable[EditGroup]:
        return (*self.groups.values(), *self.by_name.values())

    def group(self, key: Key) -> EditGroup | None:
        """The group of the edit with this key, if it is there."""
        return self.by_name.get(key) if key[1] else self.groups.get(key[0])

    def docked(self, window: QWidget) -> QDockWidget:
        """A dock of `window` that holds it and cannot be moved."""
        dock = named(QDockWidget(window), "edits")
        retold(self, lambda: dock.setWindowTitle(self.tr("Edits")))
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(self)
        return dock

    def equip(self, tools: ToolBox) -> None:
        """Have parameters that lie on the picture set there with `tools`."""
        self._tools = tools
        for group in self._all():
            group.equip(tools)
        tools.active_changed.connect(self._show_active)

    def event(self, event: QEvent) -> bool:
        """Keys that nothing here has a use for are the tool's."""
        kinds = QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress
        if self._tools and isinstance(event, QKeyEvent) and event.type() in kinds and self._tools.key(event):
            event.accept()
            return True
        return super().event(event)

    def _show_active(self) -> None:
        """Unfold what is being set on the picture, and bring it into sight."""
        key, name = self._tools.active if self._tools and self._tools.active else (("", ""), "")
        for each in self._all():
            each.show_tool(name if each.key == key else "")
        if group := self.group(key):
            group.unfold()
            self._reveal(group)

    def reveal(self, kind: str) -> None:
        """Unfold the edit of a kind, or the first of that kind, bring it into sight, and give it the focus."""
        named_so = (each for (of, _), each in sorted(self.by_name.items()) if of == kind)
        group = next(named_so, self.groups[kind]) if self.groups[kind].isHidden() else self.groups[kind]
        group.fold.setChecked(True)
        group.fold.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._reveal(group)

    def show_swatches(self, path: Path) -> None:
        """Open a swatch file beside a colour that may be taken from it: where the person is, else where an edit is."""
        wide = [(g, n) for g in self._all() for n, p in g.kind.params().items() if isinstance(p, Colour) and p.wide]
        try:
            self.book.add(path)
        except SwatchError as error:
            self.troubled.emit(in_words(str(error)))
            return
        last = self.focusWidget() or self
        wide.sort(key=lambda each: (not each[0].isAncestorOf(last), each[0].isHidden(), not each[0].there))
        for group, name in wide[:1]:
            group.fold.setChecked(True)
            self._reveal(group)
            QTimer.singleShot(0, group.controls[name], group.controls[name].browse)

    def offer(self, fill: Callable[[EditGroup, QMenu], None]) -> None:
        """Have `fill` put what it can do with an edit into the menu of that edit."""
        self._offers.append(fill)

    def offer_actions(self, actions: Mapping[str, QAction]) -> None:
        """Put actions on the bar above the edits, by the name of the icon for each."""
        for sign, action in actions.items():
            self._row.insertWidget(self._row.count() - 1, ActionButton(action, sign))

    # Following the document

    def follow(self, document: Document | None) -> None:
        self._document = document
        self._gather()
        for group in self._all():
            group.follow(document)

    def refresh(self) -> None:
        self._gather()
        for group in self._all():
            group.refresh()

    def _gather(self) -> None:
        """Have a group for each edit with a name, and for no other."""
        recipe = self._document.recipe if self._document else None
        keys = [e.key for e in recipe.edits if e.name] if recipe else []
        for key in [key for key in self.by_name if key not in keys]:
            gone = self.by_name.pop(key)
            gone.hide()
            gone.deleteLater()
        for kind, name in keys:
            if (kind, name) not in self.by_name:
                made = self._group(Edit.kinds[kind], name)
                self.by_name[kind, name] = made
                made.follow(self._document)
        for kind, group in self.groups.items():
            nameless = not any(k == kind for k, _ in keys)
            group.setVisible(nameless or (recipe is not None and recipe.get(kind) is not None))

    def show_found(self, facts: Mapping[Key, Facts], readings: Mapping[Key, tuple[Reading, ...]]) -> None:
        """What edits have found out, and what has come of them."""
        for key, found in facts.items():
            if group := self.group(key):
                group.show_found(found, readings.get(key, ()))

    # Folding

    def _folded(self, group: EditGroup, folded: bool) -> None:
        self._settings.show(_memory(group.kind), not folded)
        self._tell()

    def _switched_on(self, group: EditGroup) -> None:
        """What is switched on is looked into, unless a person has folded it by hand."""
        if not group.unfolded and self._settings.shown(_memory(group.kind), True):
            group.unfold()
            self._tell()
            self._reveal(group)

    def _only(self, group: EditGroup) -> None:
        """Fold all but one."""
        for each in self._all():
            if each.unfolded != (each is group):
                each.fold.setChecked(each is group)
        self._reveal(group)

    def _fold_all(self) -> None:
        wanted = not any(group.unfolded for group in self._all())
        for group in self._all():
            group.fold.setChecked(wanted)

    def _reveal(self, group: EditGroup) -> None:
        """Bring it into sight, once it has its place; of one that is higher than the panel, its head."""

        def show() -> None:
            for each in (group, group.fold):
                self.area.ensureWidgetVisible(each, 0, 8)

        QTimer.singleShot(0, group, show)

    # Several of a kind

    def _add(self, kind: type[Edit]) -> None:
        """One more of a kind, and let the person say what it is called."""
        if self._document is None:
            return
        recipe, number = self._document.recipe, 2
        while recipe.get(kind.id, str(number)):
            number += 1
        self._document.put(kind(name=str(number)))
        if group := self.group((kind.id, str(number))):
            group.fold.setChecked(True)
            group.ask_name()
            self._reveal(group)

    def _rename(self, group: EditGroup, name: str) -> None:
        if self._document is None:
            return
        recipe, wanted, number = self._document.recipe, name, 2
        while recipe.get(group.kind.id, name):  # taken
            name, number = f"{wanted} {number}", number + 1
        on, unfolded = recipe.is_on(*group.key), group.unfolded
        renamed = recipe.without(*group.key).put(replace(group.edit, name=name))
        self._document.replace(renamed.switch(group.kind.id, name, on=on), act="rename")
        if new := self.group((group.kind.id, name)):
            new.unfold(unfolded)
            new.fold.setFocus(Qt.FocusReason.OtherFocusReason)


def _memory(kind: type[Edit]) -> str:
    """What the settings call it."""
    return f"edits/{kind.id}"
