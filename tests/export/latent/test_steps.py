"""Steps: codes are moved as sliders move them, rather along what is seen; nothing is led past black and white."""

from __future__ import annotations

import torch

from export.crops import FURTHEST, stepped
from export.nets.latent import BEYOND, LatentConfig, LatentNet, ink


def test_two_numbers_of_a_code_are_moved_and_rather_those_that_are_seen():
    torch.manual_seed(0)
    codes, seen = torch.randn(400, 8), torch.ones(5, 8)
    seen[:, 6:] = 1e-4
    off = stepped(codes, seen) - codes
    moved = off.abs() > 1e-6
    assert (moved.sum(1) == 2).all() and float(off.abs().max()) <= FURTHEST + 1e-5
    assert float(off.abs().max()) > 0.9 * FURTHEST
    assert moved[:, :6].sum() > 0.99 * moved.sum()


def test_the_linear_map_leads_no_further_than_a_little_past_black_and_white():
    torch.manual_seed(0)
    net = LatentNet(LatentConfig(side=32, code=8, words=3)).eval()
    net.decoder.linear.weight.normal_()
    net.decoder.linear.bias.zero_()
    said = torch.zeros(4, 3)
    far = net.decoder.train()(100 * torch.randn(4, 8), said)
    assert float(net.decoder.plain(100 * torch.randn(4, 8)).detach().abs().max()) > 10
    held = ink(far).detach()
    assert float(held.min()) >= -BEYOND - 1e-5 and float(held.max()) <= 1 + BEYOND + 1e-5
