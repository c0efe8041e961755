"""Painter: the app's reckoning is that of training, the base meets the target, and nothing explodes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from editor.craft.painter import Painter


def painter(seed: int = 0, k: int = 8) -> Painter:
    chance = np.random.default_rng(seed)
    shapes = ((9, k), (4 + k, k), (2 * k + 1, k), (k, 3))
    return Painter(*((0.4 * chance.standard_normal(shape)).astype(np.float32) for shape in shapes))


def test_the_parts_own_colour_becomes_exactly_the_target() -> None:
    base, target = np.float32([0.4, 0.1, -0.05]), np.float32([0.9, 0.0, 0.02])
    for seed in range(5):
        made = replace(painter(seed), ratio=seed / 4).colours(base[None], base, target)
        assert np.abs(made - target).max() < 1e-6
        assert made.dtype == np.float32


def test_an_untaught_painter_takes_lightness_along_and_gives_the_targets_tint() -> None:
    silent = painter()
    silent = Painter(silent.aim, silent.enter, silent.think, np.zeros_like(silent.leave))
    base, target = np.float32([0.3, 0.1, 0.1]), np.float32([0.9, -0.1, 0.05])
    shades = np.float32([[0.3, 0.08, 0.08], [0.5, 0.12, 0.13]])
    assert np.allclose(silent.colours(shades, base, target), [[0.9, -0.1, 0.05], [1.1, -0.1, 0.05]], atol=1e-6)


def test_light_may_count_by_ratio() -> None:
    silent = painter()
    silent = Painter(silent.aim, silent.enter, silent.think, np.zeros_like(silent.leave), ratio=1.0)
    base, target = np.float32([0.3, 0.1, 0.1]), np.float32([0.9, -0.1, 0.05])
    shades = np.float32([[0.15, 0.05, 0.05], [0.3, 0.1, 0.1], [9.0, 0, 0]])
    made = silent.colours(shades, base, target)
    assert np.allclose(made, [target / 2, target, target * 3], atol=1e-6)


def test_a_hue_is_turned_where_nothing_else_changes() -> None:
    silent = painter()
    silent = Painter(silent.aim, silent.enter, silent.think, np.zeros_like(silent.leave))
    base, target = np.float32([0.6, 0.15, 0.0]), np.float32([0.6, 0.0, 0.15])
    made = silent.colours(np.float32([[0.6, 0.25, 0.0], [0.6, 0.15, 0.05]]), base, target)
    assert np.allclose(made, [[0.6, 0.0, 0.15 + 0.07], [0.6, -0.035, 0.15]], atol=1e-5)
    grey = silent.colours(np.float32([[0.6, 0.02, 0.0]]), np.float32([0.6, 0.01, 0]), target)
    assert np.allclose(grey, target, atol=1e-6), "a grey has no hue to turn"


def test_what_is_said_hangs_on_the_target_and_on_the_colour() -> None:
    one = painter()
    base = np.float32([0.4, 0.1, 0.1])
    shades = np.float32([[0.3, 0.1, 0.1], [0.45, 0.1, 0.1]])
    dark, light = (one.colours(shades, base, np.float32([goal, 0, 0])) - goal for goal in (0.1, 0.9))
    assert np.abs(dark - light).max() > 1e-4
    bent = (dark[1, 0] - dark[0, 0]) - 0.15
    assert abs(bent) > 1e-4


def test_colours_far_outside_stay_finite() -> None:
    wild = np.float32([[50, -40, 30], [-9, 0, 0], [0, 0, 0]])
    assert np.isfinite(painter().colours(wild, np.float32([0.04, 0, 0]), np.float32([1.3, 0.5, -0.5]))).all()
