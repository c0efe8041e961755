"""Denoise: noise goes, the picture stays, and the level is the photo's own."""

import numpy as np
import pytest

from editor.core.edit import Edit, Look
from editor.core.engine import Engine, View
from editor.core.image import Image, in_gamut
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.denoise import SWING, Denoise, Level


def test_strength_mixes_photo_and_result(image, models):
    full = Denoise(noise=20.0).apply(image, None, models, Job()).rgb
    half = Denoise(noise=20.0, strength=0.5).apply(image, None, models, Job()).rgb
    assert np.allclose(half, (full + image.rgb) / 2, atol=1e-6)
    assert Denoise(noise=20.0, strength=0.0).apply(image, None, models, Job()) is image
    assert Denoise(noise=0.0).apply(image, None, models, Job()) is image


def test_a_shrunken_photo_has_less_noise_to_take_out(photo, models):
    Engine(models).render(photo, Recipe().put(Denoise(noise=40.0)), View(0.25), Job())
    assert models["denoise"].runs[-1][1] == pytest.approx(40 / 255 * 0.25)


def test_automatic_level_is_measured_at_full_size_whatever_the_zoom(photo, models):
    recipe = Recipe().put(Denoise())
    engine = Engine(models)
    engine.render(photo, recipe, View(0.25), Job())
    engine.render(photo, recipe, View(0.5), Job())
    (_, small), (_, large) = models["denoise"].runs[-2:]
    assert large == pytest.approx(2 * small)
    found = engine.facts(photo, recipe, Denoise(), Job())
    assert large == pytest.approx(found.sigma / 255 * 0.5)


def look_at(image):
    return Look(lambda: image, lambda: (image,))


def test_automatic_level_follows_the_noise(models):
    clean = np.tile(np.linspace(0.2, 0.8, 200, dtype=np.float32)[None, :, None], (150, 1, 3))
    found = []
    for sigma in (0, 10, 30):
        noise = np.random.default_rng(0).standard_normal(clean.shape, np.float32) * sigma / 255
        found.append(Denoise().study(look_at(Image(clean + noise)), models, Job()).sigma)
    assert found[0] < found[1] < found[2]


def test_the_study_is_made_once_for_all_strengths(photo, models):
    seen = []
    estimate = models["noise"].run
    models["noise"].run = lambda pixels, job: seen.append(1) or estimate(pixels, job)
    engine = Engine(models)
    for strength in (0.2, 0.5, 1.0):
        engine.render(photo, Recipe().put(Denoise(strength=strength)), View(), Job())
    assert len(seen) == 1


def test_what_the_network_may_not_see_is_added_back(models):
    glaring = Image(np.full((16, 16, 3), 40, np.float32))
    out = Denoise(noise=10.0).apply(glaring, None, models, Job())
    assert np.allclose(out.rgb, 40)


def test_the_level_reads_like_a_number_in_the_window():
    assert str(Level(12.34)) == "12.3"


def test_a_float_photo_swinging_past_black_and_white_is_denoised_as_it_is(noisy, models):
    photo = Photo("noisy.tif", noisy * 2 - 0.5)
    out = Engine(models).render(photo, Recipe().put(Denoise(noise=50.0)), View(), Job())
    assert out.rgb.min() < 0 and out.rgb.max() > 1


def test_a_clean_photo_is_said_to_be_clean():
    assert str(Level(0.04)) == "no noise found" and str(Level(0.06)) == "0.1"


class Blind:
    """A denoiser that was brought along, and knows nothing of a level."""

    inputs = ()

    def run(self, pixels, job):
        return np.full_like(pixels, 0.25)


class Seeing(Blind):
    inputs = ("level",)

    def run(self, pixels, job, *, level):
        return np.full_like(pixels, level)


def test_another_network_gets_the_level_if_it_takes_one(image, models):
    models |= {"denoise:blind": Blind(), "denoise:seeing": Seeing()}
    blind = Denoise(noise=51.0, network="blind").apply(image, None, models, Job())
    seeing = Denoise(noise=51.0, network="seeing").apply(image, None, models, Job())
    out_of_gamut = image.rgb - in_gamut(image.rgb, SWING * 0.2)
    assert np.allclose(blind.rgb, 0.25 + out_of_gamut, atol=1e-6)
    assert np.allclose(seeing.rgb, 0.2 + out_of_gamut, atol=1e-6)
    assert not models["denoise"].runs


def test_a_network_that_is_not_there_is_no_other_one(image, models):
    with pytest.raises(KeyError):
        Denoise(noise=20.0, network="gone").apply(image, None, models, Job())


def test_a_recipe_from_before_there_was_a_choice_means_packshots_own():
    old = {"edit": "denoise", "version": 1, "strength": 0.5, "noise": 10.0}
    assert Edit.from_dict(old) == Denoise(strength=0.5, noise=10.0, network="")
    chosen = Denoise(network="u2 net.v1+")
    assert Edit.from_dict(chosen.to_dict()) == chosen and chosen.to_dict()["version"] == 2
    for wrong in ("../../etc", "own", "a/b", "x" * 99, " a", 5):
        with pytest.raises(ValueError, match="denoise: network"):
            Denoise(network=wrong)
