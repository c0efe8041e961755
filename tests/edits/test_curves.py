"""Curves: greys go by the curve, colours keep their hue under the luminance curve, and nothing is cut off or banded."""

import colorsys

import numpy as np
import pytest

from editor.cli import parse_edit
from editor.core.curve import STRAIGHT, line
from editor.core.recipe import Recipe
from editor.craft.tone import luma
from editor.edits.curves import Curves

CONTRAST = ((0.0, 0.0), (0.25, 0.18), (0.75, 0.82), (1.0, 1.0))
LIFTED = ((0.0, 0.0), (0.4, 0.6), (1.0, 1.0))


def pixels(*colours):
    return np.array([colours], np.float32)


def ramp(low=0.0, high=1.0):
    return np.repeat(np.linspace(low, high, 65_536, dtype=np.float32)[None, :, None], 3, 2)


def test_straight_curves_change_nothing_at_all():
    rgb = ramp()
    assert Curves().colours(rgb, None) is rgb


@pytest.mark.parametrize("name", ["luma", "red", "green", "blue"])
def test_greys_go_by_the_curve(name):
    out = Curves(**{name: CONTRAST}).colours(ramp(), None)
    for channel, of in enumerate(("red", "green", "blue")):
        wanted = line(CONTRAST if name in ("luma", of) else STRAIGHT)(ramp()[..., channel])
        assert np.abs(out[..., channel] - wanted).max() < 2e-5


@pytest.mark.parametrize("knots", [CONTRAST, LIFTED, ((0.1, 0.0), (0.9, 1.0)), ((0.0, 0.1), (1.0, 0.9))])
def test_a_smooth_ramp_stays_smooth_and_keeps_what_is_beyond_white_and_black(knots):
    out = Curves(luma=knots, red=knots).colours(ramp(-0.2, 1.3), None)
    assert np.isfinite(out).all() and np.diff(out, axis=1).min() >= -1e-6
    rises = np.diff(out[0, ::256], axis=0)
    assert rises.min() > 0 and np.abs(np.diff(rises, axis=0)).max() < 0.2 * rises.max()


def test_the_luminance_curve_keeps_hues_and_goes_nowhere_beyond_white():
    colours = pixels((0.9, 0.1, 0.1), (0.2, 0.5, 0.3), (0.1, 0.1, 0.6), (1.0, 0.85, 0.3), (0.6, 0.45, 0.35))
    out = Curves(luma=LIFTED).colours(colours, None)
    assert out.max() <= 1 + 1e-6 and (out.sum(2) > colours.sum(2)).all()
    for before, after in zip(colours[0], out[0], strict=True):
        assert colorsys.rgb_to_hsv(*before)[0] == pytest.approx(colorsys.rgb_to_hsv(*after)[0], abs=1e-4)


def test_a_channel_is_bent_by_itself():
    rgb = pixels((0.4, 0.4, 0.4), (0.9, 0.4, 0.2))
    out = Curves(blue=LIFTED).colours(rgb, None)
    assert np.array_equal(out[..., :2], rgb[..., :2]) and out[0, 0, 2] == pytest.approx(0.6, abs=1e-4)


def test_channels_come_after_luminance():
    rgb = pixels((0.3, 0.3, 0.3))
    both = Curves(luma=LIFTED, red=CONTRAST).colours(rgb, None)
    assert np.array_equal(both, Curves(red=CONTRAST).colours(Curves(luma=LIFTED).colours(rgb, None), None))


def test_on_the_command_line_curves_have_commas_of_their_own():
    recipe = parse_edit("curves:luma=0,0 0.25,0.2 1,1,name=warm, blue=0,0 1,0.9", Recipe())
    wanted = Curves(name="warm", luma=((0, 0), (0.25, 0.2), (1, 1)), blue=((0, 0), (1, 0.9)))
    assert recipe.edits == (wanted,)


INVERTED, SOLARISED = ((0.0, 1.0), (1.0, 0.0)), ((0.0, 0.0), (0.5, 1.0), (1.0, 0.0))
TURNING = ((0.0, 0.0), (0.3, 0.6), (0.8, 0.55), (1.0, 1.0))


def test_an_inverted_luminance_curve_keeps_hue_and_chroma():
    colours = pixels((0.8, 0.3, 0.2), (0.3, 0.5, 0.6), (0.2, 0.2, 0.7), (0.6, 0.45, 0.35))
    out = Curves(luma=INVERTED).colours(colours, None)
    assert luma(out) == pytest.approx(1 - luma(colours), abs=1e-3)
    for before, after in zip(colours[0], out[0], strict=True):
        assert colorsys.rgb_to_hsv(*before)[0] == pytest.approx(colorsys.rgb_to_hsv(*after)[0], abs=1e-3)
        assert np.ptp(after) > 0.99 * np.ptp(before) or after.max() == pytest.approx(1, abs=1e-3)  # no room for more
    assert out.min() > -1e-3 and out.max() < 1 + 1e-3


@pytest.mark.parametrize("knots", [INVERTED, SOLARISED, TURNING])
def test_a_curve_that_falls_takes_greys_along_and_goes_nowhere_beyond_black_and_white(knots):
    curves = Curves(luma=knots)
    assert np.abs(curves.colours(ramp(), None)[..., 0] - line(knots)(ramp()[..., 0])).max() < 1e-4
    out = curves.colours(np.random.default_rng(0).random((60, 60, 3), np.float32), None)
    assert out.min() > -1e-3 and out.max() < 1 + 1e-3
    primaries = curves.colours(pixels((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (0, 1, 1)), None)
    assert primaries.min() > -1e-3 and primaries.max() < 1 + 1e-3


def test_what_comes_out_of_a_solarised_curve_is_told_by_brightness_and_not_grey():
    knots = ((0.0, 0.1), (0.5, 0.6), (1.0, 0.1))
    out = Curves(luma=knots).colours(pixels((0.8, 0.3, 0.2)), None)  # both ends become the same
    assert luma(out)[0, 0] == pytest.approx(float(line(knots)(luma(pixels((0.8, 0.3, 0.2)))[0, 0])), abs=0.03)
    assert np.ptp(out) > 0.3


def test_a_curve_that_hardly_falls_is_like_one_that_hardly_rises():
    colours = np.random.default_rng(1).random((40, 40, 3), np.float32)
    level, fallen = (((0.0, 0.0), (0.4, 0.5), (0.6, y), (1.0, 1.0)) for y in (0.5, 0.499))
    out = [Curves(luma=knots).colours(colours, None) for knots in (level, fallen)]
    assert np.abs(out[0] - out[1]).max() < 0.01


def test_a_level_end_does_not_make_white_of_all_that_is_lighter():
    knots = ((0.0, 0.0), (0.5, 1.0), (1.0, 1.0))
    out = Curves(red=knots, green=knots, blue=knots).colours(pixels((1.0, 1.2, 1.5)), None)[0, 0]
    assert out[0] == pytest.approx(1, abs=1e-5) and out[1] > 1.001 and out[2] > out[1] + 0.003
