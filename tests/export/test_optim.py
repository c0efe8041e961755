"""Muon and the count of multiply-adds."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from export.cost import cost
from export.nets.unet import UNet
from export.optim import Both, orthogonal
from export.tasks.denoise import TASK as DENOISE
from export.tasks.noise import TASK as NOISE


@pytest.mark.parametrize("shape", [(3, 16, 48), (2, 48, 16)])
def test_all_directions_become_alike(shape: tuple[int, ...]) -> None:
    matrices = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    before, after = torch.linalg.svdvals(matrices), torch.linalg.svdvals(orthogonal(matrices))
    assert float(before.max() / before.min()) > 2
    assert float(after.min()) > 0.6 and float(after.max()) < 1.3


def test_muon_and_adam_share_a_net_and_bring_the_loss_down() -> None:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(8, 8, 3), nn.ReLU(), nn.Conv2d(8, 1, 1))
    optimizer = Both(net, 1e-2)
    assert [len(part.param_groups[0]["params"]) for part in optimizer.parts] == [1, 5]
    picture, wanted, losses = torch.randn(2, 3, 16, 16), torch.randn(2, 1, 12, 12), []
    for _ in range(60):
        loss = (net(picture) - wanted).square().mean()
        loss.backward()
        optimizer.step(1e-2)
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.8 * losses[0]
    again = Both(net, 1e-2)
    again.load_state_dict(optimizer.state_dict())
    assert torch.equal(*(o.parts[0].state[net[2].weight]["momentum"] for o in (optimizer, again)))


def test_cost_is_what_a_pencil_says() -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first = nn.Conv2d(4, 10, 2, stride=2)  # 4 * 10 * 4 multiply-adds at every fourth pixel: 40
            self.second = nn.Conv2d(10, 10, 3, padding=1, groups=2)  # 5 * 10 * 9 / 4 = 112.5
            self.third = nn.ConvTranspose2d(10, 3, 2, stride=2)  # 10 * 3 * 4 / 4 = 30

        def forward(self, image: torch.Tensor, level: torch.Tensor) -> torch.Tensor:
            out: torch.Tensor = self.third(self.second(self.first(torch.cat([image, level], 1))))
            return out

    assert cost(Net(), DENOISE.card) == pytest.approx(0.1825)


def test_the_nets_stay_within_their_budgets() -> None:
    # by hand, at the 48, 96 and 192 channels of the shipped denoiser
    blocks = 2 * 2 * 48 * 48 * 9 / 4 + 4 * 2 * 96 * 96 * 9 / 16 + 2 * 2 * 192 * 192 * 9 / 64
    moves = 4 * 48 * 36 / 4 + 48 * 96 * 4 / 16 + 96 * 192 * 4 / 64 + 192 * 384 / 64 + 96 * 192 / 16 + 48 * 12 * 9 / 4
    assert cost(UNet(), DENOISE.card) == pytest.approx((blocks + moves) / 1000)
    assert cost(UNet(), DENOISE.card) <= 100
    assert cost(NOISE.net(), NOISE.card) <= 15
    assert sum(weight.numel() for weight in NOISE.net().parameters()) <= 60_000
