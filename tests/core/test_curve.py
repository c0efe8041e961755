"""Curves: what values they take, and that the line through the points is smooth and never swings beyond them."""

from itertools import pairwise

import numpy as np
import pytest

from editor.core.curve import APART, BESIDE, LEAST, MOST, STRAIGHT, Curve, added, line, moved, without

CURVE = Curve("Luminance")
BENT = ((0.0, 0.05), (0.25, 0.2), (0.3, 0.6), (0.75, 0.6), (1.0, 0.9))


@pytest.mark.parametrize("knots", [STRAIGHT, BENT, ((0.1, 0.0), (1.0, 1.0))])
def test_text_and_value_are_the_same(knots):
    assert CURVE.parse(CURVE.format(knots)) == CURVE.check([list(knot) for knot in knots]) == knots


def test_text_is_as_one_would_write_it():
    assert CURVE.parse("0,0 0.25,0.2 1,1") == ((0.0, 0.0), (0.25, 0.2), (1.0, 1.0))
    assert CURVE.format(((0, 0), (0.25, 0.2), (1, 1))) == "0,0 0.25,0.2 1,1"
    assert CURVE.brief(((0, 0), (1 / 3, 0.2), (1, 1))) == "0,0 0.333,0.2 1,1"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (7, "is no curve"),
        (((0, 0),), "of 1 points has not 2 to 16"),
        ([(n / 20, 0) for n in range(17)], "of 17 points"),
        (((0, 0), (1, 1.5)), "not a number between 0 and 1"),
        (((0, 0), (1, float("nan"))), "not a number between 0 and 1"),
        (((0, 0), (1, True)), "not a number between 0 and 1"),
        (((0, 0), (1,)), "is not a point"),
        (((0.5, 0), (0.5, 1)), "to the right of"),
        (((0.5, 0), (0.2, 1)), "to the right of"),
    ],
)
def test_what_is_no_curve_is_refused_in_a_sentence(value, why):
    with pytest.raises(ValueError, match=why):
        CURVE.check(value)


def test_a_text_that_is_no_curve_is_refused():
    with pytest.raises(ValueError, match="'steep' is no curve such as"):
        CURVE.parse("steep")


def test_the_line_goes_through_its_points_and_not_beyond_two_neighbours():
    bent = line(BENT)
    assert np.allclose(bent(np.array(BENT)[:, 0]), np.array(BENT)[:, 1])
    tones = np.linspace(0, 1, 10_001)
    made = bent(tones)
    for (left, low), (right, high) in pairwise(BENT):
        between = made[(tones >= left) & (tones <= right)]
        assert between.min() > min(low, high) - 1e-9 and between.max() < max(low, high) + 1e-9


def test_its_slope_has_no_steps():
    tones = np.linspace(-0.2, 1.2, 140_001)
    slope = np.diff(line(BENT)(tones)) / np.diff(tones)
    assert np.abs(np.diff(slope)).max() < 0.02


def test_points_that_rise_give_a_line_that_rises():
    rng = np.random.default_rng(5)
    for _ in range(50):
        count = int(rng.integers(2, MOST + 1))
        x = np.sort(rng.choice(np.arange(0, 257), count, replace=False)) / 256
        y = np.sort(rng.random(count))
        made = line(CURVE.check(list(zip(x.tolist(), y.tolist(), strict=True))))(np.linspace(-0.5, 1.5, 5001))
        assert np.diff(made).min() >= -1e-12


def test_two_points_are_a_straight_line_on_both_sides_of_them():
    tones = np.array([-0.5, 0.1, 0.6, 0.9, 2.0])
    assert np.allclose(line(((0.1, 0.0), (0.9, 1.0)))(tones), (tones - 0.1) / 0.8)
    assert np.allclose(line(STRAIGHT)(tones), tones)


def test_beyond_its_ends_tones_still_differ():
    shoulder = line(((0.0, 0.0), (0.5, 0.8), (1.0, 1.0)))  # a parabola would come down again
    assert np.diff(shoulder(np.linspace(0.9, 1.5, 100))).min() > 1e-4
    falling = line(((0.0, 1.0), (0.5, 0.2), (1.0, 0.0)))
    assert np.diff(falling(np.linspace(0.9, 1.5, 100))).max() < -1e-4


def test_points_are_moved_as_far_as_their_neighbours_let_them():
    knots = ((0.0, 0.0), (0.5, 0.5), (1.0, 1.0))
    assert moved(knots, 1, 0.3, 0.7) == ((0.0, 0.0), (0.3, 0.7), (1.0, 1.0))
    assert moved(knots, 1, -3, 4)[1] == (BESIDE, 1.0)
    assert moved(knots, 0, 0.9, -1)[0] == (0.5 - BESIDE, 0.0)
    close = ((0.0, 0.0), (0.5, 0.5), (0.5 + APART, 0.6), (0.5 + 2 * APART, 0.7))
    assert moved(close, 2, 0.9, 0.1)[2] == (0.5 + APART, 0.1)


def test_points_are_added_where_there_is_room():
    assert added(STRAIGHT, 0.5, 0.4) == (((0.0, 0.0), (0.5, 0.4), (1.0, 1.0)), 1)
    assert added(STRAIGHT, 0.001, 0.4) == (STRAIGHT, -1)
    full = tuple((n / 15, n / 15) for n in range(MOST))
    assert added(full, 0.5, 0.5) == (full, -1)


def test_a_point_is_taken_away_and_an_end_goes_into_its_corner():
    knots = ((0.1, 0.2), (0.5, 0.4), (0.9, 0.8))
    assert without(knots, 1) == ((0.1, 0.2), (0.9, 0.8))
    assert without(knots, 0)[0] == (0.0, 0.0) and without(knots, 2)[2] == (1.0, 1.0)


@pytest.mark.parametrize(
    ("knots", "low", "high"),
    [
        (((0.0, 0.0), (0.5, 1.0), (1.0, 1.0)), None, LEAST),
        (((0.0, 0.0), (0.5, 0.0), (1.0, 1.0)), LEAST, None),
        (((0.0, 1.0), (0.5, 0.0), (1.0, 0.0)), None, -LEAST),
        (((0.0, 0.5), (1.0, 0.5)), LEAST, LEAST),
    ],
)
def test_a_level_end_goes_on_the_way_the_curve_came(knots, low, high):
    bent = line(knots)
    if low is not None:
        assert (bent(np.array(0.0)) - bent(np.array(-1.0))) == pytest.approx(low)
    if high is not None:
        assert (bent(np.array(2.0)) - bent(np.array(1.0))) == pytest.approx(high)
