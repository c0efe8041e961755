"""Resembling: how far a picture that was made is from a photo: in pixels, in texture, and in what a net sees in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

SQUARED = 4.0  # how much squared differences count beside plain ones
SLOPES = 1.0  # and differences of slopes
WINDOW, FAINT = 8, 0.01  # pixels in which texture is compared, and slopes of which none is seen
GREY = (0.299, 0.587, 0.114)

Seen = Callable[[Tensor], Sequence[Tensor]]  # what a net sees in pictures (n, 4, h, w): maps of any depth


def pixels_apart(made: Tensor, photo: Tensor) -> Tensor:
    """Differences of pictures (n, 4, h, w), squared ones at half their size, and those of slopes at both sizes."""
    off = made - photo
    coarse = F.avg_pool2d(off, 2)
    slopes = [part.diff(dim=d).abs().mean() for part in (off, coarse) for d in (2, 3)]
    return off.abs().mean() + SQUARED * coarse.square().mean() + SLOPES * torch.stack(slopes).mean()


def texture_apart(made: Tensor, photo: Tensor) -> Tensor:
    """How different pictures (n, 4, h, w) are in how much they change from pixel to pixel around each place, wherever
    exactly they do: slopes' root mean squares in small windows. A plain surface in place of a knitted one costs as much
    as a wrong one."""
    return torch.stack([(_bustle(made, d) - _bustle(photo, d)).abs().mean() for d in (2, 3)]).mean()


def _bustle(picture: Tensor, dim: int) -> Tensor:
    slopes = picture[:, :3].float().diff(dim=dim).square().mean(1, keepdim=True)
    return (F.avg_pool2d(slopes, WINDOW, WINDOW // 2) + FAINT**2).sqrt()


def seen_apart(made: Tensor, photo: Tensor, seen: Seen) -> Tensor:
    """How different pictures (n, 4, h, w) are to a net: its maps, brought to length one at every place (Zhang et al.,
    "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric", CVPR 2018)."""
    with torch.no_grad():
        due = seen(photo)
    parts = [(F.normalize(a.float(), dim=1) - F.normalize(b.float(), dim=1)).square().sum(1).mean()
             for a, b in zip(seen(made), due, strict=True)]  # fmt: skip
    return torch.stack(parts).mean()


def pulled(leaf: Tensor, wishes: Sequence[tuple[Tensor, float]], count: int) -> Tensor:
    """Where pictures `leaf` (n, ...) should go: the gradient of the first wish, and those of the others each brought to
    such a share of its length over the first `count` pictures. So no wish drowns another, whatever its units."""
    (first, _), *others = wishes
    (pull,) = torch.autograd.grad(first, leaf)
    length = pull[:count].norm()
    for wish, share in others:
        (more,) = torch.autograd.grad(wish, leaf)
        pull = pull + more * (share * length / more[:count].norm().clamp(min=1e-12))
    return pull
