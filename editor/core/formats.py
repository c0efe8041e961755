"""Formats: what files there are, and how a picture file becomes pixels, by the libraries that know them best."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

Samples = NDArray[Any]  # uint8, uint16 or float32

MOST_PIXELS = 1_000_000_000
Pillow.MAX_IMAGE_PIXELS = None  # MOST_PIXELS is asked instead, before anything is decoded

_ORIENTATION = 0x0112
_DEPTHS = {"uint8": "8", "uint16": "16", "float32": "float"}
_PILLOW_REASONS = {"P": "is a palette picture", "PA": "is a palette picture", "CMYK": "is a CMYK picture"}


class PhotoError(Exception):
    """A file that cannot be read or written; the message names it and gives the reason in one line."""

    def __init__(self, path: Path | str, reason: str) -> None:
        name = "".join(c if c.isprintable() else "?" for c in str(path))
        super().__init__(f"{name}: {' '.join(reason.split())}")


@dataclass(frozen=True, eq=False)
class Decoded:
    """A picture file taken apart. Turned upright; the samples are as they stood in the file."""

    rgb: Samples  # (h, w, 3)
    alpha: Samples | None  # (h, w), of the same type
    profile: bytes | None  # ICC
    exif: bytes | None  # a TIFF structure, as JPEG and PNG keep it, Orientation taken out


@dataclass(frozen=True)
class Format:
    """A kind of file that can be written: its suffixes and the depths ("8", "16", "float") it holds."""

    name: str
    suffixes: tuple[str, ...]
    depths: tuple[str, ...]
    alpha: bool


FORMATS = (
    Format("JPEG", (".jpg", ".jpeg", ".jpe"), ("8",), alpha=False),
    Format("PNG", (".png",), ("8", "16"), alpha=True),
    Format("TIFF", (".tif", ".tiff"), ("8", "16", "float"), alpha=True),
)
READABLE = (*(s for f in FORMATS for s in f.suffixes), ".webp", ".bmp")


def format_of(path: Path) -> Format:
    """The format that a file name asks for. Raises PhotoError."""
    for known in FORMATS:
        if path.suffix.lower() in known.suffixes:
            return known
    raise PhotoError(path, f"cannot write {path.suffix or 'a file without suffix'}; use .jpg, .png or .tif")


def depth_of(samples: Samples) -> str:
    """ "8", "16" or "float"."""
    return _DEPTHS[samples.dtype.name]


def decode(path: Path) -> Decoded:
    """Reads a JPEG, PNG, TIFF, WebP or BMP file. Raises PhotoError, whatever the file holds."""
    try:
        if path.is_dir():
            raise PhotoError(path, "is a folder, not a photo")
        with path.open("rb") as file:
            head = file.read(32)
        if not head:
            raise PhotoError(path, "is empty")
        tiff = head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
        decoded = _decode_tiff(path) if tiff else _decode_pillow(path, head)
    except PhotoError:
        raise
    except FileNotFoundError:
        raise PhotoError(path, "there is no such file") from None
    except PermissionError:
        raise PhotoError(path, "may not be read (permission denied)") from None
    except UnidentifiedImageError:
        raise PhotoError(path, "is not a picture that Packshot reads (JPEG, PNG, TIFF, WebP, BMP)") from None
    except MemoryError:
        raise PhotoError(path, "does not fit into memory") from None
    except OSError as error:
        if error.errno is not None:  # the disk's own; Pillow's have no number
            raise PhotoError(path, f"cannot be read ({error.strerror})") from None
        raise PhotoError(path, f"is damaged or cut short ({error})") from None
    except Exception as error:  # decoders raise whatever a broken file leads them to
        raise PhotoError(path, f"is damaged or cut short ({error})") from None
    if min(decoded.rgb.shape[:2]) < 2:
        height, width = decoded.rgb.shape[:2]
        raise PhotoError(path, f"is {width} x {height} pixels; a photo has at least 2 x 2")
    return decoded


def _colour(profile: bytes | None) -> bytes | None:
    """The profile if it is one for RGB; a grey picture becomes RGB, and its own profile would make the file invalid."""
    return profile if profile and profile[16:20] == b"RGB " else None


def _refuse_giants(path: Path, width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PhotoError(path, f"says it is {width} x {height} pixels; more than {MOST_PIXELS:,} are refused")


def _decode_pillow(path: Path, head: bytes) -> Decoded:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of oddities in metadata; the pixels decide
        with Pillow.open(path) as file:
            _refuse_giants(path, *file.size)
            if file.mode in _PILLOW_REASONS:
                reason = f"{_PILLOW_REASONS[file.mode]}, which this version does not read; convert it to RGB first"
                raise PhotoError(path, reason)
            profile, exif = file.info.get("icc_profile"), file.getexif()
            turn = exif.get(_ORIENTATION, 1)
            if head.startswith(b"\x89PNG") and head[24] == 16:  # Pillow would cut 16-bit colour down to 8
                samples = imagecodecs.png_decode(path.read_bytes())
                samples = _upright(samples, turn)
            else:
                upright = ImageOps.exif_transpose(file)
                samples = np.asarray(_plain(path, upright))
            exif.pop(_ORIENTATION, None)
            kept = exif.tobytes() if len(exif) else None
    rgb, alpha = _split(path, samples)
    return Decoded(rgb, alpha, _colour(profile), kept)


def _plain(path: Path, file: Pillow.Image) -> Pillow.Image:
    """The picture in a mode that numpy reads as grey or colour, with or without alpha."""
    if file.mode in ("1", "L", "RGB") and "transparency" in file.info:
        return file.convert("RGBA")
    if file.mode == "1":
        return file.convert("L")
    if file.mode in ("L", "LA", "RGB", "RGBA") or file.mode.startswith("I;16"):
        return file
    if file.mode in ("RGBX", "YCbCr"):
        return file.convert("RGB")
    raise PhotoError(path, f"holds pixels of mode {file.mode}, which this version does not read")


def _upright(samples: Samples, orientation: int) -> Samples:
    """Turned and mirrored as EXIF's Orientation 1 to 8 asks."""
    if orientation in (5, 6, 7, 8):
        samples = samples.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        samples = samples[:, ::-1]
    if orientation in (3, 4, 7, 8):
        samples = samples[::-1]
    return np.ascontiguousarray(samples)


