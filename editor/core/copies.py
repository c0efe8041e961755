"""Copies: virtual copies of a photo, each with edits and marks of its own; there is still only one file with pixels."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from editor.core.files import part_beside
from editor.core.marks import own_marks
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import copies, load, put_aside, sidecar_path

__all__ = ["copies", "drop_copy", "new_copy", "restore"]


def new_copy(shot: Shot, recipe: Recipe | None = None, name: str = "") -> Shot:
    """Another copy of a photo, with the edits and marks that `shot` has now, or with the edits of `recipe`; it is
    called `name`. Raises OSError, or ValueError for a name that cannot be shown.

    Whoever has `shot` open need not have written its sidecar yet; the journal is looked at as well.
    """
    kept = load(*shot)
    marks = replace(kept.marks, name=name)  # two of one name could not be told apart
    given = recipe if recipe is not None else kept.recipe or Recipe()
    sheet = Sheet.of(given, marks, own_marks(shot.path))
    number = max(copies(shot.path), default=0) + 1
    part = part_beside(sidecar_path(*shot))
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            file.write(sheet.to_json())
            file.flush()
            os.fsync(file.fileno())
        while not _named(part, sidecar_path(shot.path, number)):  # two windows may ask at once
            number += 1
        return Shot(shot.path, number)
    finally:
        part.unlink(missing_ok=True)


def _named(part: Path, path: Path) -> bool:
    """Gives a file that is written whole another name, unless there is one of that name."""
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:  # a disk, as in a camera, on which a file has one name only
        if os.path.lexists(path):
            return False
        part.rename(path)
    return True


def drop_copy(shot: Shot) -> tuple[tuple[Path, Path], ...]:
    """Takes a copy away. Its files are put aside as `.bak`; what is returned lets `restore` bring them back.

    Nobody may have it open. Raises ValueError for a photo that is no copy, OSError.
    """
    if shot.copy == 0:
        raise ValueError(f"{shot.path.name} is the photo itself, not a copy of it")
    if not os.path.lexists(sidecar_path(*shot)):
        raise FileNotFoundError(f"{sidecar_path(*shot).name} is not there any more")
    return put_aside(shot)


def restore(moved: tuple[tuple[Path, Path], ...]) -> None:
    """Undoes `drop_copy`. Raises OSError."""
    for before, after in moved:
        if os.path.lexists(before):
            raise FileExistsError(f"{before.name} is there already")
        after.rename(before)
