"""Parts: products of which a part gets another colour, as a network sees them and as they then ought to look."""

from __future__ import annotations

from dataclasses import dataclass, fields

import torch
from torch import Tensor

from editor.craft.likeness import LIGHTNESS, SHADED, TINT
from export.colours import oklab

SAMPLES = 1024  # colours of each part that the painter is taught by


@dataclass(frozen=True)
class Parts:
    """n parts. Pictures are sRGB-encoded 0..1.

    `image` (n, 3, h, w), `matte` and `like` (n, 1, h, w) are what the network is given; `cover` and `shine`
    (n, 1, h, w) what it should say, where `known` and `lit` (n, 1, h, w) are 1. `came` and `due` (n, p, 3) are colours
    of the part before and after, and `at` (n, p) says where in the picture (row * w + column) they stand.
    """

    image: Tensor
    matte: Tensor
    like: Tensor
    cover: Tensor
    known: Tensor
    shine: Tensor
    lit: Tensor
    came: Tensor
    due: Tensor
    at: Tensor

    def to(self, device: torch.device) -> Parts:
        return Parts(*(getattr(self, f.name).to(device) for f in fields(self)))


def joined(several: list[Parts]) -> Parts:
    """All of them as one batch."""
    return Parts(*(torch.cat([getattr(parts, f.name) for parts in several]) for f in fields(Parts)))


def likeness(image: Tensor, base: Tensor) -> Tensor:
    """How much pixels (n, 3, h, w) are like colours (n, 3) in OKLab that light falls on differently, (n, 1, h, w).

    Shadow takes chroma away along with lightness, so colours are compared at the same lightness: see
    `editor.craft.likeness`, which does the same in the app.
    """
    lab = oklab(image)
    light, tint = lab[:, :1], lab[:, 1:]
    own = base[:, :, None, None]
    shaded = (light / own[:, :1].clamp(min=0.05)).clamp(*SHADED)
    apart = ((light - own[:, :1]) / LIGHTNESS).square()
    apart = apart + (tint - shaded * own[:, 1:]).square().sum(1, keepdim=True) / TINT**2
    return torch.exp(-apart / 2)


def picked(cover: Tensor, count: int, chance: torch.Generator) -> Tensor:
    """Places (n, count) of pixels that are covered for more than a half, row * w + column; any, where none is."""
    flat = cover.flatten(1)
    weight = (flat > 0.5).float()
    weight = torch.where(weight.sum(1, keepdim=True) > 0, weight, torch.ones_like(weight))
    return torch.multinomial(weight, count, replacement=True, generator=chance)


def taken(picture: Tensor, at: Tensor) -> Tensor:
    """The values of (n, c, h, w) at places (n, p), as (n, p, c)."""
    return picture.flatten(2).gather(2, at[:, None].expand(-1, picture.shape[1], -1)).transpose(1, 2)


def middle(lab: Tensor) -> Tensor:
    """The colour (n, 3) that colours (n, p, 3) have in the middle, each channel for itself."""
    return lab.median(1).values
