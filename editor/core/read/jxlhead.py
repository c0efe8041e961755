"""JPEG XL header: size, depth, turn and colours, before anything is decoded (ISO/IEC 18181-1, annexes B and C)."""

from __future__ import annotations

from dataclasses import dataclass

from editor.core.read.codepoints import Colours
from editor.core.read.source import Source

_SIGNATURE = b"\xff\x0a"
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}
_ALPHA, _BLACK = 0, 4
_RGB, _GREY = 0, 1
_LINEAR, _SRGB = 8, 13  # numbers of tone curves
_D65, _DCI_WHITE = 1, 11
_MOST_EXTRA = 16
Choice = tuple[int, int]  # an offset, and the bits that are added to it


@dataclass(frozen=True)
class Head:
    size: tuple[int, int]  # as shown
    bits: int
    floats: bool
    grey: bool
    extras: tuple[int, ...]  # types of the channels beside the colours: 0 alpha, 4 black ...
    premultiplied: bool
    mixed: bool  # coded as XYB: the decoder chooses the space it comes out in
    embedded: bool  # the colours are an embedded ICC profile's
    colours: Colours | None  # by number, where they can be said so
    transfer_at: int = -1  # the bit of the codestream where the number of the tone curve is; -1 where it is not said

    @property
    def plain(self) -> bool:
        """Whether the samples are sRGB."""
        return self.colours == Colours(1, 13)


class _Bits:
    """Reads numbers from the least significant bit on. Reading beyond the end gives zeros, up to a limit."""

    def __init__(self, data: bytes) -> None:
        self._number = int.from_bytes(data, "little")
        self._all = self._left = 8 * len(data)
        self.transfer_at = -1

    def take(self, bits: int) -> int:
        value = self._number & ((1 << bits) - 1)
        self._number >>= bits
        self._left -= bits
        if self._left < 0:
            raise EOFError("its header is cut")
        return value

    @property
    def taken(self) -> int:
        return self._all - self._left

    def flag(self) -> bool:
        return bool(self.take(1))

    def choose(self, *choices: Choice) -> int:
        offset, bits = choices[self.take(2)]
        return offset + self.take(bits)

    def enum(self) -> int:
        return self.choose((0, 0), (1, 0), (2, 4), (18, 6))


def head(source: Source) -> Head:
    """Raises PhotoError."""
    try:
        return _head(_Bits(_codestream(source)[2:4096]))
    except EOFError as error:
        raise source.broken(str(error)) from None


def _codestream(source: Source) -> bytes:
    """The first bytes of the codestream, bare or in boxes."""
    found = _in_boxes(source.start)
    if not found.startswith(_SIGNATURE):
        found = _in_boxes(source.data)
    if found.startswith(_SIGNATURE):
        return found
    raise source.broken("it holds no picture")


def _in_boxes(data: bytes) -> bytes:
    if data.startswith(_SIGNATURE):
        return data
    place = 0
    while place + 16 <= len(data):
        size, kind, start = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8], place + 8
        if size == 1:
            size, start = int.from_bytes(data[start : start + 8], "big"), start + 8
        if kind in (b"jxlc", b"jxlp"):
            return data[start + (4 if kind == b"jxlp" else 0) :][:8192]
        if size < 8:
            break
        place += size
    return b""


