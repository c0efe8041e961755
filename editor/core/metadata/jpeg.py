"""JPEG segments: EXIF, XMP, Photoshop block, profile and density in and out.

As in JFIF 1.02, Exif 2.32 (4.7), XMP part 3 (1.1.3) and ICC.1:2022 (B.4).
"""

from __future__ import annotations

import logging
import re
import struct
from collections.abc import Callable, Iterator

from editor.core.metadata import exif as exif_block
from editor.core.metadata.iptc import joined, parted
from editor.core.metadata.packet import MOST_EXTENDED, merged, split
from editor.core.metadata.source import MOST, Source
from editor.core.metadata.value import Metadata

log = logging.getLogger("packshot.metadata")
EXIF, XMP, EXTENDED = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
PHOTOSHOP, PROFILE = b"Photoshop 3.0\0", b"ICC_PROFILE\0"
MOST_SEGMENT, MOST_EXIF = 65_533, 65_527  # bytes that a segment, and EXIF in one, has room for
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]", re.DOTALL)  # in coded data 0 follows 0xFF, or a restart
_BARE = {0x01, *range(0xD0, 0xD9)}  # markers without a length


def segments(source: Source, start: int = 0) -> Iterator[tuple[int, bytes, int]]:
    """Marker, content and end of each segment before the picture data, from a JPEG at `start`."""
    at = start + 2
    if source.at(start, 2) != b"\xff\xd8":
        return
    for _ in range(10_000):
        head = source.all_of(at, 4)
        if not head or head[0] != 0xFF or head[1] in (0xDA, 0xD9):
            return
        if head[1] == 0xFF:  # fill bytes before a marker
            at += 1
            continue
        if head[1] in _BARE:
            at += 2
            continue
        size = struct.unpack(">H", head[2:])[0]
        content = source.all_of(at + 4, size - 2) if size > 2 else b""
        at += 2 + max(size, 2)
        yield head[1], content, at


def read(source: Source, start: int = 0) -> Metadata:
    """The metadata of a JPEG at `start` of a source."""
    exif: list[bytes] = []
    standard, photoshop, dpi = b"", b"", None
    extended: dict[bytes, dict[int, bytes]] = {}
    total = 0
    for marker, content, _ in segments(source, start):
        total += len(content)
        if total > MOST:
            break
        if marker == 0xE0 and content.startswith(b"JFIF\0") and len(content) >= 12:
            unit, across, down = struct.unpack(">BHH", content[7:12])
            factor = {1: 1.0, 2: 2.54}.get(unit)
            dpi = (across * factor, down * factor) if factor and across and down else None
        elif marker == 0xE1 and content.startswith(EXIF):
            exif.append(content[len(EXIF) :])
        elif marker == 0xE1 and content.startswith(XMP):
            standard = standard or content[len(XMP) :]
        elif marker == 0xE1 and content.startswith(EXTENDED):
            head, piece = content[len(EXTENDED) :][:40], content[len(EXTENDED) + 40 :]
            if len(head) == 40:
                extended.setdefault(head[:32], {})[struct.unpack(">I", head[36:])[0]] = piece
        elif marker == 0xED and content.startswith(PHOTOSHOP):
            photoshop += content[len(PHOTOSHOP) :]
    if standard:
        pieces = next((pieces for guid, pieces in extended.items() if guid in standard), {})
        standard = merged(standard, b"".join(pieces[offset] for offset in sorted(pieces))) if pieces else standard
    block = exif[0] if exif else None
    for more in exif[1:]:  # EXIF over several segments, as some write it; a second EXIF is none of ours
        if block is not None and more[:4] not in (b"II*\0", b"MM\0*"):
            block += more
    iptc, rest, other = parted(photoshop)
    told = exif_block.resolution_of(block) if block else None  # a JFIF header beside EXIF is mostly an afterthought
    return Metadata(block, standard or None, iptc, rest, told or dpi or other)


def embed(bare: bytes, meta: Metadata, profile: bytes | None) -> bytes:
    """A JPEG with metadata in place of all that it has itself, but for comments and what its decoder needs.

    What stands behind the picture is cut off: other pictures, mostly, which would have lost their index.
    """
    if bare[:2] != b"\xff\xd8":
        raise ValueError("not a JPEG file")
    pieces = [b"\xff\xd8"]

    def segment(marker: int, content: bytes) -> None:
        pieces.append(struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content)

    exif = exif_block.fitted(meta.exif, MOST_EXIF)
    kept, at, adobe = [], 2, False
    for marker, content, at in segments(Source(bare)):
        own_adobe = marker == 0xEE and content.startswith(b"Adobe")
        adobe = adobe or own_adobe
        if own_adobe or not 0xE0 <= marker <= 0xEF:
            kept.append(bare[at - 4 - len(content) : at])
    if not adobe:  # JFIF says that the colours are grey or YCbCr, which Adobe's marker overrules
        across, down = (min(max(int(value + 0.5), 1), 65_535) for value in meta.dpi) if meta.dpi else (1, 1)
        segment(0xE0, struct.pack(">5sHBHHBB", b"JFIF\0", 0x0101, 1 if meta.dpi else 0, across, down, 0, 0))
    if exif:
        segment(0xE1, EXIF + exif)
    _write_xmp(meta.xmp, segment)
    photoshop = joined(meta.iptc, meta.photoshop, meta.dpi)
    for start in range(0, len(photoshop), MOST_SEGMENT - len(PHOTOSHOP)):
        segment(0xED, PHOTOSHOP + photoshop[start : start + MOST_SEGMENT - len(PHOTOSHOP)])
    room = MOST_SEGMENT - len(PROFILE) - 2
    count = -(-len(profile or b"") // room)
    for number in range(count if count <= 255 else 0):
        content = (profile or b"")[number * room : (number + 1) * room]
        segment(0xE2, PROFILE + bytes((number + 1, count)) + content)
    if count > 255:
        log.warning("the colour profile is longer than a JPEG holds; it is left out")
    return b"".join([*pieces, *kept, bare[at : _end(bare, at)]])


def _end(data: bytes, at: int) -> int:
    """Where the picture data end that begin at `at`: behind the EOI marker, or at the end of the file."""
    while found := _MARKER.search(data, at):
        if found[0][1] == 0xD9:
            return found.end()
        at = found.end()  # SOS and the tables of a progressive picture: they have a length, which counts itself
        at += struct.unpack_from(">H", data, at)[0] if at + 2 <= len(data) else 0
    return len(data)


def _write_xmp(xmp: bytes | None, segment: Callable[[int, bytes], None]) -> None:
    parts = split(xmp) if xmp else None
    if parts is None:
        if xmp:
            log.warning("the XMP packet is longer than a JPEG holds; it is left out")
        return
    standard, extended, guid = parts
    segment(0xE1, XMP + standard)
    for start in range(0, len(extended), MOST_EXTENDED):
        head = guid + struct.pack(">II", len(extended), start)
        segment(0xE1, EXTENDED + head + extended[start : start + MOST_EXTENDED])
