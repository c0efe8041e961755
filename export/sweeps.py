"""Sweeps: what a slider does to products, from one end to the other, measured on the pictures that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from export.faithful import by_parts
from export.measure import table

STEPS = (-3.0, -2.0, -1.5, -1.0, 0.0, 1.0, 1.5, 2.0, 3.0)  # standard deviations, where a slider is put
RANGES = (3.0, 2.0, 1.5)  # how far a slider may go, by itself; the first in which it is fit
STILL = 0.05  # of a trait's standard deviation: a step back of less is none
BEYOND = 3.0  # times its leak is what a slider has to do
STEADY = 0.95  # of its sweeps have to go one way

Decode = Callable[[Tensor], Tensor]
Measure = Callable[[Tensor], Tensor]


@dataclass(frozen=True, eq=False)
class Sweeps:
    """What sliders do within each of `RANGES`. `slopes` (ranges, products, sliders, traits): how much of each trait a
    step changes, in the trait's standard deviations; `steady` (ranges, products, sliders): whether the slider's own
    trait goes one way all along."""

    slopes: Tensor
    steady: Tensor

    def numbers(self, names: Sequence[str], there: Tensor) -> dict[str, float]:
        """For each slider its effect on its own trait; its leak, what it does to the others, whichever way, on average
        over these and at worst; the part of sweeps that go one way; and the range in which this holds, the widest in
        which the slider is fit, or the widest of all. By products where the traits are `there` (products, traits)."""
        found: dict[str, float] = {}
        for index, name in enumerate(names):
            if not there[:, index].any():
                continue
            within = [self._within(at, index, name, there) for at in range(len(RANGES))]
            found |= next((numbers for numbers in within if fit(numbers, name)), within[0])
        return found

    def _within(self, at: int, index: int, name: str, there: Tensor) -> dict[str, float]:
        some = there[:, index]
        slopes, known = self.slopes[at, some, index], there[some].float()
        leaks = (slopes.abs() * known).sum(0) / known.sum(0).clamp(min=1)
        others = torch.arange(there.shape[1]) != index
        return {
            f"{name} effect": float(slopes[:, index].mean()),
            f"{name} leak": float(leaks[others].mean()),
            f"{name} worst leak": float(leaks[others].max()),
            f"{name} one way": float(self.steady[at, some, index].float().mean()),
            f"{name} range": RANGES[at],
        }


def swept(decode: Decode, measure: Measure, codes: Tensor, vectors: Tensor, scale: Tensor,
          local: Callable[[Tensor], Tensor] = lambda values: values) -> Sweeps:  # fmt: skip
    """Puts the sliders `vectors` (products, sliders, k) of every product's code (products, k) to `STEPS`.

    `decode` makes pictures of codes, `measure` tells the traits (n, m) of pictures, slider by slider; `scale` (m):
    their standard deviations. `local` takes traits (products, steps, m), of each product, to those that its sliders are
    for.
    """
    steps = torch.tensor(STEPS)
    slopes, steady = [], []
    for index in range(vectors.shape[1]):
        moved = codes[:, None] + steps[:, None] * vectors[:, index, None]
        values = measure(by_parts(decode, moved.flatten(0, 1))) / scale
        values = local(values.view(len(codes), len(steps), -1))
        for reach in RANGES:
            inside = steps.abs() <= reach
            slope = torch.einsum("t,ptm->pm", steps[inside], values[:, inside]) / steps[inside].square().sum()
            rises = values[:, inside, index].diff(dim=1)
            direction = torch.where(slope[:, index] < 0, -1.0, 1.0)
            slopes.append(slope)
            steady.append((rises * direction[:, None] >= -STILL).all(1))
    every = range(len(RANGES))
    return Sweeps(
        torch.stack([torch.stack(slopes[at :: len(RANGES)], 1) for at in every]),
        torch.stack([torch.stack(steady[at :: len(RANGES)], 1) for at in every]),
    )


def fit(numbers: Mapping[str, float], name: str) -> bool:
    """Whether a slider with these numbers does what its name says: clearly more than anything else, and one way."""
    effect = numbers[f"{name} effect"]
    return effect >= BEYOND * numbers[f"{name} leak"] and numbers[f"{name} one way"] >= STEADY


def report(numbers: Mapping[str, float], names: Sequence[str]) -> str:
    """Effect, leak, steadiness and range of each slider as a Markdown table."""
    columns = ["effect", "leak", "worst leak", "one way", "range"]
    rows = [(name, {column: numbers[f"{name} {column}"] for column in columns}) for name in names]
    return table(columns, rows, 3)
