"""Resample: a picture as a warp frames it anew, without shifting, ringing into what is transparent, or seams."""

from __future__ import annotations

from functools import partial

import cv2
import numpy as np

from editor.core.edit import Framing
from editor.core.geometry import Region
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.warp import Matrix
from editor.craft.kernel import CUBIC, TENT, Axis, resampled

STEPS = 32  # positions between two pixels that OpenCV's interpolation tells apart
TILE = 1024  # pixels on a side that are worked on at a time: OpenCV takes no more than 32,767, and stopping is felt
CHANNELS = 4  # that OpenCV interpolates at once


def framed(image: Image, framing: Framing, job: Job, *, edge: bool) -> Image:
    """The region of the framed picture that `framing` asks for, with every plane that `image` has.

    What is only cut, mirrored or turned by quarters is copied. What is transparent lends no colour. Beside the picture
    its outermost pixels go on if `edge`, else it is transparent there; what is then only scaled and moved may be shrunk
    as much as one likes.
    """
    warp, region = framing.warp, framing.region
    scale = image.scale if framing.scale is None else framing.scale
    matrix = warp.at(scale, image.scale)
    if not edge and _is_upright(matrix):
        return laid(image, framing, job)
    planes = dict(image.planes)
    straight = np.dstack([image.rgb, *planes.values()])
    if (whole := copied(straight, matrix, region, image.origin)) is not None:
        job.progress(1)
        return _image(whole, tuple(planes), scale, region)
    if "alpha" not in planes and not edge:
        planes["alpha"] = np.ones(image.rgb.shape[:2], np.float32)
    weight = planes.get("alpha")
    colours = image.rgb if weight is None else image.rgb * weight[..., None]
    out = sampled(np.dstack([colours, *planes.values()]), matrix, region, image.origin, job, edge=edge)
    job.progress(1)
    names = tuple(planes)
    for index, _ in enumerate(names):
        out[..., 3 + index] = out[..., 3 + index].clip(0, 1)
    if "alpha" in names:
        alpha = out[..., 3 + names.index("alpha"), None]
        out[..., :3] = np.where(alpha > 1e-4, out[..., :3] / np.maximum(alpha, 1e-4), 0)
    return _image(out, names, scale, region)


def _is_upright(matrix: Matrix) -> bool:
    return bool(np.abs(matrix - np.diag(np.diag(matrix)))[:2, :2].max() < 1e-12 and np.abs(matrix[2, :2]).max() < 1e-12
                and matrix[0, 0] > 0 and matrix[1, 1] > 0)  # fmt: skip


def laid(image: Image, framing: Framing, job: Job) -> Image:
    """The region of the framed picture, scaled and moved only, transparent beside the picture.

    Along the edge of what is transparent colours are softly mixed from what is opaque: a kernel that swings there would
    leave bright and dark lines on white.
    """
    warp, region = framing.warp, framing.region
    scale = image.scale if framing.scale is None else framing.scale
    matrix = warp.at(scale, image.scale)
    across, down = (Axis(matrix[i, i], matrix[i, 2]) for i in range(2))
    beside = {name: plane for name, plane in image.planes.items() if name != "alpha"}

    def read(part: Region, *, all_of_it: bool) -> Pixels:
        y, x = part.y - image.origin[1], part.x - image.origin[0]
        window = np.s_[y : y + part.height, x : x + part.width]
        opaque = np.ones((part.height, part.width), np.float32) if image.alpha is None else image.alpha[window]
        colours = image.rgb[window].transpose(2, 0, 1) * opaque
        return np.stack([*colours, opaque, *(plane[window] for plane in beside.values() if all_of_it)])

    sharp = resampled(partial(read, all_of_it=True), image.region, across, down, region, CUBIC, job=job.part(0, 2))
    soft = resampled(partial(read, all_of_it=False), image.region, across, down, region, TENT, job=job.part(1, 2))
    some = np.maximum(soft[3], 1e-6)
    even = (1 - 20 * np.abs(sharp[3] - soft[3]) / some).clip(0, 1)  # 0 along edges of what is opaque
    colours = soft[:3] / some
    colours += even * (sharp[:3] / np.maximum(sharp[3], 1e-6) - colours)
    colours[:, soft[3] <= 1e-4] = 0
    alpha, names = sharp[3].clip(0, 1), ("alpha", *beside)
    alpha[soft[3] <= 1e-4] = 0
    job.progress(1)
    stack = np.dstack([*colours, alpha, *sharp[4:].clip(0, 1)])
    return _image(stack, names, scale, region)


def _image(stack: Pixels, names: tuple[str, ...], scale: float, region: Region) -> Image:
    planes = {name: np.ascontiguousarray(stack[..., 3 + index]) for index, name in enumerate(names)}
    image = Image(np.ascontiguousarray(stack[..., :3]), scale=scale, origin=region[:2])
    return image.with_planes(planes)


def copied(planes: Pixels, matrix: Matrix, region: Region, origin: tuple[int, int]) -> Pixels | None:
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


def sampled(planes: Pixels, matrix: Matrix, region: Region, origin: tuple[int, int], job: Job, *, edge: bool) -> Pixels:
    """The region (h, w, c) by Lanczos' kernel over 8 x 8 pixels; beside it its `edge` goes on, or nothing is."""
    out = np.empty((region.height, region.width, planes.shape[2]), np.float32)
    tiles = region.tiles(TILE)
    for index, tile in enumerate(tiles):
        job.progress(index / len(tiles))
        x = np.arange(tile.x, tile.right) + 0.5
        y = (np.arange(tile.y, tile.bottom) + 0.5)[:, None]
        depth = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]
        columns = (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / depth - 0.5
        rows = (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / depth - 0.5
        # rounded as OpenCV will, but counted from the whole picture: a tile then gets what the whole would
        columns, rows = (np.round(v * STEPS) / STEPS for v in (columns, rows))
        left, top = (max(0, int(v.min()) - o - 4) for v, o in zip((columns, rows), origin, strict=True))
        right, bottom = (max(1, int(v.max()) - o + 6) for v, o in zip((columns, rows), origin, strict=True))
        left, top = min(left, planes.shape[1] - 1), min(top, planes.shape[0] - 1)
        source = planes[top : max(bottom, top + 1), left : max(right, left + 1)]
        x_there, y_there = (columns - origin[0] - left).astype(np.float32), (rows - origin[1] - top).astype(np.float32)
        border = cv2.BORDER_REPLICATE if edge else cv2.BORDER_CONSTANT
        parts = [
            cv2.remap(
                np.ascontiguousarray(source[..., first : first + CHANNELS]), x_there, y_there, cv2.INTER_LANCZOS4,
                borderMode=border, borderValue=[0] * 4,
            )
            for first in range(0, source.shape[2], CHANNELS)
        ]  # fmt: skip
        part = np.dstack(parts)
        out[tile.y - region.y : tile.bottom - region.y, tile.x - region.x : tile.right - region.x] = part
    return out
