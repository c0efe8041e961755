"""Sliders: named and unnamed directions in a net's codes, found from what is known of products, and what they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from export.data.wares import WORDS, Wares, over_white
from export.directions import Space, around, centres, independent, space_of, strongest, told_by
from export.encoding import Codec
from export.nets.tagger import TaggerNet
from export.squeezed import smaller
from export.sweeps import Sweeps, fit, report, swept
from export.traits import TRAITS, by_pixels, known, measured

RED, YELLOW = TRAITS.index("red"), TRAITS.index("yellow")
NAMES = tuple({"red": "colourfulness", "yellow": "hue"}.get(name, name) for name in TRAITS)
STUDIED = 2500  # products by which directions are found
JUDGED = 64  # products on which they are measured
PUSH = 0.25  # standard deviations of every number of a code
UNNAMED = 12
TINY = 2  # times that pictures are halved for the unnamed directions
KEPT = ("lightness", "red", "yellow", "pattern")  # on the way from one category to another
SHOWN = tuple(map(float, range(-3, 4)))  # where a slider is put to be looked at
COLOURED = 0.03  # OKLab's chroma from which a product has a hue that can be turned


@dataclass(frozen=True, eq=False)
class Sliders:
    """Directions in codes (k): `named` (traits, k), one for each of `TRAITS`, `unnamed` (12, k), each one standard
    deviation of the codes long; `kinds`: where the products (k) of each category lie, so
    that the way from one to another is the difference. `scale` (traits): standard deviations of the traits among
    products.

    Those of "red" and "yellow" are axes: at a product's own colour they make its colourfulness and its hue
    (`directions.around`), so that the sliders are `NAMES`.
    """

    named: Tensor
    unnamed: Tensor
    kinds: dict[str, Tensor]
    scale: Tensor
    space: Space

    def at(self, pictures: Tensor) -> Tensor:
        """The named sliders of products by their plain pictures (p, 4, h, w): (p, traits, k)."""
        return around(self.named, RED, YELLOW, by_pixels(pictures)[:, [RED, YELLOW]])


def found(codec: Codec, material: Wares, finder: TaggerNet, studied: int = STUDIED) -> Sliders:
    """Directions by products that were trained on, and what the decoder really makes of them: their codes are pushed a
    bit, all numbers at random, and how the traits of the pictures answer is regressed on the pushes. So nothing counts
    that merely goes along with a trait among products.

    `finder` should be another net than the one that measures, or sliders are found that deceive it.
    """
    rows = np.random.default_rng(7).permutation(np.flatnonzero(~material.held))[:studied]
    pictures = over_white(material.pictures[rows])
    labels = {kind: label[rows] for kind, label in material.labels.items()}
    codes = codec.codes(pictures)
    space = space_of(codes)
    values = measured(pictures, finder)
    scale = values.std(0)
    scale[[RED, YELLOW]] = scale[[RED, YELLOW]].square().mean().sqrt()
    chance = torch.Generator().manual_seed(7)
    pushes = PUSH * torch.randn(codes.shape, generator=chance) @ torch.linalg.cholesky(space.spread).T
    both = [measured(codec.pictures(codes + sign * pushes), finder) for sign in (1, -1)]
    answers = torch.where(known(pictures, labels).isnan(), torch.nan, (both[0] - both[1]) / (2 * scale))
    named = independent(told_by(pushes, answers), space)
    groups, words = torch.from_numpy(labels["category"]), WORDS["category"]
    lie = centres(codes, groups, len(words), values[:, [TRAITS.index(name) for name in KEPT]])
    kinds = {word: where for word, where in zip(words, lie, strict=True) if not where.isnan().any()}
    unnamed = strongest(codes, smaller(pictures, TINY), min(UNNAMED, codes.shape[1] // 2), space, named[named.any(1)])
    return Sliders(named, unnamed, kinds, scale, space)


def sweeps_of(codec: Codec, sliders: Sliders, codes: Tensor, judge: TaggerNet) -> Sweeps:
    """What the named sliders do to products of these codes (p, k), by the pictures that come of it."""

    def measure(pictures: Tensor) -> Tensor:
        return measured(pictures, judge)

    plain = codec.pictures(codes)
    colours = by_pixels(plain)[:, [RED, YELLOW]]

    def local(values: Tensor) -> Tensor:
        """Red and yellow as away from grey, and along the circle of hues."""
        along = (colours / colours.norm(dim=1, keepdim=True).clamp(min=1e-6))[:, None]
        turned = values.clone()
        turned[..., RED] = along[..., 0] * values[..., RED] + along[..., 1] * values[..., YELLOW]
        turned[..., YELLOW] = along[..., 0] * values[..., YELLOW] - along[..., 1] * values[..., RED]
        return turned

    return swept(codec.pictures, measure, codes, sliders.at(plain), sliders.scale, local)


def judged(codec: Codec, sliders: Sliders, material: Wares, judge: TaggerNet, count: int = JUDGED) -> dict[str, float]:
    """What the sliders do to held-out products: see `Sweeps.numbers`; and for each category, how many products are
    taken for one at the end of the way to it from their own.

    A trait is measured where there is one: a sleeve where the category says so, a hue where a product is not grey.
    """
    rows = np.random.default_rng(8).permutation(np.flatnonzero(material.held))[:count]
    pictures = over_white(material.pictures[rows])
    labels = {kind: label[rows] for kind, label in material.labels.items()}
    codes = codec.codes(pictures)
    there = ~known(pictures, labels).isnan()
    there[:, YELLOW] = by_pixels(pictures)[:, [RED, YELLOW]].norm(dim=1) > COLOURED
    numbers = sweeps_of(codec, sliders, codes, judge).numbers(NAMES, there)
    own = [WORDS["category"][index] if index >= 0 else "" for index in labels["category"]]
    for word, where in sliders.kinds.items():
        others = [n for n, name in enumerate(own) if name in sliders.kinds and name != word]
        if not others:
            continue
        ways = torch.stack([where - sliders.kinds[own[n]] for n in others])
        with torch.no_grad():
            said = judge.logits(judge.features(codec.pictures(codes[others] + ways)))[0].argmax(1)
        numbers[f"to {word}, arrived"] = float((said == WORDS["category"].index(word)).float().mean())
    return numbers


def sheet(codec: Codec, sliders: Sliders, pictures: Tensor, names: Sequence[str] = NAMES) -> NDArray[np.uint8]:
    """What named sliders do to products (p, 4, h, w), to be looked at: a line for each product and slider, the photo
    and then the slider at `SHOWN`, uint8 (lines * h, (1 + steps) * w, 3)."""
    codes = codec.codes(pictures)
    ways, steps, lines = sliders.at(codec.pictures(codes)), torch.tensor(SHOWN)[:, None], []
    for photo, code, way in zip(pictures, codes, ways, strict=True):
        for name in names:
            made = codec.pictures(code + steps * way[NAMES.index(name)])
            lines.append(torch.cat([photo[None], made])[:, :3].permute(2, 0, 3, 1).flatten(1, 2))
    return np.asarray(torch.cat(lines).clamp(0, 1).numpy() * 255 + 0.5, np.uint8)


def told(numbers: Mapping[str, float]) -> str:
    """The same as tables."""
    arrived = {name: value for name, value in numbers.items() if name.endswith(", arrived")}
    ways = ", ".join(f"{name.removeprefix('to ').removesuffix(', arrived')} {v:.0%}" for name, v in arrived.items())
    there = [name for name in NAMES if f"{name} effect" in numbers]
    good = ", ".join(name for name in there if fit(numbers, name)) or "none"
    bar = f"Sliders with a name are those that reach the bar: {good}."
    return f"{report(numbers, there)}\n\n{bar}\n\nTaken for it at the end of the way: {ways}."
