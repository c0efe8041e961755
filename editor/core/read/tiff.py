"""TIFF: strips or tiles, by tifffile, with alpha, CMYK, CIELab and palettes."""

from __future__ import annotations

import logging
from typing import Any, cast

import numpy as np
import tifffile
from PIL import Image as Pillow

from editor.core.formats import Samples
from editor.core.read import exif
from editor.core.read.decoded import Decoded
from editor.core.read.lab import from_lab
from editor.core.read.pixels import filled, mapped, split, unmultiplied, upright, upright_size
from editor.core.read.source import Source

logging.getLogger("tifffile").setLevel(logging.CRITICAL)  # of odd tags, it is enough to know that there is a picture

_KIND = tifffile.PHOTOMETRIC
_COLOURS = {
    _KIND.MINISWHITE: 1, _KIND.MINISBLACK: 1, _KIND.RGB: 3, _KIND.PALETTE: 1, _KIND.SEPARATED: 4, _KIND.YCBCR: 3,
    _KIND.CIELAB: 3, _KIND.ICCLAB: 3,
}  # fmt: skip
_ALPHA = tifffile.EXTRASAMPLE.ASSOCALPHA, tifffile.EXTRASAMPLE.UNASSALPHA
_MOST_PAGES = 64  # looked at in search of the photo
_REDUCED = 1  # bit of NewSubfileType
_MASK = 4  # another
_CAMERA = (32803, 34892)  # CFA and LinearRaw: a camera's RAW data
_BIG_SEGMENT = 1_000_000_000


def holds_raw(source: Source) -> bool:
    """Whether a TIFF structure is a camera's RAW file: a DNG, or one with pixels of a colour filter."""
    try:
        with tifffile.TiffFile(source.path) as file:
            for page in _pages(file):
                if 50706 in page.tags or page.tags.valueof(262) in _CAMERA:  # DNGVersion, PhotometricInterpretation
                    return True
                for below in (page.pages or ())[:8]:
                    if cast(tifffile.TiffPage, below).tags.valueof(262) in _CAMERA:
                        return True
    except Exception:  # damaged; the reader itself says so
        return False
    return False


def cut_dng(source: Source) -> bool:
    """Whether a DNG ends before its pixels do; LibRaw may give black for them."""
    try:
        with tifffile.TiffFile(source.path) as file:
            pages = _pages(file)
            if 50706 not in pages[0].tags:
                return False
            pages += [cast(tifffile.TiffPage, below) for page in pages for below in (page.pages or ())[:8]]
            ends = [
                offset + count
                for page in pages
                if page.tags.valueof(262) in _CAMERA
                for offset, count in zip(page.dataoffsets, page.databytecounts, strict=False)
            ]
    except Exception:  # damaged, or no TIFF structure at all; LibRaw has its own opinion
        return False
    return max(ends, default=0) > source.length


def size_of(source: Source) -> tuple[int, int]:
    with tifffile.TiffFile(source.path) as file:
        page = _photo(source, file)
        return upright_size((page.imagewidth, page.imagelength), source.metadata.orientation)


def decode(source: Source) -> Decoded:
    """Reads the photo of a TIFF or BigTIFF file (TIFF 6.0 with Adobe's supplements). Raises PhotoError and others."""
    with tifffile.TiffFile(source.path) as file:
        page = _photo(source, file)
        colours = _COLOURS.get(cast(Any, page.photometric), 0)
        if not colours:
            raise source.refused(f"is a TIFF of kind {page.photometric!r}, which is not read")
        _whole(source, page)
        odd = page.photometric == _KIND.YCBCR and page.compression != tifffile.COMPRESSION.JPEG
        samples, bits = (_by_libtiff(source), 8) if odd else _samples(source, page)
        extras = tuple(page.extrasamples)
        colourmap, profile = page.colormap, page.iccprofile
        kind = page.photometric
        several = _several(file, page)
    notes: tuple[str, ...] = ("It holds several pages, of which this is the first.",) if several else ()
    if kind == _KIND.PALETTE:
        if colourmap is None:
            raise source.broken("it has no palette")
        samples, extras, colours, bits = _looked_up(source, samples, colourmap), (), 3, 8
    if kind == _KIND.MINISWHITE:
        samples = 1 - samples if samples.dtype.kind == "f" else np.iinfo(samples.dtype).max - samples
    if samples.ndim == 3 and extras and extras[0] not in _ALPHA:
        samples = samples[..., :colours]
        notes = ("It has a channel beside its colours that is not its transparency; that is left out.",)
    samples, alpha = split(source, samples, colours)
    if alpha is not None and extras and extras[0] == tifffile.EXTRASAMPLE.ASSOCALPHA:
        samples = unmultiplied(samples, alpha)
    if kind in (_KIND.CIELAB, _KIND.ICCLAB):
        samples, profile, note = from_lab(samples, signed=kind == _KIND.CIELAB)
        notes += (note,)
    if not profile and samples.shape[2] == 3:
        profile = exif.profile(source.metadata.exif)
    turn = source.metadata.orientation
    alpha = None if alpha is None else upright(alpha, turn)
    return Decoded(upright(samples, turn), alpha, profile, source.metadata, bits, notes)


