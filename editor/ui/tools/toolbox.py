"""Tool box: hands the canvas the tool for a parameter, and the document what a person does with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from editor.core.document import Document
from editor.core.drawn import Points, Rectangle, Strokes
from editor.core.edit import Edit, Stage, kind_of
from editor.core.params import Angle, Colour, Kind
from editor.core.proof import SRGB_SCREEN, Screen
from editor.core.recipe import Recipe
from editor.ui.canvas import Canvas
from editor.ui.preview import Preview
from editor.ui.tools.brush import Brush, BrushTool
from editor.ui.tools.eyedropper import EyedropperTool
from editor.ui.tools.ground import Ground, Key, edit_of
from editor.ui.tools.guides import GUIDES
from editor.ui.tools.level import LevelTool
from editor.ui.tools.pins import PinsTool
from editor.ui.tools.points import PointsTool
from editor.ui.tools.proportion import Proportion, keeping
from editor.ui.tools.rectangle import RectangleTool
from editor.ui.tools.tool import Tool
from editor.ui.viewport import Point, Viewport

Spot = tuple[Key, str]  # an edit and the name of its parameter
_BRIEF = (LevelTool, EyedropperTool)  # done after one go: what was in the hand before comes back


class ToolBox(QObject):
    """`active` is the parameter that is being set on the picture. A drag with its tool is one step of undo.

    It also keeps how a person likes the tools: the brush, the proportion of a crop, the lines over it.
    """

    active_changed = Signal()
    moved = Signal()  # what is set lies elsewhere: another value, another photo, another frame

    def __init__(self, canvas: Canvas, preview: Preview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas, self._preview = canvas, preview
        self._document: Document | None = None
        self._tool: Tool | None = None
        self._back: Spot | None = None  # what is taken again once the tool is done
        self._begun: Recipe | None = None  # what the drag began with, as long as nothing else has changed
        self._putting = False
        self._seen: tuple[Viewport, Point] | None = None  # before the frame was shown; the middle, on the photo
        self._screen, self._guide = SRGB_SCREEN, GUIDES[0]
        self.active: Spot | None = None
        self.brush, self.proportion = Brush(self), Proportion(self)
        self.proportion.chosen.connect(self._reshape)
        self._makes: dict[type[Kind], Callable[[Any], Tool]] = {
            Angle: lambda kind: LevelTool(self),
            Colour: lambda kind: EyedropperTool(self._screen, self, wide=kind.wide),
            Rectangle: self._rectangle,
            Points: lambda kind: (PointsTool if kind.fewest else PinsTool)(self._screen, self),
            Strokes: lambda kind: BrushTool(self.brush, kind.marks, self),
        }

    @property
    def document(self) -> Document | None:
        return self._document

    @property
    def tool(self) -> Tool | None:
        """What is in the hand."""
        return self._tool

    def ground(self, spot: Spot) -> Ground | None:
        """What a parameter is set on; None without a photo."""
        return Ground.of(self._document, *spot) if self._document else None

    def follow(self, document: Document | None) -> None:
        """Another document, or none: the tool is let go."""
        self._seen = None
        self.let_go()
        self._document = document
        if document:
            document.on_change(lambda: self._changed(document))
        self.moved.emit()

    def show_on(self, screen: Screen) -> None:
        """Show magnified pixels in the colours of another screen."""
        self._screen = screen
        if isinstance(self._tool, EyedropperTool | PointsTool):
            self._tool.screen = screen

    def take(self, key: Key, name: str) -> None:
        """Set parameter `name` of the edit `key` on the picture from now on. Nothing happens without a photo."""
        kind = kind_of(key[0]).params()[name]
        make = self._makes.get(type(kind))
        if self._document is None or make is None or self.active == (key, name):
            return
        before, tool = self.active, make(kind)
        back = before if isinstance(tool, _BRIEF) and not isinstance(self._tool, _BRIEF) else None
        self._drop()
        self._tool, self.active, self._back = tool, (key, name), back
        tool.changed.connect(self._put)
        tool.settled.connect(self._settle)
        tool.gave_up.connect(self._give_up)
        tool.ended.connect(self.end)
        if kind_of(key[0]).stage == Stage.FRAME:
            self._see_all(self._document)
            self._preview.show_staged(key, name)
        else:
            self._preview.show_staged(key, name)
            self._see_again()
        tool.follow(Ground.of(self._document, key, name))
        self._canvas.take(tool)
        self.active_changed.emit()

    def want(self, key: Key, name: str, on: bool) -> None:
        """Take it, or let it go."""
        if on:
            self.take(key, name)
        elif self.active == (key, name):
            self.end()

    @Slot()
    def end(self) -> None:
        """The person is done with the tool: back to the one before it, if it was for just one go."""
        back, seen = self._back, self._seen
        if back:
            self._seen = None
        self.let_go()
        if back:
            self._seen = seen
            self.take(*back)

    def let_go(self) -> None:
        """No tool; a drag that is under way is given up."""
        if self._tool is None:
            return
        self._drop()
        self._back = None
        self._canvas.take(None)
        self._preview.show_staged(None)
        self._see_again()
        self.active_changed.emit()

    def _see_all(self, document: Document) -> None:
        """A frame is set on all of the picture."""
        if self._seen is None:
            port = self._canvas.port
            (middle,) = self._preview.recipe.warp(document.photo.size).before(np.array([port.middle]))
            self._seen = port, (float(middle[0]), float(middle[1]))
            self._canvas.fit()

    def _see_again(self) -> None:
        """Look at what was seen before, unless the person has turned to something else meanwhile."""
        seen, self._seen = self._seen, None
        if seen and self._document and self._canvas.port.fits and not seen[0].fits:
            (middle,) = self._preview.recipe.warp(self._document.photo.size).after(np.array([seen[1]]))
            there = self._canvas.port.about((float(middle[0]), float(middle[1])), seen[0].zoom)
            self._canvas.look(self._canvas.port.filled() if seen[0].fills else there)

    def _drop(self) -> None:
        if self._tool:
            self._tool.cancel()
            self._settle()
            self._tool.blockSignals(True)
            self._tool.deleteLater()
        self._tool, self.active = None, None

    def key(self, event: QKeyEvent) -> bool:
        """Whether a key that was pressed in the panel was for the tool: a letter or a sign, Enter or Escape."""
        keys = Qt.Key
        sign = event.text().isprintable() and event.text().strip()
        if not self._tool or not (sign or event.key() in (keys.Key_Escape, keys.Key_Return, keys.Key_Enter)):
            return False
        if event.type() == QKeyEvent.Type.ShortcutOverride:
            return self._tool.wants(event)
        return self._tool.key(event)

    def turning(self, on: bool) -> None:
        """The picture is being turned by its slider: a crop shows a fine grid meanwhile."""
        if isinstance(self._tool, RectangleTool):
            self._tool.fine = on
            self._tool.repaint.emit()

    def _rectangle(self, kind: Rectangle) -> Tool:
        tool = RectangleTool(self.proportion, self._guide, self)
        tool.guided.connect(self._keep_guide)
        return tool

    @Slot(str)
    def _keep_guide(self, guide: str) -> None:
        self._guide = guide

    @Slot()
    def _reshape(self) -> None:
        if isinstance(self._tool, RectangleTool):
            self._tool.reshape()

    # The document

    @Slot(object)
    def _put(self, value: object) -> None:
        tool, document = self._tool, self._document
        if tool and tool.ground and document and tool.ground.with_value(value) is not None:
            ground, self._begun = tool.ground, self._begun or document.recipe
            edit = edit_of(self._begun, ground.edit.key).with_value(ground.name, value)
            self._putting = True
            document.put(self.keeping(edit, self._begun), gesture=("tool", *edit.key, ground.name))
            self._putting = False

    def keeping(self, edit: Edit, before: Recipe | None = None) -> Edit:
        """`edit`, that a person has just changed, with its rectangles in the proportion that they had before."""
        document = self._document
        return keeping(document.photo, before or document.recipe, edit) if document else edit

    @Slot()
    def _settle(self) -> None:
        self._begun = None
        if self._document:
            self._document.end_gesture()

    @Slot()
    def _give_up(self) -> None:
        self._begun = None
        if self._document:
            self._document.give_up()

    def _changed(self, document: Document) -> None:
        if document is not self._document:
            return
        if not self._putting:
            self._begun = None
        if self._tool and self.active:
            key, name = self.active
            if key[1] and document.recipe.get(*key) is None:  # it was removed, or has another name
                self.let_go()
            else:
                self._tool.follow(Ground.of(document, key, name))
        self.moved.emit()
