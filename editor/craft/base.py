"""Base: how bright the large things in a photo are, without their details; it stops at edges, so that nothing glows.

The self-guided filter (He, Sun and Tang, "Guided Image Filtering", TPAMI 2013) on a small picture, kept as the straight
lines that it fits there, and applied to the pixels of any part and size ("Fast Guided Filter", 2015): no part has to
look around itself, and parts, previews and the file agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from editor.core.image import Image, Pixels
from editor.craft.field import spread

_LEAST = 1e-6  # variance that is none


@dataclass(frozen=True, eq=False)
class Base:
    """`lines` (h, w, 2): slope and offset everywhere on a picture of `size` pixels at full size."""

    lines: Pixels
    size: tuple[int, int]

    @property
    def nbytes(self) -> int:
        return self.lines.nbytes

    def under(self, grey: Pixels, image: Image) -> Pixels:
        """The base (h, w) of `grey` (h, w), which has been made of `image`, a part of the picture at some scale."""
        slope, offset = (spread(line, self.size, image) for line in np.moveaxis(self.lines, 2, 0))
        slope *= grey
        slope += offset
        return slope


def base_of(grey: Pixels, size: tuple[int, int], side: int, edge: float) -> Base:
    """The base of a picture of `size` from `grey` (h, w), all of it, small: means over `side` pixels of that (odd),
    except where it varies by much more than `edge`, a standard deviation in its units."""
    mean = around(grey, side)
    variance = around(grey * grey, side) - mean * mean
    slope = variance / (variance + np.float32(edge) ** 2 + np.float32(_LEAST))
    return Base(np.dstack([around(slope, side), around((1 - slope) * mean, side)]), size)


def around(plane: Pixels, side: int) -> Pixels:
    """The mean of (h, w) over squares of `side` (odd); at the rim over what there is."""
    total = cv2.boxFilter(plane, -1, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT)
    rows, columns = (cv2.boxFilter(np.ones((n, 1), np.float32), -1, (1, side), normalize=False,
                                   borderType=cv2.BORDER_CONSTANT) for n in plane.shape)  # fmt: skip
    return np.asarray(total / (rows * columns.T), np.float32)
