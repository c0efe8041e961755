"""Dye: the maps of colours, with and without a network, and how they are put into effect."""

from dataclasses import replace

import numpy as np
import pytest

from editor.craft.bared import bared
from editor.craft.difference import ciede2000, lab_of
from editor.craft.dye import Dye, recoloured, shifted
from editor.craft.likeness import like
from editor.craft.oklab import light_from, oklab_of, rgb_from
from editor.craft.painter import Painter
from editor.craft.part import mirrored, shine_by_colour
from tests.edits.wares import BLUE, RED, cylinder, shirt, split

COLOURS = np.float32([[0.2, 0, 0], [0.45, 0.03, -0.12], [0.6, 0.2, 0.1], [0.9, -0.02, 0.1], [0.97, 0, 0]])
pairs = pytest.mark.parametrize(("base", "target"), [(a, b) for a in COLOURS for b in COLOURS])


def painter(seed=0, k=8):
    chance = np.random.default_rng(seed)
    return Painter(
        *(0.3 * chance.standard_normal(s).astype(np.float32) for s in ((9, k), (4 + k, k), (2 * k + 1, k), (k, 3)))
    )


@pairs
def test_without_a_network_the_own_colour_becomes_the_target_and_light_stays_in_order(base, target):
    light = np.linspace(0, min(1.6, 2.4 * base[0]), 200, dtype=np.float32)
    shades = np.column_stack([light, *(light / base[0] * axis for axis in base[1:])]).astype(np.float32)
    out = shifted(np.vstack([base, shades]), base, target)
    assert np.abs(out[0] - target).max() < 1e-5
    assert (np.diff(out[1:, 0]) >= -1e-6).all() and out[1:, 0].min() >= -1e-6 and np.isfinite(out).all()
    assert out[1:, 0].max() < max(1.1, target[0] + 0.1)
    chroma = np.hypot(out[1:, 1], out[1:, 2])
    assert chroma.max() <= 1.01 * np.hypot(*target[1:]) + 1e-4, "light alone makes no colour"


@pairs
@pytest.mark.parametrize("paint", [None, painter()], ids=["shift", "painter"])
def test_the_lattice_is_what_it_was_made_of(base, target, paint):
    _, part, _ = split(shirt((150, 120)), light_from(base), paint)
    dye = Dye(part, target, 0.4)
    assert np.abs(dye.mapped(part.base[None])[0] - dye.colours(part.base[None])[0]).max() < 2e-3
    assert np.abs(dye.mapped(part.lit) - dye.colours(part.lit)).mean() < 0.01


def test_what_lies_beyond_the_lattice_goes_on():
    _, part, _ = split(shirt((150, 120)), BLUE)
    dye = Dye(part, COLOURS[2])
    far = part.base + np.float32([[2, 0, 0], [-1, 0, 0], [0, 1, -1], [4, 3, 3]])
    out = dye.mapped(far)
    assert np.isfinite(out).all() and (np.abs(out) < 10).all() and out[0, 0] > out[1, 0]


def test_what_is_known_exactly_comes_out_exactly():
    """Where cover, light and mirrored light are known, only the map of colours is left to be wrong."""
    for ware in (shirt((240, 200)), cylinder(gloss=0.3)):
        rgb, part, image = split(ware, BLUE)
        target = oklab_of(ware.coloured(RED))[(ware.cover > 0.99) & (ware.matte > 0.99) & (ware.shine < 0.005)]
        out = recoloured(image, Dye(part, np.median(target, axis=0)), 1.0, bared(image, part))
        apart = ciede2000(lab_of(out.clip(0, 1)), lab_of(ware.coloured(RED).clip(0, 1)))
        assert apart[ware.matte > 0.5].mean() < 3.5
        assert np.array_equal(out[ware.matte == 0], rgb[ware.matte == 0])


@pytest.mark.parametrize("target", COLOURS)
@pytest.mark.parametrize("finish", [-1, 0, 0.5])
def test_well_lit_pixels_are_the_target_as_they_are_written(target, finish):
    """Also where light is mirrored all over a glossy thing, more on one side than on the other."""
    ware = cylinder(gloss=0.3)
    across = np.linspace(0, 1, 240)
    rgb, part, image = split(replace(ware, shine=ware.shine + 0.3 * across**3), (0.2, 0.05, 0.05))
    dye = Dye(part, target, finish)
    wanted = lab_of(rgb_from(target[None])[None])[0, 0]
    written = recoloured(image, dye, 1.0, bared(image, part))
    seen = oklab_of(rgb)[..., 0]
    inside = (ware.cover > 0.99) & (ware.matte > 0.99)
    lit = inside & (seen > np.percentile(seen[inside], 10)) & (seen < np.percentile(seen[inside], 95))
    assert ciede2000(np.median(lab_of(written[lit][None])[0], axis=0), wanted) < 2
    assert ciede2000(dye.seen(1.0), wanted) < 1
    assert np.allclose(dye.seen(0.0), np.median(lab_of(rgb[lit][None])[0], axis=0), atol=1.5)


def test_a_veil_on_all_of_a_part_is_its_own_colour():
    ware = cylinder(gloss=0.0)
    bare, veiled = (split(replace(ware, shine=ware.shine + veil), BLUE)[1] for veil in (0.0, 0.02))
    assert np.median(veiled.shine) < 0.002 and veiled.base[0] > bare.base[0] + 0.01


def test_mirrored_light_leaves_something_of_every_channel():
    light = np.float32([[0.5, 0.2, 0.4], [0.3, -0.1, 0.2], [0, 0, 0]])
    assert np.allclose(mirrored(np.float32([9, 9, 9]), light), [0.96 * 0.2, 0, 0])
    assert np.allclose(mirrored(np.float32([0.1, 0.1, -1]), light), [0.1, 0, 0])


def test_light_that_has_not_taken_on_the_colour_is_found_by_it():
    ware = cylinder(gloss=0.4)
    light = light_from(oklab_of(ware.coloured(BLUE)))
    found = shine_by_colour(light, np.float32(BLUE))
    inside = (ware.cover > 0.99) & (ware.matte > 0.99)
    assert np.abs(found - ware.shine)[inside].max() < 0.01


def test_a_part_knows_its_own_colour_and_where_it_is():
    ware = shirt((300, 240))
    rgb, part, _ = split(ware, BLUE)
    left, top, right, bottom = part.box
    assert 0.1 < left < 0.2 and 0.05 < top < 0.12 and 0.8 < right < 0.9 and 0.88 < bottom < 0.95
    wanted = np.median(oklab_of(rgb)[(ware.cover > 0.99) & (ware.matte > 0.99)], axis=0)
    assert np.abs(part.base - wanted).max() < 0.02 and part.found and part.nbytes > 100_000
    assert (part.low < part.base).all() and (part.base < part.high).all()
    assert like(part.lit, part.base).min() > 0.3
    assert not split(shirt((300, 240)), BLUE)[1].painter
    assert rgb_from(part.base[None]).shape == (1, 3)
