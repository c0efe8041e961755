"""Changes: what has become of a recipe from one step to the next, as a value that can be put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from editor.core.edit import Edit
from editor.core.recipe import Recipe

What = Literal["added", "removed", "on", "off", "reset", "changed", "several", "none"]


@dataclass(frozen=True)
class Change:
    """What happened to which edit; "several" of them, or "none", where `kind` is empty.

    "reset" is back to the edit's defaults, "changed" any other change of its `params`, which are named in the order in
    which the edit declares them. An edit that is changed and thereby switched on counts as changed.
    """

    what: What
    kind: str = ""
    name: str = ""
    params: tuple[str, ...] = ()


def change(before: Recipe, after: Recipe) -> Change:
    """The difference of two recipes."""
    keys = list(dict.fromkeys(e.key for e in (*before.edits, *after.edits)))
    changed = [key for key in keys if before.get(*key) != after.get(*key) or (key in before.off) != (key in after.off)]
    if len(changed) != 1:
        return Change("several" if changed else "none")
    kind, name = changed[0]
    old, new = before.get(kind, name), after.get(kind, name)
    if old is None or new is None:
        return Change("added" if old is None else "removed", kind, name)
    if params := tuple(p for p in new.params() if getattr(old, p) != getattr(new, p)):
        return Change("reset" if _untouched(new) else "changed", kind, name, params)
    return Change("on" if after.is_on(kind, name) else "off", kind, name)


def _untouched(edit: Edit) -> bool:
    return edit == type(edit)(name=edit.name)
