"""Scene: photos of products that are drawn in layers, so that the same thing can be had in any colour, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from export.colours import decode, encode
from export.data.scene_clothes import clothes
from export.data.scene_ground import surroundings
from export.data.scene_light import lit
from export.data.scene_print import printed
from export.data.scene_shapes import Draw, Shape
from export.data.scene_solids import solids

KINDS = (clothes, clothes, clothes, solids, solids)
GROUP = 4  # scenes of one kind at a time
# sRGB-encoded colours that products are often sold in
_USUAL = ((25, 25, 27), (18, 18, 20), (238, 238, 236), (250, 250, 248), (130, 132, 136), (190, 190, 192), (28, 38, 72),
          (35, 75, 150), (170, 25, 40), (205, 185, 150), (110, 75, 50), (60, 75, 55), (225, 160, 175))  # fmt: skip


@dataclass(frozen=True)
class Scenes:
    """n scenes in layers, float32 (n, c, h, w), linear light but for what says how much.

    `matte` 0..1: what is product. `cover` 0..1, at most `matte`: what has the base colour. `other` (c = 3): albedo of
    the rest of the product. `light` (c = 3): what white throws back there, about 1 where well lit. `shine` (c = 3):
    what is mirrored, in the lamps' colours. `ground` (c = 3), with shadows; `glow`: what part of the base colour it
    throws back. `contrast` (n, 1, 1, 1): of the camera's tone curve; 0 is none.
    """

    matte: Tensor
    cover: Tensor
    other: Tensor
    light: Tensor
    shine: Tensor
    ground: Tensor
    glow: Tensor
    contrast: Tensor

    def coloured(self, base: Tensor) -> Tensor:
        """The photos (n, 3, h, w), sRGB-encoded 0..1, of things whose base has albedo `base` (n, 3)."""
        own = base.to(self.matte.device)[:, :, None, None]
        share = self.cover / self.matte.clamp(min=1e-4)
        product = (share * own + (1 - share) * self.other) * self.light + self.shine
        linear = self.matte * product + (1 - self.matte) * (self.ground + self.glow * own)
        rgb = encode(linear.clamp(0, 1))
        return (rgb + self.contrast * rgb * (1 - rgb) * (2 * rgb - 1)).clamp(0, 1)

    def __getitem__(self, which: slice) -> Scenes:
        return Scenes(*(getattr(self, f.name)[which] for f in fields(self)))

    @staticmethod
    def joined(several: Sequence[Scenes]) -> Scenes:
        """All of them as one."""
        return Scenes(*(torch.cat([getattr(one, f.name) for one in several]) for f in fields(Scenes)))


def scenes(count: int, size: int, chance: torch.Generator, device: torch.device | str = "cpu") -> Scenes:
    """`count` random scenes of `size` pixels on a side. The same generator gives the same ones."""
    made: list[Scenes] = []
    for start in range(0, count, GROUP):
        draw = Draw(min(GROUP, count - start), size, chance, torch.device(device))
        kind = KINDS[int(torch.randint(len(KINDS), (1,), generator=chance))]
        made.append(_drawn(draw, kind(draw)))
    return Scenes.joined(made)


def albedos(count: int, chance: torch.Generator) -> Tensor:
    """Random product colours as linear albedo (n, 3): near those that products are often sold in, or any."""
    usual = torch.tensor(_USUAL)[torch.randint(len(_USUAL), (count,), generator=chance)] / 255
    near = (usual + 0.03 * torch.randn(count, 3, generator=chance)).clamp(0.03, 0.97)
    hue = torch.rand(count, 1, generator=chance) * 6
    pure = ((hue + torch.tensor([0.0, 4.0, 2.0])) % 6 - 3).abs().sub(1).clamp(0, 1)
    vivid = torch.rand(count, 1, generator=chance) ** 0.6
    any_ = (1 - vivid * (1 - pure)) * torch.empty(count, 1).uniform_(0.12, 0.97, generator=chance)
    chosen = torch.where(torch.rand(count, 1, generator=chance) < 0.45, near, any_.clamp(0.02, 0.97))
    return decode(chosen).clamp(0.004, 0.92)


def _drawn(draw: Draw, shape: Shape) -> Scenes:
    share, ink = printed(draw, shape)
    trim = shape.trim.clamp(0, 1)
    if shape.tone is None:
        neutral, any_ = draw.happens(0.6), albedos(draw.count, draw.chance).to(draw.device)[:, :, None, None]
        edging = neutral * draw.even(0.01, 0.85) + (1 - neutral) * any_
    else:
        edging = shape.tone
    share = share * (1 - trim)
    other = (edging * trim + ink * share) / (trim + share).clamp(min=1e-4)
    light, shine = lit(draw, shape)
    ground, glow = surroundings(draw, shape.matte)
    cover = shape.matte * (1 - trim - share)
    curved = draw.happens(0.65) * draw.even(-0.25, 0.6)
    shine = shine * (shape.matte > 0)
    return Scenes(shape.matte, cover, other, light, shine, ground, glow, curved)
