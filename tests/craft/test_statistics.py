"""Statistics: what the light has done is told from what is in the picture."""

import numpy as np
import pytest

from editor.core.cms import encode
from editor.craft.statistics import ALIKE, as_light, bend_between, quantiles_of, shift_between
from tests.edits.lights import BLUE, RED, drawn


def of(linear, mask=None):
    return quantiles_of(encode(linear.astype(np.float32)), mask)


@pytest.fixture
def scene():
    return np.random.default_rng(1).uniform(0.05, 0.6, (80, 90, 3))


def test_gains_come_out_exactly(scene):
    shift = shift_between(of(scene * (0.4, 0.3, 0.2)), of(scene))
    wanted = -np.log((0.4, 0.3, 0.2))
    assert shift.exposure + np.array(shift.cast) == pytest.approx(wanted, abs=0.01)
    assert shift.off < 0.01


def test_what_is_clipped_says_nothing(scene):
    bright = (scene * 2.5).clip(0, 1)
    shift = shift_between(of(bright), of(scene))
    assert shift.exposure == pytest.approx(-np.log(2.5), abs=0.05)


def test_something_else_is_told_by_what_is_left(scene):
    assert shift_between(of(scene), of(drawn((RED, BLUE))[0])).off > ALIKE


def test_next_to_nothing_says_nothing(scene):
    assert of(scene, np.zeros(scene.shape[:2], np.float32)) is None
    few = np.zeros(scene.shape[:2], np.float32)
    few[:5, :5] = 1
    assert of(scene, few) is None and of(scene, 1 - few) is not None


def test_a_cast_is_light_only_as_far_as_light_goes():
    warm = (0.25, 0.0, -0.4)
    assert as_light(warm) == (warm, 1.0)
    cast, trust = as_light((-2.3, 0.2, 1.9))  # red to blue
    assert trust == 0 and np.abs(cast).max() == 0
    nearly, trust = as_light((-0.6, 0.1, 1.35))
    assert 0 < trust < 1 and 0 < nearly[2] < 1.35


def test_a_tone_curve_is_found_and_stays_monotone():
    x = np.linspace(0.05, 0.95, 50)
    a, b = bend_between(np.stack([x, x + x * (1 - x) * (0.3 - 0.5 * x)], 1))
    t = np.linspace(0, 1, 101)
    assert np.abs(t * (1 - t) * (a + b * t - 0.3 + 0.5 * t)).max() < 0.02
    a, b = bend_between(np.stack([x, np.where(x > 0.5, 0.9, 0.1)], 1))
    assert (np.diff(t + t * (1 - t) * (a + b * t)) > 0).all()
    assert bend_between(np.stack([x, x + 0.001], 1)) == (0.0, 0.0)
    assert bend_between(np.stack([x[:20] * 0.2, x[:20]], 1)) == (0.0, 0.0)


def test_bluer_than_any_daylight_is_no_light_either():
    assert as_light((0.5, 0.0, -0.5)) == ((0.5, 0.0, -0.5), 1.0)
    for strength in (1.2, 2.0, 3.0):  # blue to red, as far as red to blue
        assert as_light((strength, 0.0, -strength))[1] == as_light((-strength, 0.0, strength))[1] == 0
    trusts = [as_light((strength, 0.0, -strength))[1] for strength in np.arange(0.3, 1.3, 0.05)]
    assert np.abs(np.diff(trusts)).max() < 0.2 and (np.diff(trusts) <= 0).all()
