"""Tone and strips: a curve on colours, and pictures worked on a few rows at a time."""

import numpy as np
import pytest

from editor.craft.strips import in_strips
from editor.craft.tone import brightest, luma, toned


def picture(height=37, width=50):
    return np.random.default_rng(0).random((height, width, 3), np.float32)


@pytest.mark.parametrize("shape", [(1, 1), (1000, 700), (3, 40000), (517, 131)])
def test_what_is_done_to_each_pixel_does_not_hang_on_the_strips(shape):
    rgb, plane = picture(*shape), picture(*shape)[..., 1]
    seen = []

    def make(colours, share):
        seen.append(colours.shape)
        return colours * share[..., None]

    out = in_strips(make, rgb, plane)
    assert np.array_equal(out, rgb * plane[..., None]) and out.dtype == np.float32
    assert sum(rows for rows, _, _ in seen) == shape[0] and {width for _, width, _ in seen} == {shape[1]}
    assert max(rows * width for rows, width, _ in seen) <= max(1 << 16, shape[1])


def test_brightness_of_colours():
    rgb = np.array([[(1, 0, 0), (0.2, 0.5, 0.1), (-0.1, -0.2, -0.3)]], np.float32)
    assert brightest(rgb)[0] == pytest.approx([1, 0.5, -0.1])
    assert luma(rgb)[0] == pytest.approx([0.2126, 0.40734, -0.18596], abs=1e-5)
    assert brightest(rgb).dtype == luma(rgb).dtype == np.float32


def test_a_straight_line_changes_nothing_but_what_it_says():
    rgb = picture()
    assert np.abs(toned(rgb, lambda grey: grey) - rgb).max() < 1e-6
    assert np.abs(toned(rgb, lambda grey: grey * np.float32(0.5)) - rgb / 2).max() < 1e-6


def test_largest_and_smallest_channel_stay_within_the_curve_and_in_order():
    rgb = picture()

    def curve(grey):
        return grey * grey * (3 - 2 * grey)

    out = toned(rgb, curve)
    assert (out.max(2) <= curve(rgb.max(2)) + 1e-6).all() and (out.min(2) >= curve(rgb.min(2)) - 1e-6).all()
    assert np.array_equal(out.argsort(2), rgb.argsort(2))


def test_a_steep_curve_makes_colours_stronger_by_its_root():
    rgb = np.array([[(0.52, 0.5, 0.49)]], np.float32)
    out = toned(rgb, lambda grey: np.float32(0.5) + (grey - np.float32(0.5)) * 4)
    assert np.ptp(out) == pytest.approx(2 * np.ptp(rgb), rel=1e-3)
    grey = np.full((1, 1, 3), 0.3, np.float32)
    assert np.ptp(toned(grey, lambda values: np.sqrt(values))) < 1e-6
