"""Block: an EXIF block whose tags change without anything in it being moved, because maker notes point into it.

A value that fits goes where the old one was; anything longer, and a directory that gets more tags, goes to the end of
the block, and the pointer to it is changed (Exif 2.32 section 4.6). All other offsets stay valid.
"""

from __future__ import annotations

import struct

from editor.core.metadata.directory import (
    EXIF_POINTER,
    GPS_POINTER,
    INTEROP_POINTER,
    LONG,
    SIZES,
    Directory,
    Entry,
    header,
    numbers,
    read_directory,
    value,
)
from editor.core.metadata.source import Source

Changes = dict[int, tuple[int, bytes] | None]  # tag: type and value, or None to take it out
_POINTER = {"exif": ("ifd0", EXIF_POINTER), "gps": ("ifd0", GPS_POINTER), "interop": ("exif", INTEROP_POINTER)}


class Damaged(ValueError):
    """This is no EXIF block, or one whose directories cannot be read."""


class _Bytes(Source):
    """A source over bytes that change."""

    def __init__(self, data: bytearray) -> None:
        self.data = data

    def at(self, offset: int, size: int) -> bytes:
        return bytes(self.data[offset : offset + size]) if offset >= 0 and size > 0 else b""


class Block:
    """An EXIF block opened for changes: directories "ifd0", "exif", "gps", "interop" and "ifd1" (the thumbnail's).

    Raises `Damaged` where the first directory cannot be read; others that cannot be read are as good as absent.
    """

    def __init__(self, content: bytes) -> None:
        found = header(Source(content))
        if found is None or found[1]:
            raise Damaged("no EXIF")
        self.order = found[0]
        self.data = bytearray(content)
        self._source = _Bytes(self.data)
        self._free: list[tuple[int, int]] = []
        if self.directory("ifd0") is None:
            raise Damaged("its first directory cannot be read")

    def directory(self, called: str) -> Directory | None:
        """A directory, as it is now."""
        first = struct.unpack_from(self.order + "I", self.data, 4)[0]
        ifd0 = read_directory(self._source, self.order, first)
        if called == "ifd0" or ifd0 is None:
            return ifd0
        if called == "ifd1":
            return read_directory(self._source, self.order, ifd0.next) if ifd0.next not in (0, first) else None
        parent, pointer = _POINTER[called]
        above = ifd0 if parent == "ifd0" else self.directory(parent)
        entry = above.get(pointer) if above else None
        offset = self._offset(entry)
        return read_directory(self._source, self.order, offset) if offset not in (0, first) else None

    def value(self, called: str, tag: int) -> bytes:
        """A tag's value, empty where it is not there."""
        found = self.directory(called)
        return value(self._source, found.get(tag)) if found else b""

    def change(self, called: str, changes: Changes) -> None:
        """Sets and takes out tags of a directory, which is made where there is none and none is pointed to."""
        found = self.directory(called)
        if found is None:
            new = {tag: what for tag, what in changes.items() if what}
            parent, pointer = _POINTER[called]
            above = self.directory(parent)
            if new and above and above.get(pointer) is None:
                rows = b"".join(self._row(tag, *what) for tag, what in sorted(new.items()))
                at = self._put(struct.pack(self.order + "H", len(new)) + rows + bytes(4))
                self.change(parent, {pointer: (LONG, struct.pack(self.order + "I", at))})
            return
        added = b""
        for tag, what in changes.items():
            entry = found.get(tag)
            if what and entry:
                others = [one for one in found.entries if one is not entry and one.where + one.size <= len(self.data)]
                alone = not any(_meet(one, entry) for one in others)
                self._replace(entry, *what, alone)
            elif what:
                added += self._row(tag, *what)
        taken = {tag for tag, what in changes.items() if what is None and found.get(tag)}
        if taken or added:
            self._rewrite(called, found, taken, added)

    def drop_gps(self) -> None:
        """Takes the GPS directory out and wipes it. Raises `Damaged` where that cannot be done for sure."""
        for parent in ("ifd0", "exif"):
            above = self.directory(parent)
            spans = []
            for entry in above.entries if above else ():
                if entry.tag == GPS_POINTER:
                    gps = read_directory(self._source, self.order, self._offset(entry))
                    if gps is None:
                        raise Damaged("its GPS directory cannot be read")
                    spans += _spans(gps)
            if above and spans:
                self._rewrite(parent, above, {GPS_POINTER}, b"")
                self._let_go(spans)

    def drop_thumbnail(self) -> None:
        """Takes the thumbnail out and wipes it; what was at the end of the block is cut off."""
        ifd0, ifd1 = self.directory("ifd0"), self.directory("ifd1")
        if ifd0 and ifd0.next:  # so there is a pointer at its end
            struct.pack_into(self.order + "I", self.data, ifd0.end - 4, 0)
        if ifd1:
            spans = _spans(ifd1)
            for at, length in ((0x0201, 0x0202), (0x0111, 0x0117)):
                where, size = (self._whole(ifd1.get(tag)) for tag in (at, length))
                spans += [(start, start + count) for start, count in zip(where, size, strict=False)]
            self._let_go(spans)
        while self._free and self._free[-1][1] >= len(self.data):
            del self.data[self._free.pop()[0] :]

    def put_thumbnail(self, jpeg: bytes) -> None:
        """Puts a thumbnail at the end of the block, or where the old one was."""
        ifd0 = self.directory("ifd0")
        if ifd0 is None or ifd0.end - ifd0.start < 2 + 12 * len(ifd0.entries) + 4:
            return  # a directory at the very end, without the pointer that it should have
        inch = struct.pack(self.order + "II", 72, 1)
        size = 2 + 6 * 12 + 4
        at = self._put(bytes(size + 16) + jpeg)
        short, long = self.order + "HHIHH", self.order + "HHII"
        rows = [
            struct.pack(short, 0x0103, 3, 1, 6, 0), struct.pack(long, 0x011A, 5, 1, at + size),
            struct.pack(long, 0x011B, 5, 1, at + size + 8), struct.pack(short, 0x0128, 3, 1, 2, 0),
            struct.pack(long, 0x0201, 4, 1, at + size + 16), struct.pack(long, 0x0202, 4, 1, len(jpeg)),
        ]  # fmt: skip
        self.data[at : at + size + 16] = struct.pack(self.order + "H", 6) + b"".join(rows) + bytes(4) + inch + inch
        struct.pack_into(self.order + "I", self.data, ifd0.end - 4, at)

    def _offset(self, entry: Entry | None) -> int:
        return next(iter(self._whole(entry)), 0)

    def _whole(self, entry: Entry | None) -> tuple[int, ...]:
        """The whole numbers in a tag."""
        if entry is None or entry.type not in (3, 4, 13):
            return ()
        return tuple(int(one) for one in numbers(self.order, entry.type, value(self._source, entry)))

    def _row(self, tag: int, kind: int, raw: bytes) -> bytes:
        field = raw.ljust(4, b"\0") if len(raw) <= 4 else struct.pack(self.order + "I", self._put(raw))
        return struct.pack(self.order + "HHI", tag, kind, len(raw) // SIZES[kind]) + field

    def _replace(self, entry: Entry, kind: int, raw: bytes, alone: bool) -> None:
        """Sets a tag: where its value stands if there is room, and if no other tag has the same place for its own."""
        if alone and len(raw) > 4 and entry.size >= len(raw) and 8 <= entry.where <= len(self.data) - entry.size:
            self.data[entry.where : entry.where + entry.size] = raw.ljust(entry.size, b"\0")
            struct.pack_into(self.order + "HI", self.data, entry.field + 2, kind, len(raw) // SIZES[kind])
            return
        self.data[entry.field : entry.field + 12] = self._row(entry.tag, kind, raw)
        if entry.size > 4:
            self._let_go([(entry.where, entry.where + entry.size)])

    def _rewrite(self, called: str, found: Directory, taken: set[int], added: bytes) -> None:
        """A directory without some rows, in place, or with new ones, at the end."""
        rows = [bytes(self.data[one.field : one.field + 12]) for one in found.entries if one.tag not in taken]
        rows += [added[at : at + 12] for at in range(0, len(added), 12)]
        rows.sort(key=lambda row: struct.unpack(self.order + "H", row[:2])[0])
        table = struct.pack(f"{self.order}H", len(rows)) + b"".join(rows) + struct.pack(self.order + "I", found.next)
        if len(table) <= found.end - found.start:
            self.data[found.start : found.end] = table.ljust(found.end - found.start, b"\0")
        else:
            pointer = struct.pack(self.order + "I", self._put(table))
            if called == "ifd0":
                self.data[4:8] = pointer
            else:
                parent, tag = _POINTER[called]
                self.change(parent, {tag: (LONG, pointer)})
            self._let_go([(found.start, found.end)])
        self._let_go([(one.where, one.where + one.size) for one in found.entries if one.tag in taken and one.size > 4])

    def _put(self, piece: bytes) -> int:
        """Writes a piece where there is room, else at the end; its offset."""
        for number, (begin, end) in enumerate(self._free):
            start = begin + begin % 2
            if end - start >= len(piece):
                self.data[start : start + len(piece)] = piece
                self._free[number] = (start + len(piece), end)
                return start
        self.data.extend(bytes(len(self.data) % 2))
        self.data.extend(piece)
        return len(self.data) - len(piece)

    def _let_go(self, spans: list[tuple[int, int]]) -> None:
        """Wipes ranges, apart from what in them belongs to something else, and remembers them as room."""
        within = [(max(start, 8), min(end, len(self.data))) for start, end in spans]
        taken = [(0, 8)]
        for called in ("ifd0", "exif", "gps", "interop", "ifd1"):
            table = self.directory(called)
            # a value that reaches out of the block is none, whatever it lays claim to
            taken += [span for span in _spans(table) if span[1] <= len(self.data)] if table else []
        fresh = _without(_joined(within), _joined(taken))
        for start, end in fresh:
            self.data[start:end] = bytes(end - start)
        self._free = _joined(self._free + fresh)


def _spans(table: Directory) -> list[tuple[int, int]]:
    """Where a directory and its values stand."""
    return [(table.start, table.end), *((one.where, one.where + one.size) for one in table.entries if one.size > 4)]


def _meet(one: Entry, other: Entry) -> bool:
    return one.size > 4 and one.where < other.where + other.size and other.where < one.where + one.size


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same ranges in order, without empty ones, and those that touch made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found


def _without(spans: list[tuple[int, int]], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of some ranges is in none of others, both in order."""
    found = []
    for start, end in spans:
        for low, high in taken:
            if high > start and low < end:
                if low > start:
                    found.append((start, low))
                start = max(start, high)
        if start < end:
            found.append((start, end))
    return found