def _size(bits: _Bits) -> tuple[int, int]:
    small = bits.flag()

    def edge() -> int:
        return (bits.take(5) + 1) * 8 if small else bits.choose((1, 9), (1, 13), (1, 18), (1, 30))

    height = edge()
    ratio = bits.take(3)
    return (height * _RATIOS[ratio][0] // _RATIOS[ratio][1] if ratio else edge()), height


def _preview(bits: _Bits) -> None:
    eighths = bits.flag()

    def edge() -> int:
        if eighths:
            return bits.choose((16, 0), (32, 0), (1, 5), (33, 9))
        return bits.choose((1, 6), (65, 8), (321, 10), (1345, 12))

    edge()
    if not bits.take(3):
        edge()


def _depth(bits: _Bits) -> tuple[int, bool]:
    if bits.flag():
        depth = bits.choose((32, 0), (16, 0), (24, 0), (1, 6))
        bits.take(4)
        return depth, True
    return bits.choose((8, 0), (10, 0), (12, 0), (1, 6)), False


def _extra(bits: _Bits) -> tuple[int, bool]:
    """One channel beside the colours: its type, and whether the colours are multiplied by it."""
    if bits.flag():
        return _ALPHA, False
    kind = bits.enum()
    _depth(bits)
    bits.choose((0, 0), (3, 0), (4, 0), (1, 3))
    for _ in range(bits.choose((0, 0), (0, 4), (16, 5), (48, 10))):
        bits.take(8)
    if kind == _ALPHA:
        return kind, bits.flag()
    if kind == 2:  # a spot colour
        bits.take(64)
    if kind == 5:  # one of a colour filter
        bits.choose((1, 0), (0, 2), (3, 4), (19, 8))
    return kind, False


def _chromaticity(bits: _Bits) -> None:
    for _ in range(2):
        bits.choose((0, 19), (524288, 19), (1048576, 20), (2097152, 21))


def _colours(bits: _Bits) -> tuple[bool, bool, Colours | None]:
    """Whether they are a profile's, whether there is only grey, and the numbers where they suffice."""
    if bits.flag():
        return False, False, Colours(1, 13)
    embedded, space = bits.flag(), bits.enum()
    if embedded or space not in (_RGB, _GREY):
        return embedded, space == _GREY, None
    white, primaries = bits.enum(), 1
    if white == 2:
        _chromaticity(bits)
    if space == _RGB:
        primaries = bits.enum()
        if primaries == 2:
            for _ in range(3):
                _chromaticity(bits)
    if bits.flag():
        bits.take(24)
        transfer = 0
    else:
        bits.transfer_at = 8 * len(_SIGNATURE) + bits.taken
        transfer = bits.enum()
    usual = white == _D65 and primaries in (1, 9, 11)
    return False, space == _GREY, Colours({11: 12}.get(primaries, primaries), transfer) if usual else None


def _head(bits: _Bits) -> Head:
    size, turn, depth, floats = _size(bits), 1, 8, False
    extras: list[tuple[int, bool]] = []
    if bits.flag():
        return Head(size, 8, False, False, (), False, True, False, Colours(1, 13))
    if bits.flag():
        turn = 1 + bits.take(3)
        if bits.flag():
            _size(bits)
        if bits.flag():
            _preview(bits)
        if bits.flag():
            bits.choose((100, 0), (1000, 0), (1, 10), (1, 30))
            bits.choose((1, 0), (1001, 0), (1, 8), (1, 10))
            bits.choose((0, 0), (0, 3), (0, 16), (0, 32))
            bits.take(1)
    depth, floats = _depth(bits)
    bits.take(1)
    count = bits.choose((0, 0), (1, 0), (2, 4), (1, 12))
    if count > _MOST_EXTRA:
        raise EOFError(f"it says that it has {count} channels beside its colours")
    extras = [_extra(bits) for _ in range(count)]
    mixed = bits.flag()
    embedded, grey, colours = _colours(bits)
    shown = (size[1], size[0]) if turn > 4 else size
    premultiplied = any(kind == _ALPHA and multiplied for kind, multiplied in extras)
    kinds = tuple(k for k, _ in extras)
    return Head(shown, depth, floats, grey, kinds, premultiplied, mixed, embedded, colours, bits.transfer_at)


def with_srgb_curve(codestream: bytes) -> bytes:
    """A codestream whose header says linear light, saying the curve of sRGB instead; others as they are.

    libjxl's callers that offer no choice say linear for 16 bits and floats. Both numbers have six bits (U32, 2 + u(4)).
    """
    found = _head(_Bits(codestream[2:4096]))
    if found.transfer_at < 0 or found.colours is None or found.colours.transfer != _LINEAR:
        return codestream
    start = codestream[:64]
    number = int.from_bytes(start, "little")
    place = found.transfer_at + 2
    number += ((_SRGB - 2) - (_LINEAR - 2)) << place
    return number.to_bytes(len(start), "little") + codestream[64:]
