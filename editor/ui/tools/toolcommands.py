"""Tool commands: take a tool, turn and flip the photo, by menu and keys; which edit does it is found by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from editor.core.drawn import Points, Rectangle, Strokes
from editor.core.edit import Edit, Stage
from editor.core.params import Angle, Colour, Kind
from editor.ui.tools.ground import edit_of
from editor.ui.tools.toolbox import Spot, ToolBox


class ToolCommands(QObject):
    """Crop, straighten and perspective are the first rectangle, angle and points of an edit that frames the picture;
    the brush is the first one for strokes, the matte brush the first one for those of several marks, the eyedropper the
    first colour that may be none. What was used last of its kind comes first."""

    def __init__(self, tools: ToolBox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._actions: Mapping[str, QAction] = {}
        self._last: dict[str, Spot] = {}
        tools.active_changed.connect(self._mark)

    def does(self) -> dict[str, Callable[[], object]]:
        """What the commands of the menu do, by name."""
        takes: dict[str, Callable[[], object]] = {name: partial(self.toggle, name) for name in _TOOLS}
        return takes | {
            "turn_left": partial(self._reframe, lambda edit: edit.turned(-1)),
            "turn_right": partial(self._reframe, lambda edit: edit.turned(1)),
            "mirror": partial(self._reframe, lambda edit: edit.mirrored(down=False)),
            "flip": partial(self._reframe, lambda edit: edit.mirrored(down=True)),
        }

    def serve(self, actions: Mapping[str, QAction]) -> None:
        """Keep the marks in the menu right."""
        self._actions = actions
        self._mark()

    def toggle(self, name: str) -> None:
        """Take a tool by its command's name, or let it go."""
        spots = self._spots(name)
        if self._tools.active in spots:
            self._tools.end()
        elif spots:
            last = self._last.get(name)
            self._tools.take(*(last if last in spots else spots[0]))
        self._mark()

    def _spots(self, name: str) -> list[Spot]:
        """The parameters that a command may mean, the first one first."""
        fits, document = _TOOLS[name], self._tools.document
        kinds = sorted(Edit.kinds.values(), key=lambda k: (k.stage, k.order, k.id))
        found = [(k, p) for k in kinds for p, param in k.params().items() if fits(k, param)]
        named = [edit.key for edit in document.recipe.edits if edit.name] if document else []
        return [(key, p) for k, p in found for key in [(k.id, ""), *(n for n in named if n[0] == k.id)]]

    def _reframe(self, act: Callable[[Edit], Edit]) -> None:
        """Turn or mirror the picture by the first edit that can."""
        if (document := self._tools.document) is None:
            return
        for kind in sorted(Edit.kinds.values(), key=lambda k: (k.stage, k.order, k.id)):
            edit = edit_of(document.recipe, (kind.id, ""))
            if edit.key in document.recipe.off:  # what is off stays without effect: a recipe holds one of a key, so
                edit = kind()  # the turn begins one anew, and Undo brings the one that was off back
            if (made := act(edit)) is not edit:
                document.end_gesture()
                document.put(made)
                return

    @Slot()
    def _mark(self) -> None:
        active = self._tools.active
        for name in _TOOLS:
            here = active in self._spots(name)
            if here and active:
                self._last[name] = active
            if self._actions:
                self._actions[name].setChecked(here)


def _framing(wanted: type[Kind]) -> Callable[[type[Edit], Kind], bool]:
    return lambda kind, param: kind.stage == Stage.FRAME and isinstance(param, wanted)


_TOOLS: dict[str, Callable[[type[Edit], Kind], bool]] = {
    "crop": _framing(Rectangle),
    "straighten": _framing(Angle),
    "perspective": _framing(Points),
    "brush": lambda kind, param: isinstance(param, Strokes) and not param.marks,
    "matte_brush": lambda kind, param: isinstance(param, Strokes) and bool(param.marks),
    "eyedropper": lambda kind, param: isinstance(param, Colour) and param.optional and not param.wide,
}
