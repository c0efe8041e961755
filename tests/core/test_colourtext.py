"""Colour text: every notation means the same colour, and each has one text that it is kept as."""

from __future__ import annotations

import random

import numpy as np
import pytest

from editor.core import params
from editor.core.colourtext import NOTATIONS, kept, rgb_of, shown_as, within_srgb, written
from editor.core.lab import lab, oklab, rgb_from_lab, rgb_from_oklab
from editor.core.params import Colour
from editor.craft.difference import ciede2000

BLUE = "#1f4e79"


@pytest.mark.parametrize(
    "text",
    ["#1F4E79", " rgb(31 78 121) ", "rgb(31, 78, 121)", "RGB(31,78,121)", "rgba(31,78,121)", "rgb(31 78 121 / 1)",
     "rgb(12.1569% 30.5882% 47.451%)", "lab(31.64 -4.3 -29.67)", "lab(31.64% -3.44% -23.736%)",
     "lch(31.64 29.98 261.75)", "lch(31.64 29.98 261.75deg)", "lch(31.64% 29.98 0.72708turn)",
     "oklch(0.41370 0.08832 249.098)", "oklch(41.37% 22.08% 249.098)"],
)  # fmt: skip
def test_a_colour_may_be_written_in_many_ways(text):
    assert kept(text) == BLUE
    assert rgb_of(text) == pytest.approx((31 / 255, 78 / 255, 121 / 255), abs=4e-4)


def test_lab_is_that_of_css():
    """CSS Color 4, sample code: linear sRGB to XYZ under D65, Bradford to D50, CIE Lab."""
    to_xyz = [[506752 / 1228815, 87881 / 245763, 12673 / 70218], [87098 / 409605, 175762 / 245763, 12673 / 175545],
              [7918 / 409605, 87881 / 737289, 1001167 / 1053270]]  # fmt: skip
    to_d50 = [
        [1.0479298, 0.0229468, -0.0501922],
        [0.0296278, 0.9904345, -0.0170738],
        [-0.0092430, 0.0150552, 0.7518743],
    ]
    white = np.array([0.3457 / 0.3585, 1, (1 - 0.3457 - 0.3585) / 0.3585])
    for rgb in np.random.default_rng(1).uniform(0, 1, (50, 3)):
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        part = np.array(to_d50) @ np.array(to_xyz) @ linear / white
        x, y, z = np.where(part > 216 / 24389, np.cbrt(part), (24389 / 27 * part + 16) / 116)
        assert lab(*rgb.tolist()) == pytest.approx((116 * y - 16, 500 * (x - y), 200 * (y - z)), abs=0.03)


def test_oklab_is_that_of_ottosson():
    assert oklab(1, 1, 1) == pytest.approx((1, 0, 0), abs=1e-6)
    assert oklab(1, 0, 0) == pytest.approx((0.6280, 0.2249, 0.1258), abs=1e-4)
    assert oklab(0, 0, 1) == pytest.approx((0.4520, -0.0325, -0.3115), abs=1e-4)


def test_there_and_back_also_outside_srgb():
    chance = np.random.default_rng(3)
    for rgb in chance.uniform(-0.5, 1.6, (300, 3)).tolist():
        assert rgb_from_lab(*lab(*rgb)) == pytest.approx(rgb, abs=1e-9)
        assert rgb_from_oklab(*oklab(*rgb)) == pytest.approx(rgb, abs=1e-6)


def test_what_srgb_does_not_hold_is_kept_as_lab():
    assert kept("lab(50 110 65)") == "lab(50 110 65)" and kept("LAB(50.001, 110, 65.004)") == "lab(50 110 65)"
    assert kept("lch(68.756 115.77 144.35)").startswith("lab(68.76 -94.0")
    red, green, blue = rgb_of("lab(50 110 65)")
    assert red > 1 and green < 0 and 0 < blue < 1
    assert not within_srgb("lab(50 110 65)") and within_srgb(BLUE) and within_srgb("lab(40 60 30)")
    assert kept("lab(40 60 30)") == "lab(40 60 30)"  # inside, but between what 8 bits have


@pytest.mark.parametrize("edge", ["#ffffff", "#000000", "#0000ff", "#ff0000", "#00ff00", "#fff000", "#010000"])
def test_the_edges_of_srgb_are_inside(edge):
    for notation in NOTATIONS:
        text = written(edge, notation)
        assert kept(text) == edge and within_srgb(text) and shown_as(text) == edge


