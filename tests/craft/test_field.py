"""Field: maps of the whole picture, read off at any part and size of it."""

import numpy as np
import pytest

from editor.core.geometry import Region
from editor.core.image import Image
from editor.craft.field import spread, spread_to


def ramp(width, height):
    x, y = (np.arange(width) + 0.5) / width, (np.arange(height)[:, None] + 0.5) / height
    return np.dstack([np.broadcast_to(x, (height, width)), np.broadcast_to(y, (height, width))]).astype(np.float32)


@pytest.mark.parametrize("whole", [(640, 480), (64, 48), (1283, 961), (37, 29), (100, 30)])
def test_what_lies_at_a_place_lies_there_at_every_size(whole):
    out = spread_to(ramp(64, 48), whole, Region(0, 0, *whole))
    there = ramp(*whole)
    middle = np.s_[whole[1] // 8 : -whole[1] // 8, whole[0] // 8 : -whole[0] // 8]
    assert out.shape == (whole[1], whole[0], 2) and np.abs(out - there)[middle].max() < 0.01


@pytest.mark.parametrize("whole", [(640, 480), (64, 48), (37, 29)])
def test_a_part_is_a_part_of_the_whole(whole):
    maps = np.random.default_rng(0).random((48, 64)).astype(np.float32)
    region = Region(5, 7, 20, 13)
    part, all_of_it = spread_to(maps, whole, region), spread_to(maps, whole, Region(0, 0, *whole))
    assert np.abs(part - all_of_it[7:20, 5:25]).max() < 1e-5


def test_bytes_are_shares_and_the_image_says_where_it_lies():
    image = Image(np.zeros((10, 20, 3), np.float32), None, 0.5, (40, 30))
    out = spread(np.full((6, 8), 51, np.uint8), (200, 150), image)
    assert out.shape == (10, 20) and out.dtype == np.float32 and np.allclose(out, 0.2)
