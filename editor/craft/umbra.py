"""Umbra: the shadow that a product really throws, as it is in the photo."""

from __future__ import annotations

import cv2
import numpy as np

from editor.core.image import Pixels

TABLE = 32  # pixels on the longer side at which the light of the background alone is judged
GRAIN = 0.035  # how much the background varies by itself: less is not taken for a shadow
REACH = 0.25  # of the longer side: how far from the product its shadow is looked for
DIM = 0.85  # of the surface's light: what is darker, and away from the product, is no surface
RIM = 0.06  # of the longer side
SMOOTH = 110  # part of the longer side that a shadow is smoothed by: it has no edges, its background may
BUSY = 0.2  # of what is away from the product: so much of it may be dim


def shade(rgb: Pixels, matte: Pixels) -> Pixels:
    """How much light (h, w), 0..1, is missing around a product, of a picture (h, w, 3), sRGB-encoded, and its matte.

    What the background would be without the shadow is a smooth surface through its brighter parts: second-order, fitted
    again and again with what lies below it counting less (asymmetric least squares, after Eilers and Boelens, 2005).
    That holds for a table, a wall, paper; a busy background has no surface, and then nothing is found, nor is it where
    there is no product.
    """
    height, width = matte.shape
    light = np.square(rgb.clip(0, 1)).mean(2).astype(np.float32)  # nearly linear
    bare = cv2.dilate((matte > 0.02).astype(np.uint8), np.ones((3, 3), np.uint8)) == 0
    nothing = np.zeros((height, width), np.float32)
    if bare.mean() < 0.02 or matte.max() < 0.5:
        return nothing
    factor = TABLE / max(height, width)
    small = max(2, round(width * factor)), max(2, round(height * factor))
    weight = cv2.resize(bare.astype(np.float32), small, interpolation=cv2.INTER_AREA)
    level = cv2.resize(light * bare, small, interpolation=cv2.INTER_AREA) / np.maximum(weight, 1e-3)
    surface = _surface(np.asarray(level, np.float32), np.asarray(weight, np.float32))
    away = cv2.distanceTransform((matte < 0.5).astype(np.uint8), cv2.DIST_L2, 3) / (REACH * max(height, width))
    far = (cv2.resize(away, small, interpolation=cv2.INTER_AREA) > 0.5) & (weight > 0.5)
    if far.any() and (level < DIM * surface)[far].mean() > BUSY:
        return nothing
    whole = cv2.resize(surface, (width, height), interpolation=cv2.INTER_CUBIC)
    missing = 1 - np.sqrt(light.clip(1e-4) / np.maximum(whole, 1e-3))  # as dark as black laid over it, encoded
    missing = np.where(bare, missing, 0).astype(np.float32)
    soft = max(1.0, max(height, width) / SMOOTH)
    around = cv2.GaussianBlur(bare.astype(np.float32), (0, 0), soft)
    missing = cv2.GaussianBlur(missing, (0, 0), soft) / np.maximum(around, 0.05)
    fade = (2 * (1 - away)).clip(0, 1) * _towards_the_rim(height, width)
    return np.asarray(((missing - GRAIN) / (1 - GRAIN)).clip(0, 1) * fade, np.float32)


def _towards_the_rim(height: int, width: int) -> Pixels:
    """1, falling to 0 at the rim of the picture (h, w): a shadow that the photo cuts off is not to end like that."""
    y, x = (np.minimum(np.arange(side), np.arange(side)[::-1]) + 0.5 for side in (height, width))
    near = np.minimum(y[:, None], x) / (RIM * max(height, width))
    return np.asarray(near.clip(0, 1), np.float32)


def _surface(level: Pixels, weight: Pixels) -> Pixels:
    """The surface through the brighter of the levels (h, w), where their weight is more than nothing."""
    height, width = level.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], -1).reshape(-1, 6)
    values, counts = level.ravel().astype(np.float64), weight.ravel().astype(np.float64)
    lean = np.ones_like(values)
    fitted = values
    for _ in range(12):
        w = np.sqrt(counts * lean + 1e-9)
        answer, *_ = np.linalg.lstsq(terms * w[:, None], values * w, rcond=None)
        fitted = terms @ answer
        lean = np.where(values < fitted, 0.08, 1.0)
    return np.asarray(fitted.reshape(level.shape).clip(1e-3, 2), np.float32)
