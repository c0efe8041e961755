"""Recolor: the part and nothing else in the colour that was asked for, with its light, print and surroundings."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from editor.core.color import Space
from editor.core.edit import Edit
from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.image import Image
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.craft.difference import ciede2000, lab_of
from editor.edits.recolor import DIFFERENCE, OKLAB, OUTSIDE, Recolor
from tests.edits.wares import (
    BLACK,
    BLUE,
    RED,
    WHITE,
    apart,
    cooked,
    cylinder,
    facts_of,
    hex_of,
    lit,
    rgb_of,
    shirt,
    stroke,
)

TARGETS = ("#1f4e79", "#b01c2e", "#141414", "#f2f0ea", "#d9b310", "#7a8b5a")
METHODS = ("network", OKLAB)
every_method = pytest.mark.parametrize("method", METHODS)


@every_method
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("albedo", [BLUE, BLACK, RED], ids=["blue", "black", "red"])
def test_the_part_gets_the_colour_that_was_asked_for(target, albedo, method, models):
    ware, edit = shirt(), Recolor(target=target, method=method)
    photo = ware.photo(albedo)
    out = cooked(photo, edit, models=models).rgb
    middle = np.median(lab_of(out[lit(ware)][None])[0], axis=0)
    assert ciede2000(middle, lab_of(rgb_of(target)[None, None])[0, 0]) < 2
    (reading,) = edit.reading(facts_of(photo, edit, models))
    assert reading.text == DIFFERENCE and reading.values[0] < 2


@every_method
def test_print_and_surroundings_are_left_alone(method, models):
    ware = shirt()
    photo = ware.photo(BLUE, bits=16)
    before = photo.at(1.0).rgb
    out = cooked(photo, Recolor(target="#b01c2e", method=method), models=models).rgb
    assert np.array_equal(out[ware.matte == 0], before[ware.matte == 0])
    print_ = (ware.cover < 0.01) & (ware.matte > 0.99)
    assert print_.sum() > 500 and apart(out, before)[print_].mean() < 1.5
    assert apart(out, before)[lit(ware)].min() > 20


@pytest.mark.parametrize(("albedo", "other"), [(BLACK, WHITE), (WHITE, BLACK), (BLUE, RED), (RED, BLACK)])
@pytest.mark.parametrize("ware", [shirt(), cylinder(gloss=0.3)], ids=["shirt", "cylinder"])
def test_light_stays_as_it_falls(ware, albedo, other, models):
    out = cooked(ware.photo(albedo, grain=0), Recolor(target=hex_of(other), method=OKLAB), models=models).rgb
    inside = lit(ware)
    light = lab_of(out.clip(0, 1))[..., 0]
    steps = np.quantile(ware.light[inside], np.linspace(0, 1, 9))
    level = [np.median(light[inside & (ware.light >= low) & (ware.light <= high)]) for low, high in pairwise(steps)]
    assert (np.diff(level) > 0).all(), "darker where there is more light"
    assert np.isfinite(out).all() and out.min() > -0.05 and out.max() < 1.2


def test_black_becomes_white_with_its_folds(models):
    ware = shirt()
    out = cooked(ware.photo(BLACK), Recolor(target=hex_of(WHITE), method=OKLAB), models=models).rgb
    true = ware.coloured(WHITE)
    inside = lit(ware)
    assert apart(out, true)[inside].mean() < 6
    folds = np.corrcoef(out[inside].mean(1), true[inside].mean(1))[0, 1]
    assert folds > 0.9


def test_highlights_keep_the_colour_of_the_light(models):
    ware = cylinder(gloss=0.6)
    out = cooked(ware.photo(BLUE), Recolor(target="#b01c2e", method=OKLAB), models=models).rgb
    bright = (ware.shine > 0.5) & (ware.matte > 0.99) & (ware.cover > 0.99)
    true = ware.coloured((0.43, 0.012, 0.027))
    assert bright.sum() > 200 and apart(out, true)[bright].mean() < 4


def test_finish_makes_highlights_stronger_or_takes_them_away(models):
    ware = cylinder(gloss=0.4)
    photo, bright = ware.photo(BLUE), (ware.shine > 0.3) & (ware.matte > 0.99) & (ware.cover > 0.99)
    matte, kept, glossy = (
        cooked(photo, Recolor(target="#1f4e79", finish=v, method=OKLAB), models=models).rgb[bright].mean()
        for v in (-100, 0, 100)
    )
    assert matte < kept - 0.1 and glossy > kept + 0.1


@every_method
def test_edges_show_no_rim_of_the_old_colour(method, models):
    ware = shirt()
    out = cooked(ware.photo(BLUE, grain=0), Recolor(target=hex_of(RED), method=method), models=models).rgb
    rim = (ware.matte > 0.02) & (ware.matte < 0.98)
    assert rim.sum() > 100 and (out[rim][:, 2] - out[rim][:, 0]).max() < 0.05, "blue is left"


def test_spill_on_the_floor_follows_only_where_it_is_wanted(models):
    ware = shirt(glow=0.12)
    photo, near = ware.photo(BLUE, grain=0.001), (ware.matte == 0) & (ware.glow > 0.05)
    edit = Recolor(target=hex_of(RED), method=OKLAB)
    off, on = (cooked(photo, replace(edit, spill=spill), models=models).rgb for spill in (False, True))
    before = photo.at(1.0).rgb
    assert np.array_equal(off[ware.matte == 0], before[ware.matte == 0])
    assert np.array_equal(on[ware.matte == 1], off[ware.matte == 1])
    tint = [float(np.mean(rgb[near][:, 0] - rgb[near][:, 2])) for rgb in (before, on, ware.coloured(RED))]
    assert tint[0] < -0.01 and 0.3 * tint[2] < tint[1] < 1.5 * tint[2]
    assert np.abs(lab_of(on.clip(0, 1))[near][:, 0] - lab_of(before.clip(0, 1))[near][:, 0]).max() < 1
    far = ware.matte == 0
    far[30:-30, 45:-45] = False
    assert np.array_equal(on[far & (ware.glow == 0)], before[far & (ware.glow == 0)])


@every_method
@pytest.mark.parametrize("level", [0.0, 0.002, 1.0, 1.4, -0.1])
@pytest.mark.parametrize("target", ["#ffffff", "#000000", "#b01c2e", "lab(55 -120 80)"])
def test_a_part_of_pure_black_or_pure_highlight_does_not_explode(target, level, method, models):
    samples = np.full((90, 120, 3), 0.9, np.float32)
    samples[20:70, 30:90] = level
    matte = np.zeros((90, 120), np.uint8)
    matte[20:70, 30:90] = 255
    photo = Photo("p.tif", samples).with_matte(matte)
    for finish in (-100, 100):
        edit = Recolor(target=target, finish=finish, method=method)
        out = cooked(photo, edit, models=models).rgb
        assert np.isfinite(out).all() and np.abs(out).max() < 4
        assert np.array_equal(out[matte == 0], samples[matte == 0])
        assert all(np.isfinite(reading.values).all() for reading in edit.reading(facts_of(photo, edit, models)))


@every_method
def test_colours_beyond_srgb_come_and_go(method, models):
    ware = shirt()
    wide = Photo("w.tif", ware.coloured(RED) * 1.3 - 0.05).with_matte((ware.matte * 255).astype(np.uint8))
    edit = Recolor(target="lab(60 -95 50)", method=method)
    out = cooked(wide, edit, models=models).rgb
    inside = lit(ware)
    assert out[inside].min() < -0.05 and np.isfinite(out).all()
    middle = np.median(lab_of(out[inside][None])[0], axis=0)
    readings = edit.reading(facts_of(wide, edit, models))
    assert [r.text for r in readings] == [DIFFERENCE, OUTSIDE] and readings[1].warns
    assert readings[0].values[0] < 2 and abs(middle[0] - 60) < 4 and middle[1] < -80


@every_method
def test_alpha_matte_and_shade_stay(method, models):
    ware = shirt((150, 120))
    matte = ware.matte.astype(np.float32)
    image = Image(ware.coloured(BLUE), matte.copy(), matte=matte.copy(), shade=(0.3 * (1 - matte)).astype(np.float32))
    edit = Recolor(target="#b01c2e", spill=True, method=method)
    facts = facts_of(Photo("a.tif", np.array(image.rgb)).with_matte((matte * 255).astype(np.uint8)), edit, models)
    out = edit.apply(image, facts, models, Job())
    for name, plane in image.planes.items():
        assert out.planes[name] is plane
    assert np.array_equal(out.rgb[matte == 0], image.rgb[matte == 0]), "nobody sees it"


@every_method
@pytest.mark.parametrize("scale", [1.0, 0.5, 0.27])
def test_a_region_is_a_crop_of_the_whole(scale, method, models):
    photo = shirt((520, 410), gloss=0.2, glow=0.1).photo(BLUE, bits=8)
    limits = stroke("Protect", 0.3, 0.6), stroke("Part", 0.7, 0.15, 0.2)
    for edit in (Recolor(target="#f2f0ea", spill=True, limits=limits, method=method),
                 Recolor(target="#d9b310", places=((0.5, 0.45),), strength=60, finish=50, method=method)):  # fmt: skip
        whole = cooked(photo, edit, models=models, view=View(scale))
        for region in (Region(21, 13, 70, 60), Region(3, 40, 100, 9)):
            part = cooked(photo, edit, models=models, view=View(scale, region))
            assert np.abs(part.rgb - whole.crop(region).rgb).max() < 1e-4


@every_method
def test_the_preview_is_the_file_scaled_down(method, models):
    photo = shirt((800, 640), gloss=0.2).photo(BLACK, bits=8)
    edit = Recolor(target="#f2f0ea", method=method)
    file, preview = (cooked(photo, edit, models=models, view=View(scale)).rgb for scale in (1.0, 0.25))
    small = file.reshape(160, 4, 200, 4, 3).mean((1, 3))
    assert np.abs(preview - small).mean() < 0.02


@every_method
def test_hidden_colours_steer_nothing(method, models):
    ware, shown = shirt(), []
    alpha = (ware.matte * 255 + 0.5).astype(np.uint8)
    for hidden in (0, 255):
        rgb = (ware.coloured(BLUE).clip(0, 1) * 255).astype(np.uint8)
        samples = np.where(alpha[..., None] > 0, rgb, np.uint8(hidden))
        out = cooked(Photo("h.png", samples, alpha.copy()), Recolor(target="#b01c2e", method=method), models=models)
        shown.append(out.rgb[alpha > 0])
    assert np.allclose(*shown, atol=1e-6)


def test_nothing_is_asked_until_there_is_a_target_and_once_for_all_targets(models):
    photo, engine, network = shirt().photo(BLUE), Engine(models), models["recolor"]
    assert Recolor().question() is None
    plain = engine.render(photo, Recipe().put(Recolor()), View(), Job())
    assert np.array_equal(plain.rgb, photo.at(1.0).rgb) and network.told == []
    for target in TARGETS:
        for change in (
            {},
            {"strength": 50},
            {"finish": -40},
            {"spill": True},
            {"limits": (stroke("Protect", 0.4, 0.6),)},
        ):
            engine.render(photo, Recipe().put(Recolor(target=target, **change)), View(0.5), Job())
    assert len(network.told) == 1


def test_the_network_sees_the_product_and_a_little_around(models):
    ware = shirt()
    facts_of(ware.photo(BLUE), Recolor(target="#b01c2e"), models)
    ((height, width, _),) = models["recolor"].told
    rows, columns = np.flatnonzero((ware.matte > 0.5).any(1)), np.flatnonzero((ware.matte > 0.5).any(0))
    assert abs(width / len(columns) - 1.16) < 0.02 and abs(height / len(rows) - 1.16) < 0.03


@every_method
def test_strength_is_part_of_the_way(method, models):
    ware = shirt()
    photo, inside = ware.photo(BLUE), lit(ware)
    none, half, all_ = (
        cooked(photo, Recolor(target="#b01c2e", strength=s, method=method), models=models).rgb for s in (0, 50, 100)
    )
    assert np.array_equal(none, photo.at(1.0).rgb)
    assert np.allclose(half[inside], (none[inside] + all_[inside]) / 2, atol=1e-4)


def test_grey_photos_become_coloured(models):
    ware = shirt()
    grey = (ware.coloured(BLACK)[..., :1] * 255).astype(np.uint8)
    photo = Photo("g.png", grey, space=Space("GRAY")).with_matte((ware.matte * 255).astype(np.uint8))
    out = cooked(photo, Recolor(target="#b01c2e", method=OKLAB), models=models).rgb
    assert out.shape[2] == 3 and Edit.kinds["recolor"].brings_colour
    assert np.median(out[lit(ware)][:, 0] - out[lit(ware)][:, 1]) > 0.3


def test_after_a_cut_out_the_edge_is_all_of_the_new_colour(models):
    ware = shirt()
    photo = ware.photo(BLUE, grain=0)
    image = cooked(photo, Edit.kinds["cutout"](), Recolor(target=hex_of(RED), method=OKLAB), models=models)
    rim = (image.alpha > 0.05) & (image.alpha < 0.95)
    assert rim.any() and (image.rgb[rim][:, 0] > image.rgb[rim][:, 2] + 0.15).all()