def test_every_way_of_writing_comes_back_as_it_was():
    chance = random.Random(5)
    texts = [f"#{chance.randrange(1 << 24):06x}" for _ in range(400)]
    texts += [f"lab({chance.uniform(0, 100)} {chance.uniform(-99, 99)} {chance.uniform(-99, 99)})" for _ in range(400)]
    for text in texts:
        one = kept(text)
        assert kept(one) == one and kept(written(one, "lab")) == one
        back = kept(written(one, "lch"))
        apart = [np.array([lab(*rgb_of(c))], np.float32) for c in (one, back)]
        assert float(ciede2000(*apart)[0]) < 0.02
        if one.startswith("#"):
            assert {kept(written(one, notation)) for notation in NOTATIONS} == {one}
            assert written(one, "hex") == one and written(one, "rgb").startswith("rgb(")


def test_grey_has_no_hue_and_nothing_is_minus_zero():
    assert written("#808080", "lch") == "lch(53.59 0 0)" and written("#808080", "lab") == "lab(53.59 0 0)"
    assert written("#ffffff", "lab") == "lab(100 0 0)" and kept("lab(none none none)") == "#000000"


def test_what_is_shown_for_a_colour_outside_has_its_hue_and_lightness():
    for outside in ("lab(50 110 65)", "oklch(0.7 0.3 150)", "oklch(0.5 0.35 300)"):
        light, a, b = oklab(*rgb_of(outside))
        shown_light, shown_a, shown_b = oklab(*rgb_of(shown_as(outside)))
        assert shown_light == pytest.approx(light, abs=0.006)
        assert np.arctan2(shown_b, shown_a) == pytest.approx(np.arctan2(b, a), abs=0.03)
        assert 0.1 < np.hypot(shown_a, shown_b) < np.hypot(a, b)
    assert shown_as("lab(100 60 0)") == "#ffffff" and shown_as("#1F4E79") == BLUE


@pytest.mark.parametrize(
    "text",
    ["", "red", "1f4e79", "#1f4e7", "#1f4e7g", "#1f4e79ff", "rgb(31 78)", "rgb(31 78 121 4)", "rgb(31, 78 121)",
     "rgb(256 0 0)", "rgb(-1 0 0)", "rgb(31 78 121 / 0.5)", "lab(101 0 0)", "lab(-1 0 0)", "lab(50 900 0)",
     "lab(50 1e999 0)", "lab(nan 0 0)", "lab(inf 0 0)", "lch(50 -3 20)", "lch(50 20 20%)", "lab(50 20 20deg)",
     "oklch(0.9 0.9 20)", "oklch(62 0.2 20)", "lab(40 60 30", "lab 40 60 30", "lab((40 60 30))", "#1f4e79 ;",
     "hsl(20 50% 50%)", "lab(" + "1" * 5000 + " 0 0)", "rgb(٣ ٣ ٣)"],
)  # fmt: skip
def test_what_is_no_colour_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"is not a colour") as refused:
        kept(text)
    assert len(str(refused.value)) < 250


def test_a_wide_parameter_takes_them_all_and_a_plain_one_does_not():
    wide, plain = Colour("Target", optional=True, wide=True), Colour("Ground")
    assert wide.parse("lab(50 110 65)") == "lab(50 110 65)" == wide.check("lab(50.0 110 65)")
    assert wide.parse("rgb(31,78,121)") == BLUE == wide.check("#1F4E79") == plain.check("#1F4E79")
    assert wide.parse("none") is None and wide.format(None) == "none"
    assert wide.format("lab(50 110 65)") == wide.brief("lab(50 110 65)") == "lab(50 110 65)"
    assert wide.range == "#rrggbb or rgb(R G B) or lab(L a b) or lch(L C h) or oklch(L C h) or none"
    assert plain.range == "#rrggbb"
    for bad in (5, None, "lab(50 110 65)"):
        with pytest.raises(ValueError, match="is not a colour such as"):
            plain.check(bad)
    for worse in (5, True, ["#1f4e79"], "#12"):
        with pytest.raises(ValueError, match="is not a colour"):
            wide.check(worse)
    assert params.rgb_of("lab(50 110 65)") == rgb_of("lab(50 110 65)")
