"""Writing TIFF: a picture in tiles with its metadata, EXIF and maker notes at the offsets they had."""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal

import numpy as np
import tifffile
from numpy.typing import NDArray

from editor.core.metadata.directory import (
    BYTE,
    EXIF_POINTER,
    GPS_POINTER,
    LONG,
    header,
    number,
    read_directory,
    value,
)
from editor.core.metadata.exif import without_thumbnail
from editor.core.metadata.gather import CAMERA_TAGS
from editor.core.metadata.iptc import redigested
from editor.core.metadata.source import Source
from editor.core.metadata.value import Metadata

log = logging.getLogger("packshot.metadata")
MOST_CLASSIC = 3_900_000_000  # bytes of pixels that 32-bit offsets surely reach
_STAND_INS = {EXIF_POINTER - 1: EXIF_POINTER, GPS_POINTER - 1: GPS_POINTER}  # tifffile refuses to write the real ones
_WRITTEN = {0x0112, 0x011A, 0x011B, 0x0128}  # orientation and resolution, which are told apart


def write_tiff(
    file: BinaryIO, meta: Metadata, *, shape: tuple[int, ...], dtype: np.dtype[Any], tiles: Iterator[NDArray[Any]],
    photometric: str, extrasamples: list[str] | None, profile: bytes | None, compression: str | None = "deflate",
    predictor: bool = True, tile: tuple[int, int] = (256, 256),
) -> None:  # fmt: skip
    """Writes a TIFF to a file opened for writing and reading ("w+b"), at its start; the rest is as tifffile has it.

    An EXIF block is a TIFF structure itself: it becomes the head of the file, and the picture's directory behind it
    points to the EXIF and GPS directories in it. So every offset in it holds, those in maker notes too. A BigTIFF's
    directories are of another make: its EXIF is left out with a warning, but for what the first directory says.
    """
    big = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize > MOST_CLASSIC
    exif = without_thumbnail(meta.exif) if meta.exif else b""
    source = Source(exif)
    found = header(source)
    first = read_directory(source, found[0], found[2]) if found else None
    order: Literal["<", ">"] = ">" if found and found[0] == ">" else "<"
    tags: list[tuple[int, int, int, Any, bool]] = [(0x0112, 3, 1, 1, True)]
    for entry in first.entries if first else ():
        raw = value(source, entry)
        rational = entry.type in (5, 10)
        if entry.tag in CAMERA_TAGS - _WRITTEN and raw and entry.tag not in [one[0] for one in tags]:
            # tifffile takes the bytes of rationals for twice as many
            parts = struct.unpack(f"{order}{len(raw) // 4}{'I' if entry.type == 5 else 'i'}", raw) if rational else ()
            tags.append((entry.tag, entry.type, entry.count, parts or raw, True))
    if first and not big:
        for stand_in, pointer in _STAND_INS.items():
            offset = number(source, first, pointer)
            if offset and read_directory(source, order, int(offset)):
                tags.append((stand_in, LONG, 1, int(offset), True))
    elif first:
        log.warning("a TIFF of more than 4 GB has no place for the camera's EXIF data: they are left out")
    iptc = meta.iptc + bytes(-len(meta.iptc) % 4) if meta.iptc else b""  # whole LONGs, as Adobe has it
    photoshop = redigested(meta.photoshop, meta.iptc or b"", iptc)
    for tag, kind, content in ((0x02BC, BYTE, meta.xmp), (0x83BB, LONG, iptc), (0x8649, BYTE, photoshop)):
        if content:
            tags.append((tag, kind, len(content), content, True))
    inch: dict[str, Any] = {"resolution": meta.dpi, "resolutionunit": "INCH"} if meta.dpi else {}
    with tifffile.TiffWriter(file, bigtiff=big, byteorder=order) as writer:
        if any(one[0] in _STAND_INS for one in tags):
            # behind the header that the writer has just written; ExifTool's mark would make it an EXIF file, not a TIFF
            file.write(bytes(8) + exif[16:] if exif[8:16] == b"ExifMeta" else exif[8:])
        # of a last axis of one band, tifffile would make the columns of many pages
        single = len(shape) == 3 and shape[-1] == 1
        writer.write(
            (one[..., 0] for one in tiles) if single else tiles, shape=shape[:-1] if single else shape, dtype=dtype,
            planarconfig=None if single else "contig", photometric=photometric, extrasamples=extrasamples, tile=tile,
            compression=compression, predictor=predictor, iccprofile=profile, metadata=None, software=False,
            extratags=tags, **inch,
        )  # fmt: skip
    _real_tags(file, order)


def _real_tags(file: BinaryIO, order: str) -> None:
    """Gives the stand-ins in the first directory the numbers they stand for."""
    source = Source(file)
    found = header(source)
    first = read_directory(source, order, found[2], found[1]) if found else None
    for entry in first.entries if first else ():
        if entry.tag in _STAND_INS:
            file.seek(entry.field)
            file.write(struct.pack(order + "H", _STAND_INS[entry.tag]))
    file.seek(0, 2)
