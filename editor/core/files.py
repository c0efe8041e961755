"""Files: written whole or not at all, and told apart."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_PART = re.compile(r"\.packshot-[a-z0-9_]{8,16}\.part")
_DEAD = 24 * 3600  # seconds that nobody has written to a part file of a process that was killed


def part_beside(path: Path) -> Path:
    """A new name, hidden, for what is to take the place of `path`; `sweep` knows it."""
    return path.with_name(f".packshot-{secrets.token_hex(8)}.part")


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` at the end, all at once; if anything fails, nothing changes."""
    path = Path(os.path.realpath(path))  # through a link, not in place of it
    part = part_beside(path)
    file = part.open("x+b")  # by name: tifffile asks a file for its name
    try:
        yield file
        file.flush()
        os.fsync(file.fileno())
        file.close()
        if path.exists():  # a new file gets the rights that the system gives it
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
        _flush_folder(path.parent)
    finally:
        with suppress(OSError):
            file.close()
        part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Removes what killed processes have left half written in a folder: part files by their name, a day old or more.

    A file that is being written is younger than a day on any clock. Nothing else is touched, links and folders neither.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _PART.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > _DEAD:
                        os.unlink(entry.path)


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
