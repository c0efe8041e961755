"""GradeNet: looks at a whole photo, small, and says how its light and colours should be corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from export.data.light import luminance, surroundings

BINS = 24  # of the histogram of each channel
STEPS = 32  # of a curve
NODES = 33  # of the table on each of its axes
FLOOR = 0.03  # of a curve's rise, which is even: no curve is flat anywhere
REST = 0.9  # of the way to the end of the scale that a table may take a channel
MOST_STOPS = 4.0
POWER = 2.4  # stops of light to sRGB-encoded values, whose curve is a power above its toe
KNEE = 0.6  # from here on gains bend towards white
EDGE = 0.15  # differences that count as edges, as part of a photo's mean


@dataclass(frozen=True)
class GradeConfig:
    """Channels at 1/2, 1/4, 1/8, 1/16 and 1/32 of the resolution, residual blocks at the last four, tables to blend."""

    width: tuple[int, int, int, int, int] = (20, 40, 80, 128, 192)
    blocks: tuple[int, int, int, int] = (1, 1, 2, 2)
    tables: int = 10
    hidden: int = 192


class Grade(NamedTuple):
    """What is to be done with each photo, in this order; `editor.craft.grade` does it, and `graded` here.

    `field` (n, 1, h / 32, w / 32): stops of light from place to place. `detail` (n, 1): how much more what differs from
    its surroundings is to differ. `gains` (n, 3): stops of light for red, green and blue. `curves` (n, 3, 33): a rising
    curve for each channel, sRGB-encoded, from 0 to 1. `table` (n, 3, 33, 33, 33): the colour to be added to each
    colour, blue, green and red along the last three axes.
    """

    field: Tensor
    detail: Tensor
    gains: Tensor
    curves: Tensor
    table: Tensor


class Block(nn.Module):
    """Two 3x3 convolutions added to what came in (He et al., "Deep Residual Learning", CVPR 2016), without
    normalization: how bright a photo is must not be lost."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        answer: Tensor = x + self.second(torch.relu(self.first(torch.relu(x))))
        return answer


class GradeNet(nn.Module):
    """An image-adaptive colour transform: light, curves and a blend of learned 3D tables.

    After Zeng et al., "Learning Image-adaptive 3D Lookup Tables for High Performance Photo Enhancement in Real-time"
    (TPAMI 2020): a small network weighs tables that were learned with it. Here what bad light does is told apart: gains
    and a field of light undo it where it happened, curves the tone, and the tables are left with the colours.

    Takes `image` (n, 3, h, w), sRGB-encoded 0..1, h and w multiples of 32. Returns a `Grade`.
    """

    multiple_of = 32

    def __init__(self, config: GradeConfig | None = None) -> None:
        super().__init__()
        shape = config or GradeConfig()
        a, b, c, d, e = shape.width
        self.enter = nn.Conv2d(3, a, 3, stride=2, padding=1)
        stages: list[nn.Module] = []
        for before, after, count in zip((a, b, c, d), (b, c, d, e), shape.blocks, strict=True):
            stages += [
                nn.ReLU(),
                nn.Conv2d(before, after, 3, stride=2, padding=1),
                *(Block(after) for _ in range(count)),
            ]
        self.see = nn.Sequential(*stages, nn.ReLU())
        self.join = nn.Linear(3 * e + 3 * BINS, shape.hidden)
        self.think = nn.Linear(shape.hidden, shape.hidden)
        self.tell = nn.Linear(shape.hidden, 3 + 1 + 4 * STEPS + shape.tables)
        self.told = nn.Linear(shape.hidden, e)
        self.place = nn.Conv2d(e, e, 3, padding=1)
        self.light = nn.Conv2d(e, 1, 1)
        self.tables = nn.Parameter(1e-3 * torch.randn(shape.tables, 3 * NODES**3))
        for last in (self.tell, self.light):
            nn.init.normal_(last.weight, std=1e-3)
            nn.init.zeros_(last.bias)  # type: ignore[arg-type]

    def forward(self, image: Tensor) -> Grade:
        """In use, the mean of what it says of a photo and of its mirror image: 0.1 dB better."""
        told = self.look(image)
        if self.training:
            return told
        other = self.look(image.flip(3))
        other = other._replace(field=other.field.flip(3))
        return Grade(*((one + two) / 2 for one, two in zip(told, other, strict=True)))

    def look(self, image: Tensor) -> Grade:
        """What it says of photos as they are."""
        n = image.shape[0]
        seen = self.see(self.enter(image - 0.5))
        spread = (seen.square().mean((2, 3)) + 1e-6).sqrt()
        summed = torch.cat([seen.mean((2, 3)), spread, seen.amax((2, 3)), histogram(image)], 1)
        known = torch.relu(self.join(summed))
        known = torch.relu(known + self.think(known))
        told = self.tell(known)
        gains, detail, tone, colours, weights = torch.split(
            told, [3, 1, STEPS, 3 * STEPS, told.shape[1] - 4 - 4 * STEPS], 1
        )
        local = torch.relu(self.place(seen) + self.told(known)[:, :, None, None])
        return Grade(
            2 * torch.tanh(self.light(local) / 2),
            0.8 * torch.tanh(detail),
            MOST_STOPS * torch.tanh(gains / MOST_STOPS),
            rising((tone[:, None] + colours.reshape(n, 3, STEPS)).float()),
            kept_within((weights.float() @ self.tables.float()).reshape(n, 3, NODES, NODES, NODES)),
        )


