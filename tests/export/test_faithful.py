"""How like photos pictures are, and how well others squeeze them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from export.data.wares import over_white
from export.faithful import crispness, faithfulness, features, felt, frechet, psnr, ssim
from export.nets.tagger import TaggerConfig, TaggerNet
from export.squeezed import by_jpeg, components, length, rivals, smaller


def some(count: int = 60, side: int = 16) -> np.ndarray:
    """Straight pictures of soft spots, in a few shapes mixed, uint8 (count, 4, side, side)."""
    chance = np.random.default_rng(0)
    shapes = chance.random((5, 4, side // 4, side // 4)).repeat(4, 2).repeat(4, 3)
    mixed = np.einsum("nk,kchw->nchw", chance.dirichlet(np.ones(5), count), shapes)
    mixed[:, 3] = 1
    return np.uint8(mixed * 255)


@pytest.fixture
def net() -> TaggerNet:
    torch.manual_seed(0)
    return TaggerNet(TaggerConfig(width=(4, 8, 8), heads=(3, 2))).eval().requires_grad_(False)


def test_psnr_is_that_of_eight_bits() -> None:
    photo = torch.full((2, 4, 8, 8), 0.5)
    made = photo.clone()
    made[:, :3] += 10 / 255
    made[:, 3] = 0  # alpha is not counted
    assert psnr(made, photo) == pytest.approx(20 * np.log10(255 / 10), abs=0.01)
    assert psnr(photo, photo) > 90


def test_ssim_is_one_for_the_same_and_near_nothing_for_noise() -> None:
    chance = torch.Generator().manual_seed(0)
    photo, other = torch.rand(2, 4, 32, 32, generator=chance), torch.rand(2, 4, 32, 32, generator=chance)
    assert ssim(photo, photo) == pytest.approx(1, abs=1e-5) and abs(ssim(other, photo)) < 0.1
    assert 0.5 < ssim(0.7 * photo + 0.3 * other, photo) < 0.95


def test_blurred_pictures_are_less_crisp() -> None:
    photo = torch.rand(2, 4, 32, 32, generator=torch.Generator().manual_seed(1))
    soft = torch.nn.functional.avg_pool2d(photo, 3, 1, 1)
    assert crispness(photo, photo) == pytest.approx(1) and crispness(soft, photo) < 0.3
    assert crispness(0.5 * photo, photo) == pytest.approx(0.25, rel=1e-3)


def test_frechet_distance_of_gaussians_is_the_formula() -> None:
    chance = torch.Generator().manual_seed(0)
    first = torch.randn(40000, 2, generator=chance).double()
    second = torch.randn(40000, 2, generator=chance).double() * torch.tensor([2.0, 1.0]) + torch.tensor([0.0, 3.0])
    due = (9 + (2 - 1) ** 2) / ((4 + 1) / 2)
    assert frechet(first, second) == pytest.approx(due, rel=0.03)
    assert frechet(first, first) == pytest.approx(0, abs=1e-6)


def test_distances_grow_with_what_is_wrong(net: TaggerNet) -> None:
    photo = over_white(some())
    chance = torch.Generator().manual_seed(2)
    wrong = torch.randn(photo.shape, generator=chance)
    near, far = (faithfulness((photo + amount * wrong).clamp(0, 1), photo, net) for amount in (0.02, 0.2))
    for better in ("PSNR", "SSIM"):
        assert near[better] > far[better]
    for worse in ("feature distance", "FID"):
        assert near[worse] < far[worse]
    assert felt(photo, photo, net) == pytest.approx(0, abs=1e-6) and features(photo, net).shape == (60, 8)


def by_svd(flat: Tensor, count: int) -> Tensor:
    mean = flat.mean(0)
    right = torch.linalg.svd(flat - mean, full_matrices=False).Vh[:count]
    return (flat - mean) @ right.T @ right + mean


@pytest.mark.parametrize("halves", [0, 1])
def test_components_are_the_principal_ones(halves: int) -> None:
    rgba = some()
    known = components(rgba, 3, halves)
    seen = smaller(over_white(rgba), halves)
    assert torch.allclose(known.back(seen, 3).flatten(1), by_svd(seen.flatten(1), 3), atol=2e-3)
    assert torch.allclose(known.back(seen, 2).flatten(1), by_svd(seen.flatten(1), 2), atol=2e-3), "the strongest first"
    assert torch.allclose(known.directions.T @ known.directions, torch.eye(3), atol=1e-4)


def test_jpeg_gets_as_many_bytes_as_a_code_has() -> None:
    photo = over_white(some(4, 64))
    back = rivals(photo, components(some(60, 64), 64), (16, 64))
    assert list(back) == ["PCA 16", "PCA 64", "JPEG 32 B", "JPEG 128 B"]
    assert psnr(back["JPEG 128 B"], photo) > psnr(back["JPEG 32 B"], photo)
    assert torch.equal(by_jpeg(photo, 64)[:, 3], photo[:, 3]), "it is spared alpha"


def test_headers_are_not_counted() -> None:
    head = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xda\x00\x05abc"
    assert length(head + b"12345" + b"\xff\xd9") == 5
