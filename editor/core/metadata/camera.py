"""Camera files: the metadata of TIFF, of camera RAW that is TIFF at heart, of Fujifilm's RAF, of PSD and GIF."""

from __future__ import annotations

import struct

from editor.core.metadata import jpeg
from editor.core.metadata.directory import Directory, header, read_directory, resolution, value
from editor.core.metadata.gather import gathered, orientation
from editor.core.metadata.iptc import EXIF, XMP, parted, redigested, resources, trimmed
from editor.core.metadata.source import MOST, Source
from editor.core.metadata.value import Metadata

_PANASONIC_JPEG = 0x002E


def read_tiff(source: Source) -> Metadata:
    """The metadata of a TIFF or BigTIFF, a DNG, CR2, NEF, ARW, ORF, RW2 ...; its EXIF is gathered into a new block."""
    found = header(source)
    first = read_directory(source, found[0], found[2], found[1]) if found else None
    if found is None or first is None:
        return Metadata()
    order = found[0]
    entry = first.get(_PANASONIC_JPEG)
    if source.at(2, 1) == b"U" and entry and source.at(entry.where, 2) == b"\xff\xd8":
        inner = jpeg.read(source, entry.where)  # it has the camera's EXIF with its maker note, the RW2 itself has not
        if inner.exif:
            return inner
    iptc, rest, dpi = parted(_one(source, first, 0x8649))
    own = _one(source, first, 0x83BB)
    if own:
        iptc = trimmed(own)
        rest = redigested(rest, own, iptc)
    return Metadata(
        exif=gathered(source, order, first, big=found[1]),
        xmp=_one(source, first, 0x02BC) or None,
        iptc=iptc or None,
        photoshop=rest,
        dpi=resolution(source, first) or dpi,
        orientation=orientation(order, first, source),
    )


def read_raf(source: Source) -> Metadata:
    """The metadata of a Fujifilm RAF: that of the JPEG in it."""
    place = source.all_of(84, 4)
    return jpeg.read(source, struct.unpack(">I", place)[0]) if place else Metadata()


def read_psd(source: Source) -> Metadata:
    """The metadata of a PSD or PSB, from its image resources."""
    at = 26
    length = source.all_of(at, 4)
    at += 4 + (struct.unpack(">I", length)[0] if length else 0)
    length = source.all_of(at, 4)
    block = source.at(at + 4, struct.unpack(">I", length)[0]) if length else b""
    found = {one.id: one.data for one in resources(block)}
    iptc, rest, dpi = parted(block)
    return Metadata(found.get(EXIF) or None, found.get(XMP) or None, iptc, rest, dpi)


def read_gif(source: Source) -> Metadata:
    """The XMP of a GIF (XMP part 3, 1.1.2): it stands in an application block as plain text."""
    head = source.at(0, MOST // 4)
    at = head.find(b"\x21\xff\x0bXMP DataXMP")
    end = head.find(b"<?xpacket end=", at)
    return Metadata(xmp=head[at + 14 : end + 19]) if 0 <= at < end else Metadata()


def _one(source: Source, first: Directory, tag: int) -> bytes:
    entry = first.get(tag)
    return value(source, entry) if entry and entry.size <= MOST // 4 else b""
