"""Prior: which codes products have, of every kind that can be said in words; so that new ones can be drawn."""

from __future__ import annotations

import torch
from torch import Tensor, nn

WAVES, TURNS = 8, 8  # by which a prior knows the time, and steps that it takes
GROUP = 4  # numbers of a code that are rounded together
ENTRIES = 256


class Prior(nn.Module):
    """Takes `noise` (n, code), standard normal, and `condition` (n, words). Returns codes (n, code) of products for
    which the condition holds.

    Noise is led to codes along a field that was learned from straight lines between the two (Lipman et al., "Flow
    Matching for Generative Modeling", ICLR 2023), in a few steps (Heun's). Untrained, codes are the noise. Less noise
    gives what is more usual.
    """

    training_only = ()

    def __init__(self, code: int, words: int, blocks: int, width: int) -> None:
        super().__init__()
        self.hear = nn.Linear(code + words + 2 * WAVES, width)
        self.think = nn.ModuleList(
            nn.Sequential(nn.LayerNorm(width), nn.Linear(width, width), nn.SiLU(), nn.Linear(width, width))
            for _ in range(blocks)
        )
        self.tell = nn.Linear(width, code)
        nn.init.zeros_(self.tell.weight)
        nn.init.zeros_(self.tell.bias)

    def forward(self, noise: Tensor, condition: Tensor) -> Tensor:
        code, length = noise, 1 / TURNS
        for turn in range(TURNS):
            first = self.course(code, condition, torch.full_like(noise[:, :1], turn * length))
            there = code + length * first
            second = self.course(there, condition, torch.full_like(noise[:, :1], (turn + 1) * length))
            code = code + 0.5 * length * (first + second)
        return code

    def course(self, code: Tensor, condition: Tensor, time: Tensor) -> Tensor:
        """Where codes (n, code) go at a `time` (n, 1), 0 where they are noise and 1 where they have arrived."""
        waves = time * torch.pi * torch.arange(1, WAVES + 1, device=time.device)
        x = self.hear(torch.cat([code, condition, waves.sin(), waves.cos()], 1))
        for block in self.think:
            x = x + block(x)
        told: Tensor = self.tell(torch.nn.functional.silu(x))
        return told

    def astray(self, code: Tensor, condition: Tensor, noise: Tensor | None = None,
               time: Tensor | None = None) -> Tensor:  # fmt: skip
        """How far from the straight ways the field leads that should bring noise to codes (n, code), (n): mean square
        differences. At random places on them, unless `noise` (n, code) and `time` (n, 1) are given."""
        noise = torch.randn_like(code) if noise is None else noise
        time = torch.rand_like(code[:, :1]) if time is None else time
        told = self.course(torch.lerp(noise, code, time), condition, time)
        return (told.float() - (code - noise)).square().mean(1)


class Rounds(nn.Module):
    """Brings a code (n, code), four numbers at a time, to the nearest of 256 entries (van den Oord et al., "Neural
    Discrete Representation Learning", NeurIPS 2017)."""

    def __init__(self, code: int) -> None:
        super().__init__()
        if code % GROUP:
            raise ValueError(f"codes that are rounded have a multiple of {GROUP} numbers, not {code}")
        self.entries = nn.Parameter(torch.randn(code // GROUP, ENTRIES, GROUP))

    def forward(self, code: Tensor) -> Tensor:
        return self.nearest(code)[0]

    def nearest(self, code: Tensor) -> tuple[Tensor, Tensor]:
        """Rounded codes, through which learning passes as if they were not, and how far they are from their entries."""
        groups = torch.stack(torch.split(code.float(), GROUP, 1), 1)[:, :, None]  # (n, groups, 1, 4)
        apart = (groups - self.entries).square().sum(3)
        chosen = (apart <= apart.amin(2, keepdim=True)).float()
        entry = (chosen[..., None] * self.entries).sum(2) / chosen.sum(2)[..., None]
        entry = entry.flatten(1)
        far = (entry - code.detach()).square().mean() + 0.25 * (entry.detach() - code).square().mean()
        return code + (entry - code).detach() if self.training else entry, far
