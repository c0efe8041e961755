"""Colourways: one photo in every colour that its product is sold in: a recipe, and part of a file name, per swatch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from editor.core.edit import Edit, kind_of
from editor.core.marks import LONGEST_NAME
from editor.core.params import Colour
from editor.core.recipe import Recipe

if TYPE_CHECKING:
    from editor.core.swatches import Swatch

Key = tuple[str, str]  # of an edit, as `Edit.key`
LONGEST = 100  # bytes of UTF-8 that a swatch adds to a file name; file systems hold 255 for all of it
_UNSAFE = re.compile(r'[<>:"/\\|?*]+')  # what Windows lets no file name have; the others let it have more


def target(kind: type[Edit]) -> str | None:
    """The parameter of a kind of edit that is a colour to be hit (the first wide `Colour`); None where it has none."""
    return next((name for name, p in kind.params().items() if isinstance(p, Colour) and p.wide), None)


def dyes(recipe: Recipe) -> tuple[Edit, ...]:
    """The edits of a recipe, switched on, that have a colour to vary."""
    return tuple(edit for edit in recipe.active if target(type(edit)))


def called(edit: Edit) -> str:
    """How a person names one of them: by its own name, one without a name by its kind's."""
    return edit.name or edit.id


def chosen(recipe: Recipe, name: str = "") -> Key:
    """The edit whose colour is to vary: the one `called` so, or the only one. Raises ValueError with a sentence."""
    there = dyes(recipe)
    if not there:
        kinds = ", ".join(sorted(kind.id for kind in Edit.kinds.values() if target(kind)))
        raise ValueError(f"no edit has a colour to vary{f'; {kinds} has one' if kinds else ''}")
    names = ", ".join(map(called, there))
    found = [edit for edit in there if not name or called(edit) == name]
    if not found:
        raise ValueError(f"no edit with a colour to vary is called {name!r}; there is {names}")
    if len(found) > 1:
        raise ValueError(f"several edits have a colour to vary: {names}; say which, as in {called(found[0])}=FILE")
    return found[0].key


def way(recipe: Recipe, key: Key, colour: str) -> Recipe:
    """The recipe with `colour` for the target of the edit `key`, on or off as it was.

    Raises ValueError where there is no such edit, it has no colour to vary, or does not take this one.
    """
    edit, name = recipe.get(*key), target(kind_of(key[0]))
    if edit is None or name is None:
        raise ValueError(f"{' '.join(filter(None, key))} has no colour to vary")
    return recipe.put(edit.with_value(name, colour))


def ways(recipe: Recipe, key: Key, swatches: Sequence[Swatch]) -> tuple[tuple[Swatch, Recipe], ...]:
    """Each swatch, in order, with the recipe that gives the photo its colour. Raises ValueError as `way` does."""
    return tuple((swatch, way(recipe, key, swatch.colour)) for swatch in swatches)


def colour_in(recipe: Recipe, key: Key) -> str | None:
    """The colour that the edit `key` gives the photo now; None where it has none, is switched off, or is not there."""
    edit, name = recipe.get(*key), target(kind_of(key[0]))
    found = getattr(edit, name) if edit in recipe.active and name else None
    return found if isinstance(found, str) else None


def file_parts(swatches: Sequence[Swatch]) -> tuple[str, ...]:
    """What each swatch adds to the name of a file, in order: its own name without what some system lets no name have.

    No two are alike, also where capitals or composed signs do not count: those after the first are numbered, "red-2".
    """
    taken: set[str] = set()
    parts = []
    for swatch in swatches:
        plain = _plain(swatch.name) or _plain(swatch.colour) or "colour"
        part, number = plain, 1
        while _folded(part) in taken:
            number += 1
            part = f"{_shortened(plain, LONGEST - len(str(number)) - 1)}-{number}"
        taken.add(_folded(part))
        parts.append(part)
    return tuple(parts)


def copy_names(wished: Sequence[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """What virtual copies are called, in order: as is `wished` for each, numbered where one is called so: "Red 2".

    `taken` are the names of the copies that there are. None is longer than a name may be.
    """
    used = set(taken)
    names = []
    for wish in wished:
        name, number = wish, 1
        while name in used:
            number += 1
            name = f"{wish[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        used.add(name)
        names.append(name)
    return tuple(names)


def _plain(name: str) -> str:
    """A text as a file name may have it; Chinese, accents and spaces stay."""
    seen = (" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", name).replace("#", ""))
    kept = "".join(sign for sign in seen if unicodedata.category(sign)[0] != "C")  # what is seen, that is
    return _shortened(" ".join(_UNSAFE.sub("-", kept).split()).strip(" .-"), LONGEST)


def _shortened(text: str, most: int) -> str:
    """As much of its beginning as has `most` bytes, no sign cut in two; Windows takes none that ends in a dot."""
    return text.encode("utf-8")[:most].decode("utf-8", "ignore").rstrip(" .")


def _folded(part: str) -> str:
    """What names are alike in that lead to one file on some system (Unicode 3.13, canonical caseless matching)."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", part).casefold())
