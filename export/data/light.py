"""Light: damages good photos as bad light and cameras do, so that a network can learn the way back."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from export.colours import decode, encode

_WEIGHTS = (0.2126, 0.7152, 0.0722)  # ITU-R BT.709
# From linear sRGB to the channels of a camera, rows adding up to one: sensors see red, green and blue less apart.
_CAMERA = ((0.72, 0.24, 0.04), (0.14, 0.72, 0.14), (0.03, 0.22, 0.75))
KEPT = 0.06  # of the photos are left as they are: what is good stays


def luminance(rgb: Tensor) -> Tensor:
    """(n, 3, h, w) to (n, 1, h, w)."""
    return torch.einsum("c,nchw->nhw", torch.tensor(_WEIGHTS, device=rgb.device, dtype=rgb.dtype), rgb)[:, None]


class Dice:
    """Numbers for every photo of a batch, (n, 1, 1, 1), from one generator."""

    def __init__(self, count: int, chance: torch.Generator) -> None:
        self.count, self.chance = count, chance

    def even(self, low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(self.count, 1, 1, 1, generator=self.chance)

    def normal(self, mean: float, deviation: float, low: float, high: float) -> Tensor:
        drawn = mean + deviation * torch.randn(self.count, 1, 1, 1, generator=self.chance)
        return drawn.clamp(low, high)

    def happens(self, share: float) -> Tensor:
        return (torch.rand(self.count, 1, 1, 1, generator=self.chance) < share).float()


def damaged(good: Tensor, chance: torch.Generator, kept: float = KEPT) -> Tensor:
    """Good photos (n, 3, h, w), sRGB-encoded 0..1, as they might have come out: the same size, 0..1, in 8-bit steps.

    Told in the order in which it happens. A finished photo is taken back to the light of the scene: its tone curve is
    undone and its whites get the brightness that the curve had pressed together. Then a lamp of another colour lights
    it (along the Planckian locus, or with a fluorescent tube's green), unevenly; the lens takes light from the corners
    and spreads some as glare; the exposure is wrong, and the sensor clips each of its channels. The camera balances the
    colours wrongly or not at all, and its tone curve, contrast and saturation are not those of a good print. The part
    `kept` of them is left as it is.
    """
    dice = Dice(len(good), chance)
    linear = decode(good)
    # the finished photo's own curve taken back, by mixing contrast and its inverse in log light; whites brighter
    flat = dice.normal(0.18, 0.22, -0.15, 0.6) * (1 - dice.happens(0.25))
    light = _flattened(linear, flat)
    beyond = dice.even(0, 2.5) * dice.happens(0.5)
    light = light * (1 + beyond * (good.amin(1, keepdim=True) ** 6))
    light = light * _lamps(good.shape, dice).to(good.device)
    seen = _mixed(light, _CAMERA)
    cast = _cast(dice).to(good.device)
    stops = _stops(dice).to(good.device)
    glare = dice.even(0, 0.22) ** 1.5 * dice.happens(0.4)
    around = seen.mean((2, 3), keepdim=True)
    seen = (1 - glare) * seen + glare * around * dice.even(0.5, 2)
    seen = (seen * cast.sqrt() * 2**stops).clamp(max=1) * cast.sqrt()  # half of the cast before the sensor's clipping
    linear = _mixed(seen.clamp(max=1), _inverse())
    seen = encode(linear.clamp(0, 1))
    seen = _toned(seen, dice)
    seen = _coloured(seen, dice)
    seen = _local(seen, dice)
    grain = 10 ** dice.even(-3.2, -1.9)
    seen = seen + grain * torch.randn(seen.shape, generator=chance)
    as_it_is = dice.happens(kept)
    seen = as_it_is * good + (1 - as_it_is) * seen
    return (seen.clamp(0, 1) * 255).round() / 255


def _flattened(linear: Tensor, amount: Tensor) -> Tensor:
    """Less (or, below zero, more) contrast around middle grey, in log light; white stays where it is."""
    middle = 0.18
    bent = middle * (linear.clamp(min=1e-4) / middle) ** (1 - amount)
    white = middle * (1 / middle) ** (1 - amount)
    return linear * (bent / white / linear.clamp(min=1e-4)).clamp(max=20)


def _lamps(shape: torch.Size, dice: Dice) -> Tensor:
    """How much light falls on each place, (n, 1, h, w), 1 at the brightest: from one side, from a lamp near by, and
    less in the corners, as the fourth power of the cosine has it."""
    height, width = shape[2:]
    y = torch.linspace(-1, 1, height)[None, None, :, None] * min(1.0, height / width)
    x = torch.linspace(-1, 1, width)[None, None, None, :] * min(1.0, width / height)
    angle = dice.even(0, 6.2832)
    along = x * angle.cos() + y * angle.sin()
    side = 2 ** (along * dice.even(0, 1.1) * dice.happens(0.35))
    far = (x - dice.even(-1.5, 1.5)) ** 2 + (y - dice.even(-1.5, 1.5)) ** 2
    lamp = 1 / (1 + far * dice.even(0, 0.9) * dice.happens(0.3))
    corner = 1 / (1 + (x**2 + y**2) * dice.even(0, 0.35) * dice.happens(0.4)) ** 2
    light = side * lamp * corner
    return light / light.mean((2, 3), keepdim=True)


def _cast(dice: Dice) -> Tensor:
    """Gains of the camera's channels (n, 3, 1, 1), green the mean: what is left of the lamp's colour.

    Warm and cold along the Planckian locus, where red falls as blue rises, in steps that are even in mired; the tint
    across it, where tubes and LEDs are green.
    """
    strong = dice.happens(0.35)
    warm = strong * dice.normal(0.35, 0.55, -1.1, 1.4) + (1 - strong) * dice.normal(0.05, 0.16, -0.5, 0.5)
    green = dice.normal(0.03, 0.07, -0.2, 0.25) + dice.happens(0.08) * dice.even(0.1, 0.3)
    log = torch.cat([0.5 * warm - 0.5 * green, 0.5 * green, -0.72 * warm - 0.4 * green], 1)
    gains = 2**log
    return gains / torch.einsum("c,ncij->nij", torch.tensor(_WEIGHTS), gains)[:, None]


def _stops(dice: Dice) -> Tensor:
    """Exposure in stops: mostly too short; some a series of it has."""
    series = dice.happens(0.3)
    steps = dice.even(-1.7, 1.7)
    return series * steps + (1 - series) * dice.normal(-0.6, 0.9, -3.5, 1.6)


def _mixed(rgb: Tensor, matrix: Tensor | tuple[tuple[float, ...], ...]) -> Tensor:
    return torch.einsum("ij,njhw->nihw", torch.as_tensor(matrix, device=rgb.device, dtype=rgb.dtype), rgb)


def _inverse() -> Tensor:
    back: Tensor = torch.linalg.inv(torch.tensor(_CAMERA))
    return back


def _toned(seen: Tensor, dice: Dice) -> Tensor:
    """A camera's tone curve: gamma, contrast around a middle, shadows and whites that stop short of the ends."""
    seen = seen.clamp(min=1e-5) ** (2 ** dice.normal(0.05, 0.22, -0.6, 0.6))
    bend = dice.normal(-0.05, 0.35, -0.9, 0.9)  # an S at more than 0, the opposite below
    s = seen * seen * (3 - 2 * seen)
    opposite = 2 * seen - s
    seen = seen + bend.clamp(min=0) * (s - seen) + (-bend).clamp(min=0) * 0.8 * (opposite - seen)
    lift = dice.even(0, 0.14) ** 1.2 * dice.happens(0.35)
    drop = dice.even(0, 0.18) * dice.happens(0.3)
    return lift + (1 - lift - drop) * seen


def _coloured(seen: Tensor, dice: Dice) -> Tensor:
    """Mostly too little saturation."""
    by = dice.normal(0.82, 0.2, 0.3, 1.35)
    grey = luminance(seen)
    return grey + by * (seen - grey)


def _local(seen: Tensor, dice: Dice) -> Tensor:
    """Less local contrast in some, a little too much in few: what differs from the surroundings."""
    by = 1 - dice.even(-0.15, 0.35) * dice.happens(0.35)
    grey = luminance(seen)
    around = surroundings(grey, max(3, min(seen.shape[2:]) // 8) | 1)
    return seen + (by - 1) * (grey - around)


def surroundings(plane: Tensor, side: int) -> Tensor:
    """The mean of (n, 1, h, w) over squares of `side` (odd), of those at the rim over what there is."""
    for high, wide in ((side, 1), (1, side)):
        plane = F.avg_pool2d(plane, (high, wide), 1, (high // 2, wide // 2), count_include_pad=False)
    return plane
