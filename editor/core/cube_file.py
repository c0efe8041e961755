"""Cube file: writes a colour look as a .cube file that photo, film and streaming programs read."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from editor.core.engine import Engine
from editor.core.files import replacing
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
    if table.ndim != 4 or table.shape != (len(table), len(table), len(table), 3) or len(table) < 2:
        raise ValueError(f"a table is (n, n, n, 3), not {table.shape}")
    if not np.isfinite(table).all():
        raise ValueError("there are values in the table that are no numbers")
    plain = "".join(sign if " " <= sign <= "~" and sign != '"' else "_" for sign in title)[:LONGEST_TITLE]
    rows = table.reshape(-1, 3).astype(np.float64).round(6) + 0.0  # no minus before a zero
    lines = [f'TITLE "{plain}"'] if plain else []
    lines += ["# Made with Packshot: sRGB in, sRGB out", f"LUT_3D_SIZE {len(table)}"]
    lines += ["{:.6f} {:.6f} {:.6f}".format(*row) for row in rows.tolist()]
    return ("\n".join(lines) + "\n").encode("ascii")


def write_look(engine: Engine, photo: Photo, recipe: Recipe, path: Path, job: Job, points: int = POINTS) -> Baked:
    """Writes what the recipe makes of colours on this photo to `path`, a .cube of so many points a side, whole or not
    at all. Returns what is in it and what is not.

    Raises PhotoError, Cancelled, or what an edit raises.
    """
    if path.suffix.lower() != SUFFIX:
        raise PhotoError(path, "is no name for a look, which is written as .cube")
    if os.path.isdir(path):  # unlike Path.is_dir it takes names of any length
        raise PhotoError(path, "is a folder")
    if not os.path.isdir(path.parent):
        raise PhotoError(path, "cannot be written (there is no such folder)")
    baked = bake(engine, photo, recipe, job, points)
    if not baked.edits and not baked.partly:
        raise PhotoError(path, "is not written: there is no edit of the photo that a look can hold")
    try:
        with replacing(path) as file:
            file.write(cube_text(baked.table, path.stem))
    except OSError as error:
        raise PhotoError(path, f"cannot be written ({error.strerror or error})") from None
    return baked
