"""Denoise: takes the noise out of a photo and leaves the photo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.model import Model
from editor.ml.card import Card
from editor.ml.network import Network
from export.data.camera import shot, white
from export.data.photos import Patches, find, samples
from export.measure import blind_level, name_of, psnr, scenes, table, with_noise
from export.nets.unet import UNet, UNetConfig
from export.task import Config, Score, Task

HIGHEST = 75 / 255  # the strongest noise in training
CAMERA = 0.25  # the part of a batch that comes from the camera model
SIGMAS = (15, 25, 50)
Way = Callable[[Pixels, int], Pixels]  # (noisy, sigma in 8-bit units) to clean
STRENGTHS = (0.6, 0.8, 1.0)  # of OpenCV's filter, in sigmas
PUBLISHED = {  # mean PSNR on CBSD68 at sigma 15, 25, 50
    "CBM3D (Dabov et al., ICIP 2007)": (33.52, 30.71, 27.38),
    "DnCNN, a net for each level (Zhang et al., TIP 2017)": (33.90, 31.24, 27.95),
    "DnCNN-B, blind (Zhang et al., TIP 2017)": (33.89, 31.23, 27.92),
    "FFDNet (Zhang et al., TIP 2018)": (33.87, 31.21, 27.96),
    "DRUNet, 20 times dearer (Zhang et al., TPAMI 2021)": (34.30, 31.69, 28.51),
}


@dataclass(frozen=True)
class Noisy:
    """Pictures (n, 3, h, w), the level they are said to have (n, 1, h, w), and what they should become."""

    image: Tensor
    level: Tensor
    target: Tensor


class Denoise(Task[Noisy]):
    name = "denoise"
    title = "Denoiser"
    defaults = Config("denoise", (), lr=1e-3)
    card = Card(
        "denoise", "Denoiser", inputs=("level",), multiple_of=UNet.multiple_of, tile=768, overlap=112,
        licence="GPL-3.0-or-later",
    )  # fmt: skip
    rank = "mean PSNR"

    def __init__(self, shape: UNetConfig | None = None) -> None:
        self.shape = shape or UNetConfig()

    def net(self) -> nn.Module:
        return UNet(self.shape)

    def load(self, config: Config, device: torch.device) -> Patches:
        return Patches(find(map(Path, config.data)), config.patch, device)

    def batch(self, material: object, config: Config, chance: torch.Generator) -> Noisy:
        assert isinstance(material, Patches)
        clean = material.draw(config.batch, config.patch, chance)
        cut = round(config.batch * (1 - CAMERA))
        noisy, sigma = white(clean[:cut], HIGHEST, chance)
        camera, target = shot(clean[cut:], chance)
        # the camera's noise varies over the picture; the net is told its mean, about as well as it can be estimated
        measured = (camera - target).square().mean((1, 2, 3), keepdim=True).sqrt()
        guess = measured * torch.exp(0.15 * torch.randn(measured.shape, generator=chance)).to(measured.device)
        level = torch.cat([sigma, guess]).expand(-1, 1, *clean.shape[2:])
        return Noisy(torch.cat([noisy, camera]), level, torch.cat([clean[:cut], target]))

    def loss(self, net: nn.Module, batch: Noisy) -> Tensor:
        """Log of the squared error, each picture's in proportion to what a good denoiser leaves at its level.

        That is about level^1.15: between sigma 15 and 50, published denoisers lose 6 dB. A log of each one's error
        would make pictures count the more the less there is in them.
        """
        error = (net(batch.image, batch.level).float() - batch.target).square().mean((1, 2, 3))
        level = batch.level.mean((1, 2, 3))
        loss: Tensor = (error / (level + 2 / 255) ** 1.15).mean().log()
        return loss

    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        sums = dict.fromkeys(SIGMAS, 0.0)
        photos = samples(folders)
        for index, clean in enumerate(photos):
            for sigma in SIGMAS:
                noise = torch.randn(clean.shape, generator=torch.Generator().manual_seed(index)) * sigma / 255
                level = torch.full((1, 1, *clean.shape[2:]), sigma / 255)
                out = net((clean + noise).to(device), level.to(device)).float().cpu()
                sums[sigma] += float(-10 * (out - clean).square().mean().log10())
        return {f"PSNR at sigma {sigma}": total / len(photos) for sigma, total in sums.items() if photos}

    def picture(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> Tensor | None:
        rows = []
        for index, clean in enumerate(samples(folders)[:4]):
            noise = torch.randn(clean.shape, generator=torch.Generator().manual_seed(index)) * 25 / 255
            level = torch.full((1, 1, *clean.shape[2:]), 25 / 255)
            out = net((clean + noise).to(device), level.to(device)).float().cpu()
            rows.append(torch.cat([clean, clean + noise, out], 3)[0])
        return torch.cat(rows, 1).clamp(0, 1) if rows else None

    def measure(self, model: Model, folders: Sequence[Path], models: Path) -> Score:
        numbers: dict[str, float] = {}
        for folder in folders:
            numbers |= self._on(model, folder, models)
        return Score(numbers, self.report(numbers))

    def _on(self, model: Model, folder: Path, models: Path) -> dict[str, float]:
        """Mean PSNR with the level told and, where the network `noise` is at hand, with the level that it finds; the
        same of OpenCV's fastNlMeansDenoisingColored. White noise from a seed, in float and not clipped."""
        photos = scenes(folder)
        name, strengths = name_of(folder, len(photos)), _strengths(photos[::23])
        ways: dict[str, Way] = {
            "": lambda noisy, sigma: model.run(noisy, Job(), level=sigma / 255),
            "NLM ": lambda noisy, sigma: by_opencv(noisy, strengths[sigma]),
        }
        if (models / "noise.onnx").is_file():
            finder = Network(models / "noise.onnx")
            ways["blind "] = lambda noisy, sigma: model.run(noisy, Job(), level=blind_level(finder, noisy))
        numbers: dict[str, float] = {}
        for way, run in ways.items():
            seconds = 0.0
            for sigma in SIGMAS:
                total = 0.0
                for seed, clean in enumerate(photos):
                    noisy = with_noise(clean, sigma, seed)
                    began = perf_counter()
                    out = run(noisy, sigma)
                    seconds += perf_counter() - began
                    total += psnr(out, clean)
                numbers[f"{name} {way}sigma {sigma}"] = total / len(photos)
            pixels = len(SIGMAS) * sum(p.shape[0] * p.shape[1] for p in photos)
            numbers[f"{name} {way}MP/s"] = pixels / seconds / 1e6
        numbers[f"{name} {self.rank}"] = sum(numbers[f"{name} sigma {s}"] for s in SIGMAS) / len(SIGMAS)
        return numbers

    def report(self, numbers: Mapping[str, float]) -> str:
        columns = [*(f"sigma {s}" for s in SIGMAS), "MP/s"]
        ways = {"": "Packshot, told the level", "blind ": "Packshot, left to itself",
                "NLM ": "OpenCV fastNlMeansDenoisingColored"}  # fmt: skip
        tables = []
        for name in sorted(key.removesuffix(f" {self.rank}") for key in numbers if key.endswith(self.rank)):
            rows = [(title, {c: numbers[f"{name} {way}{c}"] for c in columns if f"{name} {way}{c}" in numbers})
                    for way, title in ways.items()]  # fmt: skip
            if name == "CBSD68":
                rows += [(title, dict(zip(columns, values, strict=False))) for title, values in PUBLISHED.items()]
            head = f"Mean PSNR in dB on {name}, white noise, not clipped (published rows as their authors give them):"
            tables.append(f"{head}\n\n{table(columns, [row for row in rows if row[1]])}")
        return "\n\n".join(tables)

    def shortfall(self, numbers: Mapping[str, float]) -> str:
        for key, value in numbers.items():
            rival = numbers.get(key.replace("sigma", "NLM sigma"), 0.0)
            if "sigma" in key and "NLM" not in key and "blind" not in key and value <= rival:
                return f"{key}: {value:.2f} dB, no better than OpenCV's {rival:.2f}"
        return ""


def by_opencv(noisy: Pixels, strength: float) -> Pixels:
    """What OpenCV's non-local means for colour makes of a noisy picture; it takes 8 bits, so it gets it clipped."""
    filed = np.rint(noisy.clip(0, 1) * 255).astype(np.uint8)
    clean: Pixels = cv2.fastNlMeansDenoisingColored(filed, None, strength, strength, 7, 21).astype(np.float32) / 255
    return clean


def _strengths(photos: Sequence[Pixels]) -> dict[int, float]:
    """The strength that suits OpenCV's filter best at each sigma, tried on a few of the very pictures to be measured:
    an advantage for it."""

    def reached(sigma: int, strength: float) -> float:
        pairs = ((with_noise(clean, sigma, seed), clean) for seed, clean in enumerate(photos))
        return sum(psnr(by_opencv(noisy, strength), clean) for noisy, clean in pairs)

    return {s: max((part * s for part in STRENGTHS), key=lambda strength: reached(s, strength)) for s in SIGMAS}


TASK = Denoise()
