"""Scene clothes: shirts, dresses, jackets, trousers, shorts and skirts, laid flat or worn, with their folds and seams.

Lengths are in shoulder units: the grid times a zoom, y down. What a person shows of skin, hair and other clothes is
product that has not the base colour.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from export.data.scene_shapes import Draw, Shape, inflated, joined, normal_of

# Linear albedo, from pale to dark (after Fitzpatrick's types), and of hair.
_SKIN = ((0.66, 0.42, 0.31), (0.55, 0.32, 0.22), (0.42, 0.23, 0.14), (0.25, 0.12, 0.07), (0.11, 0.05, 0.03))
_HAIR = ((0.008, 0.006, 0.005), (0.03, 0.015, 0.008), (0.10, 0.045, 0.02), (0.35, 0.22, 0.10))
WORN = 0.55  # of clothes; the rest lie or hang
BROAD = 0.94  # of half a body's width: beyond it, it turns away no more


@dataclass(frozen=True)
class Person:
    """Distances (n, 1, h, w) to what is seen of one who wears something: skin, hair, and other clothes."""

    skin: Tensor
    hair: Tensor
    others: Tensor


def clothes(draw: Draw) -> Shape:
    """Clothes for the upper or the lower body."""
    return upper(draw) if float(torch.rand(1, generator=draw.chance)) < 0.65 else lower(draw)


def upper(draw: Draw) -> Shape:
    """Tank tops, T-shirts, pullovers, jackets and dresses."""
    x, y, zoom = _place(draw, draw.even(-0.12, 0.06), draw.even(0.62, 1.0))
    worn, dress = draw.happens(WORN), draw.happens(0.2)
    top, wide = draw.even(-0.72, -0.55), draw.even(0.3, 0.42)
    bottom = top + draw.even(0.85, 1.15) + dress * draw.even(0.1, 0.5)
    down = ((y - top) / (bottom - top)).clamp(0, 1)
    half = (
        wide * (1 - draw.even(0, 0.2) * (torch.pi * down).sin())
        + (draw.even(-0.04, 0.1) + dress * draw.even(0, 0.3)) * down
    )
    hem = y - bottom - draw.even(-0.1, 0.15) * (x / half.clamp(min=0.1)).square().clamp(max=1)
    body = torch.maximum(torch.maximum(x.abs() - half, top + draw.even(0.1, 0.35) * x.abs() - y), hem)

    right = (x > 0).float()
    bend = [right * draw.even(a, b) + (1 - right) * draw.even(a, b) for a, b in ((0.12, 0.75), (-1.1, 0.35))]
    ex, ey = wide - 0.07 + 0.36 * bend[0].sin(), top + 0.14 + 0.36 * bend[0].cos()
    wx, wy = ex + 0.34 * (bend[0] + bend[1]).sin(), ey + 0.34 * (bend[0] + bend[1]).cos()
    arm = draw.even(0.095, 0.13)
    above, t1 = limb(x.abs(), y, wide - 0.07, top + 0.14, ex, ey, arm, arm * 0.85)
    below, t2 = limb(x.abs(), y, ex, ey, wx, wy, arm * 0.85, arm * 0.6)
    along = torch.where(above < below, t1, 1 + t2) / 2
    arms = joined(above, below, 0.03)
    kind = draw.even(0, 1)
    long = (
        (kind > 0.5).float() * draw.even(0.8, 1.05)
        + ((kind > 0.2) & (kind <= 0.5)).float() * draw.even(0.28, 0.48)
        - 0.1 * (kind <= 0.2)
    )
    sleeve = torch.maximum(arms - draw.even(0, 0.025), (along - long) * 0.7)
    bare = (kind <= 0.2).float()
    hole = torch.hypot((x.abs() - wide) / 0.09, (y - top - 0.16) / 0.2) * 0.09 - 0.09
    cloth = torch.maximum(joined(body, sleeve + 4 * bare, 0.05), -(hole + 4 * (1 - bare)))
    pointed = draw.happens(0.35)
    open_, deep = draw.even(0.1, 0.2), draw.even(0.06, 0.2) + pointed * draw.even(0, 0.2)
    fall = y - top
    neck = (1 - pointed) * (torch.hypot(x, fall * open_ / deep) - open_) + pointed * 0.7 * (
        x.abs() + fall * open_ / deep - open_
    )
    cloth = torch.maximum(cloth, -neck)

    depth = worn * draw.even(0.16, 0.34) + (1 - worn) * draw.even(0.02, 0.07)
    across = (x / half.clamp(min=0.1)).abs().clamp(max=BROAD)
    chest = (
        depth * (1 - across**2.4).clamp(min=0).sqrt()
        + 0.03 * worn * (draw.even(1.5, 4) * (down - 0.3)).square().neg().exp()
    )
    tube = (arm.square() - (arms + arm).square()).clamp(min=0.08 * arm.square()).sqrt() * (0.25 + 0.75 * worn)
    near = torch.sigmoid((body - sleeve) * 60) * (1 - bare)
    height = chest * (1 - near) + (0.75 * tube + draw.even(0, 0.6) * depth * along) * near
    limbs = torch.exp(-((along - 0.5) / 0.14).square()) * (long > 0.6)
    folds = drape(draw, x, y, worn) + near * 0.016 * limbs * (along * draw.even(45, 80) + 1.5 * draw.noise(4)).sin()
    folds = folds + rays(draw, x.abs() - wide + 0.08, y - top - 0.3, 0.17) * torch.sigmoid((x.abs() - 0.1) * 25)
    folds = folds + rays(draw, x.abs() + draw.even(-0.1, 0.1), y - bottom + 0.3, 0.25) * 0.6
    lines = line(sleeve - body, 0.006) * (1 - bare) + line(hem + 0.035, 0.005) + line(x, 0.006) * draw.happens(0.3)
    lines = lines + line(neck - 0.03, 0.006) + line((along - long) * 0.7 + 0.03, 0.005) * near * (1 - bare)
    ribs = (
        draw.edge(neck - 0.035) + draw.edge(-hem - 0.07) + draw.edge((long - along) * 0.7 - 0.07) * near
    ) * draw.happens(0.4)
    ribs = ribs.clamp(max=1) * (x * 170 + 40 * near * y).sin()
    height = height + folds * draw.even(0.3, 1.7) - 0.005 * lines + 0.0008 * ribs
    height = height + (1 - worn) * inflated(cloth, draw.even(0.03, 0.09)) * 0.6

    edging = draw.edge(neck / zoom - 0.04) * draw.happens(0.2)
    edging = torch.maximum(edging, draw.edge((-hem - 0.06) / zoom) * draw.happens(0.12))
    edging = torch.maximum(edging, near * draw.happens(0.1))
    edging = torch.maximum(edging, draw.edge((x.abs() - 0.012) / zoom) * draw.happens(0.15))

    beside = draw.even(-0.05, 0.05)
    head = torch.hypot((x - beside) / 0.135, (y - top + draw.even(0.25, 0.31)) / 0.18) * 0.14 - 0.14
    throat, _ = limb(x, y, 0.4 * beside, top + 0.15, beside, top - 0.2, draw.even(0.085, 0.11), 0.085)
    hand = torch.hypot(x.abs() - wx, y - wy) - arm * 0.65
    hair = torch.hypot((x - beside) / 0.16, (y - top + 0.35) / 0.19) * 0.16 - 0.16
    lock, _ = limb(x.abs(), y, 0.12, top - 0.33, draw.even(0.12, 0.2), top + draw.even(-0.3, 0.2), 0.05, 0.04)
    hair = torch.maximum(torch.minimum(hair, lock + draw.happens(0.5)), -(head + 0.015) * (y > top - 0.39).float())
    skin = torch.minimum(torch.minimum(head, throat), torch.minimum(arms + 0.012, hand))
    legs, _ = limb(x.abs(), y, wide * 0.42, bottom - 0.15, wide * 0.5, bottom + 1.2, wide * 0.5, wide * 0.32)
    under = 0.06 + 0.5 * depth
    return _dressed(draw, x, y, zoom, cloth, height, edging, Person(skin, hair, legs), worn, under)


def lower(draw: Draw) -> Shape:
    """Trousers, shorts, leggings and skirts."""
    worn, skirt, short = draw.happens(WORN), draw.happens(0.2), draw.happens(0.35)
    top, hips = draw.even(-0.75, -0.6), draw.even(0.28, 0.38)
    waist, crotch = hips * draw.even(0.72, 0.98), top + draw.even(0.36, 0.48)
    bottom = crotch + short * draw.even(0.08, 0.35) + (1 - short) * draw.even(0.65, 1.0)
    x, y, zoom = _place(draw, (top + bottom) / 2, (bottom - top).clamp(min=0.85) * draw.even(0.55, 0.72))
    down = ((y - top) / (crotch - top)).clamp(0, 1.4)
    half = waist + (hips - waist) * (1.6 * down).clamp(max=1)
    flared = half + skirt * draw.even(0, 0.35) * (y - top - 0.2).clamp(min=0)
    body = torch.maximum(torch.maximum(x.abs() - flared, top - y), y - skirt * bottom - (1 - skirt) * (crotch - 0.08))
    side = x - draw.even(-0.04, 0.04)
    tight, ankle = draw.even(0.4, 0.52), draw.even(0.07, 0.17)
    spread = draw.even(0.5, 0.75)
    leg, t = limb(side.abs(), y, hips * 0.48, crotch - 0.14, hips * spread, bottom, hips * tight, ankle + 0.05 * short)
    leg = leg + 4 * skirt
    cloth = torch.maximum(joined(body, leg, 0.06), torch.maximum(top - y, y - bottom))
    depth = worn * draw.even(0.14, 0.3) + (1 - worn) * draw.even(0.02, 0.06)
    radius = (hips * tight * (1 - t) + ankle * t).clamp(min=0.05)
    tube = (radius.square() - (leg + radius).square()).clamp(min=0.08 * radius.square()).sqrt() * depth / 0.2
    front = depth * (1 - (x / flared.clamp(min=0.1)).abs().clamp(max=BROAD) ** 2.4).sqrt()
    low = torch.sigmoid((y - crotch + 0.1) * 18) * (1 - skirt)
    height = front * (1 - low) + tube * low
    knee = torch.exp(-((t - 0.55) / 0.12).square()) + torch.exp(-((t - 0.97) / 0.08).square())
    folds = (
        drape(draw, x, y, worn) + 0.014 * low * knee * (y * draw.even(30, 60) + 6 * x.abs() + 1.5 * draw.noise(4)).sin()
    )
    folds = folds + rays(draw, side, y - crotch + 0.03, 0.25) * (1 - skirt)
    pleats = 0.012 * (x / flared.clamp(min=0.05) * draw.even(10, 28) + draw.noise(3)).sin() * skirt * draw.happens(0.6)
    lines = (
        line(y - top - 0.06, 0.006)
        + line(side, 0.006) * draw.edge(y - crotch) * (1 - skirt)
        + line(bottom - y - 0.03, 0.005)
    )
    pocket = line(x.abs() - 0.8 * half + 0.35 * (y - top - 0.06), 0.005) * draw.edge(y - top - 0.22) * draw.happens(0.6)
    height = height + (folds + pleats) * draw.even(0.3, 1.7) - 0.005 * (lines + pocket)
    height = height + (1 - worn) * inflated(cloth, draw.even(0.03, 0.08)) * 0.6
    edging = draw.edge((y - top - 0.065) / zoom) * draw.happens(0.2)
    edging = torch.maximum(edging, draw.edge((0.8 * half + 0.04 * t - x.abs()) / zoom) * draw.happens(0.15))
    shirt = torch.maximum(torch.maximum(x.abs() - waist - 0.02, y - top - draw.even(-0.03, 0.08)), -1.5 - y)
    bare, _ = limb(side.abs(), y, hips * 0.48, crotch, hips * spread, bottom.clamp(min=0.4) + 0.5, hips * 0.4, 0.07)
    arm, _ = limb(
        x.abs(), y, hips + 0.12, top - 0.5, hips + draw.even(0.08, 0.25), top + draw.even(0.0, 0.5), 0.075, 0.05
    )
    skin = torch.minimum(bare, arm + draw.happens(0.4))
    none = torch.full_like(skin, 9.0)
    return _dressed(draw, x, y, zoom, cloth, height, edging, Person(skin, none, shirt), worn, 0.04 + 0.5 * depth)


def _place(draw: Draw, middle: Tensor, zoom: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The grid as clothes lie in it, as high as `middle`, and `zoom` from there to the edge of the picture: aside,
    leaning, and a little out of shape."""
    lean = draw.even(-0.1, 0.1)
    shift = draw.noise(2, 2, 2) * draw.even(0.0, 0.05)
    x = zoom * draw.x + draw.even(-0.08, 0.08) + lean * draw.y + shift[:, :1]
    y = zoom * draw.y + middle - lean * draw.x + shift[:, 1:]
    return x, y, zoom


