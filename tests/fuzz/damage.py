"""Damage: what befalls files, seeded: flipped bits, cuts, foreign headers, absurd sizes, blocks moved or zeroed."""

from __future__ import annotations

import struct
import zlib

import numpy as np

_ABSURD = (0, 1, 2, 3, 255, 4096, 20_000, 65_535, 100_000, 1 << 24, (1 << 31) - 1, 1 << 31, (1 << 32) - 1)


def damaged(files, seed):
    """The case number `seed`: a name from `files` (name -> bytes) and what became of its bytes."""
    chance = np.random.default_rng(seed)
    names = sorted(files)
    name = names[int(chance.integers(len(names)))]
    data = bytearray(files[name])
    for _ in range(int(chance.choice([1, 2, 3], p=[0.65, 0.25, 0.1]))):
        other = files[names[int(chance.integers(len(names)))]]
        _WAYS[int(chance.integers(len(_WAYS)))](data, chance, other)
        if not data:
            break
    if data[:4] == b"\x89PNG" and chance.random() < 0.7:
        _sums(data)
    return name, bytes(data)


def _place(data, chance):
    """Anywhere, but every other time near the start, where headers are."""
    return int(chance.integers(len(data) if chance.random() < 0.5 else min(len(data), 400)))


def _flip(data, chance, other):
    for _ in range(int(chance.integers(1, 6))):
        data[_place(data, chance)] ^= 1 << int(chance.integers(8))


def _noise(data, chance, other):
    start = _place(data, chance)
    length = min(int(chance.integers(1, 9)), len(data) - start)
    data[start : start + length] = chance.bytes(length)


def _cut(data, chance, other):
    del data[int(chance.integers(1, len(data) + 1)) :]


def _splice(data, chance, other):
    length = int(chance.integers(4, 300))
    data[:length] = other[:length]


def _insert(data, chance, other):
    start, at = int(chance.integers(len(other))), _place(data, chance)
    data[at:at] = other[start : start + int(chance.integers(1, 200))]


def _absurd(data, chance, other):
    """A number in the header that looks like a size becomes another one."""
    small = [n for n in range(8, 300) if chance.random() < 0.1] + [50, 70, 64, 96, 49, 69]
    found = []
    for width, code in ((2, ">H"), (2, "<H"), (4, ">I"), (4, "<I")):
        for number in small:
            at = data.find(struct.pack(code, number), 2, 2000)
            if at >= 0:
                found.append((at, code, width))
    if not found:
        return
    for _ in range(2):
        at, code, width = found[int(chance.integers(len(found)))]
        value = _ABSURD[int(chance.integers(len(_ABSURD)))] & ((1 << 8 * width) - 1)
        data[at : at + width] = struct.pack(code, value)


def _zero(data, chance, other):
    start = _place(data, chance)
    length = min(int(chance.integers(1, 500)), len(data) - start)
    data[start : start + length] = bytes(length)


def _shuffle(data, chance, other):
    block = int(chance.integers(4, 200))
    blocks = [bytes(data[at : at + block]) for at in range(0, len(data), block)]
    first, second = chance.integers(len(blocks), size=2)
    blocks[first], blocks[second] = blocks[second], blocks[first]
    data[:] = b"".join(blocks)


_WAYS = (_flip, _flip, _noise, _noise, _cut, _splice, _insert, _absurd, _absurd, _zero, _shuffle)


def _sums(data):
    """Makes the checksums of a PNG right again, so that the damage is met behind them."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 8 + length
        if end + 4 > len(data):
            return
        data[end : end + 4] = zlib.crc32(data[at + 4 : end]).to_bytes(4, "big")
        at = end + 4
