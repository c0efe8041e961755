"""Spill: a tint on the ground is found where it is, and follows another colour without another lightness."""

import cv2
import numpy as np

from editor.core.image import Image
from editor.craft.oklab import oklab_of
from editor.craft.spill import MOST, respilled, spill_of
from tests.edits.wares import BLACK, BLUE, PAPER, RED, shirt


def found(ware, albedo):
    rgb = ware.coloured(albedo)
    lab, matte = oklab_of(rgb), ware.matte.astype(np.float32)
    base = np.median(lab[(ware.cover > 0.99) & (ware.matte > 0.99)], axis=0)
    return rgb, base, spill_of(lab, matte, (ware.cover * matte).astype(np.float32), base)


def test_a_tint_is_found_near_the_product_and_fades():
    ware = shirt(glow=0.15)
    _, _, spill = found(ware, BLUE)
    share = cv2.resize(np.float32(spill), ware.matte.shape[::-1]) * (MOST / 255)
    near, far = ((ware.glow > 0.1) & (ware.matte == 0)), ((ware.glow == 0) & (ware.matte == 0))
    assert share[near].mean() > 0.02 > 0.002 > share[far].mean() and share.max() < MOST


def test_clean_paper_and_grey_products_have_none():
    assert found(shirt(), BLUE)[2] is None
    assert found(shirt(glow=0.1), BLACK)[2] is None


def test_a_coloured_wall_is_no_spill():
    ware = shirt()
    rgb = np.where(ware.matte[..., None] > 0.5, ware.coloured(BLUE), np.float32([0.45, 0.5, 0.85]))
    lab, matte = oklab_of(rgb.astype(np.float32)), ware.matte.astype(np.float32)
    assert spill_of(lab, matte, matte, oklab_of(np.float32([0.2, 0.3, 0.6]))) is None


def test_it_follows_as_light_as_it_was_and_leaves_the_product():
    ware = shirt(glow=0.15)
    rgb, base, spill = found(ware, BLUE)
    matte = ware.matte.astype(np.float32)
    target = oklab_of(ware.coloured(RED))[60, 90]
    out = respilled(rgb, Image(rgb, matte=matte), spill, rgb.shape[1::-1], base, target, 1.0)
    assert np.array_equal(out[matte == 1], rgb[matte == 1])
    before, after = oklab_of(rgb), oklab_of(out)
    assert np.abs(after[..., 0] - before[..., 0]).max() < 2e-3
    near = (ware.glow > 0.08) & (matte == 0)
    paper = oklab_of(np.float32([[PAPER]]))[0, 0]
    assert ((before[near] - paper)[:, 1:] @ base[1:] > 0).mean() > 0.95
    assert ((after[near] - before[near])[:, 1:] @ (target - base)[1:] > 0).mean() > 0.8
    assert np.abs(after - before).max() < MOST * np.abs(target - base).max() + 1e-3
