"""Sweeps: what a slider does to products, from one end to the other, measured on the pictures that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from export.faithful import by_parts
from export.measure import table

STEPS = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)  # standard deviations, where a slider is put
STILL = 0.05  # of a trait's standard deviation: a step back of less is none
BEYOND = 3.0  # times its leak is what a slider has to do
STEADY = 0.95  # of its sweeps have to go one way

Decode = Callable[[Tensor], Tensor]
Measure = Callable[[Tensor], Tensor]


@dataclass(frozen=True, eq=False)
class Sweeps:
    """What sliders do. `slopes` (products, sliders, traits): how much of each trait a step changes, in the trait's
    standard deviations; `steady` (products, sliders): whether the slider's own trait goes one way all along."""

    slopes: Tensor
    steady: Tensor

    @property
    def effects(self) -> Tensor:
        """The mean over products, (sliders, traits)."""
        return self.slopes.mean(0)

    def numbers(self, names: Sequence[str], there: Tensor) -> dict[str, float]:
        """For each slider its effect on its own trait; its leak, what it does to the others, whichever way, on average
        over these and at worst; the part of sweeps that go one way. By products where the traits are `there` (products,
        traits)."""
        found: dict[str, float] = {}
        for index, name in enumerate(names):
            some = there[:, index]
            if not some.any():
                continue
            slopes, known = self.slopes[some, index], there[some].float()
            leaks = (slopes.abs() * known).sum(0) / known.sum(0).clamp(min=1)
            others = torch.arange(len(names)) != index
            found |= {
                f"{name} effect": float(slopes[:, index].mean()),
                f"{name} leak": float(leaks[others].mean()),
                f"{name} worst leak": float(leaks[others].max()),
                f"{name} one way": float(self.steady[some, index].float().mean()),
            }
        return found


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
        slopes.append(torch.einsum("t,ptm->pm", steps, values) / steps.square().sum())
        rises = values[..., index].diff(dim=1)
        direction = torch.where(slopes[-1][:, index] < 0, -1.0, 1.0)
        steady.append((rises * direction[:, None] >= -STILL).all(1))
    return Sweeps(torch.stack(slopes, 1), torch.stack(steady, 1))


def fit(numbers: Mapping[str, float], name: str) -> bool:
    """Whether a slider with these numbers does what its name says: clearly more than anything else, and one way."""
    effect = numbers[f"{name} effect"]
    return effect >= BEYOND * numbers[f"{name} leak"] and numbers[f"{name} one way"] >= STEADY


def report(numbers: Mapping[str, float], names: Sequence[str]) -> str:
    """Effect, leak and steadiness of each slider as a Markdown table."""
    columns = ["effect", "leak", "worst leak", "one way"]
    rows = [(name, {column: numbers[f"{name} {column}"] for column in columns}) for name in names]
    return table(columns, rows, 3)
