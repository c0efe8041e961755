"""Boxes: the metadata in ISO base media files: HEIC and AVIF (ISO 23008-12), Canon's CR3, and JPEG XL (ISO 18181-2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import imagecodecs

from editor.core.metadata.gather import of_parts
from editor.core.metadata.source import MOST, Source
from editor.core.metadata.value import Metadata

_CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_CR3_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_FULL, _WITH_COUNT = 4, 6


@dataclass(frozen=True)
class Box:
    """A box: its kind, where it starts, where its content starts, and where it ends."""

    kind: bytes
    at: int
    start: int
    end: int


def boxes(source: Source, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes one after the other in a range of a source; stops at one that reaches out of it."""
    end = source.size if end is None else end
    for _ in range(20_000):
        head = source.all_of(start, 8)
        if not head or start + 8 > end:
            return
        size, kind = struct.unpack(">I4s", head)
        inner = start + 8
        if size == 1:
            long = source.all_of(start + 8, 8)
            size, inner = (struct.unpack(">Q", long)[0], start + 16) if long else (0, inner)
        elif size == 0:
            size = end - start
        if size < inner - start or start + size > end:
            return
        yield Box(kind, start, inner, start + size)
        start += size


def inside(source: Source, box: Box, skip: int = 0) -> dict[bytes, Box]:
    """The boxes in a box by kind, the first of each."""
    found: dict[bytes, Box] = {}
    for one in boxes(source, box.start + skip, box.end):
        found.setdefault(one.kind, one)
    return found


def read_heif(source: Source) -> Metadata:
    """The metadata of a HEIC or AVIF file.

    `orientation` is what `irot` and `imir` of the main picture say, as EXIF counts; EXIF's own Orientation has no
    meaning there (ISO 23008-12, annex A.2.4). libheif turns the pixels by itself, libavif does not.
    """
    meta = next((box for box in boxes(source) if box.kind == b"meta"), None)
    if meta is None:
        return Metadata()
    parts = inside(source, meta, _FULL)
    places = item_places(source, parts.get(b"iloc"))
    exif = xmp = None
    for ident, kind, tail in item_kinds(source, parts.get(b"iinf")):
        if kind == b"Exif" and exif is None:
            content = _item(source, places.get(ident), parts.get(b"idat"))
            skip = struct.unpack(">I", content[:4])[0] if len(content) > 4 else 0
            exif = content[4 + skip :] or content[4:]
        elif kind == b"mime" and xmp is None and b"application/rdf+xml" in tail:
            xmp = _item(source, places.get(ident), parts.get(b"idat"))
    return Metadata(exif or None, xmp or None, orientation=_turn(source, parts))


