"""Formats: what files there are, what each can hold, and how trouble with one is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

Samples = NDArray[Any]  # uint8, uint16 or float32

MOST_PIXELS = 1_000_000_000
Pillow.MAX_IMAGE_PIXELS = None  # MOST_PIXELS is asked instead, before anything is decoded

_DEPTHS = {"uint8": "8", "uint16": "16", "float32": "float"}


class PhotoError(Exception):
    """A file that cannot be read or written; the message names it and gives the reason in one line."""

    def __init__(self, path: Path | str, reason: str) -> None:
        name = "".join(c if c.isprintable() else "?" for c in str(path))
        super().__init__(f"{name}: {' '.join(reason.split())}")


@dataclass(frozen=True)
class Format:
    """A kind of file that can be written: its suffixes and the depths ("8", "10", "12", "16", "float") it holds."""

    name: str
    suffixes: tuple[str, ...]
    depths: tuple[str, ...]
    alpha: bool = True
    grey: bool = False
    cmyk: bool = False
    profile: bool = True  # whether it says its colours by an ICC profile; without, all is sRGB
    lossy: bool = False  # whether it has a quality
    lossless: bool = True  # whether it can do without loss
    subsampling: bool = False  # whether one may choose how finely its colours are kept
    progressive: bool = False  # whether it can be shown coarse at first
    most_side: int | None = None  # pixels that it holds on a side, where that is less than a photo may have


FORMATS = (
    Format(
        "JPEG", (".jpg", ".jpeg", ".jpe"), ("8",), alpha=False, grey=True, cmyk=True, lossy=True, lossless=False,
        subsampling=True, progressive=True, most_side=65_500,
    ),
    Format("PNG", (".png",), ("8", "16"), grey=True),
    Format("TIFF", (".tif", ".tiff"), ("8", "16", "float"), grey=True, cmyk=True),
    Format("WebP", (".webp",), ("8",), lossy=True, most_side=16_383),
    Format("AVIF", (".avif",), ("8", "10", "12"), lossy=True, subsampling=True, most_side=65_536),
    Format("JXL", (".jxl",), ("8", "16", "float"), profile=False, lossy=True),
)  # fmt: skip
RAW_SUFFIXES = (
    ".dng", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".srf", ".sr2", ".raf", ".orf", ".rw2", ".pef", ".srw",
    ".3fr", ".fff", ".iiq", ".mrw", ".mef", ".mos", ".erf", ".kdc", ".dcr", ".x3f",
)  # fmt: skip
READABLE = (
    *(suffix for known in FORMATS for suffix in known.suffixes),
    ".heic", ".heif", ".hif", ".gif", ".bmp", ".psd", ".psb",
    *RAW_SUFFIXES,
)  # fmt: skip


def format_of(path: Path) -> Format:
    """The format that a file name asks for. Raises PhotoError."""
    for known in FORMATS:
        if path.suffix.lower() in known.suffixes:
            return known
    asked = path.suffix or "a file without suffix"
    raise PhotoError(path, f"cannot write {asked}; use .jpg, .png, .tif, .webp, .avif or .jxl")


def depth_of(samples: Samples) -> str:
    """ "8", "16" or "float"."""
    return _DEPTHS[samples.dtype.name]


def to_float(samples: Samples) -> NDArray[np.float32]:
    """The file's samples as float32, 0..1 for 8 and 16 bits."""
    if samples.dtype.kind == "f":
        return samples.astype(np.float32, copy=False)
    return samples.astype(np.float32) / np.float32(np.iinfo(samples.dtype).max)
