"""Tiles: cuts a picture into overlapping squares and blends what a network made of them."""

from __future__ import annotations

from itertools import pairwise
from math import ceil

import numpy as np

from editor.core.geometry import Region
from editor.core.image import Pixels


def plan(width: int, height: int, tile: int, overlap: int, step: int = 0) -> list[Region]:
    """Squares of at most `tile` pixels that cover the picture, neighbours sharing at least `overlap`; row by row.

    All lie inside, so a side shorter than `tile` gives tiles as short as it is. With a `step` the tiles are no longer
    than they need be, in multiples of it; without, all are `tile` long, as a device wants it for which every new size
    costs time. Starts are multiples of `step` if width, height, tile and overlap are. Raises ValueError where tiles
    cannot overlap by as much.
    """
    if tile <= overlap:
        raise ValueError(f"tiles of {tile} pixels cannot overlap by {overlap}")
    rows, columns = (_spans(length, tile, overlap, step) for length in (height, width))
    return [Region(x, y, wide, high) for y, high in rows for x, wide in columns]


def _spans(length: int, tile: int, overlap: int, step: int) -> list[tuple[int, int]]:
    """Start and length of the tiles along one side."""
    if length <= tile:
        return [(0, length)]
    if step:
        count = ceil((length - overlap) / (tile - overlap))
        tile = min(tile, ceil((length + (count - 1) * overlap) / count / step) * step)
    return [(start, tile) for start in (*range(0, length - tile, tile - overlap), length - tile)]


class Canvas:
    """What the tiles add up to: float32 (height, width, channels), each tile fading out into its neighbours."""

    def __init__(self, width: int, height: int, tiles: list[Region]) -> None:
        self._size, self._weight = (width, height), np.zeros((height, width, 1), np.float32)
        self._sum: Pixels | None = None
        self._fades = (_fades({(t.x, t.right) for t in tiles}), _fades({(t.y, t.bottom) for t in tiles}))

    def add(self, tile: Region, pixels: Pixels) -> None:
        """Lay down a tile, (tile.height, tile.width, channels)."""
        if self._sum is None:
            self._sum = np.zeros((self._size[1], self._size[0], pixels.shape[2]), np.float32)
        across, down = self._fades[0][tile.x, tile.right], self._fades[1][tile.y, tile.bottom]
        weight = (down[:, None] * across)[..., None]
        window = np.s_[tile.y : tile.bottom, tile.x : tile.right]
        self._sum[window] += pixels * weight
        self._weight[window] += weight

    def result(self) -> Pixels:
        assert self._sum is not None
        self._sum /= self._weight
        return self._sum


def _fades(spans: set[tuple[int, int]]) -> dict[tuple[int, int], Pixels]:
    """For each span the weight along it: 1, and where it shares pixels with the next one, a ramp down or up.

    The ramp takes the middle quarter of what is shared; nearer to its border a tile, whose network saw less of the
    surroundings there, counts for nothing.
    """
    ordered = sorted(spans)
    fades = {span: np.ones(span[1] - span[0], np.float32) for span in ordered}
    for left, right in pairwise(ordered):
        shared = left[1] - right[0]
        ramp = ((np.arange(shared, dtype=np.float32) + 0.5) / shared * 4 - 1.5).clip(1e-6, 1)
        fades[right][:shared] *= ramp
        fades[left][len(fades[left]) - shared :] *= ramp[::-1]
    return fades