def _split(path: Path, samples: Samples) -> tuple[Samples, Samples | None]:
    """Grey or colour, with or without alpha, to (h, w, 3) and alpha."""
    if samples.ndim == 2:
        samples = samples[..., None]
    if samples.dtype.byteorder not in "=|":
        samples = samples.astype(samples.dtype.newbyteorder("="))
    if samples.dtype in (np.float16, np.float64):
        samples = samples.astype(np.float32)
    if samples.dtype.name not in _DEPTHS:
        raise PhotoError(path, f"holds {samples.dtype.name} samples; read are 8 and 16 bits and float")
    if samples.ndim != 3 or samples.shape[2] not in (1, 2, 3, 4):
        raise PhotoError(path, f"holds {samples.shape[2:] or 'no'} channels; read are grey and RGB, with alpha or not")
    if samples.dtype == np.float32 and not np.isfinite(samples).all():
        raise PhotoError(path, "holds pixels that are not numbers (NaN or infinite)")
    colours = samples.shape[2] - (samples.shape[2] in (2, 4))
    alpha = np.ascontiguousarray(samples[..., colours]) if samples.shape[2] > colours else None
    rgb = samples[..., :colours] if colours == 3 else np.repeat(samples[..., :1], 3, axis=2)
    return np.ascontiguousarray(rgb), alpha


def _decode_tiff(path: Path) -> Decoded:
    with tifffile.TiffFile(path) as file:
        if not len(file.pages):
            raise PhotoError(path, "is damaged or cut short (it holds no picture)")
        page = cast(tifffile.TiffPage, file.pages[0])
        _refuse_giants(path, page.imagewidth, page.imagelength)
        kinds = tifffile.PHOTOMETRIC
        if page.photometric in (kinds.SEPARATED, kinds.PALETTE):
            kind = "CMYK" if page.photometric == kinds.SEPARATED else "palette"
            raise PhotoError(path, f"is a {kind} picture, which this version does not read; convert it to RGB first")
        if page.photometric not in (kinds.RGB, kinds.MINISBLACK, kinds.MINISWHITE, kinds.YCBCR):
            raise PhotoError(path, f"is a TIFF of kind {page.photometric!r}, which this version does not read")
        if page.photometric == kinds.YCBCR and page.compression != tifffile.COMPRESSION.JPEG:
            raise PhotoError(path, "is a YCbCr TIFF without JPEG, which this version does not read")
        if page.bitspersample not in (1, 8, 16, 32, 64):
            raise PhotoError(path, f"holds samples of {page.bitspersample} bits; read are 8, 16 and float")
        samples = page.asarray()
        if page.planarconfig == tifffile.PLANARCONFIG.SEPARATE and samples.ndim == 3:
            samples = np.moveaxis(samples, 0, -1)
        if samples.dtype == np.bool_:
            samples = samples.astype(np.uint8) * 255
        if page.photometric == kinds.MINISWHITE:
            samples = 1 - samples if samples.dtype.kind == "f" else np.iinfo(samples.dtype).max - samples
        orientation = page.tags.valueof(_ORIENTATION) or 1
        profile = page.iccprofile
        premultiplied = tifffile.EXTRASAMPLE.ASSOCALPHA in page.extrasamples
    rgb, alpha = _split(path, _upright(samples, orientation))
    if alpha is not None and premultiplied:
        rgb = _unmultiply(rgb, alpha)
    return Decoded(rgb, alpha, _colour(profile), _tiff_exif(path))


def _unmultiply(rgb: Samples, alpha: Samples) -> Samples:
    top = 1.0 if rgb.dtype == np.float32 else float(np.iinfo(rgb.dtype).max)
    straight = rgb * np.divide(top, alpha, out=np.zeros(alpha.shape), where=alpha > 0)[..., None]
    return straight.astype(np.float32) if rgb.dtype == np.float32 else straight.clip(0, top).round().astype(rgb.dtype)


def _tiff_exif(path: Path) -> bytes | None:
    """The camera's tags of a TIFF file, without those that describe its layout."""
    camera = {0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x8298}
    exif = Pillow.Exif()
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exif.load_from_fp(file)
            shots = dict(exif.get_ifd(0x8769)) if 0x8769 in exif else {}
            kept = {tag: value for tag, value in exif.items() if tag in camera}
    except Exception:  # damaged tags; the pixels were read all the same
        return None
    fresh = Pillow.Exif()
    fresh.update(kept | ({0x8769: shots} if shots else {}))
    return fresh.tobytes() if kept or shots else None


def to_float(samples: Samples) -> NDArray[np.float32]:
    """The file's samples as float32, 0..1 for 8 and 16 bits."""
    if samples.dtype == np.float32:
        return samples
    return samples.astype(np.float32) / np.float32(np.iinfo(samples.dtype).max)
