"""Sketch: a photo at a glance: smaller, and sooner than it can be opened. To look at, never to edit or to write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from editor.core.color import Space
from editor.core.formats import PhotoError, to_float
from editor.core.image import Image
from editor.core.read import draft, size_of, thumbnail
from editor.core.read.decoded import Decoded

WORTH = 3_000_000  # pixels; a smaller photo is opened as soon
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
    return Sketch(path, size, _image(seen, width / size[0]))


def miniature(path: Path, side: int) -> Image:
    """The photo within `side` x `side` pixels; its scale is not known, and 1. Raises PhotoError."""
    return _image(thumbnail(path, side), 1.0)


def _image(seen: Decoded, scale: float) -> Image:
    space = Space.of(seen.profile, seen.samples.shape[2])
    rgb = np.ascontiguousarray(space.to_working(to_float(seen.samples)), np.float32)
    return Image(rgb, None if seen.alpha is None else to_float(seen.alpha), scale)
