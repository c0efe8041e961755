"""Looks: `packshot cube`, which saves the tone of a photo's edits as a .cube file for other programs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from editor.commandline import complain
from editor.core.lattice import FINE, POINTS

if TYPE_CHECKING:
    from editor.core.edit import Edit
    from editor.core.job import Job
    from editor.core.model import Models
    from editor.core.recipe import Recipe

    Beside = Callable[[Recipe], Recipe] | None

LEAST, MOST = 2, 129  # points a side


def arguments(cube: argparse.ArgumentParser) -> None:
    """What the command takes, besides a recipe."""
    cube.add_argument("photo", nargs="?", type=Path, metavar="PHOTO", help="the photo that the edits were made for")
    cube.add_argument("--sample", action="store_true", help="the sample photo, in place of PHOTO")
    cube.add_argument("-o", "--out", required=True, type=Path, metavar="LOOK.cube", help="the file to write")
    cube.add_argument(
        "--size", type=_points, default=POINTS, metavar="N",
        help=f"points a side ({POINTS}, which all programs read; {FINE} is finer)",
    )  # fmt: skip


def _points(text: str) -> int:
    if not text.isdecimal() or not LEAST <= int(text[:9]) <= MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of points from {LEAST} to {MOST}")
    return int(text)


def save(models: Models, told: argparse.Namespace, recipe: Recipe, beside: Beside) -> int:
    """Writes the look and says what is not in it. `beside` makes the recipe of a photo with edits beside it, from
    those; None: they do not count. Returns 0 if it was written, 2 if not."""
    from editor.apply import recipe_for
    from editor.bar import Bar, printable, stoppable
    from editor.core.cube_file import write_look
    from editor.core.engine import Engine
    from editor.core.formats import PhotoError
    from editor.core.job import Cancelled, Job
    from editor.core.model import ModelError
    from editor.core.photo import Photo
    from editor.core.sample import NAME, sample_photo
    from editor.core.shot import Shot

    if (told.photo is None) != told.sample:
        return complain("cube: one photo is needed, or --sample")
    said: list[str] = []

    def work(job: Job) -> None:
        photo = Photo.open(told.photo) if told.photo else sample_photo()
        used, note = recipe_for(Shot(told.photo), recipe, beside) if told.photo else (recipe, "")
        baked = write_look(Engine(models), photo, used, told.out, job, told.size)
        said.append(note)
        if baked.left_out:
            said.append(f"not in the look: {_named(baked.left_out)}")
        if baked.partly:
            said.append(f"in the look only as far as it is the same everywhere: {_named(baked.partly)}")
        said.extend(f"{' '.join(filter(None, edit.key))}: {note}" for edit, note in baked.notes)

    bar = Bar(printable(str(told.photo or NAME)))
    try:
        stoppable(work, Job(bar.show))
    except Cancelled:
        bar.clear()
        raise KeyboardInterrupt from None
    except (PhotoError, ModelError, ValueError, OSError) as error:
        return 2 * bar.failed(str(error))
    bar.done(f"{told.out}{said[0]}", said[1:])
    return 0


def _named(edits: Sequence[Edit]) -> str:
    return ", ".join(f"{edit.title} {edit.name}".strip() for edit in edits)
