"""PNG: any depth, and its colours whichever of five ways it says them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import imagecodecs
import numpy as np

from editor.core.icc import BT709, D65, SRGB_CURVE, matrix_profile
from editor.core.read.codepoints import Colours
from editor.core.read.decoded import Decoded
from editor.core.read.pixels import split, upright, upright_size
from editor.core.read.source import Source

_TIMES = 1100  # deflate makes 1032 bytes of one at most; palettes of less than 8 bits more
_LONGEST_PROFILE = 16_000_000
_SRGB_GAMMA = 45455  # gAMA of 1 / 2.2, which writers mean sRGB by
_SRGB_WITHIN = 500  # 100,000ths, of gamma and primaries


@dataclass(frozen=True)
class Head:
    size: tuple[int, int]
    bits: int
    channels: int  # of the decoded picture, at most


def size_of(source: Source) -> tuple[int, int]:
    return upright_size(_head(source, source.start).size, source.metadata.orientation)


def decode(source: Source) -> Decoded:
    """Reads a PNG after its specification, third edition. Raises PhotoError."""
    first = _head(source, source.data)
    source.fits(*first.size, first.channels * (2 if first.bits == 16 else 1), _TIMES * 8 // min(first.bits, 8))
    profile, colours = _colours(source)
    samples, alpha = split(source, imagecodecs.png_decode(source.data))
    bits, notes = max(first.bits, 8), _frames(source)
    if colours:
        notes += colours.notes()
        if colours.hdr:
            samples, bits = colours.linear(samples), 32
            alpha = None if alpha is None else (alpha / np.float32(np.iinfo(alpha.dtype).max)).astype(np.float32)
    turn = source.metadata.orientation
    alpha = None if alpha is None else upright(alpha, turn)
    return Decoded(upright(samples, turn), alpha, profile, source.metadata, bits, notes)


def _head(source: Source, data: bytes) -> Head:
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise source.broken("its header is cut")
    size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    kind = data[25]
    return Head(size, data[24], {0: 2, 2: 4, 3: 4, 4: 2, 6: 4}.get(kind, 4))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks before the pixels, those whose checksum is right."""
    place = 8
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        name = data[place + 4 : place + 8]
        if name in (b"IDAT", b"IEND"):
            return
        body = data[place + 8 : place + 8 + length]
        if zlib.crc32(name + body) == int.from_bytes(data[place + 8 + length : place + 12 + length], "big"):
            yield name, body
        place += 12 + length


def _frames(source: Source) -> tuple[str, ...]:
    """A note of an animation's other frames. What is read is the still picture, which may not be one of them."""
    control = dict(_chunks(source.data)).get(b"acTL", b"")
    several = len(control) == 8 and int.from_bytes(control[:4], "big") > 1
    return ("It holds several frames, of which this is the first.",) if several else ()


def _colours(source: Source) -> tuple[bytes | None, Colours | None]:
    """The profile, and the code points if it was made from those: cICP before iCCP before sRGB before gAMA and cHRM."""
    chunks = dict(_chunks(source.data))
    code = chunks.get(b"cICP", b"")
    if len(code) == 4 and (colours := Colours(code[0], code[1])).known:
        return colours.profile(), colours
    if packed := chunks.get(b"iCCP", b"").partition(b"\0")[2][1:]:
        try:
            profile = zlib.decompressobj().decompress(packed, _LONGEST_PROFILE)
        except zlib.error:
            profile = b""
        if profile:
            return profile, None
    if b"sRGB" in chunks:
        return None, None
    return _gamma_and_primaries(chunks.get(b"gAMA", b""), chunks.get(b"cHRM", b"")), None


def _gamma_and_primaries(gamma: bytes, points: bytes) -> bytes | None:
    value = int.from_bytes(gamma, "big") if len(gamma) == 4 else _SRGB_GAMMA
    plain = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000]
    numbers = [int.from_bytes(points[at : at + 4], "big") for at in range(0, 32, 4)] if len(points) == 32 else plain
    like_gamma = abs(value - _SRGB_GAMMA) <= _SRGB_WITHIN
    like_primaries = all(abs(a - b) <= _SRGB_WITHIN for a, b in zip(numbers, plain, strict=True))
    if (like_gamma and like_primaries) or not 10_000 <= value <= 200_000:
        return None
    curve = SRGB_CURVE if like_gamma else (100_000 / value,)
    name = "PNG" + ("" if like_gamma else f", gamma {100_000 / value:.2f}")
    if like_primaries:
        return matrix_profile(name, BT709, D65, curve)
    white, *primaries = [(x / 1e5, y / 1e5) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    try:
        return matrix_profile(name, (primaries[0], primaries[1], primaries[2]), white, curve)
    except (ValueError, ArithmeticError):
        return None
