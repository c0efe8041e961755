"""Warp: points go there and back, step by step and at any scale."""

import numpy as np
import pytest

from editor.core.geometry import Region
from editor.core.warp import Warp, through

SIZE = (600, 400)
SPOTS = np.array([(0.0, 0.0), (600.0, 0.0), (123.4, 56.7), (599.5, 399.5)])
TURN = Warp.of((400, 600), SIZE, np.array([[0, 1, 0], [-1, 0, 400], [0, 0, 1]], float))  # a quarter clockwise
CUT = Warp.of((200, 300), (400, 600), np.array([[1, 0, 50], [0, 1, 100], [0, 0, 1]], float))
LEAN = Warp.of((500, 300), SIZE, np.array([[1, 0.1, 5], [-0.05, 1.1, 9], [1e-4, 2e-4, 1]], float))


def test_none_leaves_points_where_they_are():
    none = Warp.none(SIZE)
    assert none.is_none and np.array_equal(none.before(SPOTS), SPOTS) and np.array_equal(none.after(SPOTS), SPOTS)
    assert not TURN.is_none and not Warp((600, 399), SIZE).is_none


def test_a_quarter_turn():
    assert TURN.after(np.array([(0.0, 0.0)])) == pytest.approx(np.array([(400.0, 0.0)]))  # upper left goes upper right
    assert TURN.before(np.array([(0.5, 0.5)])) == pytest.approx(np.array([(0.5, 399.5)]))


@pytest.mark.parametrize("warp", [TURN, CUT, LEAN, TURN.then(CUT)])
def test_there_and_back(warp):
    assert np.abs(warp.before(warp.after(SPOTS)) - SPOTS).max() < 1e-6


def test_one_after_the_other():
    both = TURN.then(CUT)
    assert (both.size, both.source) == (CUT.size, SIZE)
    assert both.before(SPOTS) == pytest.approx(TURN.before(CUT.before(SPOTS)))
    assert both.after(SPOTS) == pytest.approx(CUT.after(TURN.after(SPOTS)))


def test_the_same_warp_is_the_same_value():
    double = Warp.of(LEAN.size, SIZE, np.array(LEAN.matrix).reshape(3, 3) * 2)
    assert double == LEAN and hash(double) == hash(LEAN)


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.37])
def test_at_a_scale_corners_meet_corners(scale):
    small = [round(v * scale) for v in TURN.size]
    source = [round(v * scale) for v in SIZE]
    corners = np.array([(0, 0), (small[0], 0), small, (0, small[1])], float)
    assert through(TURN.at(scale), corners) == pytest.approx(np.array([(0, source[1]), (0, 0), (source[0], 0), source]))


def test_what_a_region_needs_lies_inside_and_is_enough():
    for region in (Region(0, 0, 40, 30), Region(100, 50, 64, 64), Region(490, 290, 10, 10)):
        needed = LEAN.needs(region, 1.0, 4)
        assert Region(0, 0, *SIZE).holds(needed) and not needed.empty
        corners = np.array([(region.x, region.y), (region.right, region.bottom)], float)
        there = LEAN.before(corners).clip(0, SIZE)
        assert (there >= needed[:2]).all() and (there <= (needed.right, needed.bottom)).all()


def test_beside_the_picture_a_sliver_is_needed_all_the_same():
    assert CUT.needs(Region(10_000, 10_000, 5, 5), 1.0, 4) == Region(399, 599, 1, 1)


def test_how_fine_the_picture_before_is_read_follows_how_much_things_are_enlarged():
    def scaled_by(factor):
        return Warp.of((100, 100), (1000, 1000), np.diag([1 / factor, 1 / factor, 1.0]))

    assert scaled_by(1).fineness == 1 and scaled_by(4).fineness == pytest.approx(4)
    assert 0.2 <= scaled_by(0.1).fineness < 0.2 * 2**0.5 and scaled_by(0.6).fineness == 1
    assert scaled_by(0.1).fineness == scaled_by(0.101).fineness, "in steps"
    turned = Warp.of((100, 100), (1000, 1000), np.array([[0, 5.0, 0], [5.0, 0, 0], [0, 0, 1]]))
    assert turned.fineness == 1
