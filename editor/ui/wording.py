"""Wording: what a step of the history is called, in the person's language: "Exposure: +0.50 EV"."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from editor.core.changes import Change, change
from editor.core.document import Step
from editor.core.drawn import Strokes
from editor.core.edit import Edit
from editor.core.params import Choice, Colour, Kind, Slider, Toggle
from editor.core.recipe import Recipe
from editor.ui.numbers import with_unit

MOST = 3  # parameters that are named; of more there is just the edit


def told(step: Step, before: Step | None) -> str:
    """The name of a step; `before` is the one it came after, None for the first."""
    if before is None:
        return QCoreApplication.translate("History", "Opened")
    named = {
        "open": QCoreApplication.translate("History", "Opened"),
        "paste": QCoreApplication.translate("History", "Pasted edits"),
        "preset": QCoreApplication.translate("History", "Preset"),
        "reset": QCoreApplication.translate("History", "All edits reset"),
        "rename": QCoreApplication.translate("History", "Edit renamed"),
    }
    return named.get(step.act) or _told(change(before.recipe, step.recipe), before.recipe, step.recipe)


def _told(what: Change, before: Recipe, after: Recipe) -> str:
    if not what.kind:
        if what.what == "none":
            return QCoreApplication.translate("History", "No change")
        return QCoreApplication.translate("History", "Several edits")
    kind = Edit.kinds[what.kind]
    title = QCoreApplication.translate("Edits", kind.title) + (f" “{what.name}”" if what.name else "")
    old, new = before.get(what.kind, what.name), after.get(what.kind, what.name)
    params = what.params
    if what.what == "added" and new is not None:
        old = kind(name=what.name)
        params = tuple(name for name in kind.params() if getattr(old, name) != getattr(new, name))
    if old is not None and new is not None and params and what.what in ("added", "changed"):
        return _values(title, old, new, params)
    sentences = {
        "added": QCoreApplication.translate("History", "{} switched on"),
        "on": QCoreApplication.translate("History", "{} switched on"),
        "off": QCoreApplication.translate("History", "{} switched off"),
        "removed": QCoreApplication.translate("History", "{} removed"),
        "reset": QCoreApplication.translate("History", "{} reset"),
        "changed": QCoreApplication.translate("History", "{} changed"),
    }
    return sentences[what.what].format(title)


def _values(title: str, old: Edit, new: Edit, params: tuple[str, ...]) -> str:
    kinds = new.params()
    parts = []
    for name in params[:MOST]:
        called = QCoreApplication.translate("Edits", kinds[name].title)
        value = _value(kinds[name], getattr(old, name), getattr(new, name))
        parts.append(value if value and called == title else f"{called} {value}".strip())
    said = ", ".join(parts) + ("…" if len(params) > MOST else "")
    return QCoreApplication.translate("History", "{}: {}").format(title, said)


def _value(kind: Kind, old: object, new: object) -> str:
    """The value in a word; empty where it is something that is seen on the picture."""
    if isinstance(kind, Slider):
        if not isinstance(new, float):
            return QCoreApplication.translate("History", "automatic")
        sign = "+" if kind.low < 0 else ""
        return with_unit(f"{new:{sign}.{kind.digits}f}", kind.unit)
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
        return QCoreApplication.translate("History", "(painted)")
    return ""
