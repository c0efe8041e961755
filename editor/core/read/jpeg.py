"""JPEG: read by libjpeg-turbo straight into the samples, so that a large photo is in memory once."""

from __future__ import annotations

import re
from dataclasses import dataclass

import imagecodecs
import numpy as np
from PIL import Image as Pillow

from editor.core.formats import Samples
from editor.core.read import exif
from editor.core.read.decoded import Decoded
from editor.core.read.pixels import filled, split, upright, upright_size
from editor.core.read.source import Source

_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_BASELINE_TIMES = 400  # a block of 64 samples takes two bits at least
_STRIP = 256
_MOST_SCANS = 200  # real ones have up to a dozen; each costs a pass over the picture
_NEXT_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")


@dataclass(frozen=True)
class Head:
    """What stands before the pixels. `end` is where the first scan begins."""

    size: tuple[int, int]
    bits: int
    channels: int
    kind: int  # of frame: 0xC0 baseline, 0xC2 progressive ...
    profile: bytes | None
    end: int


def head(source: Source, data: bytes) -> Head:
    """Walks the segments up to the first scan (ITU-T T.81, annex B). Raises PhotoError."""
    place, frame, parts = 2, None, dict[int, bytes]()
    while True:
        found = _NEXT_MARKER.search(data, place)
        if not found or found.end() + 2 > len(data):
            raise source.broken("it ends before its picture")
        marker, place = found[1][0], found.end()
        if marker in _ALONE or marker == 0xD8:
            continue
        if marker == 0xD9:
            raise source.broken("it holds no picture")
        length = int.from_bytes(data[place : place + 2], "big")
        body = data[place + 2 : place + length]
        if marker in _FRAMES and frame is None:
            if len(body) < 6:
                raise source.broken("its frame header is cut")
            frame = (marker, body[0], int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big"), body[5])
        elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
            parts.setdefault(body[12], body[14:])
        elif marker == 0xDA:
            if frame is None:
                raise source.broken("it holds no picture")
            kind, bits, height, width, channels = frame
            profile = b"".join(parts[number] for number in sorted(parts)) or None
            return Head((width, height), bits, channels, kind, profile, place)
        place += max(length, 2)


def size_of(source: Source) -> tuple[int, int]:
    return upright_size(_any_head(source).size, source.metadata.orientation)


def decode(source: Source) -> Decoded:
    first = head(source, source.data)
    samples = _whole(source, source.data, first)
    return Decoded(
        upright(samples, source.metadata.orientation), None, _profile(source, first), source.metadata, first.bits
    )


def pixels(source: Source, data: bytes) -> Samples:
    """The samples of a JPEG that lies inside another file, as stored. Raises PhotoError."""
    return _whole(source, data, head(source, data))


def draft(source: Source, longest: int) -> Decoded:
    """The photo at a half, a quarter or an eighth, whichever is still as long as asked, by fewer DCT coefficients."""
    first = head(source, source.data)
    _check(source, len(source.data), first)
    if first.bits != 8:
        return decode(source)
    with Pillow.open(source.path, formats=("JPEG", "MPO")) as file:
        side = max(first.size)
        wide, high = (max(1, -(-edge * longest // side)) for edge in first.size)
        file.draft(None, (wide, high))
        samples, _ = split(source, np.asarray(file), first.channels)
    return Decoded(upright(samples, source.metadata.orientation), None, _profile(source, first), source.metadata, 8)


def _profile(source: Source, first: Head) -> bytes | None:
    return first.profile or (exif.profile(source.metadata.exif) if first.channels == 3 else None)


def _any_head(source: Source) -> Head:
    try:
        return head(source, source.start)
    except Exception:  # the start may end in the midst of a long profile or maker note
        return head(source, source.data)


def _check(source: Source, length: int, first: Head) -> None:
    baseline = first.kind in (0xC0, 0xC1)
    each = first.channels * (1 if first.bits <= 8 else 2)
    source.fits(*first.size, each, _BASELINE_TIMES if baseline else 10**9, length)
    if first.channels not in (1, 3, 4):
        raise source.refused(f"is a JPEG of {first.channels} channels; read are grey, RGB and CMYK")


def _whole(source: Source, data: bytes, first: Head) -> Samples:
    _check(source, len(data), first)
    _complete(source, data, first.end)
    samples, _ = split(source, filled(imagecodecs.jpeg8_decode(data), first.bits), first.channels)
    if first.channels == 4:
        full = np.iinfo(samples.dtype).max
        for top in range(0, len(samples), _STRIP):  # Adobe's way, and everybody's: in the file, 0 is full ink
            np.subtract(full, samples[top : top + _STRIP], out=samples[top : top + _STRIP])
    return samples


def _complete(source: Source, data: bytes, place: int) -> None:
    """Refuses a file that ends before its picture does: libjpeg would make the rest grey without a word."""
    scans = 1
    while True:
        found = _NEXT_MARKER.search(data, place)
        if not found:
            raise source.broken("it ends before its picture does")
        marker, place = found[1][0], found.end()
        if marker == 0xD9:
            return
        scans += marker == 0xDA
        if scans > _MOST_SCANS:
            raise source.refused(f"has more than {_MOST_SCANS} scans, as no camera's JPEG has")
        if marker not in _ALONE:
            place += max(int.from_bytes(data[place : place + 2], "big"), 2)
