"""Cutout: the product of a drawn photo comes out of its background, and a person has the last word."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from editor.core.drawn import Stroke
from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.image import Image
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.crop import Crop
from editor.edits.cutout import EDGE, EVERYTHING, NOTHING, Cutout

GREEN, RED = np.array([0.2, 0.55, 0.25], np.float32), np.array([0.8, 0.12, 0.1], np.float32)


def disc(size=(240, 200), middle=(120, 100), radius=60):
    """The share of every pixel that lies in a disc."""
    x, y = np.arange(size[0]) + 0.5 - middle[0], (np.arange(size[1]) + 0.5)[:, None] - middle[1]
    return (radius + 0.5 - np.hypot(x, y)).clip(0, 1).astype(np.float32)


def photo_of(*shares, back=GREEN, front=RED, alpha=None):
    share = np.maximum.reduce(shares)[..., None]
    rgb = share * front + (1 - share) * back
    rgb += np.random.default_rng(0).normal(0, 0.004, rgb.shape).astype(np.float32)
    return Photo("red.tif", rgb.astype(np.float32), alpha)


def cook(photo, edit, models, view=None, before=()):
    recipe = Recipe()
    for each in (*before, edit):
        recipe = recipe.put(each)
    return Engine(models).render(photo, recipe, view or View(), Job())


def note(photo, edit, models):
    return Engine(models).facts(photo, Recipe().put(edit), edit, Job()).note


def test_the_matte_is_that_of_the_product_to_a_part_of_a_pixel(models):
    true = disc()
    out = cook(photo_of(true), Cutout(), models)
    assert np.abs(out.alpha - true).mean() < 0.002
    assert out.alpha[0, 0] == 0 and out.alpha[100, 120] == 1
    assert np.array_equal(out.alpha, out.matte)


def test_a_rough_matte_is_refined_on_the_large_photo(models):
    """The network sees 1,024 pixels; a thread of two pixels on a photo of 3,000 is there all the same."""
    large = disc((3000, 2000), (1500, 1000), 700)
    large[1000:1002, 792:810] = 1  # a thread that sticks out of the disc, over the background
    out = cook(photo_of(large), Cutout(), models, View(1.0, Region(785, 970, 60, 60)))
    rows = out.alpha[:, 8:12].mean(1)
    assert rows[30:32].min() > 0.6, "the thread is there"
    assert rows[:28].max() < 0.1 and rows[34:].max() < 0.1, "and nothing beside it"


def test_the_old_background_is_taken_out_of_half_transparent_pixels(models):
    true = cv2.GaussianBlur(disc(), (0, 0), 2)
    photo = photo_of(true)
    out, raw = (cook(photo, Cutout(fringe=f), models) for f in (1.0, 0.0))
    half = (true > 0.25) & (true < 0.75)
    assert np.abs(raw.rgb - RED)[half].mean() > 0.15, "the photo's own pixels are half green"
    assert np.abs(out.rgb - RED)[half].mean() < 0.06
    assert np.array_equal(out.rgb[true > 0.999], photo.at().rgb[true > 0.999]), "the product itself stays as it is"


@pytest.mark.parametrize("changes", [{"shift": -5.0}, {"feather": 6.0}, {"shift": -3.5, "feather": 3.0}])
def test_an_edge_that_is_moved_or_softened_keeps_the_products_colours(models, changes):
    true = disc()
    photo = photo_of(true)
    out = cook(photo, Cutout(**changes), models)
    inside = (cv2.erode(true, np.ones((7, 7))) >= 1) & (out.alpha > 0)
    assert (inside & (out.alpha < 0.9)).any(), "there is a part of the product that is seen through now"
    assert np.array_equal(out.rgb[inside], photo.at().rgb[inside]), "no background was mixed in there"
    assert np.abs(out.rgb - RED)[out.alpha > 0.1].max() < 0.1, "and none shines through elsewhere"


@pytest.mark.parametrize("under", [0.0, 1.0])
def test_colours_under_the_photos_own_alpha_are_the_products_already(models, under):
    true = cv2.GaussianBlur(disc(), (0, 0), 2)
    rgb = np.where(true[..., None] > 0, RED, np.float32(under)).astype(np.float32)
    photo = Photo("red.tif", rgb, true)
    out = cook(photo, Cutout(), models)
    seen = out.alpha > 0
    assert np.array_equal(out.rgb[seen], rgb[seen])
    again = cook(photo, Cutout(name="again"), models, before=(Cutout(),))
    assert np.array_equal(again.rgb[seen], rgb[seen])


def test_where_nothing_is_found_nothing_changes_and_it_is_said(models):
    photo = photo_of(np.zeros((200, 240), np.float32))
    out = cook(photo, Cutout(), models)
    assert note(photo, Cutout(), models) == NOTHING
    assert out.alpha is None and out.matte is None and np.array_equal(out.rgb, photo.at().rgb)


def test_a_product_at_the_edge_is_kept_with_a_word(models):
    photo = photo_of(disc(middle=(120, 190)))
    assert note(photo, Cutout(), models) == EDGE
    assert cook(photo, Cutout(), models).alpha[199, 120] == 1


class Everywhere:
    def run(self, pixels, job):
        job.progress(1)
        return np.ones((*pixels.shape[:2], 1), np.float32)


def test_a_matte_that_covers_everything_is_kept_with_a_word():
    photo, models = photo_of(disc()), {"cutout": Everywhere()}
    assert note(photo, Cutout(), models) == EVERYTHING
    assert cook(photo, Cutout(), models).alpha.min() == 1


def test_strokes_add_remove_and_ask_anew_and_the_last_one_counts(models):
    photo = photo_of(disc())
    add = Stroke(((0.05, 0.1), (0.2, 0.1)), 0.05, 1.0, mark="Add")
    remove = Stroke(((0.5, 0.5),), 0.1, 1.0, mark="Remove")
    out = cook(photo, Cutout(corrections=(add, remove)), models)
    assert out.alpha[20, 24] == 1 and out.alpha[100, 120] == 0
    again = cook(photo, Cutout(corrections=(add, remove, replace(remove, mark="Add"))), models)
    assert again.alpha[100, 120] == 1
    assert cook(photo, Cutout(corrections=(replace(remove, mark="Unsure"),)), models).alpha[100, 120] == 1


def test_strokes_bring_a_product_back_that_the_network_does_not_see(models):
    photo = photo_of(np.zeros((200, 240), np.float32))
    out = cook(photo, Cutout(corrections=(Stroke(((0.5, 0.5),), 0.2, 1.0, mark="Add"),)), models)
    assert out.alpha[100, 120] == 1 and out.alpha[0, 0] == 0


def two():
    return photo_of(disc(middle=(60, 100), radius=35), disc(middle=(180, 100), radius=40))


def test_a_click_drops_one_of_two_things(models):
    both, one = cook(two(), Cutout(), models), cook(two(), Cutout(drop=((0.25, 0.5),)), models)
    assert both.alpha[100, 60] == 1 and both.alpha[100, 180] == 1
    assert one.alpha[:, :100].max() == 0 and one.alpha[100, 180] == 1


class Left:
    """Sees but what is left of the middle."""

    def __init__(self, finder):
        self.finder = finder

    def run(self, pixels, job):
        out = self.finder.run(pixels, job).copy()
        out[:, out.shape[1] // 2 :] = 0
        return out


def test_a_click_keeps_a_thing_that_the_network_left_out(models):
    left = {"cutout": Left(models["cutout"])}
    assert cook(two(), Cutout(), left).alpha[100, 180] == 0
    kept = cook(two(), Cutout(keep=((0.75, 0.5),)), left)
    assert kept.alpha[100, 180] == 1 and kept.alpha[100, 60] == 1 and kept.alpha[20, 120] == 0


def test_a_box_tells_which_of_two_things_and_shows_the_network_no_more(models):
    out = cook(two(), Cutout(box=(0.5, 0.1, 0.5, 0.8)), models)
    assert out.alpha[:, :110].max() == 0 and out.alpha[100, 180] == 1
    assert models["cutout"].runs[-1][1] < 150


def test_what_lies_on_the_photo_stays_there_when_it_is_cropped_and_turned(models):
    crop = Crop(rectangle=(0.0, 0.0, 1.0, 1.0), turn="90°")
    plain = cook(two(), Cutout(drop=((0.25, 0.5),), box=(0.0, 0.0, 0.9, 0.9)), models)
    turned = cook(two(), Cutout(drop=((0.25, 0.5),), box=(0.0, 0.0, 0.9, 0.9)), models, before=(crop,))
    assert np.abs(np.rot90(plain.alpha, -1) - turned.alpha).mean() < 0.002


def test_a_matte_that_was_opened_counts_before_the_network(models):
    share = disc(middle=(80, 80), radius=30)
    photo = photo_of(disc()).with_matte((share * 255 + 0.5).astype(np.uint8))
    out = cook(photo, Cutout(), models)
    assert np.abs(out.alpha - share).max() < 0.03 and models["cutout"].runs == []
    assert np.abs(cook(photo, Cutout(source="network"), models).alpha - disc()).mean() < 0.002


def test_a_photos_own_alpha_counts_too(models):
    alpha = disc(middle=(80, 80), radius=30)
    out = cook(photo_of(disc(), alpha=alpha), Cutout(), models)
    assert np.abs(out.alpha - alpha).max() < 0.03 and models["cutout"].runs == []


def test_the_edge_moves_and_softens(models):
    def area(**values):
        return float(cook(photo_of(disc()), Cutout(**values), models).alpha.sum())

    assert area(shift=3) == pytest.approx(np.pi * 63**2, rel=0.03)
    assert area(shift=-3) == pytest.approx(np.pi * 57**2, rel=0.03)
    soft = cook(photo_of(disc()), Cutout(feather=4), models).alpha
    assert ((soft > 0.05) & (soft < 0.95)).sum() > 3 * ((disc() > 0.05) & (disc() < 0.95)).sum()


def test_the_overlay_marks_what_is_left_out_and_keeps_the_picture_opaque(models):
    photo = photo_of(disc())
    out = cook(photo, Cutout().overlaid(), models)
    assert out.alpha is None
    assert np.array_equal(out.rgb[100, 120], photo.at().rgb[100, 120])
    assert out.rgb[5, 5, 0] > photo.at().rgb[5, 5, 0] + 0.2
    before = cook(photo, Cutout().before(), models)
    assert np.array_equal(before.rgb, photo.at().rgb) and before.matte[100, 120] == 1


def test_the_products_own_shadow_is_found_on_a_table(models):
    true, size = disc(), (240, 200)
    dark = cv2.GaussianBlur(disc(size, (135, 150), 40), (0, 0), 6) * 0.5 * (1 - true)
    light = np.full((200, 240, 3), 0.75, np.float32) * (1 - dark[..., None])
    rgb = true[..., None] * RED + (1 - true[..., None]) * light
    out = cook(Photo("table.tif", rgb.astype(np.float32)), Cutout(source="network"), {"cutout": Given(true)})
    inside = (dark > 0.25) & (true < 0.01)
    assert np.abs(out.shade - dark)[inside].mean() < 0.12 and out.shade[inside].mean() > 0.2
    assert out.shade[10:60, 10:60].max() < 0.05


class Given:
    def __init__(self, matte):
        self.matte = matte

    def run(self, pixels, job):
        job.progress(1)
        return cv2.resize(self.matte, pixels.shape[1::-1])[..., None]


def test_a_busy_background_has_no_shadow(models):
    true = disc()
    busy = np.random.default_rng(1).random((10, 12, 3)).astype(np.float32)
    rgb = true[..., None] * RED + (1 - true[..., None]) * cv2.resize(busy, (240, 200))
    out = cook(Photo("busy.tif", rgb.astype(np.float32)), Cutout(), {"cutout": Given(true)})
    assert out.shade.max() == 0


def test_planes_of_another_size_are_refused():
    with pytest.raises(ValueError, match="matte"):
        Image(np.zeros((4, 4, 3), np.float32), matte=np.zeros((3, 4), np.float32))
