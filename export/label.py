"""Label: photos that nobody has cut out, labelled by a trained network where a second opinion agrees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from editor.core.job import Job
from editor.core.model import Model
from export.data.mattes import Bytes, Floats
from export.data.photos import find, read

LARGEST = 384  # pixels on the longer side of what is written
AGREED = 0.95  # IoU of the network with its own answer to a darker photo, and with GrabCut
DARKER = np.float32(1.4)  # gamma of that
HALF = 0.08  # of the product: so much of a matte may be neither here nor there
LEAST, MOST = 0.04, 0.75  # of the photo that a product takes
ROUNDS = 3  # of GrabCut


def label(model: Model, folder: Path, to: Path, say: Callable[[str], None], most: int = 0) -> int:
    """Writes the photos below `folder` whose product the model is sure of to `to`, as PNG with the matte as alpha and
    the colours left as they are under it; at most `most`, where it is not 0. Returns how many.

    This is self-training with a filter (Lee, "Pseudo-Label", 2013; Xie et al., "Self-training with Noisy Student",
    CVPR 2020): the network has to say the same of the photo made darker, and GrabCut (Rother et al., SIGGRAPH 2004),
    which knows nothing but this photo's colours, has to stay within what the network says. Held-out photos are left
    out, so they stay so. Raises ValueError where there is no photo.
    """
    files = find([folder])
    if not files:
        raise ValueError(f"{folder}: there are no pictures in it")
    to.mkdir(parents=True, exist_ok=True)
    kept = 0
    for index, file in enumerate(files):
        if most and kept >= most:
            break
        photo = read(file)
        if (factor := LARGEST / max(photo.shape)) < 1:
            photo = np.asarray(cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
        matte = labelled(model, photo)
        if matte is not None:
            kept += 1
            pixels = cv2.cvtColor(np.dstack([photo, (matte * 255 + 0.5).astype(np.uint8)]), cv2.COLOR_RGBA2BGRA)
            cv2.imwrite(str(to / f"{file.stem}.png"), pixels)
        if index % 100 == 99 or index == len(files) - 1:
            say(f"{index + 1} of {len(files)} photos, {kept} labelled")
    return kept


def labelled(model: Model, photo: Bytes) -> Floats | None:
    """The matte (h, w) of a photo (h, w, 3); None where the opinions differ."""
    rgb = np.asarray(photo, np.float32) / np.float32(255)
    first = model.run(rgb, Job())[..., 0]
    if not LEAST < (first > 0.5).mean() < MOST:
        return None
    darker = model.run(rgb**DARKER, Job())[..., 0]
    matte = np.asarray((first + darker) / 2, np.float32)
    unsure = (matte > 0.1) & (matte < 0.9)
    if _overlap(first > 0.5, darker > 0.5) < AGREED or unsure.sum() > HALF * (matte > 0.5).sum():
        return None
    cut = _by_colours(photo, matte)
    if _overlap(cut, matte > 0.5) < AGREED:
        return None
    soft = cv2.GaussianBlur(cut.astype(np.float32), (0, 0), 0.7)
    return np.asarray((soft + matte) / 2, np.float32)


def _by_colours(photo: Bytes, matte: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """GrabCut, free to move the edge but not what the network is sure of well inside and well outside."""
    side = max(3, 2 * (max(matte.shape) // 40) + 1)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    mask = np.where(matte > 0.5, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    mask[cv2.erode((matte > 0.5).astype(np.uint8), disc) > 0] = cv2.GC_FGD
    mask[cv2.dilate((matte > 0.5).astype(np.uint8), disc) == 0] = cv2.GC_BGD
    if not (mask == cv2.GC_FGD).any() or not (mask == cv2.GC_BGD).any():
        return np.asarray(matte > 0.5)
    bgr = cv2.cvtColor(photo, cv2.COLOR_RGB2BGR)
    cv2.setRNGSeed(0)
    cv2.grabCut(bgr, mask, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), ROUNDS, cv2.GC_INIT_WITH_MASK)
    return np.asarray((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD))


def _overlap(
    a: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], b: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> float:
    return float((a & b).sum() / max((a | b).sum(), 1))
