"""Cutout: finds the product in a photo, whatever stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from editor.core.model import Model
from editor.ml.card import Card
from export.data.composite import Scenes, corners_of
from export.data.mattes import product
from export.data.photos import find, read
from export.nets.matte import MatteConfig, MatteNet
from export.task import Config, Score, Task

SIDE = 320  # pixels on the longer side of what the network sees
HINTS = 0.25  # how much the coarse answers count in training
SEEN = 96  # composites of held-out products that a run is watched by
LARGEST = 1024  # pixels on the longer side that a scene is kept at
SELLERS = 400  # a scene smaller than that is somebody's photo of a thing: only its corners are floor and wall


@dataclass(frozen=True)
class Composites:
    """Pictures (n, 3, h, w) and their mattes (n, 1, h, w), 0..1."""

    image: Tensor
    matte: Tensor


class Cutout(Task[Composites]):
    name = "cutout"
    title = "Cut-out"
    defaults = Config("cutout", (), patch=256, lr=1e-3)
    card = Card("cutout", "Cut-out", multiple_of=MatteNet.multiple_of, licence="GPL-3.0-or-later")
    rank = "IoU"

    def __init__(self, shape: MatteConfig | None = None) -> None:
        self.shape = shape or MatteConfig()

    def net(self) -> nn.Module:
        return MatteNet(self.shape)

    def load(self, config: Config, device: torch.device) -> Scenes:
        cv2.setNumThreads(1)  # many small pictures: one for each thread is faster
        return scenes(find(map(Path, config.data)))

    def batch(self, material: object, config: Config, chance: torch.Generator) -> Composites:
        assert isinstance(material, Scenes)
        seed = int(torch.randint(2**31, (), generator=chance))
        return tensors(*material.draw(config.batch, config.patch, seed))

    def loss(self, net: nn.Module, batch: Composites) -> Tensor:
        """Cross-entropy, what is missing to a perfect overlap (soft IoU), and the difference of the slopes; the coarse
        answers by cross-entropy alone."""
        assert isinstance(net, MatteNet)
        device = next(net.parameters()).device
        target = batch.matte.to(device)
        whole, *hints = (answer.float() for answer in net.answers(batch.image.to(device)))
        matte = torch.sigmoid(whole)
        both = (matte * target).sum((1, 2, 3))
        overlap = (both + 50) / ((matte + target - matte * target).sum((1, 2, 3)) + 50)
        slopes = sum((matte.diff(dim=d) - target.diff(dim=d)).abs().mean() for d in (2, 3))
        loss = F.binary_cross_entropy_with_logits(whole, target) + (1 - overlap).mean() + 4 * slopes
        loss = loss + (matte - target).abs().mean()
        for hint in hints:
            loss = loss + HINTS * F.binary_cross_entropy_with_logits(
                hint, F.adaptive_avg_pool2d(target, hint.shape[2:])
            )
        return loss

    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        seen = self._seen(folders)
        found = torch.cat([net(part.to(device)).float().cpu() for part in seen.image.split(16)])
        return {"IoU": float(ious(found, seen.matte).mean()), "MAE": float((found - seen.matte).abs().mean())}

    def picture(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> Tensor | None:
        seen = self._seen(folders)
        image, matte = seen.image[:8], seen.matte[:8]
        found = net(image.to(device)).float().cpu()
        rows = torch.cat([image, matte.expand(-1, 3, -1, -1), found.expand(-1, 3, -1, -1)], 3)
        return torch.cat(list(rows), 1)

    def _seen(self, folders: Sequence[Path]) -> Composites:
        """Composites of held-out products on held-out scenes, drawn once."""
        if not hasattr(self, "_kept"):
            self._kept = tensors(*scenes(find(folders, measuring=True)).draw(SEEN, self.defaults.patch, 1))
        return self._kept

    def measure(self, model: Model, folder: Path, models: Path) -> Score:
        raise NotImplementedError

    def report(self, numbers: Mapping[str, float]) -> str:
        raise NotImplementedError

    def shortfall(self, numbers: Mapping[str, float]) -> str:
        raise NotImplementedError


def ious(found: Tensor, true: Tensor) -> Tensor:
    """How far two mattes (n, 1, h, w), cut at one half, overlap: (n,), 1 where both are empty."""
    a, b = found > 0.5, true > 0.5
    union = (a | b).sum((1, 2, 3))
    return torch.where(union > 0, (a & b).sum((1, 2, 3)) / union.clamp(min=1), torch.ones(len(a)))


def tensors(rgb: np.ndarray, alpha: np.ndarray) -> Composites:
    """Bytes (n, h, w, 3) and (n, h, w) as a batch."""
    image = torch.from_numpy(rgb).permute(0, 3, 1, 2).float() / 255
    return Composites(image, torch.from_numpy(alpha)[:, None].float() / 255)


def scenes(files: Iterable[Path]) -> Scenes:
    """What composites are made of: the photos on white and the cut-outs are products, all others are scenes.

    Folders count by the square root of how many products they have. Raises ValueError where there are too few.
    """
    folders: dict[Path, list[Path]] = {}
    for file in files:
        folders.setdefault(file.parent, []).append(file)
    found, odds, photos, corners = [], [], [], []
    for inside in folders.values():
        with ThreadPoolExecutor() as pool:
            made = [one for one in pool.map(product, inside) if one is not None]
        if len(made) * 2 > len(inside):
            found += made
            odds += [len(made) ** -0.5] * len(made)
            continue
        for file in inside:
            photo = read(file)
            if max(photo.shape) < SELLERS:
                corners += corners_of(photo)
                continue
            if (factor := LARGEST / max(photo.shape)) < 1:
                photo = cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
            photos.append(photo)
    if len(found) < 8:
        raise ValueError(f"{len(found)} products on white or with alpha; 8 are the least")
    chances = np.cumsum(np.array(odds, np.float64))
    return Scenes(found, (chances / chances[-1]).astype(np.float32), photos, corners)


TASK = Cutout()
