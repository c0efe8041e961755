"""Spill: the tint that a product throws on the ground around it, and how it follows when the product is dyed."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.geometry import Region, scaled
from editor.core.image import Image, Pixels
from editor.craft.field import spread_to
from editor.craft.likeness import COLOURLESS, decided
from editor.craft.oklab import oklab_of, rgb_from
from editor.craft.strips import each_strip

Bytes = NDArray[np.uint8]
SIDE = 256  # pixels on the longer side that tints are looked at: they are soft
FAR = 0.16  # of the longer side: how far from the product its tint is looked for
MOST = 0.5  # of the product's chroma: more is no spill
PAPER = (0.05, 0.12)  # chroma up to which, beside the tint, ground counts as paper, and from which it has a colour
NOISE = 0.006  # of a tint, as part of the product's chroma: less is noise


def spill_of(lab: Pixels, matte: Pixels, cover: Pixels, base: Pixels) -> Bytes | None:
    """How much of the chroma of a part, whose own colour is `base` (3,), the ground around has taken on: a map (h, w)
    of all of the picture, where 255 is MOST. None: nothing that could be seen, or nobody can tell.

    `lab` (h, w, 3), OKLab, is the picture, `matte` (h, w) where the product is and `cover` (h, w) where the part is.
    What the ground has without the product is taken from where it is far away.
    """
    chroma = float(np.hypot(base[1], base[2]))
    by = min(1.0, SIDE / max(matte.shape))
    side = max(1, round(matte.shape[1] * by)), max(1, round(matte.shape[0] * by))
    small, share, part = (
        np.asarray(cv2.resize(p, side, interpolation=cv2.INTER_AREA), np.float32) for p in (lab, matte, cover)
    )
    ground = cv2.erode((share < 0.02).astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=1)
    if chroma < COLOURLESS or not ground.any() or not (part > 0.5).any():
        return None
    away = np.float32(1 / max(side)) * cv2.distanceTransform((part <= 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    far = (ground > 0) & (away >= min(FAR, float(np.percentile(away[ground > 0], 80))))
    own = np.median(small[far], axis=0) if far.any() else np.zeros(3, np.float32)
    tint = small[..., 1:] - own[1:]
    along = (tint @ base[1:]) / np.float32(chroma * chroma)
    across = np.hypot(*np.moveaxis(tint - along[..., None] * base[1:], 2, 0)) + np.hypot(own[1], own[2])
    paper = 1 - decided(across, *PAPER)
    sigma = max(1.0, 0.012 * max(side))
    weight = ground * paper
    mass = np.asarray(cv2.GaussianBlur(weight, (0, 0), sigma), np.float32)
    soft = cv2.GaussianBlur(weight * along, (0, 0), sigma) / np.maximum(mass, np.float32(1e-3))
    spilt = (
        (soft - NOISE).clip(0, MOST)
        * decided(mass, 0, 0.2)
        * (1 - decided(np.asarray(away, np.float32), 0.5 * FAR, FAR))
    )
    if not spilt.max() > NOISE:
        return None
    return np.asarray(spilt * np.float32(255 / MOST) + 0.5).astype(np.uint8)


def respilled(
    rgb: Pixels, image: Image, spill: Bytes, size: tuple[int, int], base: Pixels, target: Pixels, strength: float
) -> Pixels:
    """`rgb` (h, w, 3), of `image`'s region of a picture of `size`, with what the ground took from a part whose colour
    was `base` (3,) as it would be from one of `target` (3,), OKLab: as light as it was. Nothing of the product."""
    whole = scaled(size, image.scale)
    there = _where(spill, whole).clip(image.region)
    product = image.product
    if there.empty or product is None:
        return rgb
    step = (target[1:] - base[1:]) * np.float32(MOST * strength)
    window = np.s_[there.y - image.origin[1] :, there.x - image.origin[0] :]
    out = rgb.copy()
    made, share = out[window][: there.height, : there.width], product[window][: there.height, : there.width]
    seen = None if image.alpha is None else image.alpha[window][: there.height, : there.width]

    def work(rows: slice) -> None:
        region = Region(there.x, there.y + rows.start, there.width, rows.stop - rows.start)
        amount = spread_to(spill, whole, region) * (1 - share[rows])
        if seen is not None:
            amount *= seen[rows] > 0
        chosen = amount > 1 / 512
        if not chosen.any():
            return
        before = made[rows][chosen]
        lab = oklab_of(before)
        moved = lab.copy()
        moved[:, 1:] += amount[chosen][:, None] * step
        made[rows][chosen] = before + (rgb_from(moved) - rgb_from(lab))  # which is exact where nothing moves

    each_strip(work, (there.width, there.height))
    return out


def _where(spill: Bytes, whole: tuple[int, int]) -> Region:
    """The part of a picture of `whole` pixels outside of which there is none."""
    rows, columns = (np.flatnonzero(spill.any(axis)) for axis in (1, 0))
    if not len(rows):
        return Region(0, 0, 0, 0)
    height, width = spill.shape
    across, down = whole[0] / width, whole[1] / height
    x, y = max(0, int((columns[0] - 1) * across)), max(0, int((rows[0] - 1) * down))
    right, bottom = int((columns[-1] + 2) * across) + 1, int((rows[-1] + 2) * down) + 1
    return Region(x, y, min(whole[0], right) - x, min(whole[1], bottom) - y)
