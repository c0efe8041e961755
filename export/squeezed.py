"""Squeezed: pictures in as few numbers as a code has, by what everybody has at hand: principal components, and JPEG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from export.data.wares import over_white
from export.faithful import AT_ONCE

BYTES = 2  # that a number of a code takes, in half precision
SPARE, ROUNDS = 32, 4  # more directions than asked for, and how often they are turned
SCALES = (1.0, 0.7, 0.5, 0.35, 0.25, 0.18, 0.125)  # at which a JPEG may be kept
FACTS = [cv2.IMWRITE_JPEG_OPTIMIZE, 1, cv2.IMWRITE_JPEG_QUALITY]


@dataclass(frozen=True, eq=False)
class Components:
    """The principal components of pictures: their mean (d) and directions (d, k), the strongest first."""

    mean: Tensor
    directions: Tensor

    def back(self, pictures: Tensor, count: int) -> Tensor:
        """What `count` numbers keep of pictures (n, 4, h, w)."""
        some = self.directions[:, :count]
        return ((pictures.flatten(1) - self.mean) @ some @ some.T + self.mean).view_as(pictures)


def components(rgba: NDArray[np.uint8], count: int, halves: int = 0) -> Components:
    """The first components of straight pictures (n, 4, h, w) as seen over white, made half as large `halves` times.

    By turning a random subspace towards them, a bit more of it than asked for (Halko et al., "Finding Structure with
    Randomness", SIAM Review 2011); the pictures need not fit into memory as floats.
    """
    starts = range(0, len(rgba), AT_ONCE)

    def part(start: int) -> Tensor:
        return smaller(over_white(rgba[start : start + AT_ONCE]), halves).flatten(1)

    mean = sum((part(start).sum(0) for start in starts), torch.zeros(())) / len(rgba)
    basis = torch.randn(len(mean), min(count + SPARE, len(rgba)), generator=torch.Generator().manual_seed(0))
    scores = torch.zeros(0)
    for _ in range(ROUNDS):
        basis = torch.linalg.qr(basis).Q
        turned, gram = torch.zeros_like(basis), torch.zeros(basis.shape[1], basis.shape[1])
        for start in starts:
            rest = part(start) - mean
            scores = rest @ basis
            turned += rest.T @ scores
            gram += scores.T @ scores
        inside = torch.linalg.eigh(gram).eigenvectors.flip(1)
        last, basis = basis @ inside, turned
    return Components(mean, last[:, :count])


def smaller(pictures: Tensor, halves: int) -> Tensor:
    """Pictures (n, 4, h, w) over white, half as large so many times."""
    return torch.nn.functional.avg_pool2d(pictures, 2**halves) if halves else pictures


def by_jpeg(pictures: Tensor, numbers: int) -> Tensor:
    """Pictures (n, 4, h, w) over white out of JPEGs of as many bytes as a code of `numbers` takes: of each the best of
    several sizes and qualities. Neither headers and tables nor alpha are counted, an advantage for JPEG."""
    eight = np.asarray(pictures[:, :3].permute(0, 2, 3, 1).numpy() * 255 + 0.5, np.uint8)
    made = [_jpeg(rgb, numbers * BYTES) for rgb in eight]
    colours = torch.from_numpy(np.stack(made)).permute(0, 3, 1, 2).float() / 255
    return torch.cat([colours, pictures[:, 3:]], 1)


def _jpeg(rgb: NDArray[np.uint8], most: int) -> NDArray[np.uint8]:
    """The best of a picture (h, w, 3) that `most` bytes hold."""
    height, width = rgb.shape[:2]
    best, found = np.inf, np.broadcast_to(rgb.mean((0, 1)), rgb.shape).astype(np.uint8)
    for scale in SCALES:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
        low, high, kept = 1, 95, b""
        while low <= high:
            middle = (low + high) // 2
            data = cv2.imencode(".jpg", small, [*FACTS, middle])[1].tobytes()
            if length(data) <= most:
                low, kept = middle + 1, data
            else:
                high = middle - 1
        if kept:
            again = np.asarray(cv2.imdecode(np.frombuffer(kept, np.uint8), cv2.IMREAD_COLOR))
            large = np.asarray(cv2.resize(again, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
            if (error := float(np.square(large.astype(np.float32) - rgb).mean())) < best:
                best, found = error, large
    return found


def length(jpeg: bytes) -> int:
    """The bytes of a JPEG's picture, without its headers and tables."""
    start = jpeg.rindex(b"\xff\xda")
    return len(jpeg) - start - 2 - int.from_bytes(jpeg[start + 2 : start + 4], "big") - 2


def rivals(photo: Tensor, known: Components, counts: Sequence[int]) -> dict[str, Tensor]:
    """Photos (n, 4, h, w) as components and JPEGs of so many numbers keep them, by name."""
    made = {f"PCA {count}": known.back(photo, count) for count in counts}
    return made | {f"JPEG {BYTES * count} B": by_jpeg(photo, count) for count in counts}