def item_kinds(source: Source, iinf: Box | None) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, type and what follows of each item in `iinf`."""
    if iinf is None:
        return
    wide = source.at(iinf.start, 1) != b"\0"
    for box in boxes(source, iinf.start + (8 if wide else _WITH_COUNT), iinf.end):
        content = source.at(box.start, box.end - box.start)
        if box.kind == b"infe" and len(content) >= 12 and content[0] in (2, 3):
            at = 6 if content[0] == 2 else 8
            yield int.from_bytes(content[4:at], "big"), content[at + 2 : at + 6], content[at + 6 :]


def item_places(source: Source, iloc: Box | None) -> dict[int, tuple[int, list[tuple[int, int]]]]:
    """Construction method (-1: in another file) and extents (offset, length; base offset added) of each in `iloc`."""
    content = source.at(iloc.start, iloc.end - iloc.start) if iloc else b""
    found: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    at = 0

    def take(size: int) -> int:
        nonlocal at
        at += size
        if at > len(content):
            raise ValueError("iloc ends too soon")
        return int.from_bytes(content[at - size : at], "big")

    try:
        version = take(1)
        take(3)
        sizes, more = take(1), take(1)
        for _ in range(take(2 if version < 2 else 4)):
            ident = take(2 if version < 2 else 4)
            method = take(2) & 15 if version in (1, 2) else 0
            method = -1 if take(2) else method
            base = take(more >> 4)
            extents = []
            for _ in range(take(2)):
                take(more & 15 if version in (1, 2) else 0)
                offset = base + take(sizes >> 4)
                extents.append((offset, take(sizes & 15)))
            found[ident] = (method, extents)
    except ValueError:
        pass
    return found


def _item(source: Source, place: tuple[int, list[tuple[int, int]]] | None, idat: Box | None) -> bytes:
    method, extents = place or (2, [])
    if method not in (0, 1) or (method == 1 and idat is None) or sum(length for _, length in extents) > MOST:
        return b""
    shift = idat.start if method == 1 and idat else 0
    return b"".join(source.at(shift + offset, length or source.size - offset) for offset, length in extents)


def _turn(source: Source, parts: dict[bytes, Box]) -> int:
    """Orientation of the main item, from the order of its `irot` and `imir` properties."""
    pitm, iprp = parts.get(b"pitm"), parts.get(b"iprp")
    if pitm is None or iprp is None:
        return 1
    main = int.from_bytes(source.at(pitm.start + 4, 2 if source.at(pitm.start, 1) == b"\0" else 4), "big")
    inner = inside(source, iprp)
    ipco, ipma = inner.get(b"ipco"), inner.get(b"ipma")
    if ipco is None or ipma is None:
        return 1
    properties = list(boxes(source, ipco.start, ipco.end))
    # EXIF orientations as (mirrored left to right first, then quarter turns clockwise)
    mirrored, quarters = False, 0
    for index in associations(source.at(ipma.start, ipma.end - ipma.start)).get(main, []):
        if not 0 < index <= len(properties):
            continue
        box = properties[index - 1]
        setting = int.from_bytes(source.at(box.start, 1), "big")
        if box.kind == b"irot":
            quarters = (quarters - (setting & 3)) % 4  # irot counts against the clock
        elif box.kind == b"imir":  # 0: top and bottom change places, 1: left and right
            mirrored = not mirrored
            quarters = (-quarters + (0 if setting & 1 else 2)) % 4
    return {(False, 0): 1, (True, 0): 2, (False, 2): 3, (True, 2): 4,
            (True, 3): 5, (False, 1): 6, (True, 1): 7, (False, 3): 8}[mirrored, quarters]  # fmt: skip


def associations(ipma: bytes) -> dict[int, list[int]]:
    """The properties of each item, counted from 1, in the order they apply, from the content of `ipma`."""
    found: dict[int, list[int]] = {}
    if len(ipma) < 8:
        return found
    number, wide = (4 if ipma[0] else 2), bool(ipma[3] & 1)
    at = 8
    for _ in range(struct.unpack(">I", ipma[4:8])[0]):
        if at + number >= len(ipma):
            break
        item, count = int.from_bytes(ipma[at : at + number], "big"), ipma[at + number]
        at += number + 1
        width = 2 if wide else 1
        for row in range(at, min(at + count * width, len(ipma)), width):
            index = int.from_bytes(ipma[row : row + width], "big")
            found.setdefault(item, []).append(index & (0x7FFF if wide else 0x7F))
        at += count * width
    return found


def read_cr3(source: Source) -> Metadata:
    """The metadata of a Canon CR3 file: its CMT boxes put together, and its XMP."""
    parts = [b"", b"", b"", b""]
    xmp = None
    for box in boxes(source):
        if box.kind == b"moov":
            for one in boxes(source, box.start, box.end):
                if one.kind == b"uuid" and source.at(one.start, 16) == _CANON and not parts[0]:
                    for inner in boxes(source, one.start + 16, one.end):
                        if inner.kind in (b"CMT1", b"CMT2", b"CMT3", b"CMT4"):
                            parts[inner.kind[3] - ord("1")] = source.at(inner.start, inner.end - inner.start)
        elif box.kind == b"uuid" and source.at(box.start, 16) == _CR3_XMP:
            xmp = source.at(box.start + 16, box.end - box.start - 16)
    return Metadata(of_parts(parts) if parts[0] else None, xmp or None)


def read_jxl(source: Source) -> Metadata:
    """The metadata of a JPEG XL file; one without boxes has none. EXIF's Orientation has no meaning there."""
    found: dict[bytes, bytes] = {}
    for box in boxes(source):
        kind, start = box.kind, box.start
        if kind == b"brob":
            kind, start = source.at(start, 4), start + 4
        if kind in (b"Exif", b"xml ") and kind not in found:
            content = source.at(start, box.end - start)
            found[kind] = _unbrotlied(content) if box.kind == b"brob" else content
    exif = found.get(b"Exif", b"")
    skip = struct.unpack(">I", exif[:4])[0] if len(exif) > 4 else 0
    return Metadata(exif[4 + skip :] or exif[4:] or None, found.get(b"xml ") or None)


def _unbrotlied(packed: bytes) -> bytes:
    try:
        return bytes(imagecodecs.brotli_decode(packed, out=MOST // 4))
    except (RuntimeError, ValueError):
        return b""
