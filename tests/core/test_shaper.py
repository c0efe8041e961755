"""Looked-up colours are those that LittleCMS works out."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import ImageCms

from editor.core.cms import LINEAR, encode, transform
from editor.core.color import ADOBE_RGB, DISPLAY_P3, PROPHOTO
from editor.core.icc import BT709, D65, matrix_profile
from editor.core.proof import WARNING, Screen
from editor.core.shaper import shaper
from tests.icc import cmyk_profile

STEEP = matrix_profile("Gamma 2.6", BT709, D65, (2.6,))
PROFILES = {"adobe": ADOBE_RGB.profile, "p3": DISPLAY_P3.profile, "romm": PROPHOTO.profile, "steep": STEEP}


@pytest.fixture(scope="module")
def colours():
    """As dark as 16 bits go, and here and there beyond the space."""
    chance = np.random.default_rng(5)
    plain = chance.random((80, 60, 3), np.float32) ** 3
    plain[:5] = chance.uniform(-0.3, 1.4, (5, 60, 3)).astype(np.float32)
    plain[-1] = chance.integers(0, 40, (60, 3)) / np.float32(65535)
    return plain


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_as_littlecms(profile, colours):
    tables = shaper(profile)
    linear = transform(colours, profile, LINEAR)
    held = (colours >= 0).all(axis=2)
    assert np.abs(tables.to_working(colours) - encode(linear))[held].max() < 1e-4
    inside = ((colours > 0.02) & (colours < 1)).all(axis=2)
    back = tables.from_working(encode(linear))
    there = transform(linear, LINEAR, profile)
    assert np.abs(back - there)[inside].max() < 2e-5
    dark = transform(back, profile, LINEAR) - transform(there, profile, LINEAR)
    assert np.abs(dark[5:]).max() < 1e-6  # and in the dark it is the light that counts
    assert np.abs(back - there)[:5][held[:5]].max() < 2e-3
    top = np.float32(65535)
    assert (np.abs(np.round(back * top) - np.round(there * top))[inside] <= 1).all()  # sixteen bits stay


def test_white_takes_the_quick_way_and_stays_white():
    tables = shaper(ADOBE_RGB.profile)
    white = tables.to_working(np.ones((4, 4, 3), np.float32))
    assert np.abs(white - 1).max() < 2e-4 and np.abs(tables.from_working(white) - 1).max() < 2e-5


def test_what_is_more_than_a_matrix_is_not_looked_up():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert shaper(lab) is None and shaper(cmyk_profile()) is None and shaper(b"") is None


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_there_and_back_beyond_the_space_too(profile):
    tables = shaper(profile)
    far = np.random.default_rng(6).uniform(-0.8, 1.9, (40, 50, 3)).astype(np.float32)
    back = tables.from_working(tables.to_working(far))
    assert np.abs(back - far).max() < 2e-3 and np.abs(tables.to_working(-far) + tables.to_working(far)).max() < 1e-5


def test_a_green_that_adobe_rgb_does_not_hold_is_outside():
    green = PROPHOTO.to_working(np.array([[[0, 0.7, 0.1]]], np.float32))
    assert ADOBE_RGB.from_working(green).min() < -0.01
    assert tuple(Screen(proof=ADOBE_RGB, warn=True).pixels(green)[0, 0]) == WARNING
