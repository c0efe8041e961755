"""Shoulder: gains and curves that come to white softly, and never fall."""

import numpy as np
import pytest

from editor.craft.shoulder import STEEPEST, shouldered, smooth, towards_white


def test_a_smooth_curve_goes_through_its_points_and_never_falls():
    points = np.array([0, 0.02, 0.5, 0.52, 0.53, 1.0])
    at = np.linspace(0, 1, 1001, dtype=np.float32)
    curve = smooth(points, at)
    assert np.abs(curve[::200] - points).max() < 1e-6
    assert np.diff(curve).min() >= 0


def test_a_gain_and_its_inverse_undo_each_other():
    x = np.linspace(0, 1, 4001, dtype=np.float32)[None]
    for gain in (0.4, 0.8, 1.0, 1.3, 3.0):
        there = shouldered(x, np.full_like(x, gain))
        assert np.abs(shouldered(there, np.full_like(x, 1 / gain)) - x).max() < 2e-5
        assert np.diff(there.astype(np.float64)).min() > 0
        assert there[0, -1] == pytest.approx(1, abs=1e-6)


def test_curves_come_to_white_neither_steeply_nor_level():
    x = np.linspace(0, 1, 4001, dtype=np.float32)
    for curve in (x**3, 1 - (1 - x) ** 6, 0.3 * x + 0.7 * x**12, x**0.3):
        out = towards_white(x, curve.astype(np.float32)).astype(np.float64)
        assert out[0] == pytest.approx(0, abs=1e-6)
        assert out[-1] == pytest.approx(1, abs=1e-6)
        steps = np.diff(out) * 4000
        assert steps.min() > 0
        end = steps[x[1:] > 0.97]
        assert end.min() > 0.03
        assert end.max() < 1.1 * STEEPEST
    assert np.array_equal(towards_white(x, x), x)
