"""Crop: the part of a photo that counts, upright and straight."""

from __future__ import annotations

from dataclasses import replace
from math import cos, hypot, radians, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.drawn import WHOLE, Box, Place, points, rectangle
from editor.core.edit import Edit, Facts, Framing, Stage
from editor.core.image import Image
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import angle, choice, toggle
from editor.core.warp import Matrix, Size, Warp
from editor.craft.resample import framed

CORNERS: tuple[Place, ...] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
TURNS = {"0°": 0, "90°": 1, "180°": 2, "270°": 3}
_NEAR = 1e-4  # of the photo's side: what lies no further beside it is its edge


class Crop(Edit):
    """In this order: perspective (four corners become a rectangle), quarter turns, mirror, straighten, crop.

    The rectangle shrinks about its middle until nothing from beside the photo is in it.
    """

    id = "crop"
    title = "Crop and Straighten"
    stage = Stage.FRAME
    brings_colour = False

    rectangle: Box = rectangle("Crop")
    angle: float = angle(0.0, "Straighten", -45, 45)
    turn: str = choice("Turn", *TURNS)
    mirror: bool = toggle(False, "Flip horizontally")
    flip: bool = toggle(False, "Flip vertically")
    corners: tuple[Place, ...] = points("Perspective", CORNERS, fewest=4, most=4)
    beside: bool = False  # no parameter: what lies beside the photo is shown as well, empty, while this is being set

    def __post_init__(self) -> None:
        super().__post_init__()
        if not _convex(np.array(self.corners)):
            raise ValueError("crop: corners are not the four corners of something seen at an angle, clockwise")

    def staged(self, param: str) -> Edit:
        if param == "corners":
            return replace(self, rectangle=WHOLE, angle=0.0, corners=CORNERS)
        return replace(self, rectangle=WHOLE, beside=True) if param in ("rectangle", "angle") else self

    def settled(self, size: Size) -> Edit:
        return replace(self, rectangle=self._inside(self._canvas(size)))

    def with_value(self, name: str, value: object) -> Edit:
        """Turned and flipped, the rectangle stays on what it is on."""
        if name == "turn" and value in TURNS:
            quarters = TURNS[str(value)] - TURNS[self.turn]
            return self.turned(-quarters if self.mirror != self.flip else quarters)
        if name in ("mirror", "flip") and value is not getattr(self, name):
            return self.mirrored(down=name == "flip")
        return super().with_value(name, value)

    def turned(self, quarters: int) -> Edit:
        """The mirror comes after the turn: seen in it a turn goes the other way round."""
        x, y, width, height = self.rectangle
        for _ in range(quarters % 4):
            x, y, width, height = max(0.0, 1 - y - height), x, height, width
        steps = -quarters if self.mirror != self.flip else quarters
        turn = list(TURNS)[(TURNS[self.turn] + steps) % 4]
        return replace(self, rectangle=(x, y, width, height), turn=turn)

    def mirrored(self, *, down: bool) -> Edit:
        x, y, width, height = self.rectangle
        if down:
            there = x, max(0.0, 1 - y - height), width, height
            return replace(self, rectangle=there, angle=-self.angle, flip=not self.flip)
        there = max(0.0, 1 - x - width), y, width, height
        return replace(self, rectangle=there, angle=-self.angle, mirror=not self.mirror)

    def warp(self, size: Size) -> Warp | None:
        canvas = self._canvas(size)
        x, y, width, height = self._inside(canvas)
        left, top = round(x * canvas.size[0]), round(y * canvas.size[1])
        right, bottom = round((x + width) * canvas.size[0]), round((y + height) * canvas.size[1])
        cut = Warp.of((max(1, right - left), max(1, bottom - top)), canvas.size, _moved(left, top))
        warp = canvas.then(cut)
        return None if warp.is_none else warp

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if not isinstance(facts, Framing):  # nothing is cropped
            return image
        warp = facts.warp
        corners, room = warp.before(_corners(warp.size)), np.array(warp.source) * _NEAR + 2  # two for whole pixels
        return framed(image, facts, job, edge=bool((corners > -room).all() and (corners < warp.source + room).all()))

    def _canvas(self, size: Size) -> Warp:
        """Everything but the rectangle."""
        width, height = size
        flat, source = size, np.array(self.corners) * size
        matrix: Matrix = np.eye(3)
        if self.corners != CORNERS:
            a, b, c, d = source
            flat = max(1, round(max(_length(a, b), _length(d, c)))), max(1, round(max(_length(a, d), _length(b, c))))
            seen = cv2.getPerspectiveTransform(_corners(flat).astype(np.float32), source.astype(np.float32))
            matrix = np.asarray(seen, np.float64)
        width, height = flat
        for _ in range(TURNS[self.turn]):  # a quarter clockwise: the new upper left is the old lower left
            matrix = matrix @ np.array([[0, 1, 0], [-1, 0, height], [0, 0, 1]], float)
            width, height = height, width
        if self.mirror:
            matrix = matrix @ np.array([[-1, 0, width], [0, 1, 0], [0, 0, 1]], float)
        if self.flip:
            matrix = matrix @ np.array([[1, 0, 0], [0, -1, height], [0, 0, 1]], float)
        if self.angle:
            turn = radians(self.angle)
            spin = np.array([[cos(turn), sin(turn), 0], [-sin(turn), cos(turn), 0], [0, 0, 1]])
            matrix = matrix @ _moved(width / 2, height / 2) @ spin @ _moved(-width / 2, -height / 2)
        return Warp.of((width, height), size, matrix)

    def _inside(self, canvas: Warp) -> Box:
        """The rectangle, made smaller about its middle until all of it lies on the photo."""
        if self.beside:
            return self.rectangle
        x, y, width, height = self.rectangle
        middle = np.array([x + width / 2, y + height / 2])
        for _ in range(20):  # one that begins beside the photo first comes back to it
            if _on_photo((canvas.before(middle[None] * canvas.size) / canvas.source)[0]):
                break
            middle = (middle * 3 + 0.5) / 4
        half = np.array([(-width, -height), (width, -height), (width, height), (-width, height)]) / 2
        part = _largest(canvas, middle * canvas.size, half * canvas.size)
        if part >= 1:
            return self.rectangle
        width, height = width * part, height * part
        x, y = (float(min(max(m - side / 2, 0), 1 - side)) for m, side in zip(middle, (width, height), strict=True))
        return x, y, width, height


