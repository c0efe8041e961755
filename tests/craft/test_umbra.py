"""Umbra: a shadow is found where a product throws one, and none where there is no product."""

import numpy as np
import pytest

from editor.craft.umbra import shade


def test_the_shadow_of_a_product_is_found_beside_it():
    rgb, matte = np.full((120, 160, 3), 0.8, np.float32), np.zeros((120, 160), np.float32)
    rgb[40:70, 60:100], matte[40:70, 60:100] = 0.2, 1
    rgb[70:80, 60:100] = 0.56
    found = shade(rgb, matte)
    assert found[74, 80] == pytest.approx(0.3, abs=0.1)
    assert found[10, 80] < 0.02 and found[55, 80] < 0.3


@pytest.mark.parametrize("size", [(1, 1), (1, 2), (2, 1), (2, 2), (3, 3), (1, 50), (40, 40)])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 1.0])
def test_a_picture_of_next_to_nothing_has_no_shadow(size, share):
    matte = np.zeros(size, np.float32)
    matte[0, 0] = share
    for level in (0, 1):
        found = shade(np.full((*size, 3), level, np.float32), matte)
        assert found.shape == size and np.isfinite(found).all()
        assert share >= 0.5 or not found.any()
