"""Crops: products as batches, what is said of them, and the codes that a net makes of all of them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from export.data.wares import WORDS, Wares, over_white
from export.encoding import said_of
from export.nets.latent import LatentNet

UNSAID, SILENT = 0.1, 0.3  # how often a word, and all of them, are kept back
FURTHEST = 3.0  # standard deviations that a slider goes to


@dataclass(frozen=True)
class Crops:
    """Pictures (n, 4, side, side), over white with alpha, and what is said of them (n, words)."""

    picture: Tensor
    condition: Tensor


def words() -> list[str]:
    """What can be said of a product, in the order of a condition's numbers: `category=shirt` and so on."""
    return [f"{kind}={word}" for kind, several in WORDS.items() for word in several]


def crops(material: Wares, rows: Tensor) -> Crops:
    """Those products as batches: red, green and blue over white, and alpha; and what is said of them."""
    places = rows.numpy()
    return Crops(over_white(material.pictures[places]), said_of(material, places))


@torch.no_grad()
def codes_of(net: LatentNet, material: Wares, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Codes of those products and of their mirror images (n, code), their standard deviations, and what is said of
    them (n, words)."""
    device, found = next(net.parameters()).device, []
    for part in torch.split(rows, 64):
        some = crops(material, part)
        for picture in (some.picture, some.picture.flip(3)):
            code, doubt = net.encoder.seen(picture.to(device))
            doubt = (0.5 * doubt).exp() * (net.shape.arch != "vqvae")
            found.append((code.float().cpu(), doubt.float().cpu(), some.condition))
    codes, doubts, said = (torch.cat(parts) for parts in zip(*found, strict=True))
    return codes, doubts, said


def hushed(said: Tensor) -> Tensor:
    """Conditions (n, words) of which some words, and sometimes all, are kept back, so that nobody needs all of them."""
    kinds = [torch.rand(len(said), 1, device=said.device).expand(-1, len(several)) for several in WORDS.values()]
    whole = torch.rand(len(said), 1, device=said.device)
    return said * (torch.cat(kinds, 1) > UNSAID) * (whole > SILENT)


def stepped(codes: Tensor, seen: Tensor) -> Tensor:
    """Codes (n, k) moved along two of their numbers, up to `FURTHEST` standard deviations each, as sliders do; a number
    is taken the more often, the more of a picture (d, k) it `seen` changes."""
    chosen = torch.multinomial(seen.norm(dim=0).expand(len(codes), -1), 2)
    far = FURTHEST * (2 * torch.rand(chosen.shape, device=codes.device) - 1)
    return codes.scatter_add(1, chosen, far)
