"""Cost: how much work a network is for each pixel."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from editor.ml.card import Card


def example(card: Card, height: int, width: int, seed: int = 0) -> tuple[Tensor, ...]:
    """Something to put into the network of `card`: a soft gradient under noise, and 0.1 in every further input."""
    chance = torch.Generator().manual_seed(seed)
    ramp = torch.linspace(0.1, 0.9, height)[:, None] * torch.linspace(1, 0.4, width)
    image = ramp.expand(1, 3, -1, -1) + 0.1 * torch.randn(1, 3, height, width, generator=chance)
    return (image, *(torch.full((1, 1, height, width), 0.1) for _ in card.inputs))


def cost(net: nn.Module, card: Card, side: int = 64) -> float:
    """Thousands of multiply-adds per input pixel in the convolutions and linear layers of `net`."""
    return macs(net, example(card, side, side)) / side**2 / 1000


def macs(net: nn.Module, given: tuple[Tensor, ...]) -> int:
    """Multiply-adds in the convolutions and linear layers of `net` for what it is given."""
    counts: list[int] = []

    def count(layer: nn.Module, inputs: tuple[Any, ...], output: Tensor) -> None:
        weight = layer.weight
        assert isinstance(weight, Tensor)
        if isinstance(layer, nn.ConvTranspose2d):
            counts.append(inputs[0].numel() * weight[0].numel())
        else:  # every output is a sum over one row of the weights
            counts.append(output.numel() * weight[0].numel())

    layers = [m for m in net.modules() if isinstance(m, nn.Conv2d | nn.ConvTranspose2d | nn.Linear)]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    try:
        with torch.no_grad():
            net(*given)
    finally:
        for hook in hooks:
            hook.remove()
    return sum(counts)
