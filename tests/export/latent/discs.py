"""Discs: drawn products, and nets so small that they learn of them in a second."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import cv2
import numpy as np
import torch

from export.codes import convert_parts
from export.data.photos import held_out
from export.data.wares import WORDS, Wares
from export.nets.latent import LatentConfig
from export.task import Config
from export.tasks.latent import Latent, words

TINY = LatentConfig(
    side=32, code=16, words=len(words()), encoder=(8, 8, 8, 8), decoder=(16, 16), blocks=(1, 1), start=8, mood=8,
    judge=(8, 8, 8), thoughts=1, thought=16,
)  # fmt: skip
QUICK = Config("latent", ("somewhere",), steps=60, batch=8, patch=32, lr=4e-3, ema=0.9, arch="cvae-gan", code=16)
NOWHERE = torch.device("cpu")


def drawn(count: int = 120, side: int = 32) -> Wares:
    """Discs and bars in soft light, straight RGBA; the colour is told for all, the category for most."""
    chance = np.random.default_rng(0)
    pictures, category, colour = [], [], []
    paints = {"red": (0.8, 0.1, 0.1), "green": (0.1, 0.6, 0.2), "blue": (0.1, 0.2, 0.8)}
    for _ in range(count):
        kind, name = int(chance.integers(2)), list(paints)[int(chance.integers(3))]
        alpha = np.zeros((4 * side, 4 * side), np.float32)
        wide, high = (int(k) for k in chance.integers(side // 2, int(1.7 * side), 2))
        if kind:
            cv2.ellipse(alpha, (2 * side, 2 * side), (wide, high), 0, 0, 360, 1, -1)
        else:
            cv2.rectangle(alpha, (2 * side - wide, 2 * side - high), (2 * side + wide, 2 * side + high), 1, -1)
        alpha = np.asarray(cv2.resize(alpha, (side, side), interpolation=cv2.INTER_AREA))
        shade = np.linspace(1, 0.6 + 0.4 * chance.random(), side)[:, None] * np.ones(side)
        rgb = np.where(alpha[..., None] > 0, np.array(paints[name]) * shade[..., None], 1.0)
        pictures.append(np.uint8(255 * np.dstack([rgb, alpha]) + 0.5).transpose(2, 0, 1))
        category.append(kind if chance.random() < 0.8 else -1)
        colour.append(WORDS["colour"].index(name))
    names = tuple(f"ware{n}" for n in range(count))
    labels = {kind: np.full(count, -1, np.int64) for kind in WORDS}
    labels |= {"category": np.array(category, np.int64), "colour": np.array(colour, np.int64)}
    return Wares(np.stack(pictures), names, np.array([held_out(Path(name)) for name in names]), labels)


def converted(arch: str, room: Path) -> Latent:
    """A tiny net with weights from a seed, as ONNX files in `room`."""
    task = Latent(replace(TINY, arch=arch))
    torch.manual_seed(3)
    net = task.net()
    for weight in net.parameters():
        torch.nn.init.normal_(weight, std=0.5 / weight[0].numel() ** 0.5)
    config = asdict(replace(QUICK, arch=arch, data=()))
    weights = net.state_dict()
    record = {"config": config, "net": weights, "mean": weights, "optimizer": [], "spent": 60.0, "step": 5}
    torch.save(record, room / "checkpoint.pt")
    convert_parts(task, room / "checkpoint.pt", room, half=True, commit="0123abc")
    return task
