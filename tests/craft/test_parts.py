"""Parts: what belongs together, where somebody clicks."""

import numpy as np

from editor.core.warp import Warp
from editor.craft.parts import dropped, inside, kept, places, without_dents, without_specks

RGB = np.full((80, 100, 3), 0.8, np.float32)
RGB[20:60, 10:40] = (0.7, 0.1, 0.1)
RGB[20:60, 40:50] = (0.1, 0.1, 0.6)
MATTE = np.zeros((80, 100), np.float32)
MATTE[20:60, 10:50] = 1


def test_a_thing_of_its_own_goes_as_a_whole():
    two = MATTE.copy()
    two[30:50, 70:90] = 1
    out = dropped(RGB, two, (80, 40))
    assert out[30:50, 70:90].max() < 0.2 and np.array_equal(out[:, :60], two[:, :60])


def test_of_one_thing_what_is_of_one_colour_goes():
    out = dropped(RGB, MATTE, (45, 40))
    assert out[25:55, 43:48].max() < 0.2 and out[25:55, 12:37].min() > 0.9


def test_beside_the_product_there_is_nothing_to_drop():
    assert np.array_equal(dropped(RGB, MATTE, (90, 70)), MATTE)


def test_what_the_network_had_a_notion_of_is_kept():
    faint = np.zeros_like(MATTE)
    faint[20:60, 10:40] = 0.3
    out = kept(RGB, faint, (20, 30))
    assert out[25:55, 15:35].min() > 0.9 and out[70, 90] == 0


def test_where_it_had_none_what_is_of_one_colour_is():
    out = kept(RGB, np.zeros_like(MATTE), (45, 40))
    assert out[25:55, 42:48].min() > 0.9 and out[25:55, 12:36].max() < 0.1


def test_specks_go_and_parts_stay():
    dirty = MATTE.copy()
    dirty[5, 5] = 1
    dirty[65:75, 60:70] = 1
    out = without_specks(dirty)
    assert out[5, 5] == 0 and out[70, 65] == 1 and out[40, 20] == 1


def test_points_and_boxes_of_the_photo_lie_where_the_crop_has_them():
    crop = Warp.of((50, 40), (100, 80), np.array([[1, 0, 50], [0, 1, 0], [0, 0, 1.0]]))
    assert places([(0.75, 0.25), (0.25, 0.25)], crop, (25, 20)) == [(12, 10)]
    box = inside((0.5, 0.0, 0.25, 0.5), crop, (50, 40))
    assert box[:, :25].min() == 1 and box[:, 27:].max() == 0


def test_dents_are_filled_and_holes_and_bays_stay():
    matte = np.zeros((160, 200), np.float32)
    matte[40:120, 20:100] = 1
    matte[60:66, 40:50] = 0.45  # doubted, all around product
    matte[80:90, 30:40] = 0.05  # a hole
    matte[60:66, 60:100] = 0.45  # reaches the outline
    matte[100:120, 60:80] = 0.45  # wide, and at the outline
    out = without_dents(matte)
    assert out[60:66, 40:50].min() == 1 and out[60:66, 60:90].min() == 1
    assert out[82:88, 32:38].max() == np.float32(0.05) and out[112:119, 66:74].max() == np.float32(0.45)
    assert out[:38].max() == 0
