"""Illumination: the light on paper, as smooth as it was, and read off alike however the picture is cut."""

import numpy as np
import pytest

from editor.core.cms import decode
from editor.core.geometry import Region
from editor.core.white import white_at
from editor.craft.illumination import grain_of, light_of, paper_light, paper_mask
from tests.edits.lights import PAPER, drawn, lamp, taken

FROM_XYZ = np.linalg.inv(
    np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
)


@pytest.mark.parametrize(("temperature", "tint"), [(0, 0), (-1, 0.5), (0.7, -0.8), (-2, 0.2)])
def test_a_light_is_told_by_its_colour(temperature, tint):
    found = light_of(0.3 * FROM_XYZ @ white_at(temperature, tint))
    assert found == pytest.approx((temperature, tint), abs=0.03)


def test_the_light_goes_on_under_the_product():
    light = lamp(colour=(1, 0.8, 0.6), stops=-0.5)
    reflected, product = drawn()
    field = paper_light(taken(reflected * light).at().rgb, None)
    found = decode(field.under(Region(0, 0, 240, 180), (240, 180))(np.s_[:]))
    assert np.abs(found / (PAPER[0] * light) - 1)[~product].mean() < 0.005
    assert np.abs(found / (PAPER[0] * light) - 1)[product].max() < 0.05


def test_parts_and_sizes_agree():
    field = paper_light(taken(drawn()[0] * lamp(stops=-0.5)).at().rgb, None)
    whole = field.under(Region(0, 0, 480, 360), (480, 360))(np.s_[:])
    part = field.under(Region(100, 50, 60, 40), (480, 360))(np.s_[10:30])
    assert np.abs(part - whole[60:80, 100:160]).max() < 1e-5
    large = field.under(Region(0, 0, 1440, 1080), (1440, 1080))(np.s_[:])
    assert np.abs(large[1::3, 1::3] - whole).max() < 1e-4
    assert np.abs(np.diff(large, 2, axis=1)).max() < 1e-4, "a crease would be seen"


def test_the_mask_is_paper_in_full_light():
    reflected, product = drawn()
    shade = np.ones(product.shape)
    shade[150:170, 60:160] = 0.5
    mask = paper_mask(taken(reflected * lamp(stops=-0.5) * shade[..., None]).at().rgb, None)
    assert mask[product].mean() < 0.08 and mask[shade < 1].mean() < 0.15
    assert mask[~product & (shade == 1)].mean() > 0.75


def test_what_is_bluer_than_daylight_counts_on_along_it():
    ends = [light_of(FROM_XYZ @ white_at(temperature, 0.0))[0] for temperature in (0.9, 1.0, 1.1, 1.2)]
    assert ends == pytest.approx([0.9, 1.0, 1.1, 1.2], abs=0.03)
    assert light_of(np.array([0.05, 0.1, 1.0]))[0] > 3


@pytest.mark.parametrize("grain", [0.01, 0.05])
def test_grain_is_measured_whatever_the_picture_shows(grain):
    picture = taken(drawn()[0] * lamp(), noise=grain).at().rgb
    assert grain_of(picture) == pytest.approx(grain, rel=0.1)
    assert grain_of(taken(drawn()[0] * lamp(), noise=0).at().rgb) < 0.001


@pytest.mark.parametrize("grain", [0.02, 0.06])
def test_what_was_clicked_is_the_same_paper_however_grainy_the_file_is(grain):
    linear, corners = drawn(paper=(0.6, 0.6, 0.55))[0] * lamp(tilt=0.3, falloff=0.2), ((0.05, 0.1), (0.95, 0.9))
    fields = (paper_light(taken(linear, noise=noise).at().rgb, None, corners) for noise in (0, grain))
    calm, grainy = (decode(field.under(Region(0, 0, 240, 180), (240, 180))(np.s_[:])) for field in fields)
    assert np.abs(grainy / calm - 1).mean() < 0.02 and np.abs(grainy / calm - 1).max() < 0.1
