"""Parts: what of a picture belongs together, for a click that keeps or drops it."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.image import Pixels
from editor.core.warp import Warp

Mask = NDArray[np.bool_]
LIKE = 9.0  # how far the colour of one place may be from that of the next, in 8-bit units
MOST = 0.6  # of the product: a part that is more of it is told apart by its colours
HOLE = 0.15  # share of product below which a place is a hole
NARROW, AWAY = 0.03, 0.012  # of the longer side: half of how wide a dent may be; how far from where nothing is
CLOSED = 0.8  # share of product that must be around it
SPECK = 0.002  # of the whole product: parts that are less are not counted


def kept(rgb: Pixels, matte: Pixels, place: tuple[int, int]) -> Pixels:
    """The matte (h, w) with the part at `place` (x, y) in it as well: what the rough matte has a notion of there, else
    what is of one colour with it."""
    x, y = place
    notion = float(matte[y, x])
    part = _connected(matte > notion / 2, place) if notion > 0.05 else like(rgb, place) & (matte < 0.5)
    soft = cv2.GaussianBlur(part.astype(np.float32), (0, 0), 0.8)
    return np.asarray(np.maximum(matte, soft), np.float32)


def dropped(rgb: Pixels, matte: Pixels, place: tuple[int, int]) -> Pixels:
    """The matte (h, w) without the part at `place` (x, y). Where that hangs together with most of the product, the part
    is what is of one colour with the place."""
    x, y = place
    solid = matte > 0.5
    if not solid[y, x]:
        return matte
    part = _connected(solid, place)
    if part.sum() > MOST * solid.sum() and not _several(solid):
        part = like(rgb, place) & solid
    near = cv2.dilate(part.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    gone = cv2.GaussianBlur((part | (near & ~solid)).astype(np.float32), (0, 0), 0.8)
    return np.asarray(matte * (1 - gone.clip(0, 1)), np.float32)


def _several(solid: Mask) -> bool:
    count, _, stats, _ = cv2.connectedComponentsWithStats(solid.astype(np.uint8))
    return int((stats[1:count, cv2.CC_STAT_AREA] > 0.05 * solid.sum()).sum()) > 1


def _connected(mask: Mask, place: tuple[int, int]) -> Mask:
    _, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
    label = labels[place[1], place[0]]
    return np.asarray((labels == label) & mask, np.bool_)


def like(rgb: Pixels, place: tuple[int, int]) -> Mask:
    """What is of one colour with a place and hangs together with it, once the grain is smoothed."""
    levels = (rgb.clip(0, 1) * 255 + 0.5).astype(np.uint8)
    smooth = cv2.bilateralFilter(cv2.cvtColor(levels, cv2.COLOR_RGB2Lab), 7, 18, 5)
    mask = np.zeros((rgb.shape[0] + 2, rgb.shape[1] + 2), np.uint8)
    steps = (LIKE, LIKE, LIKE)
    cv2.floodFill(smooth, mask, place, (0, 0, 0), steps, steps, 8 | cv2.FLOODFILL_MASK_ONLY | (1 << 8))
    found = cv2.morphologyEx(mask[1:-1, 1:-1], cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    return np.asarray(found > 0, np.bool_)


def places(points: Iterable[tuple[float, float]], warp: Warp, size: tuple[int, int]) -> list[tuple[int, int]]:
    """Points of the photo (fractions) as pixels of a picture of `size` that `warp` leads back from; without those that
    are not on it."""
    found = []
    for point in points:
        at = warp.after(np.array([point]) * warp.source)[0] * size / warp.size
        if 0 <= at[0] < size[0] and 0 <= at[1] < size[1]:
            found.append((int(at[0]), int(at[1])))
    return found


def inside(box: tuple[float, float, float, float], warp: Warp, size: tuple[int, int]) -> Pixels:
    """A rectangle of the photo (x, y, width, height, fractions) as it lies on a picture of `size`: 1 inside, else 0."""
    x, y, width, height = box
    corners = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    there = warp.after(corners * warp.source) * size / warp.size
    mask = np.zeros((size[1], size[0]), np.float32)
    cv2.fillPoly(mask, [np.round(there * 16).astype(np.int32)], 1.0, cv2.LINE_8, 4)
    return mask


def without_specks(matte: Pixels, least: float = SPECK) -> Pixels:
    """The matte without parts that are less than `least` of it."""
    seen = (matte > 0.1).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(seen, connectivity=8)
    areas = stats[1:count, cv2.CC_STAT_AREA]
    if count < 3:
        return matte
    large = np.concatenate([[False], areas >= least * areas.sum()])
    return np.where(large[labels] | (labels == 0), matte, 0).astype(np.float32)


def without_dents(matte: Pixels) -> Pixels:
    """The matte with what is all around product filled up, where it was doubted but not denied: a highlight, a print.

    What goes below HOLE at its deepest is a hole, and stays. A dent that reaches the outline is filled as far as it is
    narrow and away from where there is no product.
    """
    filled = matte
    for level in (0.5, 0.6, 0.7, 0.8, 0.9):
        count, labels = cv2.connectedComponents((filled < level).astype(np.uint8), connectivity=4)
        deepest = np.ones(count, np.float32)
        np.minimum.at(deepest, labels.ravel().astype(np.intp), filled.ravel())
        dents = np.flatnonzero(deepest >= HOLE)
        dents = dents[dents > 0]
        if len(dents):
            filled = np.where(np.isin(labels, dents), np.float32(1), filled)
    longer = max(matte.shape)
    side = 2 * round(NARROW * longer) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    closed = cv2.morphologyEx(filled, cv2.MORPH_CLOSE, disc, borderType=cv2.BORDER_REPLICATE)
    away = cv2.distanceTransform((filled > HOLE).astype(np.uint8), cv2.DIST_L2, 5) > AWAY * longer
    return np.where(away & (closed > CLOSED), np.float32(1), filled).astype(np.float32)
