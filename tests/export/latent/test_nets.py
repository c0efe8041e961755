"""The nets between pictures and codes: where they begin, what their prior, their rounding and their judges learn."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from export.faithful import crispness, psnr
from export.nets.judge import Judge, apart, steep
from export.nets.latent import RECENT, LatentConfig, LatentNet, ink
from export.nets.prior import Prior, Rounds
from export.optim import Both, Muon
from export.resembling import pixels_apart, pulled, seen_apart, texture_apart
from export.settling import settle
from export.tasks.latent import Latent, crops
from tests.export.latent.discs import TINY, drawn


def test_an_untrained_net_gives_principal_components() -> None:
    material = drawn()
    net = LatentNet(TINY)
    Latent(TINY).begin(net, material)
    net.eval()
    rows = torch.from_numpy(~material.held).nonzero()[:, 0]
    picture = crops(material, rows).picture
    with torch.no_grad():
        code = net.encoder(torch.cat([picture, picture.flip(3)]))
        made = net.decoder(net.encoder(picture), torch.zeros(len(picture), TINY.words))
        plain = net.by_components(picture).clamp(0, 1)
    assert float((made - plain).abs().max()) < 1e-5
    assert torch.allclose(code.mean(0), torch.zeros(16), atol=1e-3)
    covariance = torch.cov(code.T)
    assert torch.allclose(covariance, torch.eye(16), atol=0.05), "whitened"
    assert TINY.base == TINY.side
    small = ink(picture).flatten(1).double()
    both = torch.cat([small, ink(picture.flip(3)).flatten(1).double()])
    middle = both.mean(0)
    axes = torch.linalg.svd(both - middle, full_matrices=False)[2][:16]
    best = (((small - middle) @ axes.T) @ axes + middle - small).square().mean()
    with torch.no_grad():
        got = (net.decoder.plain(net.encoder(picture)).flatten(1) - small).square().mean()
    assert float(got) == pytest.approx(float(best), rel=0.02), "no linear map of 16 numbers does better"


def two_kinds(count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Codes (n, 4) that lie on a circle, in its right half where the word holds and in its left half where not; the
    last two numbers are the first ones again, halved."""
    said = torch.randint(2, (count, 1)).float()
    turn = torch.pi * (torch.rand(count, 1) - 0.5) + torch.pi * (1 - said)
    code = 1.5 * torch.cat([turn.cos(), turn.sin()], 1)
    return torch.cat([code, 0.5 * code], 1), said


def test_an_untrained_prior_gives_the_noise() -> None:
    noise, said = torch.randn(7, 16), torch.rand(7, 5).round()
    assert torch.equal(Prior(16, 5, 2, 12)(noise, said), noise)


def test_a_prior_that_has_settled_draws_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("export.settling.STEPS", 600)
    torch.manual_seed(0)
    prior, told = Prior(4, 1, 2, 48), []
    settle(prior, two_kinds, two_kinds(200), told.append)
    said = torch.arange(300)[:, None] % 2.0
    with torch.no_grad():
        codes = prior(torch.randn(300, 4), said)
    length = codes[:, :2].norm(dim=1)
    assert float((length - 1.5).abs().mean()) < 0.25, "on the circle"
    assert float(((codes[:, 0] > 0) == (said[:, 0] > 0)).float().mean()) > 0.9, "where the word says"
    assert float((codes[:, 2:] - 0.5 * codes[:, :2]).abs().mean()) < 0.15
    assert len(told) > 2 and prior.hear.weight.requires_grad


def test_what_is_best_for_held_out_codes_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("export.settling.STEPS", 30)
    torch.manual_seed(0)
    prior = Prior(4, 1, 1, 8)
    before = {name: weight.clone() for name, weight in prior.state_dict().items()}
    near = torch.zeros(200, 4), torch.zeros(200, 1)  # noise shrinks on the way there, and grows where it is taught
    settle(prior, lambda count: (9 * torch.randn(count, 4), torch.zeros(count, 1)), near)
    assert all(torch.equal(weight, before[name]) for name, weight in prior.state_dict().items())


def test_the_prior_learns_from_the_last_codes() -> None:
    net = LatentNet(TINY)
    said = torch.zeros(4, TINY.words)
    for turn in range(1, 4):
        net.remember(torch.full((4, 16), float(turn)), said + turn)
    codes, told = net.remembered(500)
    assert sorted(set(codes.flatten().tolist())) == [1, 2, 3]
    assert torch.equal(codes[:, :1].expand(-1, TINY.words), told)
    net.remember(torch.full((RECENT, 16), 7.0), torch.zeros(RECENT, TINY.words))
    assert set(net.remembered(50)[0].flatten().tolist()) == {7}, "the oldest are gone"


