"""Photos: folders of photographs, decoded once and kept in memory as 8-bit tensors, cut into patches at random."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp"}
FLAT = 4.0  # a patch whose pixels deviate less than this, of 255, is drawn again


def held_out(path: Path) -> bool:
    """Whether a photo is kept for measuring: one in twenty, by the SHA-256 of its name without suffix."""
    return int(sha256(path.stem.encode()).hexdigest(), 16) % 20 == 0


def find(folders: Iterable[Path], *, measuring: bool = False) -> list[Path]:
    """Every picture below `folders`, sorted; the ones held out if `measuring`, all others if not."""
    files = (f for folder in folders for f in sorted(folder.rglob("*")) if f.suffix.lower() in SUFFIXES)
    return [f for f in files if held_out(f) == measuring]


def read(path: Path) -> np.ndarray:
    """A picture as uint8 (h, w, 3), RGB. Raises ValueError for a file that cannot be decoded."""
    pixels = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise ValueError(f"{path}: no picture that OpenCV can decode")
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)


class Patches:
    """A pool of photographs on `device` and the random patches cut from it.

    A photo with a side of 1000 px or more is kept at half its size too: shrinking hides the flaws of its JPEG.
    Photos are drawn in proportion to the square root of their area.
    """

    def __init__(self, files: Sequence[Path], least: int, device: torch.device) -> None:
        pool = []
        for file in files:
            whole = read(file)
            versions = [whole]
            if max(whole.shape) >= 1000:
                versions.append(cv2.resize(whole, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
            pool += [torch.from_numpy(v).permute(2, 0, 1).contiguous() for v in versions if min(v.shape[:2]) >= least]
        if not pool:
            raise ValueError(f"no photo of at least {least} x {least} pixels among {len(files)} files")
        self.pool = [photo.to(device) for photo in pool]
        self._odds = torch.tensor([float(p.shape[1] * p.shape[2]) for p in pool]).sqrt()

    def draw(self, count: int, size: int, chance: torch.Generator) -> Tensor:
        """`count` patches, float32 (count, 3, size, size) in 0..1, turned and mirrored at random."""
        odds = torch.multinomial(self._odds, count, replacement=True, generator=chance)
        return torch.stack([self._patch(self.pool[i], size, chance) for i in odds.tolist()]).float() / 255

    def _patch(self, photo: Tensor, size: int, chance: torch.Generator) -> Tensor:
        """A patch with something in it: of white paper and empty sky a net learns all there is at once."""
        for _ in range(4):
            y, x, turn = (
                int(torch.randint(n, (), generator=chance))
                for n in (photo.shape[1] - size + 1, photo.shape[2] - size + 1, 8)
            )
            patch = photo[:, y : y + size, x : x + size]
            if float(patch[:, ::4, ::4].float().std((1, 2)).mean()) > FLAT:
                break
        patch = torch.rot90(patch, turn % 4, (1, 2))
        return patch.flip(2) if turn >= 4 else patch
