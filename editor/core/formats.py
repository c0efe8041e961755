"""Formats: picture files to arrays of pixels and back, by the libraries that know them best."""

from __future__ import annotations

import io
import logging
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

Samples = NDArray[Any]  # uint8, uint16 or float32

log = logging.getLogger("packshot.formats")
MOST_PIXELS = 1_000_000_000
MOST_JPEG_EXIF = 65_527  # bytes that one segment has room for
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


def to_float(samples: Samples) -> NDArray[np.float32]:
    """The file's samples as float32, 0..1 for 8 and 16 bits."""
    if samples.dtype == np.float32:
        return samples
    return samples.astype(np.float32) / np.float32(np.iinfo(samples.dtype).max)


def in_memory() -> io.BytesIO:
    """A file that is not on a disk, for `-o -`."""
    return io.BytesIO()
