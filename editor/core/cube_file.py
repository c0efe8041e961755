"""Cube file: writes a colour look as a .cube file that photo, film and streaming programs read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from editor.core.engine import Engine
from editor.core.files import replacing, same_file
from editor.core.formats import PhotoError
from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.lattice import POINTS, Baked, bake
from editor.core.photo import Photo
from editor.core.recipe import Recipe

SUFFIX = ".cube"
LONGEST_TITLE = 100  # characters


def cube_text(table: Pixels, title: str = "") -> bytes:
    """A .cube file with `table` (n, n, n, 3), indexed [blue, green, red] as `core.lattice` makes it: colours for sRGB
    values from 0 to 1, with six digits.

    Only what Adobe's specification (Cube LUT Specification 1.0) and Resolve have in common is in it: TITLE,
    LUT_3D_SIZE, and rows of three numbers, red running fastest. Raises ValueError where the table is none.
    """
    return b"".join(_slices(table, title))


def _slices(table: Pixels, title: str) -> Iterator[bytes]:
    """`cube_text` in parts: what goes before the table with its first slice, then slice by slice of as much blue."""
    if table.ndim != 4 or table.shape != (len(table), len(table), len(table), 3) or len(table) < 2:
        raise ValueError(f"a table is (n, n, n, 3), not {table.shape}")
    if not np.isfinite(table).all():
        raise ValueError("there are values in the table that are no numbers")
    plain = "".join(sign if " " <= sign <= "~" and sign != '"' else "_" for sign in title)[:LONGEST_TITLE]
    head = f'TITLE "{plain}"\n' if plain else ""
    head += f"# Made with Packshot: sRGB in, sRGB out\nLUT_3D_SIZE {len(table)}\n"
    rows = "%.6f %.6f %.6f\n" * len(table) ** 2
    for each in table:
        numbers = each.astype(np.float64).round(6) + 0.0  # no minus before a zero
        yield (head + rows % tuple(numbers.ravel().tolist())).encode("ascii")
        head = ""


def write_look(engine: Engine, photo: Photo, recipe: Recipe, path: Path, job: Job, points: int = POINTS) -> Baked:
    """Writes what the recipe makes of colours on this photo to `path`, a .cube of so many points a side, whole or not
    at all; not over a file that one of the recipe's edits reads, on or off. Returns what is in it and what is not.

    Raises PhotoError, Cancelled, or what an edit raises.
    """
    if path.suffix.lower() != SUFFIX:
        raise PhotoError(path, "is no name for a look, which is written as .cube")
    if os.path.isdir(path):  # unlike Path.is_dir it takes names of any length
        raise PhotoError(path, "is a folder")
    if not os.path.isdir(path.parent):
        raise PhotoError(path, "cannot be written (there is no such folder)")
    read = {name for edit in recipe.edits for name in edit.files}
    if any(same_file(path, Path(os.path.expanduser(name))) for name in read):
        raise PhotoError(path, "is a file that an edit of the photo reads, which is not written over")
    baked = bake(engine, photo, recipe, job.part(0, 2), points)
    if not baked.edits and not baked.partly:
        nothing = "there is no edit of the photo that a look can hold"
        raise PhotoError(path, f"is not written: {baked.notes[0][1] if baked.notes else nothing}")
    writing = job.part(1, 2)
    try:
        with replacing(path) as file:
            for index, part in enumerate(_slices(baked.table, path.stem)):
                writing.progress(index / points)
                file.write(part)
    except OSError as error:
        raise PhotoError(path, f"cannot be written ({error.strerror or error})") from None
    return baked
