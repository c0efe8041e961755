"""Apply: one recipe over many photos, file after file; one that fails does not stop the others."""

from __future__ import annotations

import io
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

from editor.core.engine import Engine
from editor.core.formats import FORMATS, Format, PhotoError, format_of
from editor.core.job import Cancelled, Job
from editor.core.model import ModelError, Models
from editor.core.output import Output, same_file
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sample import NAME, sample_photo


@dataclass
class Batch:
    """Where the photos go and how. `out` is a file, a folder, or "-" for standard output."""

    models: Models
    recipe: Recipe
    output: Output
    out: str
    format: str | None = None  # "jpg", "png" or "tif", where `out` is a folder or "-"
    overwrite: bool = False
    _written: set[Path] = field(default_factory=set)

    def run(self, photos: Sequence[Path], *, sample: bool = False) -> int:
        """Returns 0 if all were written, 2 if not. Raises KeyboardInterrupt when interrupted; nothing is half done."""
        works: list[tuple[str, Callable[[], Photo]]] = [(str(p), partial(Photo.open, p)) for p in photos]
        if sample:
            works.append((NAME, sample_photo))
        several = len(works) > 1
        if self.out == "-" and several:
            print("packshot: standard output takes one photo", file=sys.stderr)
            return 2
        folder = self.out != "-" and (several or self.out.endswith(("/", "\\")) or Path(self.out).is_dir())
        bad = 0
        originals = list(photos)
        for index, (name, load) in enumerate(works):
            bar = Bar(f"[{index + 1}/{len(works)}] {name}")
            try:
                self._one(name, load, originals, folder, bar)
            except Cancelled:
                bar.clear()
                raise KeyboardInterrupt from None
            except (PhotoError, ModelError, ValueError) as error:
                bar.clear()
                print(f"packshot: {error}", file=sys.stderr)
                bad += 1
            except MemoryError:
                bar.clear()
                print(f"packshot: {name}: does not fit into memory", file=sys.stderr)
                bad += 1
        if several and bad:
            print(f"packshot: {bad} of {len(works)} were not written", file=sys.stderr)
        return 2 if bad else 0

    def _one(self, name: str, load: Callable[[], Photo], originals: Sequence[Path], folder: bool, bar: Bar) -> None:
        job = Job(bar.show)
        with stopped_by_signals(job):
            photo = load()
            engine = Engine(self.models, memory=0)
            if self.out == "-":
                suffix = self.format or ("tif" if self.output.depth == "float" or photo.depth == "float" else "png")
                buffer = io.BytesIO()
                self.output.write_to(buffer, format_of(Path(f"-.{suffix}")), engine, photo, self.recipe, job)
                sys.stdout.buffer.write(buffer.getbuffer())
                sys.stdout.buffer.flush()
                bar.done("standard output")
                return
            path = self._place(photo, folder)
            if not self.overwrite and any(same_file(path, original) for original in originals):
                raise PhotoError(path, "is an original, which is not overwritten without --overwrite")
            if path in self._written:
                raise PhotoError(name, f"would be written to {path}, which this call has just made from another photo")
            if folder:
                _make(path.parent)
            self.output.write(engine, photo, self.recipe, path, job, overwrite=self.overwrite)
            self._written.add(path)
            bar.done(str(path))

    def _place(self, photo: Photo, folder: bool) -> Path:
        if not folder:
            return Path(self.out)
        if self.format:
            suffix = f".{self.format}"
        else:
            kept = _format_or_none(photo.path)
            wanted = self.output.depth or photo.depth
            suffix = photo.path.suffix if kept and wanted in kept.depths else ".tif" if wanted == "float" else ".png"
        return Path(self.out) / f"{photo.path.stem}{suffix}"


def _format_or_none(path: Path) -> Format | None:
    return next((f for f in FORMATS if path.suffix.lower() in f.suffixes), None)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PhotoError(folder, f"cannot be made ({error.strerror})") from None


class stopped_by_signals:  # noqa: N801
    """While inside, Ctrl+C and SIGTERM cancel the job, and a second one ends the program as ever."""

    def __init__(self, job: Job) -> None:
        self._job, self._before = job, {}  # type: tuple[Job, dict[int, object]]

    def __enter__(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._restore()
        self._job.cancel()

    def _restore(self) -> None:
        for number, handler in self._before.items():
            with suppress(ValueError):
                signal.signal(number, handler)  # type: ignore[arg-type]

    def __exit__(self, *_: object) -> None:
        self._restore()
        if self._job.cancelled:
            raise Cancelled


class Bar:
    """Progress of one file on standard error; a line that is drawn over where that is a terminal."""

    def __init__(self, title: str) -> None:
        self._title, self._live, self._last = title, sys.stderr.isatty(), -1
        self._start = time.monotonic()

    def show(self, done: float) -> None:
        percent = int(100 * done)
        if self._live and percent != self._last:
            filled = percent * 24 // 100
            print(
                f"\r{self._title} [{'#' * filled}{'.' * (24 - filled)}] {percent:3d} %",
                end="",
                file=sys.stderr,
                flush=True,
            )
            self._last = percent

    def clear(self) -> None:
        if self._live and self._last >= 0:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def done(self, target: str) -> None:
        self.clear()
        print(f"{self._title} -> {target}, {time.monotonic() - self._start:.1f} s", file=sys.stderr, flush=True)
