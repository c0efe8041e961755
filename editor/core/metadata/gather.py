"""Gathering: a picture file's camera tags as an EXIF block of their own, maker notes at the offset they stood at."""

from __future__ import annotations

import struct

from editor.core.metadata.directory import (
    EXIF_POINTER,
    GPS_POINTER,
    INTEROP_POINTER,
    MAKER_NOTE,
    Directory,
    Tags,
    fresh,
    number,
    numbers,
    read_directory,
    value,
)
from editor.core.metadata.source import Source

# tags of the first directory that speak of camera, author and time; the others say how the pixels lie in the file
CAMERA_TAGS = {
    0x010D, 0x010E, 0x010F, 0x0110, 0x0112, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B, 0x013C, 0x8298,
    0x4746, 0x4749, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F, 0xC4A5, 0xC614, 0xC62F, 0xC630,
}  # fmt: skip
# tags that belong into the EXIF directory and that TIFF/EP puts into the first one
SHOT_TAGS = {
    0x829A, 0x829D, 0x8822, 0x8824, 0x8827, 0x9000, 0x9003, 0x9004, *range(0x9201, 0x920B), 0x9214, 0x9286,
    0x9290, 0x9291, 0x9292, 0xA20E, 0xA20F, 0xA210, 0xA217, 0xA433, 0xA434,
}  # fmt: skip
POINTERS = {MAKER_NOTE, INTEROP_POINTER, EXIF_POINTER, GPS_POINTER}
ADOBE_NOTE = 0xC634  # DNGPrivateData: where Adobe's converter keeps the maker note
MOST_VALUE, MOST_ALL = 4 * 2**20, 8 * 2**20  # bytes of a tag, and of all of them
FARTHEST_NOTE = 60_000  # a maker note further back is not kept at its offset: JPEG has room for 64 KB of EXIF


def gathered(source: Source, order: str, first: Directory, notes: bool = True, big: bool = False) -> bytes | None:
    """A fresh EXIF block of a TIFF structure's tags; None where it has none that belong into one."""
    room = [MOST_ALL]

    def take(directory: Directory | None, wanted: set[int] | None) -> Tags:
        found: Tags = {}
        for entry in directory.entries if directory else ():
            if (wanted is None or entry.tag in wanted) and entry.tag not in POINTERS and entry.tag not in found:
                raw = value(source, entry) if entry.size <= min(MOST_VALUE, room[0]) else b""
                if raw and entry.type <= 12:  # BigTIFF's own types are none of EXIF's
                    room[0] -= len(raw)
                    found[entry.tag] = (entry.type, entry.count, raw)
        return found

    def inner(directory: Directory | None, pointer: int) -> Directory | None:
        offset = number(source, directory, pointer)
        taken = (first.start, directory.start if directory else 0)
        return read_directory(source, order, int(offset), big) if offset and offset not in taken else None

    exif, gps = inner(first, EXIF_POINTER), inner(first, GPS_POINTER)
    shot = take(first, SHOT_TAGS) | take(exif, None)
    tables = (take(first, CAMERA_TAGS), shot, take(gps, None), take(inner(exif, INTEROP_POINTER), None))
    note = _note(source, order, first, exif) if notes else None
    if note and note[0] != order:
        ifd0, shot, place, interop = (_swapped(tags) for tags in tables)
        tables = (ifd0, shot, place, interop)
    return assembled(note[0] if note else order, *tables, note=note[1:] if note else None)


def assembled(
    order: str, ifd0: Tags, exif: Tags, gps: Tags, interop: Tags, note: tuple[bytes, int] | None
) -> bytes | None:
    """As `directory.fresh`, with a maker note moved where its offset would leave too large a gap."""
    if not (exif or gps or note or ifd0.keys() - {0x0112, 0x011A, 0x011B, 0x0128}):
        return None
    if note and not 8 <= note[1] <= max(FARTHEST_NOTE - len(note[0]), 8):
        raw, at = note
        block = fresh(order, ifd0, exif, gps, interop, (raw, 8))
        moved = shifted(raw, order, at, 8)
        return block[:8] + moved + block[8 + len(moved) :]
    return fresh(order, ifd0, exif, gps, interop, note)


