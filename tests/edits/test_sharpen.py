"""Sharpen: soft edges become steep without seams, noise is left alone, and a preview is as sharp as the file."""

import numpy as np
import pytest

from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.image import Image
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.craft.tone import luma
from editor.edits.sharpen import SEAM, Sharpen, gaussian


def cooked(rgb, edit, scale=1.0, region=None):
    photo = Photo("p.tif", np.ascontiguousarray(rgb, np.float32))
    return Engine({}).render(photo, Recipe().put(edit), View(scale, region), Job()).rgb


def edge(dark, light, softness, width=120):
    """Light beside dark, `softness` pixels between them."""
    step = 1 / (1 + np.exp(-(np.arange(width) - width / 2 + 0.5) / (softness / 4)))
    line = (dark + (light - dark) * step).astype(np.float32)
    return np.repeat(line[None, :, None], 40, 0).repeat(3, 2)


def test_a_soft_edge_becomes_steeper():
    soft = edge(0.2, 0.7, 4)
    steepest = [np.diff(rgb[20, :, 1]).max() for rgb in (soft, cooked(soft, Sharpen(amount=150, radius=1.5)))]
    assert steepest[1] > 1.25 * steepest[0]


@pytest.mark.parametrize("radius", [0.5, 1, 3, 5])
@pytest.mark.parametrize(("dark", "light"), [(0.3, 0.6), (0.02, 0.95), (0.0, 1.0)])
def test_edges_get_no_black_and_white_lines(radius, dark, light):
    hard = edge(dark, light, 0.5)
    out = cooked(hard, Sharpen(amount=300, radius=radius))
    assert out.min() > max(-1e-6, dark - SEAM) and out.max() < min(1 + 1e-6, light + SEAM)


def test_what_is_beyond_stays_and_nothing_clips():
    noise = np.random.default_rng(0).random((100, 120, 3), np.float32)
    out = cooked(noise, Sharpen(amount=300, radius=2))
    assert out.min() >= 0 and out.max() <= 1
    beyond = noise * 0.2 + 1.1
    assert cooked(beyond, Sharpen(amount=100)).min() > 1
    below = noise - 1.0
    assert np.isfinite(cooked(below, Sharpen(amount=300))).all()


def test_below_the_threshold_is_noise():
    noise = 0.5 + np.random.default_rng(0).standard_normal((100, 120, 1), np.float32).repeat(3, 2) * (1.5 / 255)
    spread = {t: cooked(noise, Sharpen(amount=100, threshold=t)).std() / noise.std() for t in (0.0, 4.0, 20.0)}
    assert spread[0.0] > 1.5 > spread[4.0] and spread[20.0] < 1.02
    cloth = edge(0.4, 0.6, 2)
    assert (
        np.diff(cooked(cloth, Sharpen(amount=100, threshold=4))[20, :, 1]).max() > 1.1 * np.diff(cloth[20, :, 1]).max()
    )


def test_hues_stay():
    cloth = edge(0.3, 0.6, 3) * np.float32([0.9, 0.5, 0.2])
    out = cooked(cloth, Sharpen(amount=200, radius=2))
    assert np.abs(out / out[..., :1] - cloth / cloth[..., :1]).max() < 1e-4


def test_a_faint_texture_is_sharpened_as_much_as_the_unsharp_mask_says():
    waves = np.sin(np.arange(200) * 2 * np.pi / 5)
    cloth = (0.5 + 0.004 * waves).astype(np.float32)[None, :, None].repeat(60, 0).repeat(3, 2)
    out = cooked(cloth, Sharpen(amount=100, radius=1, threshold=0))
    blurred = np.exp(np.cos(2 * np.pi / 5) - 1)  # what the discrete Gaussian leaves of such a wave
    gained = out[30, 50:150, 1].std() / cloth[30, 50:150, 1].std()
    assert gained == pytest.approx(1 + (1 - blurred), rel=0.1)


@pytest.mark.parametrize("sigma", [0.12, 0.3, 0.77, 1.0, 5.0])
def test_the_gaussian_has_the_standard_deviation_it_says(sigma):
    taps = gaussian(sigma).astype(float)
    at = np.arange(len(taps)) - len(taps) // 2
    assert (
        taps.sum() == pytest.approx(1, abs=1e-6) and (taps > -1e-7).all() and np.allclose(taps, taps[::-1], atol=1e-7)
    )
    assert (taps * at**2).sum() == pytest.approx(sigma**2, rel=0.02)


def test_the_smaller_the_preview_the_less_is_done_to_it():
    noise = np.random.default_rng(0).random((320, 400, 3), np.float32)
    photo = Photo("p.tif", noise)
    changed = []
    for scale in (1.0, 0.5, 0.25, 0.125, 0.05):
        out, plain = (
            Engine({}).render(photo, r, View(scale), Job()).rgb for r in (Recipe().put(Sharpen(amount=100)), Recipe())
        )
        changed.append(np.abs(out - plain).mean() / plain.std())
    assert changed == sorted(changed, reverse=True) and changed[3] < 0.1 * changed[0] and changed[4] == 0


def test_it_looks_as_far_around_as_it_says():
    rng = np.random.default_rng(0)
    rgb = rng.random((300, 300, 3), np.float32)
    for radius in (0.3, 1.0, 5.0):
        edit = Sharpen(amount=200, radius=radius)
        region = Region(97, 101, 60, 50)
        part = cooked(rgb, edit, region=region)
        assert np.abs(part - cooked(rgb, edit)[101:151, 97:157]).max() < 1e-6


def test_without_an_amount_nothing_is_done(models):
    image = Image(np.random.default_rng(0).random((20, 20, 3), np.float32))
    assert Sharpen().apply(image, None, models, Job()) is image
    assert luma(image.rgb).shape == (20, 20)
