"""One click: a photo's light and colours put right."""

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.engine import Engine, View
from editor.core.image import Image
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.craft.difference import ciede2000, lab_of
from editor.edits.enhance import UNPROTECTED, Enhance


def cooked(photo, models, **values):
    return Engine(models).render(photo, Recipe().put(Enhance(**values)), View(), Job())


@pytest.fixture
def dark(tmp_path, noisy):
    path = tmp_path / "dark.png"
    Pillow.fromarray((noisy.clip(0, 1) * 110).astype(np.uint8)).save(path)
    return Photo.open(path)


def test_a_dark_photo_becomes_lighter_as_the_network_says(dark, models):
    before = dark.at(1.0).rgb
    assert cooked(dark, models).rgb.mean() > 1.3 * before.mean()


def test_strength_goes_from_nothing_to_more_than_was_told(dark, models):
    means = [cooked(dark, models, strength=strength).rgb.mean() for strength in (0, 50, 100, 150)]
    assert means[0] == pytest.approx(dark.at(1.0).rgb.mean(), abs=1e-6)
    assert all(later > earlier + 0.02 for earlier, later in pairwise(means))


def test_the_network_is_asked_once_whatever_the_strength(dark, models):
    asked = []

    class Counting:
        def tell(self, pixels, job):
            asked.append(pixels.shape)
            return models["enhance"].tell(pixels, job)

    engine = Engine({**models, "enhance": Counting()})
    for strength in (20, 60, 140):
        engine.render(dark, Recipe().put(Enhance(strength=strength)), View(0.5), Job())
    assert len(asked) == 1


def test_colours_beyond_srgb_go_on_beyond_it(models):
    rgb = np.full((40, 60, 3), 0.3, np.float32)
    rgb[:10] = (1.2, 0.4, -0.1)
    edit = Enhance()
    image = Image(rgb)

    class Whole:
        small, size = image, (60, 40)

    facts = edit.study(Whole(), models, Job())
    out = edit.apply(image, facts, models, Job()).rgb
    assert out[5, 30, 0] == pytest.approx(1.2, abs=1e-3)
    assert out[5, 30, 2] < 0
    assert out[30, 30].mean() > 0.35


def test_a_protected_product_keeps_hue_and_chroma_while_the_rest_is_corrected(dark, models):
    matte = np.zeros((dark.size[1], dark.size[0]), np.float32)
    matte[30:120, 60:140] = 1
    photo = dark.with_matte(matte)
    free, held = (cooked(photo, models, protect=protect).rgb for protect in (False, True))
    was, now = lab_of(photo.at(1.0).rgb.clip(0, 1)), lab_of(held.clip(0, 1))
    was[..., 0] = now[..., 0]
    inside = matte == 1
    moved = ciede2000(was, now)[inside]
    assert moved.max() <= 2
    assert np.abs(free - held)[inside].max() > 0.01
    assert np.array_equal(free[~inside], held[~inside])


def test_without_a_matte_there_is_nothing_to_protect_and_it_is_said(dark, models):
    edit = Enhance(protect=True)
    assert Engine(models).facts(dark, Recipe().put(edit), edit, Job()).note == UNPROTECTED
    assert Engine(models).facts(dark, Recipe().put(Enhance()), Enhance(), Job()).note == ""
    assert np.array_equal(cooked(dark, models).rgb, cooked(dark, models, protect=True).rgb)


def test_what_lies_under_transparency_is_not_looked_at(tmp_path, noisy, models):
    pixels = np.dstack([(noisy.clip(0, 1) * 200).astype(np.uint8), np.full(noisy.shape[:2], 255, np.uint8)])
    pixels[:, :100, 3] = 0
    seen = []

    class Seeing:
        def tell(self, pixels, job):
            seen.append(pixels)
            return models["enhance"].tell(pixels, job)

    for hidden in (0, 255):
        pixels[:, :100, :3] = hidden
        Pillow.fromarray(pixels).save(tmp_path / f"{hidden}.png")
        cooked(Photo.open(tmp_path / f"{hidden}.png"), {**models, "enhance": Seeing()})
    assert np.array_equal(*seen)


def test_the_colours_are_those_of_the_picture_where_the_light_is_even(models):
    class Even:
        def tell(self, pixels, job):
            told = models["enhance"].tell(pixels, job)
            return told | {"field": 0 * told["field"], "detail": 0 * told["detail"]}

    rgb = np.random.default_rng(2).random((30, 40, 3), np.float32)
    edit, image = Enhance(strength=80), Image(rgb)

    class Whole:
        small, size = image, (40, 30)

    facts = edit.study(Whole(), {"enhance": Even()}, Job())
    assert np.abs(edit.colours(rgb, facts) - edit.apply(image, facts, {}, Job()).rgb).max() < 1e-4
