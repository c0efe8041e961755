"""The histogram: what is counted, what is clipped, what does not count."""

from __future__ import annotations

import numpy as np

from editor.core.histogram import MOST, histogram
from editor.core.image import Image


def test_levels_are_counted_and_clipped_ones_are_told():
    rgb = np.full((10, 10, 3), 0.5, np.float32)
    rgb[:2] = (1.7, 0.2, 0.0)
    counted = histogram(Image(rgb))
    assert counted.red[128] == 80 and counted.red[255] == 20 and counted.red.sum() == 100
    assert counted.highlights == (0.2, 0.0, 0.0) and counted.shadows == (0.0, 0.0, 0.2)
    assert counted.luma[128] == 80 and counted.luma[round(0.2126 * 255 + 0.7152 * 51)] == 20


def test_what_is_transparent_does_not_count():
    rgb = np.zeros((8, 8, 3), np.float32)
    rgb[:, 4:] = 0.25
    alpha = np.zeros((8, 8), np.float32)
    alpha[:, 4:] = 0.5
    counted = histogram(Image(rgb, alpha))
    assert counted.green.sum() == counted.green[64] == 32
    assert histogram(Image(rgb.copy(), np.zeros((8, 8), np.float32))).shadows == (0, 0, 0)


def test_of_a_large_picture_a_part_is_enough():
    rgb = np.random.default_rng(1).random((1200, 1900, 3), np.float32)
    counted = histogram(Image(rgb))
    total = counted.red.sum()
    assert MOST / 4 < total <= MOST * 1.1
    assert np.abs(counted.red[1:-1] / total - 1 / 255).max() < 1e-3
