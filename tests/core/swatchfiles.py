"""Swatch files: the three kinds that are read, written by code."""

from __future__ import annotations

import struct


def block(kind, body=b""):
    return struct.pack(">HI", kind, len(body)) + body


def named(text):
    return struct.pack(">H", len(text.encode("utf-16-be")) // 2 + 1) + text.encode("utf-16-be") + b"\0\0"


def colour(name, model, *values):
    return block(1, named(name) + model + struct.pack(f">{len(values)}fH", *values, 2))


def group(name, *blocks):
    return [block(0xC001, named(name)), *blocks, block(0xC002)]


def ase(*blocks):
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


BRAND = ase(
    *group(
        "Uppers",
        colour("Navy", b"RGB ", 31 / 255, 78 / 255, 121 / 255),
        colour("消防红", b"LAB ", 0.45, 70.0, 50.0),
        colour("Signal 👟", b"LAB ", 0.50, 110.0, 65.0),
    ),
    colour("Ash", b"Gray", 0.5),
    colour("Press red", b"CMYK", 0.0, 1.0, 1.0, 0.1),
)
GPL = """GIMP Palette
Name: Autumn 24
Columns: 4
# a comment
 31  78 121\tNavy
216 200 176 Warm sand
  0   0   0
"""
CSV = "Name;Hex\r\nNavy;#1F4E79\r\n驼色;d8c8b0\r\n\r\nSignal;lab(50 110 65)\r\n"
