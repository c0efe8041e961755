"""Enhance: says how a photo's light and colours should be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.model import Model
from editor.craft.grade import grade_of, graded
from editor.ml.card import Card
from export import colours
from export.data.light import KEPT, damaged
from export.data.lit import Pool, folders
from export.data.photos import find
from export.grading import RIVALS, Way, apart, by_network, opened, pairs, with_after
from export.measure import table
from export.nets.grade import NODES, STEPS, Grade, GradeConfig, GradeNet
from export.nets.grade import graded as trained
from export.task import Config, Score, Task

SIDE = 256  # pixels on the longer side of what the network sees
MEASURED = 200  # damaged photos to measure on
AHEAD = 2.0  # dB that a published model is better than anything else on damaged photos
SEEN = 64  # damaged photos that a run is watched by
SMOOTH, EVEN, RISE, GENTLE = 0.5, 0.01, 2.0, 0.02  # how much smooth tables, even light, rising tables, curves count
STEEPEST = 0.5 / (NODES - 1)  # what a table may take from one colour to the next, of the way between them


@dataclass(frozen=True)
class Damaged:
    """Photos as they came out, and as they should have, (n, 3, h, w) in 0..1."""

    image: Tensor
    good: Tensor


class Enhance(Task[Damaged]):
    name = "enhance"
    title = "Enhance"
    defaults = Config("enhance", (), patch=160, lr=1e-3)
    card = Card(
        "enhance",
        "Enhance",
        multiple_of=GradeNet.multiple_of,
        side=SIDE,
        answers=Grade._fields,
        licence="GPL-3.0-or-later",
    )
    rank = "damaged PSNR"

    def __init__(self, shape: GradeConfig | None = None, measured: int = MEASURED) -> None:
        self.shape, self.measured = shape or GradeConfig(), measured
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
        """How far off the photo is in OKLab and in sRGB, at half size; how rough tables, curves and light are."""
        device = next(net.parameters()).device
        image, good = batch.image.to(device), batch.good.to(device)
        grade = Grade(*(part.float() for part in net(image)))
        with torch.autocast(device.type, enabled=False):
            made, wanted = trained(F.avg_pool2d(image, 2), grade), F.avg_pool2d(good, 2)
            apart = oklab(made) - oklab(wanted)
            seen = (apart.square().sum(1) + 1e-6).sqrt().mean((1, 2))
            strayed = ((made - wanted).square().mean((1, 2, 3)) + 1e-6).sqrt()
            return (2 * seen + strayed).mean() + rough(grade)

    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        seen = self._seen(folders)
        made = self._made(net, seen.image, device)
        return {
            "PSNR": float(decibels(made, seen.good).mean()),
            "PSNR of nothing": float(decibels(seen.image, seen.good).mean()),
            "apart in OKLab": float((oklab(made) - oklab(seen.good)).square().sum(1).sqrt().mean()),
        }

    def picture(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> Tensor | None:
        seen = self._seen(folders)
        made = self._made(net, seen.image[:8], device)
        return torch.cat(list(torch.cat([seen.image[:8], made, seen.good[:8]], 3)), 1)

    def _made(self, net: nn.Module, image: Tensor, device: torch.device) -> Tensor:
        parts = []
        for part in torch.split(image, 16):
            grade = Grade(*(value.float() for value in net(part.to(device))))
            parts.append(trained(part.to(device), grade).cpu())
        return torch.cat(parts)

    def _seen(self, places: Sequence[Path]) -> Damaged:
        """Held-out photos, damaged once."""
        if self._kept is None:
            pool = Pool(folders(find(places, measuring=True)))
            self._kept = spoiled(pool, SEEN, 192, torch.Generator().manual_seed(1), kept=0)
        return self._kept

    def measure(self, model: Model, folders: Sequence[Path], models: Path) -> Score:
        """The network, as the app puts it into effect, beside what others do with one click: on held-out photos that
        were damaged here, the same ones every time, and on every folder of real pairs as it is; the speed, on 24 MP."""
        for folder in folders:
            if not folder.is_dir():
                raise ValueError(f"{folder}: there is no such folder")
        ways = {"": by_network(model), **{f" of {name}": way for name, way in RIVALS.items()}}
        numbers: dict[str, float] = {}
        for folder in filter(with_after, folders):
            for name, files in pairs(folder):
                numbers |= _judged(name, (opened(*pair) for pair in files), ways)
        others = [folder for folder in folders if not with_after(folder)]
        if others:
            numbers |= _judged("damaged", self._damaged(others), ways)
        numbers["MP/s"] = _speed(model)
        return Score(numbers, self.report(numbers))

    def _damaged(self, places: Sequence[Path]) -> Iterator[tuple[Pixels, Pixels]]:
        """Held-out photos, whole, all of a folder's or as many as of others with more: damaged, and as they were."""
        chosen: list[np.ndarray] = []
        sets = sorted((one.photos for one in folders(find(places, measuring=True), least=1)), key=len)
        for number, photos in enumerate(sets):
            count = min(len(photos), -(-(self.measured - len(chosen)) // (len(sets) - number)))
            chosen += [photos[i * len(photos) // count] for i in range(count)]
        for seed, photo in enumerate(chosen):
            good = torch.from_numpy(np.ascontiguousarray(photo.transpose(2, 0, 1)))[None].float() / 255
            bad = damaged(good, torch.Generator().manual_seed(seed), kept=0)
            yield bad[0].permute(1, 2, 0).contiguous().numpy(), good[0].permute(1, 2, 0).contiguous().numpy()

    def report(self, numbers: Mapping[str, float]) -> str:
        names = sorted(key.removesuffix(" PSNR") for key in numbers if key.endswith(" PSNR"))
        titles = {"": "Packshot", **{f" of {name}": name for name in RIVALS}}
        tables = []
        for name in names:
            rows = [
                (title, {c: numbers[f"{name} {c}{way}"] for c in ("PSNR", "CIEDE2000")})
                for way, title in titles.items()
            ]
            count = f"{numbers[f'{name} photos']:.0f} photos"
            tables.append(f"Mean PSNR in dB and CIEDE2000 on {name} ({count}):\n\n{table(['PSNR', 'CIEDE2000'], rows)}")
        return "\n\n".join(
            [*tables, f"Speed on the CPU, a photo of 24 megapixels in memory: {numbers['MP/s']:.1f} MP/s."]
        )

    def shortfall(self, numbers: Mapping[str, float]) -> str:
        if "damaged PSNR" not in numbers:
            return "it was not measured on damaged photos"
        for name in RIVALS:
            if (gain := numbers["damaged PSNR"] - numbers[f"damaged PSNR of {name}"]) < AHEAD:
                return f"it is {gain:.2f} dB ahead of {name}; {AHEAD:g} are the least"
        return ""


def _judged(name: str, photos: Iterable[tuple[Pixels, Pixels]], ways: Mapping[str, Way]) -> dict[str, float]:
    """PSNR and CIEDE2000 of every way, means over pairs of photos."""
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for came, good in photos:
        for way, run in ways.items():
            found[way].append(apart(run(came), good))
    numbers = {f"{name} photos": float(len(found[""]))}
    for way, values in found.items():
        for what, column in zip(("PSNR", "CIEDE2000"), zip(*values, strict=True), strict=True):
            numbers[f"{name} {what}{way}"] = float(np.mean(column))
    return numbers


def _speed(model: Model) -> float:
    """Megapixels a second on a photo of 24, in the tiles that the app writes files by, the network's look included."""
    small = np.random.default_rng(0).random((683, 1024, 3), np.float32)
    tile = np.random.default_rng(1).random((1000, 1000, 3), np.float32)
    tiles = [Image(tile, origin=(x, y)) for y in range(0, 4000, 1000) for x in range(0, 6000, 1000)]
    model.tell(small, Job())
    began = perf_counter()
    grade = grade_of(model.tell(small, Job()), small, (6000, 4000))
    for part in tiles:
        graded(part.rgb, part, grade, 1.0)
    return 24 / (perf_counter() - began)


def spoiled(pool: Pool, count: int, size: int, chance: torch.Generator, kept: float = KEPT) -> Damaged:
    """`count` squares of good photos, and the same damaged but for the part that is `kept`."""
    good = pool.draw(count, size, chance)
    return Damaged(damaged(good, chance, kept), good)


def oklab(rgb: Tensor) -> Tensor:
    """sRGB-encoded (n, 3, h, w) in OKLab (Ottosson 2020): steps that look alike are alike, except that the colour axes
    are stretched here as far as the eye tells them apart in photos (twice)."""
    return colours.oklab(rgb) * torch.tensor([1.0, 2.0, 2.0], device=rgb.device)[:, None, None]


def decibels(made: Tensor, good: Tensor) -> Tensor:
    """PSNR of each photo (n,), in dB."""
    return -10 * (made.clamp(0, 1) - good).square().mean((1, 2, 3)).clamp(min=1e-6).log10()


def rough(grade: Grade) -> Tensor:
    """What speaks against a `Grade` whatever the photo: tables that bend or that fall, light and curves that jump."""
    table = grade.table
    bends = sum((table.diff(n=2, dim=d).square().mean() for d in (2, 3, 4)), torch.zeros(()))
    falls = sum(
        (torch.relu(-STEEPEST - table[:, channel].diff(dim=3 - channel)).mean() for channel in range(3)),
        torch.zeros(()),
    )
    uneven = sum((grade.field.diff(dim=d).square().mean() for d in (2, 3)), torch.zeros(()))
    slopes = (grade.curves.diff(dim=2) * STEPS).log()
    return SMOOTH * 1e3 * bends + RISE * falls + EVEN * uneven + GENTLE * slopes.diff(dim=2).square().mean()


TASK = Enhance()
