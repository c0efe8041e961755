"""A network's word on light and colours, put into effect."""

import numpy as np
import pytest

from editor.core.image import Image
from editor.core.job import Job
from editor.craft.grade import (
    CAST,
    colouring,
    curves_at,
    grade_of,
    graded,
    neutral,
    substance,
    table_at,
)
from editor.craft.shoulder import KNEE, STEEPEST
from editor.craft.tone import luma
from tests.conftest import Grader

SIZE = (240, 160)


def picture(seed=0, size=SIZE):
    chance = np.random.default_rng(seed)
    rows, columns = np.mgrid[: size[1], : size[0]].astype(np.float32)
    rgb = 0.25 + 0.2 * np.stack([np.sin(columns / 23), np.cos(rows / 31), np.sin((rows + columns) / 41)], -1)
    return (rgb + 0.02 * chance.standard_normal(rgb.shape)).clip(0, 1).astype(np.float32)


def told(**changes):
    """What a network may say that wants nothing changed, but for `changes`."""
    plain = {
        "field": np.zeros((1, 1, 6, 8), np.float32),
        "detail": np.zeros((1, 1), np.float32),
        "gains": np.zeros((1, 3), np.float32),
        "curves": np.tile(np.linspace(0, 1, 33, dtype=np.float32), (1, 3, 1)),
        "table": np.zeros((1, 3, 33, 33, 33), np.float32),
    }
    return plain | changes


def wild(seed):
    """A grade as strong and as rough as no network should tell one."""
    chance = np.random.default_rng(seed)
    rises = np.exp(1.5 * chance.standard_normal((1, 3, 32))) + 0.02
    curves = np.concatenate([np.zeros((1, 3, 1)), np.cumsum(rises, 2) / rises.sum(2, keepdims=True)], 2)
    return told(
        field=chance.normal(0, 0.5, (1, 1, 6, 8)).astype(np.float32), detail=np.float32([[chance.normal(0, 0.4)]]),
        gains=chance.normal(0, 1.5, (1, 3)).astype(np.float32), curves=curves.astype(np.float32),
        table=chance.normal(0, 0.01, (1, 3, 33, 33, 33)).astype(np.float32),
    )  # fmt: skip


def test_to_want_nothing_changes_nothing():
    rgb = picture()
    out = graded(rgb, Image(rgb), grade_of(told(), rgb, SIZE), 1.0)
    assert np.abs(out - rgb).max() < 1e-4


def test_at_no_strength_nothing_changes_whatever_was_told():
    rgb = picture()
    out = graded(rgb, Image(rgb), grade_of(wild(1), rgb, SIZE), 0.0)
    assert np.abs(out - rgb).max() < 1e-4


def test_a_stop_is_a_stop_below_the_knee():
    rgb = picture() * 0.5
    out = graded(rgb, Image(rgb), grade_of(told(gains=np.ones((1, 3), np.float32)), rgb, SIZE), 1.0)
    low = out.max(2) < KNEE
    assert low.mean() > 0.5
    assert np.abs(out - rgb * 2 ** (1 / 2.4))[low].max() < 2e-3


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("strength", [0.4, 1.0, 1.5])
def test_white_stays_white_black_black_and_nothing_else_clips(seed, strength):
    rgb = picture(seed)
    rgb[:40, :40], rgb[-40:, -40:] = 1, 0
    out = graded(rgb, Image(rgb), grade_of(wild(seed), rgb, SIZE), strength)
    assert np.abs(out[:40, :40] - 1).max() < 1e-4
    assert not out[-40:, -40:].any()
    between = (rgb > 0.004) & (rgb < 0.996)
    assert out[between].min() > 0
    assert out[between].max() < 1


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("strength", [0.4, 1.0, 1.5])
def test_a_ramp_of_16_bits_keeps_rising(seed, strength):
    grade = grade_of(wild(seed), picture(seed), SIZE)
    values = np.linspace(0, 1, 1 << 16, dtype=np.float32)
    grey = colouring(grade, strength)(np.repeat(values[None, :, None], 3, axis=2))[0]
    assert np.diff(grey.astype(np.float64), axis=0).min() > -2e-6  # rounding of floats near 1
    for channel in range(3):
        ramp = np.full((1, 1 << 16, 3), 0.4, np.float32)
        ramp[0, :, channel] = values
        out = colouring(grade, strength)(ramp)[0, :, channel]
        assert np.diff(out.astype(np.float64)).min() > -2e-6
        assert out[-1] > out[0]


def test_curves_have_no_kinks():
    grade = grade_of(wild(3), picture(), SIZE)
    slopes = np.diff(curves_at(grade, 1.0)[::8].astype(np.float64), axis=0)
    assert np.abs(np.diff(slopes, axis=0)).max() < 0.15 * slopes.max()


