"""Encode: finished pixels to a picture file, with the profile and the metadata that belong to them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, BinaryIO

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from editor.core.cms import decode
from editor.core.color import Space
from editor.core.formats import Format, Samples, to_float
from editor.core.job import Job
from editor.core.metadata import Metadata
from editor.core.metadata.embed import embed
from editor.core.metadata.tiff import write_tiff
from editor.core.read.jxlhead import with_srgb_curve

TIFF_TILE = 256
_ENDS = (8 * (255 - 128), 8 * 128)  # the means of white and black blocks of 8 x 8, as JPEG's transform has them
_STRIP = 64  # rows gone through at a time, which bounds the memory that takes
_PILLOW_MODES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}
_PHOTOMETRIC = {"GRAY": "minisblack", "RGB": "rgb", "CMYK": "separated"}
_DTYPES = {"8": np.uint8, "10": np.uint16, "12": np.uint16, "16": np.uint16, "float": np.float32}


@dataclass(frozen=True)
class Layout:
    """What a file to be written holds, and how."""

    size: tuple[int, int]  # width, height
    depth: str  # "8", "10", "12", "16" or "float"
    alpha: bool
    space: Space
    metadata: Metadata = field(default=Metadata(), repr=False)
    quality: int = 95  # of what is written with loss, 1..100; where there is `max_bytes`, the highest that is tried
    subsampling: str = "4:4:4"  # of the colours, of the kinds of file that have `subsampling`; a lossy WebP has 4:2:0
    progressive: bool = False  # of the kinds that have `progressive`
    lossless: bool = False  # WebP, AVIF, JPEG XL
    max_bytes: int | None = None

    @property
    def dtype(self) -> np.dtype[Any]:
        return np.dtype(_DTYPES[self.depth])

    @property
    def channels(self) -> int:
        return self.space.channels + self.alpha


class TooLong(Exception):
    """A file cannot be made as short as it should be."""


def encode(file: BinaryIO, kind: Format, layout: Layout, bands: Iterator[Samples], job: Job) -> None:
    """Writes a picture that comes as bands of rows (rows, width, layout.channels), from the top, to an open file.

    TIFF is written band by band; the others gather them first, in the file's own depth. Raises TooLong, ValueError for
    a picture larger than the format holds, Cancelled between the attempts at a length, and what a library raises.
    """
    if kind.most_side is not None and max(layout.size) > kind.most_side:
        width, height = layout.size
        raise ValueError(f"{kind.name} holds at most {kind.most_side:,} pixels a side; this is {width:,} x {height:,}")
    if kind.name == "TIFF":
        _write_tiff(file, layout, bands)
        return
    whole = np.empty((layout.size[1], layout.size[0], layout.channels), layout.dtype)
    row = 0
    for band in bands:
        whole[row : row + len(band)] = band
        row += len(band)
    encoder = _ENCODERS[kind.name](whole, layout)
    del whole

    def finished(quality: int) -> bytes:
        job.progress(1)
        return embed(kind.name, encoder(quality), layout.metadata, layout.space.profile)

    lossless = not kind.lossy or (layout.lossless and kind.lossless)
    file.write(finished(100) if lossless else _fit(finished, layout.quality, layout.max_bytes))


def _fit(finished: Callable[[int], bytes], quality: int, most: int | None) -> bytes:
    """The file of the highest quality, up to `quality`, that is no longer than `most` bytes."""
    data = finished(quality)
    if most is None or len(data) <= most:
        return data
    best, low, high = b"", 1, quality - 1
    while low <= high:
        middle = (low + high) // 2
        data = finished(middle)
        if len(data) <= most:
            best, low = data, middle + 1
        else:
            high = middle - 1
    if not best:
        raise TooLong(f"cannot be made as short as {most:,} bytes; at its lowest quality it has {len(data):,}")
    return best


def _jpeg(whole: Samples, layout: Layout) -> Callable[[int], bytes]:
    picture = _pillow(whole, _PILLOW_MODES[layout.space.model])
    subsampling = {"4:4:4": 0, "4:2:0": 2}[layout.subsampling]

    def encoded(quality: int) -> bytes:
        file = io.BytesIO()
        picture.save(
            file, "JPEG", qtables=quantisation(quality, layout.space.model), subsampling=subsampling,
            progressive=layout.progressive, optimize=True,
        )  # fmt: skip
        return file.getvalue()

    return encoded


@lru_cache(300)
def quantisation(quality: int, model: str) -> list[list[int]]:
    """The IJG's tables of light and of colours for a quality of 1..100, changed so that white and black stay so.

    The mean of a white block is 1,016, of a black one -1,024; at some qualities, all below 73, no multiple of the step
    for means is near enough for the decoder to come out at 255 and 0. The step is then the next finer one that has.
    """
    file = io.BytesIO()
    Pillow.new("RGB", (8, 8)).save(file, "JPEG", quality=quality)
    with Pillow.open(file) as made:
        light, colours = (list(table) for table in made.quantization.values())  # type: ignore[attr-defined]
    for table in (light, colours) if model == "CMYK" else (light,):  # which white and black have a part in
        while any((mean + table[0] // 2) // table[0] * table[0] < mean - 3 for mean in _ENDS):  # half a step of 8 bits
            table[0] -= 1
    return [light, colours]


def _webp(whole: Samples, layout: Layout) -> Callable[[int], bytes]:
    picture = _pillow(whole, "RGBA" if layout.alpha else "RGB")
    return _saver(picture, "WEBP", lossless=layout.lossless, method=4, exact=True)


def _pillow(whole: Samples, mode: str) -> Pillow.Image:
    picture = Pillow.fromarray(whole[..., 0] if mode == "L" else whole)
    if mode == "CMYK":
        return Pillow.frombytes("CMYK", picture.size, whole.tobytes())
    return picture


def _saver(picture: Pillow.Image, name: str, **options: Any) -> Callable[[int], bytes]:
    def encoded(quality: int) -> bytes:
        file = io.BytesIO()
        picture.save(file, name, quality=quality, **options)
        return file.getvalue()

    return encoded


def _png(whole: Samples, layout: Layout) -> Callable[[int], bytes]:
    data = whole[..., 0] if layout.channels == 1 else whole
    return lambda quality: bytes(imagecodecs.png_encode(data, level=6))


def _avif(whole: Samples, layout: Layout) -> Callable[[int], bytes]:
    """sRGB is said by its code points (ITU-T H.273); an ICC profile, where there is one, takes their place."""
    bits = int(layout.depth)
    if bits > 8:
        for row in whole:  # which nobody else has
            row[:] = (row.astype(np.uint32) * (2**bits - 1) + 32767) // 65535
    form = "yuv420" if layout.subsampling == "4:2:0" and not layout.lossless else "yuv444"
    matrix = 0 if layout.lossless else 6  # identity, or BT.601 as in sYCC
    primaries, transfer = (2, 2) if layout.space.profile else (1, 13)  # as the profile says, or sRGB
    options: dict[str, Any] = {"speed": 6, "bitspersample": bits, "pixelformat": form, "matrix": matrix}
    return lambda quality: bytes(
        imagecodecs.avif_encode(
            whole, 100 if layout.lossless else min(quality, 99), primaries=primaries, transfer=transfer, **options
        )
    )


def _jxl(whole: Samples, layout: Layout) -> Callable[[int], bytes]:
    """sRGB, at any depth. imagecodecs takes 16 bits and floats for linear light and says so in the header.

    What is coded with loss is therefore made linear first; without loss the samples go in as they are. Then the header
    is made to say sRGB: the file's own samples, or what its decoder is to give.
    """
    if not layout.lossless and layout.depth != "8":
        _linearise(whole)
    loss: dict[str, Any] = {"lossless": True} if layout.lossless else {}

    def encoded(quality: int) -> bytes:
        options = loss or {"distance": _distance(quality)}
        file = bytes(imagecodecs.jpegxl_encode(whole, usecontainer=True, **options))
        start = file.index(b"jxlc") + 4
        return file[:start] + with_srgb_curve(file[start:])

    return encoded


def _linearise(whole: Samples) -> None:
    """Colours (h, w, 3 or more) of 16 bits or floats from sRGB's curve to linear light, where they stand."""
    table = to_samples(decode(to_float(np.arange(65536, dtype=np.uint16))), np.dtype(np.uint16))
    for top in range(0, len(whole), _STRIP):
        colours = whole[top : top + _STRIP, :, :3]
        colours[:] = decode(colours) if whole.dtype == np.float32 else table[colours]


