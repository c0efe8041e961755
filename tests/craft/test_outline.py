"""Outline: the box around a product, and how it stands."""

import numpy as np
import pytest

from editor.craft.outline import alone, product_box, solid, stand


def drawn(*boxes, size=(200, 160)):
    matte = np.zeros(size[::-1], np.float32)
    for left, top, right, bottom in boxes:
        matte[top:bottom, left:right] = 1
    return matte


def test_the_box_knows_parts_of_pixels():
    matte = drawn((50, 40, 150, 100))
    matte[40:100, 149] = 0.75
    x, y, width, height = product_box(matte)
    assert (x * 200, y * 160, height * 160) == pytest.approx((50, 40, 60))
    assert (x + width) * 200 == pytest.approx(149.8, abs=0.1)
    assert product_box(drawn((0, 0, 200, 160))) == (0, 0, 1, 1)
    assert product_box(drawn()) is None and product_box(drawn((50, 40, 150, 100)) * np.float32(0.4)) is None


def test_specks_are_none_of_it_but_a_second_product_is():
    pair = drawn((20, 50, 80, 120), (120, 50, 180, 120))
    dusty = np.maximum(pair, drawn((2, 2, 4, 4)))
    assert product_box(dusty) == product_box(pair) and solid(dusty).sum() == pair.sum()
    faint = np.maximum(pair, drawn((100, 130, 198, 150)) * np.float32(0.3))
    assert np.array_equal(alone(faint), pair)


def test_a_table_stands_on_its_legs():
    table = drawn((20, 40, 180, 60), (20, 60, 30, 140), (170, 60, 180, 140))
    found = stand(table)
    assert (found.hull[20:180] == 140).all() and found.box == (20, 40, 180, 140)
    assert (found.gap[20:30] == 0).all() and (found.gap[40:160] == 80).all() and np.isinf(found.gap[:20]).all()
    assert found.ground == (140, 0) and (found.level == 140).all()


def test_the_ground_may_slope_but_a_handle_does_not_lift_it():
    y, x = np.mgrid[0:160, 0:200]
    leaning = ((x >= 40) & (x < 160) & (y > 60) & (y < 120 + 0.1 * (x - 100))).astype(np.float32)
    assert stand(leaning).ground[1] == pytest.approx(0.1, abs=0.02)
    handled = drawn((60, 40, 140, 140), (140, 60, 190, 80))
    assert (stand(handled).hull == 140).all() and stand(handled).ground == (140, 0)
    assert stand(drawn()) is None