def _note(source: Source, order: str, first: Directory, exif: Directory | None) -> tuple[str, bytes, int] | None:
    """The maker note's byte order, the note, and the offset it stood at in the camera's file."""
    entry = exif.get(MAKER_NOTE) if exif else None
    if entry and 4 < entry.size <= MOST_VALUE and (raw := value(source, entry)):
        return order, raw, entry.where
    entry = first.get(ADOBE_NOTE)
    private = value(source, entry) if entry and entry.size <= MOST_VALUE else b""
    if private.startswith(b"Adobe\0MakN") and len(private) > 24:  # big-endian length, byte order, offset, then the note
        size, mark, at = struct.unpack(">I2sI", private[10:20])
        if mark in (b"II", b"MM") and 10 < size <= len(private) - 14:
            return "<" if mark == b"II" else ">", private[20 : 14 + size], at
    return None


def _swapped(tags: Tags) -> Tags:
    """Tags in the other byte order."""

    def turned(kind: int, raw: bytes) -> bytes:
        width = {3: 2, 8: 2, 4: 4, 9: 4, 5: 4, 10: 4, 11: 4, 12: 8}.get(kind, 1)
        return b"".join(raw[at : at + width][::-1] for at in range(0, len(raw), width)) if width > 1 else raw

    return {tag: (kind, count, turned(kind, raw)) for tag, (kind, count, raw) in tags.items()}


def shifted(note: bytes, order: str, was: int, now: int) -> bytes:
    """A maker note moved from one offset to another: the offsets in its directory moved along where they are absolute.

    They are taken to be where all of them point into the note as it stood. What a directory in it points at in turn
    stays as it is.
    """
    for start in (0, 6, 8, 10, 12):  # makers' marks of various lengths stand before the directory
        inner = read_directory(Source(bytes(8) + note), order, start + 8)
        if inner is None or any(not 0 < entry.type <= 13 for entry in inner.entries) or len(inner.entries) < 2:
            continue
        far = [entry for entry in inner.entries if entry.size > 4]
        if not far or not all(was <= entry.where and entry.where + entry.size <= was + len(note) for entry in far):
            return note
        moved = bytearray(note)
        for entry in far:
            struct.pack_into(order + "I", moved, entry.field, entry.where - was + now)
        return bytes(moved)
    return note


def of_parts(parts: list[bytes]) -> bytes | None:
    """Canon's CMT1 to CMT4 (first directory, EXIF, maker note, GPS), each a TIFF structure, as one EXIF block.

    The maker note stands at offset 8 of its own structure, and keeps that.
    """
    tables: list[Tags] = []
    order = "<" if parts[0][:2] == b"II" else ">"
    for number_, part in enumerate(parts):
        source = Source(part)
        start = int.from_bytes(part[4:8], "little" if order == "<" else "big")
        found = read_directory(source, order, start) if number_ != 2 else None
        tables.append(
            {
                entry.tag: (entry.type, entry.count, value(source, entry))
                for entry in (found.entries if found else ())
                if entry.tag not in POINTERS and value(source, entry)
            }
        )
    ifd0 = {tag: kept for tag, kept in tables[0].items() if tag in CAMERA_TAGS}
    note = (parts[2][8:], 8) if len(parts[2]) > 12 and parts[2][:2] == parts[0][:2] else None
    return assembled(order, ifd0, tables[1], tables[3], {}, note)


def orientation(order: str, first: Directory, source: Source) -> int:
    """EXIF's 1 to 8; 1 where it is anything else."""
    entry = first.get(0x0112)
    found = numbers(order, entry.type, value(source, entry)[:8]) if entry else ()
    return int(found[0]) if found and found[0] in range(1, 9) else 1
