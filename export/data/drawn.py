"""Drawn: products that the renderer draws, and parts of them in one colour and in another."""

from __future__ import annotations

import torch

from export.colours import by_rows, oklab
from export.data.parts import SAMPLES, Parts, likeness, middle, picked, taken
from export.data.scene import Scenes, albedos, scenes

KEPT = 640  # scenes that are kept at a time
AT_ONCE = 8  # scenes that are drawn at a time
RENEWED = 10  # batches after which some of them are replaced
NOISE = 0.008  # of full scale, at most
BARE = 0.25  # of the parts come without a colour that was picked: all of the product is given


class Drawn:
    """Scenes that are kept for a while, since drawing takes longer than colouring."""

    def __init__(self, size: int, chance: torch.Generator, kept: int = KEPT) -> None:
        self.size, self.chance, self._asked = size, chance, 0
        self.groups = [scenes(AT_ONCE, size, chance) for _ in range(max(1, kept // AT_ONCE))]

    def take(self, count: int) -> Scenes:
        """`count` random scenes. Now and then some are replaced by new ones."""
        self._asked += 1
        if self._asked % RENEWED == 0:
            old = int(torch.randint(len(self.groups), (1,), generator=self.chance))
            self.groups[old] = scenes(AT_ONCE, self.size, self.chance)
        places = torch.randint(len(self.groups) * AT_ONCE, (count,), generator=self.chance).tolist()
        return Scenes.joined([self.groups[place // AT_ONCE][place % AT_ONCE : place % AT_ONCE + 1] for place in places])


def patches(given: Scenes, chance: torch.Generator) -> Parts:
    """The parts of scenes, with a random colour and with another."""
    count = len(given.matte)
    one, other = (given.coloured(albedos(count, chance)) for _ in range(2))
    noise = NOISE * torch.rand(count, 1, 1, 1, generator=chance) * torch.randn(one.shape, generator=chance)
    image = ((one + noise).clamp(0, 1) * 255).round() / 255
    at = picked(given.cover, SAMPLES, chance)
    came = taken(image, at)
    base = middle(by_rows(oklab, came))
    like = given.matte * likeness(image, base + 0.01 * torch.randn(base.shape, generator=chance))
    bare = (torch.rand(count, 1, 1, 1, generator=chance) < BARE).float()
    like = bare * given.matte + (1 - bare) * like
    shine = given.shine.mean(1, keepdim=True) * given.matte
    ones = torch.ones_like(given.matte)
    return Parts(
        image, given.matte, like, given.cover, ones, shine, (given.matte > 0.5).float(), came, taken(other, at), at
    )