def histogram(image: Tensor) -> Tensor:
    """How much of a photo (n, 3, h, w) has which value, (n, 3 * BINS), as a root so that rare ones count; soft, since
    values between two bins count for both."""
    value = image.float().clamp(0, 1) * (BINS - 1)
    bins = [torch.relu(1 - (value - k).abs()).mean((2, 3)) for k in range(BINS)]
    return (torch.cat(bins, 1) + 1e-4).sqrt()


def rising(slopes: Tensor) -> Tensor:
    """Curves (n, 3, STEPS + 1) that rise from 0 to 1, from the logarithms of how steep they are (n, 3, STEPS)."""
    rise = FLOOR / STEPS + (1 - FLOOR) * torch.softmax(slopes, 2)
    return torch.cat([torch.zeros_like(rise[..., :1]), rise.cumsum(2)], 2)


def kept_within(table: Tensor) -> Tensor:
    """A table (n, 3, 33, 33, 33) that takes a channel at most nine tenths of the way to 0 or 1, so that nothing clips,
    and white and black stay."""
    steps = torch.linspace(0, 1, NODES, device=table.device)
    blue, green, red = torch.meshgrid(steps, steps, steps, indexing="ij")
    own = torch.stack([red, green, blue])
    for corner, near in ((-1, own), (0, 1 - own)):
        table = table - table[..., corner, corner, corner, None, None, None] * near.prod(0)
    return torch.minimum(torch.maximum(table, -REST * own), REST * (1 - own))


def graded(image: Tensor, grade: Grade) -> Tensor:
    """Photos (n, 3, h, w), sRGB-encoded 0..1, with what a `Grade` says done to them."""
    field = F.interpolate(grade.field, image.shape[2:], mode="bicubic", align_corners=False)
    lit = 2 ** (field / POWER)
    grey = luminance(image) * lit
    differs = 1 - base(grey) / grey.clamp(min=1e-3)
    lit = lit * (1 + grade.detail[:, :, None, None] * differs).clamp(0.3, 3)
    most = image.amax(1, keepdim=True).clamp(min=1e-3)
    image = image * (shouldered(most, lit) / most)  # the same for all channels: light has no colour here
    image = shouldered(image, 2 ** (grade.gains[:, :, None, None] / POWER))
    return looked_up(curved(image, grade.curves), grade.table)


def base(grey: Tensor) -> Tensor:
    """What (n, 1, h, w) is without its details: its self-guided filter (He et al., TPAMI 2013) over an eighth of the
    longer side, which stops at edges that are strong for so bright a photo."""
    side = max(grey.shape[2:]) // 8 | 1
    mean = surroundings(grey, side)
    variance = surroundings(grey * grey, side) - mean * mean
    slope = variance / (variance + (EDGE * grey.mean((2, 3), keepdim=True)) ** 2 + 1e-6)
    return surroundings(slope, side) * grey + surroundings((1 - slope) * mean, side)


def shouldered(x: Tensor, gain: Tensor) -> Tensor:
    """`gain` times `x` (0..1) up to KNEE, and beyond it bent so that white stays white and nothing clips; less than one
    undoes what its inverse would do."""
    up = gain.clamp(min=1.0 + 1e-4)
    steep = (up - KNEE) / (1 - KNEE)
    t = ((x * up - KNEE) / (up - KNEE)).clamp(0, 1)
    brighter = torch.where(x * up <= KNEE, x * up, KNEE + (1 - KNEE) * steep * t / (1 + (steep - 1) * t))
    down = (1 / gain).clamp(min=1.0 + 1e-4)
    steep = (down - KNEE) / (1 - KNEE)
    u = ((x - KNEE) / (1 - KNEE)).clamp(0, 1)
    darker = torch.where(x <= KNEE, x / down, (KNEE + (down - KNEE) * u / (steep - (steep - 1) * u)) / down)
    return torch.where(gain >= 1, brighter, darker)


def curved(image: Tensor, curves: Tensor) -> Tensor:
    """(n, 3, h, w) in 0..1 through a curve (n, 3, STEPS + 1) each channel, straight between its points."""
    n, c, height, width = image.shape
    at = image.clamp(0, 1).flatten(2) * STEPS
    low = at.detach().floor().clamp(max=STEPS - 1)
    first, second = (curves.gather(2, low.long() + k) for k in (0, 1))
    return (first + (at - low) * (second - first)).reshape(n, c, height, width)


def looked_up(image: Tensor, table: Tensor) -> Tensor:
    """(n, 3, h, w) in 0..1, and what the table (n, 3, 33, 33, 33) adds to it, trilinear."""
    places = 2 * image.permute(0, 2, 3, 1)[:, None] - 1
    return image + F.grid_sample(table, places, padding_mode="border", align_corners=True)[:, :, 0]
