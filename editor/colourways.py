"""Colourways: `packshot apply --colourways`: every photo in every colour of a swatch file, each photo studied once."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from editor.apply import made, notes, on_white, readings, recipe_for, with_matte
from editor.bar import Bar, attempt, printable
from editor.commandline import complain
from editor.core.colourways import chosen, file_parts, ways
from editor.core.computer import installed_memory
from editor.core.engine import Engine
from editor.core.files import same_file
from editor.core.formats import FORMATS, PhotoError, format_of
from editor.core.output import render_note
from editor.core.photo import Photo
from editor.core.sample import NAME, sample_photo
from editor.core.swatches import SwatchError, read_palette

if TYPE_CHECKING:
    from editor.core.job import Job
    from editor.core.model import Models
    from editor.core.output import Output
    from editor.core.recipe import Recipe
    from editor.core.shot import Shot
    from editor.core.swatches import Swatch

KIND = "jpg"  # of file, unless another is asked for
MOST_MEMORY, SHARE = 1 << 30, 4  # bytes that steps before the colour may be kept in, of the computer's one in SHARE


def named_file(text: str) -> tuple[str, Path]:
    """NAME=FILE taken apart, or "" and FILE; a file that is there is one, whatever its name."""
    name, equals, file = text.partition("=")
    return ("", Path(text)) if not equals or os.path.isfile(text) else (name.strip(), Path(file))


def refusal(told: argparse.Namespace) -> str:
    """Why these arguments of `apply` do not go with --colourways; empty where they do."""
    if told.save_matte:
        return "--save-matte: the matte is the same in every colour; save it without --colourways"
    if told.out == "-":
        return "--colourways writes a file for each colour, and standard output takes one"
    if told.out is None and told.sample:
        return "--colourways: the sample lies in no folder; say with -o where its colours go"
    suffixes = tuple(suffix for kind in FORMATS for suffix in kind.suffixes)
    there, folder = bool(told.out) and os.path.lexists(told.out), bool(told.out) and os.path.isdir(told.out)
    if told.out and not folder and (there or told.out.lower().endswith(suffixes)):
        return f"{told.out}: is one file, and --colourways writes a folder full of them"
    return ""


def apply(
    told: argparse.Namespace, models: Models, recipe: Recipe, output: Output, shots: Sequence[Shot],
    beside: Callable[[Recipe], Recipe] | None,
) -> int:  # fmt: skip
    """Does what the arguments of `apply` with --colourways say; see `Colourways`. Returns the exit code."""
    if reason := refusal(told):
        return complain(reason)
    name, file = named_file(told.colourways)
    if not file.name:
        return complain("--colourways: which swatch file?")
    try:
        palette = read_palette(file)
        if beside is None:
            chosen(recipe, name)
    except SwatchError as error:
        return complain(error)
    except ValueError as error:
        return complain(f"--colourways {told.colourways}: {error}")
    if palette.note:
        print(f"packshot: {printable(str(file))}: {palette.note}", file=sys.stderr)
    batch = Colourways(
        models, recipe, output, palette.swatches, name, Path(told.out) if told.out else None, told.format or KIND,
        told.overwrite, beside, told.matte,
    )  # fmt: skip
    return batch.run(shots, sample=told.sample)


@dataclass(frozen=True)
class Ready:
    """A photo that was opened, and what is to be made of it."""

    photo: Photo
    ways: Sequence[tuple[Swatch, Recipe]]
    engine: Engine  # that remembers, from one colour to the next
    place: Path
    stem: str
    note: str  # where its edits come from


@dataclass
class Colourways:
    """STEM-SWATCH.jpg for each photo and each swatch, in `folder`, or beside the photo where that is None."""

    models: Models
    recipe: Recipe
    output: Output
    swatches: Sequence[Swatch]
    name: str = ""  # of the edit whose colour varies, where there are several
    folder: Path | None = None
    format: str = KIND  # a suffix without its dot
    overwrite: bool = False  # files that are there already
    beside: Callable[[Recipe], Recipe] | None = None  # makes the recipe of a photo with edits beside it, from those
    matte: Path | None = None
    _written: list[Path] = field(default_factory=list)
    _owners: dict[Path, Path] = field(default_factory=dict)  # the photo that a name in a folder stands for
    _ready: Ready | None = None
    _said: tuple[str, ...] = ()
    _known: Collection[str] = ()  # what has been said of this photo: it is not said again in every colour

    def run(self, shots: Sequence[Shot], *, sample: bool = False) -> int:
        """Writes them. Returns 0 if all were written, 2 if not. Raises KeyboardInterrupt when interrupted; nothing is
        half done then."""
        works: list[tuple[Shot | None, Callable[[], Photo]]] = [(s, partial(Photo.open, s.path)) for s in shots]
        if sample:
            works.append((None, sample_photo))
        originals = {shot.path for shot in shots}
        parts, each = file_parts(self.swatches), len(self.swatches)
        total = len(works) * each
        for number, (shot, load) in enumerate(works):
            name = str(shot.path.with_name(shot.name) if shot.copy else shot.path) if shot else NAME
            first = number * each + 1
            self._known = ()
            self._ready = None  # the photo before goes, with all that its engine remembers
            attempt(partial(self._open, load, shot), Bar(f"[{first}/{total}] {printable(name)}"), name)
            if self._ready is None:
                continue
            for index, part in enumerate(parts):
                bar = Bar(f"[{first + index}/{total}] {printable(f'{name}, {self.swatches[index].name}')}")
                if attempt(partial(self._write, self._ready, index, part, originals), bar, name):
                    bar.done(f"{self._written[-1]}{self._ready.note}", self._said)
        missing = total - len(self._written)
        print(f"packshot: {len(self._written)} of {total} pictures written", file=sys.stderr)
        return 2 if missing else 0

    def _open(self, load: Callable[[], Photo], shot: Shot | None, job: Job) -> None:
        photo = load()
        if self.matte:
            photo = with_matte(photo, self.matte)
        recipe, note = recipe_for(shot, self.recipe, self.beside) if shot else (self.recipe, "")
        each = ways(recipe, chosen(recipe, self.name), self.swatches)
        memory = min(MOST_MEMORY, (installed_memory() or MOST_MEMORY) // SHARE)
        place, stem = self.folder or photo.path.parent, photo.path.stem
        owner = self._owners.setdefault(place / stem, photo.path)
        if owner.suffix != photo.path.suffix:
            stem = photo.path.name  # shoe.webp after shoe.png
        if shot and shot.copy:
            stem = f"{stem}-copy-{shot.copy}"
        self._ready = Ready(photo, each, Engine(self.models, memory), place, stem, note)

    def _write(self, ready: Ready, index: int, part: str, originals: Collection[Path], job: Job) -> None:
        path = ready.place / f"{ready.stem}-{part}.{self.format}"
        photo, recipe = ready.photo, ready.ways[index][1]
        if any(same_file(path, original) for original in originals):
            raise PhotoError(path, "is one of the originals, which --colourways does not overwrite")
        if any(same_file(path, written) for written in self._written):
            raise PhotoError(photo.path, f"would be written to {path}, which this call has already made")
        if not self.overwrite and os.path.lexists(path):
            raise PhotoError(path, "is there already; --overwrite replaces it")
        with made(ready.place) if self.folder else nullcontext():
            self.output.write(ready.engine, photo, recipe, path, job)
            self._written.append(path)
            self._said = self._remarks(ready.engine, photo, recipe, path, job.quiet())

    def _remarks(self, engine: Engine, photo: Photo, recipe: Recipe, path: Path, job: Job) -> tuple[str, ...]:
        """What a person should know of a picture; what was found out about the photo is said with the first alone."""
        found = notes(engine, photo, recipe, job)
        sentences = {sentence for edit in recipe.active for sentence in edit.notes}
        of_photo = {note for note in found if note.partition(": ")[2] in sentences}
        render = render_note(photo, recipe) if self.output.photos_only else ""
        once = *photo.notes, *on_white(engine, photo, recipe, format_of(path), job), *([render] if render else [])
        said = *found, *readings(engine, photo, recipe, job), *once
        told = tuple(note for note in said if note not in self._known)
        self._known = of_photo.union(once)
        return told
