"""Settling: at the end of a training the prior learns which codes products have, now that these stay as they are."""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import deepcopy

import torch
from torch import Tensor

from export.nets.prior import Prior

STEPS, BATCH, RATE, WARM = 2000, 512, 1e-3, 200
SLOW = 0.998  # how long the mean of the weights looks back
LOOKS = 16  # how often held-out codes are looked at


def settle(prior: Prior, draw: Callable[[int], tuple[Tensor, Tensor]], held: tuple[Tensor, Tensor],
           say: Callable[[str], None] = lambda line: None) -> None:  # fmt: skip
    """Trains `prior` on codes and conditions that `draw` gives so many of, until it knows `held` ones best.

    Its weights are those, of all that were looked at, the untrained ones too, to which held-out codes are least astray.
    """
    learner, mean = deepcopy(prior).train().requires_grad_(True), deepcopy(prior).eval().requires_grad_(False)
    optimizer = torch.optim.AdamW(learner.parameters(), lr=RATE, betas=(0.9, 0.99), weight_decay=0.01)
    least, best = astray(prior, *held), deepcopy(prior.state_dict())
    say(f"the prior, before it settles: {least:.4f} astray")
    for step in range(1, STEPS + 1):
        rate = RATE * min(step / WARM, 1) * (0.5 + 0.5 * math.cos(math.pi * step / STEPS))
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = learner.astray(*draw(BATCH)).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        with torch.no_grad():
            pace = min(SLOW, (1 + step) / (10 + step))
            for slow, fast in zip(mean.parameters(), learner.parameters(), strict=True):
                slow.lerp_(fast, 1 - pace)
        if step % max(1, STEPS // LOOKS) == 0:
            now = astray(mean, *held)
            say(f"the prior, after {step} steps: {now:.4f} astray")
            if now < least:
                least, best = now, deepcopy(mean.state_dict())
    prior.load_state_dict(best)


@torch.no_grad()
def astray(prior: Prior, codes: Tensor, said: Tensor) -> float:
    """The mean of `Prior.astray`, at the same places every time."""
    chance = torch.Generator().manual_seed(0)
    values = []
    for _ in range(4):
        noise = torch.randn(codes.shape, generator=chance).to(codes)
        time = torch.rand((len(codes), 1), generator=chance).to(codes)
        values.append(prior.astray(codes, said, noise, time).mean())
    return float(torch.stack(values).mean())
