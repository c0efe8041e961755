"""Noise: tells how strong the noise in a photo is, so that the denoiser can be left to itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from editor.core.model import Model
from editor.ml.card import Card
from export.data.camera import shot, white
from export.data.photos import Patches, find, samples
from export.measure import blind_level, name_of, scenes, table
from export.nets.level import LevelConfig, LevelNet
from export.task import Config, Score, Task

EPSILON = 0.5 / 255  # below this, levels count as alike
GRID = 8
SMOOTH = 5  # the level is taken over this many cells of the grid, 40 pixels
SIGMAS = (5, 15, 25, 50)


@dataclass(frozen=True)
class Graded:
    """Pictures (n, 3, h, w) and the local level of their noise (n, 1, h / 8, w / 8)."""

    image: Tensor
    level: Tensor


class Noise(Task[Graded]):
    name = "noise"
    title = "Noise level"
    defaults = Config("noise", (), minutes=12.0, patch=128, lr=2e-3, ema=0.998)

    card = Card("noise", "Noise level", scale=1 / GRID, multiple_of=LevelNet.multiple_of, licence="GPL-3.0-or-later")
    rank = "mean off by log2"
    higher_is_better = False

    def __init__(self, shape: LevelConfig | None = None) -> None:
        self.shape = shape or LevelConfig()

    def net(self) -> nn.Module:
        return LevelNet(self.shape)

    def load(self, config: Config, device: torch.device) -> Patches:
        return Patches(find(map(Path, config.data)), config.patch, device)

    def batch(self, material: object, config: Config, chance: torch.Generator) -> Graded:
        """Of sixteen patches six with white noise up to sigma 75, three up to 20, two clean, five from a camera."""
        assert isinstance(material, Patches)
        clean = material.draw(config.batch, config.patch, chance)
        strong, weak, quiet, camera = torch.split(clean, _shares(config.batch, (6, 3, 2, 5)))
        photographed, target = shot(camera, chance)
        (loud, high), (soft, low) = white(strong, 75 / 255, chance), white(weak, 20 / 255, chance)
        # where white noise was clipped, what is left of it tells of the rest: the level is the true one
        levels = [high, low, torch.zeros_like(quiet[:, :1, :1, :1])]
        grid = [side // GRID for side in clean.shape[2:]]
        known = torch.cat(levels).expand(-1, 1, *grid)
        image = torch.cat([loud, soft, quiet, photographed])
        return Graded(image, torch.cat([known, local(photographed - target)]))

    def loss(self, net: nn.Module, batch: Graded) -> Tensor:
        """How far off, as a ratio: to take 4 for 2 is as wrong as to take 40 for 20."""
        loss: Tensor = ((net(batch.image).float() + EPSILON).log() - (batch.level + EPSILON).log()).abs().mean()
        return loss

    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        """How far off the level of a 256 px patch is: mean |log2(said / true)|, and what is said of clean photos."""
        answers = (
            (name, float(net(noisy.to(device)).float().square().mean().sqrt()), true)
            for name, noisy, true in _trials(samples(folders))
        )
        return _errors(answers)

    def measure(self, model: Model, folders: Sequence[Path], models: Path) -> Score:
        numbers: dict[str, float] = {}
        for folder in folders:
            numbers |= self._on(model, folder)
        return Score(numbers, self.report(numbers))

    def _on(self, model: Model, folder: Path) -> dict[str, float]:
        photos = scenes(folder)
        name = name_of(folder, len(photos))
        whole = (
            torch.from_numpy(p).permute(2, 0, 1)[None, :, : p.shape[0] // 2 * 2, : p.shape[1] // 2 * 2] for p in photos
        )
        answers = ((n, blind_level(model, t[0].permute(1, 2, 0).numpy()), true) for n, t, true in _trials(whole))
        numbers = {f"{name} {what}": value for what, value in _errors(answers).items()}
        ratios = [value for what, value in numbers.items() if "log2" in what]
        numbers[f"{name} {self.rank}"] = sum(ratios) / len(ratios)
        return numbers

    def report(self, numbers: Mapping[str, float]) -> str:
        return table(["measured"], [(name, {"measured": value}) for name, value in numbers.items()])

    def shortfall(self, numbers: Mapping[str, float]) -> str:
        worst = max((value for name, value in numbers.items() if "log2, white" in name), default=9.0)
        said = max((value for name, value in numbers.items() if "clean" in name), default=99.0)
        if worst > 0.5:
            return f"white noise is misjudged by {worst:.2f} octaves; half an octave is the most"
        return f"clean photos are said to have noise of sigma {said:.1f}; 3 is the most" if said > 3 else ""


def _octaves(level: float) -> float:
    """In octaves; below sigma 1 nobody sees a difference, so all that counts as 1."""
    return log2(max(level, 1 / 255))


def _shares(whole: int, parts: tuple[int, ...]) -> list[int]:
    """`whole` divided in the proportion of `parts`, the last one taking what is left over."""
    shares = [whole * part // sum(parts) for part in parts[:-1]]
    return [*shares, whole - sum(shares)]


def local(noise: Tensor) -> Tensor:
    """RMS of `noise` (n, 3, h, w) over the 40 pixels around each cell of 8, (n, 1, h / 8, w / 8)."""
    power = F.avg_pool2d(noise.square().mean(1, keepdim=True), GRID)
    return F.avg_pool2d(power, SMOOTH, 1, SMOOTH // 2, count_include_pad=False).sqrt()


def _errors(answers: Iterable[tuple[str, float, float]]) -> dict[str, float]:
    """From (kind, level said, true level): mean |log2 (said / true)| of each kind, and what was said of clean ones."""
    errors: dict[str, list[float]] = {}
    for name, said, true in answers:
        if true:
            errors.setdefault(f"off by log2, {name}", []).append(abs(_octaves(said) - _octaves(true)))
        else:
            errors.setdefault(f"sigma said of {name}", []).append(255 * said)
    return {name: sum(values) / len(values) for name, values in errors.items()}


def _trials(photos: Iterable[Tensor]) -> Iterator[tuple[str, Tensor, float]]:
    """(kind, picture, RMS of its noise) for each photo (1, 3, h, w), the same every time."""
    for index, clean in enumerate(photos):
        chance = torch.Generator().manual_seed(index)
        yield "clean photos", clean, 0.0
        for sigma in SIGMAS:
            yield f"white {sigma}", clean + torch.randn(clean.shape, generator=chance) * sigma / 255, sigma / 255
        for _ in range(3):
            noisy, target = shot(clean, chance)
            yield "camera", noisy, float((noisy - target).square().mean().sqrt())


TASK = Noise()
