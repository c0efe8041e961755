"""Embedding metadata: EXIF, XMP, IPTC, profile and resolution into a picture that an encoder has just made."""

from __future__ import annotations

import struct
from dataclasses import replace

from editor.core.metadata import avif, jpeg, png, webp
from editor.core.metadata.boxes import boxes
from editor.core.metadata.source import Source
from editor.core.metadata.value import Metadata
from editor.core.metadata.xmp import with_iptc

# a JPEG's own leftovers do not fit once its metadata have changed, nor does the seal of the picture as it was
_REPLACED = (b"Exif", b"xml ", b"jbrd", b"jumb")


def embed(kind: str, bare: bytes, meta: Metadata, profile: bytes | None) -> bytes:
    """An encoded picture ("JPEG", "PNG", "WebP", "AVIF" or "JXL") with metadata and profile in its format's own way.

    WebP, AVIF and JPEG XL have no place for IPTC data sets: there they are put into the XMP packet, where that does not
    say the same already. JPEG XL takes no profile here, because it tells its colours itself. Metadata
    that are there are replaced. Raises ValueError for another kind, where `bare` is not of that kind, and for an AVIF
    with parts of which is not known that they may be moved.
    """
    if kind == "JPEG":
        return jpeg.embed(bare, meta, profile)
    if kind == "PNG":
        return png.embed(bare, meta, profile)
    if meta.iptc:
        meta = replace(meta, xmp=with_iptc(meta.xmp, meta.iptc))
    if kind == "WebP":
        return webp.embed(bare, meta, profile)
    if kind == "AVIF":
        return avif.embed(bare, meta, profile)
    if kind == "JXL":
        return _embed_jxl(bare, meta)
    raise ValueError(f"no metadata can be put into {kind}")


def _embed_jxl(bare: bytes, meta: Metadata) -> bytes:
    """A JPEG XL container with `Exif` and `xml ` boxes behind the picture (ISO 18181-2, 9)."""

    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I4s", len(content) + 8, name) + content

    if bare[:2] == b"\xff\x0a":
        bare = box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl \0\0\0\0jxl ") + box(b"jxlc", bare)
    if bare[4:8] != b"JXL ":
        raise ValueError("not a JPEG XL file")
    source = Source(bare)
    pieces = []
    for one in boxes(source):
        kind = bare[one.start : one.start + 4] if one.kind == b"brob" else one.kind
        if kind not in _REPLACED:
            content = bare[one.start : one.end]  # a last box without a length gets one
            pieces.append(box(one.kind, content) if one.end == len(bare) else bare[one.at : one.end])
    if meta.exif:
        pieces.append(box(b"Exif", bytes(4) + meta.exif))
    if meta.xmp:
        pieces.append(box(b"xml ", meta.xmp))
    return b"".join(pieces)
