"""Lens falloff: the corners of the photo get their light back, however it was cropped."""

import numpy as np
import pytest

from editor.core.cms import decode, encode
from editor.core.photo import Photo
from editor.edits.crop import Crop
from editor.edits.falloff import Falloff
from tests.edits.scenes import cooked


def dim(size=(160, 120), stops=1.5, power=3.0):
    """A grey wall through a lens that takes `stops` from the corners."""
    x, y = (np.arange(side) + 0.5 - side / 2 for side in size)
    far = np.hypot(x, y[:, None]) / np.hypot(*size) * 2
    wall = 0.4 * np.exp2(-stops * far**power)
    return Photo("wall.tif", encode(np.repeat(wall[..., None], 3, 2).astype(np.float32)))


def test_a_wall_is_even_again():
    out = decode(cooked(dim(), Falloff(amount=1.5)).rgb)
    assert np.abs(out / 0.4 - 1).max() < 0.003


@pytest.mark.parametrize(("midpoint", "power"), [(0.0, 1.5), (100.0, 6.0)])
def test_the_midpoint_moves_it_outwards(midpoint, power):
    out = decode(cooked(dim(power=power), Falloff(amount=1.5, midpoint=midpoint)).rgb)
    assert np.abs(out / 0.4 - 1).max() < 0.003


@pytest.mark.parametrize("crop", [
    Crop(rectangle=(0.5, 0.5, 0.5, 0.5)), Crop(rectangle=(0.6, 0.1, 0.4, 0.3)), Crop(angle=7.0),
    Crop(rectangle=(0.0, 0.0, 0.3, 1.0)),
])  # fmt: skip
def test_its_middle_is_that_of_the_photo(crop):
    out = decode(cooked(dim(size=(320, 240)), crop, Falloff(amount=1.5)).rgb)
    assert np.abs(out[3:-3, 3:-3] / 0.4 - 1).max() < 0.01


def test_perspective_is_followed():
    crop = Crop(corners=((0.05, 0.0), (0.95, 0.05), (1.0, 1.0), (0.0, 0.95)))
    out = decode(cooked(dim(size=(320, 240)), crop, Falloff(amount=1.5)).rgb)
    assert np.abs(out[3:-3, 3:-3] / 0.4 - 1).max() < 0.01


def test_black_stays_black_and_wide_values_survive():
    values = np.linspace(-0.3, 1.5, 121, dtype=np.float32)
    photo = Photo("w.tif", np.repeat(np.repeat(values[:, None, None], 90, 1), 3, 2))
    edit = Falloff(amount=2.0)
    out = cooked(photo, edit).rgb
    assert (np.sign(out) == np.sign(photo.at().rgb)).all()
    column = out[:, 0, 1] - photo.at().rgb[:, 0, 1]
    assert column[-1] > 0.3 and column[0] < -0.1
    corner = decode(out[-1, -1]) / decode(photo.at().rgb[-1, -1])
    assert corner == pytest.approx(4, rel=0.05)  # that of a pixel beside the corner


def test_none_of_it_changes_nothing():
    photo = dim()
    assert np.array_equal(cooked(photo, Falloff()).rgb, photo.at().rgb)
