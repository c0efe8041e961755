"""Matting: how good a matte is: its overlap, its error, its edge; and OpenCV's GrabCut to stand beside it."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, exp, hypot, log, pi, sqrt
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.image import Pixels
from export.data.photos import pictures, read

LARGEST = 1024  # pixels on the longer side that a photo is looked at with, as the app does
NEAR = 0.0075  # of the diagonal: so far a found edge may lie from the true one
SLOPE = 1.4  # pixels, sigma of the derivative that slopes are measured by
GRABBED = 320  # pixels on the longer side that GrabCut works at, as many as the network sees
INSET = 0.05  # of each side: the rim that GrabCut is told to be background
ROUNDS = 5  # of GrabCut
Mask = NDArray[np.bool_]
Matte = NDArray[np.float32]
Way = Callable[[Pixels], Matte]  # a photo, float32 (h, w, 3) in 0..1, to its matte (h, w)


def iou(found: Matte, true: Matte) -> float:
    """How far two mattes (h, w), both cut at one half, overlap; 1 where both are empty."""
    a, b = found > 0.5, true > 0.5
    union = np.count_nonzero(a | b)
    return float(np.count_nonzero(a & b) / union) if union else 1.0


def mae(found: Matte, true: Matte) -> float:
    """The mean absolute difference of two mattes."""
    return float(np.abs(found - true).mean())


def sad(found: Matte, true: Matte) -> float:
    """The sum of absolute differences, in thousands: of pixels that are wholly wrong."""
    return float(np.abs(found - true).sum()) / 1000


def boundary_f(found: Matte, true: Matte) -> float:
    """How well the outlines of two mattes, both cut at one half, lie on each other: the harmonic mean of precision and
    recall, within `NEAR` of the diagonal (Perazzi et al., "A Benchmark Dataset and Evaluation Methodology for Video
    Object Segmentation", CVPR 2016). 1 where neither has an outline."""
    mine, theirs = _outline(found > 0.5), _outline(true > 0.5)
    if not mine.any() or not theirs.any():
        return float(not mine.any() and not theirs.any())
    far = ceil(NEAR * hypot(*found.shape))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * far + 1, 2 * far + 1))
    precision, recall = (
        float((cv2.dilate(near.astype(np.uint8), disc) > 0)[line].mean())
        for line, near in ((mine, theirs), (theirs, mine))
    )
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _outline(mask: Mask) -> Mask:
    """The pixels of a mask (h, w) that differ from the one to the right, below, or right below."""
    edged = np.pad(mask, ((0, 1), (0, 1)), "edge")
    return (mask ^ edged[:-1, 1:]) | (mask ^ edged[1:, :-1]) | (mask ^ edged[1:, 1:])


def gradient_error(found: Matte, true: Matte) -> float:
    """The squared difference of how steep two mattes are, summed, in thousands (Rhemann et al., "A Perceptually
    Motivated Online Benchmark for Image Matting", CVPR 2009; first derivative of a Gaussian of sigma 1.4)."""
    return float(np.square(_steepness(found) - _steepness(true)).sum()) / 1000


def _steepness(matte: Matte) -> NDArray[np.float64]:
    half = ceil(SLOPE * sqrt(-2 * log(sqrt(2 * pi) * SLOPE * 0.01)))
    bell = np.array([exp(-(x**2) / (2 * SLOPE**2)) / (SLOPE * sqrt(2 * pi)) for x in range(-half, half + 1)])
    change = -np.arange(-half, half + 1) * bell / SLOPE**2
    size = np.linalg.norm(bell) * np.linalg.norm(change)
    along, across = (
        cv2.sepFilter2D(matte, cv2.CV_64F, x / size, y, borderType=cv2.BORDER_REPLICATE)
        for x, y in ((change, bell), (bell, change))
    )
    return np.hypot(along, across)


JUDGES = {"IoU": iou, "MAE": mae, "boundary F": boundary_f, "SAD": sad, "gradient": gradient_error}


def by_grabcut(rgb: Pixels) -> Matte:
    """GrabCut (Rother et al., SIGGRAPH 2004; OpenCV's) told that a rim of 5 % of each side is background, five rounds,
    at 320 px; its mask (h, w) is smoothed on the way back to full size."""
    height, width = rgb.shape[:2]
    by = min(1.0, GRABBED / max(height, width))
    across, down = round(width * by), round(height * by)
    small = cv2.resize(np.rint(rgb.clip(0, 1) * 255).astype(np.uint8), (across, down), interpolation=cv2.INTER_AREA)
    x, y = max(1, round(INSET * across)), max(1, round(INSET * down))
    mask, models = np.zeros((down, across), np.uint8), (np.zeros((1, 65)), np.zeros((1, 65)))
    cv2.setRNGSeed(0)
    bgr = np.ascontiguousarray(small[..., ::-1])
    cv2.grabCut(bgr, mask, (x, y, across - 2 * x, down - 2 * y), *models, ROUNDS, cv2.GC_INIT_WITH_RECT)
    found = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.float32)
    return np.asarray(cv2.resize(found, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def masked(folder: Path) -> bool:
    """Whether `folder` has photos in `images` and their masks in `masks`."""
    return (folder / "images").is_dir() and (folder / "masks").is_dir()


def with_masks(folder: Path) -> list[tuple[Path, Path]]:
    """Each photo in `folder`/images and the mask of the same name in `folder`/masks, sorted.

    Raises ValueError where there are none, or a photo has no mask.
    """
    masks = {file.stem: file for file in pictures([folder / "masks"])}
    photos = pictures([folder / "images"])
    if not photos:
        raise ValueError(f"{folder / 'images'}: there are no pictures in it")
    for photo in photos:
        if photo.stem not in masks:
            raise ValueError(f"{photo}: has no mask in {folder / 'masks'}")
    return [(photo, masks[photo.stem]) for photo in photos]


def opened(photo: Path, mask: Path) -> tuple[Pixels, Matte]:
    """A photo (h, w, 3) and its mask (h, w) in 0..1, at 1024 px or less. Raises ValueError where their sizes differ."""
    rgb, true = read(photo), read(mask)[..., 1]
    if rgb.shape[:2] != true.shape:
        raise ValueError(f"{mask}: has another size than its photo")
    return shrunk(rgb.astype(np.float32) / np.float32(255)), shrunk(true.astype(np.float32) / np.float32(255))


def shrunk(picture: Pixels) -> Pixels:
    """A picture (h, w) or (h, w, 3) at 1024 px on its longer side, or as it is where it is smaller."""
    by = LARGEST / max(picture.shape[:2])
    if by >= 1:
        return picture
    size = round(picture.shape[1] * by), round(picture.shape[0] * by)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.float32)
