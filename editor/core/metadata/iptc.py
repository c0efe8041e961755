"""IPTC: Photoshop's resource blocks, and the press agencies' data sets in one of them (IPTC-IIM 4.2)."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

IPTC, RESOLUTION, EXIF, XMP, DIGEST = 1028, 1005, 1058, 1060, 1061
MOST = 10_000  # resources in a block, and data sets in one of them, that are read
# thumbnails, what is carried apart, the profile, and what describes the layers and channels of the file it came from
_DROPPED = {
    IPTC, RESOLUTION, EXIF, XMP, 1033, 1036, 1039,
    1006, 1007, 1024, 1026, 1041, 1045, 1053, 1059, 1065, 1069, 1072,
}  # fmt: skip
_PLACED = {1032, 1050, *range(2000, 3000)}  # guides, slices, paths: they lie on the picture as it was
_MARKS = (b"8BIM", b"PHUT", b"AgHg", b"DCSR", b"MeSa")


@dataclass(frozen=True)
class Resource:
    """One Photoshop resource block; the name as stored, with its length byte and padding."""

    id: int
    name: bytes
    data: bytes
    mark: bytes = b"8BIM"


def resources(block: bytes) -> Iterator[Resource]:
    """The resources in a block, up to the first that makes no sense (Photoshop File Formats, Image Resource Blocks)."""
    at = 0
    for _ in range(MOST):
        if at + 12 > len(block) or block[at : at + 4] not in _MARKS:
            return
        ident = struct.unpack_from(">H", block, at + 4)[0]
        name = block[at + 6 : at + 6 + (block[at + 6] + 2) // 2 * 2]
        start = at + 6 + len(name) + 4
        if start > len(block):
            return
        size = struct.unpack_from(">I", block, start - 4)[0]
        if start + size > len(block):
            return
        yield Resource(ident, name, block[start : start + size], block[at : at + 4])
        at = start + size + size % 2


def packed(found: Iterable[Resource]) -> bytes:
    """Resources as one block."""
    return b"".join(
        struct.pack(">4sH", one.mark, one.id) + (one.name or b"\0\0") + struct.pack(">I", len(one.data)) + one.data
        + bytes(len(one.data) % 2)
        for one in found
    )  # fmt: skip


def parted(block: bytes) -> tuple[bytes | None, bytes | None, tuple[float, float] | None]:
    """A Photoshop block as IPTC, the resources worth keeping, and the resolution in dpi."""
    found = list(resources(block))
    iptc = next((one.data for one in found if one.id == IPTC and one.data), None)
    rest = packed(one for one in found if one.id not in _DROPPED)
    size = next((one.data for one in found if one.id == RESOLUTION and len(one.data) >= 16), None)
    dpi = None
    if size:
        across, down = (struct.unpack_from(">I", size, at)[0] / 65536 for at in (0, 8))
        dpi = (across, down) if across > 0 and down > 0 else None
    return iptc, rest or None, dpi


def joined(iptc: bytes | None, photoshop: bytes | None, dpi: tuple[float, float] | None = None) -> bytes:
    """One Photoshop block of everything, with a resolution resource if `dpi` is given; empty where there is nothing."""
    block = b""
    if dpi and (iptc or photoshop):
        across, down = (min(int(value * 65536 + 0.5), 2**32 - 1) for value in dpi)
        block += packed([Resource(RESOLUTION, b"", struct.pack(">IHHIHH", across, 1, 1, down, 1, 1))])
    if iptc:
        block += packed([Resource(IPTC, b"", iptc)])
    return block + (photoshop or b"")


def without_places(photoshop: bytes | None) -> bytes | None:
    """The resources without guides, slices and paths, for a picture that was cropped, turned or reshaped."""
    return packed(one for one in resources(photoshop or b"") if one.id not in _PLACED) or None


def datasets(iptc: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Record, data set and value of each IIM data set, up to the first that makes no sense."""
    at = 0
    for _ in range(MOST):
        if at + 5 > len(iptc) or iptc[at] != 0x1C:
            return
        record, number, size = struct.unpack_from(">BBH", iptc, at + 1)
        at += 5
        if size & 0x8000:  # an extended data set: the length of its length
            length = size & 0x7FFF
            if length > 8 or at + length > len(iptc):
                return
            size = int.from_bytes(iptc[at : at + length], "big")
            at += length
        if at + size > len(iptc):
            return
        yield record, number, iptc[at : at + size]
        at += size


