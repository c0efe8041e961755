"""How far apart two colours look, beside scikit-image's formula."""

import numpy as np
from skimage.color import deltaE_ciede2000, rgb2lab

from editor.craft.difference import ciede2000, lab_of, rgb_of

# Sharma, Wu and Dalal (2005), table 1: pairs that trip up those who round hue angles wrongly
SHARMA = (
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425), ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792), ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
)  # fmt: skip


def test_the_published_pairs_come_out_as_published():
    for first, second, expected in SHARMA:
        found = ciede2000(np.array(first, np.float32), np.array(second, np.float32))
        assert abs(float(found) - expected) < 2e-3


def test_lab_and_its_differences_are_those_of_scikit_image():
    chance = np.random.default_rng(3)
    one, other = chance.random((2, 40, 50, 3), np.float32)
    labs = lab_of(one), lab_of(other)
    assert np.abs(labs[0] - rgb2lab(one)).max() < 0.15
    assert np.abs(ciede2000(*labs) - deltaE_ciede2000(rgb2lab(one), rgb2lab(other))).max() < 0.15
    assert np.abs(rgb_of(labs[0]) - one).max() < 2e-3


def test_a_colour_is_not_apart_from_itself():
    some = lab_of(np.random.default_rng(1).random((20, 20, 3), np.float32))
    assert not ciede2000(some, some).any()
