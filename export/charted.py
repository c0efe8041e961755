"""Charted: what a decoder's card knows of codes: the sliders that do what they are called, and how far is far."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor

from editor.core.codes import AXIS, CATEGORY, DIRECTION, HARD, SLIDER, SOFT, Codes, Direction
from editor.craft.crop import unlikeness
from export.data.wares import Wares, over_white
from export.directions import Space
from export.encoding import Codec
from export.sliders import NAMES, Sliders
from export.sweeps import fit
from export.traits import TRAITS

ARRIVED = 0.5  # of the products have to be taken for one at the end of the way
LAST = 0.99  # of held-out products are neither far nor unlike


def charted(codec: Codec, material: Wares, sliders: Sliders, numbers: Mapping[str, float]) -> Codes:
    """What the decoder's card should know: of the named sliders, whose measured `numbers` those of `sliders.judged`
    are, only what reaches the bar (colourfulness and hue both or none, as axes); the unnamed ones; the places of
    categories that ways lead to."""
    space = sliders.space
    kinds = {word: where for word, where in sliders.kinds.items() if numbers.get(f"to {word}, arrived", 0) >= ARRIVED}
    far, unlike = limits(codec, material, space)
    return Codes(
        (
            *named(sliders, numbers),
            *(Direction(str(n + 1), DIRECTION, short(way)) for n, way in enumerate(sliders.unnamed)),
            *(Direction(word, CATEGORY, short(where)) for word, where in kinds.items()),
        ),
        short(space.mean), short(deviation(space)), far, unlike,
    )  # fmt: skip


def named(sliders: Sliders, numbers: Mapping[str, float]) -> list[Direction]:
    """The sliders with a name that reach the bar."""
    good = {name for name in NAMES if f"{name} effect" in numbers and fit(numbers, name)}
    found = []
    for trait, name, vector in zip(TRAITS, NAMES, sliders.named, strict=True):
        axis = trait != name
        if name in good and (not axis or {"colourfulness", "hue"} <= good):
            effect, leak, one_way = (round(numbers[f"{name} {what}"], 4) for what in ("effect", "leak", "one way"))
            soft = numbers[f"{name} range"]
            kind, hard = AXIS if axis else SLIDER, HARD / SOFT * soft
            found.append(Direction(trait, kind, short(vector), effect, leak, one_way, soft, hard))
    return found


def limits(codec: Codec, material: Wares, space: Space) -> tuple[float, float]:
    """`far` and `unlike` (see `Codes`): what one in a hundred held-out products exceeds."""
    pictures = over_white(material.pictures[material.held])
    codes = codec.codes(pictures)
    away = ((codes - space.mean) / deviation(space)).square().mean(1).sqrt()
    pairs = zip(pictures.numpy(), codec.pictures(codes).numpy(), strict=True)
    off = torch.tensor([unlikeness(seen, drawn) for seen, drawn in pairs])
    far, unlike = short(torch.stack([away.quantile(LAST), off.quantile(LAST)]))
    return far, unlike


def deviation(space: Space) -> Tensor:
    """The standard deviation of every number of a code (k)."""
    return space.spread.diagonal().sqrt()


def short(numbers: Tensor) -> tuple[float, ...]:
    """The numbers, four digits of each: as exact as they are, and a card that stays small."""
    return tuple(float(np.format_float_scientific(n, precision=3)) for n in numbers.tolist())
