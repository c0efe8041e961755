"""Task: what the one training loop has to know about a network in order to train it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Config:
    """What a run was told; it is kept in the checkpoint. Sizes in pixels, times in minutes."""

    task: str
    data: tuple[str, ...]
    minutes: float = 150.0
    batch: int = 16
    patch: int = 96
    lr: float = 3e-3
    warm_up: float = 0.01  # part of the run in which the learning rate rises
    ema: float = 0.999
    seed: int = 0


Batch = TypeVar("Batch")


class Task(ABC, Generic[Batch]):
    """One network and how it learns. Frozen data; the loop holds everything that changes."""

    name: str
    title: str
    defaults: Config

    @abstractmethod
    def net(self) -> nn.Module:
        """A new network, untrained."""

    @abstractmethod
    def load(self, config: Config, device: torch.device) -> object:
        """The training material, decoded into memory. Raises ValueError where a folder holds too little."""

    @abstractmethod
    def batch(self, material: object, config: Config, chance: torch.Generator) -> Batch:
        """One random batch of what the net sees and what it ought to say."""

    @abstractmethod
    def loss(self, net: nn.Module, batch: Batch) -> Tensor:
        """How wrong the net is, a scalar."""

    @abstractmethod
    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        """A quick look at held-out photos: named numbers, and the same photos every time."""

    def picture(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> Tensor | None:
        """A sample sheet for TensorBoard, (3, h, w) in 0..1, or None where there is nothing to see."""
        return None
