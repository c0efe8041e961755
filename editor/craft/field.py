"""Field: what was found out on a small picture, read off at any part and size of the large one."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.geometry import Region, scaled
from editor.core.image import Image, Pixels


def spread(maps: NDArray[np.generic], size: tuple[int, int], image: Image) -> Pixels:
    """Maps (h, w) or (h, w, c) of all of a picture, of `size` pixels at full size, as they lie under `image`, a part of
    it at some scale: float32 with the image's height and width.

    Bilinear where the part is larger, means where it is smaller; what comes out at a place does not depend on how the
    picture is cut into parts. 8-bit maps are taken for 0..1.
    """
    return spread_to(maps, scaled(size, image.scale), image.region)


def spread_to(maps: NDArray[np.generic], whole: tuple[int, int], region: Region) -> Pixels:
    """The same for a `region` of a picture of `whole` pixels."""
    height, width = maps.shape[:2]
    if whole[0] < width or whole[1] < height:
        fitted = min(whole[0], width), min(whole[1], height)
        maps = cv2.resize(_float(maps), fitted, interpolation=cv2.INTER_AREA)
        width, height = fitted
    if (width, height) == whole:
        part = maps[region.y : region.bottom, region.x : region.right]
        return np.ascontiguousarray(_float(part))
    if region == Region(0, 0, *whole):
        return np.asarray(cv2.resize(_float(maps), whole, interpolation=cv2.INTER_LINEAR), np.float32)
    left, columns = _places(region.x, region.right, whole[0], width)
    top, rows = _places(region.y, region.bottom, whole[1], height)
    near = _float(maps[top : int(rows[-1]) + top + 2, left : int(columns[-1]) + left + 2])
    return _between(near, columns, rows)


def _places(start: int, stop: int, whole: int, side: int) -> tuple[int, NDArray[np.float64]]:
    """Where pixels lie along a side of the map: counted from the first that is needed, which is given as well."""
    at = ((np.arange(start, stop) + 0.5) * side / whole - 0.5).clip(0, side - 1)
    first = int(at[0])
    return first, at - first


def _between(maps: Pixels, columns: NDArray[np.float64], rows: NDArray[np.float64]) -> Pixels:
    """Bilinear, one direction after the other."""
    return _along(_along(maps, columns, 1), rows, 0)


def _along(maps: Pixels, at: NDArray[np.float64], axis: int) -> Pixels:
    low = at.astype(np.intp)
    part = (at - low).astype(np.float32).reshape([-1 if each == axis else 1 for each in range(maps.ndim)])
    first = np.take(maps, low, axis)
    between = np.take(maps, np.minimum(low + 1, maps.shape[axis] - 1), axis)
    between -= first
    between *= part
    between += first
    return np.asarray(between, np.float32)


def _float(maps: NDArray[np.generic]) -> Pixels:
    if maps.dtype == np.uint8:
        return np.asarray(maps, np.float32) * np.float32(1 / 255)
    return np.asarray(maps, np.float32)
