"""Matte file: where the product is, as a grey picture of its own: one made elsewhere, and the one kept beside a photo.

`NAME.EXT.packshot.matte.png` beside `NAME.EXT` is a matte that a person has opened for that photo; `Photo.open` takes
it along. It is put aside as `.bak`, as sidecars are, when the photo is written over or the matte is taken away.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container
from pathlib import Path

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from editor.core.files import replacing
from editor.core.formats import PhotoError, Samples, to_float
from editor.core.read import decode
from editor.core.sidecar import aside

ENDING = ".packshot.matte.png"
SAVED = re.compile(r"(.+?)(-copy-[1-9][0-9]*)?-matte(-[1-9][0-9]*)?\.png", re.IGNORECASE)  # beside the photo NAME
_GREY = 0  # colour type of a PNG, its byte 25 (W3C PNG, 11.2.1)
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)  # of red, green and blue: ITU-R BT.709


def matte_path(photo: Path) -> Path:
    """Where the matte of a photo is kept."""
    return photo.with_name(photo.name + ENDING)


def read_matte(path: Path) -> Samples:
    """A matte (h, w), uint8 or uint16, white where the product is, from any picture file that Packshot reads.

    Where the picture is transparent somewhere, its alpha is the matte, else its colours as grey. Raises PhotoError.
    """
    decoded = decode(path)
    samples, alpha = decoded.samples, decoded.alpha
    if alpha is not None and to_float(alpha).min() < 1:
        plane = alpha
    elif samples.shape[2] == 1:
        plane = samples[..., 0]
    elif samples.shape[2] == 3:
        if not (samples == samples[..., :1]).all():
            return _whole(to_float(samples) @ _LUMA, samples.dtype == np.uint8)
        plane = samples[..., 0]
    else:
        raise PhotoError(path, "is a picture in printing inks, which is no matte; save it in grey")
    return _whole(plane, False) if plane.dtype.kind == "f" else np.ascontiguousarray(plane)


def is_saved_matte(path: Path, stems: Container[str]) -> bool:
    """Whether a file is the matte of a photo beside it, of whose names without suffix `stems` are: by its name, and by
    being a grey PNG, for a lipstick may be matte as well. Raises OSError.
    """
    match = SAVED.fullmatch(path.name)
    if match is None or not (match[1] in stems or match[1] + (match[2] or "") in stems):
        return False
    with path.open("rb") as file:
        head = file.read(26)
    return head.startswith(b"\x89PNG") and len(head) == 26 and head[25] == _GREY


def keep_matte(photo: Path, matte: Samples) -> None:
    """Keeps `matte` (h, w) uint8 or uint16 beside a photo, in place of one that is kept already. Raises PhotoError."""
    path = matte_path(photo)
    try:
        with replacing(path) as file:
            file.write(imagecodecs.png_encode(np.ascontiguousarray(matte), level=6))
    except OSError as error:
        raise PhotoError(path, f"cannot be written ({error.strerror or error})") from None


def put_matte_aside(photo: Path) -> Path | None:
    """Puts the matte that is kept beside a photo out of force, as `.bak`: its new name; None: there is none.

    Raises OSError.
    """
    path = matte_path(photo)
    return path.rename(aside(path)) if os.path.lexists(path) else None


def _whole(plane: NDArray[np.float32], shallow: bool) -> Samples:
    """Values 0..1 as whole numbers, of 8 bits or of 16."""
    top, kind = (255, np.uint8) if shallow else (65535, np.uint16)
    return (np.nan_to_num(plane).clip(0, 1) * np.float32(top) + np.float32(0.5)).astype(kind)
