"""What has no edge in the picture is smoothed away; what has one stays."""

from __future__ import annotations

import numpy as np

from editor.craft.guide import guided_by

Y, X = np.mgrid[0:48, 0:48]
HALVES = np.where(X < 24, 0.2, 0.8)[..., None] * np.ones(3)
GUIDE = (HALVES + 0.005 * np.random.default_rng(0).standard_normal(HALVES.shape)).astype(np.float32)
ALL = np.ones((48, 48), np.float32)


def test_a_difference_with_the_guides_own_edge_stays():
    plane = np.where(X < 24, 0.3, -0.1)[..., None].astype(np.float32)
    assert np.abs(guided_by(GUIDE, plane, ALL, 5, 2e-3) - plane).max() < 0.03


def test_a_pattern_that_the_guide_has_not_goes():
    pattern = (0.2 * np.sin(X * 1.6) * np.sin(Y * 1.6))[..., None].astype(np.float32)
    assert np.abs(guided_by(GUIDE, 0.1 + pattern, ALL, 5, 2e-3)[8:-8, 8:-8] - 0.1).max() < 0.04


def test_what_weighs_nothing_does_not_count():
    planes = np.where(Y < 24, 0.3, 9.0)[..., None].astype(np.float32)
    weight = (Y < 24).astype(np.float32)
    made = guided_by(GUIDE, planes, weight, 5, 2e-3)
    assert np.abs(made[:24] - 0.3).max() < 1e-3 and np.isfinite(made).all()
