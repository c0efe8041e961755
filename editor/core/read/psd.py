"""PSD: the flattened picture that Photoshop keeps in PSD and PSB files, without its layers."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from os import SEEK_CUR
from typing import Any, BinaryIO

import numpy as np

from editor.core.formats import Samples
from editor.core.read.decoded import Decoded
from editor.core.read.lab import from_lab
from editor.core.read.pixels import split
from editor.core.read.source import Source

logging.getLogger("psd_tools").setLevel(logging.CRITICAL)  # of odd resources, it is enough to know the picture

_CHANNELS = {"GRAYSCALE": 1, "DUOTONE": 1, "INDEXED": 1, "RGB": 3, "CMYK": 4, "LAB": 3, "BITMAP": 1}
_ICC, _VERSION_INFO = 1039, 1057
_MERGED = (b"Mtrn", b"Mt16", b"Mt32")  # the composite has transparency
_WIDE = (*_MERGED, b"LMsk", b"Lr16", b"Lr32", b"Layr", b"Alph", b"FMsk", b"lnk2", b"FEid", b"FXid", b"PxSD")
_MOST_BLOCKS = 1000
_TIMES = 140  # PackBits makes 128 bytes of two; the two ZIP kinds are hardly ever used for this


def size_of(source: Source) -> tuple[int, int]:
    with source.path.open("rb") as file:
        header = _header(source, file)
    return header.width, header.height


def decode(source: Source) -> Decoded:
    """Reads the composite (Adobe Photoshop File Formats Specification). Raises PhotoError and what psd-tools raises."""
    with source.path.open("rb") as file:
        header = _header(source, file)
        mode = header.color_mode.name
        colours = _CHANNELS.get(mode, 0)
        if not colours or header.channels < colours:
            raise source.refused(f"is a PSD file of mode {mode.lower()}, which is not read")
        sections = source.library("psd_tools.psd.color_mode_data", "psd-tools")
        palette = sections.ColorModeData.read(file).value
        resources = source.library("psd_tools.psd.image_resources", "psd-tools").ImageResources.read(file)
        version_info = _resource(resources, _VERSION_INFO)
        if version_info is not None and getattr(version_info, "has_composite", True) is False:
            raise source.refused("was saved without its composite; save it again with 'Maximize compatibility'")
        transparent = _layers(source, file, header.version)
        stored = source.library("psd_tools.psd.image_data", "psd-tools").ImageData.read(file)
        _rows(source, stored, header)
        wanted = header.width * header.height * header.channels * max(header.depth, 8) // 8
        planes = stored.get_data(header, max_output_bytes=wanted + header.height * header.channels)
    samples = _planes(source, planes, header, colours + (transparent and header.channels > colours))
    notes: tuple[str, ...] = ()
    profile = _resource(resources, _ICC)
    profile = bytes(profile) if isinstance(profile, bytes) and profile else None
    if mode == "INDEXED":
        samples, colours = _looked_up(source, samples, palette), 3
    samples, alpha = split(source, samples, colours)
    if mode == "CMYK":
        samples = 1 - samples if samples.dtype == np.float32 else np.iinfo(samples.dtype).max - samples
    if alpha is not None:
        samples = _off_white(samples, alpha, paper=0 if mode == "CMYK" else 1)
    if mode == "LAB":
        samples, profile, note = from_lab(samples, signed=False)
        notes = (note,)
    return Decoded(samples, alpha, profile, source.metadata, 32 if header.depth == 32 else max(header.depth, 8), notes)


def _header(source: Source, file: BinaryIO) -> Any:
    library = source.library("psd_tools.psd.header", "psd-tools")
    header = library.FileHeader.read(file)
    source.fits(header.width, header.height, header.channels * max(header.depth, 8) // 8, _TIMES)
    return header


def _resource(resources: Any, key: int) -> Any:
    try:
        return resources.get_data(key)
    except Exception:  # damaged
        return None


def _layers(source: Source, file: BinaryIO, version: int) -> bool:
    """Steps over the layers; whether the composite's first further channel is its transparency."""
    width = 8 if version == 2 else 4
    length = int.from_bytes(file.read(width), "big")
    start = file.tell()
    end = start + length
    if end > source.length:
        raise source.broken("its layers reach beyond the file's end")
    transparent = False
    if length >= width:
        inner = int.from_bytes(file.read(width), "big")
        transparent = inner >= 2 and int.from_bytes(file.read(2), "big", signed=True) < 0
        file.seek(start + width + inner)
        masks = int.from_bytes(file.read(4), "big")
        file.seek(masks, SEEK_CUR)
        transparent = transparent or any(key in _MERGED for key in _blocks(file, end, version))
    file.seek(end)
    return transparent


