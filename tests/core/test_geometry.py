"""Geometry: rectangles that fit together."""

import pytest

from editor.core.geometry import Region, scaled


def test_tiles_cover_a_region_once():
    region = Region(5, 7, 130, 70)
    tiles = region.tiles(64)
    assert sum(t.width * t.height for t in tiles) == 130 * 70
    assert all(region.holds(t) for t in tiles) and len(tiles) == 6


@pytest.mark.parametrize(
    ("region", "grid"), [(Region(5, 7, 10, 10), 8), (Region(-3, 16, 1, 16), 16), (Region(0, 0, 8, 8), 8)]
)
def test_aligned_is_the_smallest_region_on_the_grid(region, grid):
    aligned = region.align(grid)
    assert aligned.holds(region)
    assert all(edge % grid == 0 for edge in (aligned.x, aligned.y, aligned.right, aligned.bottom))
    assert aligned.width < region.width + 2 * grid and aligned.height < region.height + 2 * grid


def test_clip_and_grow():
    assert Region(0, 0, 10, 10).grow(2) == Region(-2, -2, 14, 14)
    assert Region(-2, -2, 14, 14).clip(Region(0, 0, 10, 8)) == Region(0, 0, 10, 8)
    assert Region(0, 0, 5, 5).clip(Region(9, 9, 5, 5)).empty


def test_a_photo_never_shrinks_to_nothing():
    assert scaled((4000, 3000), 0.25) == (1000, 750)
    assert scaled((300, 2), 0.01) == (3, 1)
