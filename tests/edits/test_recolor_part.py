"""Recolor's part: what a click, a range of colours, a brush and protection make of it."""

from dataclasses import replace

import numpy as np
import pytest

from editor.core.cms import encode
from editor.core.photo import Photo
from editor.craft.difference import ciede2000, lab_of
from editor.craft.likeness import skin, worn_by
from editor.craft.oklab import oklab_of
from editor.craft.part import agreed
from editor.edits.recolor import EMPTY, GREY, OKLAB, UNFOUND, Recolor
from tests.edits.wares import (
    BLACK,
    BLUE,
    RED,
    SKIN,
    apart,
    cooked,
    facts_of,
    lit,
    rgb_of,
    shirt,
    stroke,
    two_tone,
)

METHODS = ("network", OKLAB)
every_method = pytest.mark.parametrize("method", METHODS)


@every_method
def test_what_is_brushed_is_protected_or_part(method, models):
    ware = shirt()
    photo = ware.photo(BLUE, bits=16)
    before = photo.at(1.0).rgb
    height, width = ware.matte.shape
    kept, added = (int(0.3 * width), int(0.75 * height)), (int(0.5 * width), int(0.45 * height))
    limits = stroke("Protect", 0.3, 0.75), stroke("Part", 0.5, 0.45, 0.05)
    out = cooked(photo, Recolor(target="#b01c2e", limits=limits, method=method), models=models).rgb
    assert np.array_equal(out[kept[1], kept[0]], before[kept[1], kept[0]])
    assert apart(out, before)[added[1], added[0]] > 5, "the print was brushed as part"
    assert apart(out, before)[lit(ware)].max() > 20


@every_method
def test_a_click_picks_another_part(method, models):
    photo = two_tone()
    before = photo.at(1.0).rgb
    for at, rows, others in (((0.5, 0.3), np.s_[25:75], np.s_[85:135]), ((0.5, 0.7), np.s_[85:135], np.s_[25:75])):
        edit = Recolor(target="#d9b310", places=(at,), method=method)
        changed = apart(cooked(photo, edit, models=models).rgb, before)[:, 45:155]
        assert changed[rows].min() > 15 and changed[others].max() < 1


@every_method
def test_two_of_a_kind_recolour_two_parts(method, models):
    upper = Recolor(name="upper", target="#d9b310", places=((0.5, 0.3),), method=method)
    sole = Recolor(name="sole", target="#4f8a4a", places=((0.5, 0.7),), method=method)
    out = cooked(two_tone(), sole, upper, models=models).rgb
    for rows, target in ((np.s_[30:70], "#d9b310"), (np.s_[90:130], "#4f8a4a")):
        middle = np.median(lab_of(out[rows, 50:150]).reshape(-1, 3), axis=0)
        assert ciede2000(middle, lab_of(rgb_of(target)[None, None])[0, 0]) < 2


def test_a_wider_range_takes_more_in(models):
    photo = two_tone(((0.05, 0.1, 0.35), (0.25, 0.12, 0.4)))
    before = photo.at(1.0).rgb
    near, wide = (
        apart(cooked(photo, Recolor(target="#b01c2e", range=r, places=((0.5, 0.3),), method=OKLAB), models=models).rgb,
              before)[90:130, 50:150].mean()
        for r in (40, 400)
    )  # fmt: skip
    assert near < 1 and wide > 15


@every_method
def test_neutral_parts_are_protected_where_that_is_wanted(method, models):
    edit = Recolor(target="#b01c2e", range=400, method=method)
    photo = two_tone((BLUE, BLUE), (0.05, 0.05, 0.05))
    before = photo.at(1.0).rgb
    free, held = (
        apart(cooked(photo, replace(edit, neutral=neutral), models=models).rgb, before) for neutral in (False, True)
    )
    if method != OKLAB:  # which takes what is grey for mirrored light, and leaves it
        assert free[45:55, 70:100].min() > 10
    assert held[45:55, 70:100].max() < 2.5 and held[90:130, 50:150].min() > 15
    grey = two_tone((BLACK, BLACK))
    assert facts_of(grey, replace(edit, neutral=True), models).note == GREY
    assert apart(cooked(grey, replace(edit, neutral=True), models=models).rgb, grey.at(1.0).rgb)[90, 90] > 15


