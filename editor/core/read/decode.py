"""Decode: any picture file that Packshot reads, told by its content, and every trouble with one told in a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from editor.core.formats import RAW_SUFFIXES, PhotoError, Samples
from editor.core.read import exif, heif, jpeg, jxl, plain, png, psd, raw, tiff
from editor.core.read.boxes import brands
from editor.core.read.decoded import Decoded
from editor.core.read.pixels import upright
from editor.core.read.source import Source

_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_JXL = (b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n")
_KNOWN = "JPEG, PNG, TIFF, WebP, AVIF, HEIC, JPEG XL, GIF, BMP, PSD, camera RAW"
_TAKEN = 4  # rows and columns of a large photo that go into one of its thumbnail
_ALIKE = 0.02  # how far the sides of an embedded thumbnail may be from the photo's, in proportion
Draft = Callable[[Source, int], Decoded | None]
T = TypeVar("T")


def decode(path: Path) -> Decoded:
    """Reads a picture file as it stands, upright. Raises PhotoError, whatever the file holds."""
    return _told(path, lambda source: _reader(source)[0](source))


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of the upright picture, from the file's header. Raises PhotoError."""
    return _told(path, lambda source: _reader(source)[1](source))


def draft(path: Path, longest: int) -> Decoded | None:
    """A quick, smaller picture, at least `longest` px on its long side where the photo is that long.

    None where there is no quick way, and `decode` is all there is. Raises PhotoError.
    """
    return _told(path, lambda source: _draft(source, longest))


def thumbnail(path: Path, side: int) -> Decoded:
    """The photo in at most `side` x `side` px, 8 bits, from its embedded thumbnail if that is large enough.

    Raises PhotoError.
    """

    def found(source: Source) -> Decoded:
        return _embedded(source, side) or _draft(source, side) or _reader(source)[0](source)

    return _told(path, lambda source: _shrunk(found(source), side))


def _reader(source: Source) -> tuple[Callable[[Source], Decoded], Callable[[Source], tuple[int, int]], Draft | None]:
    """What decodes a file, what finds its size, and what gives a draft."""
    start = source.start
    if not start:
        raise source.refused("is empty")
    if start.startswith(b"\xff\xd8\xff"):
        return jpeg.decode, jpeg.size_of, jpeg.draft
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return png.decode, png.size_of, None
    if raw.is_raw(start) or (start[:4] in _TIFF and _raw_inside(source)):
        return raw.decode, raw.size_of, raw.preview
    if start[:4] in _TIFF:
        return tiff.decode, tiff.size_of, None
    if start[:3] == b"GIF" or start[:2] == b"BM" or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return plain.decode, plain.size_of, None
    if start.startswith(_JXL):
        return jxl.decode, jxl.size_of, None
    if start.startswith(b"8BPS"):
        return psd.decode, psd.size_of, None
    kinds = brands(start)
    if heif.is_avif(kinds):
        return heif.decode_avif, heif.size_of, None
    if heif.is_heic(kinds):
        return heif.decode_heic, heif.size_of, heif.heic_preview
    raise source.refused(f"is not a picture that Packshot reads ({_KNOWN})")


def _raw_inside(source: Source) -> bool:
    """Whether a TIFF structure is a RAW file. A few cameras' cannot be told but by their name and by trying."""
    return tiff.holds_raw(source) or (source.path.suffix.lower() in RAW_SUFFIXES and raw.is_known(source))


def _told(path: Path, work: Callable[[Source], T]) -> T:
    """What `work` makes of the file; whatever goes wrong becomes a PhotoError of one line."""
    try:
        if path.is_dir():
            raise PhotoError(path, "is a folder, not a photo")
        if path.exists() and not path.is_file():  # a pipe, for one: who reads it waits
            raise PhotoError(path, "is not a file")
        return work(Source(path))
    except PhotoError:
        raise
    except FileNotFoundError:
        raise PhotoError(path, "there is no such file") from None
    except PermissionError:
        raise PhotoError(path, "may not be read (permission denied)") from None
    except UnidentifiedImageError:
        raise PhotoError(path, "is damaged or cut short (its header makes no sense)") from None
    except MemoryError:
        raise PhotoError(path, "does not fit into memory") from None
    except OSError as error:
        if error.errno is not None:  # the disk's own; a codec's have no number
            raise PhotoError(path, f"cannot be read ({error.strerror})") from None
        raise PhotoError(path, _reason(error)) from None
    except Exception as error:  # decoders raise whatever a broken file leads them to
        raise PhotoError(path, _reason(error)) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a codec written in Rust gives up
            raise
        raise PhotoError(path, _reason(error)) from None


def _reason(error: BaseException) -> str:
    first = error.args[0] if error.args else ""
    said = " ".join((first.decode("ascii", "replace") if isinstance(first, bytes) else str(error)).split())[:200]
    return f"is damaged or cut short ({said or type(error).__name__})"


def _draft(source: Source, longest: int) -> Decoded | None:
    quick = _reader(source)[2]
    return quick(source, longest) if quick else None


def _embedded(source: Source, side: int) -> Decoded | None:
    """EXIF's thumbnail, where it is large enough and shows all of the photo."""
    data = exif.thumbnail(source.metadata.exif)
    if not data:
        return None
    try:
        samples = upright(jpeg.pixels(source, data), source.metadata.orientation)
        width, height = _reader(source)[1](source)
    except (PhotoError, OSError, RuntimeError, ValueError):  # the photo itself may be whole
        return None
    if max(samples.shape[:2]) < side or abs(samples.shape[1] * height / (samples.shape[0] * width) - 1) > _ALIKE:
        return None
    return Decoded(samples, None, None, source.metadata, 8)


def _shrunk(decoded: Decoded, side: int) -> Decoded:
    height, width = decoded.samples.shape[:2]
    ratio = min(1.0, side / max(width, height))
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    step = max(1, max(width, height) // (_TAKEN * side))

    def small(samples: Samples) -> Samples:
        whole = Pillow.fromarray(_eight_bits(np.ascontiguousarray(samples[::step, ::step])))
        return np.asarray(whole.resize(size, Pillow.Resampling.BICUBIC, reducing_gap=3.0) if ratio < 1 else whole)

    samples = small(decoded.samples[..., 0] if decoded.samples.shape[2] == 1 else decoded.samples)
    alpha = None if decoded.alpha is None else small(decoded.alpha)
    return replace(decoded, samples=samples.reshape(size[1], size[0], -1), alpha=alpha, bits=8)


def _eight_bits(samples: Samples) -> Samples:
    if samples.dtype == np.uint16:
        samples = (samples >> 8).astype(np.uint8)
    if samples.dtype == np.float32:
        samples = (samples.clip(0, 1) * 255 + 0.5).astype(np.uint8)
    return samples
