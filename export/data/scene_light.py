"""Scene light: soft boxes, windows and daylight on a surface, as light to be coloured and light that is mirrored."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from export.data.scene_shapes import Draw, Shape, unit

MIRRORED = 0.04  # of light that falls straight on plastic, lacquer and leather (index of refraction 1.5)
MOST = 3.0  # of mirrored light, where white paper is 1: film clips long before
WELL_LIT = 8  # power of the mean that counts as what is well lit


@dataclass(frozen=True)
class Lamp:
    """A soft box as the product sees it: (n, 3, 1, 1) towards it, along its two sides, and its light; (n, 1, 1, 1) half
    the lengths of its sides."""

    towards: Tensor
    side: Tensor
    up: Tensor
    wide: Tensor
    high: Tensor
    light: Tensor


@dataclass(frozen=True)
class Lamps:
    """The lamps of every scene, and what comes from all around: from above, from the floor, from the camera's side."""

    all: tuple[Lamp, ...]
    around: Tensor
    above: Tensor
    front: Tensor
    tint: Tensor


@dataclass(frozen=True)
class Surface:
    """What a surface does with light, each (n, 1, 1, 1): `rough` 0.05..1, `gloss` how much of MIRRORED it has, `fuzz`
    how bright its rim is (velvet, wool), `soft` how far light gets around it, `stretch` of highlights along threads."""

    rough: Tensor
    gloss: Tensor
    fuzz: Tensor
    soft: Tensor
    stretch: Tensor


def lamps(draw: Draw) -> Lamps:
    """One to three lamps: a main one from above, mostly from a side; another from the other side; a strip or window."""
    flat = draw.happens(0.45)  # as in a shop's studio: large lamps from both sides and the front
    warm = draw.even(-0.05, 0.05)
    tint = torch.cat([1 + warm, torch.ones_like(warm), 1 - warm], 1)
    left = 2 * draw.happens(0.5) - 1
    found = []
    for number in range(3):
        if number == 0:
            x, y, z = left * draw.even(0.1, 1.2), -draw.even(0.2, 1.1), draw.even(0.5, 1.2)
            strength = draw.even(0.8, 1.2) * (1 - 0.35 * flat)
        elif number == 1:
            x, y, z = -left * draw.even(0.4, 1.4), -draw.even(-0.1, 0.8), draw.even(0.2, 1.0)
            strength = draw.even(0.15, 0.6) * draw.happens(0.75) + 0.35 * flat
        else:
            x, y, z = draw.even(-1.4, 1.4), -draw.even(-0.3, 1.2), draw.even(-0.4, 0.6)
            strength = draw.even(0.1, 0.6) * draw.happens(0.5)
        towards = unit(torch.cat([x, y, z], 1))
        upright = torch.tensor([0.0, 1.0, 0.0], device=draw.device).view(1, 3, 1, 1).expand_as(towards)
        side = unit(torch.linalg.cross(upright, towards, dim=1))
        wide, high = draw.even(0.12, 0.55), draw.even(0.12, 0.7)
        own = 1 + 0.02 * torch.randn(draw.count, 3, 1, 1, generator=draw.chance).to(draw.device)
        light = strength * tint * own
        found.append(Lamp(towards, side, torch.linalg.cross(towards, side, dim=1), wide, high, light))
    around = draw.even(0.15, 0.5) + 0.45 * flat
    return Lamps(tuple(found), around, draw.even(0, 0.5), draw.even(0, 0.35), tint)


def shaded(surface: Surface, given: Lamps, shape: Shape, hollow: Tensor, spread: Tensor) -> Tensor:
    """Light (n, 3, h, w) that falls on a surface and is thrown back in its colour; 1 where it is well lit."""
    normal, matte = shape.normal, shape.matte
    light = given.around * (1 - 0.5 * given.above * normal[:, 1:2] + given.front * (normal[:, 2:3] - 0.7)) * hollow
    light = light * given.tint
    for lamp in given.all:
        facing = (lamp.towards * normal).sum(1, keepdim=True)
        facing = ((facing + surface.soft) / (1 + surface.soft)).clamp(min=0)
        light = light + lamp.light * facing * cast(shape.height, lamp, spread) * (0.35 + 0.65 * hollow)
    bright = (light.mean(1, keepdim=True) ** WELL_LIT * matte).sum((2, 3), keepdim=True)
    return light / (bright / matte.sum((2, 3), keepdim=True).clamp(min=1) + 1e-9) ** (1 / WELL_LIT)


def mirrored(surface: Surface, given: Lamps, normal: Tensor, hollow: Tensor) -> Tensor:
    """Light (n, 3, h, w) that is mirrored: the lamps as the surface shows them, the blurrier the rougher, and its rim
    (Schlick, "An inexpensive BRDF model", 1994)."""
    straight = normal[:, 2:3].clamp(0, 1)
    rim = (1 - straight) ** 5 * (1 - surface.rough).square()
    share = surface.gloss * (MIRRORED + (1 - MIRRORED) * 0.6 * rim)
    back = 2 * straight * normal - torch.tensor([0.0, 0.0, 1.0], device=normal.device).view(1, 3, 1, 1)
    blur = 0.02 + 0.55 * surface.rough.square()
    seen = given.around * given.tint * (0.6 - 0.4 * back[:, 1:2])
    for lamp in given.all:
        across, along = (lamp.side * back).sum(1, keepdim=True), (lamp.up * back).sum(1, keepdim=True)
        ahead = (lamp.towards * back).sum(1, keepdim=True)
        wide, high = blur * surface.stretch, blur
        window = torch.sigmoid((lamp.wide - across.abs()) / wide * 1.7) * torch.sigmoid(
            (lamp.high - along.abs()) / high * 1.7
        )
        power = (
            1.2
            * lamp.wide
            * lamp.high
            / ((lamp.wide + wide) * (lamp.high + high))
            / (lamp.wide * lamp.high).clamp(min=0.06)
        )
        seen = seen + 3 * lamp.light * window * power * torch.sigmoid(ahead * 12)
    fuzz = surface.fuzz * (1 - straight).square() * given.tint * given.around
    return ((share * seen + fuzz) * hollow).clamp(0, MOST)