@every_method
def test_skin_is_protected_where_that_is_wanted(method, models):
    edit = Recolor(target="#1f4e79", range=400, places=((0.5, 0.75),), method=method)
    photo = two_tone((RED, RED), SKIN)
    before = photo.at(1.0).rgb
    free, held = (apart(cooked(photo, replace(edit, skin=s), models=models).rgb, before) for s in (False, True))
    assert free[45:55, 70:100].min() > 10 and held[45:55, 70:100].max() < 2.5
    assert held[90:130, 50:150].min() > 15


@every_method
def test_hair_of_the_wearer_is_no_part_unless_it_is_clicked(method, models):
    height, width = 240, 180
    linear, matte = np.full((height, width, 3), 0.86), np.zeros((height, width), np.uint8)
    for rows, columns, colour in ((np.s_[90:220], np.s_[30:150], BLACK), (np.s_[40:90], np.s_[70:110], SKIN),
                                  (np.s_[20:40], np.s_[66:114], BLACK)):  # fmt: skip
        linear[rows, columns], matte[rows, columns] = colour, 255
    photo = Photo("w.tif", encode(linear.astype(np.float32))).with_matte(matte)
    edit = Recolor(target="#d9b310", method=method)
    for change, hair in (({}, False), ({"skin": False}, True), ({"places": ((0.5, 0.12),)}, True)):
        changed = apart(cooked(photo, replace(edit, **change), models=models).rgb, photo.at(1.0).rgb)
        assert changed[100:210, 40:140].min() > 15, "the shirt"
        assert (changed[24:36, 72:108] > 15).all() == hair and (changed[24:36, 72:108] < 2.5).all() != hair


def test_leather_like_skin_is_no_skin_in_any_light():
    light = np.linspace(0.5, 1.4, 60, dtype=np.float32)[:, None, None]
    lab = oklab_of(np.full((60, 60, 3), (0.55, 0.36, 0.24), np.float32) * light)
    assert skin(lab).max() > 0.9 and worn_by(lab, lab, lab[35, 0]).max() < 0.1
    white = oklab_of(np.array((0.93, 0.93, 0.92), np.float32))
    assert worn_by(lab, lab, white)[20:50].min() > 0.9


def test_the_pale_rim_of_a_saturated_part_is_left_to_the_network():
    base = oklab_of(np.array((0.22, 0.05, 0.72), np.float32))
    rim, paper = np.full((2, 2, 3), (0.42, 0.38, 0.9), np.float32), np.full((2, 2, 3), 0.95, np.float32)
    all_of_it, none = np.ones((2, 2), np.float32), np.zeros((2, 2), np.float32)
    assert agreed(all_of_it, none, rim, [base]).min() > 0.9
    assert agreed(all_of_it, none, paper, [base]).max() < 0.05


@every_method
def test_skin_is_no_product_that_somebody_wears(method, models):
    photo = two_tone((SKIN, BLUE))
    assert apart(cooked(photo, Recolor(target="#d9b310", method=method), models=models).rgb, photo.at(1.0).rgb)[
        90:130, 50:150
    ].min() > 15  # fmt: skip


def test_a_part_with_nothing_in_it_says_so(models):
    nowhere = Photo("n.tif", shirt().coloured(BLUE)).with_matte(np.zeros((240, 300), np.uint8))
    for method in METHODS:
        edit = Recolor(target="#b01c2e", method=method)
        facts = facts_of(nowhere, edit, models)
        assert facts.note == EMPTY and edit.reading(facts) == ()
        assert np.array_equal(cooked(nowhere, edit, models=models).rgb, nowhere.at(1.0).rgb)
    brushed = replace(edit, limits=(stroke("Part", 0.5, 0.3, 0.2),))
    out = cooked(nowhere, brushed, models=models).rgb
    assert np.isfinite(out).all() and apart(out, nowhere.at(1.0).rgb)[72, 150] > 10


def test_without_a_cut_out_the_whole_picture_is_searched(photo, models):
    edit = Recolor(target="#b01c2e")
    assert facts_of(photo, edit, models).note == UNFOUND
    assert facts_of(shirt().photo(BLUE), edit, models).note == ""
