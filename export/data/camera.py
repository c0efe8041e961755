"""Camera: how a photograph gets its noise, from the sensor through demosaicing to the JPEG file."""

from __future__ import annotations

from functools import cache

import torch
from torch import Tensor
from torch.nn import functional as F

# Malvar, He and Cutler, "High-quality linear interpolation for demosaicing of Bayer-patterned color images",
# ICASSP 2004; all kernels are divided by eight.
_GREEN = [[0, 0, -1, 0, 0], [0, 0, 2, 0, 0], [-1, 2, 4, 2, -1], [0, 0, 2, 0, 0], [0, 0, -1, 0, 0]]
_ALONG = [[0, 0, 0.5, 0, 0], [0, -1, 0, -1, 0], [-1, 4, 5, 4, -1], [0, -1, 0, -1, 0], [0, 0, 0.5, 0, 0]]
_ACROSS = [list(row) for row in zip(*_ALONG, strict=True)]
_DIAGONAL = [[0, 0, -1.5, 0, 0], [0, 2, 0, 2, 0], [-1.5, 0, 6, 0, -1.5], [0, 2, 0, 2, 0], [0, 0, -1.5, 0, 0]]

# The example tables of the JPEG standard (ITU-T T.81, annex K).
_LUMA = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
]  # fmt: skip
_CHROMA = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, *[99] * 32,
]  # fmt: skip
_TO_YCC = [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]]


def demosaic(bayer: Tensor) -> Tensor:
    """An RGGB mosaic (n, 1, h, w) to colour (n, 3, h, w), by Malvar's linear filters; h and w even."""
    kernels = torch.tensor([_GREEN, _ALONG, _ACROSS, _DIAGONAL], device=bayer.device, dtype=bayer.dtype)[:, None] / 8
    seen = F.conv2d(F.pad(bayer, (2, 2, 2, 2), mode="reflect"), kernels)
    green, along, across, diagonal = torch.split(seen, 1, 1)
    red, blue = bayer.clone(), bayer.clone()
    out_green = bayer.clone()
    out_green[..., 0::2, 0::2] = green[..., 0::2, 0::2]
    out_green[..., 1::2, 1::2] = green[..., 1::2, 1::2]
    red[..., 0::2, 1::2], blue[..., 0::2, 1::2] = along[..., 0::2, 1::2], across[..., 0::2, 1::2]
    red[..., 1::2, 0::2], blue[..., 1::2, 0::2] = across[..., 1::2, 0::2], along[..., 1::2, 0::2]
    red[..., 1::2, 1::2], blue[..., 0::2, 0::2] = diagonal[..., 1::2, 1::2], diagonal[..., 0::2, 0::2]
    return torch.cat([red, out_green, blue], 1)


def mosaic(rgb: Tensor) -> Tensor:
    """What an RGGB sensor sees of (n, 3, h, w): one colour a pixel, (n, 1, h, w)."""
    bayer = rgb[:, 1:2].clone()
    bayer[..., 0::2, 0::2] = rgb[:, 0:1, 0::2, 0::2]
    bayer[..., 1::2, 1::2] = rgb[:, 2:3, 1::2, 1::2]
    return bayer


@cache
def _cosines() -> Tensor:
    n = torch.arange(8.0)
    basis = torch.cos(torch.pi / 16 * (2 * n[None] + 1) * n[:, None]) / 2
    basis[0] /= 2**0.5
    return basis


