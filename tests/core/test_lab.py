"""Lab values as colour engineers know them."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.color import rgb2lab

from editor.core.lab import lab


def test_black_grey_and_white_have_no_colour():
    assert lab(0, 0, 0) == pytest.approx((0, 0, 0), abs=0.01)
    assert lab(1, 1, 1) == pytest.approx((100, 0, 0), abs=0.02)
    light, a, b = lab(0.5, 0.5, 0.5)
    assert light == pytest.approx(53.39, abs=0.01) and abs(a) < 0.02 and abs(b) < 0.02


def test_primaries_under_d50():
    """As Bruce Lindbloom's calculator gives them for sRGB, adapted to D50 after Bradford."""
    assert lab(1, 0, 0) == pytest.approx((54.29, 80.81, 69.89), abs=0.05)
    assert lab(0, 1, 0) == pytest.approx((87.82, -79.29, 80.99), abs=0.05)
    assert lab(0, 0, 1) == pytest.approx((29.57, 68.30, -112.03), abs=0.05)


def test_near_the_values_of_another_library():
    """skimage measures under D65, which moves greys nowhere and colours little."""
    for colour in np.random.default_rng(3).uniform(0.2, 0.8, (40, 3)):
        theirs = rgb2lab(colour[None, None])[0, 0]
        assert np.abs(np.array(lab(*colour)) - theirs).max() < 9
        assert abs(lab(*colour)[0] - theirs[0]) < 2.5
