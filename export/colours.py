"""Colours: light, sRGB and OKLab of whole batches, as training reckons in them; the app's are `editor.craft.oklab`."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from editor.core.lab import CONES, OK

_CONES, _OK = CONES.tolist(), OK.tolist()
DARKEST = 1e-4  # sRGB-encoded value below which OKLab is not told: its slope has no end there


def decode(rgb: Tensor) -> Tensor:
    """sRGB-encoded to linear light (IEC 61966-2-1), of any shape."""
    return torch.where(rgb <= 0.04045, rgb / 12.92, ((rgb.clamp(min=0) + 0.055) / 1.055) ** 2.4)


def encode(linear: Tensor) -> Tensor:
    """Linear light to sRGB-encoded (IEC 61966-2-1), of any shape."""
    return torch.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear.clamp(min=1e-6) ** (1 / 2.4) - 0.055)


def oklab(rgb: Tensor) -> Tensor:
    """sRGB-encoded (n, 3, ...), brought to 0..1, in OKLab (Ottosson 2020)."""
    return oklab_of_light(decode(rgb.clamp(DARKEST, 1.0)))


def oklab_of_light(linear: Tensor) -> Tensor:
    """Linear sRGB (n, 3, ...) in OKLab; what the cones see less than nothing of counts as black."""
    return _mixed(_mixed(linear, _CONES).clamp(min=1e-6) ** (1 / 3), _OK)


def light_of(lab: Tensor) -> Tensor:
    """OKLab (n, 3, ...) as linear sRGB."""
    return _mixed(_mixed(lab, _inverse(_OK)) ** 3, _inverse(_CONES))


def by_rows(convert: Callable[[Tensor], Tensor], colours: Tensor) -> Tensor:
    """`convert`, which takes (n, 3, ...), for lists of colours (n, p, 3)."""
    return convert(colours.transpose(1, 2)).transpose(1, 2)


def _mixed(channels: Tensor, matrix: list[list[float]]) -> Tensor:
    return torch.einsum("ij,nj...->ni...", torch.tensor(matrix, device=channels.device), channels)


def _inverse(matrix: list[list[float]]) -> list[list[float]]:
    back: list[list[float]] = torch.linalg.inv(torch.tensor(matrix, dtype=torch.float64)).tolist()
    return back
