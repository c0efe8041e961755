"""Mattes: products and the exact share that each pixel of a photo has of them, from photos on white and with alpha."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from export.data.photos import read

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
WHITE = 8  # how far below 255 the darkest channel of white paper may be
PURE = 3  # and of white that was painted in by a retoucher
HARD = 28  # how far below 255 three quarters of the pixels around a hole are at least
GREY = 14  # how far the channels of a shadow on white may differ
DARKEST = 150  # the darkest that such a shadow is
STEP = 5.0  # the steepest slope in it, in levels a pixel
LONGEST = 512  # pixels on a side that a product is kept at


@dataclass(frozen=True)
class Product:
    """A product cut out of its photo, as tight as can be.

    `rgb` (h, w, 3) has the product's own colour also where it is half transparent, `alpha` is (h, w); `cut` says at
    which sides (left, top, right, bottom) the photo's edge goes through it, `worn` whether a person wears it.
    """

    rgb: Bytes
    alpha: Bytes
    cut: tuple[bool, bool, bool, bool] = (False, False, False, False)
    worn: bool = False


def product(path: Path) -> Product | None:
    """The product on a photo: by its alpha, or else as it stands out from white. None where it cannot be told."""
    pixels = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is not None and pixels.ndim == 3 and pixels.shape[2] == 4:
        eight = np.asarray(pixels if pixels.dtype == np.uint8 else pixels // 257, np.uint8)
        rgb = np.asarray(cv2.cvtColor(eight, cv2.COLOR_BGRA2RGB), np.uint8)
        found: tuple[Bytes, Bytes] | None = (rgb, without_shadow(eight[..., 3]))
    else:
        found = from_white(read(path))
    return None if found is None else trimmed(*found)


def trimmed(rgb: Bytes, alpha: Bytes) -> Product | None:
    """The part that holds the product; None if there is too little or too much of one."""
    solid = alpha > 127
    if not 0.01 < solid.mean() < 0.9:
        return None
    edges = (solid[:, 0], solid[0], solid[:, -1], solid[-1])
    cut = tuple(bool(edge.mean() > 0.02) for edge in edges)
    x, y, width, height = cv2.boundingRect((alpha > 12).astype(np.uint8))
    window = np.s_[y : y + height, x : x + width]
    rgb, alpha = rgb[window], alpha[window]
    if (factor := LONGEST / max(width, height)) < 1:
        weight = alpha[..., None].astype(np.float32) / 255
        size = max(1, round(width * factor)), max(1, round(height * factor))
        mixed = cv2.resize(np.dstack([rgb * weight, weight * 255]), size, interpolation=cv2.INTER_AREA)
        alpha = (mixed[..., 3] + 0.5).astype(np.uint8)
        rgb = (mixed[..., :3] * 255 / np.maximum(mixed[..., 3:], 1) + 0.5).clip(0, 255).astype(np.uint8)
    return Product(np.ascontiguousarray(rgb), np.ascontiguousarray(alpha), (cut[0], cut[1], cut[2], cut[3]))


def without_shadow(alpha: Bytes) -> Bytes:
    """The alpha (h, w) of a cut-out without its soft shadow: what is not at the edge of something solid goes."""
    solid = cv2.morphologyEx((alpha > 242).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    near = cv2.dilate(solid, np.ones((5, 5), np.uint8)) > 0
    return np.where(near, alpha, 0).astype(np.uint8)


def from_white(rgb: Bytes) -> tuple[Bytes, Bytes] | None:
    """Colours and alpha of what stands on white in a photo (h, w, 3); None where the background is not white.

    White that reaches the photo's edge is background, and so are grey, smooth shadows next to it, and holes of pure
    white with a hard edge. Along the edge a pixel is unmixed into white and the product's colour nearby: the share that
    explains it best by I = alpha F + (1 - alpha) 255 (Smith and Blinn, "Blue Screen Matting", SIGGRAPH 1996, where the
    backing is known and F is not free).
    """
    short = 255 - np.minimum(np.minimum(rgb[..., 0], rgb[..., 1]), rgb[..., 2])
    white = (short <= WHITE).astype(np.uint8)
    rim = np.concatenate([white[0], white[-1], white[:, 0], white[:, -1]])
    if rim.mean() < 0.3:
        return None
    behind = _touching(white)
    behind = _with_shadows(rgb, behind)
    behind |= _holes(short, behind)
    opened = cv2.morphologyEx((~behind).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    solid = np.asarray(opened, np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    specks = [i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] < 0.0008 * solid.size]
    solid[np.isin(labels, specks)] = 0
    if not solid.any():
        return None
    return _unmixed(rgb, solid)


def _touching(mask: Bytes) -> NDArray[np.bool_]:
    """The parts of a mask that reach the picture's edge."""
    _, labels = cv2.connectedComponents(mask, connectivity=4)
    rim = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return np.asarray(np.isin(labels, rim[rim > 0]), np.bool_)


