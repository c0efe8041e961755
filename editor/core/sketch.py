"""Sketch: a photo at a glance: smaller, and sooner than it can be opened. To look at, never to edit or to write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from editor.core.color import Space
from editor.core.formats import PhotoError, Samples, to_float
from editor.core.image import Image
from editor.core.read import draft, size_of, thumbnail
from editor.core.read.decoded import Decoded

WORTH = 3_000_000  # pixels; a smaller photo is opened as soon
_AMPLE = 1.3  # times as large as asked for, and more, is shrunk
_ALIKE = 0.02  # a camera's preview may lack a few rows; one of another shape would jump when the photo comes


@dataclass(frozen=True, eq=False)
class Sketch:
    """All of a photo, in `image`, at the scale of that; `size` is the photo's own, upright."""

    path: Path
    size: tuple[int, int]
    image: Image


def sketch(path: Path, longest: int) -> Sketch | None:
    """A sketch about `longest` pixels long; None where opening is as quick, or will say what is wrong with the file."""
    try:
        size = size_of(path)
        seen = draft(path, longest) if size[0] * size[1] >= WORTH else None
    except PhotoError:
        return None
    if seen is None:
        return None
    height, width = seen.samples.shape[:2]
    if abs(width / height * size[1] / size[0] - 1) > _ALIKE:
        return None
    if max(width, height) > _AMPLE * longest and seen.alpha is None and seen.samples.dtype == np.uint8:
        ratio = longest / max(width, height)  # JPEG shrinks by powers of two; colours cost more than pixels
        width, height = max(1, round(width * ratio)), max(1, round(height * ratio))
        seen = replace(seen, samples=_resized(seen.samples, (width, height)))
    return Sketch(path, size, _image(seen, width / size[0]))


def miniature(path: Path, side: int) -> Image:
    """The photo within `side` x `side` pixels; its scale is not known, and 1. Raises PhotoError."""
    return _image(thumbnail(path, side), 1.0)


def _resized(samples: Samples, size: tuple[int, int]) -> Samples:
    planes = samples[..., 0] if samples.shape[2] == 1 else samples
    mode = {1: "L", 3: "RGB", 4: "CMYK"}[samples.shape[2]]
    whole = Pillow.frombuffer(mode, samples.shape[1::-1], np.ascontiguousarray(planes), "raw", mode, 0, 1)
    return np.asarray(whole.resize(size, Pillow.Resampling.BOX)).reshape(size[1], size[0], -1)


def _image(seen: Decoded, scale: float) -> Image:
    space = Space.of(seen.profile, seen.samples.shape[2])
    rgb = np.ascontiguousarray(space.to_working(to_float(seen.samples)))
    return Image(rgb, None if seen.alpha is None else to_float(seen.alpha), scale)
