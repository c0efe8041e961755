"""Outline: what a matte says of a product's shape: the box around it, and the line that it stands on."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.drawn import Box
from editor.core.image import Pixels

SPECK = 0.003  # of the product's area: what is smaller is dust, or a hole in the background
_STEEPEST = 0.36  # of the line that a product stands on, up or down for each pixel across: 20 degrees


def solid(matte: Pixels) -> NDArray[np.bool_]:
    """Where a matte (h, w) is more product than not, without specks."""
    mask = (matte >= 0.5).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    kept = np.zeros(count, bool)
    kept[1:] = areas >= SPECK * areas.sum()
    return np.asarray(kept[labels], np.bool_)


def product_box(matte: Pixels) -> Box | None:
    """(x, y, width, height) of the product, as fractions of the matte's width and height; None where there is none.

    Along its edge the matte says where between two pixels it ends.
    """
    there = solid(matte)
    if not there.any():
        return None
    near = cv2.dilate(there.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    shown = np.where(near, matte, 0)
    x, right = _ends(shown.max(0))
    y, bottom = _ends(shown.max(1))
    height, width = matte.shape
    return x / width, y / height, (right - x) / width, (bottom - y) / height


def _ends(profile: Pixels) -> tuple[float, float]:
    """Where a profile first and last crosses a half, in pixels from its start."""
    at = np.flatnonzero(profile >= 0.5)
    return _crossing(profile, int(at[0])), len(profile) - _crossing(profile[::-1], len(profile) - 1 - int(at[-1]))


def _crossing(profile: Pixels, first: int) -> float:
    if first == 0:
        return 0.0
    outer, inner = float(profile[first - 1]), float(profile[first])
    return first - 0.5 + (0.5 - outer) / max(inner - outer, 1e-6)


@dataclass(frozen=True, eq=False)
class Stand:
    """How a product stands in a picture of that many columns; rows in pixels from the top, y downwards."""

    hull: Pixels  # (w,): its lower hull, nowhere steep, and level beyond what touches it
    gap: Pixels  # (w,): how far above the hull its lowest part is; infinite where there is no product
    ground: tuple[float, float]  # the row of the ground where x is 0, and how much lower it is for each pixel across
    box: tuple[int, int, int, int]  # left, top, right, bottom of the product

    @property
    def length(self) -> float:
        """The product's longer side."""
        left, top, right, bottom = self.box
        return float(max(right - left, bottom - top))

    @property
    def level(self) -> Pixels:
        """(w,): the row of the ground."""
        row, slope = self.ground
        return (row + slope * np.arange(len(self.hull))).astype(np.float32)


def stand(matte: Pixels) -> Stand | None:
    """How the product of a matte (h, w) stands; None where there is none."""
    there = solid(matte)
    columns = np.flatnonzero(there.any(0))
    if not len(columns):
        return None
    height, width = matte.shape
    lowest = np.where(there.any(0), height - np.argmax(there[::-1], axis=0), -np.inf)
    hull = _hull(columns, lowest[columns])
    x = np.arange(width)
    known = np.interp(x, columns[hull], lowest[columns[hull]])
    known[: columns[0]], known[columns[-1] + 1 :] = -np.inf, -np.inf
    line = _level_beyond(_gentle(known), lowest)
    rows = np.flatnonzero(there.any(1))
    box = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    ground = _ground(line, lowest, box)
    return Stand(line.astype(np.float32), (line - lowest).astype(np.float32), ground, box)


def _level_beyond(line: NDArray[np.float64], lowest: NDArray[np.float64]) -> NDArray[np.float64]:
    """The line as it is between the places that touch it, and level beside them: a handle does not lift the ground."""
    touching = np.flatnonzero(line - lowest <= 2)
    line[: touching[0]], line[touching[-1] + 1 :] = line[touching[0]], line[touching[-1]]
    return line


def _ground(
    line: NDArray[np.float64], lowest: NDArray[np.float64], box: tuple[int, int, int, int]
) -> tuple[float, float]:
    """The straight line between the outermost places that touch the ground, at its lowest; level, where those are near
    each other."""
    left, top, right, bottom = box
    size = max(right - left, bottom - top)
    low = lowest >= lowest.max() - 0.12 * size
    at = np.flatnonzero((line - lowest <= 0.01 * size + 1) & low)
    wide = at[-1] - at[0] if len(at) else 0
    slope = float((line[at[-1]] - line[at[0]]) / wide) if wide > 0.3 * (right - left) else 0.0
    row = float((lowest[left:right] - slope * np.arange(left, right)).max())
    return row, slope


def alone(matte: Pixels) -> Pixels:
    """A matte without specks, and without what is nowhere more product than not, such as a shadow that came along."""
    near = cv2.dilate(solid(matte).astype(np.uint8), np.ones((7, 7), np.uint8))
    return matte * near


def _hull(x: NDArray[np.int64], low: NDArray[np.float64]) -> list[int]:
    """Which of the points are corners of the hull on the side of greater `low`. A. M. Andrew's monotone chain, 1979."""
    kept: list[int] = []
    for index in range(len(x)):
        while len(kept) > 1:
            a, b = kept[-2:]
            if (x[b] - x[a]) * (low[index] - low[a]) < (low[b] - low[a]) * (x[index] - x[a]):
                break
            kept.pop()
        kept.append(index)
    return kept


def _gentle(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """The lowest line that is nowhere above `line` on the picture, and nowhere steeper than _STEEPEST."""
    ramp = _STEEPEST * np.arange(len(line))
    falling = np.maximum.accumulate(line + ramp) - ramp
    rising = (np.maximum.accumulate((line + ramp[::-1])[::-1]) - ramp)[::-1]
    return np.asarray(np.maximum(falling, rising))
