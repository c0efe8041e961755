"""Output: cooks a photo at full size, tile after tile, and writes it so that a file is either whole or not there."""

from __future__ import annotations

import os
import struct
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from editor.core.encode import Layout, encode, to_samples
from editor.core.engine import Engine, View
from editor.core.formats import Format, PhotoError, Samples, format_of
from editor.core.geometry import Region
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe

TILE = 1024  # pixels on a side; a multiple of the engine's grid


@dataclass(frozen=True)
class Output:
    """How a finished picture is written. `depth` is "8", "16", "float" or None: as the photo, if the format can."""

    depth: str | None = None
    quality: int = 95  # JPEG, 1..100

    def __post_init__(self) -> None:
        if self.depth not in (None, "8", "16", "float"):
            raise ValueError(f"depth is 8, 16 or float, not {self.depth!r}")
        if not 1 <= self.quality <= 100:
            raise ValueError(f"quality {self.quality} is not between 1 and 100")

    def write(
        self, engine: Engine, photo: Photo, recipe: Recipe, path: Path, job: Job, *, overwrite: bool = False
    ) -> None:
        """Cooks `photo` and writes it to `path`, in the format of its suffix.

        The file appears whole or not at all: it is written beside its place, flushed to the disk and then renamed.
        The photo's own file is left alone unless `overwrite`. Raises PhotoError, Cancelled, or what an edit raises.
        """
        kind = format_of(path)
        self._layout(photo, kind, path)
        if not overwrite and same_file(path, photo.path):
            raise PhotoError(path, "is the original, which is not overwritten unless asked")
        if os.path.isdir(path):  # unlike Path.is_dir it takes names of any length
            raise PhotoError(path, "is a folder")
        if not os.path.isdir(path.parent):
            raise PhotoError(path, "cannot be written (there is no such folder)")
        try:
            with replacing(path) as file:
                self.write_to(file, kind, engine, photo, recipe, job, path)
        except OSError as error:
            raise PhotoError(path, f"cannot be written ({error.strerror or error})") from None

    def write_to(
        self,
        file: BinaryIO,
        kind: Format,
        engine: Engine,
        photo: Photo,
        recipe: Recipe,
        job: Job,
        path: Path = Path("-"),
    ) -> None:
        """Cooks `photo` and writes it to an open file, which errors call `path`. Raises what `write` raises."""
        layout = self._layout(photo, kind, path)
        try:
            encode(file, kind, layout, bands(engine, photo, recipe, layout, job))
        except (struct.error, TypeError, RuntimeError) as error:  # an encoder's own
            raise PhotoError(path, f"cannot be written as {kind.name} ({error})") from error
        job.progress(1)

    def _layout(self, photo: Photo, kind: Format, path: Path) -> Layout:
        depth = self.depth or next((d for d in (photo.depth, "16", "8") if d in kind.depths), kind.depths[-1])
        if depth not in kind.depths:
            raise PhotoError(path, f"{kind.name} does not hold a depth of {depth}; it holds {' or '.join(kind.depths)}")
        alpha = photo.alpha is not None and kind.alpha
        return Layout(photo.size, depth, alpha, photo.profile, photo.exif, self.quality)


def bands(engine: Engine, photo: Photo, recipe: Recipe, layout: Layout, job: Job) -> Iterator[Samples]:
    """The cooked photo in bands of TILE rows, from the top, as samples of the file's depth.

    Without alpha in the file, transparent parts come on white, as a viewer would show them.
    """
    tiles = Region(0, 0, *photo.size).tiles(TILE)
    band = np.empty((0, 0, 0), layout.dtype)
    for index, tile in enumerate(tiles):
        if tile.x == 0:
            band = np.empty((tile.height, layout.size[0], 4 if layout.alpha else 3), layout.dtype)
        image = engine.render(photo, recipe, View(1.0, tile), job.part(index, len(tiles)))
        rgb = image.rgb
        if layout.alpha:
            opaque = np.ones(rgb.shape[:2], np.float32) if image.alpha is None else image.alpha
            rgb = np.concatenate([rgb, opaque[..., None]], axis=2)
        elif image.alpha is not None:
            rgb = 1 + image.alpha[..., None] * (rgb - 1)
        band[:, tile.x : tile.right] = to_samples(rgb, layout.dtype)
        if tile.right == layout.size[0]:
            yield band


class replacing:  # noqa: N801
    """A file to write that takes the place of `path` at the end, all at once; if anything fails, nothing changes."""

    def __init__(self, path: Path) -> None:
        self._path = Path(os.path.realpath(path))  # through a link, not in place of it

    def __enter__(self) -> BinaryIO:
        folder = self._path.parent
        handle, name = tempfile.mkstemp(prefix=".packshot-", suffix=".part", dir=folder)
        os.close(handle)
        self._part = Path(name)
        self._file = self._part.open("w+b")  # by name: tifffile asks a file for its name
        return self._file

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._file.flush()
                os.fsync(self._file.fileno())
                self._part.chmod(self._mode())
                self._file.close()
                self._part.replace(self._path)
                _flush_folder(self._path.parent)
        finally:
            with suppress(OSError):
                self._file.close()
            self._part.unlink(missing_ok=True)

    def _mode(self) -> int:
        """The rights of the file that is replaced, or those a new file gets."""
        if self._path.exists():
            return self._path.stat().st_mode & 0o777
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _flush_folder(folder: Path) -> None:
    """Makes the renaming itself last, where the system lets a folder be flushed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def same_file(one: Path, other: Path) -> bool:
    """Whether both names lead to one file, which need not be there."""
    try:
        return one.samefile(other)
    except OSError:
        return Path(os.path.realpath(one)) == Path(os.path.realpath(other))