def occlusion(draw: Draw, shape: Shape) -> tuple[Tensor, Tensor]:
    """How open hollows and folds are to light, 0..1 (n, 1, h, w), and heights without the finest.

    A place is in a hollow where what is around it stands above the plane that touches it there.
    """
    height, matte = shape.height, shape.matte
    slope = -shape.normal[:, :2] / shape.normal[:, 2:].clamp(min=0.25)
    place = torch.cat([draw.x, draw.y], 1)
    total = torch.zeros_like(height)
    spread = height
    stack = torch.cat([height * matte, place * matte, matte], 1)
    for share, weight in ((0.02, 28.0), (0.07, 9.0)):
        around = blurred(stack, share, draw.size)
        around = around[:, :3] / around[:, 3:].clamp(min=0.02)
        plane = height + (slope * (around[:, 1:] - place)).sum(1, keepdim=True)
        total = total + weight * (around[:, :1] - plane).clamp(0, 0.12)
        if share < 0.05:
            spread = around[:, :1]
    return torch.exp(-total).clamp(min=0.08), spread


def cast(height: Tensor, lamp: Lamp, spread: Tensor) -> Tensor:
    """How much of a lamp is seen over what stands between, 0..1: two looks along the way to it."""
    flat = lamp.towards[:, :2].square().sum(1, keepdim=True).sqrt().clamp(min=0.05)
    rise = lamp.towards[:, 2:3] / flat
    away = lamp.towards[:, :2] / flat
    seen = torch.ones_like(height)
    for far in (0.04, 0.1):
        over = moved(spread, far * away) - height - far * rise.clamp(min=0.1)
        seen = seen * torch.sigmoid(2.5 - over / (0.25 * far))
    return seen / 0.85


def moved(picture: Tensor, by: Tensor) -> Tensor:
    """What stands `by` (n, 2, 1, 1) away, in units of the grid; pictures are square."""
    side = picture.shape[-1]
    steps = (torch.arange(side, device=picture.device) + 0.5) * (2 / side) - 1
    x = (steps + by[:, :1, 0]).expand(-1, side, -1)
    y = (steps + by[:, 1:, 0]).transpose(1, 2).expand(-1, -1, side)
    return F.grid_sample(picture, torch.stack([x, y], 3), padding_mode="border", align_corners=False)


def blurred(picture: Tensor, share: float, size: int) -> Tensor:
    """Blurred over `share` of the picture's side, in a smaller picture where that is much."""
    radius = share * size
    less = max(1, int(radius / 2))
    small = F.avg_pool2d(picture, less, ceil_mode=True, count_include_pad=False) if less > 1 else picture
    reach = max(1, round(radius / less))
    for _ in range(2):
        small = F.avg_pool2d(small, 2 * reach + 1, 1, reach, count_include_pad=False)
    return F.interpolate(small, picture.shape[2:], mode="bilinear", align_corners=False) if less > 1 else small


def lit(draw: Draw, shape: Shape) -> tuple[Tensor, Tensor]:
    """Light to be coloured and mirrored light, (n, 3, h, w) each, on things of random cloth, leather or plastic."""
    given = lamps(draw)
    glossy = draw.even(0, 1)
    if shape.cloth:
        satin = (glossy > 0.86).float()
        rough = (1 - satin) * draw.even(0.6, 1.0) + satin * draw.even(0.32, 0.55)
        gloss = (1 - satin) * draw.even(0.0, 0.5) + satin * draw.even(0.7, 1.5)
        fuzz = draw.even(0, 0.06) * draw.happens(0.5)
    else:
        rough, gloss, fuzz = 0.05 + 0.75 * glossy.square(), draw.even(0.6, 1.2), 0 * glossy
    stretch = 1 + (draw.happens(0.3) * draw.even(0, 2) if shape.cloth else 0 * glossy)
    surface = Surface(rough, gloss, fuzz, draw.even(0.05, 0.6), stretch)
    hollow, spread = occlusion(draw, shape)
    light, shine = shaded(surface, given, shape, hollow, spread), mirrored(surface, given, shape.normal, hollow)
    texture = grain(draw, shape.cloth)
    if shape.tone is not None:  # skin is neither woven nor wet
        texture, shine = texture + shape.trim * (1 - texture), shine * (1 - 0.7 * shape.trim)
    return light * texture, shine


def grain(draw: Draw, cloth: bool) -> Tensor:
    """The texture of threads, heather and leather in light, about 1 (n, 1, h, w)."""
    count, size = draw.count, draw.size
    fine = torch.randn(count, 1, size, size, generator=draw.chance).to(draw.device)
    if not cloth:
        return 1 + draw.even(0, 0.02) * fine
    threads = F.avg_pool2d(fine, (1, 3), 1, (0, 1)) + F.avg_pool2d(fine, (3, 1), 1, (1, 0))
    heather = draw.happens(0.3) * draw.even(0.01, 0.09) + draw.even(0.0, 0.025)
    weave = (draw.x * draw.even(60, 200)).sin() * (draw.y * draw.even(60, 200)).sin() * draw.even(0, 0.04)
    return (1 + heather * threads + weave).clamp(min=0.3)
