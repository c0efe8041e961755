"""Faithful: how like photos are pictures that come back from a few numbers, one by one and as a whole."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F

from export.nets.tagger import TaggerNet
from export.resembling import GREY, seen_apart

AT_ONCE = 100  # pictures
WINDOW, SIGMA = 11, 1.5  # pixels, of the windows that SSIM looks through
SHARES = 0.01**2, 0.03**2


def psnr(made: Tensor, photo: Tensor) -> float:
    """The mean over pictures (n, 4, h, w), in dB, of red, green and blue over white, in 8 bits."""
    steps = (made[:, :3].clamp(0, 1) * 255).round() - (photo[:, :3] * 255).round()
    error = steps.square().mean((1, 2, 3)).clamp(min=1e-5)
    return float((10 * torch.log10(255**2 / error)).mean())


def ssim(made: Tensor, photo: Tensor) -> float:
    """The mean over pictures (n, 4, h, w) of the structural similarity of their greys, in Gaussian windows (Wang et
    al., "Image Quality Assessment: From Error Visibility to Structural Similarity", TIP 2004)."""
    at = torch.arange(WINDOW) - WINDOW // 2
    bell = torch.exp(-at.square() / (2 * SIGMA**2))
    bell = bell / bell.sum()

    def mean(planes: Tensor) -> Tensor:
        return F.conv2d(F.conv2d(planes, bell.view(1, 1, -1, 1)), bell.view(1, 1, 1, -1))

    weights = torch.tensor(GREY)[:, None, None]
    scores = []
    for some, due in zip(torch.split(made, AT_ONCE), torch.split(photo, AT_ONCE), strict=True):
        a, b = ((part[:, :3].clamp(0, 1) * weights).sum(1, keepdim=True) for part in (some, due))
        ma, mb = mean(a), mean(b)
        va, vb, both = mean(a * a) - ma * ma, mean(b * b) - mb * mb, mean(a * b) - ma * mb
        first, second = SHARES
        alike = (2 * ma * mb + first) * (2 * both + second)
        scores.append((alike / ((ma * ma + mb * mb + first) * (va + vb + second))).mean((1, 2, 3)))
    return float(torch.cat(scores).mean())


def crispness(made: Tensor, photo: Tensor) -> float:
    """The energy of slopes in (n, 4, h, w), as part of that in photos."""
    energy = [sum(float(part[:, :3].clamp(0, 1).diff(dim=d).square().sum()) for d in (2, 3)) for part in (made, photo)]
    return energy[0] / max(energy[1], 1e-9)


def felt(made: Tensor, photo: Tensor, net: TaggerNet) -> float:
    """How far pictures (n, 4, h, w) are from their photos to a net: see `seen_apart`."""
    pairs = zip(torch.split(made, AT_ONCE), torch.split(photo, AT_ONCE), strict=True)
    with torch.no_grad():
        parts = [float(seen_apart(a.clamp(0, 1), b, net.maps)) * len(a) for a, b in pairs]
    return sum(parts) / len(made)


def features(pictures: Tensor, net: TaggerNet) -> Tensor:
    """The net's features (n, k) of pictures (n, 4, h, w)."""
    with torch.no_grad():
        return torch.cat([net.features(some.clamp(0, 1)) for some in torch.split(pictures, AT_ONCE)])


def frechet(first: Tensor, second: Tensor) -> float:
    """The Frechet distance of the Gaussians that fit two sets of features (n, k) and (m, k), in the variance that the
    second has on average (Heusel et al., "GANs Trained by a Two Time-Scale Update Rule", NeurIPS 2017)."""
    a, b = first.double(), second.double()
    ca, cb = a.T.cov(), b.T.cov()
    values, vectors = torch.linalg.eigh(ca)
    root = (vectors * values.clamp(min=0).sqrt()) @ vectors.T
    both = torch.linalg.eigvalsh(root @ cb @ root).clamp(min=0).sqrt().sum()
    apart = (a.mean(0) - b.mean(0)).square().sum() + ca.trace() + cb.trace() - 2 * both
    return float(apart.clamp(min=0) / cb.diagonal().mean().clamp(min=1e-12))


def faithfulness(made: Tensor, photo: Tensor, net: TaggerNet) -> dict[str, float]:
    """All of it, for pictures (n, 4, h, w) that should be these photos."""
    return {
        "PSNR": psnr(made, photo),
        "SSIM": ssim(made, photo),
        "crispness": crispness(made, photo),
        "feature distance": felt(made, photo, net),
        "FID": frechet(features(made, net), features(photo, net)),
    }


def by_parts(make: Callable[[Tensor], Tensor], given: Tensor) -> Tensor:
    """What `make` makes of (n, ...), some of it at once."""
    with torch.no_grad():
        return torch.cat([make(some) for some in torch.split(given, AT_ONCE)])
