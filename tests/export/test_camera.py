"""The camera model does to a picture what cameras do."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from export.data.camera import demosaic, jpeg, mosaic, shot, white
from export.tasks.noise import local


@pytest.fixture
def smooth() -> torch.Tensor:
    """A soft picture, (1, 3, 64, 96) in 0..1."""
    y, x = torch.meshgrid(torch.linspace(0, 3, 64), torch.linspace(0, 3, 96), indexing="ij")
    return torch.stack([0.5 + 0.4 * torch.sin(x + y), 0.5 + 0.4 * torch.cos(x), 0.5 + 0.3 * torch.sin(2 * y)])[None]


def test_a_smooth_picture_survives_the_mosaic(smooth: torch.Tensor) -> None:
    bayer = mosaic(smooth)
    assert bayer.shape == (1, 1, 64, 96)
    assert torch.equal(bayer[0, 0, 0::2, 0::2], smooth[0, 0, 0::2, 0::2])  # red
    assert torch.equal(bayer[0, 0, 1::2, 1::2], smooth[0, 2, 1::2, 1::2])  # blue
    back = demosaic(bayer)
    assert float((back - smooth)[..., 4:-4, 4:-4].abs().max()) < 0.01
    assert torch.equal(mosaic(back), bayer)  # what was measured stays


def test_grey_stays_grey(smooth: torch.Tensor) -> None:
    back = demosaic(mosaic(torch.full_like(smooth, 0.3)))
    assert float((back - 0.3).abs().max()) < 1e-6


def test_jpeg_of_the_best_quality_is_nearly_the_picture(smooth: torch.Tensor) -> None:
    back = jpeg(smooth, torch.tensor([100]), subsample=False)
    assert float((back - smooth).abs().max()) < 3 / 255


@pytest.mark.parametrize(("quality", "subsample"), [(90, False), (90, True), (75, True)])
def test_jpeg_does_what_a_jpeg_file_does(smooth: torch.Tensor, quality: int, subsample: bool) -> None:
    noise = torch.randn(smooth.shape, generator=torch.Generator().manual_seed(0)) * 20 / 255
    picture = ((smooth + noise).clamp(0, 1) * 255).round() / 255
    flags = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
             cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420 if subsample else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]  # fmt: skip
    pixels = (picture[0].permute(1, 2, 0).numpy()[..., ::-1] * 255).astype(np.uint8)
    file = cv2.imdecode(cv2.imencode(".jpg", pixels, flags)[1], cv2.IMREAD_COLOR)[..., ::-1].astype(np.float32) / 255
    ours = jpeg(picture, torch.tensor([quality]), subsample=subsample)[0].permute(1, 2, 0).numpy()
    lost = float(np.sqrt(np.mean((file - picture[0].permute(1, 2, 0).numpy()) ** 2)))
    apart = float(np.sqrt(np.mean((file - ours) ** 2)))
    missed = float((ours - picture[0].permute(1, 2, 0).numpy()).std())
    assert missed == pytest.approx(lost, rel=0.02)
    assert apart < 0.5 * lost  # libjpeg rounds to 8 bits on its way, so a few coefficients fall to the other side


def test_white_noise_has_the_level_it_says(smooth: torch.Tensor) -> None:
    clean = torch.full((40, 3, 64, 64), 0.5)
    noisy, sigma = white(clean, 75 / 255, torch.Generator().manual_seed(1))
    free = noisy.amin((1, 2, 3)).lt(0) | ((noisy * 255).frac().abs().amax((1, 2, 3)) > 1e-3)
    measured = (noisy - clean).std((1, 2, 3))
    assert 24 <= int(free.sum()) < 40  # about one in five is clipped and rounded
    assert torch.allclose(measured[free], sigma[free, 0, 0, 0], rtol=0.05)
    assert float(sigma.max()) <= 75 / 255 and float(sigma.min()) >= 0


def test_a_shot_is_an_8_bit_picture_of_its_target(smooth: torch.Tensor) -> None:
    clean = smooth.repeat(4, 1, 1, 1)
    strengths = []
    for seed in range(8):
        noisy, target = shot(clean, torch.Generator().manual_seed(seed))
        assert torch.allclose(noisy * 255, (noisy * 255).round(), atol=1e-3)
        assert float(noisy.min()) >= 0 and float(noisy.max()) <= 1
        assert float((target - clean)[..., 4:-4, 4:-4].abs().mean()) < 0.02  # only the mosaic lies between them
        strengths += (255 * (noisy - target).square().mean((1, 2, 3)).sqrt()).tolist()
    assert min(strengths) < 4 and max(strengths) > 10


def test_the_local_level_is_the_rms_around(smooth: torch.Tensor) -> None:
    noise = torch.cat([torch.full((1, 3, 64, 64), 0.1), torch.full((1, 3, 64, 64), -0.3)], 3)
    level = local(noise)
    assert level.shape == (1, 1, 8, 16)
    assert torch.allclose(level[..., :6], torch.tensor(0.1)) and torch.allclose(level[..., 10:], torch.tensor(0.3))
    assert 0.1 < float(level[0, 0, 4, 8]) < 0.3
