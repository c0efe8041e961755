"""Light and white: more light, and light of another colour."""

import numpy as np
import pytest

from editor.core.cms import decode, encode
from editor.core.light import exposed
from editor.core.white import adapted, white_at, white_of

RAMP = np.linspace(-0.5, 1.5, 3000, dtype=np.float32).reshape(10, 100, 3)
D65 = np.array([0.95047, 1.0, 1.08883])


@pytest.mark.parametrize("gain", [0.05, 0.5, 1.0, 2.0, 30.0])
def test_as_much_light_in_linear_values(gain):
    want = encode(decode(RAMP) * np.float32(gain))
    assert np.abs(exposed(RAMP, gain) - want).max() < 2e-5 * max(1, gain)


def test_a_gain_for_each_pixel():
    gains = np.linspace(0.25, 4, 1000, dtype=np.float32).reshape(10, 100, 1)
    want = encode(decode(RAMP) * gains)
    assert np.abs(exposed(RAMP, gains) - want).max() < 1e-4


def test_black_stays_black():
    assert not exposed(np.zeros((2, 2, 3), np.float32), 16.0).any()


def test_in_daylight_nothing_changes():
    assert white_at(0, 0) == pytest.approx(D65, abs=1e-3)
    assert adapted(white_at(0, 0)) == pytest.approx(np.eye(3), abs=1e-6)


def test_grey_in_a_coloured_light_becomes_grey():
    for colour in ((0.9, 0.8, 0.6), (0.3, 0.5, 0.9), (0.02, 0.02, 0.03)):
        linear = decode(np.array(colour, np.float32)).astype(float)
        out = adapted(white_of(colour)) @ linear
        assert np.ptp(out) < 1e-4 * out.max()


def test_the_ends_of_the_scale_are_warm_and_cold_and_the_steps_alike():
    reds = [float(np.divide(*(adapted(white_at(t, 0)) @ np.ones(3))[[0, 2]])) for t in np.linspace(-1, 1, 9)]
    assert (np.diff(reds) > 0).all() and reds[0] < 0.75 and reds[-1] > 1.35
    steps = np.diff(np.log(reds))
    assert steps.max() / steps.min() < 2


def test_tint_goes_from_green_to_magenta():
    greens = [(adapted(white_at(0, t)) @ np.ones(3))[1] for t in (-1, 0, 1)]
    assert greens[0] > greens[1] > greens[2]
