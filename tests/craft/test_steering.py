"""Sliders become codes: so far along each way, colours about the product's own, categories from the nearest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from editor.core.codes import Codes, Direction
from editor.core.job import Job
from editor.craft.steering import COLOURED, Coded, Ways, colour_of, has_hue
from tests.coding import NUMBERS, Decoder, codes

WAYS = Ways(codes())
OWN = Coded(np.linspace(-1, 1, NUMBERS).astype(np.float32), np.array([0.06, -0.08], np.float32))
VECTORS = {(d.kind, d.name): np.array(d.vector, np.float32) for d in codes().directions}


def test_each_step_leads_along_its_way_and_they_add_up():
    sleeve, two = VECTORS["slider", "sleeve"], VECTORS["direction", "2"]
    assert np.array_equal(WAYS.steered(OWN, {}), OWN.code)
    assert np.allclose(WAYS.steered(OWN, {"sleeve": 2.0, "2": -0.5}) - OWN.code, 2 * sleeve - 0.5 * two)
    assert np.array_equal(WAYS.steered(OWN, {"unheard of": 3.0}), OWN.code)
    assert WAYS.knows("sleeve") and WAYS.knows("12") and WAYS.knows("hue") and not WAYS.knows("13")


def test_colourfulness_and_hue_are_about_the_products_own_colour():
    """The colour is (0.6, -0.8) in the plane of red and yellow; a quarter further along the circle is (0.8, 0.6)."""
    red, yellow = VECTORS["axis", "red"], VECTORS["axis", "yellow"]
    assert np.allclose(WAYS.steered(OWN, {"colourfulness": 2.0}) - OWN.code, 2 * (0.6 * red - 0.8 * yellow), atol=1e-6)
    assert np.allclose(WAYS.steered(OWN, {"hue": 1.0}) - OWN.code, 0.8 * red + 0.6 * yellow, atol=1e-6)
    grey = replace(OWN, colour=np.array([0.5 * COLOURED, 0], np.float32))
    assert not has_hue(grey) and np.array_equal(WAYS.steered(grey, {"hue": 1.0}), OWN.code)
    none = replace(OWN, colour=np.zeros(2, np.float32))
    assert np.isfinite(WAYS.steered(none, {"hue": 1.0, "colourfulness": 1.0})).all()
    half = Ways(replace(codes(), directions=tuple(d for d in codes().directions if d.name != "red")))
    assert not half.knows("hue") and np.array_equal(half.steered(OWN, {"hue": 1.0}), OWN.code)


def test_the_way_to_a_category_begins_at_the_nearest_of_the_others():
    (_, shirt), (second, shoe) = WAYS.places.items()
    assert np.allclose(WAYS.steered(OWN, {}, second, 0.5) - OWN.code, 0.5 * (shoe - shirt))
    assert np.array_equal(WAYS.steered(OWN, {}, "unheard of", 0.5), OWN.code)
    third = Direction("bag", "category", tuple(OWN.code.tolist()))
    more = Ways(replace(codes(), directions=(*codes().directions, third)))
    assert np.allclose(more.steered(OWN, {}, second, 1.0), shoe, atol=1e-6), "it lies at a bag's place itself"
    alone = Ways(replace(codes(), directions=(third,)))
    assert np.allclose(alone.steered(OWN, {}, "bag", 1.0) - OWN.code, OWN.code), "from the middle of all codes"


def test_blending_goes_straight_to_the_other():
    other = Coded(np.ones(NUMBERS, np.float32), np.array([-0.1, 0.1], np.float32))
    middle = OWN.blended(other, 0.25)
    assert np.allclose(middle.code, 0.75 * OWN.code + 0.25) and np.allclose(middle.colour, [0.02, -0.035])
    assert np.array_equal(OWN.blended(other, 0).code, OWN.code)


def test_how_far_a_code_is_counts_in_deviations():
    some = Codes((), (1.0, 2.0), (0.5, 2.0))
    assert Ways(some).far(np.array([1.5, 6.0])) == pytest.approx(np.sqrt((1 + 4) / 2))
    assert Ways(Codes()).far(np.array([1.5, 6.0])) == 0


def test_the_colour_of_a_product_is_that_of_its_middle():
    code = np.zeros((1, NUMBERS), np.float32)
    code[0, :3] = (3, -1, -1)
    picture = Decoder().reckon(Job(), code=code, condition=np.zeros((1, 5), np.float32))["picture"][0]
    a, b = colour_of(picture)
    assert a > 0.1 and 0 < b < a, "red"
    empty = np.concatenate([np.ones((3, 32, 32)), np.zeros((1, 32, 32))]).astype(np.float32)
    assert np.abs(colour_of(empty)).max() < 1e-3


def test_it_is_reckoned_as_the_toolchain_measures_it():
    torch = pytest.importorskip("torch")
    from export.directions import around
    from export.traits import SEEN, by_pixels

    rng = np.random.default_rng(0)
    code = rng.normal(0, 2, (6, NUMBERS)).astype(np.float32)
    pictures = Decoder().reckon(Job(), code=code, condition=np.zeros((6, 5), np.float32))["picture"]
    told = by_pixels(torch.from_numpy(pictures))[:, [SEEN.index("red"), SEEN.index("yellow")]]
    ours = np.stack([colour_of(picture) for picture in pictures])
    assert np.abs(ours - told.numpy()).max() < 2e-3
    axes = np.stack([VECTORS["axis", "red"], VECTORS["axis", "yellow"]])
    ways = around(torch.from_numpy(axes), 0, 1, torch.from_numpy(ours)).numpy()
    for product, colour, (stronger, turned) in zip(code, ours, ways, strict=True):
        own = Coded(product, colour)
        assert np.allclose(WAYS.steered(own, {"colourfulness": 1.0}) - product, stronger, atol=1e-5)
        if has_hue(own):
            assert np.allclose(WAYS.steered(own, {"hue": 1.0}) - product, turned, atol=1e-5)