def _largest(canvas: Warp, middle: NDArray[np.float64], half: NDArray[np.float64]) -> float:
    """The largest part of the corners' ways from the middle, `half` (4, 2), that ends on the photo; 1 is all the way.

    In homogeneous coordinates a corner moves evenly, and each side of the photo is a plane that it may cross once.
    """
    matrix = np.array(canvas.matrix).reshape(3, 3)
    start = matrix @ np.array([*middle, 1.0])
    step = half @ matrix[:, :2].T
    limits = [np.array([0.0, 0.0, 1.0])]
    for axis, side in enumerate(canvas.source):
        for sign, edge in ((1.0, _NEAR * side), (-1.0, (1 + _NEAR) * side)):
            limits.append(np.array([sign * (axis == 0), sign * (axis == 1), edge]))
    planes = np.array(limits)
    room, use = planes @ start, -(step @ planes.T)
    ends = np.where(use > 1e-12, room / np.maximum(use, 1e-12), np.inf)
    return float(min(max(ends.min() * (1 - 1e-9), 1e-6), 1.0))


def _on_photo(point: NDArray[np.float64]) -> bool:
    return bool((point > -_NEAR).all() and (point < 1 + _NEAR).all())


def _length(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    return hypot(*(b - a))


def _moved(x: float, y: float) -> Matrix:
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])


def _corners(size: Size) -> NDArray[np.float64]:
    width, height = size
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], float)


def _convex(corners: NDArray[np.float64]) -> bool:
    """Whether four points go round clockwise, on the screen, and no corner is pressed flat."""
    sides = np.roll(corners, -1, axis=0) - corners
    after = np.roll(sides, -1, axis=0)
    return bool((sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0] > 1e-4).all())
