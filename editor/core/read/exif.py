"""EXIF, for the pixels: the thumbnail in it, and the colours that a camera says without a profile."""

from __future__ import annotations

import struct

from editor.core.color import ADOBE_RGB
from editor.core.metadata.block import Block, Damaged

_COLOR_SPACE, _INTEROPERABILITY = 0xA001, 0x0001
_THUMBNAIL_PLACE, _THUMBNAIL_LENGTH = 0x0201, 0x0202
_ADOBE_RGB, _UNCALIBRATED = 2, 0xFFFF


def profile(exif: bytes | None) -> bytes | None:
    """Adobe RGB's profile where EXIF says that it is that, as DCF 2.0's option or by Adobe's own number."""
    try:
        block = Block(exif or b"")
        space = _number(block, block.value("exif", _COLOR_SPACE))
        rule = block.value("interop", _INTEROPERABILITY) if space == _UNCALIBRATED else b""
    except (Damaged, struct.error, ValueError, LookupError):
        return None
    return ADOBE_RGB.profile if space == _ADOBE_RGB or rule.startswith(b"R03") else None


def thumbnail(exif: bytes | None) -> bytes:
    """The JPEG that EXIF's second directory points at; empty where there is none."""
    try:
        block = Block(exif or b"")
        place, length = (_number(block, block.value("ifd1", tag)) for tag in (_THUMBNAIL_PLACE, _THUMBNAIL_LENGTH))
    except (Damaged, struct.error, ValueError, LookupError):
        return b""
    return bytes(block.data[place : place + length]) if place else b""


def _number(block: Block, value: bytes) -> int:
    return int.from_bytes(value, "little" if block.order == "<" else "big")
