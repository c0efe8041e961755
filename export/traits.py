"""Traits: what can be measured of a product by its picture alone: its colour, its pattern, its shape, and what it is
taken for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from export.colours import oklab
from export.data.wares import WORDS
from export.faithful import AT_ONCE
from export.nets.tagger import TaggerNet

SEEN = ("lightness", "red", "yellow", "pattern", "length", "fullness", "flare")  # by pixels, and by alpha
SIDES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {  # by words: less of these, more of those
    "sleeve": ("category", ("t-shirt", "polo", "underwear"), ("longsleeve", "sweater", "jacket")),
    "women's": ("gender", ("men",), ("women",)),
    "formal": ("usage", ("casual", "sports"), ("formal",)),
    "sporty": ("usage", ("casual", "formal"), ("sports",)),
}
TRAITS = (*SEEN, *SIDES)
MIDDLE = 0.3  # of a side: colours further from the product's centre count less, for there may be skin and other clothes
INSIDE = 0.8  # of a pixel at least, where colours are looked at
FAINT = 1e-3


def by_pixels(pictures: Tensor) -> Tensor:
    """`SEEN` of pictures (n, 4, h, w), over white with alpha: (n, traits).

    The mean colour in OKLab and the logarithm of the slopes of lightness, both under alpha around the middle; how high
    a product is for its width, how much of what it spans it fills, and how much wider it is below than above, as
    logarithms, from the moments of alpha.
    """
    parts = [_seen(some.clamp(0, 1)) for some in torch.split(pictures, AT_ONCE)]
    return torch.cat(parts)


def _seen(pictures: Tensor) -> Tensor:
    alpha = pictures[:, 3]
    rows, columns = (torch.linspace(-0.5, 0.5, side) for side in alpha.shape[1:])
    mass = alpha.sum((1, 2)).clamp(min=FAINT)
    x = (alpha.sum(1) * columns).sum(1) / mass
    y = (alpha.sum(2) * rows).sum(1) / mass
    off_x, off_y = columns - x[:, None], rows - y[:, None]
    wide = ((alpha.sum(1) * off_x.square()).sum(1) / mass + FAINT**2).sqrt()
    high = ((alpha.sum(2) * off_y.square()).sum(1) / mass + FAINT**2).sqrt()
    near = torch.exp(-(off_x[:, None].square() + off_y[:, :, None].square()) / (2 * MIDDLE**2))
    weight = ((alpha - INSIDE) / (1 - INSIDE)).clamp(0, 1) * near + 1e-6
    lab = oklab(pictures[:, :3])
    colour = (lab * weight[:, None]).sum((2, 3)) / weight.sum((1, 2))[:, None]
    light, solid = F.avg_pool2d(lab[:, :1], 2)[:, 0], F.avg_pool2d(weight[:, None], 2)[:, 0]
    slopes, due = torch.zeros(len(pictures)), torch.zeros(len(pictures))
    for dim in (1, 2):
        both = torch.minimum(solid.narrow(dim, 1, solid.shape[dim] - 1), solid.narrow(dim, 0, solid.shape[dim] - 1))
        slopes = slopes + (light.diff(dim=dim).square() * both).sum((1, 2))
        due = due + both.sum((1, 2))
    pattern = 0.5 * torch.log(slopes / due + FAINT**2)
    fullness = torch.log(mass / alpha[0].numel() / (12 * wide * high))
    shares = [_width(alpha, (off_y * sign > 0.3 * high[:, None]).float(), off_x) for sign in (1, -1)]
    return torch.stack([*colour.T, pattern, torch.log(high / wide), fullness, torch.log(shares[0] / shares[1])], 1)


def _width(alpha: Tensor, rows: Tensor, off: Tensor) -> Tensor:
    """How far from its axis alpha (n, h, w) is in those rows (n, h)."""
    there = alpha * rows[:, :, None]
    return (there * off.abs()[:, None]).sum((1, 2)) / there.sum((1, 2)).clamp(min=FAINT) + FAINT


def by_words(pictures: Tensor, net: TaggerNet) -> Tensor:
    """`SIDES` of pictures (n, 4, h, w), as a net that never saw how they were made takes them: logarithms of how much
    likelier the words of the one side are, (n, traits)."""
    values = []
    with torch.no_grad():
        for some in torch.split(pictures, AT_ONCE):
            said = dict(zip(WORDS, net.logits(net.features(some.clamp(0, 1))), strict=True))
            values.append(torch.stack([_likelier(said, *sides) for sides in SIDES.values()], 1))
    return torch.cat(values)


def _likelier(said: Mapping[str, Tensor], kind: str, less: tuple[str, ...], more: tuple[str, ...]) -> Tensor:
    first, second = ([WORDS[kind].index(word) for word in words] for words in (less, more))
    return said[kind][:, second].logsumexp(1) - said[kind][:, first].logsumexp(1)


def measured(pictures: Tensor, net: TaggerNet) -> Tensor:
    """`TRAITS` of pictures (n, 4, h, w): (n, traits)."""
    return torch.cat([by_pixels(pictures), by_words(pictures, net)], 1)


def known(pictures: Tensor, labels: Mapping[str, NDArray[np.int64]]) -> Tensor:
    """`TRAITS` of pictures (n, 4, h, w) whose words are known: those by words are -1 or 1, NaN where neither side is
    said, (n, traits)."""
    columns = []
    for kind, less, more in SIDES.values():
        sides = torch.full((len(pictures),), float("nan"))
        for words, value in ((less, -1.0), (more, 1.0)):
            sides[torch.from_numpy(np.isin(labels[kind], [WORDS[kind].index(word) for word in words]))] = value
        columns.append(sides)
    return torch.cat([by_pixels(pictures), torch.stack(columns, 1)], 1)
