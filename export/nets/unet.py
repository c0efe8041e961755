"""UNet: a small residual U-shaped network that estimates the noise in a photo, told how strong it is."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class UNetConfig:
    """Channels at 1/2, 1/4 and 1/8 of the resolution, and residual blocks on each level (both ways down and up)."""

    width: tuple[int, int, int] = (48, 96, 192)
    blocks: tuple[int, int, int] = (1, 2, 2)


class Residual(nn.Module):
    """Two 3x3 convolutions around a ReLU, added to what came in. No bias, so that the net scales with its input."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.second = nn.Conv2d(width, width, 3, padding=1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        answer: Tensor = x + self.second(torch.relu(self.first(x)))
        return answer


class Up(nn.Module):
    """Doubles the resolution: a 1x1 convolution to four times the channels, then depth to space."""

    def __init__(self, from_width: int, to_width: int) -> None:
        super().__init__()
        self.spread = nn.Conv2d(from_width, 4 * to_width, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.pixel_shuffle(self.spread(x), 2)


class UNet(nn.Module):
    """Denoiser in the manner of DRUNet (Zhang et al., "Plug-and-Play Image Restoration with Deep Denoiser
    Prior", TPAMI 2021), made small: it starts at half resolution like FFDNet and has three levels instead of four.

    Takes `image` (n, 3, h, w), sRGB-encoded, and `level` (n, 1, h, w), the standard deviation of the noise in the
    same units (sigma / 255); h and w multiples of 8. Returns the clean image (n, 3, h, w).
    """

    multiple_of = 8

    def __init__(self, config: UNetConfig | None = None) -> None:
        super().__init__()
        config = config or UNetConfig()
        (a, b, c), (i, j, k) = config.width, config.blocks
        # a 6x6 convolution with stride 2 is a 3x3 one over 2x2 blocks of pixels, without moving them first
        self.enter = nn.Conv2d(4, a, 6, stride=2, padding=2, bias=False)
        self.fine_in = nn.Sequential(*(Residual(a) for _ in range(i)))
        self.down1 = nn.Conv2d(a, b, 2, stride=2, bias=False)
        self.middle_in = nn.Sequential(*(Residual(b) for _ in range(j)))
        self.down2 = nn.Conv2d(b, c, 2, stride=2, bias=False)
        self.coarse = nn.Sequential(*(Residual(c) for _ in range(k)))
        self.up2 = Up(c, b)
        self.middle_out = nn.Sequential(*(Residual(b) for _ in range(j)))
        self.up1 = Up(b, a)
        self.fine_out = nn.Sequential(*(Residual(a) for _ in range(i)))
        self.leave = nn.Conv2d(a, 12, 3, padding=1, bias=False)
        nn.init.zeros_(self.leave.weight)  # untrained, the net changes nothing

    def forward(self, image: Tensor, level: Tensor) -> Tensor:
        fine = self.fine_in(self.enter(torch.cat([image, level], 1)))
        middle = self.middle_in(self.down1(fine))
        coarse = self.coarse(self.down2(middle))
        middle = self.middle_out(middle + self.up2(coarse))
        fine = self.fine_out(fine + self.up1(middle))
        noise = nn.functional.pixel_shuffle(self.leave(fine), 2)
        return image - noise.to(image.dtype)
