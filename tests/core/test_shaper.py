"""Looked-up colours are those that LittleCMS works out."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import ImageCms

from editor.core import shaper
from editor.core.color import ADOBE_RGB, DISPLAY_P3, PROPHOTO, SRGB, Space
from editor.core.formats import to_float


@pytest.fixture(scope="module")
def colours():
    return np.random.default_rng(5).integers(0, 256, (60, 50, 3), np.uint8)


@pytest.mark.parametrize("space", [ADOBE_RGB, DISPLAY_P3, PROPHOTO], ids=lambda s: s.name)
def test_as_littlecms(space, colours):
    assert shaper._shaper(space) is not None
    assert np.abs(shaper.to_working(space, colours) - space.to_working(to_float(colours))).max() < 1 / 1024


def test_what_is_more_than_a_matrix_is_not_looked_up(colours):
    lab = Space.of(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(), 3)
    assert shaper._shaper(SRGB) is None and shaper._shaper(lab) is None and shaper._shaper(Space("CMYK")) is None
    assert (shaper.to_working(SRGB, colours) == to_float(colours)).all()


def test_other_depths_are_left_to_littlecms(colours):
    deep = colours.astype(np.uint16) * 257
    assert (shaper.to_working(ADOBE_RGB, deep) == ADOBE_RGB.to_working(to_float(deep))).all()
