"""Shirts: a small drawn garment of one colour, for tests of what is trained on such photos."""

from __future__ import annotations

import cv2
import numpy as np


def shirt(colour: tuple[float, float, float], side: int = 160, print_: bool = True) -> np.ndarray:
    """A thing in soft light on white paper, with a yellow print, uint8 (side, side, 3)."""
    y, x = np.mgrid[0:side, 0:side] / side - 0.5
    shade = 0.65 + 0.35 * np.cos(5 * x) + 0.08 * np.sin(40 * (x + 0.5 * y))
    rgb = np.clip(np.float32(colour) * shade[..., None], 0, 1)
    if print_:
        rgb[np.hypot(x, y) < 0.08] = (0.95, 0.8, 0.1)
    inside = cv2.GaussianBlur(((np.abs(x) < 0.3) & (np.abs(y) < 0.35)).astype(np.float32), (0, 0), 0.8)[..., None]
    return np.uint8(255 * (rgb * inside + 1 - inside) + 0.5)
