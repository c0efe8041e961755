"""Tagger: tells a product's category, colour, wearer and use by its looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from editor.core.job import Job
from editor.core.model import Model
from editor.ml.card import Card
from export.data.wares import WORDS, Wares, over_white, wares
from export.measure import table
from export.nets.tagger import TaggerConfig, TaggerNet
from export.resembling import Seen
from export.task import Config, Score, Task
from export.train import load, recall

SIDE = 128
SMOOTHED = 0.05  # of every answer is left to the other words: labels are wrong now and then
TURNED, SHIFTED, SIZED = 0.12, 0.05, 0.1  # rad, sides, and ratio by which products differ when they are learned
NEIGHBOURS = 32  # pixels on a side at which nearest neighbours are looked for
AHEAD = 0.05  # of categories that a published model tells more of than them
FEATURES = "features"


@dataclass(frozen=True)
class Told:
    """Pictures (n, 4, side, side), over white with alpha, and which word of each kind is said of them (n, kinds), -1
    where none is."""

    picture: Tensor
    words: Tensor


class Tagger(Task[Told]):
    name = "tagger"
    title = "Tagger"
    defaults = Config("tagger", (), minutes=10.0, batch=64, patch=SIDE, lr=2e-3, ema=0.995)
    card = Card(
        "tagger",
        "Tagger",
        inputs=("matte",),
        multiple_of=TaggerNet.multiple_of,
        size=(SIDE, SIDE),
        answers=(*WORDS, FEATURES),
        licence="GPL-3.0-or-later",
    )
    rank = "category told"

    def __init__(self, shape: TaggerConfig | None = None) -> None:
        self.shape = shape or TaggerConfig(heads=tuple(len(words) for words in WORDS.values()))
        self._kept: tuple[tuple[str, ...], Told] | None = None

    def net(self) -> nn.Module:
        return TaggerNet(self.shape)

    def load(self, config: Config, device: torch.device) -> Wares:
        material = self._wares(config.data)
        if not (~material.held).any():
            raise ValueError(f"{', '.join(config.data)}: there are no products to train on")
        return material

    def batch(self, material: object, config: Config, chance: torch.Generator) -> Told:
        assert isinstance(material, Wares)
        rows = torch.from_numpy(np.flatnonzero(~material.held))
        return varied(told(material, rows[torch.randint(len(rows), (config.batch,), generator=chance)]), chance)

    def loss(self, net: nn.Module, batch: Told) -> Tensor:
        """Cross entropy of what is known, each kind counting the same."""
        assert isinstance(net, TaggerNet)
        device = next(net.parameters()).device
        picture = batch.picture.to(device, memory_format=torch.channels_last)
        words = batch.words.to(device)
        wrong = [
            F.cross_entropy(said, due, ignore_index=-1, reduction="sum", label_smoothing=SMOOTHED)
            / (due >= 0).sum().clamp(min=1)
            for said, due in zip(net.logits(net.features(picture)), words.T, strict=True)
        ]
        return torch.stack(wrong).mean()

    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        """How often the likeliest word is the right one, for held-out products."""
        places = tuple(map(str, folders))
        if self._kept is None or self._kept[0] != places:
            self._wares(places)
        assert self._kept is not None and isinstance(net, TaggerNet)
        seen = self._kept[1]
        said = [[part.argmax(1).cpu() for part in net.logits(net.features(some.to(device)))]
                for some in torch.split(seen.picture, 64)]  # fmt: skip
        return right([torch.cat(parts) for parts in zip(*said, strict=True)], seen.words)

    def _wares(self, places: Sequence[str]) -> Wares:
        material = wares([Path(place) for place in places], SIDE)
        self._kept = tuple(places), told(material, torch.from_numpy(np.flatnonzero(material.held)))
        return material

    def measure(self, model: Model, folders: Sequence[Path], models: Path) -> Score:
        """All held-out products of the folders; beside it, the words of the nearest product that was trained on."""
        material = wares(folders, SIDE)
        held = torch.from_numpy(np.flatnonzero(material.held))
        if not len(held):
            raise ValueError(f"{', '.join(map(str, folders))}: there are no held-out products")
        seen = told(material, held)
        guesses: list[list[int]] = [[] for _ in WORDS]
        for picture in seen.picture.permute(0, 2, 3, 1).numpy():
            says = model.tell(np.ascontiguousarray(picture[..., :3]), Job(), matte=picture[..., 3])
            for guess, kind in zip(guesses, WORDS, strict=True):
                guess.append(int(says[kind].argmax()))
        numbers = right([torch.tensor(guess) for guess in guesses], seen.words)
        near = right(neighbours(material, held, torch.from_numpy(np.flatnonzero(~material.held))), seen.words)
        numbers |= {f"{name} by the nearest": value for name, value in near.items()} | {"products": float(len(held))}
        return Score(numbers, self.report(numbers))

    def report(self, numbers: Mapping[str, float]) -> str:
        told_right = {"Packshot": "", "nearest neighbour by pixels": " by the nearest"}
        rows = [(name, {kind: numbers[key] for kind in WORDS if (key := f"{kind} told{end}") in numbers})
                for name, end in told_right.items()]  # fmt: skip
        return f"Of {numbers['products']:.0f} held-out products, told right, 0..1:\n\n{table(list(WORDS), rows, 3)}"

    def shortfall(self, numbers: Mapping[str, float]) -> str:
        gain = numbers["category told"] - numbers["category told by the nearest"]
        return "" if gain >= AHEAD else f"{gain:.3f} ahead of the nearest neighbour; {AHEAD:g} are the least"


def told(material: Wares, rows: Tensor) -> Told:
    """Those products as a batch."""
    places = rows.numpy()
    words = np.stack([material.labels[kind][places] for kind in WORDS], 1)
    return Told(over_white(material.pictures[places]), torch.from_numpy(words))


def varied(drawn: Told, chance: torch.Generator) -> Told:
    """The same, mirrored, turned, moved and sized a little at random; nobody's colour is changed."""
    count = len(drawn.picture)

    def some(spread: float) -> Tensor:
        return (2 * torch.rand(count, generator=chance) - 1) * spread

    angle, size = some(TURNED), (1 + some(SIZED))[:, None]
    mirror = torch.where(torch.rand(count, generator=chance) < 0.5, -1.0, 1.0)
    across = torch.cat([size * torch.stack([mirror * angle.cos(), -angle.sin()], 1), some(SHIFTED)[:, None]], 1)
    down = torch.cat([size * torch.stack([mirror * angle.sin(), angle.cos()], 1), some(SHIFTED)[:, None]], 1)
    grid = F.affine_grid(torch.stack([across, down], 1), list(drawn.picture.shape), align_corners=False)
    paper = torch.tensor([1.0, 1.0, 1.0, 0.0])[:, None, None]  # so that white, not black, comes in at the sides
    return Told(F.grid_sample(drawn.picture - paper, grid, align_corners=False) + paper, drawn.words)


