"""A part is freed of mirrored light once for a picture, however many targets follow."""

from __future__ import annotations

import gc

import numpy as np

from editor.core.geometry import Region
from editor.craft.bared import bared
from editor.craft.dye import Dye, recoloured
from editor.craft.latest import Latest
from tests.edits.wares import BLUE, shirt, split

GREEN = np.float32([0.6, -0.12, 0.1])


def test_it_is_made_once_for_a_picture_and_what_is_drawn_on_it():
    _, part, image = split(shirt((240, 200)), BLUE)
    made, latest = [], Latest()

    def make():
        made.append(bared(image, part))
        return made[-1]

    assert latest.nbytes == 0
    assert latest.of(image, (), make) is latest.of(image, (), make) is made[0] and len(made) == 1
    assert latest.nbytes == made[0].nbytes > 200_000
    assert latest.of(image, ("stroke",), make) is made[1], "a brush was used"
    other = image.with_rgb(image.rgb)
    assert latest.of(other, ("stroke",), make) is made[2], "another picture, be it like the first"
    assert latest.of(image, ("stroke",), make) is made[3]


def test_it_goes_with_its_picture():
    _, part, image = split(shirt((240, 200)), BLUE)
    latest = Latest()
    made = bared(image, part)
    latest.of(image, (), lambda: made)
    del image
    gc.collect()
    assert latest.nbytes == 0


def test_a_region_is_as_the_whole_and_nothing_outside_of_the_part_is_touched():
    ware = shirt((240, 200), gloss=0.3)
    rgb, part, image = split(ware, BLUE)
    dye = Dye(part, GREEN)
    whole = recoloured(image, dye, 1.0, bared(image, part))
    assert np.abs(whole - rgb)[ware.cover * ware.matte > 0.99].mean() > 0.1
    assert np.array_equal(whole[ware.matte == 0], rgb[ware.matte == 0])
    x, y = 61, 47
    cut = image.crop(image.region.grow(-20))
    again = recoloured(cut, dye, 1.0, bared(cut, part))
    left, top = cut.origin
    assert np.abs(again - whole[top:, left:][: again.shape[0], : again.shape[1]]).max() < 1e-5
    added, kept = np.zeros((2, *whole.shape[:2]), np.float32)
    added[:5, :5], kept[y : y + 9, x : x + 9] = 1, 1
    out = recoloured(image, dye, 1.0, bared(image, part, added, kept))
    assert not np.array_equal(out[:5, :5], rgb[:5, :5]) and np.array_equal(out[5:9, :5], whole[5:9, :5])
    assert np.array_equal(out[y : y + 9, x : x + 9], rgb[y : y + 9, x : x + 9])


def test_where_there_is_nothing_of_it_the_picture_stays():
    _, part, image = split(shirt((240, 200)), BLUE)
    corner = image.crop(Region(0, 0, 8, 8))
    assert recoloured(corner, Dye(part, GREEN), 1.0, bared(corner, part)) is corner.rgb
