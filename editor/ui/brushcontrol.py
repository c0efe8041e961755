"""Brush control: paint or erase, how large and how hard the brush is, and how many strokes there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.core.drawn import Strokes
from editor.core.params import Slider
from editor.ui.actions import QT_TRANSLATE_NOOP
from editor.ui.control import told
from editor.ui.controls import SliderControl
from editor.ui.drawncontrols import DrawnControl, say, tool_button
from editor.ui.language import retold
from editor.ui.segments import Segments

if TYPE_CHECKING:
    from editor.ui.tools.toolbox import Spot, ToolBox

# in percent, of the photo's longer side and of the brush's radius
SIZE = Slider(QT_TRANSLATE_NOOP("Edits", "Size"), 0.1, 100, soft_low=0.1, soft_high=25, digits=1, unit="%")
HARDNESS = Slider(QT_TRANSLATE_NOOP("Edits", "Hardness"), 0, 100, digits=0, unit="%")


class StrokesControl(DrawnControl):
    """The brush itself is the person's and kept in the tool box; the strokes are the document's."""

    def __init__(self, param: Strokes, default: object, parent: QWidget | None = None) -> None:
        super().__init__(param, default, "brush", parent)
        self.clear = tool_button("trash", checkable=False)
        self.clear.clicked.connect(self._reset)
        self.row.addWidget(self.clear)
        self.marks = param.marks
        self.mode = Segments(len(self.marks or ("",)) + 1)
        self.mode.chosen.connect(self._choose_mode)
        self.overlay = tool_button("eye")
        self.overlay.toggled.connect(self._show_overlay)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.mode, 1)
        line.addWidget(self.overlay)
        self.diameter = SliderControl(SIZE, 5.0)
        self.hardness = SliderControl(HARDNESS, 50.0)
        self.diameter.changed.connect(self._choose_size)
        self.hardness.changed.connect(self._choose_hardness)
        self.column.addLayout(line)
        for each in (self.diameter, self.hardness):
            self.column.addWidget(each)
        retold(self, self._name)
        self._tell()

    def _name(self) -> None:
        title = told(self._param.title)
        self.label.setText(title)
        say(self.tool, self.tr("Paint {} on the photo").format(title), "Shift+K" if self.marks else "K")
        say(self.clear, self.tr("Take all strokes away"))
        paints = [told(mark) for mark in self.marks] or [self.tr("Paint")]
        self.mode.name([*paints, self.tr("Erase")])
        self.mode.setAccessibleName(self.tr("What the brush marks") if self.marks else self.tr("Paint or erase"))
        if self.marks:
            keys = self.tr("X changes between the first two, as Alt does while it is held; Shift+X goes on; E erases")
        else:
            keys = self.tr("E changes between them; Alt does while it is held")
        self.mode.setToolTip(keys)
        say(self.overlay, self.tr("Show what is covered"), "O")
        self._tell()

    def equip(self, tools: ToolBox, spot: Spot) -> None:
        super().equip(tools, spot)
        tools.brush.changed.connect(self._show_brush)
        self._show_brush()

    @Slot()
    def _show_brush(self) -> None:
        if self._tools:
            brush = self._tools.brush
            last = len(self.mode.buttons) - 1
            mark = brush.among(self.marks)
            self.mode.show_at(last if brush.erase else self.marks.index(mark) if mark else 0)
            self.diameter.show_value(brush.size * 100)
            self.hardness.show_value(brush.hardness * 100)
            with QSignalBlocker(self.overlay):
                self.overlay.setChecked(brush.overlay)

    def _tell(self) -> None:
        count = len(self._value) if isinstance(self._value, tuple) else 0
        self.clear.setEnabled(count > 0)
        words = self.tr("no strokes") if not count else self.tr("1 stroke") if count == 1 else self.tr("{} strokes")
        self.value.setText(words.format(count))

    @Slot(int)
    def _choose_mode(self, which: int) -> None:
        if self._tools:
            erase = which == len(self.mode.buttons) - 1
            self._tools.brush.set(erase=erase, mark=self.marks[which] if self.marks and not erase else None)

    @Slot(object)
    def _choose_size(self, percent: float) -> None:
        if self._tools:
            self._tools.brush.set(size=percent / 100)

    @Slot(object)
    def _choose_hardness(self, percent: float) -> None:
        if self._tools:
            self._tools.brush.set(hardness=percent / 100)

    @Slot(bool)
    def _show_overlay(self, on: bool) -> None:
        if self._tools:
            self._tools.brush.set(overlay=on)
