"""WebP chunks: EXIF, XMP and profile in and out (RFC 9649)."""

from __future__ import annotations

import struct

from editor.core.metadata.source import MOST, Source
from editor.core.metadata.value import Metadata

_PROFILE, _ALPHA, _EXIF, _XMP, _MOVES = 0x20, 0x10, 0x08, 0x04, 0x02
_OURS = {b"VP8X", b"ICCP", b"EXIF", b"XMP "}


def read(source: Source) -> Metadata:
    """The metadata of a WebP file."""
    found: dict[bytes, bytes] = {}
    at, total = 12, 0
    for _ in range(100_000):
        head = source.all_of(at, 8)
        if not head:
            break
        size = struct.unpack("<I", head[4:])[0]
        if head[:4] in (b"EXIF", b"XMP ") and total + size <= MOST:
            total += size
            found.setdefault(head[:4], source.at(at + 8, size))
        at += 8 + size + size % 2
    return Metadata(found.get(b"EXIF"), found.get(b"XMP "))


def embed(bare: bytes, meta: Metadata, profile: bytes | None) -> bytes:
    """A WebP in the extended format, with metadata; raises ValueError where `bare` is no WebP."""
    if bare[:4] != b"RIFF" or bare[8:12] != b"WEBP":
        raise ValueError("not a WebP file")
    chunks, at = [], 12
    while at + 8 <= len(bare):
        size = struct.unpack_from("<I", bare, at + 4)[0]
        chunks.append((bare[at : at + 4], bare[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    width, height, alpha = _shape(chunks)
    flags = (_PROFILE if profile else 0) | (_ALPHA if alpha else 0)
    flags |= (_EXIF if meta.exif else 0) | (_XMP if meta.xmp else 0)
    flags |= _MOVES if any(kind == b"ANIM" for kind, _ in chunks) else 0
    extended = struct.pack("<I", flags) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    pieces = [_chunk(b"VP8X", extended)]
    if profile:
        pieces.append(_chunk(b"ICCP", profile))
    pieces += [_chunk(kind, content) for kind, content in chunks if kind not in _OURS]
    if meta.exif:
        pieces.append(_chunk(b"EXIF", meta.exif))
    if meta.xmp:
        pieces.append(_chunk(b"XMP ", meta.xmp))
    body = b"".join(pieces)
    return struct.pack("<4sI4s", b"RIFF", len(body) + 4, b"WEBP") + body


def _shape(chunks: list[tuple[bytes, bytes]]) -> tuple[int, int, bool]:
    """Width, height and whether there is alpha, out of VP8X, VP8 (RFC 6386, 9.1) or VP8L (RFC 9649, 3.4)."""
    for kind, content in chunks:
        if kind == b"VP8X" and len(content) >= 10:
            return (1 + int.from_bytes(content[4:7], "little"), 1 + int.from_bytes(content[7:10], "little"),
                    bool(content[0] & _ALPHA))  # fmt: skip
        if kind == b"VP8 " and len(content) >= 10:
            width, height = struct.unpack_from("<HH", content, 6)
            return width & 0x3FFF, height & 0x3FFF, False
        if kind == b"VP8L" and len(content) >= 5:
            bits = int.from_bytes(content[1:5], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), bool(bits >> 28 & 1)
    raise ValueError("a WebP file without a picture")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)