def _with_shadows(rgb: Bytes, behind: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The background with the shadows that lie next to it: grey, light, and without a steep slope anywhere."""
    soft = cv2.GaussianBlur(rgb, (0, 0), 0.8)
    red, green, blue = cv2.split(soft)
    light = (cv2.add(cv2.add(red, green, dtype=cv2.CV_32F), blue, dtype=cv2.CV_32F)) / np.float32(3)
    slope = np.hypot(cv2.Sobel(light, -1, 1, 0, scale=1 / 8), cv2.Sobel(light, -1, 0, 1, scale=1 / 8))
    grey = (
        (cv2.max(cv2.max(red, green), blue) - cv2.min(cv2.min(red, green), blue) < GREY)
        & (light > DARKEST)
        & (slope < STEP)
    )
    grown = _touching((behind | grey).astype(np.uint8))
    grown &= behind | (cv2.dilate(grown.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    # a pale product fades into the paper: then nobody can say what is shadow
    return grown if (grown & ~behind).sum() < 0.12 * (~behind).sum() else behind


def _holes(short: Bytes, behind: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Parts of pure white inside the product with a hard edge all around."""
    found = np.zeros_like(behind)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(((short <= PURE) & ~behind).astype(np.uint8))
    for index in range(1, count):
        if stats[index, cv2.CC_STAT_AREA] < 0.0006 * behind.size:
            continue
        hole = (labels == index).astype(np.uint8)
        around = (cv2.dilate(hole, np.ones((9, 9), np.uint8)) > 0) & (cv2.dilate(hole, np.ones((5, 5), np.uint8)) == 0)
        if np.percentile(short[around & ~behind] if (around & ~behind).any() else [0], 25) > HARD:
            found |= hole > 0
    return found


def _unmixed(rgb: Bytes, solid: Bytes) -> tuple[Bytes, Bytes]:
    """Colours and alpha along the edge of what is `solid` (h, w; 0 or 1): the product's own colour there is the mean of
    what lies deeper inside."""
    core = cv2.erode(solid, np.ones((5, 5), np.uint8))
    inner = core.astype(np.float32)
    colour, weight = rgb.astype(np.float32) * inner[..., None], inner
    near = cv2.GaussianBlur(colour, (0, 0), 2.0), cv2.GaussianBlur(weight, (0, 0), 2.0)
    far = cv2.GaussianBlur(colour, (0, 0), 9.0), cv2.GaussianBlur(weight, (0, 0), 9.0)
    some = np.where(near[1] > 0.02, near[1], far[1])[..., None]
    own = np.where((near[1] > 0.02)[..., None], near[0], far[0]) / np.maximum(some, 1e-4)
    known = some[..., 0] > 1e-3
    own = np.where(known[..., None], own, rgb)
    band = (cv2.dilate(solid, np.ones((5, 5), np.uint8)) > 0) & (core == 0)
    darkness, most = 255 - rgb.astype(np.float32), 255 - own.astype(np.float32)
    share = np.einsum("hwc,hwc->hw", darkness, most) / np.maximum(np.einsum("hwc,hwc->hw", most, most), 1.0)
    pale = most.max(2) < 30  # white on white: the share cannot be told from the colour
    share = np.where(pale | ~known, cv2.GaussianBlur(solid.astype(np.float32), (0, 0), 0.7), share).clip(0, 1)
    share = np.where(solid > 0, np.maximum(share, 0.35), np.where(share < 0.06, 0, share))
    alpha = np.where(band, share, core.astype(np.float32))
    colours = np.where((band & (alpha < 0.98))[..., None], own, rgb)
    return (colours + 0.5).clip(0, 255).astype(np.uint8), (alpha * 255 + 0.5).astype(np.uint8)
