"""Journal: every change of a photo's edits and marks, a line each, until the sidecar holds them.

The file, `.NAME.EXT.packshot.journal` beside the photo, is UTF-8 text. A line is the CRC-32 (ISO 3309) of what follows,
as 8 hexadecimal digits, a space, JSON without line breaks, and a line feed. The first line's JSON is {"journal": 2,
"base": SHA-256 of the sidecar that the changes start from, "" where there is none}; the others are as in
`editor.core.ledger`, and the step with "start" is what that sidecar says. A line whose sum does not fit, as a process
that was killed leaves it, counts for nothing. In journals of format 1 each line is a whole recipe.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from editor.core.files import part_beside
from editor.core.ledger import Ledger, Reader, Record
from editor.core.sheet import Sheet
from editor.core.shot import Shot

FORMAT = 2
_START = '{"start": true, '
_LONGEST = 64 << 20  # bytes that are read of a file of edits


def journal_path(photo: Path, copy: int = 0) -> Path:
    return photo.with_name(f".{photo.name}{suffix(copy)}.packshot.journal")


def suffix(copy: int) -> str:
    """What the names of files beside a photo have for its virtual copy."""
    return f".copy-{copy}" if copy else ""


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

    def __init__(self, path: Path, sidecar: bytes | None, ledger: Ledger, start: Record, changes: Sequence[Record]):
        """Begins anew, in place of a journal that is there, with `changes` as the first ones. Raises OSError."""
        self._ledger = ledger
        ledger.turn()
        *lines, step = ledger.lines(start)
        lines = [json.dumps({"journal": FORMAT, "base": _digest(sidecar)}), *lines, _START + step[1:]]
        for record in changes:
            lines += ledger.lines(record)
        part = part_beside(path)
        try:
            with part.open("xb") as file:
                file.writelines(map(_line, lines))
            part.replace(path)  # at once: there is never a moment without a whole one
        finally:
            part.unlink(missing_ok=True)
        self._file = path.open("ab", buffering=0)

    def append(self, record: Record) -> None:
        """Raises OSError; what has been written is then of no use any more."""
        data = b"".join(map(_line, self._ledger.lines(record)))
        if self._file.write(data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self) -> None:
        with suppress(OSError):
            self._file.close()


@dataclass(frozen=True)
class Past:
    """What a journal says: the sidecar that it starts from, and what came since."""

    base: str
    start: Record | None  # the step that the sidecar had, where that is told
    records: tuple[Record, ...]  # one or more

    def follows(self, sidecar: bytes | None, sheet: Sheet | None) -> bool:
        """Whether these are changes of that sidecar: it is the one they start from, or was written in their midst.

        `sheet` is what it says; None where there is none that can be read.
        """
        if self.base == _digest(sidecar):
            return True
        return sheet is not None and sheet in (record.sheet for record in self.records)


def read_journal(shot: Shot) -> Past | None:
    """The journal beside a photo; None where there is none, or not a whole change in it. Changes nothing.

    Raises ValueError with a sentence for one that another version of Packshot has written.
    """
    try:
        data = content(journal_path(*shot)) or b""
        first, *others = (text for line in data.split(b"\n") if (text := _checked(line)) is not None)
        head = json.loads(first)
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(head, dict) or "journal" not in head:
        return None
    if head["journal"] not in (1, FORMAT):
        raise ValueError(f"journal format {head['journal']!r} is not known; known is {FORMAT}")
    start, records, error, reader = None, [], None, Reader()
    for text in others:
        try:
            record = reader.take(text) if head["journal"] == FORMAT else Record(Sheet.from_json(text))
            error = None if record else error
        except ValueError as reason:
            record, error = None, reason
        if record and text.startswith(_START):
            start = record
        elif record:
            records.append(record)
    if error:  # of the last: what came before is not what is asked for
        raise error
    return Past(str(head.get("base")), start, tuple(records)) if records else None


def _line(text: str) -> bytes:
    data = text.encode("utf-8")
    return b"%08x %s\n" % (zlib.crc32(data), data)


def _checked(line: bytes) -> str | None:
    if line[8:9] != b" " or line[:8] != b"%08x" % zlib.crc32(line[9:]):
        return None
    return line[9:].decode("utf-8")


def _digest(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()
