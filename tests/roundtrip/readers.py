"""Readers: what other programs say is in a file, and how far two pictures are apart."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import imagecodecs
import numpy as np
import pillow_heif
import tifffile
from skimage.color import deltaE_ciede2000, xyz2lab

from editor.core.cms import decode
from editor.core.color import Space

XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
KEPT = (  # what exiftool must still find
    "Make", "Model", "ExposureTime", "LensModel", "DateTimeOriginal", "Artist", "Copyright", "GPSLatitude", "Title",
    "Rating",
)  # fmt: skip


def magick(path: Path, size: tuple[int, int], form: str) -> np.ndarray:
    """float (h, w, n) of 0..1 by ImageMagick; `form` is "rgb", "rgba", "cmyk" or "gray"."""
    command = ["convert", f"{path}[0]", "-depth", "16", "-endian", "LSB", f"{form}:-"]
    data = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(data, "<u2").reshape(size[1], size[0], -1) / 65535


def other(path: Path, size: tuple[int, int], channels: int, alpha: bool) -> np.ndarray:
    """The samples of a file as a program other than Packshot reads them, float (h, w, n), alpha last."""
    if path.suffix == ".jxl":
        data = imagecodecs.jpegxl_decode(path.read_bytes())
    elif path.suffix == ".avif":
        data = imagecodecs.avif_decode(path.read_bytes())
        if data.dtype == np.uint16:
            return data / (1023 if data.max() < 1024 else 4095)
    elif path.suffix == ".heic":
        file = pillow_heif.open_heif(path, convert_hdr_to_8bit=False)
        data = np.asarray(file)
    elif path.suffix == ".tif" and tifffile.imread(path).dtype == np.float32:
        return tifffile.imread(path)
    else:
        form = {1: "gray", 3: "rgb", 4: "cmyk"}[channels] + ("a" if alpha and channels != 1 else "")
        return magick(path, size, form)
    return data if data.dtype == np.float32 else data / np.iinfo(data.dtype).max


def difference(one: np.ndarray, two: np.ndarray, space: Space) -> tuple[float, float]:
    """Mean and greatest CIEDE2000 between samples (h, w, n) of one space; beyond its gamut as they stand."""
    labs = [xyz2lab(decode(space.to_working(s.astype(np.float32))) @ XYZ.T) for s in (one, two)]
    delta = deltaE_ciede2000(*labs)
    return float(delta.mean()), float(delta.max())


def exif(path: Path) -> dict[str, object]:
    """Everything that exiftool finds, by group and name."""
    done = subprocess.run(["exiftool", "-j", "-G1", "-a", "-struct", path], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout)[0])


def plain(tags: dict[str, object]) -> dict[str, object]:
    """The tags without their groups."""
    return {name.split(":")[-1]: value for name, value in tags.items()}


def profile(path: Path) -> bytes:
    """The ICC profile in a file, by exiftool; empty where there is none."""
    return subprocess.run(["exiftool", "-b", "-icc_profile", path], capture_output=True, check=True).stdout


def magick_upright(path: Path) -> np.ndarray:
    """float (h, w, 3) of 0..1, turned as EXIF says by ImageMagick."""
    turned = path.with_name("upright.png")
    subprocess.run(["convert", path, "-auto-orient", turned], check=True)
    size = subprocess.run(["identify", "-format", "%w %h", turned], capture_output=True, text=True, check=True).stdout
    width, height = map(int, size.split())
    return magick(turned, (width, height), "rgb")
