"""Gain: a straight line in encoded values is what more light comes to."""

import numpy as np
import pytest

from editor.core.cms import decode, encode
from editor.craft.gain import POWER, lit, slope_of


@pytest.mark.parametrize("gain", [0.4, 0.8, 1.0, 1.5, 3.0])
def test_it_is_the_gain_in_linear_light(gain):
    values = np.repeat(np.linspace(-0.3, 1.3, 3001, dtype=np.float32)[:, None, None], 3, 2)
    out = lit(values, np.full_like(values, gain ** (1 / POWER)))
    assert np.abs(out - encode(np.float32(gain) * decode(values))).max() < 0.006
    assert (np.diff(out[:, 0, 0]) > 0).all() and np.array_equal(np.sign(out), np.sign(values))
    bright = np.abs(values) > 0.1
    assert np.abs(decode(out) / np.where(bright, decode(values), 1) - gain)[bright].max() < 1e-4 * gain


def test_each_channel_and_row_may_have_its_own():
    rgb = np.full((4, 5, 3), 0.5, np.float32)
    slope = slope_of(np.array([[[1.0, 2.0, 0.5]]], np.float32))
    out = decode(lit(rgb, np.tile(slope, (1, 5, 1))))
    assert np.allclose(out / decode(rgb), [1.0, 2.0, 0.5], atol=1e-5)


@pytest.mark.parametrize("gain", [1 / 16, 0.2, 1.5, 2.0, 4.0, 8.0, 16.0, 32.0])
def test_the_toe_is_as_exact_as_it_says(gain):
    values = np.repeat(np.linspace(-0.3, 0.6, 6001, dtype=np.float32)[:, None, None], 3, 2)
    out = lit(values, np.full_like(values, gain ** (1 / POWER)))
    off = np.abs(out - encode(np.float32(gain) * decode(values))).max() * 255
    assert off < (1.6 if gain < 0.2 else 0.85 if gain < 1 else 0.2)  # it was 12 at 16
    assert (np.diff(out[:, 0, 0]) > 0).all()


def test_where_the_curve_takes_over_no_edge_is_seen():
    values, gains = np.full((1, 2000, 3), 0.03, np.float32), np.linspace(1.3, 1.8, 2000, dtype=np.float32)
    out = lit(values, np.repeat(slope_of(gains)[None, :, None], 3, 2))[0, :, 0]
    assert np.abs(np.diff(out)).max() * 255 < 0.2
