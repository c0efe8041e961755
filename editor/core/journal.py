"""Journal: every change of a photo's edits, a line each, until the sidecar holds them.

The file, `.NAME.EXT.packshot.journal` beside the photo, is UTF-8 text. A line is the CRC-32 (ISO 3309) of what follows,
as 8 hexadecimal digits, a space, JSON without line breaks, and a line feed. The first line's JSON is {"journal": 1,
"base": SHA-256 of the sidecar that the changes start from, "" where there is none}; each of the others is a whole
recipe. A line whose sum does not fit, as a process that was killed leaves it, counts for nothing.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from editor.core.files import part_beside
from editor.core.recipe import Recipe

FORMAT = 1
_LONGEST = 64 << 20  # bytes that are read of a file of edits


def journal_path(photo: Path) -> Path:
    return photo.with_name(f".{photo.name}.packshot.journal")


def content(path: Path) -> bytes | None:
    """What stands in a file; None where there is none. Raises OSError, and ValueError for one that is far too long."""
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
            return None
        raise
    if len(data) > _LONGEST:
        raise ValueError(f"longer than {_LONGEST >> 20} MiB")
    return data


class Journal:
    """A journal that is being written. What `append` has returned from outlives the process."""

    def __init__(self, path: Path, sidecar: bytes | None, *recipes: Recipe) -> None:
        """Begins anew, in place of a journal that is there, with `recipes` as the first changes. Raises OSError."""
        part = part_beside(path)
        try:
            with part.open("xb") as file:
                file.write(_line(json.dumps({"journal": FORMAT, "base": _digest(sidecar)})))
                file.writelines(_line(_text(recipe)) for recipe in recipes)
            part.replace(path)  # at once: there is never a moment without a whole one
        finally:
            part.unlink(missing_ok=True)
        self._file = path.open("ab", buffering=0)

    def append(self, recipe: Recipe) -> None:
        """Raises OSError; what has been written is then of no use any more."""
        line = _line(_text(recipe))
        if self._file.write(line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self) -> None:
        with suppress(OSError):
            self._file.close()


@dataclass(frozen=True)
class Past:
    """What a journal says: the sidecar that it starts from, and the recipes since, as JSON."""

    base: str
    recipes: tuple[str, ...]  # one or more

    def follows(self, sidecar: bytes | None) -> bool:
        """Whether these are changes of that sidecar: it is the one they start from, or was written in their midst."""
        if self.base == _digest(sidecar):
            return True
        return sidecar is not None and _one_line(sidecar.decode("utf-8", "replace")) in self.recipes


def read_journal(photo: Path) -> Past | None:
    """The journal beside a photo; None where there is none, or not a whole change in it. Changes nothing.

    Raises ValueError with a sentence for one that another version of Packshot has written.
    """
    try:
        data = content(journal_path(photo)) or b""
        first, *others = (text for line in data.split(b"\n") if (text := _checked(line)) is not None)
        head = json.loads(first)
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(head, dict) or "journal" not in head:
        return None
    if head["journal"] != FORMAT:
        raise ValueError(f"journal format {head['journal']!r} is not known; known is {FORMAT}")
    return Past(str(head.get("base")), tuple(others)) if others else None


def _line(text: str) -> bytes:
    data = text.encode("utf-8")
    return b"%08x %s\n" % (zlib.crc32(data), data)


def _checked(line: bytes) -> str | None:
    if line[8:9] != b" " or line[:8] != b"%08x" % zlib.crc32(line[9:]):
        return None
    return line[9:].decode("utf-8")


def _digest(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _text(recipe: Recipe) -> str:
    return _one_line(recipe.to_json())


def _one_line(text: str) -> str:
    """The same JSON without line breaks; inside its strings there are none."""
    return re.sub(r"\n *", "", text)
