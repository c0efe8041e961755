"""Recolouring by arithmetic: the toolchain reckons as the app does, and what it is measured beside does its best."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from editor.craft import likeness as app_likeness
from editor.craft.difference import rgb_of
from editor.craft.oklab import oklab_of
from editor.craft.painter import ANSWERS, painter_of
from export.colours import by_rows, decode, light_of, oklab, oklab_of_light
from export.data.parts import likeness
from export.nets.recolor import RecolorConfig, RecolorNet, painted
from export.recoloring import RIVALS, to_target
from export.swatches import texture
from tests.export.shirts import shirt

TINY = RecolorConfig((8, 8, 8, 16), (1, 1, 1, 1), code=16, painter=16)


def test_likeness_is_that_of_the_app() -> None:
    rgb = shirt((0.2, 0.4, 0.7)).astype(np.float32) / 255
    base = np.float32([0.5, -0.02, -0.1])
    trained = likeness(torch.from_numpy(rgb.transpose(2, 0, 1))[None], torch.from_numpy(base)[None])[0, 0].numpy()
    assert np.abs(trained - app_likeness.like(oklab_of(rgb), base)).max() < 2e-3


def test_oklab_goes_there_and_back() -> None:
    rgb = torch.rand(2, 3, 50, generator=torch.Generator().manual_seed(0))
    light = decode(rgb)
    assert float((light_of(oklab_of_light(light)) - light).abs().max()) < 1e-4
    rows = rgb.transpose(1, 2)
    assert float((by_rows(oklab, rows) - torch.from_numpy(oklab_of(rows.numpy()))).abs().max()) < 1e-3


def test_the_painter_is_that_of_the_app() -> None:
    torch.manual_seed(0)
    net = RecolorNet(TINY).eval()
    torch.nn.init.normal_(net.last, std=0.3)
    torch.nn.init.normal_(net.adapt.weight, std=0.3)
    with torch.no_grad():
        told = net(torch.rand(2, 3, 48, 64), torch.rand(2, 1, 48, 64), torch.rand(2, 1, 48, 64))
        lab, base, target = torch.rand(2, 40, 3) - 0.2, torch.rand(2, 3), torch.rand(2, 3)
        made = painted(lab, base, target, told)
    assert told._fields == ANSWERS
    app = painter_of({name: value[1:].numpy() for name, value in told._asdict().items()})
    assert np.abs(app.colours(lab[1].numpy(), base[1].numpy(), target[1].numpy()) - made[1].numpy()).max() < 1e-5
    assert float((painted(base[:, None], base, target, told)[:, 0] - target).abs().max()) < 1e-6


def test_others_hit_the_target_and_leave_no_straw_man() -> None:
    grey = shirt((0.5, 0.5, 0.5), print_=False).astype(np.float32) / 255
    part = np.zeros(grey.shape[:2], bool)
    part[40:120, 60:100] = True
    target = np.float32([0.2, 0.5, 0.3])
    for name, way in RIVALS.items():
        made = way(grey, part, target)
        assert to_target(grey, made, part, target) < 3, name
        assert np.isfinite(made).all(), name
    black = np.full((20, 20, 3), 0.02, np.float32)
    whole = np.ones((20, 20), bool)
    for name, way in RIVALS.items():
        assert to_target(black, way(black, whole, target), whole, target) < 3, name


def test_texture_that_is_blurred_is_told() -> None:
    rgb = shirt((0.5, 0.3, 0.3), print_=False).astype(np.float32) / 255
    rgb = np.clip(rgb + 0.05 * np.random.default_rng(0).standard_normal(rgb.shape[:2])[..., None], 0, 1).astype(
        np.float32
    )
    part = np.ones(rgb.shape[:2], bool)
    assert texture(rgb, rgb, part) == pytest.approx(1)
    blurred = np.asarray(cv2.GaussianBlur(rgb, (0, 0), 2), np.float32)
    for alone in (False, True):
        assert texture(rgb, blurred, part, alone=alone) < 0.6


def test_windows_that_see_the_part_alone_are_not_misled_by_what_is_beside_it() -> None:
    light = np.float32(50) + 5 * np.random.default_rng(0).standard_normal((80, 80)).astype(np.float32)
    lab = np.dstack([light, np.zeros((80, 80, 2), np.float32)])
    part = np.zeros((80, 80), bool)
    part[20:60, 20:60] = True
    shifted = lab.copy()
    shifted[part, 0] += 15
    before, after = rgb_of(lab), rgb_of(shifted)
    assert texture(before, after, part) < 0.98
    assert texture(before, after, part, alone=True) > 0.999