def right(guesses: Sequence[Tensor], words: Tensor) -> dict[str, float]:
    """Which part of the guesses (n) for each kind are the words (n, kinds), of those where one is known."""
    pairs = zip(WORDS, guesses, words.T, strict=True)
    return {f"{k} told": float((guess == due)[due >= 0].float().mean()) for k, guess, due in pairs if (due >= 0).any()}


def neighbours(material: Wares, rows: Tensor, known: Tensor) -> list[Tensor]:
    """For each kind the word (n) of the product among `known` that looks most like the one in `rows`, by its pixels
    made small, of those that have one."""

    def flat(part: Tensor) -> Tensor:
        pieces = torch.split(part, 256)
        small = [F.interpolate(told(material, some).picture, size=NEIGHBOURS, mode="area") for some in pieces]
        return torch.cat(small).flatten(1)

    apart = torch.cdist(flat(rows), flat(known))
    labels = (torch.from_numpy(material.labels[kind])[known] for kind in WORDS)
    return [label[(apart + 1e9 * (label < 0)).argmin(1)] for label in labels]


def tagger_of(checkpoint: Path, device: torch.device | str = "cpu") -> TaggerNet:
    """The averaged net in a checkpoint of `train tagger`, to be looked through and not trained. Raises ValueError."""
    kept = recall(checkpoint, device)
    if kept["config"].get("task") != TASK.name:
        raise ValueError(f"{checkpoint}: is a checkpoint of {kept['config'].get('task')!r}, not of {TASK.name!r}")
    net = TASK.net()
    load(net, kept["mean"], checkpoint)
    assert isinstance(net, TaggerNet)
    return net.to(device).eval().requires_grad_(False)


def eyes(checkpoint: Path, device: torch.device | str = "cpu") -> Seen:
    """What the net of a checkpoint sees in pictures (n, 4, h, w): maps at three depths. Raises ValueError."""
    return tagger_of(checkpoint, device).maps


TASK = Tagger()
