"""Recipe: the edits of a photo, in the order they are cooked."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from editor.core.edit import Edit
from editor.core.warp import Warp

FORMAT = 1
MOST = 1000  # edits


@dataclass(frozen=True)
class Recipe:
    """Edits in stage order, and the keys of those that are kept but switched off. Raises ValueError beyond MOST."""

    edits: tuple[Edit, ...] = ()
    off: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        if len(self.edits) > MOST:
            raise ValueError(f"a recipe has at most {MOST:,} edits, not {len(self.edits):,}")

    @property
    def active(self) -> tuple[Edit, ...]:
        """The edits that are switched on, in the order they are cooked."""
        return tuple(e for e in self.edits if e.key not in self.off)

    def warp(self, size: tuple[int, int]) -> Warp:
        """From the framed picture back to the photo, which is of `size`."""
        whole = Warp.none(size)
        for edit in self.active:
            if step := edit.warp(whole.size):
                whole = whole.then(step)
        return whole

    def transparent(self, alpha: bool) -> bool:
        """Whether the finished picture of a photo, which has `alpha` or not, may be transparent somewhere."""
        for edit in self.active:
            alpha = edit.transparent(alpha)
        return alpha

    def size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Width and height of the finished picture of a photo of `size`."""
        return self.warp(size).size

    def put(self, edit: Edit) -> Recipe:
        """This recipe with `edit` in it, in place of the one of its kind and name; switched on or off as that was."""
        others = [e for e in self.edits if e.key != edit.key]
        return Recipe(tuple(sorted([*others, edit], key=lambda e: e.place)), self.off)

    def without(self, kind: str, name: str = "") -> Recipe:
        return Recipe(tuple(e for e in self.edits if e.key != (kind, name)), self.off - {(kind, name)})

    def switch(self, kind: str, name: str = "", *, on: bool) -> Recipe:
        """This recipe with that edit switched on or off; its values stay."""
        key = (kind, name)
        return Recipe(self.edits, self.off - {key} if on or self.get(*key) is None else self.off | {key})

    def overlaid(self, other: Recipe) -> Recipe:
        """This recipe with the edits of `other`, on or off as there, in place of those of their kind and name."""
        made = self
        for edit in other.edits:
            made = made.put(edit).switch(*edit.key, on=edit.key not in other.off)
        return made

    def only(self, keys: Collection[tuple[str, str]]) -> Recipe:
        """Of this recipe the edits with one of these keys."""
        return Recipe(tuple(e for e in self.edits if e.key in keys), self.off & set(keys))

    def without_drawn(self) -> Recipe:
        """This recipe with its edits as another photo can have them; see `Edit.without_drawn`."""
        return Recipe(tuple(e.without_drawn() for e in self.edits), self.off)

    def get(self, kind: str, name: str = "") -> Edit | None:
        return next((e for e in self.edits if e.key == (kind, name)), None)

    def is_on(self, kind: str, name: str = "") -> bool:
        """Whether there is such an edit and it is switched on."""
        return self.get(kind, name) is not None and (kind, name) not in self.off

    def to_json(self) -> str:
        """A readable, versioned text that `from_json` takes."""
        edits = [_lines(e.to_dict() | ({"off": True} if e.key in self.off else {})) for e in self.edits]
        between = "\n    },\n    {\n"
        inside = f"\n    {{\n{between.join(edits)}\n    }}\n  " if edits else ""
        return f'{{\n  "packshot": {FORMAT},\n  "edits": [{inside}]\n}}\n'

    @staticmethod
    def from_json(text: str) -> Recipe:
        """The recipe that `to_json` wrote. Raises ValueError with one clear sentence for anything else."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"not JSON: {error}") from None
        if not isinstance(data, dict) or not isinstance(data.get("edits"), list):
            raise ValueError("not a recipe: it needs {'packshot': 1, 'edits': [...]}")
        if type(data.get("packshot")) is not int or data["packshot"] != FORMAT:
            raise ValueError(f"recipe format {data.get('packshot')!r} is not known; known is {FORMAT}")
        if len(data["edits"]) > MOST:
            raise ValueError(f"a recipe has at most {MOST:,} edits, not {len(data['edits']):,}")
        recipe, off = Recipe(), set()
        for entry in data["edits"]:
            entry = dict(entry) if isinstance(entry, dict) else entry
            switched_off = entry.pop("off", False) if isinstance(entry, dict) else False
            if not isinstance(switched_off, bool):
                raise ValueError(f"'off' is true or false, not {switched_off!r}")
            edit = Edit.from_dict(entry)
            if recipe.get(*edit.key):
                raise ValueError(f"{edit.id} {edit.name!r} stands in the recipe twice".replace(" ''", ""))
            recipe = recipe.put(edit)
            if switched_off:
                off.add(edit.key)
        return Recipe(recipe.edits, frozenset(off))


def _lines(values: dict[str, Any]) -> str:
    """An edit's values, a line each; of a list of objects, such as strokes, every object has a line."""
    lines = []
    for name, value in values.items():
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list | tuple) and value and isinstance(value[0], dict):
            items = ",\n        ".join(json.dumps(item, ensure_ascii=False) for item in value)
            text = f"[\n        {items}\n      ]"
        lines.append(f"      {json.dumps(name)}: {text}")
    return ",\n".join(lines)
