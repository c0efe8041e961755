"""Crop: the part of a photo that counts, upright and straight."""

from __future__ import annotations

from dataclasses import replace
from math import cos, hypot, radians, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.drawn import WHOLE, Box, Place, points, rectangle
from editor.core.edit import Edit, Facts, Framing, Stage
from editor.core.geometry import Region
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import angle, choice, toggle
from editor.core.warp import Matrix, Size, Warp

CORNERS: tuple[Place, ...] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
TURNS = {"0°": 0, "90°": 1, "180°": 2, "270°": 3}
_STEPS = 32  # positions between two pixels that OpenCV's interpolation tells apart
_TILE = 1024  # pixels on a side that are worked on at a time: OpenCV takes no more than 32,767, and stopping is felt
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
        warp, region = facts.warp, facts.region
        matrix = warp.at(image.scale)
        straight = image.rgb if image.alpha is None else np.dstack([image.rgb, image.alpha])
        if (copied := _copied(straight, matrix, region, image.origin)) is not None:
            job.progress(1)
            alpha = None if image.alpha is None else np.ascontiguousarray(copied[..., 3])
            return Image(np.ascontiguousarray(copied[..., :3]), alpha, image.scale, region[:2])
        corners, room = warp.before(_corners(warp.size)), np.array(warp.source) * _NEAR + 2  # two for whole pixels
        whole = bool((corners > -room).all() and (corners < warp.source + room).all())
        planes = image.rgb
        if image.alpha is not None:  # what is transparent lends no colour
            planes = np.concatenate([image.rgb * image.alpha[..., None], image.alpha[..., None]], axis=2)
        elif not whole:
            planes = np.concatenate([image.rgb, np.ones((*image.rgb.shape[:2], 1), np.float32)], axis=2)
        out = _sampled(planes, matrix, region, image.origin, job, edge=whole)
        job.progress(1)
        if out.shape[2] == 3:
            return Image(np.ascontiguousarray(out), None, image.scale, region[:2])
        alpha = out[..., 3].clip(0, 1)
        rgb = np.where(alpha[..., None] > 1e-4, out[..., :3] / np.maximum(alpha[..., None], 1e-4), 0).astype(np.float32)
        return Image(rgb, np.ascontiguousarray(alpha), image.scale, region[:2])

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


def _copied(planes: Pixels, matrix: Matrix, region: Region, origin: tuple[int, int]) -> Pixels | None:
    """The region (h, w, c), where it is only cut, turned by quarters or mirrored; None where it must be resampled."""
    turned, whole = matrix[:2, :2], np.round(matrix)
    if np.abs(matrix - whole).max() > 1e-6 or sorted(np.abs(turned).round(6).ravel()) != [0, 0, 1, 1]:
        return None
    ends = np.array([(region.x, region.y), (region.right, region.bottom)]) @ whole[:2, :2].T + whole[:2, 2] - origin
    (left, top), (right, bottom) = ends.min(0).astype(int), ends.max(0).astype(int)
    if left < 0 or top < 0 or right > planes.shape[1] or bottom > planes.shape[0]:
        return None
    part = planes[top:bottom, left:right]
    if whole[0, 0] == 0:
        part = part.swapaxes(0, 1)
    across, down = whole[:2, 0].sum() < 0, whole[:2, 1].sum() < 0
    return part[:: -1 if down else 1, :: -1 if across else 1].copy()


def _sampled(
    planes: Pixels, matrix: Matrix, region: Region, origin: tuple[int, int], job: Job, *, edge: bool
) -> Pixels:
    """The region (h, w, c) by Lanczos' kernel over 8 x 8 pixels; beside it its `edge` goes on, or nothing is."""
    out = np.empty((region.height, region.width, planes.shape[2]), np.float32)
    tiles = region.tiles(_TILE)
    for index, tile in enumerate(tiles):
        job.progress(index / len(tiles))
        x = np.arange(tile.x, tile.right) + 0.5
        y = (np.arange(tile.y, tile.bottom) + 0.5)[:, None]
        depth = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]
        columns = (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / depth - 0.5
        rows = (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / depth - 0.5
        # rounded as OpenCV will, but counted from the whole picture: a tile then gets what the whole would
        columns, rows = (np.round(v * _STEPS) / _STEPS for v in (columns, rows))
        left, top = (max(0, int(v.min()) - o - 4) for v, o in zip((columns, rows), origin, strict=True))
        right, bottom = (max(1, int(v.max()) - o + 6) for v, o in zip((columns, rows), origin, strict=True))
        left, top = min(left, planes.shape[1] - 1), min(top, planes.shape[0] - 1)
        cv2.remap(
            np.ascontiguousarray(planes[top : max(bottom, top + 1), left : max(right, left + 1)]),
            (columns - origin[0] - left).astype(np.float32), (rows - origin[1] - top).astype(np.float32),
            cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REPLICATE if edge else cv2.BORDER_CONSTANT, borderValue=[0] * 4,
            dst=(part := np.empty((tile.height, tile.width, planes.shape[2]), np.float32)),
        )  # fmt: skip
        out[tile.y - region.y : tile.bottom - region.y, tile.x - region.x : tile.right - region.x] = part
    return out
