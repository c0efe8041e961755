"""Task: all that the toolchain has to know about one network, to train it, to label it and to measure it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

from editor.core.codes import Codes
from editor.core.model import Model
from editor.ml.card import Card


@dataclass(frozen=True)
class Config:
    """What a run was told; it is kept in the checkpoint. Sizes in pixels, times in minutes."""

    task: str
    data: tuple[str, ...]
    minutes: float = 150.0
    steps: int = 0  # if not 0, the run is that many steps long, whatever the minutes: it can be repeated exactly
    batch: int = 16
    patch: int = 96
    lr: float = 3e-3
    warm_up: float = 0.01  # part of the run in which the learning rate rises
    ema: float = 0.999
    seed: int = 0
    arch: str = ""  # where a task has several kinds of net, which
    code: int = 0  # numbers of a code, where a task has codes; 0: as many as it likes
    features: str = ""  # the checkpoint of a net whose features are compared, where a task does so
    start: str = ""  # what is known of the weights it began with; empty: it began with random ones


@dataclass(frozen=True)
class Score:
    """What a network was measured to do: numbers for its card, and the same beside others' as a table; and what was
    found out of its codes on the way, where it has some."""

    numbers: dict[str, float]
    table: str
    codes: Codes | None = None


Batch = TypeVar("Batch")


class Task(ABC, Generic[Batch]):
    """One network and how it learns. Frozen data; the loop holds everything that changes."""

    name: str
    title: str
    defaults: Config
    card: Card  # all that is true before training: how the network is to be run, and its licence
    rank: str  # how the name of the measured number ends by which a better model is told
    higher_is_better: bool = True
    archs: tuple[str, ...] = ()  # the kinds of net there are, where there are several

    def shaped(self, config: Config) -> Task[Batch]:
        """The task with the net that a run was told to train."""
        return self

    @abstractmethod
    def net(self) -> nn.Module:
        """A new network, untrained. It takes the image and then the card's inputs, in this order."""

    @abstractmethod
    def load(self, config: Config, device: torch.device) -> object:
        """The training material, decoded into memory. Raises ValueError where a folder holds too little."""

    def begin(self, net: nn.Module, material: object) -> None:
        """Sets what an untrained net can be told of its material beforehand."""
        return None

    def finish(self, net: nn.Module, material: object, say: Callable[[str], None]) -> None:
        """Teaches a trained net what it can only learn when all else stays as it is."""
        return None

    @abstractmethod
    def batch(self, material: object, config: Config, chance: torch.Generator) -> Batch:
        """One random batch of what the net sees and what it ought to say."""

    @abstractmethod
    def loss(self, net: nn.Module, batch: Batch) -> Tensor:
        """How wrong the net is, a scalar."""

    @abstractmethod
    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        """A quick look at held-out photos: named numbers, and the same photos every time."""

    @abstractmethod
    def measure(self, model: Model, folders: Sequence[Path], models: Path) -> Score:
        """The model, as the app runs it, on the pictures in `folders`; `models` is where its neighbours lie.

        Raises ValueError where a folder holds nothing to measure on.
        """

    @abstractmethod
    def report(self, numbers: Mapping[str, float]) -> str:
        """What was measured, beside what others reach, as a Markdown table."""

    @abstractmethod
    def shortfall(self, numbers: Mapping[str, float]) -> str:
        """Why a model with these measured numbers is not fit to be published; empty if it is."""

    def picture(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> Tensor | None:
        """A sample sheet for TensorBoard, (3, h, w) in 0..1, or None where there is nothing to see."""
        return None