def _blocks(file: BinaryIO, end: int, version: int) -> Iterator[bytes]:
    """The keys of what follows the layers."""
    for _ in range(_MOST_BLOCKS):
        signature, key = file.read(4), file.read(4)
        if signature not in (b"8BIM", b"8B64") or file.tell() > end:
            return
        yield key
        length = int.from_bytes(file.read(8 if version == 2 and key in _WIDE else 4), "big")
        file.seek(-(-length // 4) * 4, SEEK_CUR)


def _rows(source: Source, stored: Any, header: Any) -> None:
    """Refuses packed rows that cannot be as long as the picture is wide; psd-tools would fill them up with black."""
    if stored.compression != 1:
        return
    rows = header.height * header.channels
    table = np.frombuffer(
        stored.data[: rows * (4 if header.version == 2 else 2)], ">u4" if header.version == 2 else ">u2"
    )
    least = 2 * -(-(header.width * header.depth // 8) // 128)
    if len(table) < rows or table.min() < least or table.nbytes + int(table.sum(dtype=np.uint64)) > len(stored.data):
        raise source.broken("rows of the picture are missing")


def _planes(source: Source, planes: list[bytes], header: Any, count: int) -> Samples:
    """The first channels side by side: (h, w, count), uint8, uint16 or float32."""
    height, width, depth = header.height, header.width, header.depth
    if len(planes) < count:
        raise source.broken("channels are missing")
    if depth == 1:
        row = -(-width // 8)
        bits = np.frombuffer(planes[0][: row * height], np.uint8).reshape(height, row)
        return np.asarray((1 - np.unpackbits(bits, axis=1)[:, :width, None]) * np.uint8(255))
    kind = {8: ">u1", 16: ">u2", 32: ">f4"}[depth]
    size = height * width * depth // 8
    if any(len(plane) < size for plane in planes[:count]):
        raise source.broken("the picture ends too early")
    out = np.empty((height, width, count), np.dtype(kind).newbyteorder("="))
    for channel in range(count):
        out[..., channel] = np.frombuffer(planes[channel][:size], kind).reshape(height, width)
    return out


def _looked_up(source: Source, samples: Samples, palette: bytes) -> Samples:
    if len(palette) < 768 or samples.dtype != np.uint8:
        raise source.broken("it has no palette")
    table = np.frombuffer(palette[:768], np.uint8).reshape(3, 256).T
    return np.ascontiguousarray(table[samples[..., 0]])


def _off_white(samples: Samples, alpha: Samples, paper: int) -> Samples:
    """Colours that Photoshop has laid on white, taken off it: c = (seen - white (1 - a)) / a."""
    full = 1.0 if samples.dtype == np.float32 else float(np.iinfo(samples.dtype).max)
    out = np.empty_like(samples)
    for top in range(0, len(samples), 256):
        part, cover = samples[top : top + 256] / full, (alpha[top : top + 256] / full)[..., None]
        bare = np.full(part.shape, float(paper))
        np.divide(part - paper * (1 - cover), cover, out=bare, where=cover > 0)
        bare *= full
        out[top : top + 256] = bare if samples.dtype == np.float32 else bare.clip(0, full).round()
    return out