def test_parts_and_previews_agree():
    rgb = picture()
    grade = grade_of(Grader().tell(rgb, Job()), rgb, SIZE)
    whole = graded(rgb, Image(rgb), grade, 0.8)
    part = graded(rgb[30:110, 50:200], Image(rgb[30:110, 50:200], origin=(50, 30)), grade, 0.8)
    assert np.abs(part - whole[30:110, 50:200]).max() < 1e-5


def test_light_is_evened_out_without_a_colour():
    rgb = np.full((160, 240, 3), (0.4, 0.3, 0.2), np.float32)
    rgb *= 1 + 0.1 * np.random.default_rng(1).random((160, 240, 1), np.float32)
    field = np.linspace(-1, 1, 8, dtype=np.float32) * np.ones((1, 1, 6, 1), np.float32)
    out = graded(rgb, Image(rgb), grade_of(told(field=field), rgb, SIZE), 1.0)
    assert out[:, 225:235].mean() > 1.5 * out[:, 5:15].mean()
    shares = out / out.sum(2, keepdims=True)
    assert np.abs(shares - shares[0, 0]).max() < 1e-3


def test_local_contrast_makes_what_differs_differ_more_and_leaves_no_halo_at_an_edge():
    rgb = np.full((160, 240, 3), 0.3, np.float32)
    rgb[:, 120:] = 0.8
    rgb[:, :60] += 0.02 * np.sin(np.arange(60) * 2)[None, :, None]
    out = graded(rgb, Image(rgb), grade_of(told(detail=np.float32([[0.5]])), rgb, SIZE), 1.0)
    assert out[80, 10:50].std() > 1.3 * rgb[80, 10:50].std()
    assert np.abs(out[80, 100:140].max() - 0.8) < 0.03
    assert np.abs(out[80, 100:140].min() - 0.3) < 0.03


def test_a_table_that_would_fall_is_weakened():
    table = np.zeros((1, 3, 33, 33, 33), np.float32)
    table[0, 0, ..., 16] = 0.2  # red jumps up at one value, and falls after it
    grade = grade_of(told(table=table), picture(), SIZE)
    made = table_at(grade, 1.0)
    assert np.diff(made[..., 0], axis=2).min() > 0
    assert np.abs(made - neutral(65)).max() > 0.01


def test_a_gradient_alone_gets_no_other_light_from_place_to_place():
    ramp = np.repeat(np.linspace(0, 1, 1024, dtype=np.float32)[None, :, None], 3, axis=2).repeat(64, 0)
    assert substance(ramp[::4, ::4, 0]) == 0
    field = np.linspace(2, -1, 8, dtype=np.float32) * np.ones((1, 1, 1, 1), np.float32)
    heard = told(field=field, detail=np.float32([[0.5]]), gains=np.float32([[0.8, 0.8, 0.8]]))
    out = graded(ramp, Image(ramp), grade_of(heard, ramp, (1024, 64)), 1.0)
    assert np.diff(out.astype(np.float64), axis=1).min() > 0
    assert substance(luma(picture())) == 1


def test_a_grey_photo_stays_grey():
    grey = np.repeat(picture()[..., :1], 3, axis=2)
    out = graded(grey, Image(grey), grade_of(wild(2), grey, SIZE), 1.0)
    assert np.ptp(out, axis=2).max() < 1e-4
    assert np.abs(out - grey).max() > 0.02


@pytest.mark.parametrize("size", [(1, 1), (4000, 1), (2, 3000), (7, 900)])
def test_any_shape_will_do(size):
    rgb = np.random.default_rng(1).random((size[1], size[0], 3), np.float32)
    out = graded(rgb, Image(rgb), grade_of(wild(1), rgb, size), 1.5)
    assert np.isfinite(out).all()


def test_details_are_not_turned_around():
    rgb = np.full((160, 240, 3), 0.4, np.float32)
    rgb[::2] += 0.02
    out = graded(rgb, Image(rgb), grade_of(told(detail=np.float32([[-0.8]])), rgb, SIZE), 1.5)
    assert (out[20:140:2] > out[21:141:2]).all()


def test_a_photo_that_is_darkened_keeps_its_paper_in_one_piece():
    rgb = picture()
    rgb[:60] = np.random.default_rng(1).integers(250, 256, (60, 240, 1)) / np.float32(255)
    out = graded(rgb, Image(rgb), grade_of(told(gains=np.full((1, 3), -1.5, np.float32)), rgb, SIZE), 1.0)
    assert out[:60].min() > 1 - 1.1 * STEEPEST * 5 / 255


def test_a_cast_is_taken_out_wholly_only_where_paper_vouches_for_it():
    cast = np.float32([0, 0.1, 0.25])
    scene = picture() * 0.9
    with_paper = scene.copy()
    with_paper[:40] = 0.95
    for rgb, share in ((scene, CAST), (with_paper, 1.0)):
        grade = grade_of(told(gains=cast[None]), rgb * np.exp2(-cast / np.float32(2.4)), SIZE)
        assert np.abs(grade.gains - cast.mean() - share * (cast - cast.mean())).max() < 0.01
