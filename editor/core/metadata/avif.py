"""Embedding into AVIF: EXIF, XMP and profile as items and property of the main picture (ISO 23008-12, 14496-12)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from editor.core.metadata.boxes import Box, boxes, item_kinds, item_places
from editor.core.metadata.source import Source
from editor.core.metadata.value import Metadata

Association = tuple[bool, bytes]  # whether a reader must know the property, and its box
Reference = tuple[bytes, int, list[int]]  # its kind, the item it is of, and those it points to

_PICTURES = {b"av01", b"grid", b"iovl", b"iden", b"tmap"}
_METADATA = {b"Exif", b"mime", b"uri "}
_NEEDED = {b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp"}
_KNOWN = _NEEDED | {b"iref", b"idat", b"dinf", b"grpl", b"free", b"skip"}
_TOP = {b"ftyp", b"meta", b"mdat", b"free", b"skip", b"uuid"}
_MOVING = {b"irot", b"imir", b"clap"}  # properties that come behind those that tell something
_UNTOLD = 2  # ITU-T H.273: primaries or transfer that are told elsewhere
_FROM_PRIMARIES = {12, 13, 14}  # matrices there that need them
MOST_BYTES, MOST_NUMBER = 2**32 - 1, 0xFFFF


@dataclass
class _Item:
    """An item: its `infe` box, its data (none where it is only a rule), where those were, and its properties."""

    kind: bytes
    infe: bytes
    data: bytes
    at: int
    properties: list[Association]


def embed(bare: bytes, meta: Metadata, profile: bytes | None) -> bytes:
    """An AVIF with metadata and profile in place of its own, and every other item as it was coded.

    The items' data are laid out anew, one after the other, so nothing of what is replaced is left in the file. The
    profile comes beside the `nclx` colours, whose matrix the decoder still needs. Raises ValueError where `bare` is no
    AVIF, or has anything in it of which is not known that it may be moved (sequences, protection, items of items).
    """
    try:
        return _embedded(bare, meta, profile)
    except (struct.error, IndexError):
        raise ValueError("an AVIF file that is not whole") from None


def _embedded(bare: bytes, meta: Metadata, profile: bytes | None) -> bytes:
    source = Source(bare)
    top = list(boxes(source))
    if bare[4:8] != b"ftyp" or [one.kind for one in top].count(b"meta") != 1:
        raise ValueError("not an AVIF file")
    if unknown := {one.kind for one in top} - _TOP:
        raise ValueError(f"an AVIF file with more than a picture ({_names(unknown)})")
    box = next(one for one in top if one.kind == b"meta")
    inner = list(boxes(source, box.start + 4, box.end))
    parts = {one.kind: one for one in inner}
    if not parts.keys() >= _NEEDED or parts.keys() - _KNOWN:
        raise ValueError(f"an AVIF file with other parts than a picture has ({_names(parts.keys() ^ _NEEDED)})")
    if any(one.kind not in (b"free", b"skip") and parts[one.kind] is not one for one in inner):
        raise ValueError("an AVIF file that tells something twice")
    items = _items(source, bare, parts)
    references = _references(source, bare, parts.get(b"iref"))
    groups = bare[parts[b"grpl"].at : parts[b"grpl"].end] if b"grpl" in parts else b""
    main = int.from_bytes(bare[parts[b"pitm"].start + 4 : parts[b"pitm"].end], "big")
    if main not in items or items[main].kind not in _PICTURES:
        raise ValueError("an AVIF file without a picture")
    if {one for _, ident, targets in references for one in (ident, *targets)} - items.keys():
        raise ValueError("an AVIF file that speaks of items that are not there")
    for ident in _pieces(main, references):
        items[ident].properties = _coloured(items[ident].properties, profile)

    kept = {ident: one for ident, one in items.items() if one.kind in _PICTURES}
    references = [
        (kind, ident, [one for one in targets if one in kept]) for kind, ident, targets in references if ident in kept
    ]
    fresh = max(*kept, main, *_group_numbers(source, parts.get(b"grpl")))
    for kind, rest, data in ((b"Exif", b"", meta.exif), (b"mime", b"application/rdf+xml\0", meta.xmp)):
        if data:
            fresh += 1
            infe = _box(b"infe", struct.pack(">B3sHH4s", 2, b"\0\0\1", fresh & MOST_NUMBER, 0, kind) + b"\0" + rest)
            kept[fresh] = _Item(kind, infe, bytes(4) + data if kind == b"Exif" else data, len(bare), [])
            references.append((b"cdsc", fresh, [main]))
    if fresh > MOST_NUMBER:
        raise ValueError("an AVIF file whose items have higher numbers than are usual")

    order = sorted((ident for ident in kept if kept[ident].data), key=lambda ident: kept[ident].at)
    offsets: dict[bytes, int] = {}  # items with the same data, tiles of one colour for one, share them
    size = 0
    for ident in order:
        if kept[ident].data not in offsets:
            offsets[kept[ident].data] = size
            size += len(kept[ident].data)
    tail = _box(b"mdat", b"".join(offsets))
    front = bare[top[0].at : top[0].end]

    def described(start: int) -> bytes:
        places = struct.pack(">B3sBBH", 0, bytes(3), 0x44, 0, len(order))
        for ident in order:
            data = kept[ident].data
            places += struct.pack(">HHHII", ident, 0, 1, start + offsets[data], len(data))
        content = bare[box.start : box.start + 4] + bare[parts[b"hdlr"].at : parts[b"hdlr"].end]
        content += bare[parts[b"dinf"].at : parts[b"dinf"].end] if b"dinf" in parts else b""
        content += _box(b"pitm", struct.pack(">IH", 0, main)) + _box(b"iloc", places)
        infes = b"".join(one.infe for one in kept.values())
        content += _box(b"iinf", struct.pack(">IH", 0, len(kept)) + infes)
        pointing = [
            _box(kind, struct.pack(f">HH{len(targets)}H", ident, len(targets), *targets))
            for kind, ident, targets in references
            if targets
        ]
        content += _box(b"iref", bytes(4) + b"".join(pointing)) if pointing else b""
        return _box(b"meta", content + _properties(kept) + groups)

    start = len(front) + len(described(0)) + 8
    if start + len(tail) > MOST_BYTES:
        raise ValueError("an AVIF file of more than 4 GB")
    return front + described(start) + tail


def _items(source: Source, bare: bytes, parts: dict[bytes, Box]) -> dict[int, _Item]:
    """All items by number. Raises ValueError where one is of an unknown kind or its data are not in this file."""
    iinf = parts[b"iinf"]
    infes = list(boxes(source, iinf.start + (8 if bare[iinf.start] else 6), iinf.end))
    kinds = list(item_kinds(source, iinf))
    if len(kinds) != len(infes) or len({ident for ident, _, _ in kinds}) != len(kinds):
        raise ValueError("an AVIF file whose items are not clear")
    places = item_places(source, parts[b"iloc"])
    properties = _associations(source, bare, parts[b"iprp"])
    if {*places, *properties} - {ident for ident, _, _ in kinds}:
        raise ValueError("an AVIF file that speaks of items that are not there")
    items: dict[int, _Item] = {}
    pieces: dict[tuple[tuple[int, int], ...], bytes] = {}
    inside = parts.get(b"idat")
    for (ident, kind, _), infe in zip(kinds, infes, strict=True):
        at = infe.start + (6 if bare[infe.start] == 2 else 8)  # behind the item's number
        if kind not in _PICTURES | _METADATA or bare[at : at + 2] != b"\0\0":
            raise ValueError(f"an AVIF file with an item that is not known or is protected ({_names({kind})})")
        items[ident] = item = _Item(kind, bare[infe.at : infe.end], b"", 0, properties.get(ident, []))
        method, extents = places.get(ident, (0, []))
        if kind in _METADATA or not extents:
            if kind in _PICTURES - {b"iden"}:
                raise ValueError("an AVIF file that is not whole")
            continue
        if method not in (0, 1) or (method == 1 and inside is None):
            raise ValueError("an AVIF file whose items lie in another place")
        base, end = (inside.start, inside.end) if method == 1 and inside else (0, len(bare))
        where = tuple((base + offset, base + offset + size) for offset, size in extents)
        if any(start >= stop or stop > end for start, stop in where):
            raise ValueError("an AVIF file that is not whole")
        if where not in pieces:
            pieces[where] = b""
            if sum(stop - start for one in pieces for start, stop in one) > len(bare):
                raise ValueError("an AVIF file whose items overlap")
            pieces[where] = b"".join(bare[start:stop] for start, stop in where)
        item.data, item.at = pieces[where], where[0][0]
    return items


def _associations(source: Source, bare: bytes, iprp: Box) -> dict[int, list[Association]]:
    """The properties of each item in the order in which they apply."""
    inner = list(boxes(source, iprp.start, iprp.end))
    if [one.kind for one in inner[:1]] != [b"ipco"] or any(one.kind != b"ipma" for one in inner[1:]):
        raise ValueError("an AVIF file without properties")
    known = [bare[one.at : one.end] for one in boxes(source, inner[0].start, inner[0].end)]
    found: dict[int, list[Association]] = {}
    for ipma in inner[1:]:
        content = bare[ipma.start : ipma.end]
        number, width = (4 if content[0] else 2), (2 if content[3] & 1 else 1)
        top = 1 << (8 * width - 1)
        at = 8
        for _ in range(int.from_bytes(content[4:8], "big")):
            ident, count = int.from_bytes(content[at : at + number], "big"), content[at + number : at + number + 1]
            at += number + 1
            rows = [int.from_bytes(content[at + i * width : at + (i + 1) * width], "big") for i in range(sum(count))]
            at += len(rows) * width
            if at > len(content) or any(row % top > len(known) for row in rows):
                raise ValueError("an AVIF file whose properties are not clear")
            found.setdefault(ident, []).extend((row >= top, known[row % top - 1]) for row in rows if row % top)
    return found


def _properties(items: dict[int, _Item]) -> bytes:
    """The `iprp` box: every property that an item has, once."""
    used = list(dict.fromkeys(one for item in items.values() for _, one in item.properties))
    index = {one: at for at, one in enumerate(used, 1)}
    wide = len(used) > 127
    rows, count = b"", 0
    for ident, item in items.items():
        if item.properties:
            count += 1
            marked = [index[one] | (must << (15 if wide else 7)) for must, one in item.properties]
            rows += struct.pack(f">HB{len(marked)}{'H' if wide else 'B'}", ident, len(marked), *marked)
    ipma = _box(b"ipma", struct.pack(">II", int(wide), count) + rows)
    return _box(b"iprp", _box(b"ipco", b"".join(used)) + ipma)


def _coloured(properties: list[Association], profile: bytes | None) -> list[Association]:
    """Properties with the profile, or with none.

    Beside one, `nclx` keeps its matrix and range only; but a matrix may be made from the primaries.
    """
    kept = [(must, one) for must, one in properties if one[4:12] not in (b"colrprof", b"colrrICC")]
    if not profile:
        return kept
    at = next((n for n, (_, one) in enumerate(kept) if one[4:8] == b"colr" or one[4:8] in _MOVING), len(kept))
    kept.insert(at, (False, _box(b"colr", b"prof" + profile)))
    return [(must, _untold(one) if one[4:12] == b"colrnclx" and len(one) >= 19 else one) for must, one in kept]


def _untold(nclx: bytes) -> bytes:
    matrix = struct.unpack_from(">H", nclx, 16)[0]
    return nclx if matrix in _FROM_PRIMARIES else nclx[:12] + struct.pack(">HH", _UNTOLD, _UNTOLD) + nclx[16:]


def _references(source: Source, bare: bytes, iref: Box | None) -> list[Reference]:
    if iref is None:
        return []
    form, size = ("I", 4) if bare[iref.start] else ("H", 2)
    found = []
    for one in boxes(source, iref.start + 4, iref.end):
        content = bare[one.start : one.end]
        count = struct.unpack_from(">H", content, size)[0]
        targets = list(struct.unpack_from(f">{count}{form}", content, size + 2))
        found.append((one.kind, int.from_bytes(content[:size], "big"), targets))
    return found


def _pieces(main: int, references: list[Reference]) -> set[int]:
    """The main item and those it is put together from."""
    found = {main}
    waiting = [main]
    while waiting:
        of = waiting.pop()
        parts = [one for kind, ident, targets in references if (kind, ident) == (b"dimg", of) for one in targets]
        waiting += set(parts) - found
        found |= set(parts)
    return found


def _group_numbers(source: Source, grpl: Box | None) -> list[int]:
    """The numbers of entity groups, which no item may have."""
    groups = boxes(source, grpl.start, grpl.end) if grpl else ()
    return [int.from_bytes(source.at(one.start + 4, 4), "big") for one in groups]


def _names(kinds: set[bytes]) -> str:
    return ", ".join(sorted(one.decode("latin-1") for one in kinds))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content
