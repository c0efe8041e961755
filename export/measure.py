"""Measure: what every measuring needs: pictures, noise from a seed, PSNR, the level as the app finds it, a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from editor.core.edit import Look
from editor.core.engine import spread
from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.model import Model
from editor.core.noise import level_of
from editor.ml.network import Network
from export.data.photos import pictures, read
from export.task import Score, Task


def scenes(folder: Path) -> list[Pixels]:
    """Every picture below `folder`, float32 (h, w, 3) in 0..1. Raises ValueError where there is none."""
    if not folder.is_dir():
        raise ValueError(f"{folder}: there is no such folder")
    files = pictures([folder])
    if not files:
        raise ValueError(f"{folder}: there are no pictures in it")
    return [read(file).astype(np.float32) / np.float32(255) for file in files]


def name_of(folder: Path, count: int) -> str:
    """What a set of pictures is called in tables and cards; published rows hold for the whole of CBSD68 only."""
    known = any(part.lower() == "cbsd68" for part in folder.resolve().parts)
    return "CBSD68" if known and count == 68 else folder.resolve().name


def with_noise(clean: Pixels, sigma: float, seed: int) -> Pixels:
    """White Gaussian noise of `sigma` (8-bit units) added in float and not clipped."""
    noise = np.random.default_rng(seed).standard_normal(clean.shape, np.float32)
    return clean + noise * np.float32(sigma / 255)


def psnr(picture: Pixels, clean: Pixels) -> float:
    """In dB, after clipping and rounding to 8 bits, as the papers do with what their networks return."""
    steps = np.rint(picture.clip(0, 1) * 255) - np.rint(clean * 255)
    return float(10 * np.log10(255**2 / max(np.mean(np.square(steps, dtype=np.float64)), 1e-10)))


def blind_level(estimator: Model, rgb: Pixels) -> float:
    """The level of the noise (sigma / 255) as the app finds it when left to itself."""
    spots = spread((rgb.shape[1], rgb.shape[0]), Look.PATCH)
    return level_of(estimator, [rgb[s.y : s.bottom, s.x : s.right] for s in spots], Job())


def table(columns: Sequence[str], rows: Sequence[tuple[str, Mapping[str, float]]], digits: int = 2) -> str:
    """`rows` as a Markdown table; a dash where a row has no number."""
    lines = [["", *columns], ["---", *["---:"] * len(columns)]]
    for name, numbers in rows:
        lines.append([name, *(f"{numbers[c]:.{digits}f}" if c in numbers else "–" for c in columns)])
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join("| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
                     for line in lines)  # fmt: skip


def measure(task: Task[Any], path: Path, folders: Sequence[Path], models: Path) -> Score:
    """The model at `path` on the pictures in `folders`, through `Network`, which is what the app runs.

    Raises ModelError for a file that is no model of Packshot's, ValueError for a model of another task or a folder
    with nothing to measure on.
    """
    network = Network(path)
    if network.card.task.partition("-")[0] != task.name:
        raise ValueError(f"{path}: is for {network.card.task!r}, not {task.name!r}")
    return task.measure(network, folders, models)
