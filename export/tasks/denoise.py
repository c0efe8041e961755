"""Denoise: takes the noise out of a photo and leaves the photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from export.data.camera import shot, white
from export.data.photos import Patches, find, read
from export.nets.unet import UNet
from export.task import Config, Task

HIGHEST = 75 / 255  # the strongest noise in training
CAMERA = 0.25  # the part of a batch that comes from the camera model
SIGMAS = (15, 25, 50)


@dataclass(frozen=True)
class Noisy:
    """Pictures (n, 3, h, w), the level they are said to have (n, 1, h, w), and what they should become."""

    image: Tensor
    level: Tensor
    target: Tensor


class Denoise(Task[Noisy]):
    name = "denoise"
    title = "Denoiser"
    defaults = Config("denoise", ())

    def net(self) -> nn.Module:
        return UNet()

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
        """Mean log of the squared error: the PSNR, so that weak and strong noise count alike."""
        error = net(batch.image, batch.level).float() - batch.target
        return error.square().mean((1, 2, 3)).add(1e-6).log().mean()

    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        sums = dict.fromkeys(SIGMAS, 0.0)
        photos = _samples(folders)
        for index, clean in enumerate(photos):
            for sigma in SIGMAS:
                noise = torch.randn(clean.shape, generator=torch.Generator().manual_seed(index)) * sigma / 255
                level = torch.full((1, 1, *clean.shape[2:]), sigma / 255)
                out = net((clean + noise).to(device), level.to(device)).float().cpu()
                sums[sigma] += float(-10 * (out - clean).square().mean().log10())
        return {f"PSNR at sigma {sigma}": total / max(1, len(photos)) for sigma, total in sums.items()}

    def picture(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> Tensor | None:
        rows = []
        for index, clean in enumerate(_samples(folders)[:4]):
            noise = torch.randn(clean.shape, generator=torch.Generator().manual_seed(index)) * 25 / 255
            level = torch.full((1, 1, *clean.shape[2:]), 25 / 255)
            out = net((clean + noise).to(device), level.to(device)).float().cpu()
            rows.append(torch.cat([clean, clean + noise, out], 3)[0])
        return torch.cat(rows, 1).clamp(0, 1) if rows else None


def _samples(folders: Sequence[Path], size: int = 256, most: int = 12) -> list[Tensor]:
    """The middle of some held-out photos, (1, 3, size, size)."""
    samples = []
    for file in find(folders, measuring=True):
        photo = torch.from_numpy(read(file)).permute(2, 0, 1)[None].float() / 255
        y, x = ((side - size) // 2 for side in photo.shape[2:])
        if min(y, x) >= 0 and len(samples) < most:
            samples.append(photo[..., y : y + size, x : x + size])
    return samples


TASK = Denoise()
