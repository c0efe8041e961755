"""EXIF: what a block says, and the block renewed for a picture to be written, or cut down to what a file holds."""

from __future__ import annotations

import logging
import struct
from datetime import datetime
from functools import partial

from editor.core.metadata.block import Block, Changes, Damaged
from editor.core.metadata.directory import (
    ASCII,
    LONG,
    RATIONAL,
    SHORT,
    UNDEFINED,
    fresh,
    header,
    read_directory,
    resolution,
)
from editor.core.metadata.gather import gathered, orientation
from editor.core.metadata.source import Source

log = logging.getLogger("packshot.metadata")
ORIENTATION = 0x0112
MOST_THUMBNAIL = 64_000  # bytes


def upright(exif: bytes) -> bytes | None:
    """The same block with Orientation 1, if it has one, and else untouched; None where that cannot be seen."""
    try:
        block = Block(exif)
        ifd0 = block.directory("ifd0")
        if ifd0 and ifd0.get(ORIENTATION):
            block.change("ifd0", {ORIENTATION: (3, struct.pack(block.order + "H", 1))})
        return bytes(block.data)
    except (Damaged, struct.error):
        return None


def turned(exif: bytes) -> int:
    """The orientation an EXIF block tells, 1 to 8."""
    try:
        block = Block(exif)
    except Damaged:
        return 1
    ifd0 = block.directory("ifd0")
    return orientation(block.order, ifd0, Source(exif)) if ifd0 else 1


def resolution_of(exif: bytes) -> tuple[float, float] | None:
    """Pixels per inch, across and down, as an EXIF block tells them."""
    source = Source(exif)
    found = header(source)
    first = read_directory(source, found[0], found[2], found[1]) if found else None
    return resolution(source, first) if first else None


def has_thumbnail(exif: bytes | None) -> bool:
    """Whether there is a thumbnail in the block."""
    try:
        return exif is not None and Block(exif).directory("ifd1") is not None
    except (Damaged, struct.error):
        return False


def without_thumbnail(exif: bytes) -> bytes:
    """The block without its thumbnail; the block itself where it cannot be read."""
    try:
        block = Block(exif)
        block.drop_thumbnail()
        return bytes(block.data)
    except (Damaged, struct.error):
        return exif


def fitted(exif: bytes | None, most: int) -> bytes | None:
    """The block cut down to `most` bytes: without thumbnail, without maker note, at last not at all, with a warning."""
    if exif is None or len(exif) <= most:
        return exif
    exif = without_thumbnail(exif)
    if len(exif) <= most:
        log.warning("the camera's EXIF data is longer than the file holds; its thumbnail is left out")
        return exif
    found = header(Source(exif))
    first = read_directory(Source(exif), found[0], found[2]) if found else None
    rest = gathered(Source(exif), found[0], first, notes=False) if found and first else None
    if rest and len(rest) <= most:
        log.warning("the camera's EXIF data is longer than the file holds; thumbnail and maker note are left out")
        return rest
    log.warning("the camera's EXIF data is longer than the file holds; it is left out")
    return None


def tells_resolution(exif: bytes | None) -> bool:
    """Whether the block has a resolution; it keeps it then, to the digit."""
    try:
        return bool(exif and Block(exif).value("ifd0", 0x011A))
    except Damaged:
        return False


def renewed(
    old: bytes | None, *, size: tuple[int, int], thumbnail: bytes | None, software: str, when: datetime, srgb: bool,
    gps: bool, dpi: tuple[float, float] | None,
) -> bytes | None:  # fmt: skip
    changed = partial(_changed, size=size, thumbnail=thumbnail, software=software, when=when, srgb=srgb, dpi=dpi)
    if old:
        try:
            return changed(Block(old), gps=gps)
        except (Damaged, struct.error, ValueError, LookupError, OverflowError) as error:
            kept = upright(old) if gps else None
            if kept:
                log.warning("the photo's EXIF data are damaged and stay as they are: %s", error)
                return kept
            log.warning("the photo's EXIF data are damaged and are left out: %s", error)
    return changed(Block(_smallest()), gps=True)


def _smallest() -> bytes:
    """A block to begin with; `_changed` puts in what Exif 2.32 (table 17) wants in a JPEG."""
    ifd0 = {0x0112: (SHORT, 1, struct.pack("<H", 1))}
    return fresh("<", ifd0, {0x9000: (UNDEFINED, 4, b"0232")}, {}, {})


def _changed(
    block: Block, *, size: tuple[int, int], thumbnail: bytes | None, software: str, when: datetime, srgb: bool,
    gps: bool, dpi: tuple[float, float] | None,
) -> bytes:  # fmt: skip
    order = block.order

    def short(number: int) -> tuple[int, bytes]:
        return SHORT, struct.pack(order + "H", number)

    def long(number: int) -> tuple[int, bytes]:
        return LONG, struct.pack(order + "I", number)

    def text(line: str) -> tuple[int, bytes]:
        return ASCII, line.encode("ascii", "replace") + b"\0"

    def has(called: str, tag: int) -> bool:
        found = block.directory(called)
        return bool(found and found.get(tag))

    block.drop_thumbnail()
    if not gps:
        block.drop_gps()
    width, height = size
    ifd0: Changes = {0x0112: short(1), 0x0131: text(software), 0x0132: text(when.strftime("%Y:%m:%d %H:%M:%S"))}
    ifd0 |= {tag: long(number) for tag, number in ((0x0100, width), (0x0101, height)) if has("ifd0", tag)}
    if dpi or not has("ifd0", 0x011A):
        across, down = (struct.pack(order + "II", *_rational(one)) for one in dpi or (72.0, 72.0))
        ifd0 |= {0x011A: (RATIONAL, across), 0x011B: (RATIONAL, down), 0x0128: short(2)}
    if not has("ifd0", 0x0213):
        ifd0[0x0213] = short(1)
    space = block.value("exif", 0xA001)
    exif: Changes = {0xA001: short(1 if srgb else 0xFFFF), 0xA002: long(width), 0xA003: long(height), 0x9290: None}
    for tag, least in ((0x9101, b"\1\2\3\0"), (0xA000, b"0100")):
        if not has("exif", tag):
            exif[tag] = UNDEFINED, least
    version = block.value("exif", 0x9000)
    if not version:
        exif[0x9000] = UNDEFINED, b"0232"
    zone = when.strftime("%z")  # Exif 2.31 is the first that knows of zones
    exif[0x9010] = text(f"{zone[:3]}:{zone[3:5]}") if zone and not b"0000" < version < b"0231" else None
    if (space == struct.pack(order + "H", 1)) != srgb:  # another space: what was measured of the old one is wrong now
        ifd0 |= {0x013E: None, 0x013F: None}
        exif |= {0xA500: None, 0xA005: None}
    block.change("ifd0", ifd0)
    block.change("exif", exif)
    if thumbnail and len(thumbnail) <= MOST_THUMBNAIL:
        block.put_thumbnail(thumbnail)
    return bytes(block.data)


def _rational(number: float) -> tuple[int, int]:
    whole = round(number)
    return (whole, 1) if abs(number - whole) < 1e-3 else (int(number * 10_000 + 0.5), 10_000)
