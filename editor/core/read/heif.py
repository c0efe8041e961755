"""HEIF: AVIF and HEIC, 8 to 12 bits. They turn the picture themselves; EXIF's Orientation is not for them."""

from __future__ import annotations

from io import BytesIO

import imagecodecs
import numpy as np
from PIL import Image as Pillow

from editor.core.formats import Samples
from editor.core.read.boxes import container
from editor.core.read.codepoints import Colours
from editor.core.read.decoded import Decoded
from editor.core.read.pixels import filled, split, unmultiplied
from editor.core.read.source import Source

_FRAMES = "It holds several frames, of which this is the first."
_ALIKE = 0.02  # how far a thumbnail's sides may be from the photo's, in proportion


def size_of(source: Source) -> tuple[int, int]:
    box = container(source)
    source.fits(*box.stored_size, 1)
    return box.size()


def decode_avif(source: Source) -> Decoded:
    box = container(source)
    source.fits(*box.stored_size, 4 if box.bits == 8 else 8)
    notes: tuple[str, ...] = ()
    if b"avis" in box.brands:  # imagecodecs would decode all of its pictures
        with Pillow.open(source.path, formats=("AVIF",)) as file:
            samples, bits = np.asarray(file), 8
            notes = (_FRAMES,) if getattr(file, "n_frames", 1) > 1 else ()
    else:
        samples = imagecodecs.avif_decode(source.data)
        bits = 8 if samples.dtype == np.uint8 else box.bits
    samples, alpha = split(source, box.shown(filled(samples, bits)))
    return _coloured(source, samples, alpha, bits, box.profile, box.colours, notes)


def decode_heic(source: Source) -> Decoded:
    box = container(source)
    source.fits(*box.stored_size, 4 if box.bits == 8 else 8)
    heif = source.library("pillow_heif", "pillow-heif")
    file = heif.open_heif(BytesIO(source.data), convert_hdr_to_8bit=False, hdr_to_16bit=False)
    picture = file[file.primary_index]
    width, height = picture.size
    source.fits(width, height, 4)
    samples = np.asarray(picture)
    bits = 8 if samples.dtype == np.uint8 else int(picture.info["bit_depth"])
    straight = not picture.premultiplied_alpha
    samples, alpha = split(source, filled(samples, bits))
    if alpha is not None and not straight:
        samples = unmultiplied(samples, alpha)
    nclx = picture.info.get("nclx_profile")
    colours = Colours(nclx["color_primaries"], nclx["transfer_characteristics"]) if nclx else box.colours
    profile = picture.info.get("icc_profile") or box.profile
    return _coloured(source, samples, alpha, bits, profile, colours, ())


def heic_preview(source: Source, longest: int) -> Decoded | None:
    """The smallest thumbnail in a HEIC file that is as long as asked; None where there is none."""
    box = container(source)
    width, height = box.size()
    heif = source.library("pillow_heif", "pillow-heif")
    file = heif.open_heif(BytesIO(source.data), convert_hdr_to_8bit=True)
    picture = file[file.primary_index]
    sizes = picture.info.get("thumbnails", [])
    for index in sorted(range(len(sizes)), key=lambda at: sizes[at]):
        small = picture.get_thumbnail(index)
        across, along = small.size
        if max(small.size) >= longest and abs(across * height / (along * width) - 1) < _ALIKE:
            source.fits(across, along, 4)
            samples, alpha = split(source, np.asarray(small))
            return _coloured(source, samples, alpha, 8, picture.info.get("icc_profile"), box.colours, ())
    return None


def _coloured(
    source: Source, samples: Samples, alpha: Samples | None, bits: int, profile: bytes | None,
    colours: Colours | None, notes: tuple[str, ...],
) -> Decoded:  # fmt: skip
    if not profile and colours:
        profile, notes = colours.profile(), (*notes, *colours.notes())
        if colours.hdr:
            samples, bits = colours.linear(samples), 32
            alpha = None if alpha is None else (alpha / np.float32(np.iinfo(alpha.dtype).max)).astype(np.float32)
    return Decoded(samples, alpha, profile, source.metadata, bits, notes)


def is_avif(box_brands: frozenset[bytes]) -> bool:
    return bool(box_brands & {b"avif", b"avis"})


def is_heic(box_brands: frozenset[bytes]) -> bool:
    return bool(box_brands & {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
