"""PNG chunks: EXIF, XMP, IPTC, profile and density in and out (PNG third edition; "Raw profile" texts)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from editor.core.metadata.iptc import joined, parted
from editor.core.metadata.source import MOST, Source
from editor.core.metadata.value import Metadata

SIGNATURE = b"\x89PNG\r\n\x1a\n"
XMP = b"XML:com.adobe.xmp"
_TEXTS = {b"iTXt", b"tEXt", b"zTXt"}
_READ = {b"eXIf", b"pHYs", *_TEXTS}
_COLOURS = {b"sRGB", b"gAMA", b"cHRM", b"cICP"}
_KEYS = (XMP, *(b"Raw profile type " + kind for kind in (b"xmp", b"exif", b"APP1", b"iptc", b"8bim")))
MOST_TEXTS, MOST_TEXT = 16, 8 * 2**20  # texts with metadata that are unpacked, and bytes of each


def read(source: Source) -> Metadata:
    """The metadata of a PNG; chunks behind the picture count too."""
    exif = xmp = dpi = None
    iptc, photoshop, unpacked = b"", b"", 0
    for kind, content in _chunks(source):
        if kind == b"eXIf":
            exif = content
        elif kind == b"pHYs" and len(content) >= 9 and content[8] == 1:
            across, down = (round(one * 0.0254, 1) for one in struct.unpack(">II", content[:8]))
            dpi = (across, down) if across > 0 and down > 0 else None
        elif kind in _TEXTS and content.partition(b"\0")[0] in _KEYS and unpacked < MOST_TEXTS:
            unpacked += 1
            key, text = _text(kind, content)
            if key in (XMP, b"Raw profile type xmp"):
                xmp = text if key == XMP else xmp or _raw(text)
            elif key in (b"Raw profile type exif", b"Raw profile type APP1"):
                found = _raw(text)
                if found.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
                    xmp = xmp or found.partition(b"\0")[2]
                elif found:
                    exif = exif or found
            elif key in (b"Raw profile type iptc", b"Raw profile type 8bim"):
                found = _raw(text)
                if found.startswith(b"8BIM"):
                    photoshop += found
                elif found:
                    iptc = found
    other, rest, resolution = parted(photoshop)
    return Metadata(exif, xmp or None, iptc or other, rest, dpi or resolution)


def embed(bare: bytes, meta: Metadata, profile: bytes | None) -> bytes:
    """A PNG with metadata behind its header, in place of chunks of its own that say the same.

    Raises ValueError where `bare` is no PNG.
    """
    if not bare.startswith(SIGNATURE + b"\0\0\0\x0dIHDR"):
        raise ValueError("not a PNG file")
    pieces = [bare[:33]]
    ours = {b"eXIf", b"iCCP", b"tIME", b"caBX"}  # the time, and the seal of the picture as it was
    if profile:
        ours |= _COLOURS
        pieces.append(_chunk(b"iCCP", b"ICC Profile\0\0" + zlib.compress(profile, 9)))
    if meta.dpi:
        ours.add(b"pHYs")
        across, down = (min(int(one / 0.0254 + 0.5), 2**31 - 1) for one in meta.dpi)
        pieces.append(_chunk(b"pHYs", struct.pack(">IIB", across, down, 1)))
    if meta.exif:
        pieces.append(_chunk(b"eXIf", meta.exif))
    if meta.xmp:
        pieces.append(_chunk(b"iTXt", XMP + b"\0\0\0\0\0" + meta.xmp))
    photoshop = joined(meta.iptc, meta.photoshop)
    if photoshop:
        digits = photoshop.hex()
        lines = ["", "iptc", f"{len(photoshop):8}", *(digits[at : at + 72] for at in range(0, len(digits), 72)), ""]
        pieces.append(_chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress("\n".join(lines).encode())))
    for at, end in _spans(bare):
        kind = bare[at + 4 : at + 8]
        if kind not in ours and not (kind in _TEXTS and bare[at + 8 : end].partition(b"\0")[0] in _KEYS):
            pieces.append(bare[at:end])
    return b"".join(pieces)


def _spans(bare: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of each chunk after the header."""
    at = 33
    while at + 12 <= len(bare):
        end = at + 12 + struct.unpack_from(">I", bare, at)[0]
        yield at, end
        at = end


def _chunks(source: Source) -> Iterator[tuple[bytes, bytes]]:
    at, total = 8, 0
    for _ in range(200_000):
        head = source.all_of(at, 8)
        if not head or head[4:] == b"IEND":
            return
        size = struct.unpack(">I", head[:4])[0]
        if head[4:] in _READ and total + size <= MOST:
            total += size
            yield head[4:], source.all_of(at + 8, size)
        at += 12 + size


def _text(kind: bytes, content: bytes) -> tuple[bytes, bytes]:
    """Keyword and text of a text chunk, unpacked."""
    key, _, rest = content.partition(b"\0")
    if kind == b"tEXt":
        return key, rest
    if kind == b"zTXt":
        return key, _inflated(rest[1:])
    parts = rest[2:].split(b"\0", 2)  # language, translated keyword, text
    text = parts[2] if len(parts) == 3 else b""
    return key, _inflated(text) if rest[:1] == b"\x01" else text


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST_TEXT)
    except zlib.error:
        return b""


def _raw(text: bytes) -> bytes:
    """The bytes of a "Raw profile": a line with a name, one with a length, and hexadecimal digits; none if too few."""
    lines = text.strip().split(b"\n", 2)  # the name may be of several words
    try:
        length = int(lines[1])
        found = bytes.fromhex(b"".join(lines[2].split()).decode("ascii"))
    except (IndexError, ValueError):
        return b""
    return found[:length] if 0 < length <= len(found) else b""


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
