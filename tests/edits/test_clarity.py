"""Clarity: what lies side by side differs more, or less, while black, white and hard edges stay as they are."""

import colorsys

import numpy as np
import pytest

from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.image import Image
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.clarity import Clarity


def cooked(rgb, amount, view=None):
    photo = Photo("p.tif", np.ascontiguousarray(rgb, np.float32))
    return Engine({}).render(photo, Recipe().put(Clarity(amount=amount)), view or View(), Job()).rgb


def waves(middle, swing):
    """A grey cloth with folds: 400 x 300 pixels."""
    line = middle + swing * np.sin(np.arange(400) * 2 * np.pi / 12)
    return np.repeat(np.asarray(line, np.float32)[None, :, None], 300, 0).repeat(3, 2)


def test_folds_in_the_middle_tones_stand_out_or_are_smoothed():
    cloth = waves(0.5, 0.03)
    inside = np.s_[150, 60:340, 1]
    before = cloth[inside].std()
    more, less = cooked(cloth, 100)[inside], cooked(cloth, -100)[inside]
    assert 1.5 < more.std() / before < 2.1 and less.std() / before < 0.5
    assert more.mean() == pytest.approx(0.5, abs=0.01) and less.mean() == pytest.approx(0.5, abs=0.01)


def test_highlights_and_blacks_are_left_alone():
    for middle in (0.03, 0.97):
        cloth = waves(middle, 0.02)
        assert np.abs(cooked(cloth, 100) - cloth).max() < 0.02 * 0.2
    flat = np.full((100, 100, 3), 0.5, np.float32)
    assert np.abs(cooked(flat, 100) - flat).max() < 1e-4


@pytest.mark.parametrize("amount", [-100, 100])
def test_nothing_clips_and_what_is_beyond_stays(amount):
    rng = np.random.default_rng(0)
    noise = rng.random((200, 260, 3), np.float32)
    out = cooked(noise, amount)
    assert out.min() >= 0 and out.max() <= 1
    beyond = np.full((60, 60, 3), (1.3, 1.1, -0.2), np.float32)
    assert np.abs(cooked(beyond, amount) - beyond).max() < 1e-5


@pytest.mark.parametrize("amount", [-100, 100])
@pytest.mark.parametrize(("dark", "light"), [(0.0, 1.0), (0.05, 0.9), (0.3, 0.7)])
def test_no_halo_along_a_hard_edge(amount, dark, light):
    picture = np.full((300, 400, 3), light, np.float32)
    picture[:, 200:] = dark
    out = cooked(picture, amount)
    assert np.abs(out - picture).max() < 0.05 * (light - dark)


def test_hues_stay():
    cloth = waves(0.5, 0.03) * np.float32([0.9, 0.5, 0.3])
    out = cooked(cloth, 100)
    for x in range(100, 130):
        hue, saturation, _ = colorsys.rgb_to_hsv(*out[150, x])
        assert (hue, saturation) == pytest.approx(colorsys.rgb_to_hsv(0.9, 0.5, 0.3)[:2], abs=1e-3)


def test_a_part_of_a_large_photo_is_as_it_is_in_the_whole():
    rng = np.random.default_rng(0)
    photo = Photo("large.tif", rng.random((60, 80, 3), np.float32).repeat(18, 0).repeat(18, 1))
    recipe = Recipe().put(Clarity(amount=80))
    region = Region(301, 299, 233, 222)
    whole = Engine({}).render(photo, recipe, View(0.7), Job())
    part = Engine({}).render(photo, recipe, View(0.7, region), Job())
    assert np.abs(part.rgb - whole.crop(region).rgb).max() < 1e-4


def test_one_study_serves_all_amounts(photo, models):
    assert Clarity(amount=-3).question() == Clarity(amount=80).question() is not None
    assert Clarity().question() is None
    image = Image(np.full((4, 4, 3), 0.5, np.float32))
    assert Clarity().apply(image, None, models, Job()) is image
    facts = Engine(models).facts(photo, Recipe().put(edit := Clarity(amount=9)), edit, Job())
    assert facts.nbytes == facts.base.lines.nbytes > 0
