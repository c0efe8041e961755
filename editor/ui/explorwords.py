"""Explorer words: what makes the difference of two variations, in a person's words: "Sleeve +1.2", "Hue −0.8"."""

from __future__ import annotations

from editor.core.edit import Edit
from editor.core.params import Slider
from editor.core.variations import Place, apart
from editor.ui.numbers import number_of
from editor.ui.titles import Titles

NAMED = 4  # axes that a variation is told by


def told_apart(titles: Titles, kind: type[Edit], here: Place, place: Place) -> tuple[str, ...]:
    """The axes that two places differ on most, as a person calls them, and by how much."""
    parts = []
    for name, step in apart(kind, here, place)[:NAMED]:
        param = kind.params()[name]
        digits = min(1, param.digits) if isinstance(param, Slider) else 1
        parts.append(f"{titles.of(kind.id, name)} {number_of(step, digits, signed=True)}")
    return tuple(parts)
