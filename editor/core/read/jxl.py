"""JPEG XL: samples by imagecodecs, as deep as they are; the profile that describes them by pillow-jxl-plugin."""

from __future__ import annotations

import imagecodecs
import numpy as np

from editor.core.formats import Samples
from editor.core.read.decoded import Decoded
from editor.core.read.jxlhead import Head, head
from editor.core.read.pixels import filled, split, unmultiplied
from editor.core.read.source import Source

_BLACK = 4
_MIXED_NOTE = "Its colours are stored without their own profile, and what lies outside sRGB is lost in reading it."


def size_of(source: Source) -> tuple[int, int]:
    return head(source).size


def decode(source: Source) -> Decoded:
    """Reads a JPEG XL file; the decoder turns it upright. Raises PhotoError and what imagecodecs raises."""
    first = head(source)
    channels = (1 if first.grey else 3) + len(first.extras)
    source.fits(*first.size, channels * (4 if first.floats else 1 if first.bits <= 8 else 2))
    if _BLACK in first.extras:
        raise source.refused("is a CMYK JPEG XL picture, which is not read; save it as TIFF or JPEG")
    if first.bits > 16 and not first.floats:
        raise source.refused(f"holds samples of {first.bits} bits; read are 1 to 16 bits and float")
    colours = None if first.plain else first.colours
    hdr = colours is not None and colours.hdr
    profile = None if first.plain or hdr else _profile(source)
    samples, alpha, notes = _samples(source, first)
    bits = 32 if first.floats else max(first.bits, 8)
    if first.mixed and first.embedded and profile:
        notes = (*notes, _MIXED_NOTE)
    if hdr and colours:
        if samples.dtype == np.float32:
            samples = (samples.clip(0, 1) * 65535 + 0.5).astype(np.uint16)
        samples, bits, profile, notes = colours.linear(samples), 32, colours.profile(), (*notes, *colours.notes())
        if alpha is not None and alpha.dtype != np.float32:
            alpha = (alpha / np.float32(np.iinfo(alpha.dtype).max)).astype(np.float32)
    return Decoded(samples, alpha, profile, source.metadata, bits, notes)


def _samples(source: Source, first: Head) -> tuple[Samples, Samples | None, tuple[str, ...]]:
    samples = imagecodecs.jpegxl_decode(source.data)
    notes: tuple[str, ...] = ()
    colours = 1 if first.grey else 3
    if samples.ndim == 4 or (samples.ndim == 3 and first.grey and not first.extras):
        samples, notes = samples[0], ("It holds several frames, of which this is the first.",)
    if samples.ndim == 2:
        samples = samples[..., None]
    if not first.floats and first.bits not in (8, 16):
        samples = filled(samples, first.bits)
    if first.extras and first.extras[0] != 0:
        samples = samples[..., :colours]
        notes = (*notes, "It has a channel beside its colours that is not its transparency; that is left out.")
    samples, alpha = split(source, samples, colours)
    if alpha is not None and first.premultiplied:
        samples = unmultiplied(samples, alpha)
    return samples, alpha, notes


def _profile(source: Source) -> bytes | None:
    """The ICC profile of the decoded samples, which in a file coded as XYB need not be the one that was put in."""
    library = source.library("pillow_jxl", "pillow-jxl-plugin")
    rebuilt, _, data, profile, _ = library.Decoder(num_threads=1)(source.data)
    if rebuilt:  # a JPEG in a smaller dress; its profile is in there
        from editor.core.read.jpeg import head as jpeg_head

        return jpeg_head(source, bytes(data)).profile
    return bytes(profile) if profile else None
