"""Untouched: the file of a photo that nothing was done to, with renewed metadata, without coding it once more."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any, cast

import imagecodecs
import numpy as np
from PIL import Image as Pillow

from editor.core.encode import Layout
from editor.core.formats import Format, PhotoError, Samples
from editor.core.metadata import read_metadata
from editor.core.metadata.embed import embed
from editor.core.photo import Photo
from editor.core.read import decode
from editor.core.read.pixels import upright

COPIED = ("JPEG", "WebP", "AVIF", "JXL")  # kinds that lose something whenever they are coded again
COPIED_FROM = 95  # quality; who asks for less wants a shorter file
_STRIP = 64  # rows gone through at a time, which bounds the memory that takes
_JPEGS = ("JPEG", "MPO")


def copy_of(photo: Photo, kind: Format, layout: Layout) -> bytes | None:
    """The photo's own file with the metadata of `layout`.

    A JPEG that lay turned is coded again as nearly as it was as can be. None where the file is not of that kind, has
    changed since, or is to be coded in another way.
    """
    chroma = kind.subsampling and layout.subsampling != "4:4:4"
    asks = layout.quality < COPIED_FROM or chroma or (kind.progressive and layout.progressive)
    as_deep = layout.depth == ("float" if photo.bits == 32 else str(photo.bits))
    if kind.name not in COPIED or asks or not as_deep or not layout.space.same_samples(photo.space):
        return None
    turned = kind.name == "JPEG" and photo.metadata.orientation != 1
    try:
        bare = upright_jpeg(photo.path, photo.samples) if turned else photo.path.read_bytes()
        data = embed(kind.name, bare, layout.metadata, layout.space.profile) if bare else b""
    except (OSError, ValueError):
        return None
    if not data or (layout.max_bytes is not None and len(data) > layout.max_bytes):
        return None
    return data if turned or _holds(data, photo) else None


def _holds(data: bytes, photo: Photo) -> bool:
    """Whether a file's content is the photo as it was read."""
    try:
        with tempfile.TemporaryDirectory(prefix="packshot-") as folder:
            path = Path(folder) / "copy"
            path.write_bytes(data)
            seen = decode(path)
    except (OSError, PhotoError):
        return False
    if seen.bits != photo.bits or (seen.alpha is None) != (photo.alpha is None):
        return False
    same = np.array_equal(seen.samples, photo.samples)
    return same and (seen.alpha is None or photo.alpha is None or np.array_equal(seen.alpha, photo.alpha))


def upright_jpeg(source: Path, whole: Samples) -> bytes | None:
    """A bare JPEG of an unedited one, upright, coded as that is; None where `source` is none or `whole` not its pixels.

    `whole` is (h, w, 1 or 3) uint8, upright, YCbCr in the file. The planes are coded as they lie in the file, by its
    own quantisation tables and chroma, turned with them, so that the coefficients are nearly those that there are. A
    plane whose blocks come to lie otherwise is coded as finely as there is. Raises nothing for damaged files.
    """
    turn = read_metadata(source).orientation
    try:
        with Pillow.open(source, formats=_JPEGS) as file:
            parts, ids = cast(Any, file).layer, [82, 71, 66]  # component number, samplings, table; "RGB"
            if [part[0] for part in parts] == ids or file.info.get("adobe_transform") == 0 or len(parts) not in (1, 3):
                return None
            sampling = [part[1:3] for part in parts]
            grids = [np.reshape(cast(Any, file).quantization[part[3]], (8, 8)) for part in parts]
            progressive = bool(file.info.get("progressive"))
            file.draft("YCbCr", None)
            planes = [upright(np.asarray(plane), turn) for plane in file.split()]
        height, width = planes[0].shape
        halved = sampling == [(2, 2), (1, 1), (1, 1)] and not (width % 16 or height % 16)
        if halved:
            planes[1:] = [upright(plane, turn).repeat(2, 0).repeat(2, 1) for plane in _halved(source)]
        fitting = not (width % 8 or height % 8)
        alike = halved or len(set(sampling)) == 1
        tables = [
            (grid.T if turn in (5, 6, 7, 8) else grid).ravel().tolist() if fitting and (alike or not at) else [1] * 64
            for at, grid in enumerate(grids)
        ]
        pictures = [Pillow.fromarray(plane) for plane in planes]
        del planes
        options: dict[str, Any] = {"subsampling": 2 if halved else 0} if len(pictures) > 1 else {}
        picture = Pillow.merge("YCbCr", pictures) if len(pictures) > 1 else pictures[0]
        out = io.BytesIO()
        picture.save(out, "JPEG", qtables=tables, optimize=True, progressive=progressive, **options)
    except (OSError, SyntaxError, ValueError, KeyError):
        return None
    data = out.getvalue()
    return data if _near(imagecodecs.jpeg8_decode(data), whole) else None


def _halved(source: Path) -> tuple[Samples, Samples]:
    """The chroma of a 4:2:0 JPEG as it is stored: at half its size, libjpeg enlarges none."""
    with Pillow.open(source, formats=_JPEGS) as file:
        file.draft("YCbCr", (file.width // 2, file.height // 2))
        _, blue, red = file.split()
        return np.asarray(blue), np.asarray(red)


def _near(samples: Samples, whole: Samples) -> bool:
    """Whether two pictures of 8 bits differ by less than a step on average."""
    samples = samples.reshape(*samples.shape[:2], -1)
    if samples.shape != whole.shape or whole.dtype != np.uint8:
        return False
    strips = (np.s_[top : top + _STRIP] for top in range(0, len(whole), _STRIP))
    apart = sum(int(np.abs(samples[rows].astype(np.int16) - whole[rows]).sum()) for rows in strips)
    return apart < whole.size
