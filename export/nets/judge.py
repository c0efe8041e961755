"""Judge: tells photographs from what a network makes, patch by patch; what it sees through, the network unlearns."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SLOPE = 0.2


class Judge(nn.Module):
    """A patch adversary (Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks", CVPR 2017)
    that is told what the picture should show (Miyato & Koyama, "cGANs with Projection Discriminator", ICLR 2018).

    Takes pictures (n, planes, h, w), sides multiples of 8, and conditions (n, words). Returns (n, 1, h / 8, w / 8): the
    more, the more it looks like a photo there.
    """

    def __init__(self, planes: int, widths: tuple[int, int, int], words: int) -> None:
        super().__init__()
        a, b, c = widths
        self.enter = nn.Conv2d(planes, a, 4, stride=2, padding=1)
        self.second = nn.Conv2d(a, b, 4, stride=2, padding=1)
        self.third = nn.Conv2d(b, c, 4, stride=2, padding=1)
        self.around = nn.Conv2d(c, c, 3, padding=1)
        self.leave = nn.Conv2d(c, 1, 1)
        self.due = nn.Linear(words, c) if words else None

    def forward(self, picture: Tensor, condition: Tensor) -> Tensor:
        x = 2 * picture - 1
        for layer in (self.enter, self.second, self.third, self.around):
            x = F.leaky_relu(layer(x), SLOPE)
        said: Tensor = self.leave(x)
        if self.due is not None:
            said = said + (x * self.due(condition)[:, :, None, None]).mean(1, keepdim=True)
        return said


def apart(real: Tensor, made: Tensor) -> Tensor:
    """What a judge pays where it takes (n, ...) of both for each other: photos should look more like them than what is
    made (Jolicoeur-Martineau, "The relativistic discriminator", ICLR 2019; Huang et al., "The GAN is dead; long live
    the GAN!", NeurIPS 2024)."""
    return F.softplus(made.float() - real.float()).mean()


def steep(judge: nn.Module, picture: Tensor, condition: Tensor, said: Tensor, chance: float = 0.02) -> Tensor:
    """How much a judge's answer `said` changes where the picture hardly does, so that it stays smooth: in place of the
    gradient's length (Lin et al., "Diffusion Adversarial Post-Training for One-Step Video Generation", 2025)."""
    near = picture + chance * torch.randn_like(picture)
    moved: Tensor = judge(near, condition).float() - said.float()
    return moved.square().mean() / chance**2
