"""Presets: edits that are kept under a name, to be laid over other photos.

A preset is a readable file in a folder of the person's own: a recipe as `Recipe.to_json` writes it, with its name as
"preset" beside the edits. So `packshot apply --recipe` takes it too, and one that an older Packshot wrote is upgraded
as any recipe is. Each is by itself: one that cannot be read costs no other.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from editor.core.files import replacing
from editor.core.recipe import Recipe

SUFFIX = ".json"
LONGEST = 120  # bytes of a file's name, of which systems allow 255
LARGEST = 50_000_000  # bytes; what is larger was not written here
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no files, on Windows


@dataclass(frozen=True)
class Preset:
    """Edits under a name, and the file that they are kept in."""

    name: str
    recipe: Recipe
    path: Path


@dataclass(frozen=True)
class Shelf:
    """All presets there are, by name, and the files that could not be read, each with the reason in a few words."""

    presets: tuple[Preset, ...] = ()
    broken: tuple[tuple[Path, str], ...] = ()

    def named(self, name: str) -> Preset | None:
        return next((p for p in self.presets if _alike(p.name, name)), None)

    def of(self, kind: str) -> tuple[Preset, ...]:
        """Those with one edit only, of this kind."""
        return tuple(p for p in self.presets if [e.id for e in p.recipe.edits] == [kind])


class Presets:
    """The presets in a folder, which need not be there yet. Names are told apart regardless of capitals.

    What changes files raises OSError where the system refuses, ValueError for a name or edits that make no preset, and
    FileExistsError where the name is taken.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def shelf(self) -> Shelf:
        """What is in the folder. Raises nothing."""
        try:
            paths = sorted(
                p for p in self.folder.iterdir() if p.suffix.lower() == SUFFIX and not p.name.startswith(".")
            )
        except FileNotFoundError:
            return Shelf()
        except OSError as error:
            return Shelf(broken=((self.folder, _reason(error)),))
        presets, broken = [], []
        for path in paths:
            try:
                presets.append(load(path))
            except (OSError, ValueError) as error:
                broken.append((path, _reason(error)))
        return Shelf(tuple(sorted(presets, key=lambda p: _sorting(p.name))), tuple(broken))

    def save(self, name: str, recipe: Recipe, *, replace: bool = False) -> Preset:
        """Keep `recipe` as `name`; with `replace` in place of the preset that has this name."""
        name = checked(name)
        if not recipe.edits:
            raise ValueError("a preset needs at least one edit")
        there = self.shelf().named(name)
        if there and not replace:
            raise FileExistsError(f"there is a preset called {there.name!r}")
        preset = Preset(name, recipe, there.path if there else self._free(name))
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(preset)
        return preset

    def rename(self, preset: Preset, name: str) -> Preset:
        """The same edits under another name, in a file of that name."""
        name = checked(name)
        there = self.shelf().named(name)
        if there and there.path != preset.path:
            raise FileExistsError(f"there is a preset called {there.name!r}")
        same = _stem(name) == preset.path.stem
        renamed = Preset(name, preset.recipe, preset.path if same else self._free(name))
        _write(renamed)
        if not same:
            preset.path.unlink(missing_ok=True)
        return renamed

    def delete(self, preset: Preset) -> None:
        preset.path.unlink(missing_ok=True)

    def _free(self, name: str) -> Path:
        """A file's name for a preset that no file has."""
        stem = _stem(name)
        free, number = self.folder / f"{stem}{SUFFIX}", 2
        while os.path.lexists(free):
            free, number = self.folder / f"{stem}-{number}{SUFFIX}", number + 1
        return free


def load(path: Path) -> Preset:
    """The preset in a file; any recipe will do, under the file's name. Raises OSError and ValueError."""
    told = path.stat()
    if not S_ISREG(told.st_mode):  # a pipe would be waited for without end
        raise ValueError("not a file")
    if told.st_size > LARGEST:
        raise ValueError("too large for a preset")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("not a text in UTF-8") from None
    recipe = Recipe.from_json(text)
    if not recipe.edits:
        raise ValueError("there are no edits in it")
    name = json.loads(text).get("preset")
    try:
        return Preset(checked(name), recipe, path)
    except ValueError:
        return Preset(checked(path.stem), recipe, path)


def checked(name: object) -> str:
    """A name as it is kept. Raises ValueError for what is none."""
    told = " ".join(unicodedata.normalize("NFC", name).split()) if isinstance(name, str) else ""
    if not told.isprintable() or not told:
        raise ValueError("a preset needs a name")
    return told


def _alike(one: str, other: str) -> bool:
    return _sorting(one)[0] == _sorting(other)[0]


def _sorting(name: str) -> tuple[str, str]:
    return unicodedata.normalize("NFC", name).casefold(), name


def _stem(name: str) -> str:
    """A name that every system takes for a file, as near to `name` as can be."""
    safe = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "-", name).strip(" .")
    safe = safe.encode("utf-8", "replace")[:LONGEST].decode("utf-8", "ignore").strip(" .")
    return f"_{safe}" if not safe or _RESERVED.fullmatch(safe) else safe


def _write(preset: Preset) -> None:
    before, brace, after = preset.recipe.to_json().partition("{")
    name = json.dumps(preset.name, ensure_ascii=False)
    with replacing(preset.path) as file:
        file.write(f'{before}{brace}\n  "preset": {name},{after}'.encode())


def _reason(error: Exception) -> str:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(words.split()) or type(error).__name__
