"""MatteNet: a U-shaped network that finds the product in a photo."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class MatteConfig:
    """Channels at 1/2, 1/4, 1/8, 1/16 and 1/32 of the resolution; residual blocks at the last four, on the way down."""

    width: tuple[int, int, int, int, int] = (32, 48, 96, 144, 160)
    blocks: tuple[int, int, int, int] = (1, 2, 3, 3)
    attention: int = 2
    heads: int = 4


class Step(nn.Sequential):
    """A convolution, its answers made alike over the batch, and a ReLU."""

    def __init__(self, from_width: int, to_width: int, side: int = 3, stride: int = 1) -> None:
        convolution = nn.Conv2d(from_width, to_width, side, stride, side // 2, bias=False)
        super().__init__(convolution, nn.BatchNorm2d(to_width), nn.ReLU(inplace=True))


class Block(nn.Module):
    """Two 3x3 convolutions added to what came in (He et al., "Deep Residual Learning", CVPR 2016)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = Step(width, width)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width))
        nn.init.zeros_(self.second[1].weight)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x + self.second(self.first(x)))


class Attention(nn.Module):
    """Every place of the coarsest level looks at all others (Vaswani et al., "Attention Is All You Need", 2017).

    Where a place lies, it knows from the zeros around the picture.
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.ask, self.answer = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.widen, self.narrow = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        for last in (self.answer, self.narrow):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x: Tensor) -> Tensor:
        n, width, height, across = x.shape
        places = x.flatten(2).transpose(1, 2)
        asked = self.ask(self.before(places)).reshape(n, -1, 3, self.heads, width // self.heads)
        query, key, value = asked.permute(2, 0, 3, 1, 4).unbind(0)
        seen = F.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(n, -1, width)
        places = places + self.answer(seen)
        places = places + self.narrow(torch.relu(self.widen(self.between(places))))
        out: Tensor = places.transpose(1, 2).reshape(n, width, height, across)
        return out


class MatteNet(nn.Module):
    """Takes `image` (n, 3, h, w), sRGB-encoded 0..1, h and w multiples of 32. Returns the matte (n, 1, h, w), 0..1: how
    much of a pixel is product.
    """

    multiple_of = 32
    training_only = ("hints.",)

    def __init__(self, config: MatteConfig | None = None) -> None:
        super().__init__()
        config = config or MatteConfig()
        widths = config.width
        self.enter = Step(3, widths[0], 3, 2)
        self.down = nn.ModuleList()
        for i, count in enumerate(config.blocks):
            self.down.append(nn.Sequential(Step(widths[i], widths[i + 1], 3, 2),
                                           *(Block(widths[i + 1]) for _ in range(count))))  # fmt: skip
        self.around = nn.Sequential(*(Attention(widths[-1], config.heads) for _ in range(config.attention)))
        self.up, self.mix = nn.ModuleList(), nn.ModuleList()
        for i in (3, 2, 1, 0):
            self.up.append(Step(widths[i + 1], widths[i], 1))
            self.mix.append(Block(widths[i]) if i else Step(widths[0], widths[0]))
        self.hints = nn.ModuleList(nn.Conv2d(widths[i], 1, 1) for i in (3, 2))
        self.leave = nn.Conv2d(widths[0], 4, 3, padding=1)

    def answers(self, image: Tensor) -> list[Tensor]:
        """Logits at full size, and coarse ones (1/16 and 1/8) that training asks for as well."""
        x = self.enter((image - 0.5) * 4)
        kept = [x]
        for step in self.down:
            x = step(x)
            kept.append(x)
        x = self.around(kept.pop())
        hints = []
        for i, (up, mix) in enumerate(zip(self.up, self.mix, strict=True)):
            x = mix(F.interpolate(up(x), scale_factor=2.0, mode="bilinear", align_corners=False) + kept.pop())
            if i < len(self.hints):
                hints.append(self.hints[i](x))
        return [F.pixel_shuffle(self.leave(x), 2), *hints]

    def forward(self, image: Tensor) -> Tensor:
        """The mean of the answers to the picture and to its mirror image: they err in other places."""
        n = image.shape[0]
        both = torch.sigmoid(self.answers(torch.cat([image, image.flip(3)]))[0].float())
        matte: Tensor = (both[:n] + both[n:].flip(3)) / 2
        return matte
