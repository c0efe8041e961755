"""TaggerNet: tells what a product is by its looks, and sees in pictures what makes them look alike or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn

from export.nets.matte import Block, Step

COMPARED = (0, 1, 2)  # the maps by which pictures are compared, the first one at half the picture's size


@dataclass(frozen=True)
class TaggerConfig:
    """Channels at 1/2, 1/4, ... of the resolution, with a residual block at each but the first; `heads` answers of so
    many words each."""

    width: tuple[int, ...] = (16, 32, 64, 128, 192)
    heads: tuple[int, ...] = (25, 17, 5, 4)


class TaggerNet(nn.Module):
    """Takes `image` (n, 3, h, w), sRGB-encoded over white, 0..1, and `matte` (n, 1, h, w). Returns for each head how
    likely each of its words is (n, words), and at last the features (n, width[-1]) that this is told by."""

    multiple_of = 32

    def __init__(self, config: TaggerConfig | None = None) -> None:
        super().__init__()
        config = config or TaggerConfig()
        self.enter = Step(4, config.width[0], stride=2)
        self.stages = nn.ModuleList(
            nn.Sequential(Step(fine, coarse, stride=2), Block(coarse)) for fine, coarse in pairwise(config.width)
        )
        self.heads = nn.ModuleList(nn.Linear(config.width[-1], words) for words in config.heads)

    def forward(self, image: Tensor, matte: Tensor) -> tuple[Tensor, ...]:
        features = self.features(torch.cat([image, matte], 1))
        return (*(logits.softmax(1) for logits in self.logits(features)), features)

    def maps(self, picture: Tensor, depths: Sequence[int] = COMPARED) -> list[Tensor]:
        """What is seen in pictures (n, 4, h, w), red, green and blue over white and alpha, at these depths."""
        seen: list[Tensor] = [self.enter(2 * picture - 1)]
        for stage in list(self.stages)[: max(depths)]:
            seen.append(stage(seen[-1]))
        return [seen[depth] for depth in depths]

    def features(self, picture: Tensor) -> Tensor:
        """Features (n, width[-1]) of pictures (n, 4, h, w): the coarsest map's mean."""
        (coarsest,) = self.maps(picture, (len(self.stages),))
        return coarsest.float().mean((2, 3))

    def logits(self, features: Tensor) -> list[Tensor]:
        """What each head says of features, (n, words) each."""
        return [head(features).float() for head in self.heads]
