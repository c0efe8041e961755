"""Folder: which photos lie in a folder, and in what order a person looks through them."""

from __future__ import annotations

import json
import os
import re
import warnings
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image as Pillow

from editor.core.concept import Concept
from editor.core.formats import READABLE
from editor.core.job import Job
from editor.core.journal import content, journal_path
from editor.core.marks import UNMARKED, Marks, marks_in
from editor.core.matte_file import ENDING, is_saved_matte
from editor.core.metadata import read_metadata
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import copies, kept_sheet, sidecar_path

Order = Literal["name", "taken", "modified"]
Given = tuple[int | None, str | None, str, Concept | None]  # rating, label, name, concept
_EXIF, _TAKEN, _CHANGED = 0x8769, 0x9003, 0x0132  # tags of EXIF: its directory, DateTimeOriginal, DateTime


_SIDECAR = re.compile(r"(.+?)(?:\.copy-([1-9][0-9]{0,8}))?\.packshot\.json")


@dataclass(frozen=True)
class Entry:
    """A photo file as the folder has it, or a virtual copy of it; its pixels are not looked at."""

    path: Path
    modified: int  # ns since 1970
    nbytes: int
    edited: bool = field(default=False, compare=False)  # it has an edit that is switched on; the pixels are the same
    copy: int = 0
    given: Given = field(default=(None, None, "", None), compare=False)  # as `Sheet` has them
    kept: int = field(default=0, compare=False)  # when its sidecar was written, ns since 1970; 0: it has none

    @property
    def shot(self) -> Shot:
        return Shot(self.path, self.copy)

    @property
    def marks(self) -> Marks:
        """Rating, label and concept: the sidecar's, else the photo's own. The file is read unless it has been."""
        own = marks_in(self.path, self.modified, self.nbytes) if None in self.given else UNMARKED
        return Sheet(Recipe(), *self.given).marks(own)


def entries(folder: Path, job: Job) -> tuple[Entry, ...]:
    """The photos of a folder, by their suffixes, without hidden ones and mattes, and their copies.

    Raises OSError, Cancelled.
    """
    with os.scandir(folder) as found:
        files = {f.name: f for f in found}
    beside: dict[str, list[int]] = {}
    for name in files:
        if match := _SIDECAR.fullmatch(name):
            beside.setdefault(match[1], []).append(int(match[2] or 0))
    stems = {os.path.splitext(name)[0] for name in files if name.lower().endswith(READABLE)}
    photos = []
    for name, file in files.items():
        job.progress(0)
        if name.startswith(".") or not name.lower().endswith(READABLE) or name.endswith(ENDING):
            continue
        try:
            if file.is_file() and not is_saved_matte(Path(file.path), stems):
                told, path = file.stat(), Path(file.path)
                for copy in sorted({0, *beside.get(name, ())}):
                    shot = Shot(path, copy)
                    there = copy in beside.get(name, ())
                    photos.append(_entry(shot, told, there, journal_path(*shot).name in files))
        except OSError:  # it has just been taken away, or is a link to nowhere
            continue
    return tuple(photos)


def entries_of(paths: Iterable[Path], job: Job) -> tuple[Entry, ...]:
    """The same for single files, wherever they lie; those that are not there are left out."""
    photos = []
    for path in dict.fromkeys(paths):
        job.progress(0)
        try:
            told = path.stat()
            for shot in (Shot(path), *(Shot(path, copy) for copy in copies(path))):
                photos.append(_entry(shot, told, True, journal_path(*shot).exists()))
        except OSError:
            continue
    return tuple(photos)


def look_into(photos: Sequence[Entry], job: Job) -> None:
    """Reads what the files say of marks, so that `Entry.marks` answers at once. Raises Cancelled."""
    for done, entry in enumerate(photos):
        job.progress(done / len(photos))
        if None in entry.given:
            marks_in(entry.path, entry.modified, entry.nbytes)


def _entry(shot: Shot, told: os.stat_result, sidecar: bool, journal: bool) -> Entry:
    """`sidecar` and `journal` say whether such a file may be there."""
    kept, glance = 0, Glance()
    if sidecar:
        with suppress(OSError):
            found = sidecar_path(*shot).stat()
            kept, glance = found.st_mtime_ns, _glance(shot, found.st_mtime_ns, found.st_size, found.st_ino)
    if journal:  # what a process that was killed has left, or one that is at work
        sheet = kept_sheet(*shot)
        glance = Glance(bool(sheet.recipe.active), sheet.rating, sheet.label, sheet.name, sheet.concept)
    return Entry(shot.path, told.st_mtime_ns, told.st_size, glance.edited, shot.copy, glance[1:], kept)


class Glance(NamedTuple):
    """What a list wants to know of a sidecar."""

    edited: bool = False
    rating: int | None = None
    label: str | None = None
    name: str = ""
    concept: Concept | None = None


@lru_cache(20_000)
def _glance(shot: Shot, *stamp: int) -> Glance:
    """What a sidecar says, without making edits of it. One that cannot be read counts as edited, by somebody."""
    try:
        data = json.loads((content(sidecar_path(*shot)) or b"").decode("utf-8-sig"))
        concept = Concept.from_dict(data.get("concept"))
        sheet = Sheet(Recipe(), data.get("rating"), data.get("label"), data.get("name", ""), concept)
        edited = any(not edit.get("off") for edit in data["edits"])
        return Glance(edited, sheet.rating, sheet.label, sheet.name, sheet.concept)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Glance(edited=True)


def in_order(photos: Iterable[Entry], order: Order, job: Job) -> tuple[Entry, ...]:
    """Sorted by name (shoe-2 before shoe-10), by when they were taken, or by when the file was last changed.

    A photo that does not say when it was taken counts as taken when its file was changed. Raises Cancelled.
    """
    by_name = sorted(photos, key=lambda e: (natural(e.path.name), e.copy))
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
