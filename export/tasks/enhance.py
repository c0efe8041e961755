"""Enhance: says how a photo's light and colours should be corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from editor.core.model import Model
from editor.ml.card import Card
from export.data.light import KEPT, damaged, decode
from export.data.lit import Pool, folders
from export.data.photos import find
from export.nets.grade import NODES, STEPS, Grade, GradeConfig, GradeNet, graded
from export.task import Config, Score, Task

SIDE = 256  # pixels on the longer side of what the network sees
SEEN = 64  # damaged photos that a run is watched by
SMOOTH, EVEN, RISE, GENTLE = 0.02, 0.01, 2.0, 0.02  # how much smooth tables, even light, rising tables, curves count
STEEPEST = 0.5 / (NODES - 1)  # what a table may take from one colour to the next, of the way between them
_OKLAB = ((0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566),
          (0.0883024619, 0.2817188376, 0.6299787005))  # fmt: skip
_TO_LAB = ((0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099),
           (0.0259040371, 0.7827717662, -0.8086757660))  # fmt: skip


@dataclass(frozen=True)
class Damaged:
    """Photos as they came out, and as they should have, (n, 3, h, w) in 0..1."""

    image: Tensor
    good: Tensor


class Enhance(Task[Damaged]):
    name = "enhance"
    title = "Enhance"
    defaults = Config("enhance", (), patch=160, lr=1e-3)
    card = Card("enhance", "Enhance", multiple_of=GradeNet.multiple_of, side=SIDE, licence="GPL-3.0-or-later")
    rank = "damaged PSNR"

    def __init__(self, shape: GradeConfig | None = None) -> None:
        self.shape = shape or GradeConfig()
        self._kept: Damaged | None = None

    def net(self) -> nn.Module:
        return GradeNet(self.shape)

    def load(self, config: Config, device: torch.device) -> Pool:
        cv2.setNumThreads(1)
        return Pool(folders(find(map(Path, config.data))))

    def batch(self, material: object, config: Config, chance: torch.Generator) -> Damaged:
        assert isinstance(material, Pool)
        return spoiled(material, config.batch, config.patch, chance)

    def loss(self, net: nn.Module, batch: Damaged) -> Tensor:
        """How far off the photo is in OKLab and in sRGB, at half size; and how rough the tables, curves and light are."""
        device = next(net.parameters()).device
        image, good = batch.image.to(device), batch.good.to(device)
        grade = Grade(*(part.float() for part in net(image)))
        with torch.autocast(device.type, enabled=False):
            made, wanted = graded(F.avg_pool2d(image, 2), grade), F.avg_pool2d(good, 2)
            apart = oklab(made) - oklab(wanted)
            seen = (apart.square().sum(1) + 1e-6).sqrt().mean((1, 2))
            strayed = ((made - wanted).square().mean((1, 2, 3)) + 1e-6).sqrt()
            return (2 * seen + strayed).mean() + rough(grade)

    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        seen = self._seen(folders)
        made = self._made(net, seen.image, device)
        return {"PSNR": float(decibels(made, seen.good).mean()), "PSNR of nothing": float(decibels(seen.image, seen.good).mean()),
                "apart in OKLab": float((oklab(made) - oklab(seen.good)).square().sum(1).sqrt().mean())}  # fmt: skip

    def picture(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> Tensor | None:
        seen = self._seen(folders)
        made = self._made(net, seen.image[:8], device)
        return torch.cat(list(torch.cat([seen.image[:8], made, seen.good[:8]], 3)), 1)

    def _made(self, net: nn.Module, image: Tensor, device: torch.device) -> Tensor:
        parts = []
        for part in torch.split(image, 16):
            grade = Grade(*(value.float() for value in net(part.to(device))))
            parts.append(graded(part.to(device), grade).cpu())
        return torch.cat(parts)

    def _seen(self, places: Sequence[Path]) -> Damaged:
        """Held-out photos, damaged once."""
        if self._kept is None:
            pool = Pool(folders(find(places, measuring=True)))
            self._kept = spoiled(pool, SEEN, 192, torch.Generator().manual_seed(1), kept=0)
        return self._kept

    def measure(self, model: Model, folders: Sequence[Path], models: Path) -> Score:
        raise NotImplementedError

    def report(self, numbers: Mapping[str, float]) -> str:
        raise NotImplementedError

    def shortfall(self, numbers: Mapping[str, float]) -> str:
        raise NotImplementedError


def spoiled(pool: Pool, count: int, size: int, chance: torch.Generator, kept: float = KEPT) -> Damaged:
    """`count` squares of good photos, and the same damaged but for the part that is `kept`."""
    good = pool.draw(count, size, chance)
    return Damaged(damaged(good, chance, kept), good)


def oklab(rgb: Tensor) -> Tensor:
    """sRGB-encoded (n, 3, h, w) in OKLab (Ottosson 2020): steps that look alike are alike, except that the colour axes
    are stretched here as far as the eye tells them apart in photos (twice)."""
    linear = decode(rgb.clamp(1e-4, 1))
    cones = torch.einsum("ij,njhw->nihw", torch.tensor(_OKLAB, device=rgb.device), linear)
    lab = torch.einsum("ij,njhw->nihw", torch.tensor(_TO_LAB, device=rgb.device), cones.clamp(min=1e-6) ** (1 / 3))
    return lab * torch.tensor([1.0, 2.0, 2.0], device=rgb.device)[:, None, None]


def decibels(made: Tensor, good: Tensor) -> Tensor:
    """PSNR of each photo (n,), in dB."""
    return -10 * (made.clamp(0, 1) - good).square().mean((1, 2, 3)).clamp(min=1e-6).log10()


def rough(grade: Grade) -> Tensor:
    """What speaks against a `Grade` whatever the photo: tables that bend or that fall, light and curves that jump."""
    table = grade.table
    bends = sum((table.diff(n=2, dim=d).square().mean() for d in (2, 3, 4)), torch.zeros(()))
    falls = sum((torch.relu(-STEEPEST - table[:, channel].diff(dim=3 - channel)).mean() for channel in range(3)), torch.zeros(()))
    uneven = sum((grade.field.diff(dim=d).square().mean() for d in (2, 3)), torch.zeros(()))
    slopes = (grade.curves.diff(dim=2) * STEPS).log()
    return SMOOTH * 1e3 * bends + RISE * falls + EVEN * uneven + GENTLE * slopes.diff(dim=2).square().mean()


TASK = Enhance()
