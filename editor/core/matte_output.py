"""Matte output: writes where the product is as a grey picture of its own, white on black, to go on with elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from editor.core.color import Space
from editor.core.edit import Stage
from editor.core.encode import Layout, encode, to_samples
from editor.core.engine import Engine, View
from editor.core.files import replacing, same_file
from editor.core.formats import FORMATS, PhotoError, Samples
from editor.core.geometry import Region
from editor.core.job import Job
from editor.core.matte_file import put_matte_aside
from editor.core.output import TILE
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sidecar import set_aside

_PNG = next(kind for kind in FORMATS if kind.name == "PNG")


class NoMatte(PhotoError):
    """There is no matte to be written: nothing says where the product is. `reason` has no name in it."""

    reason = "nothing says where the product is"

    def __init__(self, path: Path) -> None:
        super().__init__(path, f"has no matte: {self.reason}")


def finding(recipe: Recipe) -> Recipe:
    """What of a recipe says where the product is: all that comes before its light and colours."""
    return recipe.only({edit.key for edit in recipe.edits if edit.stage <= Stage.CUTOUT})


def write_matte(engine: Engine, photo: Photo, recipe: Recipe, path: Path, job: Job, *, depth: str = "8") -> None:
    """Writes the matte in force to `path`, a PNG of "8" or "16" bits of the framed photo's size, whole or not at all.

    Raises NoMatte, PhotoError, Cancelled, or what an edit raises.
    """
    if path.suffix.lower() not in _PNG.suffixes:
        raise PhotoError(path, "is no name for a matte, which is written as .png")
    if same_file(path, photo.path):
        raise PhotoError(path, "is the original, which is not overwritten unless asked")
    if os.path.isdir(path):  # unlike Path.is_dir it takes names of any length
        raise PhotoError(path, "is a folder")
    if not os.path.isdir(path.parent):
        raise PhotoError(path, "cannot be written (there is no such folder)")
    found = finding(recipe)
    layout = Layout(found.size(photo.size), depth, False, Space("GRAY"))
    try:
        with replacing(path) as file:
            encode(file, _PNG, layout, _bands(engine, photo, found, layout, job), job)
        replaced = Path(os.path.realpath(path))  # edits of a picture that was there before are of no use to this one
        set_aside(replaced)
        put_matte_aside(replaced)
    except OSError as error:
        raise PhotoError(path, f"cannot be written ({error.strerror or error})") from None
    job.progress(1)


def _bands(engine: Engine, photo: Photo, recipe: Recipe, layout: Layout, job: Job) -> Iterator[Samples]:
    """The matte (rows, width, 1) in bands of TILE rows, from the top."""
    tiles = Region(0, 0, *layout.size).tiles(TILE)
    band = np.empty((0, 0, 1), layout.dtype)
    for index, tile in enumerate(tiles):
        if tile.x == 0:
            band = np.empty((tile.height, layout.size[0], 1), layout.dtype)
        product = engine.render(photo, recipe, View(1.0, tile), job.part(index, len(tiles))).product
        if product is None:
            raise NoMatte(photo.path)
        band[:, tile.x : tile.right, 0] = to_samples(product, layout.dtype)
        if tile.right == layout.size[0]:
            yield band
