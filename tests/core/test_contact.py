"""Contact: edited photos in small are the whole edited photo shrunk, and what takes networks or time is left out."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.contact import contact
from editor.core.edit import Edit
from editor.core.engine import Engine, View
from editor.core.job import Job
from editor.core.matte_file import keep_matte, matte_path
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sketch import miniature

K = Edit.kinds


@pytest.fixture
def large(tmp_path, noisy):
    path = tmp_path / "large.png"
    pixels = (noisy.clip(0, 1) * 255 + 0.5).astype(np.uint8)
    Pillow.fromarray(pixels).resize((1200, 900), Pillow.Resampling.BICUBIC).save(path)
    return path


def test_without_edits_it_is_the_miniature(large):
    off = Recipe().put(K["exposure"](stops=2.0)).switch("exposure", on=False)
    for recipe in (Recipe(), off):
        assert np.array_equal(contact(large, recipe, 120).rgb, miniature(large, 120).rgb)


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe().put(K["exposure"](stops=-1.0)),
        Recipe().put(K["exposure"](stops=-1.0)).put(K["crop"](rectangle=(0.3, 0.2, 0.4, 0.6), angle=3.0)),
        Recipe().put(K["crop"](turn=K["crop"].params()["turn"].options[1])).put(K["white_balance"](temperature=30.0)),
    ],
    ids=["tone", "crop", "turn"],
)
def test_it_is_the_edited_photo_shrunk(large, recipe):
    photo = Photo.open(large)
    width, height = recipe.size(photo.size)
    scale = min(1.0, 120 / max(width, height))
    whole = Engine({}).render(photo, recipe, View(scale), Job())
    small = contact(large, recipe, 120)
    assert small.size == whole.size and max(small.size) == 120
    assert np.abs(small.rgb - whole.rgb).mean() < 0.02


def test_a_network_is_not_waited_for_and_the_other_edits_are_there(large):
    exposed = Recipe().put(K["exposure"](stops=-1.0))
    for noise in (None, 20.0):
        both = exposed.put(K["denoise"](noise=noise))
        assert np.array_equal(contact(large, both, 120).rgb, contact(large, exposed, 120).rgb)


def test_an_edit_that_is_slow_or_fails_is_left_out(large, monkeypatch):
    def slow(self, image, facts, models, job):
        for _ in range(400):
            job.progress(0)
            time.sleep(0.005)
        raise AssertionError("was not stopped")

    exposed = Recipe().put(K["exposure"](stops=-1.0))
    both = exposed.put(K["white_balance"](temperature=30.0))
    expected = contact(large, exposed, 120).rgb
    monkeypatch.setattr("editor.core.contact.BUDGET", 0.05)
    monkeypatch.setattr(K["white_balance"], "apply", slow)
    assert np.array_equal(contact(large, both, 120).rgb, expected)

    def broken(self, image, facts, models, job):
        raise ZeroDivisionError

    monkeypatch.setattr(K["white_balance"], "apply", broken)
    assert np.array_equal(contact(large, both, 120).rgb, expected)


def test_a_very_small_crop_is_not_read_from_a_huge_picture(large):
    recipe = Recipe().put(K["crop"](rectangle=(0.5, 0.5, 0.02, 0.02)))
    small = contact(large, recipe, 60)
    assert max(small.size) <= 60 * 6 * 0.02 + 1


def test_a_matte_that_is_kept_beside_the_photo_is_known(large):
    matte = np.zeros((900, 1200), np.uint8)
    matte[300:600, 400:800] = 255
    keep_matte(large, matte)
    seen = contact(large, Recipe().put(K["exposure"](stops=0.1)), 120)
    assert seen.matte.shape == (90, 120)
    assert seen.matte[45, 60] == 1 and seen.matte[10, 10] == 0
    matte_path(large).write_bytes(b"damaged")
    assert contact(large, Recipe().put(K["exposure"](stops=0.1)), 120).matte is None


def test_without_the_network_that_finds_the_product_the_rest_is_seen(large):
    recipe = Recipe().put(K["cutout"]()).put(K["exposure"](stops=-1.0))
    assert contact(large, recipe, 120).rgb == pytest.approx(contact(large, recipe.only({("exposure", "")}), 120).rgb)


def test_without_the_network_that_finds_the_product_there_is_no_scene_either(large, monkeypatch):
    monkeypatch.setattr("editor.core.contact.BUDGET", 60)
    exposed = Recipe().put(K["exposure"](stops=-1.0))
    scene = exposed.put(K["cutout"]()).put(K["fit"]()).put(K["shadow"]()).put(K["background"]())
    expected = contact(large, exposed, 120)
    assert np.array_equal(contact(large, scene, 120).rgb, expected.rgb)
    alone = scene.without("cutout")  # what was asked for without a cut-out is shown
    assert contact(large, alone, 120).size != expected.size
    matte = np.zeros((900, 1200), np.uint8)
    matte[300:600, 400:800] = 255
    keep_matte(large, matte)
    assert contact(large, scene, 120).size == contact(large, alone, 120).size
    with_product = contact(large, scene.without("fit"), 120)
    assert with_product.rgb[0, 0] == pytest.approx(1, abs=0.01)  # the background of the scene


def test_a_network_that_only_tells_of_a_photo_is_asked(large, models):
    recipe = Recipe().put(K["enhance"]())
    plain = contact(large, Recipe(), 120).rgb
    assert np.array_equal(contact(large, recipe, 120).rgb, plain)  # without it the edit is left out
    seen = contact(large, recipe, 120, models)
    whole = Engine(models).render(Photo.open(large), recipe, View(120 / max(Photo.open(large).size)), Job())
    assert np.abs(seen.rgb - plain).max() > 0.05
    assert np.abs(seen.rgb - whole.rgb).mean() < 0.02
    assert np.array_equal(
        contact(large, Recipe().put(K["denoise"]()), 120, models).rgb, plain
    )  # one that makes a picture
