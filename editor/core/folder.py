"""Folder: which photos lie in a folder, and in what order a person looks through them."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import Image as Pillow

from editor.core.formats import READABLE
from editor.core.job import Job
from editor.core.metadata import read_metadata
from editor.core.sidecar import sidecar_path

Order = Literal["name", "taken", "modified"]
_EXIF, _TAKEN, _CHANGED = 0x8769, 0x9003, 0x0132  # tags of EXIF: its directory, DateTimeOriginal, DateTime


@dataclass(frozen=True)
class Entry:
    """A photo file as the folder has it; not looked into."""

    path: Path
    modified: int  # ns since 1970
    nbytes: int
    edited: bool = field(default=False, compare=False)  # it has a recipe beside it; the pixels are the same


def entries(folder: Path, job: Job) -> tuple[Entry, ...]:
    """The photos of a folder, by their suffixes, without hidden ones. Raises OSError, Cancelled."""
    with os.scandir(folder) as found:
        files = {f.name: f for f in found}
    photos = []
    for name, file in files.items():
        job.progress(0)
        if name.startswith(".") or not name.lower().endswith(READABLE):
            continue
        try:
            if file.is_file():
                photos.append(_entry(Path(file.path), file.stat(), edited=sidecar_path(Path(name)).name in files))
        except OSError:  # it has just been taken away, or is a link to nowhere
            continue
    return tuple(photos)


def entries_of(paths: Iterable[Path], job: Job) -> tuple[Entry, ...]:
    """The same for single files, wherever they lie; those that are not there are left out."""
    photos = []
    for path in dict.fromkeys(paths):
        job.progress(0)
        try:
            photos.append(_entry(path, path.stat(), edited=sidecar_path(path).exists()))
        except OSError:
            continue
    return tuple(photos)


def in_order(photos: Iterable[Entry], order: Order, job: Job) -> tuple[Entry, ...]:
    """Sorted by name (shoe-2 before shoe-10), by when they were taken, or by when the file was last changed.

    A photo that does not say when it was taken counts as taken when its file was changed. Raises Cancelled.
    """
    by_name = sorted(photos, key=lambda e: natural(e.path.name))
    if order == "modified":
        return tuple(sorted(by_name, key=lambda e: e.modified))
    if order == "taken":
        when = {}
        for entry in by_name:
            job.progress(0)
            when[entry] = _when(entry)
        return tuple(sorted(by_name, key=when.__getitem__))
    return tuple(by_name)


@lru_cache(20_000)
def _when(entry: Entry) -> float:
    return taken(entry.path) or entry.modified / 1e9


def natural(name: str) -> tuple[tuple[str | int, ...], str]:
    """A key that sorts as people do: numbers by their value, capitals like small letters."""
    parts = re.split(r"([0-9]+)", name.casefold())  # text and number by turns, text first
    return tuple(int(part) if i % 2 else part for i, part in enumerate(parts)), name


def taken(path: Path) -> float | None:
    """When a photo was taken, in seconds since 1970 by this computer's clock; None where it does not say."""
    block = read_metadata(path).exif
    if not block:
        return None
    exif = Pillow.Exif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's, of damaged tags
            exif.load(b"Exif\0\0" + block)
            told = exif.get_ifd(_EXIF).get(_TAKEN) or exif.get(_CHANGED)
            return datetime.strptime(str(told).strip("\0 "), "%Y:%m:%d %H:%M:%S").timestamp()
    except Exception:  # whatever damaged tags lead to
        return None


def _entry(path: Path, told: os.stat_result, *, edited: bool) -> Entry:
    return Entry(path, told.st_mtime_ns, told.st_size, edited)
