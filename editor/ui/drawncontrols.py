"""Drawn controls: for the kinds of parameter that are set on the picture. Each has a button that takes its tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from editor.core.drawn import Points, Rectangle, Strokes
from editor.core.edit import Stage, kind_of
from editor.core.params import Angle, Colour, Param
from editor.ui.control import Control, told
from editor.ui.controls import QuietComboBox, SliderControl
from editor.ui.icons import icon
from editor.ui.language import retold
from editor.ui.numbers import Label
from editor.ui.theme import named
from editor.ui.tools.proportion import AS_PHOTO, FREE, RATIOS, found

if TYPE_CHECKING:
    from editor.ui.tools.toolbox import Spot, ToolBox


def drawn_control(param: Param, default: object, parent: QWidget | None = None) -> Control | None:
    """The control for a parameter that is set on the picture; None for one that is not."""
    from editor.ui.brushcontrol import StrokesControl
    from editor.ui.colourcontrol import ColourControl
    from editor.ui.widecolour import WideColourControl

    makes: dict[type[Param], type[DrawnControl] | type[AngleControl]] = {
        Angle: AngleControl, Rectangle: RectangleControl, Points: PointsControl, Strokes: StrokesControl,
        Colour: WideColourControl if isinstance(param, Colour) and param.wide else ColourControl,
    }  # fmt: skip
    make = PinsControl if isinstance(param, Points) and not param.fewest else makes.get(type(param))
    return make(param, default, parent) if make else None  # type: ignore[arg-type]


def tool_button(sign: str, *, checkable: bool = True) -> QToolButton:
    """A button with an icon, as large as all others beside a control."""
    button = named(QToolButton(), "tool")
    button.setIcon(icon(sign))
    button.setIconSize(QSize(16, 16))
    button.setCheckable(checkable)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def say(button: QToolButton, text: str, keys: str = "") -> None:
    """What a button does, for eyes and ears; `keys` do it as well."""
    button.setAccessibleName(text)
    button.setToolTip(f"{text} ({keys})" if keys else text)


class DrawnControl(Control):
    """Base: the title, what the value is in a few words, and the button for the tool."""

    def __init__(self, param: Param, default: object, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._param, self._default, self._value = param, default, default
        self._tools: ToolBox | None = None
        self._spot: Spot = (("", ""), "")
        self.label, self.value, self.tool = Label(), named(Label(), "muted"), tool_button(sign)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.tool.toggled.connect(self.tool_wanted)
        self.label.reset.connect(self._reset)
        self.row = QHBoxLayout()
        self.row.setSpacing(6)
        self.row.addWidget(self.label)
        self.row.addWidget(self.value, 1)
        self.row.addWidget(self.tool)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(5)
        self.column.addLayout(self.row)

    def equip(self, tools: ToolBox, spot: Spot) -> None:
        self._tools, self._spot = tools, spot

    def show_tool(self, active: bool) -> None:
        with QSignalBlocker(self.tool):
            self.tool.setChecked(active)

    def show_value(self, value: object) -> None:
        self._value = value
        self._tell()

    def _tell(self) -> None:
        """Say what the value is, in the language of now."""
        self.value.setText("")

    def put(self, value: object) -> None:
        """A value that was chosen here, as a step of its own."""
        self.changed.emit(value)
        self.settled.emit()

    @Slot()
    def _reset(self) -> None:
        if self.isEnabled():
            self.put(self._default)


class AngleControl(SliderControl):
    """A slider, and a button for drawing a line along what is to be level."""

    def __init__(self, param: Angle, default: object, parent: QWidget | None = None) -> None:
        self.tool = tool_button("level")
        super().__init__(param, default, parent)
        self.row.insertWidget(1, self.tool)
        self.setTabOrder(self.tool, self.box)
        self.tool.toggled.connect(self.tool_wanted)
        self._tools: ToolBox | None = None
        self.slider.sliderPressed.connect(self._turn)
        self.slider.sliderReleased.connect(self._turned)

    def _name(self) -> None:
        super()._name()
        say(self.tool, self.tr("Straighten by a line along what is to be level or upright"))

    def equip(self, tools: ToolBox, spot: Spot) -> None:
        self._tools = tools

    def show_tool(self, active: bool) -> None:
        with QSignalBlocker(self.tool):
            self.tool.setChecked(active)

    @Slot()
    def _turn(self) -> None:
        if self._tools:
            self._tools.turning(True)

    @Slot()
    def _turned(self) -> None:
        if self._tools:
            self._tools.turning(False)


class RectangleControl(DrawnControl):
    """The size in pixels, and the proportion that the tool keeps, where it is the edge of the picture that is set."""

    def __init__(self, param: Rectangle, default: object, parent: QWidget | None = None) -> None:
        super().__init__(param, default, "crop", parent)
        self.proportion = QuietComboBox()
        self.proportion.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for name in RATIOS:
            self.proportion.addItem(name, name)
        self.proportion.activated.connect(self._choose)
        self.turn = tool_button("swap", checkable=False)
        self.turn.clicked.connect(self._turn)
        self.whole = tool_button("reset", checkable=False)
        self.whole.clicked.connect(self._reset)
        self._line = QHBoxLayout()
        self._line.setSpacing(6)
        self._line.addWidget(self.proportion, 1)
        self._line.addWidget(self.turn)
        self._line.addWidget(self.whole)
        self.column.addLayout(self._line)
        retold(self, self._name)

    def _name(self) -> None:
        title = told(self._param.title)
        self.label.setText(title)
        say(self.tool, self.tr("Set {} on the photo").format(title))
        self.proportion.setAccessibleName(self.tr("Proportion"))
        self.proportion.setItemText(self.proportion.findData(FREE), self.tr("Free"))
        self.proportion.setItemText(self.proportion.findData(AS_PHOTO), self.tr("As photo"))
        say(self.turn, self.tr("Upright or lying"), "X")
        say(self.whole, self.tr("All of the photo"))
        self._tell()

    def equip(self, tools: ToolBox, spot: Spot) -> None:
        super().equip(tools, spot)
        if kind_of(spot[0][0]).stage is not Stage.FRAME:
            self._take_part()
        tools.proportion.changed.connect(self._show_proportion)
        tools.active_changed.connect(self._show_proportion)
        tools.moved.connect(self._tell)
        self._tell()

    def _take_part(self) -> None:
        """It is a part of the picture that is set: of any proportion, by a tool that looks like one for that."""
        self.tool.setIcon(icon("box"))
        self.proportion.hide()
        self.turn.hide()
        self._line.removeWidget(self.whole)
        self.column.removeItem(self._line)
        self.row.addWidget(self.whole)

    @Slot()
    def _tell(self) -> None:
        ground = self._tools.ground(self._spot) if self._tools else None
        self.whole.setEnabled(self._value != self._default)
        self._show_proportion()
        if ground is None:
            self.value.setText("")
            return
        x, y, width, height = ground.settled
        across, down = ground.size
        size = round((x + width) * across) - round(x * across), round((y + height) * down) - round(y * down)
        self.value.setText(self.tr("{} × {} px").format(*size))

    @Slot()
    def _show_proportion(self) -> None:
        """What the tool keeps, or else what the rectangle has."""
        if self._tools:
            name, ground = self._tools.proportion.name, self._tools.ground(self._spot)
            if ground is None:
                name = FREE
            elif self._tools.active != self._spot:
                name, _ = found(ground, name)
            self.proportion.setCurrentIndex(self.proportion.findData(name))

    @Slot(int)
    def _choose(self, index: int) -> None:
        if self._tools:
            self._tools.take(*self._spot)
            self._tools.proportion.choose(self.proportion.itemData(index))

    @Slot()
    def _turn(self) -> None:
        from editor.ui.tools.rectangle import RectangleTool

        if self._tools:
            self._tools.take(*self._spot)
            if isinstance(self._tools.tool, RectangleTool):
                self._tools.tool.turn()


class PointsControl(DrawnControl):
    """Whether points were set, and the way back to where they were."""

    def __init__(self, param: Points, default: object, parent: QWidget | None = None) -> None:
        super().__init__(param, default, "points", parent)
        self.back = tool_button("reset", checkable=False)
        self.back.clicked.connect(self._reset)
        self.row.addWidget(self.back)
        retold(self, self._name)

    def _name(self) -> None:
        title = told(self._param.title)
        self.label.setText(title)
        say(self.tool, self.tr("Set {} on the photo").format(title))
        say(self.back, self.tr("Reset {}").format(title))
        self._tell()

    def _tell(self) -> None:
        changed = self._value != self._default
        self.back.setEnabled(changed)
        self.value.setText(self.tr("set") if changed else self.tr("not set"))


class PinsControl(DrawnControl):
    """How many points were set on the photo, one by one, and the way to take them all away."""

    _SIGNS: ClassVar = {"+": "map-marker-plus-outline", "-": "map-marker-minus-outline"}

    def __init__(self, param: Points, default: object, parent: QWidget | None = None) -> None:
        super().__init__(param, default, self._SIGNS.get(param.sign, "map-marker-outline"), parent)
        self.clear = tool_button("trash", checkable=False)
        self.clear.clicked.connect(self._reset)
        self.row.addWidget(self.clear)
        retold(self, self._name)

    def _name(self) -> None:
        title = told(self._param.title)
        self.label.setText(title)
        say(self.tool, self.tr("{}: click on the photo").format(title))
        say(self.clear, self.tr("{}: take all points away").format(title))
        self._tell()

    def _tell(self) -> None:
        count = len(self._value) if isinstance(self._value, tuple) else 0
        self.clear.setEnabled(self._value != self._default)
        words = self.tr("no points") if not count else self.tr("1 point") if count == 1 else self.tr("{} points")
        self.value.setText(words.format(count))
