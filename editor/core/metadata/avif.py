"""Embedding into AVIF: EXIF, XMP and profile as items and property of the main picture (ISO 23008-12, 14496-12)."""

from __future__ import annotations

import struct

from editor.core.metadata.boxes import Box, boxes, inside, item_kinds, item_places
from editor.core.metadata.source import Source
from editor.core.metadata.value import Metadata


def embed(bare: bytes, meta: Metadata, profile: bytes | None) -> bytes:
    """An AVIF with metadata. The profile comes beside the `nclx` colours, whose matrix the decoder still needs.

    Raises ValueError where `bare` is not a picture of the kind libavif writes.
    """
    source = Source(bare)
    top = list(boxes(source))
    box = next((one for one in top if one.kind == b"meta"), None)
    if box is None or bare[4:8] != b"ftyp":
        raise ValueError("not an AVIF file")
    parts = inside(source, box, 4)
    if not {b"pitm", b"iloc", b"iinf", b"iprp"} <= parts.keys():
        raise ValueError("an AVIF file without a picture")
    content = {kind: bare[one.start : one.end] for kind, one in parts.items()}
    main = int.from_bytes(content[b"pitm"][4:], "big")
    places = item_places(source, parts[b"iloc"])
    if any(method != 0 for method, _ in places.values()):
        raise ValueError("an AVIF file whose items lie in another box")
    items = {ident: kind for ident, kind, _ in item_kinds(source, parts[b"iinf"])}
    if {b"Exif", b"mime"} & set(items.values()):
        raise ValueError("an AVIF file that has metadata already")
    new: list[tuple[int, bytes, bytes]] = []  # item number, rest of its `infe`, data
    if meta.exif:
        new.append((max(items) + 1, b"Exif\0", bytes(4) + meta.exif))
    if meta.xmp:
        new.append((max(items) + 1 + len(new), b"mime\0application/rdf+xml\0", meta.xmp))
    iinf = content[b"iinf"]
    infes = b"".join(_box(b"infe", struct.pack(">B3sHH", 2, b"\0\0\1", ident, 0) + rest) for ident, rest, _ in new)
    if iinf[0] == 0:
        iinf = iinf[:4] + struct.pack(">H", len(items) + len(new)) + iinf[6:] + infes
    else:
        iinf = iinf[:4] + struct.pack(">I", len(items) + len(new)) + iinf[8:] + infes
    references = content.get(b"iref", bytes(4))
    if references[0] != 0 or main > 0xFFFF:
        raise ValueError("an AVIF file with more items than a picture has")
    references += b"".join(_box(b"cdsc", struct.pack(">HHH", ident, 1, main)) for ident, _, _ in new)
    content |= {b"iinf": iinf, b"iref": references}
    if profile:
        content[b"iprp"] = _with_profile(source, bare, parts, main, profile)
    order = [kind for kind in parts if kind != b"iref"]
    order.insert(order.index(b"iprp"), b"iref")
    if not new and b"iref" not in parts:
        order.remove(b"iref")
    tail = b"".join(data for _, _, data in new)

    def whole(shift: int, start: int) -> bytes:
        content[b"iloc"] = _places(places, [(ident, len(data)) for ident, _, data in new], shift, start)
        return _box(b"meta", bare[box.start : box.start + 4] + b"".join(_box(kind, content[kind]) for kind in order))

    growth = len(whole(0, 0)) - (box.end - box.at)
    end = len(bare) + growth + 8
    moved = whole(growth, end)
    return bare[: box.at] + moved + bare[box.end :] + (_box(b"mdat", tail) if tail else b"")


def _places(
    places: dict[int, tuple[int, list[tuple[int, int]]]], new: list[tuple[int, int]], shift: int, start: int
) -> bytes:
    """An `iloc` box's content: the old items moved by `shift`, the new ones one after the other from `start`."""
    rows = [(ident, [(offset + shift, length) for offset, length in extents]) for ident, (_, extents) in places.items()]
    for ident, length in new:
        rows.append((ident, [(start, length)]))
        start += length
    packed = struct.pack(">B3sBBH", 0, bytes(3), 0x44, 0, len(rows))
    for ident, extents in rows:
        packed += struct.pack(">HHH", ident, 0, len(extents)) + b"".join(struct.pack(">II", *one) for one in extents)
    return packed


def _with_profile(source: Source, bare: bytes, parts: dict[bytes, Box], main: int, profile: bytes) -> bytes:
    """The `iprp` box's content with a `colr` property of type `prof`, belonging to the main item."""
    inner = inside(source, parts[b"iprp"])
    if not {b"ipco", b"ipma"} <= inner.keys():
        raise ValueError("an AVIF file without properties")
    ipco, ipma = inner[b"ipco"], bare[inner[b"ipma"].start : inner[b"ipma"].end]
    count = len(list(boxes(source, ipco.start, ipco.end)))
    if count >= 127 or ipma[0] or ipma[3] & 1:
        raise ValueError("an AVIF file with more properties than a picture has")
    rows, at = b"", 8
    for _ in range(struct.unpack(">I", ipma[4:8])[0]):
        ident, number = struct.unpack(">HB", ipma[at : at + 3])
        row = ipma[at + 3 : at + 3 + number]
        at += 3 + number
        row += bytes([count + 1]) if ident == main else b""
        rows += struct.pack(">HB", ident, len(row)) + row
    colour = _box(b"colr", b"prof" + profile)
    return _box(b"ipco", bare[ipco.start : ipco.end] + colour) + _box(b"ipma", ipma[:8] + rows)


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content
