"""A CMYK profile that the tests make themselves: four textbook inks, in the tables of an ICC v2 printer profile."""

from __future__ import annotations

import struct
import warnings
from functools import cache

import numpy as np
from skimage.color import lab2rgb, rgb2lab

GRID = 9  # of the tables from ink to Lab; those back have more


@cache
def cmyk_profile() -> bytes:
    """Ink to light by (1 - ink)(1 - black), with paper a little off white and black ink that is not quite black."""
    steps = np.linspace(0, 1, GRID)
    c, m, y, k = np.meshgrid(steps, steps, steps, steps, indexing="ij")
    lab = rgb2lab(_light(np.stack([c, m, y, k], -1).reshape(-1, 1, 4)))[:, 0]
    a2b = _lut(4, 3, GRID, _encode_lab(lab))
    level = np.linspace(0, 1, 25)
    chroma = level * 65535 / 256 - 128
    grid = np.stack(np.meshgrid(level * 65535 / 65280 * 100, chroma, chroma, indexing="ij"), -1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # much of Lab is no colour at all
        rgb = lab2rgb(grid.reshape(-1, 1, 3))[:, 0]
    b2a = _lut(3, 4, 25, _ink(rgb))
    desc = b"desc\0\0\0\0" + struct.pack(">I", 10) + b"Test inks\0" + b"\0" * 78
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in (0.9642, 1, 0.8249)))
    return _assemble(
        [(b"desc", desc), (b"cprt", b"text\0\0\0\0none\0"), (b"wtpt", white), (b"A2B0", a2b), (b"B2A0", b2a)]
    )


def _light(ink):
    """(..., 4) ink to sRGB, encoded."""
    return 0.08 + 0.9 * (1 - ink[..., :3]) * (1 - ink[..., 3:])


def _ink(rgb):
    light = ((rgb - 0.08) / 0.9).clip(0, 1)
    black = 1 - light.max(-1, keepdims=True)
    return np.concatenate([((1 - light - black) / np.maximum(1 - black, 1e-6)).clip(0, 1), black], -1)


def _encode_lab(lab):
    return (np.stack([lab[:, 0] / 100 * 65280, (lab[:, 1] + 128) * 256, (lab[:, 2] + 128) * 256], -1) / 65535).clip(
        0, 1
    )


def _lut(inputs, outputs, grid, table):
    line = np.array([0, 65535], ">u2").tobytes()
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    head = b"mft2\0\0\0\0" + bytes([inputs, outputs, grid, 0]) + matrix + struct.pack(">HH", 2, 2)
    return head + line * inputs + (table * 65535 + 0.5).astype(">u2").tobytes() + line * outputs


def _assemble(tags):
    table, body, start = b"", b"", 132 + 12 * len(tags)
    for signature, data in tags:
        data += b"\0" * (-len(data) % 4)
        table += signature + struct.pack(">II", start + len(body), len(data))
        body += data
    header = struct.pack(">I4sI4s4s4s", start + len(body), b"\0\0\0\0", 0x02100000, b"prtr", b"CMYK", b"Lab ")
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    header += struct.pack(">3i", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
