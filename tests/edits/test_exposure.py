"""Exposure: contrast, whites and blacks bend the tones and leave hues alone; old recipes know exposure alone."""

import colorsys
from itertools import product

import numpy as np
import pytest

from editor.core.edit import Edit
from editor.core.light import exposed
from editor.edits.exposure import GREY, Exposure

RAMP = np.linspace(0, 1, 65536, dtype=np.float32)  # every 16-bit grey
ENDS = [Exposure(contrast=c, whites=w, blacks=b) for c, w, b in product((-100, 0, 100), repeat=3)]
ids = [f"{e.contrast:g} {e.whites:g} {e.blacks:g}" for e in ENDS]
HUES = [(0.9, 0.2, 0.1), (0.1, 0.35, 0.8), (0.3, 0.6, 0.2), (0.85, 0.75, 0.1), (0.22, 0.2, 0.18), (1.0, 0.0, 0.0)]


def became(edit, *colours):
    return edit.colours(np.array([colours], np.float32), None)[0]


def of_grey(edit, grey):
    return edit.colours(np.repeat(grey[None, :, None], 3, axis=2), None)[0]


@pytest.mark.parametrize("edit", ENDS, ids=ids)
def test_a_ramp_of_16_bits_still_rises_smoothly_and_stays_between_black_and_white(edit):
    out = of_grey(edit, RAMP)
    assert np.ptp(out, axis=1).max() < 1e-6  # grey is grey
    out = out[:, 0].astype(float)
    assert out[0] >= 0 and out[-1] <= 1
    assert (np.diff(out[::16]) > 0).all() and np.diff(out).min() > -1e-6
    slope = np.diff(out[::64]) / np.diff(RAMP[::64])
    assert slope.min() > 0.05 and slope.max() < 2.6
    assert np.abs(np.diff(slope)).max() < 0.02  # no kinks


@pytest.mark.parametrize("edit", ENDS, ids=ids)
def test_what_lies_beyond_white_and_black_stays_there_and_apart(edit):
    beyond = np.concatenate([np.linspace(-0.5, 0, 100), np.linspace(1, 3, 100)]).astype(np.float32)
    out = of_grey(edit, beyond)[:, 0]
    assert (np.diff(out[:100]) > 0).all() and (np.diff(out[100:]) > 0).all() and out[-1] > 1.05
    at_the_ends = of_grey(edit, np.array([-0.002, 0, 0.002, 0.998, 1, 1.002], np.float32))[:, 0]
    slopes = np.diff(at_the_ends)[[0, 1, 3, 4]] / 0.002
    assert slopes[0] == pytest.approx(slopes[1], abs=0.03) and slopes[2] == pytest.approx(slopes[3], abs=0.03)


def test_contrast_turns_around_middle_grey():
    for contrast in (-100, -30, 60, 100):
        black, dark, grey, light, white = became(
            Exposure(contrast=contrast), *[(v,) * 3 for v in (0, 0.2, GREY, 0.8, 1)]
        )[:, 0]
        assert (black, grey, white) == pytest.approx((0, GREY, 1), abs=1e-5)
        assert (dark < 0.2 and light > 0.8) if contrast > 0 else (dark > 0.2 and light < 0.8)
    steep = np.gradient(of_grey(Exposure(contrast=100), RAMP)[:, 0], RAMP)[int(GREY * 65535)]
    assert steep == pytest.approx(1.6, abs=0.02)


def test_whites_and_blacks_move_their_own_end():
    paper, grey, ink = (0.85,) * 3, (0.5,) * 3, (0.15,) * 3
    up, down = (became(Exposure(whites=w), paper, grey, ink)[:, 0] for w in (100, -100))
    assert up[0] > 0.91 and down[0] < 0.75 and abs(up[2] - 0.15) < 0.01 and abs(down[2] - 0.15) < 0.01
    up, down = (became(Exposure(blacks=b), paper, grey, ink)[:, 0] for b in (100, -100))
    assert up[2] > 0.25 and down[2] < 0.09 and abs(up[0] - 0.85) < 0.01 and abs(down[0] - 0.85) < 0.01
    assert became(Exposure(whites=-100), (1.2,) * 3)[0, 0] < 1  # brought back


@pytest.mark.parametrize("edit", ENDS, ids=ids)
def test_hues_stay_and_no_colour_turns_neon(edit):
    for before, after in zip(HUES, became(edit, *HUES), strict=True):
        assert after.min() >= -1e-6 and after.max() <= 1 + 1e-6
        if np.ptp(after) > 0.02:
            turned = colorsys.rgb_to_hsv(*before)[0] - colorsys.rgb_to_hsv(*after)[0]
            assert abs((turned + 0.5) % 1 - 0.5) < 0.005
        assert np.ptp(after) < 1.55 * np.ptp(before) + 0.01


def test_coloured_ramps_rise_too():
    for edit, hue in product(ENDS, HUES):
        ramp = np.linspace(0, 1, 4000, dtype=np.float32)[None, :, None] * (np.float32(hue) / max(hue))
        out = edit.colours(ramp, None)[0]
        largest = int(np.argmax(hue))
        assert (np.diff(out[:, largest].astype(float)) > -1e-6).all() and np.ptp(out[:, largest]) > 0.3


def test_where_it_is_zero_nothing_is_done_and_old_recipes_are_exposure_alone():
    rgb = np.random.default_rng(0).random((20, 30, 3), np.float32) * 1.4 - 0.2
    assert Exposure().colours(rgb, None) is rgb
    old = Edit.from_dict({"edit": "exposure", "version": 1, "stops": 0.75})
    assert old == Exposure(stops=0.75)
    assert np.array_equal(old.colours(rgb, None), exposed(rgb, 2**0.75))


def test_contrast_is_of_the_exposed_photo():
    rgb = np.random.default_rng(0).random((20, 30, 3), np.float32)
    at_once = Exposure(stops=1, contrast=50).colours(rgb, None)
    assert np.abs(at_once - Exposure(contrast=50).colours(exposed(rgb, 2.0), None)).max() < 1e-6
