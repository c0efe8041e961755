"""Photo: any size, any part, the same pixels."""

import numpy as np
import pytest

from editor.core.geometry import Region, scaled
from editor.core.photo import Photo


@pytest.fixture(params=["uint8", "uint16", "float32"])
def any_depth(request, noisy):
    if request.param == "float32":
        return Photo("a.tif", noisy.copy())
    top = np.iinfo(request.param).max
    return Photo("a.tif", (noisy.clip(0, 1) * top + 0.5).astype(request.param))


def test_full_size_is_what_the_file_holds(any_depth):
    image = any_depth.at(1.0)
    top = 1 if any_depth.depth == "float" else np.iinfo(any_depth.samples.dtype).max
    assert np.allclose(image.rgb * top, any_depth.samples, atol=1e-2)
    assert image.size == (200, 150)


@pytest.mark.parametrize("scale", [1.0, 0.8, 0.5, 0.37, 0.25, 0.11])
def test_a_part_is_a_crop_of_the_whole(any_depth, scale):
    whole = any_depth.at(scale)
    assert whole.size == scaled(any_depth.size, scale)
    width, height = whole.size
    for region in (Region(0, 0, width, height), Region(1, 2, width - 3, height - 4), Region(width - 2, 0, 2, 2)):
        part = any_depth.at(scale, region)
        assert part.region == region and part.scale == scale
        assert np.abs(part.rgb - whole.crop(region).rgb).max() < 2e-5


@pytest.mark.parametrize("scale", [0.7, 0.5, 0.3, 0.125])
def test_shrinking_keeps_the_mean_and_averages_noise_away(scale):
    noise = np.random.default_rng(0).normal(0.5, 0.1, (512, 640, 3)).astype(np.float32)
    small = Photo("n.tif", noise).at(scale).rgb[4:-4, 4:-4]
    assert abs(small.mean() - 0.5) < 2e-3
    assert 0.8 * scale < small.std() / 0.1 < 1.15 * scale


def test_nothing_moves_when_shrunk():
    ramp = np.repeat(np.linspace(0, 1, 400, dtype=np.float32)[None, :, None], 40, 0).repeat(3, 2)
    photo = Photo("r.tif", ramp)
    for scale in (0.5, 0.4, 0.25, 0.15):
        small = photo.at(scale).rgb[:, :, 0]
        middles = (np.arange(small.shape[1]) + 0.5) / scale - 0.5
        assert np.abs(small[2, 3:-3] - middles[3:-3] / 399).max() < 2e-3


def test_hidden_colour_does_not_bleed_into_the_edge():
    rgb = np.zeros((64, 64, 3), np.uint8)
    rgb[:, :31], rgb[:, 31:] = (255, 0, 0), (0, 255, 0)
    alpha = np.zeros((64, 64), np.uint8)
    alpha[:, :31] = 255
    for scale in (0.5, 0.3):
        image = Photo("a.png", rgb, alpha).at(scale)
        seen = image.alpha > 0.02
        assert image.rgb[seen][:, 1].max() < 0.05
        assert image.alpha.min() == 0 and image.alpha.max() == pytest.approx(1, abs=1e-6)


def test_refuses_what_lies_outside(photo):
    for region in (Region(-1, 0, 10, 10), Region(190, 0, 20, 10), Region(0, 0, 0, 5)):
        with pytest.raises(ValueError, match="outside"):
            photo.at(1.0, region)
    for scale in (0, -1, 1.5):
        with pytest.raises(ValueError, match="at most 1"):
            photo.at(scale)


def test_samples_are_never_written_to(photo):
    with pytest.raises(ValueError, match="read-only"):
        photo.samples[0, 0] = 0
