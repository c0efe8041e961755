"""Wording: what a step is called, in the person's language: "Exposure: +0.50 EV", and to take it back: "Exposure"."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from editor.core.changes import Change, change
from editor.core.document import Step
from editor.core.drawn import Strokes
from editor.core.edit import Edit
from editor.core.params import Choice, Colour, Kind, Slider, Toggle
from editor.core.recipe import Recipe
from editor.ui.numbers import number_of

Called = Callable[[str, str], str]  # what a parameter is called, by the kind of edit and its name
MOST = 3  # parameters that are named; of more there is just the edit


def own_title(kind: str, param: str) -> str:
    """What a parameter of a kind of edit is called by itself."""
    return QCoreApplication.translate("Edits", Edit.kinds[kind].params()[param].title)


def told(step: Step, before: Step | None, called: Called = own_title) -> str:
    """The name of a step; `before` is the one it came after, None for the first. `called` names parameters."""
    if before is None:
        return QCoreApplication.translate("History", "Opened")
    named = {
        "open": QCoreApplication.translate("History", "Opened"),
        "paste": QCoreApplication.translate("History", "Pasted edits"),
        "preset": _preset(step.act),
        "reset": QCoreApplication.translate("History", "All edits reset"),
        "rename": QCoreApplication.translate("History", "Edit renamed"),
        "match": QCoreApplication.translate("History", "Matched to another photo"),
        "colourway": _colourway(step.act),
        "explore": QCoreApplication.translate("History", "Moved in the explorer"),
    }
    act, _, _ = step.act.partition(":")
    return named.get(act) or _told(change(before.recipe, step.recipe), before.recipe, step.recipe, called)


def deed(act: str, count: int = 1) -> str:
    """What was done to so many photos, to stand after "Undo"; empty where the act alone does not say."""
    name = _colourway(act) if act.startswith("colourway:") else _preset(act)
    act = act.partition(":")[0]
    if count > 1:
        many = {
            "paste": QCoreApplication.translate("History", "Paste onto {} Photos"),
            "reset": QCoreApplication.translate("History", "Reset of {} Photos"),
            "mark": QCoreApplication.translate("History", "Rating or Label of {} Photos"),
            "match": QCoreApplication.translate("History", "Match of {} Photos"),
            "preset": QCoreApplication.translate("History", "{name} on {} Photos"),
        }.get(act, QCoreApplication.translate("History", "Changes to {} Photos"))
        return many.format(count, name=name)
    return {
        "paste": QCoreApplication.translate("History", "Paste"),
        "reset": QCoreApplication.translate("History", "Reset of All Edits"),
        "rename": QCoreApplication.translate("History", "New Name of an Edit"),
        "mark": QCoreApplication.translate("History", "Rating or Label"),
        "match": QCoreApplication.translate("History", "Match of a Photo"),
        "colourway": name,
        "explore": QCoreApplication.translate("History", "Move in the Explorer"),
        "preset": name,
    }.get(act, "")


def briefly(step: Step, before: Step) -> str:
    """The same of a step of one photo: without the values, which are in the history."""
    what = change(before.recipe, step.recipe)
    return deed(step.act) or (_title(what) if what.kind else _told(what, before.recipe, step.recipe))


def _preset(act: str) -> str:
    """An act "preset:Warm"; an older history has just "preset"."""
    if name := act.partition(":")[2]:
        return QCoreApplication.translate("History", "Preset: {}").format(name)
    return QCoreApplication.translate("History", "Preset")


def _colourway(act: str) -> str:
    """An act "colourway:Navy"."""
    return QCoreApplication.translate("History", "Colourway: {}").format(act.partition(":")[2])


def _title(what: Change) -> str:
    title = QCoreApplication.translate("Edits", Edit.kinds[what.kind].title)
    return title + (f" “{what.name}”" if what.name else "")


def _told(what: Change, before: Recipe, after: Recipe, called: Called = own_title) -> str:
    if not what.kind:
        if what.what == "none":
            return QCoreApplication.translate("History", "No change")
        return QCoreApplication.translate("History", "Several edits")
    kind = Edit.kinds[what.kind]
    title = _title(what)
    old, new = before.get(what.kind, what.name), after.get(what.kind, what.name)
    params = what.params
    if what.what == "added" and new is not None:
        old = kind(name=what.name)
        params = tuple(name for name in kind.params() if getattr(old, name) != getattr(new, name))
    if what.what == "changed" and len(params) == 1 and _is_reset(new, params[0]):
        return QCoreApplication.translate("History", "{}: {} reset").format(title, called(kind.id, params[0]))
    if old is not None and new is not None and params and what.what in ("added", "changed"):
        return _values(title, old, new, params, called)
    sentences = {
        "added": QCoreApplication.translate("History", "{} switched on"),
        "on": QCoreApplication.translate("History", "{} switched on"),
        "off": QCoreApplication.translate("History", "{} switched off"),
        "removed": QCoreApplication.translate("History", "{} removed"),
        "reset": QCoreApplication.translate("History", "{} reset"),
        "changed": QCoreApplication.translate("History", "{} changed"),
    }
    return sentences[what.what].format(title)


def _is_reset(edit: Edit | None, param: str) -> bool:
    """Whether a number is what it is at first, as after a double click."""
    if edit is None or not isinstance(edit.params()[param], Slider):
        return False
    return bool(getattr(edit, param) == getattr(type(edit)(), param))


def _values(title: str, old: Edit, new: Edit, params: tuple[str, ...], called: Called) -> str:
    kinds = new.params()
    parts = []
    for name in params[:MOST]:
        param, value = called(new.id, name), _value(kinds[name], getattr(old, name), getattr(new, name))
        parts.append(value if value and param == title else f"{param} {value}".strip())
    said = ", ".join(parts) + ("…" if len(params) > MOST else "")
    return QCoreApplication.translate("History", "{}: {}").format(title, said)


def _value(kind: Kind, old: object, new: object) -> str:
    """The value in a word; empty where it is something that is seen on the picture."""
    if isinstance(kind, Slider):
        if not isinstance(new, float):
            return QCoreApplication.translate("History", "automatic")
        unit = QCoreApplication.translate("Edits", kind.unit) if kind.unit else ""
        return number_of(new, kind.digits, unit, signed=kind.low < 0)
    if isinstance(kind, Toggle):
        on, off = QCoreApplication.translate("History", "on"), QCoreApplication.translate("History", "off")
        return on if new else off
    if isinstance(kind, Choice):
        return QCoreApplication.translate("Edits", str(new))
    if isinstance(kind, Colour):
        return str(new) if new else QCoreApplication.translate("History", "none")
    if isinstance(kind, Strokes) and isinstance(old, tuple) and isinstance(new, tuple) and len(new) > len(old):
        if new[-1].erase:
            return QCoreApplication.translate("History", "(erased)")
        if new[-1].mark:
            return f"({QCoreApplication.translate('Edits', new[-1].mark)})"
        return QCoreApplication.translate("History", "(painted)")
    return ""
