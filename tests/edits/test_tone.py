"""Exposure and white balance: known pixels before and after."""

import numpy as np
import pytest

from editor.core.cms import decode, encode
from editor.core.engine import Engine, View
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.exposure import Exposure
from editor.edits.white_balance import WhiteBalance


def cooked(colours, edit):
    photo = Photo("p.tif", np.array([colours], np.float32))
    return Engine({}).render(photo, Recipe().put(edit), View(), Job()).rgb[0]


def test_a_stop_is_twice_the_light():
    colours = [(0.0, 0.002, 0.02), (0.1, 0.2, 0.3), (0.5, 0.7, 1.0), (-0.05, 0.3, 1.3)]
    out = cooked(colours, Exposure(stops=1.0))
    assert np.abs(decode(out) - 2 * decode(np.array(colours, np.float32))).max() < 1e-5
    back = cooked(out.tolist(), Exposure(stops=-1.0))
    assert np.abs(back - np.array(colours)).max() < 1e-5


def test_what_should_be_grey_is_grey_and_as_light_as_before():
    cast = (0xD8 / 255, 0xC8 / 255, 0xB0 / 255)
    out = cooked([cast, (1.0, 0.2, 0.1)], WhiteBalance(neutral="#d8c8b0"))
    assert np.ptp(out[0]) < 1e-4
    weights = np.array([0.2126729, 0.7151522, 0.0721750])
    assert decode(out[0]) @ weights == pytest.approx(decode(np.array(cast, np.float32)) @ weights, rel=1e-4)


def test_warmer_is_redder_and_tint_is_towards_magenta():
    grey = [(0.5, 0.5, 0.5)]
    warm, cold = (cooked(grey, WhiteBalance(temperature=t))[0] for t in (50.0, -50.0))
    assert warm[0] > 0.5 > warm[2] and cold[2] > 0.5 > cold[0]
    pink = cooked(grey, WhiteBalance(tint=50.0))[0]
    assert pink[1] < min(pink[0], pink[2])


def test_black_as_a_neutral_does_no_harm():
    out = cooked([(0.2, 0.4, 0.6)], WhiteBalance(neutral="#000000"))
    assert np.isfinite(out).all() and np.abs(out - encode(decode(np.float32([[0.2, 0.4, 0.6]])))).max() < 0.01
