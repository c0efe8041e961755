"""Boxes: what the container of an AVIF or HEIC file says of its picture before anything is decoded.

ISO/IEC 14496-12 (boxes) and 23008-12 (items and their properties).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from editor.core.formats import Samples
from editor.core.read.codepoints import Colours
from editor.core.read.source import Source

Property = tuple[bytes, bytes]  # its four letters and its body
_MOST_BOXES = 10_000


@dataclass(frozen=True)
class Container:
    """The primary item: its properties in the order in which they are applied."""

    brands: frozenset[bytes]
    properties: tuple[Property, ...]
    all_properties: tuple[Property, ...]  # of all items, tiles and alpha too

    def first(self, name: bytes, everywhere: bool = False) -> bytes | None:
        places = self.all_properties if everywhere else self.properties
        return next((body for kind, body in places if kind == name), None)

    @property
    def stored_size(self) -> tuple[int, int]:
        """Width and height before cropping and turning; 0, 0 where the file does not say."""
        body = self.first(b"ispe") or b""
        return struct.unpack(">II", body[4:12]) if len(body) >= 12 else (0, 0)

    @property
    def bits(self) -> int:
        """Bits of a sample, from the AV1 configuration or the list of channels."""
        if len(config := self.first(b"av1C", everywhere=True) or b"") > 2:
            return (12 if config[2] & 0x20 else 10) if config[2] & 0x40 else 8
        pixi = self.first(b"pixi") or b""
        return max(pixi[5 : 5 + pixi[4]], default=8) if len(pixi) > 5 else 8

    @property
    def profile(self) -> bytes | None:
        return next((b[4:] for k, b in self.properties if k == b"colr" and b[:4] in (b"prof", b"rICC")), None)

    @property
    def colours(self) -> Colours | None:
        for kind, body in self.properties:
            if kind == b"colr" and body[:4] == b"nclx" and len(body) >= 8:
                return Colours(*struct.unpack(">HH", body[4:8]))
        return None

    def size(self) -> tuple[int, int]:
        """Width and height as the picture is shown."""
        width, height = self.stored_size
        for kind, body in self.properties:
            if kind == b"clap" and (crop := _crop(body, width, height)):
                width, height = crop[2] - crop[0], crop[3] - crop[1]
            elif kind == b"irot" and body and body[0] & 1:
                width, height = height, width
        return width, height

    def shown(self, samples: Samples) -> Samples:
        """Samples as stored, cropped, turned and mirrored as the file asks."""
        for kind, body in self.properties:
            if kind == b"clap" and (crop := _crop(body, samples.shape[1], samples.shape[0])):
                samples = samples[crop[1] : crop[3], crop[0] : crop[2]]
            elif kind == b"irot" and body:
                for _ in range(body[0] & 3):  # quarters, against the clock
                    samples = samples.swapaxes(0, 1)[::-1]
            elif kind == b"imir" and body:
                samples = samples[:, ::-1] if body[0] & 1 else samples[::-1]
        return samples


def brands(data: bytes) -> frozenset[bytes]:
    """The brands of the first box, none where it is not `ftyp`."""
    if data[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(data[:4], "big"), 512)
    return frozenset({data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))})


def container(source: Source) -> Container:
    """Finds the primary item and its properties. Raises PhotoError."""
    data = source.start
    meta = _meta(data)
    if meta is None and source.length > len(data):
        data = source.data
        meta = _meta(data)
    if meta is None:
        raise source.broken("it holds no picture")
    inside = dict(_boxes(meta[4:]))
    primary_box, lists = inside.get(b"pitm", b""), tuple(_boxes(inside.get(b"iprp", b"")))
    primary = int.from_bytes(primary_box[4 : 8 if primary_box[:1] == b"\1" else 6], "big")
    everything = tuple(_boxes(dict(lists).get(b"ipco", b"")))
    numbers = [number for kind, body in lists if kind == b"ipma" for number in _of(body, primary)]
    mine = tuple(everything[n - 1] for n in numbers if 0 < n <= len(everything))
    return Container(brands(data), mine, everything)


def _meta(data: bytes) -> bytes | None:
    return next((body for kind, body in _boxes(data) if kind == b"meta" and len(body) > 4), None)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes that lie wholly in `data`."""
    place = 0
    for _ in range(_MOST_BOXES):
        if place + 8 > len(data):
            return
        size, kind, start = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8], place + 8
        if size == 1:
            size, start = int.from_bytes(data[start : start + 8], "big"), start + 8
        end = len(data) if size == 0 else place + size
        if end < start or end > len(data):
            return
        yield kind, data[start:end]
        place = end


def _of(associations: bytes, item: int) -> list[int]:
    """The numbers of an item's properties in an `ipma` box."""
    wide_item, wide_number = associations[:1] == b"\1", bool(associations[3:4] and associations[3] & 1)
    place, count = 8, int.from_bytes(associations[4:8], "big")
    for _ in range(min(count, _MOST_BOXES)):
        length = 4 if wide_item else 2
        name = int.from_bytes(associations[place : place + length], "big")
        place += length
        many = associations[place] if place < len(associations) else 0
        place += 1
        step = 2 if wide_number else 1
        body = associations[place : place + many * step]
        place += many * step
        if name == item:
            mask = 0x7FFF if wide_number else 0x7F
            return [int.from_bytes(body[at : at + step], "big") & mask for at in range(0, len(body), step)]
    return []


def _crop(body: bytes, width: int, height: int) -> tuple[int, int, int, int] | None:
    """The clean aperture (left, top, right, bottom); None where it is none or reaches outside."""
    if len(body) < 32:
        return None
    wide, wide_by, high, high_by, right, right_by, down, down_by = struct.unpack(">IIIIiIiI", body[:32])
    if not (wide_by and high_by and right_by and down_by):
        return None
    across, along = wide / wide_by, high / high_by
    left = right / right_by + (width - 1) / 2 - (across - 1) / 2
    top = down / down_by + (height - 1) / 2 - (along - 1) / 2
    box = round(left), round(top), round(left + across), round(top + along)
    inside = 0 <= box[0] < box[2] <= width and 0 <= box[1] < box[3] <= height
    return box if inside else None
