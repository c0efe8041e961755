"""Strips: every row once, whatever the size, and on whichever core."""

import threading

import numpy as np
import pytest

from editor.craft.strips import each_strip, in_strips


@pytest.mark.parametrize("size", [(7, 1), (1600, 1000), (100_000, 3), (1, 50_000), (3, 0)])
def test_every_row_is_worked_on_once(size):
    counts = np.zeros(size[1], int)

    def work(rows):
        counts[rows] += 1

    each_strip(work, size)
    assert (counts == 1).all()


def test_what_goes_wrong_in_one_is_told_and_no_thread_stays():
    def work(rows):
        raise ArithmeticError("no light")

    before = threading.active_count()
    with pytest.raises(ArithmeticError, match="no light"):
        each_strip(work, (1600, 1000))
    assert threading.active_count() == before


def test_planes_go_with_their_rows():
    rgb = np.random.default_rng(1).random((400, 300, 3), np.float32)
    plane = rgb.mean(2)
    out = in_strips(lambda strip, part: strip - part[..., None], rgb, plane)
    assert np.array_equal(out, rgb - plane[..., None])
