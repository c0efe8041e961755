"""Swatches: real photos in twelve colours, for how well the colour is met and what is left of the texture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from editor.core.image import Pixels
from editor.craft.difference import lab_of
from export.data.mattes import product
from export.data.photos import find

SWATCHES = {
    "black": "#18181a", "white": "#f2f1ec", "grey": "#8a8d91", "navy": "#1f2a4d", "blue": "#1f5fa8",
    "turquoise": "#2fa7a0", "green": "#2e6b3a", "yellow": "#e3b92c", "orange": "#d9702a", "red": "#b3202c",
    "pink": "#e39ab0", "beige": "#cdb594",
}  # fmt: skip
PHOTOS = 20
BLUR = 3.0  # pixels: standard deviation of what high-pass takes off
GENTLE = 30.0  # of L*: steps below it are to keep the texture
_STABLE = (0.01 * 100) ** 2, (0.03 * 100) ** 2  # of L*, as in the paper


def photos(folders: Sequence[Path], count: int = PHOTOS) -> Iterator[tuple[Path, Pixels, Pixels]]:
    """Held-out photos of products on white or with alpha, as many of each folder: path, (h, w, 3), matte (h, w)."""
    sets = [find([folder], measuring=True) for folder in folders]
    given = 0
    for number in range(max(map(len, sets), default=0)):
        for files in sets:
            if number < len(files) and given < count and (found := product(files[number])) is not None:
                given += 1
                matte = np.asarray(found.alpha, np.float32) / np.float32(255)
                rgb = np.asarray(found.rgb, np.float32) / np.float32(255)
                yield files[number], np.asarray(rgb * matte[..., None] + 1 - matte[..., None], np.float32), matte


def texture(before: Pixels, after: Pixels, part: np.ndarray, *, alone: bool = False) -> float:
    """How alike fine lightness is before and after, where the part (h, w) is: mean SSIM (Wang et al., IEEE TIP 2004; an
    11 x 11 Gaussian window of 1.5) of L* less its surroundings, both pictures (h, w, 3).

    Windows look a few pixels beyond the part, where nothing was changed: even L* that is shifted as a whole then gets
    no 1 near the edge. With `alone` they see the part only, as normalized convolution does (Knutsson and Westin, 1993).
    """
    inner = cv2.erode(part.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    if not inner.any():
        return 1.0
    weight = np.asarray(inner if alone else np.ones_like(inner), np.float32)

    def mean(plane: Pixels, sigma: float = 1.5, side: int = 11) -> Pixels:
        some = np.maximum(cv2.GaussianBlur(weight, (side, side), sigma), np.float32(1e-3))
        return np.asarray(cv2.GaussianBlur(plane * weight, (side, side), sigma) / some, np.float32)

    lights = (np.ascontiguousarray(lab_of(rgb)[..., 0]) for rgb in (before, after))
    one, other = (light - mean(light, BLUR, 0) for light in lights)
    means = mean(one), mean(other)
    varies = mean(one * one) - means[0] ** 2, mean(other * other) - means[1] ** 2
    both = mean(one * other) - means[0] * means[1]
    c1, c2 = _STABLE
    alike = (2 * means[0] * means[1] + c1) * (2 * both + c2)
    alike /= (means[0] ** 2 + means[1] ** 2 + c1) * (varies[0] + varies[1] + c2)
    return float(alike[inner].mean())
