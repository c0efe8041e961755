"""Scene solids: bottles, cups, shoes, bags, sofas, boxes and balls, seen a little from above and from a side.

Surfaces are signed distances that rays walk along (sphere tracing: Hart, The Visual Computer 1996).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from export.data.scene_shapes import Draw, Shape, joined, normal_of, unit

STEPS = 26
NEAR, FAR = 1.25, -1.25  # where rays start and end
SURE = 0.85  # of a distance is walked, since joined ones are a little too long
Field = Callable[[Tensor, Tensor, Tensor], Tensor]


@dataclass(frozen=True)
class Solid:
    """A thing in its own space, x to the right, y down, z to the front: its distance `at` a place; `trim`, how much of
    what is there never has the base colour; `around` where prints run around it; how `bumpy` its leather or cloth
    is."""

    at: Field
    trim: Field
    around: bool
    bumpy: Tensor
    cloth: bool


def solids(draw: Draw) -> Shape:
    """One of all kinds of solid things."""
    return seen(draw, KINDS[int(torch.randint(len(KINDS), (1,), generator=draw.chance))](draw))


def seen(draw: Draw, solid: Solid) -> Shape:
    """A solid as the camera sees it."""
    down, turn, zoom = draw.even(0.02, 0.5), draw.even(-0.7, 0.7), draw.even(0.66, 1.05)
    aside, below = draw.even(-0.08, 0.08), draw.even(-0.06, 0.06)
    c, s, ct, st = down.cos(), down.sin(), turn.cos(), turn.sin()

    def own(x: Tensor, y: Tensor, z: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        front = y * s + z * c
        return x * ct + front * st, y * c - z * s, front * ct - x * st

    x, y = zoom * (draw.x + aside), zoom * (draw.y + below)
    z = torch.full_like(x, NEAR)
    nearest, where = torch.full_like(x, 9.0), z
    for _ in range(STEPS):
        distance = solid.at(*own(x, y, z))
        closer = distance < nearest
        nearest, where = torch.where(closer, distance, nearest), torch.where(closer, z, where)
        z = (z - SURE * distance).clamp(min=FAR)
    px = 2 * zoom / draw.size
    matte = (1 - (nearest - 0.3 * px).clamp(min=0) / px).clamp(0, 1)
    # Rays that were still under way in a narrow gap, not at the outline.
    caught = (z > FAR + 0.05) & (nearest < 0.03) & (F.avg_pool2d(matte, 5, 1, 2) > 0.7)
    matte = torch.where(caught, torch.ones_like(matte), matte)
    step = 0.6 * px
    here = solid.at(*own(x, y, where))
    slopes = [
        solid.at(*own(x + dx * step, y + dy * step, where + dz * step)) - here for dx, dy, dz in torch.eye(3).tolist()
    ]
    normal = unit(torch.cat(slopes, 1))
    relief = solid.bumpy * (0.4 * draw.noise(4) + 0.12 * draw.noise(24, octaves=2))
    bumps = normal_of(relief, draw.size) - torch.tensor([0.0, 0.0, 1.0], device=draw.device).view(1, 3, 1, 1)
    ox, oy, oz = own(x, y, where)
    across = torch.atan2(ox * ct - oz * st, oz * ct + ox * st) * 0.5 if solid.around else ox
    trim = solid.trim(ox, oy, oz).clamp(0, 1)
    return Shape(matte, unit(normal + bumps), trim, where / zoom, across, oy, solid.cloth)


def turned(draw: Draw) -> Solid:
    """Bottles, jars, vases, cups: a profile turned around an upright axis."""
    count, samples = draw.count, 96
    cup = draw.happens(0.3)
    top, bottom = draw.even(-0.8, -0.5) + 0.25 * cup, draw.even(0.55, 0.8) - 0.2 * cup
    at = torch.linspace(0, 1, samples, device=draw.device).view(1, 1, 1, -1)
    knots = torch.rand(count, 1, 7, generator=draw.chance).to(draw.device)
    wavy = F.interpolate(knots, samples, mode="linear", align_corners=True)[:, :, None]
    shoulder, neck = draw.even(0.12, 0.42), draw.even(0.22, 0.9)
    bottle = neck + (1 - neck) * torch.sigmoid((at - shoulder) * draw.even(14, 40))
    radius = (
        draw.even(0.22, 0.5)
        * (1 - draw.even(0, 0.35) * wavy)
        * (cup * (1 - draw.even(-0.1, 0.3) * at) + (1 - cup) * bottle)
    )
    radius = F.avg_pool1d(F.pad(radius[:, :, 0], (3, 3), mode="replicate"), 7, 1).view(count, samples)
    hollow, wall = cup * draw.happens(0.85), 0.02
    capped = draw.happens(0.65) * (1 - cup)
    cap = top + capped * shoulder * draw.even(0.45, 0.85) * (bottom - top)
    handle = cup * draw.happens(0.6)
    grip, thick = draw.even(0.13, 0.2), draw.even(0.025, 0.045)
    middle = (top + bottom) / 2

    def wide(y: Tensor) -> Tensor:
        place = ((y - top) / (bottom - top)).clamp(0, 1) * (samples - 1)
        low = place.floor().clamp(max=samples - 2)
        index = low.long().view(count, -1)
        first, second = radius.gather(1, index), radius.gather(1, index + 1)
        return torch.lerp(first.view_as(y), second.view_as(y), place - low)

    def distance(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
        far = torch.hypot(x, z)
        side = wide(y) * (1 + 0.05 * capped * (y < cap)) - 0.02
        dx, dy = (far - side) * 0.8, (y - middle).abs() - (bottom - top) / 2 + 0.02
        full = torch.hypot(dx.clamp(min=0), dy.clamp(min=0)) + torch.maximum(dx, dy).clamp(max=0) - 0.02
        inner = torch.maximum((far - side + wall) * 0.8, y - bottom + 0.08)
        full = torch.where(hollow > 0, torch.maximum(full, -inner), full)
        ring = torch.hypot(torch.hypot(x - wide(middle.expand_as(y)) - 0.02, y - middle) - grip, z) - thick
        return joined(full, ring + 4 * (1 - handle), 0.03)

    return Solid(distance, lambda x, y, z: capped * (y < cap).float(), True, 0 * cup, False)


def shoe(draw: Draw) -> Solid:
    """Shoes and boots, with a sole."""
    facing = 2 * draw.happens(0.5) - 1
    high, long = draw.even(0.12, 0.5), draw.even(0.62, 0.74)
    toe, heel = draw.even(0.13, 0.2), draw.even(0.15, 0.2)
    sole, other = draw.even(0.03, 0.09), draw.happens(0.75)
    laced, lift = draw.happens(0.65), draw.even(0.2, 0.32)

    def upper(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
        front = ellipsoid(x - long * 0.38, y - 0.32 + toe * 0.5, z, long * 0.58, toe * 1.15, 0.2)
        instep = ellipsoid(x + long * 0.05, y - 0.26, z, long * 0.6, lift, 0.17)
        front = joined(front, instep, 0.12)
        back = ellipsoid(x + long * 0.5, y - 0.2, z, long * 0.42, 0.28, heel)
        shaft = capped_cone(x + long * 0.52, y, z, -high, 0.2, 0.17)
        full = joined(joined(front, back, 0.25), shaft, 0.14)
        inner = torch.maximum(torch.hypot(x + long * 0.52, z) - 0.135, y - 0.15)
        return torch.maximum(torch.maximum(full, -inner), y - 0.36)

    def distance(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
        x = x * facing
        waist = 0.2 - 0.05 * (1 - ((x - 0.05) / 0.5).square()).clamp(min=0)
        flat = torch.hypot(x / long, z / waist) - 1
        base = torch.maximum(flat * 0.2, (y - 0.36 - sole * 0.5).abs() - sole)
        return torch.minimum(upper(x, y, z), base)

    def trim(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
        x = x * facing
        ties = (
            ((x * 55).sin() > 0.1).float()
            * (z.abs() < 0.075).float()
            * (x > -0.18).float()
            * (x < 0.25).float()
            * (y < 0.24)
        )
        return torch.maximum((y > 0.36 - 0.5 * sole).float() * other, ties * laced)

    return Solid(distance, trim, False, draw.even(0, 0.03), bool(torch.rand(1, generator=draw.chance) < 0.4))


def bag(draw: Draw) -> Solid:
    """Handbags, totes and backpacks, with handle, flap and clasp."""
    a, b, c = draw.even(0.38, 0.62), draw.even(0.3, 0.5), draw.even(0.1, 0.24)
    taper, round_ = draw.even(-0.15, 0.3), draw.even(0.04, 0.1)
    ring, thick, squeeze = draw.even(0.18, 0.32), draw.even(0.018, 0.035), draw.even(0.7, 1.4)
    flap, flapped = draw.even(-0.1, 0.25), draw.happens(0.6)
    other, clasp, belt = draw.happens(0.35), draw.happens(0.5), draw.happens(0.3)

    def hang(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
        return torch.hypot(torch.hypot(x * squeeze, y - 0.15 + b) - ring, z) - thick

    def distance(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
        low = y - 0.15
        bulge = 0.05 * (1 - (x / a).square()).clamp(min=0) * (1 - (low / b).square()).clamp(min=0)
        fold = 0.015 * flapped * (low < flap * b).float()
        body = box(x, low, z, a * (1 + taper * low), b, c + bulge + fold, round_) * 0.85
        return torch.minimum(body, hang(x, y, z))

    def trim(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
        low = y - 0.15
        lock = ((x.abs() < 0.05) & ((low - flap * b).abs() < 0.04) & (z > 0)).float() * clasp
        straps = ((x.abs() - 0.55 * a).abs() < 0.03).float() * belt * (z > 0)
        return torch.maximum(torch.maximum((hang(x, y, z) < 0.004).float() * other, lock), straps)

    return Solid(distance, trim, False, draw.even(0, 0.03), bool(torch.rand(1, generator=draw.chance) < 0.4))


def sofa(draw: Draw) -> Solid:
    """Chairs and sofas, with feet."""
    a, arm, seat = draw.even(0.32, 0.7), draw.even(0.06, 0.12), draw.even(0.1, 0.25)
    high, round_ = draw.even(-0.4, -0.1), draw.even(0.03, 0.09)
    parts = draw.even(0.6, 3.4).round().clamp(1, 3)

    def distance(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
        each = torch.remainder(x + a, 2 * a / parts) - a / parts
        cushion = box(each, y - seat, z - 0.05, a / parts - 0.005, 0.08, 0.3, round_)
        cushion = torch.maximum(cushion, x.abs() - a)
        base = box(x, y - seat - 0.14, z, a + arm, 0.08, 0.33, 0.02)
        back = box(x, y - (high + seat) / 2, z + 0.28, a + 0.5 * arm, (seat - high) / 2 + 0.1, 0.09, round_)
        sides = box(x.abs() - a - arm, y - seat + 0.04, z, arm * 0.8, 0.22, 0.34, round_)
        feet = box(x.abs() - a * 0.9, y - seat - 0.27, z.abs() - 0.25, 0.03, 0.07, 0.03, 0.01)
        whole = torch.minimum(torch.minimum(cushion, base), torch.minimum(joined(back, sides, 0.03), feet))
        return whole * 0.9

    return Solid(distance, lambda x, y, z: (y > seat + 0.225).float(), False, draw.even(0, 0.03), True)


def block(draw: Draw) -> Solid:
    """Boxes, cushions, balls, soap: superellipsoids and rounded boxes, with a band."""
    a, b, c = draw.even(0.3, 0.62), draw.even(0.25, 0.6), draw.even(0.15, 0.5)
    round_, ball = draw.even(0.02, 0.14), draw.happens(0.4)
    band, wide, banded = draw.even(-0.2, 0.3), draw.even(0.02, 0.1), draw.happens(0.3)
    pillow = draw.even(0, 0.12) * draw.happens(0.5)

    def distance(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
        thin = 1 - pillow * 4 * ((x / a).square() + (y / b).square()).clamp(max=2) / 2
        return torch.where(
            ball > 0, ellipsoid(x, y, z, a, b, c), box(x, y, z, a, b, c * thin.clamp(min=0.3), round_) * 0.8
        )

    return Solid(distance, lambda x, y, z: ((y - band).abs() < wide).float() * banded, False,
                 draw.even(0, 0.03) * draw.happens(0.5), bool(torch.rand(1, generator=draw.chance) < 0.4))  # fmt: skip


KINDS = (turned, turned, turned, shoe, shoe, bag, bag, sofa, block)


def ellipsoid(x: Tensor, y: Tensor, z: Tensor, a: Tensor, b: Tensor | float, c: Tensor | float) -> Tensor:
    """About the distance to an ellipsoid of half axes a, b and c (Quilez)."""
    far = (torch.hypot(torch.hypot(x / a, y / b), z / c)).clamp(min=1e-4)
    slope = torch.hypot(torch.hypot(x / (a * a), y / (b * b)), z / (c * c)).clamp(min=1e-4)
    return far * (far - 1) / slope


def capped_cone(x: Tensor, y: Tensor, z: Tensor, top: Tensor, bottom: float, radius: float) -> Tensor:
    """About the distance to an upright cylinder."""
    return torch.maximum(torch.hypot(x, z) - radius, (y - (top + bottom) / 2).abs() - (bottom - top) / 2)


def box(
    x: Tensor, y: Tensor, z: Tensor, a: Tensor | float, b: Tensor | float, c: Tensor | float, radius: Tensor | float
) -> Tensor:
    """Distance to a rounded box of half sides a, b and c."""
    qx, qy, qz = x.abs() - a + radius, y.abs() - b + radius, z.abs() - c + radius
    outside = torch.hypot(torch.hypot(qx.clamp(min=0), qy.clamp(min=0)), qz.clamp(min=0))
    return outside + torch.maximum(qx, torch.maximum(qy, qz)).clamp(max=0) - radius
