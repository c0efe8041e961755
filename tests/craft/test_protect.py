"""The product's own colour under another light."""

import numpy as np
import pytest

from editor.core.light import exposed
from editor.craft.difference import ciede2000, lab_of
from editor.craft.protect import MOST, held, paler, towards


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


SATURATED = [(0.1, 0.2, 1), (1, 0.9, 0), (1, 0.8, 0.2), (0.2, 0.6, 1), (1, 0.5, 0.1), (0.3, 0.3, 1), (1, 0, 0.1)]
LIGHTS = {
    "a little more": lambda rgb: 1 - (1 - rgb) ** 1.2,
    "a stop more": lambda rgb: 1 - (1 - rgb) ** 2.2,
    "a stop more, cut off": lambda rgb: exposed(rgb, 2.0).clip(0, 1),
    "a stop less": lambda rgb: exposed(rgb, 0.5),
}


@pytest.mark.parametrize("colour", SATURATED)
@pytest.mark.parametrize("light", LIGHTS.values(), ids=LIGHTS.keys())
def test_from_dark_to_light_a_saturated_colour_keeps_rising_and_is_smooth(colour, light):
    ramp = np.linspace(0, 1, 2000, dtype=np.float32)[None, :, None] * np.array(colour, np.float32)
    after = light(ramp).astype(np.float32)
    out = held(ramp, after, np.ones((1, 2000), np.float32))
    made, free = lab_of(out)[0, :, 0], lab_of(after)[0, :, 0]
    assert (np.maximum.accumulate(made) - made).max() < 0.05  # it was 10 before
    assert np.abs(np.diff(made)).max() < np.abs(np.diff(free)).max() + 0.05
    rises = np.diff(made[200::20])  # every hundredth of the way: stairs would be seen as steps of rises
    assert np.abs(np.diff(rises)).max() < 0.35
    assert moved(ramp, out).max() <= MOST
    assert (made >= np.minimum(free, lab_of(ramp)[0, :, 0]) - 0.1).all()


def test_in_more_light_a_saturated_colour_gets_as_light_as_its_limit_lets_it():
    before = np.full((1, 1, 3), (0.3, 0.3, 1), np.float32)
    after = 1 - (1 - before) ** 2.2
    out = held(before, after, np.ones((1, 1), np.float32))
    was, now, made = (lab_of(rgb)[0, 0, 0] for rgb in (before, after, out))
    assert was + 4 < made < now and out.max() == pytest.approx(1, abs=2e-3)
    assert moved(before, out)[0, 0] > 0.8 * MOST


def test_a_white_product_gets_as_light_as_the_light_says():
    before = np.repeat(np.linspace(0.5, 1, 200, dtype=np.float32)[None, :, None], 3, 2)
    after = 1 - (1 - before) ** 2
    assert np.abs(held(before, after, np.ones((1, 200), np.float32)) - after).max() < 1e-3


def test_paler_is_as_far_as_it_may_go_and_no_further():
    way = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    ring = np.stack([np.cos(way), np.sin(way)], 1).astype(np.float32)
    for chroma in (1, 5, 12, 20, 30, 60, 130):
        both = [np.insert(ab, 0, 50, axis=1) for ab in (ring * chroma, paler(np.float32(chroma) * ring))]
        assert ciede2000(*both).max() <= MOST
        assert chroma < 2 or ciede2000(*both).min() > 0.6 * MOST
