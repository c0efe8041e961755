"""RecolorNet: tells of a part what has its colour, what is mirrored light, and how it is painted another one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from editor.craft.painter import BRIGHTEST, COLOURED, DIMMEST, GREY, NEAR, OFF, SAID, STRETCHED, TURNED
from export.colours import oklab
from export.nets.grade import Block

BINS = 16  # of how light a part's pixels are, from 2.5 deviations below their mean to as many above
SPAN = 2.5
FEATURES = 4  # of a colour: lightness, two axes, chroma
EVEN = 0.06  # scatter of lightness that cloth in even light has


@dataclass(frozen=True)
class RecolorConfig:
    """Channels at 1/2, 1/4, 1/8 and 1/16 of the resolution, residual blocks (both ways), sizes of the painter."""

    width: tuple[int, int, int, int] = (24, 48, 80, 128)
    blocks: tuple[int, int, int, int] = (1, 1, 2, 2)
    code: int = 96
    painter: int = 64


class Told(NamedTuple):
    """What is told of each part, in this order; `editor.craft.painter` and `editor.craft.dye` put it into effect.

    `cover` (n, 1, h, w), 0..1: how much of a pixel has the part's colour. `shine` (n, 1, h, w): mirrored light, linear.
    `aim` (n, 9, k), `enter` (n, 4 + k, k), `think` (n, 2 k + 1, k), `leave` (n, k, 3): the weights of the painter, a
    small network for this part alone. It takes how a colour differs from the part's own, and what the target is, and
    says what the colour becomes: see `painted`. `ratio` (n, 1), 0..1: how much colours follow light as physics has it,
    and not as retouchers have it who keep the contrast.
    """

    cover: Tensor
    shine: Tensor
    aim: Tensor
    enter: Tensor
    think: Tensor
    leave: Tensor
    ratio: Tensor


class RecolorNet(nn.Module):
    """A U-shaped network for the maps, and a head that conditions a painter on the part's colours.

    The painter is one small network with learned weights, of which every part has its own version: the rows are scaled
    and shifted by what the head says (feature-wise modulation: Perez et al., "FiLM", AAAI 2018).

    Takes `image` (n, 3, h, w), sRGB-encoded 0..1; `matte` and `like` (n, 1, h, w), 0..1: what is product, and how much
    it is like the colour that is to be replaced. h and w are multiples of 16. Returns a `Told`.
    """

    multiple_of = 16

    def __init__(self, config: RecolorConfig | None = None) -> None:
        super().__init__()
        shape = config or RecolorConfig()
        widths, k = shape.width, shape.painter
        self.enter = nn.Conv2d(5, widths[0], 4, stride=2, padding=1)
        self.down = nn.ModuleList(nn.Conv2d(fine, coarse, 2, stride=2) for fine, coarse in pairwise(widths))
        self.inward = nn.ModuleList(
            nn.Sequential(*(Block(w) for _ in range(n))) for w, n in zip(widths, shape.blocks, strict=True)
        )
        self.up = nn.ModuleList(nn.Conv2d(coarse, 4 * fine, 1) for fine, coarse in pairwise(widths))
        self.outward = nn.ModuleList(
            nn.Sequential(*(Block(w) for _ in range(n))) for w, n in zip(widths[:-1], shape.blocks[:-1], strict=True)
        )
        self.leave = nn.Conv2d(widths[0], 8, 3, padding=1)
        self.look = nn.Linear(widths[-1], 16)
        self.drop = nn.Dropout(0.1)
        self.join = nn.Linear(16 + 3 * BINS + FEATURES + 2, shape.code)
        self.mind = nn.Linear(shape.code, shape.code)
        self.follow = nn.Linear(shape.code, 1)
        self.adapt = nn.Linear(shape.code, 3 * k + 2 * k + 3)
        for last in (self.leave, self.follow, self.adapt):
            nn.init.normal_(last.weight, std=1e-3)
            nn.init.zeros_(last.bias)  # type: ignore[arg-type]
        self.target = nn.Parameter(torch.randn(2 * FEATURES, k) / FEATURES)
        self.colour = nn.Parameter(torch.randn(3, k))
        self.contrast = nn.Parameter(torch.randn(3, k))
        self.first = nn.Parameter(torch.randn(k, k) / k**0.5)
        self.second = nn.Parameter(torch.randn(k, k) / k**0.5)
        self.again = nn.Parameter(torch.randn(k, k) / k**0.5)
        self.last = nn.Parameter(torch.zeros(k, 3))
        self.painter = k

    def forward(self, image: Tensor, matte: Tensor, like: Tensor) -> Told:
        """In use, the mean of what it says of a photo and of its mirror image."""
        told = self.tell(image, matte, like)
        if self.training:
            return told
        other = self.tell(image.flip(3), matte.flip(3), like.flip(3))
        cover, shine = ((one + two.flip(3)) / 2 for one, two in zip(told[:2], other[:2], strict=True))
        return Told(cover, shine, *((one + two) / 2 for one, two in zip(told[2:], other[2:], strict=True)))

    def tell(self, image: Tensor, matte: Tensor, like: Tensor) -> Told:
        """What it says of parts as they are."""
        x = self.inward[0](self.enter(torch.cat([image, matte, like], 1) - 0.5))
        levels = [x]
        for down, inward in zip(self.down, list(self.inward)[1:], strict=True):
            x = inward(down(x))
            levels.append(x)
        deep = levels.pop()
        x = deep
        for up, outward in zip(reversed(self.up), reversed(self.outward), strict=True):
            x = outward(levels.pop() + F.pixel_shuffle(up(x), 2))
        maps = F.pixel_shuffle(self.leave(torch.relu(x)), 2).float()
        cover = torch.sigmoid(maps[:, :1] + 4 * (like.float() - 0.5))
        shine = F.softplus(maps[:, 1:] * 2 - 4) / 2
        return Told(
            cover, shine, *self.paints(*self.code(image.float(), matte.float() * cover.detach(), torch.relu(deep)))
        )

    def code(self, image: Tensor, cover: Tensor, deep: Tensor) -> tuple[Tensor, Tensor]:
        """What matters of a part for how it is painted, (n, code): how light its pixels are, which colour those have
        that are light or dark, and what the network saw there. And how much lightness scatters there, (n, 1)."""
        deep = deep.float()
        weight = F.avg_pool2d(cover, 2) + 1e-5
        lab = oklab(F.avg_pool2d(image, 2))
        whole = weight.sum((2, 3))
        mean = (lab * weight).sum((2, 3)) / whole
        light = lab[:, :1] - mean[:, :1, None, None]
        spread = ((light.square() * weight).sum((2, 3)) / whole + 1e-6).sqrt()
        at = (light / spread[..., None, None]).clamp(-SPAN, SPAN) * ((BINS - 1) / (2 * SPAN)) + (BINS - 1) / 2
        shares, tints = [], []
        for number in range(BINS):
            near = torch.relu(1 - (at - number).abs()) * weight
            share = near.sum((2, 3))
            tint = (near * (lab[:, 1:] - mean[:, 1:, None, None])).sum((2, 3)) / (share + 0.01 * whole)
            shares.append((share / whole + 1e-4).sqrt())
            tints.append(float(OFF) * tint)
        seen = F.avg_pool2d(cover, self.multiple_of) + 1e-5
        pooled = (deep * seen).sum((2, 3)) / seen.sum((2, 3))
        known = [torch.tanh(self.look(pooled)), *shares, *tints, features(mean), spread * 8, spread.log() / 2 + 1]
        code = F.silu(self.join(self.drop(torch.cat(known, 1))))
        return code + F.silu(self.mind(code)), spread

    def paints(self, code: Tensor, spread: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """`aim`, `enter`, `think`, `leave` and `ratio` of `Told`, from what matters of each part (n, code) and its
        scatter (n, 1): differences in colour count as they are, and as part of that."""
        k = self.painter
        aimed, entered, thought, gains = torch.split(self.adapt(code).float(), [k, k, k, 2 * k + 3], 1)
        colour = self.colour + self.contrast * (EVEN / spread.clamp(min=0.01))[..., None]
        one, two, three = torch.split(1 + gains[:, None], [k, k, 3], 2)
        return (
            torch.cat([self.target * one, aimed[:, None]], 1),
            torch.cat([colour * one, self.first * one, entered[:, None]], 1),
            torch.cat([self.second * two, self.again * two, thought[:, None]], 1),
            self.last * three,
            torch.sigmoid(self.follow(code).float()),
        )


def features(lab: Tensor) -> Tensor:
    """A colour (n, 3) in OKLab as the painter sees it, (n, 4)."""
    chroma = (lab[:, 1:].square().sum(1, keepdim=True) + 1e-8).sqrt()
    return torch.cat([2 * lab[:, :1] - 1, 4 * lab[:, 1:], 4 * chroma], 1)


def painted(lab: Tensor, base: Tensor, target: Tensor, told: Told) -> Tensor:
    """What colours (n, p, 3) become when the parts' own `base` (n, 3) becomes `target` (n, 3), all in OKLab.

    Two simple answers are mixed by `ratio`: the target with the lightness taken along, and the target in as much light
    as there was on the base (in OKLab all three numbers then have one ratio). The painter says how the answer differs
    from that; what it says of the base itself is taken off, so that this becomes exactly the target. Where only the
    hue changes, it is mostly turned: see `turn`.
    """
    k = told.leave.shape[1]
    away = lab - base[:, None]
    goal = torch.cat([features(target), features(base)], 1)[:, None]
    aim = F.silu(goal @ told.aim[:, :-1] + told.aim[:, -1:])  # (n, 1, k)
    shift = aim @ told.enter[:, 3:-1] + told.enter[:, -1:]
    deeper = aim @ told.think[:, k:-1] + told.think[:, -1:]

    def said(colours: Tensor) -> Tensor:
        hidden = F.silu(float(OFF) * colours @ told.enter[:, :3] + shift)
        return F.silu(hidden @ told.think[:, :k] + deeper) @ told.leave

    changed = (said(away) - said(torch.zeros_like(away[:, :1]))) * torch.from_numpy(SAID).to(lab.device)
    along = torch.cat([target[:, None, :1] + away[..., :1], target[:, None, 1:].expand_as(away[..., 1:])], 2)
    lit = target[:, None] * (lab[..., :1] / base[:, None, :1].clamp(min=DIMMEST)).clamp(0, BRIGHTEST)
    said_so = along + told.ratio[..., None] * (lit - along) + changed
    trust, hue = turn(base, target)
    one, two = hue[:, None, :1], hue[:, None, 1:]
    a, b = away[..., 1:2], away[..., 2:]
    turned = target[:, None] + torch.cat([away[..., :1], one * a - two * b, two * a + one * b], 2)
    return said_so + trust[:, None] * (turned - said_so)


def turn(base: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """How far it is only the hue that changes (n, 1), and what turns and stretches it (n, 2), as a complex number: if
    base and target are about as light, and the base has a colour, nothing has to be found out about light."""
    chroma = base[:, 1:].square().sum(1, keepdim=True).clamp(min=1e-6)
    near = torch.exp(-0.5 * ((target[:, :1] - base[:, :1]) / NEAR).square())
    trust = TURNED * near * ((chroma.sqrt() - GREY) / (COLOURED - GREY)).clamp(0, 1)
    one = (target[:, 1:] * base[:, 1:]).sum(1, keepdim=True) / chroma
    two = (target[:, 2:] * base[:, 1:2] - target[:, 1:2] * base[:, 2:]) / chroma
    long = (one.square() + two.square()).sqrt().clamp(min=1e-6)
    return trust, torch.cat([one, two], 1) * (long.clamp(max=STRETCHED) / long)