def _dressed(draw: Draw, x: Tensor, y: Tensor, zoom: Tensor, cloth: Tensor, height: Tensor, edging: Tensor,
             person: Person, worn: Tensor, under: Tensor) -> Shape:  # fmt: skip
    """Clothes over the person, if somebody wears them."""
    covered = draw.edge(cloth / zoom)
    skin, hair, others = (worn * draw.edge(part / zoom) for part in (person.skin, person.hair, person.others))
    body = torch.maximum(torch.maximum(skin, hair), others)
    matte = torch.maximum(covered, body)
    tones = [_one_of(draw, colours) for colours in (_SKIN, _HAIR)]
    trousers = torch.rand(draw.count, 3, 1, 1, generator=draw.chance).to(draw.device).square() * draw.even(0.02, 0.9)
    grey = trousers.mean(1, keepdim=True)
    trousers = grey + (trousers - grey) * draw.even(0, 1)
    tone = trousers * (1 - skin) + tones[0] * skin
    tone = tone * (1 - hair) + tones[1] * hair
    trim = 1 - covered / matte.clamp(min=1e-3)
    band = edging * covered
    tone = torch.where(band > trim, draw.even(0.01, 0.85).expand_as(tone), tone)
    rounded = sum(inflated(part / zoom, draw.even(0.08, 0.14)) for part in (person.skin, person.others)) * 0.6
    over = covered > 0.5 * matte
    beneath = worn * (rounded * under / 0.12 - 0.03) / zoom
    normal = torch.where(over, normal_of(height / zoom, draw.size), normal_of(beneath, draw.size))
    height = torch.where(over, height / zoom, beneath)
    return Shape(matte, normal, torch.maximum(trim, band), height, x, y, True, tone)