def redigested(photoshop: bytes | None, was: bytes, now: bytes) -> bytes | None:
    """The resources with the digest (1061) of data sets that got or lost padding; one that was not theirs stays."""
    old, new = (hashlib.md5(one, usedforsecurity=False).digest() for one in (was, now))
    if not photoshop or old not in photoshop:
        return photoshop
    return packed(
        replace(one, data=new) if one.id == DIGEST and one.data == old else one for one in resources(photoshop)
    )


def trimmed(iptc: bytes) -> bytes:
    """The data sets without what is not one of them at the end, such as TIFF's padding."""
    end = len(iptc)
    while end and iptc[end - 1] == 0 and len(iptc) - end < 4:
        end -= 1
    whole = len(list(datasets(iptc)))
    while end < len(iptc) and len(list(datasets(iptc[:end]))) < whole:
        end += 1
    return iptc[:end]


def texts(iptc: bytes) -> dict[int, list[str]]:
    """The texts of record 2, the application record, by data set.

    UTF-8 where 1:90 says so (ESC % G); else UTF-8 where the bytes allow it, which Latin-1 text hardly ever does.
    """
    found: dict[int, list[str]] = {}
    for record, number, raw in datasets(iptc):
        if record == 2 and number:
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError:
                text = raw.decode("latin-1")
            found.setdefault(number, []).append(text.rstrip("\0").strip())
    return {number: [text for text in lines if text] for number, lines in found.items() if any(lines)}


# IIM data set: XMP prefix, property, kind ("bag", "seq", "alt", "text", "date"), as in the IPTC Photo Metadata Standard
_MAPPED = {
    5: ("dc", "title", "alt"), 25: ("dc", "subject", "bag"), 80: ("dc", "creator", "seq"),
    116: ("dc", "rights", "alt"), 120: ("dc", "description", "alt"),
    10: ("photoshop", "Urgency", "text"), 15: ("photoshop", "Category", "text"),
    20: ("photoshop", "SupplementalCategories", "bag"), 40: ("photoshop", "Instructions", "text"),
    85: ("photoshop", "AuthorsPosition", "text"), 90: ("photoshop", "City", "text"),
    95: ("photoshop", "State", "text"), 101: ("photoshop", "Country", "text"),
    103: ("photoshop", "TransmissionReference", "text"), 105: ("photoshop", "Headline", "text"),
    110: ("photoshop", "Credit", "text"), 115: ("photoshop", "Source", "text"),
    122: ("photoshop", "CaptionWriter", "text"), 55: ("photoshop", "DateCreated", "date"),
    12: ("Iptc4xmpCore", "SubjectCode", "bag"), 92: ("Iptc4xmpCore", "Location", "text"),
    100: ("Iptc4xmpCore", "CountryCode", "text"), 4: ("Iptc4xmpCore", "IntellectualGenre", "text"),
}  # fmt: skip


def iptc_to_xmp(iptc: bytes) -> list[tuple[str, str, str, list[str]]]:
    """What the data sets are called in XMP: prefix, property, kind of list, values."""
    found = texts(iptc)
    properties = []
    for number, (prefix, name, kind) in _MAPPED.items():
        lines = found.get(number, [])
        if lines and kind == "date":
            day, time = lines[0], (found.get(60) or [""])[0]
            if not day.isdigit() or len(day) != 8:
                continue
            lines = [f"{day[:4]}-{day[4:6]}-{day[6:]}"]
            if len(time) >= 6 and time[:6].isdigit():
                lines[0] += f"T{time[:2]}:{time[2:4]}:{time[4:6]}"
                lines[0] += f"{time[6:9]}:{time[9:11]}" if len(time) == 11 else ""
            kind = "text"
        if lines:
            properties.append((prefix, name, kind, lines))
    return properties
