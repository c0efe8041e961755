"""Latent: sliders change the product and nothing else, in all parts of the picture alike; at zero nothing changes."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.codes import Codes
from editor.core.edit import COMPOSITE, Edit
from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.latent import ALONE, CARRY, CATEGORIES, DESIGN, FAR, GREY, MOST, UNFOUND, UNKNOWN, UNREAD, Latent
from tests.coding import Decoder, codes

SIZE = (320, 260)
BLUE, GREY_ONE = (0.3, 0.4, 0.65), (0.5, 0.5, 0.5)
WAYS = (CARRY, DESIGN)
KIND, STRANGE = CATEGORIES[0], CATEGORIES[-1]  # one that the stand-in knows, and one that it does not
every_way = pytest.mark.parametrize("way", WAYS)


def egg(size=SIZE, colour=BLUE, wide=0.3, high=0.26):
    """A photo of an egg with a speckled shell on a shaded table, float32 (h, w, 3), and where it is (h, w)."""
    width, height = size
    y, x = (np.mgrid[0:height, 0:width] + 0.5) / width
    far = np.hypot((x - 0.52) / wide, (y - 0.4) / high)
    matte = ((1 - far) * wide * width + 0.5).clip(0, 1).astype(np.float32)
    table = np.array([0.62, 0.58, 0.52]) * (0.8 + 0.4 * x[..., None]) * (0.9 + 0.2 * y[..., None])
    speckles = 1 + 0.1 * np.sin(90 * x + 4 * np.sin(60 * y))[..., None] * np.sin(85 * y)[..., None]
    rgb = table + matte[..., None] * (np.array(colour) * speckles * (1.1 - 0.2 * far[..., None]) - table)
    return rgb.astype(np.float32), matte


def photo_of(size=SIZE, bits=8, **how):
    rgb, matte = egg(size, **how)
    kind, most = (np.uint8, 255) if bits == 8 else (np.uint16, 65535)
    photo = Photo("egg.tif", (rgb.clip(0, 1) * most + 0.5).astype(kind))
    return photo.with_matte((matte * 255 + 0.5).astype(np.uint8))


def cooked(photo, *edits, models, view=None, engine=None):
    recipe = Recipe()
    for edit in edits:
        recipe = recipe.put(edit)
    return (engine or Engine(models)).render(photo, recipe, view or View(), Job())


def facts_of(photo, edit, models):
    return Engine(models).facts(photo, Recipe().put(edit), edit, Job())


def said_of(photo, edit, models):
    return [(said.text, said.warns) for said in edit.reading(facts_of(photo, edit, models))]


CUT = Edit.kinds["cutout"]()
MANY = Latent(direction_4=1.5, hue=-1.0, direction_5=-1.0, direction_2=0.5)  # 4 is how wide, 5 how high


# -- nothing


@every_way
def test_with_all_at_zero_not_one_pixel_changes_and_no_network_is_asked(way, models):
    photo = photo_of(bits=16)
    for edit in (Latent(way=way), Latent(way=way, category=KIND), Latent(way=way, morph=50), Latent(blend=70)):
        assert edit.question() is None and edit.changes_nothing(None) and edit.reach(1.0) == 0
        assert np.array_equal(cooked(photo, edit, models=models).rgb, photo.at().rgb)
    assert not models["latent-encoder"].asked and not models["latent-decoder"].asked


def test_where_nothing_was_cut_out_nothing_changes_and_it_says_so(photo, models):
    edit = Latent(direction_4=2)
    facts = facts_of(photo, edit, models)
    assert facts.note == UNFOUND and facts.note in Latent.notes and edit.changes_nothing(facts)
    assert np.array_equal(cooked(photo, edit, models=models).rgb, photo.at().rgb)
    empty = Photo("t.tif", photo.samples).with_matte(np.zeros(photo.size[::-1], np.uint8))
    assert facts_of(empty, edit, models).note == UNFOUND


def test_what_the_network_does_not_know_changes_nothing_and_it_says_so(models):
    class Ignorant(Decoder):
        @property
        def codes(self):
            ways = [d for d in codes().directions if d.name not in ("4", "yellow", CATEGORIES[1])]
            return replace(codes(), directions=tuple(ways))

    known = {**models, "latent-decoder": Ignorant()}
    photo = photo_of()
    plain = photo.at().rgb
    for edit in (Latent(direction_4=2), Latent(hue=2), Latent(colourfulness=1), Latent(category=STRANGE, morph=80)):
        assert said_of(photo, edit, known) == [(UNKNOWN, True)]
        assert np.array_equal(cooked(photo, edit, models=known).rgb, plain)
    assert said_of(photo, Latent(direction_5=2), known) == []
    both = cooked(photo, Latent(direction_5=2, direction_4=3), models=known).rgb
    assert np.array_equal(both, cooked(photo, Latent(direction_5=2), models=known).rgb)
    assert not np.array_equal(both, plain)


# -- what sliders do


@every_way
@pytest.mark.parametrize(
    ("value", "taller"),
    [({"direction_5": 1.5}, 0.18), ({"direction_5": -1.5}, -0.18), ({"direction_4": 1.2}, 0.0)],
    ids=str,
)
def test_the_product_takes_another_shape(value, taller, way, models):
    photo = photo_of()
    before, after = photo.at(), cooked(photo, Latent(way=way, **value), models=models)

    def height(image):
        return np.ptp(np.flatnonzero((image.matte > 0.5).any(1))) + 1

    side = 2 * 0.3 * SIZE[0] / 0.875  # of the square around it
    assert height(after) - height(before) == pytest.approx(taller * side, abs=0.035 * side)
    away = cv2.dilate(np.maximum(before.matte, after.matte), np.ones((5, 5))) == 0
    assert np.abs(after.rgb - before.rgb)[away].max() < 1e-6, "the ground stays"
    free = (before.matte > 0) & (cv2.dilate(after.matte, np.ones((5, 5))) == 0)
    table = egg(colour=BLUE, wide=1e-3, high=1e-3)[0]
    assert not free.any() or np.abs(after.rgb - table)[free].max() < 0.06, "where it was, its ground is seen"


@every_way
def test_the_product_takes_another_colour(way, models):
    photo, inside = photo_of(), cv2.erode(egg()[1], np.ones((9, 9))) > 0.99
    before = photo.at().rgb[inside].mean(0)
    red = cooked(photo, Latent(way=way, direction_1=1), models=models).rgb[inside].mean(0)
    assert np.allclose(red - before, (0.12, 0, 0), atol=0.03)
    dull = cooked(photo, Latent(way=way, colourfulness=-0.8), models=models).rgb[inside].mean(0)
    bright = cooked(photo, Latent(way=way, colourfulness=0.8), models=models).rgb[inside].mean(0)
    assert np.ptp(dull) < np.ptp(before) - 0.05 and np.ptp(bright) > np.ptp(before) + 0.05


def test_hue_turns_about_the_products_own_colour(models):
    """To the same side for all: a blue one towards violet, a red one towards orange; a grey one has none."""
    turned = {}
    for name, colour in {"blue": BLUE, "red": (0.65, 0.35, 0.35), "grey": GREY_ONE}.items():
        photo, inside = photo_of(colour=colour), egg()[1] > 0.99
        out = cooked(photo, Latent(hue=1), models=models).rgb
        turned[name] = (out - photo.at().rgb)[inside].mean(0)
        assert (said_of(photo, Latent(hue=1), models) == [(GREY, True)]) == (name == "grey")
    assert turned["blue"][0] > 0.02 and turned["red"][1] > turned["red"][2] + 0.02
    assert not turned["grey"].any()


def test_carrying_keeps_what_the_photo_shows_finely_and_a_design_does_not(models):
    photo, inside = photo_of(), cv2.erode(egg()[1], np.ones((15, 15))) > 0.99
    fine = {}
    plain, turned = Latent(), Latent(hue=-1, direction_4=0.3)
    for name, edit in {"plain": plain, CARRY: turned, DESIGN: replace(turned, way=DESIGN)}.items():
        rgb = cooked(photo, edit, models=models).rgb
        fine[name] = (rgb - cv2.GaussianBlur(rgb, (0, 0), 2))[inside].std()
    assert fine[CARRY] > 0.8 * fine["plain"] > 4 * fine[DESIGN]


@every_way
def test_twice_as_far_is_further(way, models):
    photo = photo_of()
    areas = [cooked(photo, Latent(way=way, direction_4=f), models=models).matte.sum() for f in (-3, -2, -1, 0, 0.7)]
    assert (np.diff(areas) > 100).all()


def test_it_becomes_like_those_of_another_category(models):
    photo = photo_of()
    areas = []
    for part in (0, 50, 100):
        matte = cooked(photo, Latent(way=DESIGN, category=KIND, morph=part), models=models).matte
        areas.append(np.ptp(np.flatnonzero((matte > 0.5).any(1))))
    assert areas[0] < areas[1] < areas[2]


# -- another product


@pytest.fixture
def red_one(tmp_path):
    path = tmp_path / "red.png"
    Pillow.fromarray((egg((400, 320), (0.7, 0.3, 0.3), 0.2, 0.3)[0].clip(0, 1) * 255 + 0.5).astype(np.uint8)).save(path)
    return str(path)


@every_way
def test_two_products_are_blended(way, red_one, models):
    photo, inside = photo_of(), cv2.erode(egg()[1], np.ones((41, 41))) > 0.99
    reds, widths = [], []
    for share in (0, 30, 60, 90):
        out = cooked(photo, Latent(way=way, other=red_one, blend=share), models=models)
        reds.append(out.rgb[inside][:, 0].mean() - out.rgb[inside][:, 2].mean())
        widths.append((out.matte > 0.5).any(0).sum())
    assert (np.diff(reds) > 0.05).all() and (np.diff(widths) < 0).all()
    assert np.array_equal(cooked(photo, Latent(other=red_one), models=models).rgb, photo.at().rgb)


def test_a_picture_that_cannot_be_blended_with_is_left_out(tmp_path, models):
    photo, empty = photo_of(), tmp_path / "empty.png"
    Pillow.new("RGB", (100, 80), (200, 200, 200)).save(empty)
    plain = cooked(photo, Latent(direction_4=1), models=models).rgb
    for path, note in ((tmp_path / "gone.png", UNREAD), (empty, ALONE)):
        edit = Latent(direction_4=1, other=str(path), blend=50)
        assert facts_of(photo, edit, models).note == note and note in Latent.notes
        assert np.array_equal(cooked(photo, edit, models=models).rgb, plain)


# -- parts and sizes


@every_way
@pytest.mark.parametrize("cut", [False, True], ids=["on its ground", "cut out"])
def test_a_region_is_a_crop_of_the_whole(way, cut, models):
    photo, edits = photo_of((700, 520)), (*([CUT] if cut else []), replace(MANY, way=way, direction_4=2.0))
    for scale in (1.0, 0.5):
        whole = cooked(photo, *edits, models=models, view=View(scale))
        for region in (Region(21, 13, 90, 70), Region(150, 60, 101, 130), Region(250, 190, 90, 60)):
            part = cooked(photo, *edits, models=models, view=View(scale, region))
            there = whole.crop(region)
            assert np.abs(part.rgb - there.rgb).max() < 1e-4 and np.abs(part.matte - there.matte).max() < 1e-4


def test_nothing_comes_from_further_than_it_says():
    assert Latent(direction_4=1).reach(1.0) >= MOST > Latent(direction_4=1).reach(0.25) >= MOST / 4
    assert Latent(direction_4=1, way=DESIGN).reach(1.0) == 0, "a design looks at nothing around"


@every_way
def test_the_preview_is_the_file_scaled_down(way, models):
    photo, edit = photo_of((960, 720)), replace(MANY, way=way)
    file, preview = cooked(photo, edit, models=models), cooked(photo, edit, models=models, view=View(0.25))
    small = cv2.resize(file.rgb, preview.size, interpolation=cv2.INTER_AREA)
    assert np.abs(preview.rgb - small).mean() < 0.004 and np.abs(preview.rgb - small)[2:-2, 2:-2].mean(2).max() < 0.15


def test_a_product_that_the_edge_of_the_photo_cuts_still_works(models):
    rgb, matte = egg()
    cut = np.s_[:, 100:]
    photo = Photo("c.tif", (rgb[cut].clip(0, 1) * 255).astype(np.uint8)).with_matte((matte[cut] * 255).astype(np.uint8))
    for way in WAYS:
        out = cooked(photo, Latent(way=way, direction_4=2, direction_1=-1), models=models)
        assert np.isfinite(out.rgb).all() and out.size == photo.size


# -- how often networks are asked, and what is remembered


def test_networks_are_asked_once_for_a_product_and_once_for_a_place_of_the_sliders(models):
    photo, engine = photo_of((640, 520)), Engine(models)
    for region in (None, Region(100, 100, 64, 64), Region(300, 200, 64, 64)):
        cooked(photo, MANY, models=models, engine=engine, view=View(1.0, region))
    cooked(photo, replace(MANY, way=DESIGN), models=models, engine=engine, view=View(0.5))
    assert models["latent-encoder"].asked == [1] and models["latent-decoder"].asked == [1, 1]
    cooked(photo, replace(MANY, direction_4=0.3), models=models, engine=engine)
    assert models["latent-encoder"].asked == [1] and models["latent-decoder"].asked == [1, 1, 1]


def test_what_is_remembered_is_counted_and_bounded(models):
    photo, engine = photo_of(), Engine(models)
    sizes = []
    for step in range(8):
        edit = Latent(direction_4=0.1 * step + 0.1)
        cooked(photo, edit, models=models, engine=engine)
        sizes.append(engine.facts(photo, Recipe().put(edit), edit, Job()).nbytes)
    assert 1e6 < sizes[0] < sizes[1] and sizes[-1] < 80e6


# -- strange products


def test_a_product_unlike_all_that_was_trained_on_is_told_and_still_changed(models):
    class Narrow(Decoder):
        @property
        def codes(self):
            return replace(codes(), far=0.05, unlike=10.0)

    photo, edit = photo_of(), Latent(direction_5=1)
    assert said_of(photo, edit, models) == []
    strange = {**models, "latent-decoder": Narrow()}
    ((text, warns),) = said_of(photo, edit, strange)
    (reading,) = edit.reading(facts_of(photo, edit, strange))
    assert text == FAR and warns and reading.values[0] > reading.values[1] == 0.05 and "0.05" in str(reading)
    out = cooked(photo, edit, models=strange).rgb
    assert np.array_equal(out, cooked(photo, edit, models=models).rgb)
    badly = {**models, "latent-decoder": type("B", (Decoder,), {"codes": replace(codes(), far=50.0, unlike=1e-4)})()}
    assert said_of(photo, edit, badly) == [(FAR, True)]
    silent = {**models, "latent-decoder": type("S", (Decoder,), {"codes": Codes()})()}
    assert said_of(photo, edit, silent) == [(UNKNOWN, True)], "a card without codes knows no far"


# -- what it declares


def test_what_an_explorer_may_vary_and_what_the_picture_becomes():
    explored = Latent.explored
    for axis in explored.axes:
        kind = Latent.params()[axis]
        assert kind.unit == "σ" and kind.high == -kind.low and 0 < kind.soft_high < kind.high
        assert kind.renamable == axis.startswith("direction_")
    assert {explored.partner, explored.share} == {"other", "blend"}
    assert Latent.digital_source == COMPOSITE
    assert Latent(hue=1).origin() == COMPOSITE and Latent().origin() == ""  # it changes not one pixel
    assert Latent.order < Edit.kinds["recolor"].order, "what is designed is then recoloured"


def test_what_is_chosen_is_seen_at_once():
    assert Latent().with_value("category", KIND).morph == Latent().with_value("other", "b.png").blend == 50
    assert Latent(morph=20).with_value("category", KIND).morph == 20
    assert Latent(blend=5).with_value("other", "").blend == 5 and Latent().with_value("category", "none").morph == 0
    assert Latent().with_value("hue", 1.0) == Latent(hue=1)


def test_controls_that_do_nothing_are_left_out():
    assert Latent().idle() == {"morph", "blend"}
    assert Latent(category=KIND, other="b.png").idle() == frozenset()