def _one_of(draw: Draw, colours: tuple[tuple[float, ...], ...]) -> Tensor:
    which = torch.randint(len(colours), (draw.count,), generator=draw.chance)
    return (torch.tensor(colours)[which].to(draw.device) * draw.even(0.8, 1.25)[:, :, 0, 0])[:, :, None, None]


def limb(x: Tensor, y: Tensor, ax: Tensor | float, ay: Tensor, bx: Tensor | float, by: Tensor, thick: Tensor | float,
         thin: Tensor | float) -> tuple[Tensor, Tensor]:  # fmt: skip
    """Distance to a line from a to b that is `thick` at a and `thin` at b, and how far along it one is, 0..1."""
    dx, dy = bx - ax, by - ay
    t = (((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy + 1e-6)).clamp(0, 1)
    return torch.hypot(x - ax - t * dx, y - ay - t * dy) - (thick + (thin - thick) * t), t


def line(distance: Tensor, wide: float) -> Tensor:
    """A seam, where a distance is 0."""
    return (distance / wide).square().neg().exp()


def drape(draw: Draw, x: Tensor, y: Tensor, worn: Tensor) -> Tensor:
    """How cloth falls, as heights: wide waves, sharp creases that run in one direction and end, and fine crumples."""
    bent = draw.noise(3, 2, 2) * draw.even(0.05, 0.25)
    turn = draw.even(-0.5, 0.5) + draw.happens(0.3) * draw.even(-1.2, 1.2)
    u = (x + bent[:, :1]) * turn.cos() + (y + bent[:, 1:]) * turn.sin()
    phase = u * draw.even(8, 20) + 2.2 * draw.noise(2)
    creases = (1 - (phase.sin().square() + 0.01).sqrt()) * torch.sigmoid(5 * draw.noise(4, octaves=2) - 1)
    waves = (u * draw.even(6, 14) + 1.5 * draw.noise(3)).sin() * torch.sigmoid(4 * draw.noise(3, octaves=1))
    return 0.010 * waves + 0.020 * creases + 0.02 * draw.noise(3, octaves=2) + 0.004 * draw.noise(9, octaves=2)


def rays(draw: Draw, x: Tensor, y: Tensor, reach: float) -> Tensor:
    """Folds that run from a point where cloth is held, such as an armpit, as heights."""
    far = torch.hypot(x, y)
    angle = torch.atan2(y, x + 1e-4)
    ridges = 1 - ((angle * draw.even(2.5, 6.4).round() + 1.5 * draw.noise(3)).sin().square() + 0.12).sqrt()
    return 0.05 * ridges * far * torch.exp(-far / reach) * draw.even(0.2, 1.6)
