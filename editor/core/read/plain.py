"""Plain: WebP, GIF and BMP, by Pillow."""

from __future__ import annotations

import numpy as np
from PIL import Image as Pillow

from editor.core.read import exif
from editor.core.read.decoded import Decoded
from editor.core.read.pixels import split, upright, upright_size
from editor.core.read.source import Source

_FORMATS = ("WEBP", "GIF", "BMP")


def size_of(source: Source) -> tuple[int, int]:
    with Pillow.open(source.path, formats=_FORMATS) as file:
        return upright_size(file.size, source.metadata.orientation)


def decode(source: Source) -> Decoded:
    """Reads the first frame. Raises what Pillow raises, and PhotoError."""
    with Pillow.open(source.path, formats=_FORMATS) as file:
        source.fits(*file.size, 4)
        notes = ("It holds several frames, of which this is the first.",) if getattr(file, "n_frames", 1) > 1 else ()
        profile = file.info.get("icc_profile") or exif.profile(source.metadata.exif)
        samples, alpha = split(source, np.asarray(_simple(file)))
    turn = source.metadata.orientation
    alpha = None if alpha is None else upright(alpha, turn)
    return Decoded(upright(samples, turn), alpha, profile, source.metadata, 8, notes)


def _simple(file: Pillow.Image) -> Pillow.Image:
    """In a mode that numpy reads as grey or colour, with or without alpha."""
    file.load()
    if "transparency" in file.info or file.mode in ("PA", "RGBa", "La"):
        return file.convert("RGBA")
    if file.mode == "1":
        return file.convert("L")
    return file if file.mode in ("L", "LA", "RGB", "RGBA") else file.convert("RGB")
