"""Copies: virtual copies of a photo, each with edits and marks of its own; there is still only one file with pixels."""

from __future__ import annotations

import os
from pathlib import Path

from editor.core.marks import own_marks
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import copies, load, put_aside, sidecar_path

__all__ = ["copies", "drop_copy", "new_copy", "restore"]


def new_copy(shot: Shot) -> Shot:
    """Another copy of a photo, with the edits and marks that `shot` has now. Raises OSError.

    Whoever has `shot` open need not have written its sidecar yet; the journal is looked at as well.
    """
    kept = load(*shot)
    sheet = Sheet.of(kept.recipe or Recipe(), kept.marks, own_marks(shot.path))
    number = max(copies(shot.path), default=0) + 1
    while True:
        made = Shot(shot.path, number)
        try:
            with sidecar_path(*made).open("x", encoding="utf-8", newline="\n") as file:  # two windows may ask at once
                file.write(sheet.to_json())
            return made
        except FileExistsError:
            number += 1


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
