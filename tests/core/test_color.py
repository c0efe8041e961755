"""Colours: into the working space and back, against published numbers."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import ImageCms
from skimage.color import deltaE_ciede2000, rgb2lab

from editor.core.cms import LINEAR, decode, encode
from editor.core.color import ADOBE_RGB, DISPLAY_P3, PROPHOTO, SRGB, Space
from editor.core.icc import BT709, D65, colour_model, matrix_profile, profile_name
from tests.icc import cmyk_profile

PRIMARIES = np.eye(3, dtype=np.float32)[None]


@pytest.fixture(scope="module")
def colours():
    return np.random.default_rng(1).random((40, 50, 3), np.float32)


def test_display_p3_is_where_css_says():
    """CSS Color 4's P3 primaries in extended sRGB, as browsers print them."""
    expected = [[1.0930, -0.2267, -0.1501], [-0.5116, 1.0183, -0.3107], [0, 0, 1.0420]]
    assert np.abs(DISPLAY_P3.to_working(PRIMARIES)[0] - expected).max() < 2e-3


def test_adobe_green_keeps_its_saturation():
    linear = decode(ADOBE_RGB.to_working(PRIMARIES))[0]
    assert np.allclose(linear[1], [-0.3984, 1.0, -0.0429], atol=1e-3)  # Adobe RGB (1998) to linear sRGB, D65
    assert np.allclose(linear[0], [1.3984, 0, 0], atol=1e-3)


@pytest.mark.parametrize("space", [SRGB, DISPLAY_P3, ADOBE_RGB, PROPHOTO], ids=lambda s: s.name)
def test_there_and_back_is_the_same(space, colours):
    assert np.abs(space.from_working(space.to_working(colours)) - colours).max() < 6e-4


@pytest.mark.parametrize("space", [DISPLAY_P3, ADOBE_RGB, PROPHOTO], ids=lambda s: s.name)
def test_white_is_white_and_greys_are_grey(space):
    grey = space.to_working(np.linspace(0, 1, 20, dtype=np.float32)[:, None, None].repeat(3, 2))
    assert np.ptp(grey, axis=2).max() < 1e-3 and np.abs(grey[-1] - 1).max() < 1e-3 and np.abs(grey[0]).max() < 1e-6


def test_the_curve_is_srgb_s_and_is_mirrored():
    encoded = encode(np.array([0, 0.0031308, 0.2140411, 1, 4, -0.2140411], np.float32))
    assert np.allclose(encoded, [0, 0.04045, 0.5, 1, 1.8248, -0.5], atol=1e-4)
    assert np.allclose(decode(encoded), [0, 0.0031308, 0.2140411, 1, 4, -0.2140411], atol=1e-5)


def test_profiles_are_read_by_another_reader():
    for space in (SRGB, DISPLAY_P3, ADOBE_RGB, PROPHOTO):
        profile = ImageCms.ImageCmsProfile(io.BytesIO(space.profile))
        assert ImageCms.getProfileDescription(profile).strip() == space.name
        assert profile.profile.xcolor_space == "RGB " and profile.profile.version == 4.4


def test_srgb_is_known_by_what_it_does():
    theirs = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert Space.of(theirs, 3).is_srgb and Space.of(None, 3).is_srgb and SRGB.is_srgb
    assert not ADOBE_RGB.is_srgb and not Space.of(matrix_profile("gamma", BT709, D65, (2.2,)), 3).is_srgb


@pytest.mark.parametrize("profile", [b"nonsense", b"\0" * 500, cmyk_profile(), ADOBE_RGB.profile[:300]])
def test_a_profile_that_does_not_fit_is_left_out_and_said(profile, colours):
    space = Space.of(profile, 3)
    assert space.profile is None and "left out" in space.note
    assert np.array_equal(space.to_working(colours), colours)


def test_grey_comes_through_its_curve():
    curve = matrix_profile("Grey as RGB", BT709, D65, (1.8,))
    space = Space.of(curve, 1)
    grey = np.full((2, 2, 1), 0.5, np.float32)
    seen = space.to_working(grey)
    assert seen.shape == (2, 2, 3) and np.allclose(decode(seen), 0.5**1.8, atol=1e-4)
    assert np.allclose(space.from_working(seen), grey, atol=1e-4)
    assert np.array_equal(Space.of(None, 1).to_working(grey), np.full((2, 2, 3), 0.5, np.float32))


def test_cmyk_comes_through_its_profile_and_keeps_ink_beyond_srgb():
    space = Space.of(cmyk_profile(), 4)
    ink = np.random.default_rng(2).random((30, 30, 4), np.float32) * 0.8
    seen = space.to_working(ink)
    paper = space.to_working(np.zeros((1, 1, 4), np.float32))[0, 0]
    assert np.allclose(paper, 0.98, atol=0.01)
    expected = 0.08 + 0.9 * (1 - ink[..., :3]) * (1 - ink[..., 3:])
    # the darkest ink is made black (black point compensation), so only the lighter colours are where the formula says
    light = expected.min(-1) > 0.35
    error = deltaE_ciede2000(rgb2lab(seen.clip(0, 1)), rgb2lab(expected))
    assert error[light].mean() < 3
    again = space.to_working(space.from_working(seen))
    assert deltaE_ciede2000(rgb2lab(seen.clip(0, 1)), rgb2lab(again.clip(0, 1))).mean() < 0.5


def test_cmyk_without_profile_says_so():
    space = Space.of(None, 4)
    assert "approximate" in space.note
    ink = np.array([[[0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0.2, 0.4, 0, 0.5]]], np.float32)
    assert np.allclose(space.to_working(ink)[0], [[1, 1, 1], [0, 1, 1], [0, 0, 0], [0.4, 0.3, 0.5]])
    assert np.allclose(space.to_working(space.from_working(space.to_working(ink))), space.to_working(ink), atol=1e-6)


def test_names_and_models_of_profiles():
    assert (
        profile_name(ADOBE_RGB.profile) == "Compatible with Adobe RGB (1998)"
        and profile_name(cmyk_profile()) == "Test inks"
    )
    assert (colour_model(LINEAR), colour_model(cmyk_profile()), colour_model(b"")) == ("RGB", "CMYK", "")
    assert profile_name(b"x" * 300) == ""


def test_nonsense_spans_no_space():
    with pytest.raises(ValueError, match="no colour space"):
        matrix_profile("flat", ((0.3, 0.3), (0.3, 0.3), (0.3, 0.3)))
    with pytest.raises(ValueError, match="parameters"):
        matrix_profile("curved", BT709, D65, (1.0, 2.0))
    with pytest.raises(ValueError, match="chromaticity"):
        matrix_profile("dark", ((0.6, 0.0), (0.3, 0.6), (0.1, 0.1)))
