"""Highlights and shadows: bright and dark parts move, details stay, and no edge glows."""

import colorsys
from itertools import product

import numpy as np
import pytest

from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.image import Image
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.highlights_shadows import HighlightsShadows, taken_back

ENDS = [HighlightsShadows(highlights=h, shadows=s) for h, s in product((-100, 0, 100), repeat=2) if h or s]
ids = [f"{e.highlights:g} {e.shadows:g}" for e in ENDS]


def cooked(rgb, edit, view=None):
    photo = Photo("p.tif", np.ascontiguousarray(rgb, np.float32))
    return Engine({}).render(photo, Recipe().put(edit), view or View(), Job()).rgb


def grey(plane):
    return np.repeat(np.asarray(plane, np.float32)[..., None], 3, axis=2)


def flat(*values):
    """Broad stripes of these greys, and what became of their middles."""
    return grey(np.repeat(np.array(values), 120)[None].repeat(200, 0))


def test_shadows_lift_the_dark_and_highlights_take_back_the_bright():
    middles = np.s_[100, 60::120, 1]
    stripes = flat(0.1, 0.3, 0.5, 0.8, 1.0)
    dark, low, middle, bright, white = cooked(stripes, HighlightsShadows(shadows=100))[middles]
    assert dark > 0.16 and low > 0.36 and middle < 0.56 and (bright, white) == pytest.approx((0.8, 1), abs=0.005)
    dark, low, middle, bright, white = cooked(stripes, HighlightsShadows(highlights=-100))[middles]
    assert (dark, low) == pytest.approx((0.1, 0.3), abs=0.01) and middle > 0.45 and bright < 0.73
    assert white > 0.93  # paper does not turn grey
    assert cooked(stripes, HighlightsShadows(shadows=-100))[middles][0] < 0.075
    assert cooked(stripes, HighlightsShadows(highlights=100))[middles][3] > 0.85


@pytest.mark.parametrize("white", [1.0, 1.2, 1.6, 2.5])
def test_what_was_blown_out_is_back_and_all_tones_stay_apart(white):
    out = cooked(flat(*np.linspace(0.5, white, 6)), HighlightsShadows(highlights=-100))[100, 60::120, 1]
    assert 0.9 < out[-1] < 1 and (np.diff(out) > 0.01).all()
    tones = np.linspace(0, 1.2 * white, 4000, dtype=np.float32)[None]
    assert (np.diff((tones * taken_back(tones, white))[0].astype(float)) > 0).all()


@pytest.mark.parametrize("edit", ENDS, ids=ids)
def test_a_slow_ramp_of_16_bits_rises_smoothly_and_nothing_clips(edit):
    ramp = np.linspace(0, 1, 6000, dtype=np.float32)
    out = cooked(grey(ramp[None].repeat(40, 0)), edit)[20, :, 1].astype(float)
    assert out[0] >= 0 and out[-1] <= 1 and (np.diff(out) > 0).all()
    slope = np.diff(out[60:-60:20]) / np.diff(ramp[60:-60:20])
    assert slope.min() > 0.1 and np.abs(np.diff(slope)).max() < 0.15


@pytest.mark.parametrize("edit", ENDS, ids=ids)
@pytest.mark.parametrize(("black", "white"), [(0.02, 0.98), (0.2, 0.8)])
def test_no_seam_of_light_along_a_hard_edge(edit, black, white):
    picture = np.full((300, 400), white, np.float32)
    picture[:, 200:] = black
    out = cooked(grey(picture), edit)[150, :, 1]
    left, right = out[:200], out[200:]
    assert np.ptp(left) < 0.05 and np.ptp(right) < 0.05
    assert left.min() > right.max() + 0.2


def test_details_in_the_dark_keep_their_contrast():
    waves = 0.12 * (1 + 0.2 * np.sin(np.arange(400) * 1.3))
    before = grey(waves[None].repeat(300, 0))
    after = cooked(before, HighlightsShadows(shadows=100))
    told = [np.std(rgb[150, 50:350, 1]) / np.mean(rgb[150, 50:350, 1]) for rgb in (before, after)]
    assert after.mean() > 1.5 * before.mean() and told[1] > 0.8 * told[0]


def test_a_spark_in_the_dark_is_not_blown_out():
    picture = np.full((300, 300), 0.1, np.float32)
    picture[150, 150] = 0.97
    out = cooked(grey(picture), HighlightsShadows(shadows=100))
    assert 0.97 <= out[150, 150, 1] < 1 and out[10, 10, 1] > 0.16


def test_hues_stay_and_a_strong_colour_is_no_shadow():
    for colour in ((0.3, 0.06, 0.03), (0.05, 0.1, 0.25), (0.9, 0.8, 0.3)):
        for edit in ENDS:
            out = cooked(np.full((40, 40, 3), colour, np.float32), edit)[20, 20]
            assert colorsys.rgb_to_hsv(*out)[:2] == pytest.approx(colorsys.rgb_to_hsv(*colour)[:2], abs=1e-4)
    blue = cooked(np.full((40, 40, 3), (0.05, 0.1, 0.95), np.float32), HighlightsShadows(shadows=100))[20, 20]
    assert blue == pytest.approx((0.05, 0.1, 0.95), abs=0.005)


def test_a_part_of_a_large_photo_is_as_it_is_in_the_whole():
    rng = np.random.default_rng(0)
    photo = Photo("large.tif", rng.random((60, 80, 3), np.float32).repeat(18, 0).repeat(18, 1))
    recipe = Recipe().put(HighlightsShadows(highlights=-70, shadows=70))
    region = Region(301, 299, 233, 222)
    whole = Engine({}).render(photo, recipe, View(0.7), Job())
    part = Engine({}).render(photo, recipe, View(0.7, region), Job())
    assert np.abs(part.rgb - whole.crop(region).rgb).max() < 1e-4


def test_one_study_serves_all_amounts(photo, models):
    asked = {HighlightsShadows(highlights=h, shadows=s).question() for h in (-100.0, 3.0) for s in (0.0, 50.0)}
    assert len(asked) == 1 and HighlightsShadows().question() is None
    image = Image(np.full((4, 4, 3), 0.5, np.float32))
    assert HighlightsShadows().apply(image, None, models, Job()) is image
    facts = Engine(models).facts(photo, Recipe().put(edit := HighlightsShadows(shadows=9)), edit, Job())
    assert facts.nbytes == facts.base.lines.nbytes > 0
