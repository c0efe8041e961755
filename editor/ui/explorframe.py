"""Explorer frame: the part of the picture that is shown of every variation: the product, with room around it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from PySide6.QtGui import QImage

from editor.core.engine import View
from editor.core.geometry import Region, scaled

ROOM = 0.16  # around the product, as part of its longer side: a variation may be larger
THERE = 96  # of 255: alpha of what belongs to the product
MUCH = 0.03  # of a side of the frame that the product lies upon: it is cut off there


@dataclass(frozen=True)
class Frame:
    """A part of a picture: left, top, right and bottom as parts of its width and height. At first all of it."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0

    def size(self, whole: tuple[int, int]) -> tuple[float, float]:
        """Its width and height where the picture is as large as `whole`, in pixels."""
        return (self.right - self.left) * whole[0], (self.bottom - self.top) * whole[1]

    def view(self, whole: tuple[int, int], side: float) -> View:
        """What to ask for so that its longer side has as many pixels as `side`, at most those that the picture has."""
        scale = min(1.0, side / max(self.size(whole)))
        return View(scale, self.at(whole, scale))

    def at(self, whole: tuple[int, int], scale: float) -> Region | None:
        """Where it is in the picture at a scale; None where it is all of it."""
        if self == Frame():
            return None
        width, height = scaled(whole, scale)
        x, y = floor(self.left * width), floor(self.top * height)
        return Region(x, y, max(1, ceil(self.right * width) - x), max(1, ceil(self.bottom * height) - y))


def around(picture: QImage) -> Frame:
    """The frame around what is there of a picture; all of it where nothing is transparent."""
    if not picture.hasAlphaChannel():
        return Frame()
    alpha, width, height = _there(picture), picture.width(), picture.height()
    columns, rows = np.flatnonzero(alpha.any(0)), np.flatnonzero(alpha.any(1))
    if not len(columns):
        return Frame()
    room = max(1.0, ROOM * max(columns[-1] - columns[0], rows[-1] - rows[0]))
    return Frame(
        max(0.0, (columns[0] - room) / width), max(0.0, (rows[0] - room) / height),
        min(1.0, (columns[-1] + 1 + room) / width), min(1.0, (rows[-1] + 1 + room) / height),
    )  # fmt: skip


def cut(picture: QImage, frame: Frame) -> bool:
    """Whether a frame cuts off what is there of a picture, which is just what it shows."""
    if not picture.hasAlphaChannel():
        return False
    alpha = _there(picture)
    sides = ((frame.left > 0, alpha[:, 0]), (frame.top > 0, alpha[0]), (frame.right < 1, alpha[:, -1]),
             (frame.bottom < 1, alpha[-1]))  # fmt: skip
    return any(inside and side.mean() > MUCH for inside, side in sides)


def _there(picture: QImage) -> np.ndarray:
    """Where something is, bool (h, w)."""
    seen = picture.convertToFormat(QImage.Format.Format_Alpha8)
    rows = np.frombuffer(seen.constBits(), np.uint8).reshape(seen.height(), seen.bytesPerLine())
    there: np.ndarray = rows[:, : seen.width()] > THERE
    return there
