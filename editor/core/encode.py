"""Encode: finished pixels to a picture file, with the profile and the camera's data that came with the photo."""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image as Pillow

from editor.core.formats import Format, Samples

log = logging.getLogger("packshot.encode")
MOST_JPEG_EXIF = 65_527  # bytes that one segment has room for


@dataclass(frozen=True)
class Layout:
    """What a file to be written holds."""

    size: tuple[int, int]  # width, height
    depth: str
    alpha: bool
    profile: bytes | None
    exif: bytes | None
    quality: int = 95  # JPEG, 1..100

    @property
    def dtype(self) -> np.dtype[Any]:
        return np.dtype({"8": np.uint8, "16": np.uint16, "float": np.float32}[self.depth])


def encode(file: BinaryIO, kind: Format, layout: Layout, bands: Iterator[Samples]) -> None:
    """Writes a picture that comes as bands of rows (rows, width, 3 or 4), from the top, to an open file.

    TIFF is written band by band; JPEG and PNG gather them first, in the file's own depth.
    """
    if kind.name == "TIFF":
        _encode_tiff(file, layout, bands)
        return
    whole = np.empty((layout.size[1], layout.size[0], 4 if layout.alpha else 3), layout.dtype)
    row = 0
    for band in bands:
        whole[row : row + len(band)] = band
        row += len(band)
    if kind.name == "PNG" and layout.depth == "16":
        file.write(_with_chunks(bytes(imagecodecs.png_encode(whole, level=6)), layout))
        return
    extra: dict[str, Any] = {"icc_profile": layout.profile} if layout.profile else {}
    if layout.exif and kind.name == "JPEG" and len(layout.exif) > MOST_JPEG_EXIF:
        log.warning("the camera's EXIF data is longer than a JPEG holds; it is left out")
    elif layout.exif:
        extra["exif"] = layout.exif
    if kind.name == "JPEG":
        extra |= {"quality": layout.quality, "subsampling": 0, "optimize": True}
    Pillow.fromarray(whole).save(file, kind.name, **extra)


def _with_chunks(png: bytes, layout: Layout) -> bytes:
    """A PNG with profile and EXIF put in behind its header, as the PNG specification (third edition) has them."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    end = 8 + 25  # signature and IHDR
    extra = b""
    if layout.profile:
        extra += chunk(b"iCCP", b"ICC Profile\0\0" + zlib.compress(layout.profile))
    if layout.exif:
        extra += chunk(b"eXIf", layout.exif.removeprefix(b"Exif\0\0"))
    return png[:end] + extra + png[end:]


def _encode_tiff(file: BinaryIO, layout: Layout, bands: Iterator[Samples]) -> None:
    width, height = layout.size
    side = 256

    def tiles() -> Iterator[Samples]:
        rest: Samples | None = None
        for band in bands:
            rest = band if rest is None or not len(rest) else np.concatenate([rest, band])
            whole = len(rest) // side * side
            yield from squares(rest[:whole])
            rest = rest[whole:]
        if rest is not None:
            yield from squares(rest)

    def squares(rows: Samples) -> Iterator[Samples]:
        for top in range(0, len(rows), side):
            for left in range(0, width, side):
                square = np.zeros((side, side, channels), layout.dtype)
                part = rows[top : top + side, left : left + side]
                square[: part.shape[0], : part.shape[1]] = part
                yield square

    channels = 4 if layout.alpha else 3
    big = width * height * channels * layout.dtype.itemsize > 3_900_000_000
    tags = list(_exif_tags(layout.exif))
    with tifffile.TiffWriter(file, bigtiff=big) as writer:
        writer.write(
            tiles(), shape=(height, width, channels), dtype=layout.dtype, photometric="rgb", tile=(side, side),
            compression="deflate", predictor=True, metadata=None, software=False, iccprofile=layout.profile,
            extrasamples=["unassalpha"] if layout.alpha else None, extratags=tags,
        )  # fmt: skip


def _exif_tags(exif: bytes | None) -> Iterator[tuple[int, int, int, str, bool]]:
    """The texts of the first EXIF directory (maker, model, date, artist, copyright ...) as tags for tifffile."""
    if not exif:
        return
    tags = Pillow.Exif()
    tags.load(exif)
    for tag, value in tags.items():
        if isinstance(value, str) and value:
            yield tag, 2, 0, value, True


def to_samples(pixels: NDArray[np.float32], dtype: np.dtype[Any]) -> Samples:
    """Float pixels as the file keeps them: rounded and clipped to 8 or 16 bits, or as they are."""
    if dtype == np.float32:
        return pixels
    top = float(np.iinfo(dtype).max)
    return (pixels.clip(0, 1) * top + 0.5).astype(dtype)
