"""A product is taken out of its photo small, centred and of one size, whatever the photo's resolution."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from editor.craft.crop import FILLED, Crop, crop_of, cropped

SIDE = 64
RED = np.array([0.8, 0.1, 0.1], np.float32)


def photo(height, width, left, top, right, bottom, behind=(0.1, 0.6, 0.1)):
    """A red box, its left half darker, on green: colours (h, w, 3) and matte (h, w)."""
    rgb = np.broadcast_to(np.array(behind, np.float32), (height, width, 3)).copy()
    matte = np.zeros((height, width), np.float32)
    rgb[top:bottom, left:right] = RED
    rgb[top:bottom, left : (left + right) // 2] = RED / 2
    matte[top:bottom, left:right] = 1
    return rgb, matte


@pytest.mark.parametrize("place", [(40, 30, 240, 130), (0, 100, 100, 300), (200, 0, 400, 300)])
def test_the_longer_side_fills_the_same_part_and_lies_in_the_middle(place):
    left, top, right, bottom = place
    rgb, matte = photo(300, 400, *place)
    crop = crop_of(matte)
    longer = max(right - left, bottom - top)
    assert crop.side == pytest.approx(longer / FILLED)
    out = cropped(rgb, matte, crop, SIDE)
    assert out.shape == (SIDE, SIDE, 4) and out.dtype == np.float32
    rows, columns = np.flatnonzero(out[..., 3].max(1) > 0.5), np.flatnonzero(out[..., 3].max(0) > 0.5)
    assert max(len(rows), len(columns)) == pytest.approx(FILLED * SIDE, abs=1)
    for ends in (rows, columns):
        assert (ends[0] + ends[-1] + 1) / 2 == pytest.approx(SIDE / 2, abs=0.6)


def test_nothing_of_the_background_is_seen_and_beside_the_product_there_is_white():
    rgb, matte = photo(300, 400, 60, 40, 190, 250)
    out = cropped(rgb, matte, crop_of(matte), SIDE)
    assert out[0, 0].tolist() == [1, 1, 1, 0]
    solid = out[..., 3] > 0.01
    assert (out[solid][:, 1] < 0.12).all(), "no green"
    assert np.allclose(out[SIDE // 2, SIDE // 2 + 8], [*RED, 1], atol=0.01)
    assert np.allclose(out[SIDE // 2, SIDE // 2 - 8], [*RED / 2, 1], atol=0.01)


@pytest.mark.parametrize("factor", [0.5, 2, 7])
def test_it_is_the_same_at_any_resolution(factor):
    rgb, matte = photo(280, 400, 80, 40, 230, 240)
    size = round(400 * factor), round(280 * factor)
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_NEAREST
    large, mask = cv2.resize(rgb, size, interpolation=way), cv2.resize(matte, size, interpolation=way)
    crop = crop_of(matte)
    scaled = crop_of(mask, factor)
    assert np.allclose([scaled.left, scaled.top, scaled.side], [crop.left, crop.top, crop.side], atol=1.5)
    one, other = cropped(rgb, matte, crop, SIDE), cropped(large, mask, crop, SIDE, factor)
    over = [part[..., :3] * part[..., 3:] + 1 - part[..., 3:] for part in (one, other)]
    assert np.abs(over[0] - over[1]).mean() < 0.01 and np.abs(one[..., 3] - other[..., 3]).mean() < 0.01


def test_fine_stripes_become_their_mean():
    rgb, matte = photo(1200, 1200, 100, 100, 1100, 1100)
    rgb[:, ::2] = 0
    rgb[:, 1::2] = 1
    out = cropped(rgb, matte, crop_of(matte), SIDE)
    inner = out[SIDE // 4 : -SIDE // 4, SIDE // 4 : -SIDE // 4, :3]
    assert np.abs(inner - 0.5).max() < 0.03


def test_of_nothing_there_is_no_crop():
    assert crop_of(np.full((20, 30), 0.4, np.float32)) is None


def test_the_crop_may_reach_beyond_the_photo():
    rgb, matte = photo(100, 100, 0, 0, 100, 20)
    crop = crop_of(matte)
    assert crop.top < 0 and crop.left < 0
    out = cropped(rgb, matte, Crop(-50, -50, 100), 10)
    assert (out[:5, :, 3] == 0).all() and (out[5:7, 5:, 3] == 1).all()
