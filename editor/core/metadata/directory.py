"""Directories: the tables of tags that TIFF and EXIF are made of (TIFF 6.0 section 2, BigTIFF)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from editor.core.metadata.source import Source

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
LETTERS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "q", 18: "Q"}
BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 1, 2, 3, 4, 5, 7
EXIF_POINTER, GPS_POINTER, INTEROP_POINTER, MAKER_NOTE = 0x8769, 0x8825, 0xA005, 0x927C
MOST_ENTRIES = 500

Tags = dict[int, tuple[int, int, bytes]]  # tag: type, count, value in the file's byte order


@dataclass(frozen=True)
class Entry:
    """One tag: where its field stands in the table, and where its value stands."""

    tag: int
    type: int
    count: int
    field: int
    where: int

    @property
    def size(self) -> int:
        """Bytes of the value; -1 for a type that nobody knows."""
        return SIZES[self.type] * self.count if self.type in SIZES else -1


@dataclass(frozen=True)
class Directory:
    """A table of tags from `start` to `end`, and the offset of the next one (0: none)."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    next: int
    order: str  # "<" or ">"
    inline: int = 4  # bytes of a value that fit into the field itself

    def get(self, tag: int) -> Entry | None:
        return next((entry for entry in self.entries if entry.tag == tag), None)


def header(source: Source) -> tuple[str, bool, int] | None:
    """Byte order, whether it is BigTIFF, and the offset of the first directory; None where this is no TIFF.

    The camera makers' own magic numbers (Olympus `RO`, `RS`, Panasonic `U`) are let through.
    """
    start = source.at(0, 16)
    order = {b"II": "<", b"MM": ">"}.get(start[:2])
    if order is None or len(start) < 8:
        return None
    if struct.unpack(order + "H", start[2:4])[0] == 43 and len(start) == 16:
        return order, True, struct.unpack(order + "Q", start[8:16])[0]
    return order, False, struct.unpack(order + "I", start[4:8])[0]


def read_directory(source: Source, order: str, offset: int, big: bool = False) -> Directory | None:
    """The directory at `offset`; None where the table is not wholly there. Values may still lie outside."""
    lead, width, inline = (8, 20, 8) if big else (2, 12, 4)
    head = source.all_of(offset, lead)
    if offset < 8 or not head:
        return None
    count: int = struct.unpack(order + ("Q" if big else "H"), head)[0]
    table = source.all_of(offset + lead, count * width) if 0 < count <= MOST_ENTRIES else b""
    if not table:
        return None
    entries = []
    for row in range(count):
        field = offset + lead + row * width
        tag, kind, number = struct.unpack_from(order + ("HHQ" if big else "HHI"), table, row * width)
        entry = Entry(tag, kind, number, field, field + width - inline)
        if entry.size > inline:
            where = struct.unpack_from(order + ("Q" if big else "I"), table, row * width + width - inline)[0]
            entry = Entry(tag, kind, number, field, where)
        entries.append(entry)
    end = offset + lead + count * width
    after = source.all_of(end, inline)  # some cameras leave the last pointer out
    following = struct.unpack(order + ("Q" if big else "I"), after)[0] if after else 0
    return Directory(offset, end + len(after), tuple(entries), following, order, inline)


def value(source: Source, entry: Entry | None) -> bytes:
    """The value's bytes, or nothing where it is not wholly there."""
    return source.all_of(entry.where, entry.size) if entry and entry.size > 0 else b""


def numbers(order: str, kind: int, raw: bytes) -> tuple[float, ...]:
    """Numbers in a value: integers, floats, or quotients of rationals (0 where the denominator is)."""
    if kind in (5, 10):
        parts = struct.unpack(f"{order}{len(raw) // 4}{'I' if kind == 5 else 'i'}", raw[: len(raw) // 4 * 4])
        return tuple(a / b if b else 0.0 for a, b in zip(parts[::2], parts[1::2], strict=False))
    letter = LETTERS.get(kind)
    if letter is None:
        return ()
    count = len(raw) // SIZES[kind]
    return struct.unpack(f"{order}{count}{letter}", raw[: count * SIZES[kind]])


def number(source: Source, directory: Directory | None, tag: int) -> float | None:
    """The first number of a tag."""
    entry = directory.get(tag) if directory else None
    if directory is None or entry is None:
        return None
    found = numbers(directory.order, entry.type, value(source, entry)[:8])
    return found[0] if found else None


def resolution(source: Source, directory: Directory) -> tuple[float, float] | None:
    """Pixels per inch, where the directory has them per inch or centimetre."""
    across, down = number(source, directory, 0x011A), number(source, directory, 0x011B)
    factor = {2: 1.0, 3: 2.54}.get(int(number(source, directory, 0x0128) or 2))
    return (across * factor, down * factor) if factor and across and down else None


def fresh(order: str, ifd0: Tags, exif: Tags, gps: Tags, interop: Tags, note: tuple[bytes, int] | None = None) -> bytes:
    """A new EXIF block of these tags. The maker note comes with the offset (8 or more) that its inner offsets need.

    What lies before the maker note is filled with the rest, first come, first served.
    """
    exif, ifd0 = dict(exif), dict(ifd0)
    block = bytearray(struct.pack(order + "2sHI", b"II" if order == "<" else b"MM", 42, 0))
    gap, limit = 8, 8  # free space before the maker note
    if note:
        limit = note[1]
        block += bytes(limit - 8) + note[0]

    def put(piece: bytes) -> int:
        nonlocal gap
        gap += gap % 2
        if gap + len(piece) <= limit:
            block[gap : gap + len(piece)] = piece
            gap += len(piece)
            return gap - len(piece)
        block.extend(bytes(len(block) % 2))
        block.extend(piece)
        return len(block) - len(piece)

    def table(tags: Tags) -> int:
        rows = b""
        for tag in sorted(tags):
            kind, count, raw = tags[tag]
            field = raw.ljust(4, b"\0") if len(raw) <= 4 else struct.pack(order + "I", put(raw))
            rows += struct.pack(order + "HHI", tag, kind, count) + field
        return put(struct.pack(order + "H", len(tags)) + rows + bytes(4))

    if interop:
        exif[INTEROP_POINTER] = (LONG, 1, struct.pack(order + "I", table(interop)))
    if note:
        exif[MAKER_NOTE] = (UNDEFINED, len(note[0]), struct.pack(order + "I", limit))  # the field: offset, not value
    if exif:
        ifd0[EXIF_POINTER] = (LONG, 1, struct.pack(order + "I", table(exif)))
    if gps:
        ifd0[GPS_POINTER] = (LONG, 1, struct.pack(order + "I", table(gps)))
    struct.pack_into(order + "I", block, 4, table(ifd0))
    return bytes(block)
