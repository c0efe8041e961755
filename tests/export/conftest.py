"""Material for the toolchain's tests: pictures drawn from a seed, a small denoiser, and its ONNX file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from export.convert import convert
from export.data.photos import held_out
from export.nets.unet import UNetConfig
from export.task import Config
from export.tasks.denoise import Denoise

SMALL = UNetConfig((8, 8, 8), (1, 1, 1))


def drawn(seed: int, side: int = 96) -> np.ndarray:
    """A picture of coloured discs on a gradient, uint8 (side, side, 3)."""
    chance = np.random.default_rng(seed)
    picture = np.zeros((side, side, 3), np.uint8)
    picture[:] = np.linspace(chance.integers(0, 90, 3), chance.integers(120, 255, 3), side)[:, None]
    for _ in range(12):
        centre, radius = chance.integers(0, side, 2).tolist(), int(chance.integers(4, side // 4))
        cv2.circle(picture, centre, radius, chance.integers(0, 255, 3).tolist(), -1, cv2.LINE_AA)
    return picture


def fill(folder: Path, count: int = 12, side: int = 96) -> Path:
    """`count` drawn pictures to train on, and one that is held out."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"drawn{seed}.png" for seed in range(1000)]
    held = next(name for name in names if held_out(Path(name)))
    for seed, name in enumerate([*[name for name in names if not held_out(Path(name))][:count], held]):
        (folder / name).write_bytes(cv2.imencode(".png", drawn(seed, side))[1].tobytes())
    return folder


def checkpoint(task: Any, path: Path, data: Path) -> dict[str, torch.Tensor]:
    """Writes a checkpoint of `task` with weights from a seed, in which nothing is zero, and returns them."""
    torch.manual_seed(3)
    net = task.net()
    for weight in net.parameters():
        torch.nn.init.normal_(weight, std=0.5 / weight[0].numel() ** 0.5)
    weights = {name: weight.clone() for name, weight in net.state_dict().items()}
    config = asdict(Config(task.name, (str(data),)))
    torch.save({"config": config, "net": weights, "mean": weights, "optimizer": [], "spent": 60.0, "step": 5}, path)
    return weights


@pytest.fixture(autouse=True, scope="session")
def _one_thread() -> Iterator[None]:
    """Nets as small as these are quickest so, also while other work goes on."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Twelve drawn pictures and one that is held out."""
    return fill(tmp_path / "photos")


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """The same, large enough to measure on."""
    return fill(tmp_path / "large", side=256)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Denoise, Path, dict[str, torch.Tensor]]:
    """A small denoiser, converted once: its task, its ONNX file (not to be changed) and its weights."""
    folder = tmp_path_factory.mktemp("made")
    task = Denoise(SMALL)
    weights = checkpoint(task, folder / "checkpoint.pt", fill(folder / "photos", 3))
    convert(task, folder / "checkpoint.pt", folder / "denoise.onnx", half=True, commit="0123abc")
    return task, folder / "denoise.onnx", weights