def test_rounding_takes_the_nearest_entry() -> None:
    torch.manual_seed(0)
    rounds = Rounds(8)
    code = torch.randn(5, 8, requires_grad=True)
    made, far = rounds.nearest(code)
    groups = code.detach().reshape(5, 2, 4)
    for n in range(5):
        for g in range(2):
            best = int((rounds.entries[g] - groups[n, g]).square().sum(1).argmin())
            assert torch.allclose(made[n].reshape(2, 4)[g], rounds.entries[g, best], atol=1e-5)
    (gradient,) = torch.autograd.grad(made.sum(), code, retain_graph=True)
    assert torch.equal(gradient, torch.ones(5, 8)), "learning passes through"
    far.backward()
    assert float(rounds.entries.grad.abs().sum()) > 0
    with pytest.raises(ValueError, match="multiple of 4"):
        Rounds(10)


def test_a_judge_learns_to_tell() -> None:
    torch.manual_seed(0)
    judge, said = Judge(4, (8, 8, 8), 3), torch.zeros(16, 3)
    optimizer = torch.optim.Adam(judge.parameters(), 3e-3)
    for _ in range(60):
        real = (torch.rand(16, 4, 32, 32) > 0.5).float()
        made = torch.nn.functional.avg_pool2d(real, 3, 1, 1)
        loss = apart(judge(real, said), judge(made, said))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert float(loss.detach()) < 0.3
    with torch.no_grad():
        saw = judge(real, said)
        assert saw.shape == (16, 1, 4, 4)
        assert float(steep(judge, real, said, saw)) > 0
        assert float((judge(real, torch.ones(16, 3)) - saw).abs().max()) > 0, "it hears what is said"


@pytest.mark.parametrize("side", [128, 256])
def test_sizes_fit_together(side: int) -> None:
    shape = LatentConfig(side=side, code=64, words=5, encoder=(8, 8, 8, 8), judge=(8, 8, 8), thought=8, start=8,
                         decoder=(8,) * (4 if side == 128 else 5), blocks=(1,) * (4 if side == 128 else 5))  # fmt: skip
    assert shape.base == 32
    net = LatentNet(shape)
    with torch.no_grad():
        made = net.decoder(net.encoder(torch.rand(1, 4, side, side)), torch.zeros(1, 5))
    assert made.shape == (1, 4, side, side)
    with pytest.raises(ValueError, match="no architecture"):
        LatentNet(replace(TINY, arch="magic"))


def test_muon_keeps_off_what_leads_in_and_out() -> None:
    net = LatentNet(TINY)
    optimizer = Both(net, 1e-3)
    muon = {id(w) for part in optimizer.parts if isinstance(part, Muon) for g in part.param_groups for w in g["params"]}
    named = dict(net.named_parameters())
    assert {name for name in net.edges if name not in named} == set()
    for name in ("encoder.enter.weight", "decoder.leave.weight", "near.enter.weight", "prior.tell.weight"):
        assert name in net.edges and id(named[name]) not in muon, name
    assert id(named["decoder.stages.0.0.first.weight"]) in muon
    assert not named["encoder.linear.weight"].requires_grad


def test_pulls_have_the_shares_they_were_given() -> None:
    leaf = torch.zeros(4, 3, requires_grad=True)
    pull = pulled(leaf, [((leaf - 1).sum(), 1.0), ((1000 * leaf[:, 0]).sum(), 0.5)], 4)
    assert torch.allclose(pull[:, 1:], torch.ones(4, 2))
    assert torch.allclose((pull[:, 0] - 1).norm(), torch.tensor(0.5 * 12**0.5))


def test_each_judgement_is_least_for_the_photo_itself() -> None:
    torch.manual_seed(0)
    photo = torch.rand(2, 4, 32, 32)
    soft = torch.nn.functional.avg_pool2d(photo, 3, 1, 1)
    assert float(pixels_apart(photo, photo)) == 0 < float(pixels_apart(soft, photo))
    net = torch.nn.Conv2d(4, 6, 3).requires_grad_(False)
    assert float(seen_apart(photo, photo, lambda p: [net(p)])) == 0 < float(seen_apart(soft, photo, lambda p: [net(p)]))
    moved = photo.roll((8, 8), (2, 3))
    assert float(texture_apart(photo, photo)) == 0 < float(texture_apart(soft, photo))
    assert float(texture_apart(moved, photo)) < 0.5 * float(texture_apart(soft, photo)), "wherever it lies"
    assert psnr(photo, photo) > 90 > 30 > psnr(soft, photo)
    assert crispness(photo, photo) == 1 > crispness(soft, photo)
