"""A change that a network drew small is carried to the large photo, whose own detail stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from editor.core.geometry import Region
from editor.core.image import Image
from editor.craft.carry import behind, carried, designed, lifted
from editor.craft.change import Change
from editor.craft.crop import Crop

SMALL, LARGE, LEFT, TOP = 96, 400, 30, 50
BLUE, RED, WIDE, HIGH = (0.2, 0.3, 0.7), (0.7, 0.3, 0.2), 0.22, 0.36
CROP = Crop(LEFT, TOP, LARGE)
SIZE = (480, 500)


def can(side, wide=WIDE, high=HIGH, colour=BLUE):
    """A can with a pale band on white, straight RGBA (side, side, 4)."""
    y, x = (np.mgrid[0 : 4 * side, 0 : 4 * side] + 0.5) / (4 * side)
    alpha = ((np.abs((x - 0.5) / wide) ** 4 + np.abs((y - 0.5) / high) ** 4) < 1).astype(np.float32)
    light = 0.5 + 0.5 * np.cos((x - 0.5) / wide * 1.2)
    band = np.abs(y - 0.5 + 0.06 * np.sin(30 * x)) < 0.06
    rgb = np.where(band[..., None], 0.9, np.array(colour)) * light[..., None] * alpha[..., None]
    rgb, alpha = (cv2.resize(p.astype(np.float32), (side, side), interpolation=cv2.INTER_AREA) for p in (rgb, alpha))
    return np.dstack([np.where(alpha[..., None] > 0, rgb / np.maximum(alpha[..., None], 1e-6), 1), alpha])


GRAIN = 1 + 0.1 * np.random.default_rng(0).standard_normal((LARGE, LARGE, 1)).astype(np.float32)
PAPER = (0.8 + 0.1 * np.linspace(0, 1, SIZE[0], dtype=np.float32))[None, :, None] * np.ones((SIZE[1], 1, 3), np.float32)


def shot(**how):
    """A photo of a can on paper that becomes lighter from left to right, and where the can is in it."""
    large, rgb, matte = can(LARGE, **how), PAPER.copy(), np.zeros(SIZE[::-1], np.float32)
    window = np.s_[TOP : TOP + LARGE, LEFT : LEFT + LARGE]
    rgb[window] += large[..., 3:] * (large[..., :3] * GRAIN - rgb[window])
    matte[window] = large[..., 3]
    return rgb.astype(np.float32), matte


def done(change, image=None, behind=PAPER):
    if image is None:
        rgb, matte = shot()
        image = Image(rgb, matte=matte)
    return carried(image, lifted(image, SIZE, CROP, behind), change)


def drawn(image, design):
    return designed(image, lifted(image, SIZE, CROP, PAPER), design)


def test_what_was_not_changed_stays():
    rgb, matte = shot()
    out = done(Change(can(SMALL).astype(np.float32), can(SMALL).astype(np.float32)))
    assert np.abs(out.rgb - rgb).max() < 0.04 and np.abs(out.rgb - rgb).mean() < 1e-4
    assert np.abs(out.matte - matte).max() < 1e-5


@pytest.mark.parametrize("how", [{"wide": 0.25}, {"wide": 0.19, "high": 0.38}, {"colour": RED}, {"high": 0.31}],
                         ids=["wider", "slimmer", "red", "shorter"])  # fmt: skip
def test_the_photo_becomes_what_the_small_picture_became(how):
    """Beside a photo of the can that was made so, the grain of which moved as well."""
    change = Change(can(SMALL).astype(np.float32), can(SMALL, **how).astype(np.float32))
    out, (wanted, matte) = done(change), shot(**how)
    before = shot()[0]
    inside, soft = cv2.erode(matte, np.ones((9, 9))) > 0.99, (lambda p: cv2.GaussianBlur(p, (0, 0), 3))
    assert np.abs(soft(out.rgb) - soft(wanted)).mean() < 0.3 * np.abs(soft(before) - soft(wanted)).mean()
    assert np.abs(out.matte - matte).mean() < 0.01
    fine = out.rgb - soft(out.rgb)
    assert fine[inside].std() > 0.7 * (wanted - soft(wanted))[inside].std(), "grain stays"
    bare = (cv2.dilate(matte, np.ones((9, 9))) == 0) & (cv2.dilate(shot()[1], np.ones((25, 25))) > 0)
    assert np.abs(out.rgb - PAPER)[bare].max() < 0.03, "no ghost is left where it was"


def test_a_region_is_as_the_whole():
    rgb, matte = shot()
    change = Change(can(SMALL).astype(np.float32), can(SMALL, wide=0.25, colour=RED).astype(np.float32))
    image = Image(rgb, matte=matte)
    whole = done(change, image).rgb
    part = image.crop(Region(64, 64, 352, 288))
    reach = round(change.farthest * LARGE) + 4
    inner = Region(64 + reach, 64 + reach, 352 - 2 * reach, 288 - 2 * reach)
    out = done(change, part).crop(inner).rgb
    assert np.abs(out - whole[inner.y : inner.bottom, inner.x : inner.right]).max() < 2e-3


def test_a_cut_out_product_keeps_to_its_alpha_and_nothing_outside_is_touched():
    rgb, matte = shot()
    image = Image(rgb, matte.copy(), matte=matte)
    change = Change(can(SMALL).astype(np.float32), can(SMALL, wide=0.25, colour=RED).astype(np.float32))
    out = done(change, image)
    wanted = shot(wide=0.25, colour=RED)[1]
    assert np.abs(out.alpha - wanted).mean() < 0.01 and np.array_equal(out.alpha, out.matte)
    assert np.array_equal(out.rgb[:TOP], rgb[:TOP]) and np.array_equal(out.rgb[:, :LEFT], rgb[:, :LEFT])
    corner = image.crop(Region(0, 0, 8, 8))
    assert np.array_equal(done(change, corner).rgb, corner.rgb) and lifted(corner, SIZE, CROP, PAPER).nbytes == 0


def test_nothing_moves_farther_than_told():
    far = Change(can(SMALL).astype(np.float32), can(SMALL, wide=0.4).astype(np.float32), farthest=0.05)
    assert 0.03 < np.sqrt(np.square(far.flow).sum(2)).max() < 0.0501
    assert not far.flow[0].any() and not far.flow[:, -1].any()


def test_a_design_takes_the_place_of_the_product():
    rgb, matte = shot()
    other = can(SMALL, wide=0.16, high=0.3, colour=RED).astype(np.float32)
    out = drawn(Image(rgb, matte=matte), other)
    wanted, there = shot(wide=0.16, high=0.3, colour=RED)
    inside = cv2.erode(there, np.ones((9, 9))) > 0.99
    assert np.abs(out.rgb - wanted)[inside].mean() < 0.08, "but for the grain, which a design has not"
    gone = (matte > 0) & (cv2.dilate(there, np.ones((15, 15))) == 0)
    assert np.abs(out.rgb - PAPER)[gone].max() < 0.03
    assert np.abs(out.matte - there).mean() < 0.01
    cut = Image(rgb, matte.copy(), matte=matte)
    assert np.array_equal(drawn(cut, other).alpha, out.matte)


def test_what_is_behind_a_product_is_as_around_it():
    rgb, matte = shot()
    small = behind(rgb, matte)
    there = cv2.resize(PAPER, small.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert max(small.shape) == 256 and np.abs(small - there).max() < 0.03
    nothing = np.ones_like(matte)
    assert np.isfinite(behind(rgb, nothing)).all()
