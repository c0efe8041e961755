"""Vignette: the corners of the frame, smoothly, and nothing clipped."""

import numpy as np
import pytest

from editor.core.photo import Photo
from editor.edits.crop import Crop
from editor.edits.vignette import Vignette
from tests.edits.scenes import cooked


def flat(value=0.6, size=(150, 100)):
    return Photo("f.tif", np.full((*size[::-1], 3), value, np.float32))


def test_corners_are_darker_or_lighter_and_the_middle_stays():
    dark, light = (cooked(flat(), Vignette(amount=a)).rgb[..., 0] for a in (-60.0, 60.0))
    assert dark[50, 75] == light[50, 75] == np.float32(0.6)
    corners = ((0, 0), (0, -1), (-1, 0), (-1, -1))
    assert all(dark[c] < 0.4 and 0.75 < light[c] < 1 for c in corners)
    assert np.ptp([dark[c] for c in corners]) < 1e-5


def test_it_is_centred_on_the_frame_not_on_the_photo():
    out = cooked(flat(), Crop(rectangle=(0.5, 0.4, 0.5, 0.6)), Vignette(amount=-60.0)).rgb[..., 0]
    assert np.abs(out - out[::-1]).max() < 1e-5 and np.abs(out - out[:, ::-1]).max() < 1e-5
    assert out[0, 0] < 0.4


def test_it_is_smooth_and_rises_outwards():
    out = cooked(flat(size=(3000, 40)), Vignette(amount=-80.0, roundness=-30.0)).rgb[20, :, 0].astype(float)
    half = out[1500:]
    assert (np.diff(half) <= 1e-6).all()
    assert np.abs(np.diff(half, 2)).max() < 3e-6, "an edge would be seen"


def test_midpoint_feather_and_roundness():
    def share(**how):
        return float((cooked(flat(), Vignette(amount=-100.0, **how)).rgb[..., 0] < 0.55).mean())

    assert share(midpoint=10.0) > share() > share(midpoint=90.0)
    hard = cooked(flat(), Vignette(amount=-100.0, feather=0.0, midpoint=30.0)).rgb[..., 0]
    assert ((hard > 0.15) & (hard < 0.58)).mean() < 0.05
    circle = cooked(flat(), Vignette(amount=-100.0, roundness=100.0)).rgb[..., 0]
    across, down = circle[50, 75 + 45], circle[50 + 45, 75]
    assert across == pytest.approx(down, abs=0.02)
    oval = cooked(flat(), Vignette(amount=-100.0)).rgb[..., 0]
    assert oval[50 + 45, 75] < oval[50, 75 + 45] - 0.02
    edge = cooked(flat(), Vignette(amount=-100.0, roundness=-100.0, feather=20.0, midpoint=60.0)).rgb[..., 0]
    assert edge[50, -1] < 0.3 and edge[-1, 75] < 0.3  # along the sides as well


@pytest.mark.parametrize("amount", [-100.0, 100.0])
def test_nothing_is_clipped_and_wide_values_survive(amount):
    ramp = np.linspace(-0.2, 1.3, 301, dtype=np.float32)
    photo = Photo("r.tif", np.repeat(np.repeat(ramp[:, None, None], 40, 1), 3, 2))
    was, out = photo.at().rgb, cooked(photo, Vignette(amount=amount)).rgb
    assert (out[was < 1] < 1).all()
    if amount > 0:
        assert (out[was > 1] > 1).all()
    else:
        assert (np.sign(out) == np.sign(was)).all()


def test_none_of_it_changes_nothing():
    assert np.array_equal(cooked(flat(), Vignette(midpoint=3.0)).rgb, flat().at().rgb)
