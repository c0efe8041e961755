"""Scene shapes: what scenes are drawn from: the grid and its random numbers, a shape as it is seen, and joints.

Grids go from -1 to 1, y down, so that a batch is drawn in a few steps. Joints of signed distances: Quilez, "2D distance
functions" (iquilezles.org).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F


@dataclass(frozen=True)
class Shape:
    """n things of one kind, (n, c, h, w): `matte` 0..1, `normal` (c = 3; x, y down, z to the camera), `trim` 0..1, what
    of them never has the base colour (a sole, a cap, a strap), `height` in units of the grid, `across` and `along` on
    the surface, for prints; `cloth` says whether it is woven. `tone` (c = 3) is the albedo of trim, where that is
    fixed."""

    matte: Tensor
    normal: Tensor
    trim: Tensor
    height: Tensor
    across: Tensor
    along: Tensor
    cloth: bool
    tone: Tensor | None = None


class Draw:
    """Random numbers for every scene of a batch, (n, 1, 1, 1), and the grid."""

    def __init__(self, count: int, size: int, chance: torch.Generator, device: torch.device) -> None:
        self.count, self.size, self.chance, self.device = count, size, chance, device
        steps = (torch.arange(size, device=device) + 0.5) * (2 / size) - 1
        y, x = torch.meshgrid(steps, steps, indexing="ij")
        self.x, self.y = x.expand(count, 1, -1, -1), y.expand(count, 1, -1, -1)

    def even(self, low: float, high: float) -> Tensor:
        drawn = torch.rand(self.count, 1, 1, 1, generator=self.chance)
        return (low + (high - low) * drawn).to(self.device)

    def happens(self, share: float) -> Tensor:
        return (self.even(0, 1) < share).float()

    def noise(self, cells: int, channels: int = 1, octaves: int = 3) -> Tensor:
        """Smooth noise (n, channels, h, w), about -1..1: `cells` across, and finer with half the strength each."""
        made = torch.zeros(self.count, channels, self.size, self.size, device=self.device)
        for octave in range(octaves):
            side = cells * 2**octave
            if side >= self.size:
                break
            grid = torch.randn(self.count, channels, side + 3, side + 3, generator=self.chance).to(self.device)
            made = made + 0.5**octave * F.interpolate(grid, self.size, mode="bicubic", align_corners=True)
        return made * 0.6

    def edge(self, distance: Tensor) -> Tensor:
        """How much of a pixel is inside (below 0) of a distance in units of the grid."""
        return (0.5 - distance * (self.size / 2)).clamp(0, 1)


def inflated(distance: Tensor, rim: Tensor) -> Tensor:
    """Heights of something filled: round at its rim, which is `rim` wide, and flat in the middle."""
    t = (-distance / rim).clamp(0, 1)
    return rim * (1 - (1 - t) ** 2).clamp(min=1e-4).sqrt()


def normal_of(height: Tensor, size: int) -> Tensor:
    """Normals (n, 3, h, w) of heights (n, 1, h, w) over the grid."""
    across = (height.roll(-1, 3) - height.roll(1, 3)) * (size / 4)
    down = (height.roll(-1, 2) - height.roll(1, 2)) * (size / 4)
    return unit(torch.cat([-across, -down, torch.ones_like(height)], 1))


def unit(vectors: Tensor) -> Tensor:
    return vectors / vectors.square().sum(1, keepdim=True).clamp(min=1e-8).sqrt()


def joined(one: Tensor, other: Tensor, soft: float) -> Tensor:
    """Smooth union of two distances."""
    h = (soft - (one - other).abs()).clamp(min=0) / soft
    return torch.minimum(one, other) - h * h * soft * 0.25
