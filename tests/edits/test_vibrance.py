"""Vibrance and saturation: pale colours gain, paper, skin and vivid ones little; luminance and hue stay; never neon."""

import numpy as np
import pytest

from editor.core.cms import decode
from editor.edits.vibrance import Vibrance

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
PASTEL, SKIN, VIVID, PAPER = (0.59, 0.67, 0.63), (0.88, 0.67, 0.56), (0.78, 0.12, 0.16), (0.94, 0.94, 0.92)


def pixels(*colours):
    return np.array([colours], np.float32)


def coloured(*colours, **values):
    return Vibrance(**values).colours(pixels(*colours), None)


def chroma(rgb):
    """In Oklab (h, w), reckoned in doubles by its definition."""
    cones = np.cbrt(decode(rgb.astype(np.float64)) @ np.array(
        [[0.4122214708, 0.5363325363, 0.0514459929],
         [0.2119034982, 0.6806995451, 0.1073969566],
         [0.0883024619, 0.2817188376, 0.6299787005]]).T)  # fmt: skip
    lab = cones @ np.array([[1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]]).T
    return np.hypot(lab[..., 0], lab[..., 1]), np.degrees(np.arctan2(lab[..., 1], lab[..., 0]))


@pytest.fixture
def every():
    return np.random.default_rng(3).random((40, 500, 3), np.float32)


def test_nothing_asked_nothing_changed(every):
    assert Vibrance().colours(every, None) is every


def test_without_saturation_it_is_grey_of_the_same_luminance(every):
    out = Vibrance(saturation=-100).colours(every, None)
    assert np.ptp(out, axis=2).max() < 1e-5
    assert np.abs(decode(out) @ LUMINANCE - decode(every) @ LUMINANCE).max() < 0.006


def test_vibrance_is_for_the_pale_and_spares_skin_paper_and_what_is_vivid():
    before = pixels(PASTEL, SKIN, VIVID, PAPER)
    gain = chroma(coloured(PASTEL, SKIN, VIVID, PAPER, vibrance=60))[0] / chroma(before)[0]
    pastel, skin, vivid, paper = gain[0]
    assert pastel > 1.25 and 1 < skin < 1.12 and 1 < vivid < 1.05 and 1 <= paper < 1.15
    muted = chroma(coloured(PASTEL, VIVID, vibrance=-60))[0] / chroma(pixels(PASTEL, VIVID))[0]
    assert muted[0, 0] < 0.55 and muted[0, 1] > 0.9


def test_saturation_is_for_all_of_them_and_hues_stay():
    colours = PASTEL, SKIN, (0.12, 0.24, 0.63), (0.5, 0.4, 0.7), (0.3, 0.6, 0.3)
    (before, hues), (after, others) = chroma(pixels(*colours)), chroma(coloured(*colours, saturation=40))
    assert (after / before > 1.08).all() and np.abs((others - hues + 180) % 360 - 180).max() < 2.5


@pytest.mark.parametrize("values", [{"vibrance": 100}, {"saturation": 100}, {"vibrance": 100, "saturation": 100}])
def test_never_beyond_what_srgb_holds(every, values):
    out = Vibrance(**values).colours(every, None)
    assert out.min() > -1e-5 and out.max() < 1 + 1e-5
    assert np.abs(decode(out) @ LUMINANCE - decode(every) @ LUMINANCE).max() < 0.006
    flat = (out > 0.9999).any(2) | (out < 1e-4).any(2)
    assert flat.mean() < 0.1, "they are led up to the edge, not cut off at it"


def test_greys_stay_what_they_are_also_beyond_white_and_black():
    ramp = np.repeat(np.linspace(-0.2, 1.4, 65_536, dtype=np.float32)[None, :, None], 3, 2)
    assert np.abs(Vibrance(vibrance=100, saturation=60).colours(ramp, None) - ramp).max() < 1e-5


def test_a_smooth_run_of_colour_stays_smooth():
    part = np.linspace(0, 1, 16_384, dtype=np.float32)[None, :, None]
    for end in ((0.9, 0.1, 0.1), (0.2, 0.8, 0.7), (0.9, 0.7, 0.5)):
        run = 0.5 + part * (np.array(end, np.float32) - 0.5)
        steps = np.diff(Vibrance(vibrance=80, saturation=30).colours(run, None), axis=1)
        assert np.abs(steps).max() < 6 * np.abs(np.diff(run, axis=1)).max()


def test_what_is_outside_stays_outside():
    wide = pixels((-0.2, 0.9, 0.3), (1.15, 0.2, 0.1), (1.3, 1.2, 1.25))
    out = Vibrance(vibrance=50, saturation=50).colours(wide, None)
    assert np.isfinite(out).all() and out[0, 0, 0] < -0.1 and out[0, 1, 0] > 1.05 and out[0, 2].min() > 1.15