def _distance(quality: int) -> float:
    """JPEG XL's Butteraugli distance for a JPEG's quality, as libjxl's `JxlEncoderDistanceFromQuality` has it."""
    if quality >= 30:
        return 0.1 + (100 - quality) * 0.09
    return min(25.0, 53 / 3000 * quality**2 - 23 / 20 * quality + 25)


_ENCODERS: dict[str, Callable[[Samples, Layout], Callable[[int], bytes]]] = {
    "JPEG": _jpeg, "PNG": _png, "WebP": _webp, "AVIF": _avif, "JXL": _jxl,
}  # fmt: skip


def _write_tiff(file: BinaryIO, layout: Layout, bands: Iterator[Samples]) -> None:
    width, height = layout.size
    side = TIFF_TILE

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
                square = np.zeros((side, side, layout.channels), layout.dtype)
                part = rows[top : top + side, left : left + side]
                square[: part.shape[0], : part.shape[1]] = part
                yield square

    write_tiff(
        file, layout.metadata, shape=(height, width, layout.channels), dtype=layout.dtype,
        tiles=tiles(),
        photometric=_PHOTOMETRIC[layout.space.model], extrasamples=["unassalpha"] if layout.alpha else None,
        profile=layout.space.profile, compression="deflate", predictor=True, tile=(side, side),
    )  # fmt: skip


def to_samples(pixels: NDArray[np.float32], dtype: np.dtype[Any]) -> Samples:
    """Float pixels as the file keeps them: rounded and clipped to 8 or 16 bits, or as they are."""
    if dtype == np.float32:
        return pixels
    top = np.float32(np.iinfo(dtype).max)
    return (pixels.clip(0, 1) * top + np.float32(0.5)).astype(dtype)
