"""Kernel: sharp, even, and the same wherever a picture is cut."""

import numpy as np
import pytest

from editor.core.geometry import Region
from editor.craft.kernel import CUBIC, TENT, Axis, resampled

ALL = Region(0, 0, 200, 160)


def made(plane, across, down, wanted, kernel=CUBIC, *, there=None, edge=False):
    there = there or Region(0, 0, plane.shape[1], plane.shape[0])

    def read(part):
        assert there.holds(part)
        return plane[None, part.y : part.bottom, part.x : part.right]

    return resampled(read, there, across, down, wanted, kernel, edge=edge)[0]


@pytest.fixture
def noise():
    return np.random.default_rng(0).random((160, 200), np.float32)


@pytest.mark.parametrize("kernel", [CUBIC, TENT])
def test_moved_by_whole_pixels_it_is_a_copy(noise, kernel):
    out = made(noise, Axis(1.0, -7.0), Axis(1.0, 5.0), ALL, kernel)
    assert np.array_equal(out[:155, 7:], noise[5:, :193]) and not out[:, :7].any() and not out[155:].any()
    on = made(noise, Axis(1.0, -7.0), Axis(1.0, 5.0), ALL, kernel, edge=True)
    assert np.array_equal(on[:155, :7], noise[5:, :1].repeat(7, 1))


@pytest.mark.parametrize("factor", [0.31, 1.0, 2.7, 11.0])
def test_a_ramp_stays_a_ramp(factor):
    ramp = np.linspace(0, 1, 4000, dtype=np.float32)[None].repeat(40, 0)
    out = made(ramp, Axis(factor, 300.3), Axis(1.0, 0.0), Region(0, 10, 200, 4))
    want = (factor * (np.arange(200) + 0.5) + 300.3 - 0.5) / 3999
    assert np.abs(out - want).max() < 1e-4


@pytest.mark.parametrize("factor", [0.4, 1.0, 3.3])
@pytest.mark.parametrize("kernel", [CUBIC, TENT])
def test_a_part_is_a_part_of_the_whole(noise, factor, kernel):
    across, down = Axis(factor, 3.7), Axis(factor, -11.2)
    whole = made(noise, across, down, Region(0, 0, 400, 300), kernel)
    part = made(noise, across, down, Region(13, 17, 39, 270), kernel)
    assert np.abs(part - whole[17:287, 13:52]).max() < 1e-4


def test_beside_the_source_there_is_nothing_or_its_edge(noise):
    far = Region(1000, -500, 300, 20)
    assert not made(noise, Axis(1.0, 0.0), Axis(1.0, 0.0), far).any()
    edge = made(noise, Axis(1.0, 0.0), Axis(1.0, 0.0), far, edge=True)
    assert (edge == noise[0, -1]).all()


def test_shrunk_nothing_finer_than_a_pixel_is_left():
    y, x = np.mgrid[0:900, 0:900]
    stripes = (x % 2).astype(np.float32)
    out = made(stripes, Axis(2.9, 0.0), Axis(2.9, 0.0), Region(10, 10, 280, 280))
    assert np.abs(out - 0.5).max() < 0.02
    assert y.shape == stripes.shape
