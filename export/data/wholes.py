"""Wholes: photos of which every pixel is known to be product or not, used as they are."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from pathlib import Path

import cv2
import numpy as np

from export.data.composite import Chance
from export.data.mattes import Bytes, Floats

BLANK = 0.3  # of what is under the transparency has one and the same colour: then it is not the photo


@dataclass(frozen=True)
class Whole:
    """A photo (h, w, 3) and its matte (h, w)."""

    rgb: Bytes
    alpha: Bytes


def whole(path: Path) -> Whole | None:
    """The photo with its matte as alpha, where that is what the file holds: under the transparency its colours are
    left. None for any other picture."""
    if path.suffix.lower() not in (".png", ".webp"):
        return None
    pixels = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.ndim != 3 or pixels.shape[2] != 4:
        return None
    hidden = pixels[..., :3][pixels[..., 3] == 0]
    if not len(hidden) or np.unique(hidden[::7], axis=0, return_counts=True)[1].max() > BLANK * len(hidden[::7]):
        return None
    rgb = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGB), np.uint8)
    return Whole(rgb, np.ascontiguousarray(pixels[..., 3], np.uint8))


def seen(photo: Whole, chance: Chance, size: int) -> tuple[Floats, Floats]:
    """A square part of a photo, more or less of it, a little turned, half the time mirrored: (size, size, 3) and its
    matte (size, size). Beside the photo it is mirrored."""
    height, width = photo.alpha.shape
    side = float(chance.uniform(0.75 * min(height, width), 1.05 * max(height, width)))
    turn = radians(float(chance.normal(0, 6)) if chance.random() < 0.6 else 0.0)
    zoom, flip = size / side, -1.0 if chance.random() < 0.5 else 1.0
    matrix = zoom * np.array([[flip * cos(turn), -sin(turn)], [flip * sin(turn), cos(turn)]])
    free = np.maximum(np.array([width, height]) - side, 0)
    middle = np.array([width, height]) / 2 + free * (chance.random(2) - 0.5)
    affine = np.column_stack([matrix, size / 2 - matrix @ middle])
    stack = np.dstack([photo.rgb, photo.alpha])
    if zoom < 0.6:
        small = max(2, round(width * zoom * 1.5)), max(2, round(height * zoom * 1.5))
        stack = np.asarray(cv2.resize(stack, small, interpolation=cv2.INTER_AREA), np.uint8)
        affine[:, 0] *= width / small[0]
        affine[:, 1] *= height / small[1]
    out = cv2.warpAffine(stack, affine, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    part = out.astype(np.float32) / np.float32(255)
    return part[..., :3], np.ascontiguousarray(part[..., 3])
