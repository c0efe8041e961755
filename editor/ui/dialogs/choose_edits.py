"""Choose edits: which of a photo's edits are meant, to be ticked one by one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.core.drawn import Points, Rectangle, Strokes
from editor.core.edit import Edit
from editor.core.params import Param, Slider
from editor.core.recipe import Recipe
from editor.ui.buttons import Tick
from editor.ui.control import told
from editor.ui.numbers import Label, number_of
from editor.ui.theme import named

MOST = 3  # values of an edit that are told
TALLEST = 420  # pixels; of more edits one sees a part

Key = tuple[str, str]
DRAWN = "copied with what was drawn"  # what the settings call that tick, in copies and presets alike


@dataclass(frozen=True)
class Choice:
    """Which edits are meant, and whether with what was drawn on the picture."""

    keys: tuple[Key, ...]
    drawn: bool


class EditTicks(QWidget):
    """The edits of a recipe, each with a tick and a few of its values; and one for what was drawn on the picture, where
    there is such a thing that can be left out."""

    changed = Signal()

    def __init__(
        self, recipe: Recipe, ticked: Collection[Key], *, drawn: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.recipe = recipe
        self.ticks: dict[Key, Tick] = {}
        inside = named(QWidget(), "ticks")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(12, 10, 12, 10)
        rows.setSpacing(8)
        for edit in recipe.edits:
            rows.addLayout(self._row(edit, edit.key in ticked))
        rows.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setWidget(inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setMinimumHeight(min(TALLEST, inside.sizeHint().height() + 4))
        self.all, self.none = (
            named(QPushButton(text), "quiet") for text in (self.tr("Tick &all"), self.tr("Tick &none"))
        )
        self.all.clicked.connect(lambda: self._tick(True))
        self.none.clicked.connect(lambda: self._tick(False))
        foot = QHBoxLayout()
        for button in (self.all, self.none):
            named(button, "quiet").setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        column.addLayout(foot)
        self.drawn = Tick(self.tr("&With what was drawn on the picture"))
        self.drawn.setToolTip(self.tr("Pins, boxes and brush strokes, which are seldom right on another photo"))
        self.drawn.setAccessibleDescription(self.drawn.toolTip())
        self.drawn.setChecked(drawn)
        column.addWidget(self.drawn)
        self.drawn.setVisible(recipe.without_drawn() != recipe)
        self.changed.connect(self._follow)
        self._follow()

    def _row(self, edit: Edit, ticked: bool) -> QHBoxLayout:
        tick = self.ticks[edit.key] = Tick(title_of(edit).replace("&", "&&"))
        tick.setAccessibleName(title_of(edit))
        tick.setChecked(ticked)
        tick.toggled.connect(self.changed)
        values = named(Label(), "muted")
        values.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        values.setText(brief(edit) if self.recipe.is_on(*edit.key) else self.tr("switched off"))
        tick.setAccessibleDescription(values.text())
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(tick)
        row.addWidget(values, 1)
        return row

    def _tick(self, on: bool) -> None:
        for tick in self.ticks.values():
            tick.setChecked(on)

    def _follow(self) -> None:
        chosen = self.recipe.only(self.chosen)
        self.drawn.setEnabled(chosen.without_drawn() != chosen)

    @property
    def chosen(self) -> tuple[Key, ...]:
        return tuple(key for key, tick in self.ticks.items() if tick.isChecked())

    @property
    def with_drawn(self) -> bool:
        """Whether what was drawn on the picture is meant as well."""
        return self.drawn.isChecked()

    @property
    def taken(self) -> Recipe:
        """The edits that are meant, as they are meant."""
        chosen = self.recipe.only(self.chosen)
        return chosen if self.with_drawn else chosen.without_drawn()


def title_of(edit: Edit) -> str:
    """What an edit is called, in the language of now: "Recolor", "Recolor · sole"."""
    return f"{told(edit.title)} · {edit.name}" if edit.name else told(edit.title)


def brief(edit: Edit) -> str:
    """Some of what an edit sets otherwise than it comes, in a few words."""
    plain, said = type(edit)(name=edit.name), []
    for name, param in edit.params().items():
        if (value := getattr(edit, name)) != getattr(plain, name):
            text = _value(param, value)
            title = "" if told(param.title) == told(edit.title) and text else told(param.title)
            said.append(f"{title} {text}".strip())
    return ", ".join(said[:MOST]) + (" …" if len(said) > MOST else "")


def _value(param: Param, value: object) -> str:
    """A value in a few words; none where it is seen on the picture, or where its title says it."""
    if isinstance(param, Slider) and isinstance(value, float):
        return number_of(value, param.digits, told(param.unit), signed=param.low < 0 < param.high)
    if isinstance(param, Rectangle | Points | Strokes) or value is True:
        return ""
    return told(param.brief(value))


class ChooseEdits(QDialog):
    """Asks which edits are to be copied."""

    def __init__(
        self, recipe: Recipe, ticked: Collection[Key], *, drawn: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Copy Edits"))
        self.edits = EditTicks(recipe, ticked, drawn=drawn)
        buttons = QDialogButtonBox()
        self.go = named(buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.AcceptRole), "primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.go.setDefault(True)
        self.edits.changed.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(self.edits)
        column.addWidget(buttons)
        self.setMinimumWidth(440)
        self._follow()

    def _follow(self) -> None:
        self.go.setEnabled(bool(self.edits.chosen))


def ask(recipe: Recipe, ticked: Collection[Key], parent: QWidget, *, drawn: bool) -> Choice | None:
    """What is meant, or None if the person would rather not."""
    dialog = ChooseEdits(recipe, ticked, drawn=drawn, parent=parent)
    try:
        return Choice(dialog.edits.chosen, dialog.edits.with_drawn) if dialog.exec() else None
    finally:
        dialog.deleteLater()
