"""LevelNet: a tiny network that sees how strong the noise is in every part of a photo."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

SHARPNESS = 100.0  # of the bend with which the answer stays above zero: about 2 of 255 wide


@dataclass(frozen=True)
class LevelConfig:
    """Channels at 1/2, 1/4 and 1/8 of the resolution."""

    width: tuple[int, int, int] = (24, 32, 32)


class Statistic(nn.Module):
    """Two 3x3 convolutions around a ReLU, added to what came in."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        answer: Tensor = x + self.second(torch.relu(self.first(x)))
        return answer


class LevelNet(nn.Module):
    """Noise estimator: learned high-pass filters at half resolution, then what they add up to over some 60 pixels.

    Takes `image` (n, 3, h, w), sRGB-encoded, h and w multiples of 8. Returns (n, 1, h / 8, w / 8), the standard
    deviation of the noise around there in the image's units (sigma / 255), never negative.
    """

    multiple_of = 8

    def __init__(self, config: LevelConfig | None = None) -> None:
        super().__init__()
        a, b, c = (config or LevelConfig()).width
        self.enter = nn.Conv2d(3, a, 6, stride=2, padding=2)
        self.fine = nn.Sequential(nn.ReLU(), Statistic(a), nn.ReLU())
        self.down1 = nn.Conv2d(a, b, 2, stride=2)
        self.middle = nn.Sequential(Statistic(b), nn.ReLU())
        self.down2 = nn.Conv2d(b, c, 2, stride=2)
        self.coarse = nn.Sequential(Statistic(c), nn.ReLU())
        self.leave = nn.Conv2d(c, 1, 1)
        nn.init.constant_(self.leave.bias, 0.1)  # type: ignore[arg-type]

    def forward(self, image: Tensor) -> Tensor:
        seen = self.coarse(self.down2(self.middle(self.down1(self.fine(self.enter(image))))))
        raw = SHARPNESS * self.leave(seen).float()
        # softplus, which is zero far below, the input far above, written out so that ONNX gets it without branches
        return (torch.relu(raw) + torch.log(1 + torch.exp(-raw.abs()))) / SHARPNESS