def _quantize(plane: Tensor, table: Tensor) -> Tensor:
    """One colour plane (n, h, w) in 0..255 through 8x8 cosine blocks and steps `table` (n, 8, 8)."""
    count, height, width = plane.shape
    plane = F.pad(plane[:, None], (0, -width % 8, 0, -height % 8), mode="replicate")[:, 0]
    basis = _cosines().to(plane.device)
    blocks = plane.reshape(count, plane.shape[1] // 8, 8, plane.shape[2] // 8, 8).transpose(2, 3)
    steps = table[:, None, None]
    back = basis.T @ (torch.round(basis @ blocks @ basis.T / steps) * steps) @ basis
    return back.transpose(2, 3).flatten(3).flatten(1, 2)[:, :height, :width].reshape(count, height, width)


def jpeg(rgb: Tensor, quality: Tensor, *, subsample: bool) -> Tensor:
    """(n, 3, h, w) in 0..1 as it comes back from a JPEG of `quality` (n,) in 1..100; h and w even.

    `subsample` halves the colour planes both ways (4:2:0). Tables scale with quality as libjpeg scales them.
    """
    to_ycc = torch.tensor(_TO_YCC, device=rgb.device)
    ycc = torch.einsum("ij,njhw->nihw", to_ycc, rgb.clamp(0, 1)) * 255
    factor = torch.where(quality < 50, 50 / quality, 2 - quality / 50)[:, None, None]
    luma, chroma = (
        (torch.tensor(t, device=rgb.device).reshape(1, 8, 8) * factor).round().clamp(1, 255) for t in (_LUMA, _CHROMA)
    )
    bright = _quantize(ycc[:, 0] - 128, luma) + 128
    colour = F.avg_pool2d(ycc[:, 1:], 2) if subsample else ycc[:, 1:]
    planes = torch.stack([_quantize(colour[:, i], chroma) for i in (0, 1)], 1)
    if subsample:
        planes = F.interpolate(planes, scale_factor=2.0, mode="bilinear", align_corners=False)
    ycc = torch.cat([bright[:, None], planes], 1)
    back = torch.linalg.inv(to_ycc)
    return (torch.einsum("ij,njhw->nihw", back, ycc) / 255).clamp(0, 1)


def _between(low: float, high: float, count: int, like: Tensor, chance: torch.Generator) -> Tensor:
    return (low + (high - low) * torch.rand(count, generator=chance)).to(like.device)[:, None, None, None]


def white(clean: Tensor, highest: float, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """White Gaussian noise: the noisy patches and sigma (n, 1, 1, 1), drawn from 0 to `highest`.

    One patch in five is clipped to 0..1 and rounded to 8 bits, as a file would have it; the others swing freely.
    """
    sigma = _between(0, 1, len(clean), clean, chance) ** 1.3 * highest
    noisy = clean + sigma * torch.randn(clean.shape, generator=chance).to(clean.device)
    filed = _between(0, 1, len(clean), clean, chance) < 0.2
    return torch.where(filed, (noisy.clamp(0, 1) * 255).round() / 255, noisy), sigma


def shot(clean: Tensor, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """(noisy, target) of sRGB patches (n, 3, h, w) as a camera with a JPEG file would have taken them.

    Poisson-Gaussian noise (Foi et al., "Practical Poissonian-Gaussian noise modeling and fitting for single-image
    raw-data", TIP 2008) is added to a Bayer mosaic in linear light; then come demosaicing, white balance, the tone
    curve, a camera's smoothing of colour noise or a change of size in some, JPEG and 8 bits. The target went the
    same way without noise and without JPEG, as the mean of many shots would have.
    """
    n = len(clean)
    gains = torch.cat([_between(0.45, 0.8, n, clean, chance), torch.ones_like(clean[:, :1, :1, :1]),
                       _between(0.45, 0.8, n, clean, chance)], 1)  # fmt: skip
    gamma = _between(1.8, 2.4, n, clean, chance)
    raw = mosaic(clean.clamp(0, 1) ** gamma * gains)
    poisson = 10 ** _between(-4.3, -1.8, n, clean, chance)
    read_out = 10 ** _between(-3.7, -1.9, n, clean, chance)
    deviation = (poisson * raw + read_out**2).sqrt()
    exposed = (raw + deviation * torch.randn(raw.shape, generator=chance).to(raw.device)).clamp(-0.02, 1)

    def develop(bayer: Tensor) -> Tensor:
        return (demosaic(bayer) / gains).clamp(1e-5, 1) ** (1 / gamma)

    target, noisy = develop(raw), develop(exposed)
    noise = noisy - target
    kind = float(torch.rand((), generator=chance))
    if kind < 0.3:  # the camera smooths colour noise more than grain
        to_ycc = torch.tensor(_TO_YCC, device=clean.device)
        ycc = torch.einsum("ij,njhw->nihw", to_ycc, noise)
        soft = F.avg_pool2d(F.pad(ycc[:, 1:], (2, 2, 2, 2), mode="reflect"), 5, stride=1)
        ycc = torch.cat([ycc[:, :1], soft], 1)
        noise = torch.einsum("ij,njhw->nihw", torch.linalg.inv(to_ycc), ycc)
    elif kind < 0.6:  # a resized or smoothed picture: neighbouring pixels share their noise
        factor = 1 + float(torch.rand((), generator=chance))
        size = [round(side / factor) for side in clean.shape[2:]]
        noise = F.interpolate(noise[..., : size[0], : size[1]], clean.shape[2:], mode="bicubic", align_corners=False)
    noisy = (target + noise).clamp(0, 1)
    if float(torch.rand((), generator=chance)) < 0.7:
        quality = torch.randint(75, 101, (n,), generator=chance).to(clean.device)
        noisy = jpeg(noisy, quality, subsample=float(torch.rand((), generator=chance)) < 0.5)
    return (noisy * 255).round() / 255, target
