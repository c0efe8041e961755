"""Prior: which codes products have, of every kind that can be said in words; so that new ones can be drawn."""

from __future__ import annotations

import torch
from torch import Tensor, nn

SWING = 1.5  # how far a coupling stretches at most, as a logarithm
GROUP = 4  # numbers of a code that are rounded together
ENTRIES = 256


class Coupling(nn.Module):
    """Half of the numbers are stretched and shifted by what the other half and the condition say (Dinh et al., "Density
    estimation using Real NVP", ICLR 2017). Which half is which goes by a digit of their places in binary."""

    def __init__(self, code: int, words: int, width: int, turn: int) -> None:
        super().__init__()
        digits = max(1, (code - 1).bit_length())
        place, first = turn // 2 % digits, turn % 2
        self.given = [i for i in range(code) if (i >> place & 1) == first]
        self.moved = [i for i in range(code) if (i >> place & 1) != first]
        back = sorted(range(code), key=[*self.given, *self.moved].__getitem__)
        self.back = back
        self.hear = nn.Linear(len(self.given) + words, width)
        self.think = nn.Linear(width, width)
        self.tell = nn.Linear(width, 2 * len(self.moved))
        nn.init.zeros_(self.tell.weight)
        nn.init.zeros_(self.tell.bias)

    def forward(self, code: Tensor, condition: Tensor) -> Tensor:
        given, moved = code[:, self.given], code[:, self.moved]
        stretch, shift = self.told(given, condition)
        return torch.cat([given, moved * stretch.exp() + shift], 1)[:, self.back]

    def undone(self, code: Tensor, condition: Tensor) -> tuple[Tensor, Tensor]:
        """What it came from, and the logarithm of how much was stretched, (n)."""
        given, moved = code[:, self.given], code[:, self.moved]
        stretch, shift = self.told(given, condition)
        before = torch.cat([given, (moved - shift) * (-stretch).exp()], 1)[:, self.back]
        return before, stretch.sum(1)

    def told(self, given: Tensor, condition: Tensor) -> tuple[Tensor, Tensor]:
        heard = torch.relu(self.hear(torch.cat([given, condition], 1)))
        heard = torch.relu(heard + self.think(heard))
        stretch, shift = self.tell(heard).chunk(2, 1)
        return SWING * torch.tanh(stretch / SWING), shift


class Prior(nn.Module):
    """Takes `noise` (n, code), standard normal, and `condition` (n, words). Returns codes (n, code) of products for
    which the condition holds.

    Untrained, and with nothing said, codes are the noise. Less noise gives what is more usual.
    """

    training_only = ()

    def __init__(self, code: int, words: int, couplings: int, width: int) -> None:
        super().__init__()
        self.steps = nn.ModuleList(Coupling(code, words, width, turn) for turn in range(couplings))
        self.middle, self.scale = nn.Linear(words, code), nn.Linear(words, code)
        for part in (self.middle, self.scale):
            nn.init.zeros_(part.weight)
            nn.init.zeros_(part.bias)

    def forward(self, noise: Tensor, condition: Tensor) -> Tensor:
        code = noise
        for step in self.steps:
            code = step(code, condition)
        made: Tensor = code * torch.tanh(self.scale(condition)).exp() + self.middle(condition)
        return made

    def unlikely(self, code: Tensor, condition: Tensor) -> Tensor:
        """How unlikely codes (n, code) are, (n): minus the logarithm of their density, less a constant, in nats."""
        scale = torch.tanh(self.scale(condition))
        noise = (code - self.middle(condition)) * (-scale).exp()
        stretched = scale.sum(1)
        for step in reversed(self.steps):
            noise, more = step.undone(noise, condition)  # type: ignore[operator]
            stretched = stretched + more
        nats: Tensor = 0.5 * noise.square().sum(1) + stretched
        return nats


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
