"""Lit: well-lit photos to damage, chosen from folders, kept in memory, and cut at random."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import log
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from export.data.mattes import Bytes
from export.data.photos import read

LARGEST = 512  # pixels on the longer side that photos are kept at
SMALL = 400  # pixels on the longer side: photos below it are somebody's
MOST = 300  # photos of a folder that count
WORKERS = 8
FEWEST = 4  # well-lit photos of a folder, for it to count


def well_lit(rgb: Bytes) -> bool:
    """Whether a photo (h, w, 3) can pass for a good one: something in it is white or nearly so, it is neither dark nor
    washed out on the whole, and its greys have no cast to speak of. Small ones, which are somebody's photos of things,
    have to be better than others."""
    strict = max(rgb.shape[:2]) < SMALL
    small = cv2.resize(rgb, (96, 96), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).reshape(-1, 3)
    light, a, b = lab.T
    low, high = np.percentile(light, (2, 99))
    chroma = np.hypot(a, b)
    greys = chroma <= max(float(np.percentile(chroma, 35)), 2.0)
    cast = float(np.hypot(a[greys].mean(), b[greys].mean() - 1))
    return bool(high > (88 if strict else 80) and low < 60 and 25 < light.mean() < 98 and cast < (7 if strict else 12))


@dataclass(frozen=True)
class Folder:
    """The well-lit photos of one folder, uint8 (h, w, 3)."""

    name: str
    photos: Sequence[Bytes]


def folders(files: Iterable[Path], least: int = FEWEST) -> list[Folder]:
    """The well-lit ones among `files`, by the folder they lie in. Raises ValueError where there are none."""
    files = list(files)
    with ThreadPoolExecutor(WORKERS) as pool:
        photos = list(pool.map(_kept, files))
    found: dict[Path, list[Bytes]] = {}
    for file, photo in zip(files, photos, strict=True):
        if photo is not None:
            found.setdefault(file.parent, []).append(photo)
    kept = [Folder(path.name if path.name != "images" else path.parent.name, one)
            for path, one in found.items() if len(one) >= least]  # fmt: skip
    if not kept:
        raise ValueError(f"no folder of at least {least} well-lit photos among {len(files)} files")
    return kept


def _kept(file: Path) -> Bytes | None:
    rgb = read(file)
    by = LARGEST / max(rgb.shape[:2])
    if by < 1:
        size = max(1, round(rgb.shape[1] * by)), max(1, round(rgb.shape[0] * by))
        rgb = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    return rgb if min(rgb.shape[:2]) >= 64 and well_lit(rgb) else None


class Pool:
    """Photos by folder; a folder counts by the logarithm of how many it has: large ones are not all there is."""

    def __init__(self, all_of: Sequence[Folder]) -> None:
        self.folders = all_of
        self._odds = torch.tensor([log(1 + min(len(one.photos), MOST)) for one in all_of])

    def draw(self, count: int, size: int, chance: torch.Generator) -> Tensor:
        """`count` squares of photos, more or less of each, half of them mirrored, float32 (count, 3, size, size)."""
        chosen = torch.multinomial(self._odds, count, replacement=True, generator=chance).tolist()
        parts = [_square(self.folders[i].photos, size, chance) for i in chosen]
        return torch.from_numpy(np.stack(parts)).permute(0, 3, 1, 2).float() / 255


def _square(photos: Sequence[Bytes], size: int, chance: torch.Generator) -> Bytes:
    photo = photos[int(torch.randint(len(photos), (), generator=chance))]
    part, across, down, flip = torch.rand(4, generator=chance).tolist()
    height, width = photo.shape[:2]
    high, wide = (max(32, round(side * (1 - 0.5 * part**2))) for side in (height, width))
    if max(high, wide) > 1.5 * min(high, wide):  # no further squeezed than a third
        high, wide = min(high, round(1.5 * wide)), min(wide, round(1.5 * high))
    y, x = round(down * (height - high)), round(across * (width - wide))
    cut = photo[y : y + high, x : x + wide]
    shrinks = min(high, wide) >= size
    out = cv2.resize(cut, (size, size), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return np.ascontiguousarray(out[:, ::-1] if flip < 0.5 else out)
