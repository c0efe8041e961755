"""Whereabouts: where the product is in a photo, for edits that treat what lies around it differently."""

from __future__ import annotations

import cv2
import numpy as np

from editor.core.image import Image, Pixels, in_gamut
from editor.core.job import Job
from editor.core.model import Models

SHOWN = 1024  # pixels on the longer side that a network is shown
VEIL = 0.5  # alpha: a photo that lets everywhere more through has not been cut out
LEAST = 0.002  # of the picture: less is no product


def product_in(image: Image, models: Models, job: Job) -> Pixels | None:
    """Where the product is (h, w), 0..1, of any size: as the picture says itself, else as a network sees it; None where
    nobody knows. Alpha that the photo came with and that hides next to nothing says nothing."""
    matte, own = image.product, image.own_alpha
    if matte is None or (own is not None and own.min() > VEIL):
        if "cutout" not in tuple(models):  # a contact sheet waits for no network
            return None
        matte = models["cutout"].run(in_gamut(smaller(image.seen, SHOWN)), job)[..., 0]
    return matte if LEAST < float((matte > 0.5).mean()) < 1 - LEAST else None


def smaller(rgb: Pixels, longest: int) -> Pixels:
    """A picture (h, w, 3) that is at most `longest` pixels long."""
    factor = longest / max(rgb.shape)
    if factor >= 1:
        return np.asarray(rgb, np.float32)
    size = max(1, round(rgb.shape[1] * factor)), max(1, round(rgb.shape[0] * factor))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.float32)
