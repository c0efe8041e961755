"""Crop: a product taken out of its photo, small, centred and of one size, as networks of products see it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from editor.core.image import Pixels
from editor.craft.likeness import decided
from editor.craft.matting import colours_of
from editor.craft.parts import without_specks

FILLED = 0.875  # of a side that the product's longer side takes
SOLID = 0.5  # of a pixel: more is product, where its ends are looked for
DOUBT = (0.15, 0.85)  # alpha that a network draws: below there is nothing, above it is solid
CRUMB = 0.04  # of a product that a network draws: smaller parts beside it are none
CLEAR = 0.5  # of a pixel: of less, what was drawn says little of its colour
FINER = 3  # times as fine is read what is shrunk
_FEW = np.float32(1 / 255)


@dataclass(frozen=True)
class Crop:
    """The square of a photo in which its product lies: left and top corner and side, in photo pixels; it may reach
    beyond the photo."""

    left: float
    top: float
    side: float


def crop_of(matte: Pixels, scale: float = 1.0) -> Crop | None:
    """The square around what a matte (h, w) of a whole photo holds, shrunk by `scale`; None where it holds nothing."""
    solid = matte > SOLID
    columns, rows = np.flatnonzero(solid.any(0)), np.flatnonzero(solid.any(1))
    if not len(rows):
        return None
    left, right, top, bottom = columns[0], columns[-1] + 1, rows[0], rows[-1] + 1
    side = max(right - left, bottom - top) / FILLED
    return Crop(*(float(v) / scale for v in ((left + right - side) / 2, (top + bottom - side) / 2, side)))


def cropped(rgb: Pixels, matte: Pixels, crop: Crop, side: int, scale: float = 1.0) -> Pixels:
    """What `crop` names of a whole photo (h, w, 3) and its matte (h, w), both shrunk by `scale`: straight RGBA
    float32 (side, side, 4), white where there is nothing of the product."""
    fine = FINER * side if crop.side * scale > side else side
    by = fine / (crop.side * scale)
    move = np.array(
        [[by, 0, -crop.left * scale * by + 0.5 * by - 0.5], [0, by, -crop.top * scale * by + 0.5 * by - 0.5]]
    )
    planes = np.dstack([rgb * matte[..., None], matte]).astype(np.float32)
    if by < 0.5:  # finer than that, pixels would be left out
        less = max(1, round(planes.shape[1] * by)), max(1, round(planes.shape[0] * by))
        whole = np.diag([planes.shape[1] / less[0], planes.shape[0] / less[1]])
        planes = np.asarray(cv2.resize(planes, less, interpolation=cv2.INTER_AREA), np.float32)
        move[:, :2] = move[:, :2] @ whole
        move[:, 2] = -np.array([crop.left, crop.top]) * scale * by + 0.5 * np.diag(move) - 0.5
    out = cv2.warpAffine(planes, move, (fine, fine), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    if fine != side:
        out = cv2.resize(out, (side, side), interpolation=cv2.INTER_AREA)
    alpha = out[..., 3:].clip(0, 1)
    colour = np.where(alpha > _FEW, out[..., :3] / np.maximum(alpha, _FEW), 1)
    return np.dstack([colour.clip(0, 1), alpha]).astype(np.float32)


def over_white(rgba: Pixels) -> Pixels:
    """A crop (s, s, 4) as networks take it: red, green and blue over white, and alpha, (1, 4, s, s)."""
    alpha = rgba[..., 3:]
    return np.ascontiguousarray(np.dstack([1 + alpha * (rgba[..., :3] - 1), alpha]).transpose(2, 0, 1)[None])


def straight(picture: Pixels) -> Pixels:
    """What a network drew, (4, s, s) over white with alpha, as straight RGBA (s, s, 4).

    What it doubts becomes there or not there, and specks go. Where there is little of the product, white shines through
    what was drawn; its colour is then that of what is beside it.
    """
    planes = picture.transpose(1, 2, 0).clip(0, 1)
    alpha = np.ascontiguousarray(planes[..., 3])
    own = ((planes[..., :3] - (1 - alpha[..., None])) / np.maximum(alpha[..., None], CLEAR)).clip(0, 1)
    sure = ((alpha - CLEAR) / (1 - CLEAR)).clip(0, 1)
    beside, _ = colours_of(np.asarray(own, np.float32), np.asarray(sure * sure, np.float32))
    colour = beside + (sure / (1 - CLEAR)).clip(0, 1)[..., None] * (own - beside)
    return np.dstack([colour, without_specks(decided(alpha, *DOUBT), CRUMB)]).astype(np.float32)


def unlikeness(seen: Pixels, drawn: Pixels) -> float:
    """How much pictures (4, s, s) over white with alpha differ, root mean square over the product that is seen."""
    square = np.square(seen - drawn).mean(0)
    return float(np.sqrt((square * seen[3]).sum() / max(float(seen[3].sum()), 1e-3)))
