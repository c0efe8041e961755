"""Warp: where a picture that was framed anew (cropped, turned, straightened) has its pixels from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log2

import numpy as np
from numpy.typing import NDArray

from editor.core.geometry import Region, scaled

Size = tuple[int, int]
Matrix = NDArray[np.float64]
AMPLE = 2.0  # pixels each way that are read for one that is shown, where a picture is shrunk
_IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True)
class Warp:
    """Leads from a picture of `size` back to the picture before it, of `source` size, both in pixels at full size.

    `matrix` is a homography (3 x 3, row by row) for points (x, y) that are measured from the upper left corner, so
    that the middle of the first pixel is (0.5, 0.5).
    """

    size: Size
    source: Size
    matrix: tuple[float, ...] = _IDENTITY

    @staticmethod
    def none(size: Size) -> Warp:
        """The warp of a picture that stays as it is."""
        return Warp(size, size)

    @staticmethod
    def of(size: Size, source: Size, matrix: Matrix) -> Warp:
        return Warp(size, source, tuple(float(v) for v in (matrix / matrix[2, 2]).ravel()))

    @cached_property
    def _matrix(self) -> Matrix:
        return np.array(self.matrix).reshape(3, 3)

    @property
    def is_none(self) -> bool:
        return self.size == self.source and self.matrix == _IDENTITY

    @property
    def is_affine(self) -> bool:
        """Whether parallel lines stay parallel: nothing but moved, turned, mirrored and evenly scaled or sheared."""
        return max(abs(self.matrix[6]) * self.size[0], abs(self.matrix[7]) * self.size[1]) < 1e-9

    @property
    def fineness(self) -> float:
        """At how many times this picture's scale the one before it is to be read: more where things are enlarged, less,
        but twice as fine as they come out, where they are shrunk; 1 where it does more than scale and move.

        In steps of a factor of the square root of two, so that what was read serves for a while.
        """
        (a, b, _), (c, d, _) = self._matrix[:2]
        if not self.is_affine or b or c or a <= 0 or d <= 0:
            return 1.0
        larger = float(max(1 / a, 1 / d))
        wanted = larger if larger >= 1 else min(1.0, AMPLE * larger)
        return float(2 ** (ceil(2 * log2(wanted) - 1e-9) / 2))

    def before(self, points: Matrix) -> Matrix:
        """Points (n, 2) of this picture, as points of the one before it."""
        return through(self._matrix, points)

    def after(self, points: Matrix) -> Matrix:
        """Points (n, 2) of the picture before, as points of this one."""
        return through(np.asarray(np.linalg.inv(self._matrix), np.float64), points)

    def then(self, later: Warp) -> Warp:
        """The warp from `later`'s picture, made from this one, back to this one's source."""
        return Warp.of(later.size, self.source, self._matrix @ later._matrix)

    def at(self, scale: float, source: float | None = None) -> Matrix:
        """The matrix (3, 3) for this picture at `scale` and the one before it at `source`, or at `scale` as well; their
        sides are rounded to whole pixels."""

        def shrink(size: Size, scale: float) -> Matrix:
            small = scaled(size, scale)
            return np.diag(np.array([small[0] / size[0], small[1] / size[1], 1.0], np.float64))

        there = shrink(self.source, scale if source is None else source)
        return np.asarray(there @ self._matrix @ np.linalg.inv(shrink(self.size, scale)), np.float64)

    def needs(self, region: Region, scale: float, margin: int, source: float | None = None) -> Region:
        """The part of the picture before, at `source`, that `region` of this one at `scale` is made from; never
        empty."""
        source = scale if source is None else source
        x, y, right, bottom = region.x, region.y, region.right, region.bottom
        corners = through(self.at(scale, source), np.array([(x, y), (right, y), (right, bottom), (x, bottom)], float))
        low, high = corners.min(0), corners.max(0)
        width, height = scaled(self.source, source)
        left, top = (
            int(min(max(floor(v) - margin, 0), side - 1)) for v, side in zip(low, (width, height), strict=True)
        )
        far = [int(min(max(ceil(v) + margin, 1), side)) for v, side in zip(high, (width, height), strict=True)]
        return Region(left, top, max(1, far[0] - left), max(1, far[1] - top))


def through(matrix: Matrix, points: Matrix) -> Matrix:
    """Points (n, 2) as a homography moves them."""
    moved = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(moved[:, :2] / moved[:, 2:])