def _pages(file: tifffile.TiffFile) -> list[tifffile.TiffPage]:
    return [cast(tifffile.TiffPage, file.pages[at]) for at in range(min(len(file.pages), _MOST_PAGES))]


def _photo(source: Source, file: tifffile.TiffFile) -> tifffile.TiffPage:
    """The first page that is not a smaller copy of another."""
    pages = _pages(file)
    if not pages:
        raise source.broken("it holds no picture")
    return next((page for page in pages if not page.subfiletype & _REDUCED), pages[0])


def _several(file: tifffile.TiffFile, photo: tifffile.TiffPage) -> bool:
    """Whether other pages are pictures of their own: neither a smaller copy nor a mask, and not as small as one."""
    return any(
        page.offset != photo.offset
        and not page.subfiletype & (_REDUCED | _MASK)
        and 2 * page.imagewidth >= photo.imagewidth
        and 2 * page.imagelength >= photo.imagelength
        for page in _pages(file)
    )


def _whole(source: Source, page: tifffile.TiffPage) -> None:
    """Refuses what does not fit, and strips or tiles that are missing or reach beyond the file's end."""
    bits = page.bitspersample
    source.fits(page.imagewidth, page.imagelength, max(1, page.samplesperpixel * -(-bits // 8)))
    if page.imagedepth != 1 or page.samplesperpixel > 64:
        raise source.refused("is a stack of pictures, not a photo")
    if not 1 <= bits <= 64:
        raise source.broken(f"it says that its samples have {bits} bits")
    if page.tilewidth * page.tilelength * page.samplesperpixel * bits // 8 > _BIG_SEGMENT:
        raise source.broken("its tiles are larger than a photo")
    across, down = page.imagewidth, page.imagelength
    if page.is_tiled:
        if not page.tilewidth or not page.tilelength:
            raise source.broken("its tiles have no size")
        needed = -(-across // page.tilewidth) * -(-down // page.tilelength)
    else:
        needed = -(-down // min(page.rowsperstrip or down, down))
    if page.planarconfig == tifffile.PLANARCONFIG.SEPARATE:
        needed *= page.samplesperpixel
    offsets, counts = page.dataoffsets, page.databytecounts
    if len(offsets) < needed or len(counts) < needed:
        raise source.broken("strips of the picture are missing")
    for offset, count in zip(offsets[:needed], counts[:needed], strict=False):
        if not offset or not count or offset + count > source.length:
            raise source.broken("the picture reaches beyond the file's end")


def _samples(source: Source, page: tifffile.TiffPage) -> tuple[Samples, int]:
    """The page's samples as uint8, uint16 or float, colours last, and the bits they had in the file."""
    samples: Samples = page.asarray(buffersize=32 << 20)
    bits = page.bitspersample
    if page.planarconfig == tifffile.PLANARCONFIG.SEPARATE and samples.ndim == 3 and page.samplesperpixel > 1:
        samples = np.moveaxis(samples, 0, -1)
    if samples.dtype == np.bool_:
        samples = samples.astype(np.uint8)
    if samples.dtype.kind == "f":
        return samples, 32
    if samples.dtype.kind != "u" or bits > 16:
        raise source.refused(f"holds {samples.dtype.name} samples; read are 1 to 16 bits and float")
    if page.photometric == _KIND.PALETTE:
        return samples, 8
    samples = samples.astype(samples.dtype.newbyteorder("="), copy=False)
    return filled(samples, bits), max(bits, 8)


def _looked_up(source: Source, samples: Samples, colourmap: Samples) -> Samples:
    """Palette numbers (h, w) to RGB, uint8. Some writers fill 16-bit palettes with numbers up to 255."""
    table = colourmap if colourmap.max() <= 255 else colourmap >> 8
    if samples.ndim != 2 or samples.max() >= table.shape[1]:
        raise source.broken("it names colours that its palette does not have")
    return np.stack([mapped(samples, table[channel].astype(np.uint8)) for channel in range(3)], axis=2)


def _by_libtiff(source: Source) -> Samples:
    """Subsampled YCbCr without JPEG, which tifffile leaves as it is."""
    with Pillow.open(source.path, formats=("TIFF",)) as file:
        return np.asarray(file.convert("RGB"))
