"""Reading metadata: EXIF, XMP, IPTC and resolution out of any picture file, whatever its name says."""

from __future__ import annotations

import logging
import struct
from dataclasses import replace
from pathlib import Path

from editor.core.metadata import boxes, jpeg, png, webp
from editor.core.metadata.camera import read_gif, read_psd, read_raf, read_tiff
from editor.core.metadata.directory import header
from editor.core.metadata.exif import resolution_of, turned
from editor.core.metadata.packet import as_text
from editor.core.metadata.source import Source
from editor.core.metadata.value import Metadata

log = logging.getLogger("packshot.metadata")
HIGHEST_DPI = 100_000


def read_metadata(path: Path) -> Metadata:
    """The metadata of a picture file. Damaged or absent metadata is empty, never an error; pixels are not read.

    `orientation` says what is left to do for a reader that turns nothing by itself: EXIF's tag, or for HEIC and AVIF
    what their own `irot` and `imir` boxes say, and 1 for JPEG XL, whose decoders turn the picture.
    """
    try:
        with path.open("rb") as file:
            source = Source(file)
            return _finished(_read(source), source)
    except (OSError, ValueError, struct.error, ArithmeticError, LookupError, MemoryError, RecursionError) as error:
        log.info("%s: metadata cannot be read: %s", path.name, error)
        return Metadata()


def _read(source: Source) -> Metadata:
    head = source.at(0, 32)
    if head.startswith(b"\xff\xd8"):
        return jpeg.read(source)
    if head.startswith(png.SIGNATURE):
        return png.read(source)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return webp.read(source)
    if head.startswith(b"FUJIFILMCCD-RAW"):
        return read_raf(source)
    if head.startswith(b"8BPS"):
        return read_psd(source)
    if head.startswith(b"GIF8"):
        return read_gif(source)
    if head.startswith(b"\0\0\0\x0cJXL "):
        return boxes.read_jxl(source)
    if head[4:8] == b"ftyp":
        if head[8:12] == b"crx ":
            return boxes.read_cr3(source)
        return boxes.read_heif(source)
    if head[:2] in (b"II", b"MM"):
        return read_tiff(source)
    return Metadata()


def _finished(found: Metadata, source: Source) -> Metadata:
    """What was found, with what can be said for every container: orientation, resolution, an XMP in UTF-8."""
    exif = found.exif
    if exif:
        at = exif.find(b"Exif\0\0", 0, 16)
        exif = exif[at + 6 :] if at >= 0 else exif
        exif = exif if header(Source(exif)) and len(exif) >= 14 else None
    xmp = as_text(found.xmp).encode("utf-8", "replace") if found.xmp else None
    turn = found.orientation
    head = source.at(0, 12)
    if exif and (head[4:8] not in (b"ftyp", b"JXL ") or head[8:12] == b"crx "):
        turn = turned(exif)
    dpi = found.dpi or (resolution_of(exif) if exif else None)
    if dpi and not all(0 < one < HIGHEST_DPI for one in dpi):
        dpi = None
    return replace(found, exif=exif, xmp=xmp or None, orientation=turn, dpi=dpi)
