"""Control: what a person sets one parameter by; the base of all kinds, and the plainest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.core.params import Param
from editor.ui.label import Label
from editor.ui.language import retold
from editor.ui.theme import named

if TYPE_CHECKING:
    from editor.ui.swatchbook import SwatchBook
    from editor.ui.tools.toolbox import Spot, ToolBox

Networks: TypeAlias = Callable[[str], Sequence[str]]  # the names of those for a task


def told(text: str) -> str:
    """A text of an edit (a title, a parameter, an option, a unit, what was found) in the language of now."""
    return QCoreApplication.translate("Edits", text) if text else ""


class Control(QWidget):
    """A parameter's control: it says `changed` for each new value, and `settled` when a run of changes is over."""

    changed = Signal(object)
    settled = Signal()
    troubled = Signal(str)  # why it does not take a value
    tool_wanted = Signal(bool)  # to set it on the picture; only of the kinds that lie there

    def equip(self, tools: ToolBox, spot: Spot) -> None:
        """What there is to set it on the picture with, and which parameter it is."""

    def offer(self, networks: Networks) -> None:
        """What networks there are to choose from; only of the kind that names one."""

    def lend(self, book: SwatchBook) -> None:
        """What swatch files there are; only of the kind that may be taken from one."""

    def browse(self) -> None:
        """Open the list of swatches beside it; only of that kind."""

    def join(self, others: Sequence[Control]) -> None:
        """Those of the same edit that have been made before it; some share what they are set with."""

    def show_tool(self, active: bool) -> None:
        """Whether it is being set on the picture just now; says nothing."""

    def show_value(self, value: object) -> None:
        """Follow the document; says nothing."""
        raise NotImplementedError

    def show_found(self, text: str) -> None:
        """What the edit found out by itself, if this parameter is left to it."""


class BriefControl(Control):
    """A value that is told in a few words, and set elsewhere."""

    def __init__(self, param: Param, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._param = param
        self.label, self._value = Label(), named(Label(), "muted")
        retold(self, lambda: self.label.setText(told(param.title)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self._value)

    def show_value(self, value: object) -> None:
        self._value.setText(told(self._param.brief(value)))
