"""Likeness: what is of one colour in other light, which colour a product mainly has, and what skin and grey are."""

import numpy as np
import pytest

from editor.craft.likeness import colour_at, like, main_colour, neutral, skin, worn_beside
from editor.craft.oklab import oklab_of

SKINS = ("f1c9a5", "e0ac69", "c68642", "8d5524", "a1665e", "ffd5c8", "6b4423")
OTHERS = ("1f4e79", "b01c2e", "f2f0ea", "141414", "d9b310", "4f8a4a", "f2a7c3", "7a7a7a")


def lab(*hexes):
    return oklab_of(np.array([[int(h[i : i + 2], 16) / 255 for i in (0, 2, 4)] for h in hexes], np.float32))


def test_the_formula_that_networks_were_taught():
    base, pixel = np.array([0.5, 0.1, -0.05], np.float32), np.array([[0.4, 0.06, -0.01]], np.float32)
    k = 0.4 / 0.5
    far = (0.1 / 0.30) ** 2 + ((0.06 - k * 0.1) ** 2 + (-0.01 + k * 0.05) ** 2) / 0.06**2
    assert like(pixel, base)[0] == pytest.approx(np.exp(-far / 2), rel=1e-5)
    assert like(pixel, base, 2.0)[0] == pytest.approx(np.exp(-far / 8), rel=1e-5)
    assert like(base[None], base)[0] == 1


def test_a_shade_of_a_colour_is_more_like_it_than_another_colour():
    red, shade, blue = oklab_of(np.array([[0.7, 0.1, 0.15], [0.45, 0.06, 0.09], [0.1, 0.2, 0.7]], np.float32))
    assert like(shade[None], red)[0] > 0.6 > 0.05 > like(blue[None], red)[0]


def test_the_main_colour_of_a_product_is_that_of_most_of_it():
    rgb = np.full((90, 120, 3), 0.95, np.float32)
    rgb[10:80, 20:100] = np.linspace(0.7, 1.1, 80)[None, :, None] * np.array([0.15, 0.3, 0.6])
    rgb[10:30, 20:100] = (0.8, 0.1, 0.1)
    share = np.zeros((90, 120), np.float32)
    share[10:80, 20:100] = 1
    found = main_colour(oklab_of(rgb), share)
    assert np.abs(found - oklab_of(np.array([0.135, 0.27, 0.54], np.float32))).max() < 0.03
    assert main_colour(oklab_of(rgb), 0 * share) is None
    upper = share.copy()
    upper[30:] = 0
    assert np.abs(main_colour(oklab_of(rgb), upper) - oklab_of(np.float32([0.8, 0.1, 0.1]))).max() < 0.02


def test_skin_counts_only_where_there_is_nothing_else():
    rgb = np.tile(np.float32([0.78, 0.55, 0.44]), (60, 60, 1))
    share = np.ones((60, 60), np.float32)
    assert np.abs(main_colour(oklab_of(rgb), share) - oklab_of(rgb[0, 0])).max() < 0.03, "a product like skin"
    rgb[:, 33:] = (0.1, 0.3, 0.5)
    assert np.abs(main_colour(oklab_of(rgb), share) - oklab_of(rgb[0, 50])).max() < 0.03


def test_the_colour_at_a_place_is_not_that_of_a_speck():
    rgb = np.tile(np.float32([0.2, 0.5, 0.3]), (400, 500, 1))
    rgb[200, 250] = 1
    assert np.array_equal(colour_at(oklab_of(rgb), (250, 200)), oklab_of(rgb)[0, 0])
    assert np.array_equal(colour_at(oklab_of(rgb), (0, 399)), oklab_of(rgb)[0, 0])


def test_what_could_be_skin():
    assert (skin(lab(*SKINS)) > 0.5).all() and (skin(lab(*OTHERS)) < 0.1).all()


def test_what_is_grey_beside_a_colour():
    base = lab("1f4e79")[0]
    grey, own = lab("808080", "303030", "f0f0f0"), lab("1f4e79", "14324e", "2f70aa")
    assert (neutral(grey, base) > 0.95).all() and (neutral(own, base) < 0.05).all()


def test_hair_above_a_shirt_is_no_part_of_it():
    cover, bare = np.zeros((200, 160), np.float32), np.zeros((200, 160), np.float32)
    cover[80:180, 30:130], cover[10:26, 65:95], cover[60:70, 5:20] = 1, 1, 1
    bare[26:80, 68:92] = 1
    found = worn_beside(cover, bare)
    assert found[12:24, 67:93].min() > 0.9 and found[90:170, 40:120].max() == 0
    assert found[62:68, 8:18].max() == 0, "it touches no skin"
    assert worn_beside(cover, 0 * bare).max() == 0, "nobody wears it"
