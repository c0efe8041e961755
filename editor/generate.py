"""Generate: `packshot generate`: new products from words and a seed, as files that say that they are concepts."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from editor.apply import made
from editor.bar import Bar, attempt, printable
from editor.commandline import complain, shared_arguments
from editor.core.formats import FORMATS, PhotoError
from editor.core.generate import (
    LEAST_SIDE,
    MOST,
    MOST_SIDE,
    MOST_SPREAD,
    Drawn,
    Words,
    contact_sheet,
    generate,
    meant,
    side_of,
    words_of,
    write,
)
from editor.core.job import Job
from editor.core.model import ModelError
from editor.core.output import Output

if TYPE_CHECKING:
    from editor.core.model import Models

NAME, USUAL = "generate", "png"
KINDS = ("category", "colour", "gender", "usage")  # of words, where no network says them
SUFFIXES = tuple(kind.suffixes[0].removeprefix(".") for kind in FORMATS)


def arguments(parser: argparse.ArgumentParser, given: Sequence[str], networks: Callable[..., Models]) -> None:
    """What is drawn, how much of it, and where it goes. The words come from the network, which `networks` opens for the
    shared arguments; it is looked for only where `given`, all the arguments, asks for this command."""
    shared_arguments(parser)
    models: Models | None = None
    known: dict[str, tuple[str, ...]] = dict.fromkeys(KINDS, ())
    trouble, drawn = "", "little"
    if given[:1] == [NAME]:
        peek = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
        shared_arguments(peek)
        try:
            models = networks(peek.parse_known_args(given[1:])[0])
            known, drawn = words_of(models), f"{side_of(models)}"
        except ModelError as error:
            trouble = str(error)
        except argparse.ArgumentError:
            pass  # the parser itself says so
    say = parser.add_argument_group(
        "what is drawn",
        "A word of each kind, or a part of several (shoes: all kinds of shoes in turn). A kind of which nothing is "
        "said may be anything.",
    ).add_argument
    for kind, words in known.items():
        names = [f"--{kind}", "--color"] if kind == "colour" else [f"--{kind}"]
        say(*names, dest=f"word_{kind}", metavar="WORD", help=", ".join(words) or "(no network says its words)")
    add = parser.add_argument
    add("--seed", type=int, default=1, metavar="N", help="another one gives other pictures, the same one the same (1)")
    add("-n", "--count", type=int, default=1, metavar="N", help=f"pictures, 1 to {MOST} (1)")
    add("--spread", type=float, default=1.0, metavar="N",
        help=f"0 to {MOST_SPREAD:g}: less is more usual, more is stranger (1)")  # fmt: skip
    add("--size", type=int, metavar="PX",
        help=f"pixels on a side, {LEAST_SIDE} to {MOST_SIDE}; the network draws {drawn}, more is resampled from these "
        "(Lanczos) and shows nothing more")  # fmt: skip
    add("--format", choices=SUFFIXES, default=USUAL, help=f"kind of file ({USUAL}); .jpg has no transparency: white")
    add("--sheet", action="store_true", help="all of them on one sheet as well: concept-SEED-sheet.png")
    add("-o", "--out", type=Path, required=True, metavar="DIR", help="folder for concept-SEED-01.png, ...")
    add("--overwrite", action="store_true", help="files of these names that are there already")
    parser.set_defaults(networks=models, trouble=trouble, kinds=tuple(known))


def run(told: argparse.Namespace) -> int:
    """Does what the arguments say. Returns the exit code."""
    if told.trouble:
        return complain(told.trouble)
    if os.path.lexists(told.out) and not os.path.isdir(told.out):
        return complain(f"{printable(str(told.out))}: is a file; the pictures go into a folder")
    if told.size is not None and not LEAST_SIDE <= told.size <= MOST_SIDE:
        return complain(f"--size {told.size} is not between {LEAST_SIDE} and {MOST_SIDE}")
    try:
        known = words_of(told.networks)
        words = {
            kind: meant(text, known[kind], kind)
            for kind in told.kinds
            if (text := getattr(told, f"word_{kind}")) is not None
        }
        generate(told.networks, words, told.count, told.seed, Job(), told.spread)  # raises
    except (ValueError, ModelError) as error:
        return complain(error)
    batch = Concepts(told.networks, words, told.seed, told.spread, told.size, told.out, told.format, told.overwrite)
    return batch.run(told.count, sheet=told.sheet)


@dataclass
class Concepts:
    """Pictures of one seed as files in `folder`."""

    models: Models
    words: Words
    seed: int
    spread: float
    size: int | None
    folder: Path
    format: str = USUAL
    overwrite: bool = False
    _drawn: list[Drawn] = field(default_factory=list)

    def run(self, count: int, *, sheet: bool = False) -> int:
        """Writes them. Returns 0 if all were written, 2 if not. Raises KeyboardInterrupt; nothing is half done then."""
        total, written = count + sheet, 0
        for number in range(1, count + 1):
            path = self.folder / f"concept-{self.seed}-{number:02d}.{self.format}"
            written += self._tell(partial(self._one, number, path, kept=sheet), path, f"[{number}/{total}]")
        if sheet:
            path = self.folder / f"concept-{self.seed}-sheet.png"
            written += self._tell(partial(self._sheet, path), path, f"[{total}/{total}]")
        if total > 1:
            print(f"packshot: {written} of {total} pictures written", file=sys.stderr)
        return 0 if written == total else 2

    def _tell(self, work: Callable[[Job], None], path: Path, place: str) -> bool:
        bar = Bar(f"{place} {path.stem}")
        if not attempt(work, bar, path.name):
            return False
        bar.done(str(path))
        return True

    def _one(self, number: int, path: Path, job: Job, *, kept: bool) -> None:
        (drawn,) = generate(self.models, self.words, 1, self.seed, job.part(0, 2), self.spread, number)
        if kept:
            self._drawn.append(drawn)
        self._write(drawn.enlarged(self.size) if self.size else drawn, path, job.part(1, 2))

    def _sheet(self, path: Path, job: Job) -> None:
        if not self._drawn:
            raise PhotoError(path, "has nothing to show")
        self._write(contact_sheet(self._drawn), path, job)

    def _write(self, drawn: Drawn, path: Path, job: Job) -> None:
        if not self.overwrite and os.path.lexists(path):
            raise PhotoError(path, "is there already; --overwrite replaces it")
        with made(self.folder):
            write(drawn, path, Output(), job)
