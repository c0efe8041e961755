"""Curves: greys go by the curve, colours keep their hue under the luminance curve, and nothing is cut off or banded."""

import colorsys

import numpy as np
import pytest

from editor.cli import parse_edit
from editor.core.curve import STRAIGHT, line
from editor.core.recipe import Recipe
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
