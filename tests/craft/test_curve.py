"""Tables of curves: as exact as 16 bits need, without bands, and going on straight beyond 0..1."""

import numpy as np
import pytest

from editor.core.curve import line
from editor.craft.curve import table

BENT = ((0.0, 0.1), (0.2, 0.15), (0.25, 0.6), (1.0, 0.95))


def test_it_is_the_line_itself_as_16_bits_see_it():
    ramp = np.linspace(0, 1, 65_536, dtype=np.float32)
    made = table(line(BENT)).of(ramp)
    assert made.dtype == np.float32 and np.abs(made - line(BENT)(ramp)).max() < 0.5 / 65_535
    assert np.diff(made).min() > 0, "a ramp of 16 bits still rises everywhere"


def test_beyond_it_goes_on_straight():
    bent = table(line(BENT))
    outside = np.array([[-2.0, -0.5], [1.5, 3.0]], np.float32)
    assert np.abs(bent.of(outside) - line(BENT)(outside)).max() < 2e-3
    assert outside.tolist() == [[-2.0, -0.5], [1.5, 3.0]]  # what it is given stays as it is


def test_beyond_a_level_end_tones_still_differ():
    knots = ((0.0, 0.0), (0.5, 1.0), (1.0, 1.0))
    tones = np.linspace(1, 2, 50, dtype=np.float32)
    assert np.diff(table(line(knots)).of(tones)).min() > 1e-4
    assert np.abs(table(line(knots)).of(tones) - line(knots)(tones)).max() < 1e-5


def test_the_travel_of_a_curve_goes_up_where_it_falls():
    ramp = np.linspace(-0.2, 1.2, 1000, dtype=np.float32)
    rising = table(line(BENT))
    assert np.abs(rising.travel().of(ramp) - rising.of(ramp)).max() < 1e-5
    solarised = table(line(((0.0, 0.0), (0.5, 1.0), (1.0, 0.0)))).travel()
    assert solarised.of(np.array([0, 0.5, 1], np.float32)) == pytest.approx([0, 1, 2], abs=1e-4)
    assert np.diff(solarised.of(ramp)).min() >= 0
