"""Ledger: steps of editing as lines of text, in which every edit and every stroke of a brush is written once.

A line is a JSON object. {"stroke": 3, "is": {...}} and {"edit": 7, "is": {...}} give a stroke and an edit a number;
the edit is as in a recipe file, with {"strokes": [3, ...]} for strokes. {"step": [7, ...]} is a recipe made of edits
that are numbered above it, with "off" (numbers), "rating", "label", "name", "concept", "act", "when" and "among" where
there is something to say.
"""

from __future__ import annotations

import json
from itertools import count
from typing import Any, NamedTuple

from editor.core.concept import Concept
from editor.core.drawn import Stroke
from editor.core.edit import Edit
from editor.core.history import Step
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet


class Record(NamedTuple):
    """A step as it is written down, with the photo's marks at that time."""

    sheet: Sheet
    act: str = ""
    when: float = 0.0
    among: int = 0  # steps that there were then; 0: that matters to nobody

    @property
    def step(self) -> Step:
        return Step(self.sheet.recipe, self.act, self.when)


class Ledger:
    """Writes lines. Texts are remembered, so that what has been written once costs nothing on the next page."""

    def __init__(self) -> None:
        self._texts: dict[Edit | Stroke, tuple[int, str]] = {}
        self._on_page: set[int] = set()
        self._numbers = count(1)

    def turn(self) -> None:
        """A new page: nothing is on it yet. What the page before did not need is forgotten."""
        self._texts = {value: told for value, told in self._texts.items() if told[0] in self._on_page}
        self._on_page = set()

    def lines(self, record: Record) -> list[str]:
        """The line of a step, after those of all that it needs and that is not on the page yet."""
        lines: list[str] = []
        recipe, sheet = record.sheet.recipe, record.sheet
        numbers = [self._number(edit, lines) for edit in recipe.edits]
        off = [number for number, edit in zip(numbers, recipe.edits, strict=True) if edit.key in recipe.off]
        told = {"off": off, "act": record.act, "when": record.when, "among": record.among}
        step: dict[str, object] = {"step": numbers, **dict(sheet.said), **{k: v for k, v in told.items() if v}}
        return [*lines, _json(step)]

    def _number(self, value: Edit | Stroke, lines: list[str]) -> int:
        if value not in self._texts or self._texts[value][0] not in self._on_page:
            # an edit is told anew on a new page, for the strokes it speaks of must be on that page too
            self._tell(value, lines)
        return self._texts[value][0]

    def _tell(self, value: Edit | Stroke, lines: list[str]) -> None:
        if isinstance(value, Stroke):
            known = self._texts.get(value)
            text = known[1] if known else _json({"points": value.points, **_brush(value)})
            kind = "stroke"
        else:
            text, kind = _json(self._edit(value, lines)), "edit"
            known = self._texts.get(value)
        number = known[0] if known else next(self._numbers)
        self._texts[value] = number, text
        self._on_page.add(number)
        lines.append(f'{{"{kind}": {number}, "is": {text}}}')

    def _edit(self, edit: Edit, lines: list[str]) -> dict[str, object]:
        values: dict[str, object] = {"edit": edit.id, "version": edit.version}
        if edit.name:
            values["name"] = edit.name
        for name in edit.params():
            value = getattr(edit, name)
            if isinstance(value, tuple) and value and isinstance(value[0], Stroke):
                value = {"strokes": [self._number(stroke, lines) for stroke in value]}
            values[name] = value
        return values


class Reader:
    """Understands the lines of one page, in their order."""

    def __init__(self) -> None:
        self._strokes: dict[int, Stroke] = {}
        self._edits: dict[int, Edit | ValueError] = {}

    def take(self, text: str) -> Record | None:
        """The step that a line is; None for the others, and for one that speaks of what is not on the page.

        Raises ValueError with a sentence for one with an edit that cannot be read.
        """
        try:
            return self._take(json.loads(text))
        except (KeyError, TypeError, AttributeError, RecursionError, json.JSONDecodeError):
            return None

    def _take(self, data: dict[str, Any]) -> Record | None:
        if "stroke" in data:
            self._strokes[data["stroke"]] = Stroke(**data["is"])
        elif "edit" in data:
            try:
                self._edits[data["edit"]] = Edit.from_dict({k: self._value(v) for k, v in data["is"].items()})
            except ValueError as error:  # to be told if a step needs it
                self._edits[data["edit"]] = error
        else:
            off = frozenset(self._known(number).key for number in data.get("off", ()))
            edits = sorted(map(self._known, data["step"]), key=lambda e: e.place)
            if len({edit.key for edit in edits}) != len(edits):
                raise ValueError("an edit stands in a step twice")
            marks = data.get("rating"), data.get("label"), data.get("name", ""), Concept.from_dict(data.get("concept"))
            sheet = Sheet(Recipe(tuple(edits), off), *marks)
            return Record(sheet, str(data.get("act", "")), float(data.get("when", 0.0)), int(data.get("among", 0)))
        return None

    def _value(self, value: object) -> object:
        if isinstance(value, dict) and set(value) == {"strokes"}:
            return tuple(self._strokes[number] for number in value["strokes"])
        return value

    def _known(self, number: int) -> Edit:
        edit = self._edits[number]
        if isinstance(edit, ValueError):
            raise edit
        return edit


def _brush(stroke: Stroke) -> dict[str, object]:
    return {"size": stroke.size, "hardness": stroke.hardness, "erase": stroke.erase}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
