"""Scene ground: white studios, coloured paper, rooms and tables behind a product, with its shadow and its glow."""

from __future__ import annotations

import torch
from torch import Tensor

from export.data.scene_light import blurred, moved
from export.data.scene_shapes import Draw

WHITE, PAPER = 0.58, 0.8  # shares of scenes: pure white; that, or plain paper and walls
GLOW = 0.12  # of the product's colour that a floor throws back, at most


def surroundings(draw: Draw, matte: Tensor) -> tuple[Tensor, Tensor]:
    """The ground (n, 3, h, w) in linear light with a product's shadow on it, and how much of the product's colour it
    throws back (n, 1, h, w): nothing where the product is."""
    size = draw.size
    kind = draw.even(0, 1)
    white, paper = (kind < WHITE).float(), ((kind >= WHITE) & (kind < PAPER)).float()
    room = 1 - white - paper
    studio = draw.even(0.97, 1.15).expand(-1, 3, -1, -1)
    tint = 1 + 0.05 * torch.randn(draw.count, 3, 1, 1, generator=draw.chance).to(draw.device)
    slope = 1 + draw.even(-0.25, 0.25) * draw.y + draw.even(-0.2, 0.2) * draw.x
    vignette = 1 - draw.even(0, 0.3) * (draw.x.square() + draw.y.square()) / 2
    plain = draw.even(0.12, 0.9) * tint * slope * vignette
    colour = torch.rand(draw.count, 3, 2, 1, generator=draw.chance).to(draw.device).square() * 0.8 + 0.03
    colour = colour + draw.even(0.4, 1) * (colour.mean(1, keepdim=True) - colour)  # few walls are bright green
    horizon = draw.even(0.0, 0.75)
    floor = torch.sigmoid((draw.y - horizon) * 60)
    grain = torch.sin(draw.x * draw.even(0.5, 3) + draw.y * draw.even(10, 40) + 2 * draw.noise(3, octaves=2))
    boards = 1 + draw.even(0, 0.12) * floor * grain
    inside = (colour[:, :, :1] * (1 - floor) + colour[:, :, 1:] * floor) * slope * boards
    ground = white * studio + paper * plain + room * inside * (1 + 0.06 * draw.noise(3))

    lying = draw.happens(0.5)
    rows = matte.amax(3, keepdim=True)
    foot = (rows * (rows > 0.5) * torch.arange(size, device=draw.device).view(1, 1, -1, 1)).amax(2, keepdim=True)
    foot = (foot + 0.5) * (2 / size) - 1
    middle = (matte * draw.x).sum((2, 3), keepdim=True) / matte.sum((2, 3), keepdim=True).clamp(min=1)
    wide = matte.amax(2, keepdim=True).mean(3, keepdim=True).clamp(min=0.02)
    away = ((draw.x - middle) / (wide * draw.even(0.8, 1.2))).square() + (
        (draw.y - foot) / draw.even(0.05, 0.16)
    ).square()
    contact = torch.exp(-1.2 * away)
    thrown = moved(blurred(matte, 0.05, size), torch.cat([draw.even(-0.12, 0.12), draw.even(-0.14, 0.0)], 1))
    near = blurred(matte, 0.018, size)
    shadow = lying * torch.maximum(0.7 * thrown, near) + (1 - lying) * torch.maximum(contact, 0.6 * near * contact)
    bare = draw.happens(0.35) * white  # cut out: no shadow at all
    strength = draw.even(0.08, 0.65) * (1 - bare)
    ground = (ground * (1 - strength * shadow)).clamp(min=0.002)
    thrown_back = blurred(matte, 0.12, size) * (lying + (1 - lying) * torch.sigmoid((draw.y - foot + 0.1) * 14))
    glow = draw.even(0, GLOW) * draw.happens(0.6) * (1 - bare) * thrown_back * ground.mean(1, keepdim=True).clamp(max=1)
    return ground, glow * (1 - matte)
