"""The product's own colour under another light."""

import numpy as np

from editor.craft.difference import ciede2000, lab_of
from editor.craft.protect import MOST, held, towards


def colours(seed, side=60):
    return np.random.default_rng(seed).random((side, side, 3), np.float32)


def moved(before, after):
    """CIEDE2000 between two pictures as if both had the lightness of the second."""
    was, now = lab_of(before), lab_of(after)
    was[..., 0] = now[..., 0]
    return ciede2000(was, now)


def test_hue_and_chroma_move_no_more_than_two():
    before = colours(1)
    after = (before**0.8 * np.array([1.0, 0.9, 0.75], np.float32)).clip(0, 1)
    assert moved(before, after).max() > 8
    out = held(before, after, np.ones(before.shape[:2], np.float32))
    assert moved(before, out).max() <= MOST
    gave_way = np.abs(lab_of(out)[..., 0] - lab_of(after)[..., 0]) > 0.5
    assert 0 < gave_way.mean() < 0.15
    assert np.minimum(out.min(2), 1 - out.max(2))[gave_way].max() < 0.02  # only where sRGB ends
    assert out.min() >= -1e-3
    assert out.max() <= 1 + 1e-3


def test_any_two_colours_stay_within_it():
    was, now = (lab_of(colours(seed, 200)) for seed in (2, 3))
    way = towards(was[..., 1:], now[..., 1:])[..., None]
    kept = now.copy()
    kept[..., 1:] = was[..., 1:] + way * (now[..., 1:] - was[..., 1:])
    same = was.copy()
    same[..., 0] = now[..., 0]
    assert ciede2000(same, kept).max() <= MOST
    assert np.median(ciede2000(same, kept)) > 0.5 * MOST  # it may move, too


def test_a_small_correction_is_left_as_it_is():
    before = 0.2 + 0.6 * colours(4)
    after = before * np.array([1.0, 1.0, 0.99], np.float32)
    out = held(before, after, np.ones(before.shape[:2], np.float32))
    assert np.abs(out - after).max() < 1e-3


def test_what_is_no_product_is_corrected():
    before, share = colours(5), np.zeros((60, 60), np.float32)
    after = before**0.5
    share[20:40, 20:40] = 1
    out = held(before, after, share)
    outside = share == 0
    assert np.array_equal(out[outside], after[outside])
    assert np.abs(out - after)[~outside].max() > 0.05
    assert held(before, after, np.zeros_like(share)) is after
