"""From cooked pixels to the 8 bits of a screen."""

from __future__ import annotations

import numpy as np
import pytest

from editor.core.color import ADOBE_RGB, DISPLAY_P3
from editor.core.proof import HIGHLIGHT, SHADOW, WARNING, Screen, eight_bits


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (700, 1000)])
def test_eight_bits_are_clipped_and_rounded_wherever_the_bands_end(size):
    values = np.random.default_rng(2).uniform(-0.3, 1.3, (*size, 3)).astype(np.float32)
    assert (eight_bits(values) == np.floor(values.clip(0, 1) * np.float32(255) + np.float32(0.5))).all()
    every = np.arange(256, dtype=np.float32).reshape(16, 16) / np.float32(255)
    assert (eight_bits(every).ravel() == np.arange(256)).all()


def test_clipped_pixels_are_painted_at_the_end_that_is_asked_for():
    rgb = np.full((1, 4, 3), 0.5, np.float32)
    rgb[0, 1, 2], rgb[0, 2, 0], rgb[0, 3] = -0.01, 1.0, (0.003, 0.5, 0.997)  # the last is 1 and 254 in 8 bits
    assert (Screen().pixels(rgb)[0, 0] == 128).all()
    low, high = Screen(shadows=True).pixels(rgb)[0], Screen(highlights=True).pixels(rgb)[0]
    assert tuple(low[1]) == SHADOW and tuple(high[2]) == HIGHLIGHT
    assert tuple(low[2]) == (255, 128, 128) and tuple(high[1]) == (128, 128, 0)
    assert tuple(low[3]) == tuple(high[3]) == (1, 128, 254)


def test_what_is_clipped_is_a_matter_of_the_photo_and_not_of_the_monitor():
    rgb = np.full((2, 2, 3), 0.5, np.float32)
    rgb[0, 0] = (1, 0.2, 0.2)
    marked = Screen(monitor=DISPLAY_P3, highlights=True)
    assert tuple(marked.pixels(rgb)[0, 0]) == HIGHLIGHT
    assert Screen().plain and not marked.plain and not Screen(monitor=ADOBE_RGB).plain


def test_the_gamut_warning_lies_over_the_marks():
    rgb = np.zeros((1, 1, 3), np.float32)
    rgb[0, 0] = (1.2, -0.3, -0.3)
    screen = Screen(proof=ADOBE_RGB, warn=True, shadows=True, highlights=True)
    assert tuple(screen.pixels(rgb)[0, 0]) == WARNING
