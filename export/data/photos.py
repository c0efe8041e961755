"""Photos: folders of photographs, decoded once and kept in memory as 8-bit tensors, cut into patches at random."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp"}
TRIES = 3  # cuts that a patch is chosen from


def held_out(path: Path) -> bool:
    """Whether a photo is kept for measuring: one in twenty, by the SHA-256 of its name without suffix."""
    return int(sha256(path.stem.encode()).hexdigest(), 16) % 20 == 0


def pictures(folders: Iterable[Path]) -> list[Path]:
    """Every picture below `folders`, folder by folder, sorted."""
    return [f for folder in folders for f in sorted(folder.rglob("*")) if f.suffix.lower() in SUFFIXES]


def find(folders: Iterable[Path], *, measuring: bool = False) -> list[Path]:
    """The pictures below `folders` that are held out if `measuring`, all others if not."""
    return [f for f in pictures(folders) if held_out(f) == measuring]


def read(path: Path) -> np.ndarray:
    """A picture as uint8 (h, w, 3), RGB. Raises ValueError for a file that cannot be decoded."""
    pixels = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise ValueError(f"{path}: no picture that OpenCV can decode")
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)


class Patches:
    """A pool of photographs on `device` and the random patches cut from it.

    A photo with a side of 1000 px or more is kept at about a half and a third of its size too: shrinking hides the
    flaws of its JPEG and brings out detail.
    Photos are drawn in proportion to the square root of their area.
    """

    def __init__(self, files: Sequence[Path], least: int, device: torch.device) -> None:
        pool = []
        for file in files:
            whole = read(file)
            versions = [whole]
            if max(whole.shape) >= 1000:
                versions += [cv2.resize(whole, None, fx=f, fy=f, interpolation=cv2.INTER_AREA) for f in (0.5, 0.35)]
            pool += [torch.from_numpy(v).permute(2, 0, 1).contiguous() for v in versions if min(v.shape[:2]) >= least]
        if not pool:
            raise ValueError(f"no photo of at least {least} x {least} pixels among {len(files)} files")
        self.pool = [photo.to(device) for photo in pool]
        self._odds = torch.tensor([float(p.shape[1] * p.shape[2]) for p in pool]).sqrt()

    def draw(self, count: int, size: int, chance: torch.Generator) -> Tensor:
        """`count` patches, float32 (count, 3, size, size) in 0..1, turned and mirrored at random."""
        odds = torch.multinomial(self._odds, count * TRIES, replacement=True, generator=chance).tolist()
        patches = [self._patch([self.pool[i] for i in odds[n::count]], size, chance) for n in range(count)]
        return sharpened(torch.stack(patches).float() / 255, chance)

    def _patch(self, photos: list[Tensor], size: int, chance: torch.Generator) -> Tensor:
        """The one with most detail of a cut from each of `photos`; every fourth time the first, whatever it shows.

        Of white paper and empty sky a net learns all there is at once; cloth, hair and leaves take the time.
        """
        cuts = []
        for photo in photos if float(torch.rand((), generator=chance)) > 0.25 else photos[:1]:
            y, x = (int(torch.randint(n - size + 1, (), generator=chance)) for n in photo.shape[1:])
            cuts.append(photo[:, y : y + size, x : x + size])
        patch = max(cuts, key=detail) if len(cuts) > 1 else cuts[0]
        turn = int(torch.randint(8, (), generator=chance))
        patch = torch.rot90(patch, turn % 4, (1, 2))
        return patch.flip(2) if turn >= 4 else patch


def detail(patch: Tensor) -> float:
    """How much neighbouring pixels of (3, h, w) differ, in 8-bit units; the median, so that one edge counts little."""
    green = patch[1, ::2].float()
    return float((green[:, 1:] - green[:, :-1]).abs().median())


def sharpened(patches: Tensor, chance: torch.Generator) -> Tensor:
    """Some of the patches (n, 3, h, w) in 0..1 with an unsharp mask: cameras and editors sharpen, shrinking blurs."""
    amount = (torch.rand(len(patches), generator=chance) * 2.5 - 1.5).clamp(min=0).to(patches.device)
    soft = F.avg_pool2d(patches, 3, stride=1, padding=1, count_include_pad=False)
    return (patches + amount[:, None, None, None] * (patches - soft)).clamp(0, 1)


def samples(folders: Iterable[Path], size: int = 256, most: int = 12) -> list[Tensor]:
    """The middle of the first held-out photos that are large enough, float32 (1, 3, size, size) in 0..1."""
    found: list[Tensor] = []
    for file in find(folders, measuring=True):
        photo = torch.from_numpy(read(file)).permute(2, 0, 1)[None].float() / 255
        y, x = ((side - size) // 2 for side in photo.shape[2:])
        if min(y, x) >= 0:
            found.append(photo[..., y : y + size, x : x + size])
        if len(found) == most:
            break
    return found
