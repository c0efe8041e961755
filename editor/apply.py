"""Apply: one recipe over many photos, file after file; one that fails does not stop the others."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from editor.bar import Bar, attempt, printable
from editor.core.engine import Engine, View
from editor.core.files import same_file
from editor.core.formats import FORMATS, Format, PhotoError, format_of
from editor.core.job import Job
from editor.core.matte_file import read_matte
from editor.core.matte_output import NoMatte, write_matte
from editor.core.model import Models
from editor.core.output import Output, render_note
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sample import NAME, sample_photo
from editor.core.shot import Shot
from editor.core.sidecar import load as load_kept

GLANCE = 512  # pixels on the longer side


@dataclass
class Batch:
    """Where the photos go and how. `out` is a file, a folder, or "-" for standard output."""

    models: Models
    recipe: Recipe
    output: Output
    out: str
    format: str | None = None  # a suffix without its dot, where `out` is a folder or "-"
    overwrite: bool = False
    beside: Callable[[Recipe], Recipe] | None = None  # makes the recipe of a photo with edits beside it, from those
    save_matte: bool = False  # NAME-matte.png beside each picture
    matte: Path | None = None  # where the product is: a picture, or a folder with one for each photo, of its name
    _written: list[Path] = field(default_factory=list)
    _target: str = ""
    _notes: tuple[str, ...] = ()
    _found: tuple[str, ...] = ()  # those of them that the edits have found out

    def run(self, shots: Sequence[Shot], *, sample: bool = False) -> int:
        """Writes photos and virtual copies, each copy as NAME-copy-N.EXT where `out` is a folder.

        Returns 0 if all were written, 2 if not. Raises KeyboardInterrupt when interrupted; nothing is half done.
        """
        works: list[tuple[Shot | None, Callable[[], Photo]]] = [(s, partial(Photo.open, s.path)) for s in shots]
        if sample:
            works.append((None, sample_photo))
        originals = {shot.path for shot in shots}
        several = len(works) > 1
        if self.out == "-" and several:
            print("packshot: standard output takes one photo", file=sys.stderr)
            return 2
        folder = self.out != "-" and (several or self.out.endswith(("/", "\\")) or os.path.isdir(self.out))
        if several and not os.path.isdir(self.out) and _format_or_none(Path(self.out)):
            print(f"packshot: {self.out}: is one file, but {len(works)} photos were given", file=sys.stderr)
            return 2
        bad = noted = 0
        for index, (shot, load) in enumerate(works):
            name = str(shot.path.with_name(shot.name) if shot.copy else shot.path) if shot else NAME
            bar = Bar(f"[{index + 1}/{len(works)}] {printable(name)}")
            if attempt(partial(self._one, load, shot, originals, folder), bar, name):
                bar.done(self._target, self._notes)
                noted += bool(self._found)
            else:
                bad += 1
        if several and noted:
            print(f"packshot: {noted} of {len(works)} with a note, see above", file=sys.stderr)
        if several and bad:
            print(f"packshot: {bad} of {len(works)} were not written", file=sys.stderr)
        return 2 if bad else 0

    def _one(
        self, load: Callable[[], Photo], shot: Shot | None, originals: Collection[Path], folder: bool, job: Job
    ) -> None:
        photo = load()
        if self.matte:
            photo = with_matte(photo, self.matte)
        self._notes, self._found = photo.notes, ()
        recipe, note = recipe_for(shot, self.recipe, self.beside) if shot else (self.recipe, "")
        engine = Engine(self.models, memory=0)
        if self.out == "-":
            self._target = f"standard output{note}"
            self._look_back(engine, photo, recipe, self._print(engine, photo, recipe, job), job)
            return
        path = self._place(photo, shot.copy if shot else 0, folder)
        self._target = f"{path}{note}"
        if not self.overwrite and any(same_file(path, original) for original in originals):
            raise PhotoError(path, "is an original, which is not overwritten without --overwrite")
        if any(same_file(path, written) for written in self._written):
            raise PhotoError(photo.path, f"would be written to {path}, which this call has already made")
        matte = path.with_name(f"{path.stem}-matte.png") if self.save_matte else None
        if matte and any(same_file(matte, other) for other in (path, *originals, *self._written)):
            raise PhotoError(photo.path, f"its matte would be written over {matte}")
        parts = 2 if matte else 1
        with made(path.parent) if folder else nullcontext():
            self.output.write(engine, photo, recipe, path, job.part(0, parts), overwrite=self.overwrite)
            self._written.append(path)
            self._look_back(engine, photo, recipe, format_of(path), job)
            if matte:
                self._write_matte(engine, photo, recipe, matte, job.part(1, parts))

    def _look_back(self, engine: Engine, photo: Photo, recipe: Recipe, kind: Format, job: Job) -> None:
        """Takes down what a person should know of the picture that was written as `kind`."""
        self._found = notes(engine, photo, recipe, job)
        made = readings(engine, photo, recipe, job)
        self._notes += (*self._found, *made, *on_white(engine, photo, recipe, kind, job))
        if self.output.photos_only and (render := render_note(photo, recipe)):
            self._notes += (render,)

    def _write_matte(self, engine: Engine, photo: Photo, recipe: Recipe, path: Path, job: Job) -> None:
        depth = self.output.depth or str(photo.bits)
        try:
            write_matte(engine, photo, recipe, path, job, depth="8" if depth == "8" else "16")
        except NoMatte as nothing:
            self._notes += (f"{path.name} is not written: {nothing.reason}",)
        else:
            self._written.append(path)

    def _print(self, engine: Engine, photo: Photo, recipe: Recipe, job: Job) -> Format:
        suffix = self.format or ("tif" if self.output.depth == "float" or photo.depth == "float" else "png")
        buffer, kind = io.BytesIO(), format_of(Path(f"-.{suffix}"))
        self.output.write_to(buffer, kind, engine, photo, recipe, job)
        try:
            sys.stdout.buffer.write(buffer.getbuffer())
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise PhotoError("standard output", f"cannot be written ({error.strerror})") from None
        return kind

    def _place(self, photo: Photo, copy: int, folder: bool) -> Path:
        if not folder:
            return Path(self.out)
        if self.format:
            suffix = f".{self.format}"
        else:
            kept, wanted = _format_or_none(photo.path), self.output.depth
            if photo.depth == "float" and wanted is None:
                wanted = "float"
            fallback = ".tif" if wanted == "float" or photo.raw or photo.space.model == "CMYK" else ".png"
            suffix = photo.path.suffix if kept and (wanted is None or wanted in kept.depths) else fallback
        ending = f"-copy-{copy}{suffix}" if copy else suffix
        path = Path(self.out) / f"{photo.path.stem}{ending}"
        if suffix != photo.path.suffix and any(same_file(path, written) for written in self._written):
            return path.with_name(f"{photo.path.name}{ending}")  # shoe.webp beside shoe.png
        return path


def recipe_for(shot: Shot, recipe: Recipe, beside: Callable[[Recipe], Recipe] | None) -> tuple[Recipe, str]:
    """The recipe for a photo, and in words where it comes from, if from beside it; see `Batch`. Raises PhotoError."""
    kept = load_kept(*shot) if beside else None
    for path, reason in kept.unread if kept else ():
        raise PhotoError(path, f"cannot be read ({reason}); --no-sidecar leaves such edits out")
    if beside and kept and kept.recipe:
        return beside(kept.recipe), " with the edits kept beside the photo"
    return recipe, ""


def with_matte(photo: Photo, path: Path) -> Photo:
    """The photo with the matte at `path`, or with that of its own name in the folder `path`. Raises PhotoError."""
    if path.is_dir():
        names = photo.path.stem, f"{photo.path.stem}-matte", photo.path.name
        found = [
            f for f in sorted(path.iterdir())
            if f.stem in names and _format_or_none(f) and not same_file(f, photo.path)
        ]  # fmt: skip
        if not found:
            raise PhotoError(photo.path, f"has no matte of its name in {path}")
        path = found[0]
    try:
        return photo.with_matte(read_matte(path))
    except ValueError as error:
        raise PhotoError(path, str(error)) from None


def notes(engine: Engine, photo: Photo, recipe: Recipe, job: Job) -> tuple[str, ...]:
    """What a person should know of what the edits have found out and made, each with the name of its edit."""
    found = []
    for edit in recipe.active:
        facts = engine.facts(photo, recipe, edit, job.quiet())
        warnings = (str(reading) for reading in edit.reading(facts) if reading.warns)
        told = (facts.note if facts else "", *warnings)
        found += [f"{' '.join(filter(None, edit.key))}: {note}" for note in told if note]
    return tuple(found)


def readings(engine: Engine, photo: Photo, recipe: Recipe, job: Job) -> tuple[str, ...]:
    """What has come of the edits, in numbers, each with the name of its edit."""
    found = []
    for edit in recipe.active:
        made = edit.reading(engine.facts(photo, recipe, edit, job.quiet()))
        found += [f"{' '.join(filter(None, edit.key))}: {reading}" for reading in made if not reading.warns]
    return tuple(found)


def on_white(engine: Engine, photo: Photo, recipe: Recipe, kind: Format, job: Job) -> tuple[str, ...]:
    """A word on what has become of transparency that a file of this `kind` cannot have."""
    lost = not kind.alpha and transparent(engine, photo, recipe, job)
    return (f"is on white: {kind.name} has no transparency",) if lost else ()


def transparent(engine: Engine, photo: Photo, recipe: Recipe, job: Job) -> bool:
    """Whether the finished picture lets something show through; it is looked at in small."""
    if not recipe.transparent(photo.alpha is not None):
        return False
    scale = min(1.0, GLANCE / max(recipe.size(photo.size)))
    alpha = engine.render(photo, recipe, View(scale), job.quiet()).alpha
    return alpha is not None and bool(alpha.min() < 1)


def _format_or_none(path: Path) -> Format | None:
    return next((f for f in FORMATS if path.suffix.lower() in f.suffixes), None)


@contextmanager
def made(folder: Path) -> Iterator[None]:
    """While inside, the folder is there. Those made for it go again if nothing came into them."""
    new = [f for f in (folder, *folder.parents) if not f.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PhotoError(folder, f"cannot be made ({error.strerror})") from None
    try:
        yield
    finally:
        with suppress(OSError):  # of those that hold something
            for each in new:
                each.rmdir()
