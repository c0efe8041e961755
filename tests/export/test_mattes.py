"""Mattes from photos on white, and composites made of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from export.data.mattes import Product, from_white, product, trimmed, without_shadow
from export.data.photos import find
from export.data.scenes import Scenes, corners_of, scenes, worn_among
from tests.export.test_cutout import products


def red_disc(*, hole: bool = False, shadow: bool = False, colour: tuple[int, int, int] = (200, 30, 40)) -> np.ndarray:
    """A disc of radius 50 in the middle of white paper 200 px wide, four times as fine and shrunk."""
    large = np.full((800, 800, 3), 255, np.uint8)
    if shadow:
        soft = np.zeros((800, 800), np.float32)
        cv2.ellipse(soft, (400, 600), (100, 12), 0, 0, 360, 1.0, -1)
        large = (large * (1 - 0.25 * cv2.GaussianBlur(soft, (0, 0), 14))[..., None]).astype(np.uint8)
    cv2.circle(large, (400, 400), 200, colour, -1)
    if hole:
        cv2.circle(large, (400, 400), 80, (255, 255, 255), -1)
    return np.asarray(cv2.resize(large, (200, 200), interpolation=cv2.INTER_AREA))


def true_disc(radius: int) -> np.ndarray:
    large = np.zeros((800, 800), np.uint8)
    cv2.circle(large, (400, 400), 4 * radius, 255, -1)
    return cv2.resize(large, (200, 200), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


@pytest.mark.parametrize("shadow", [False, True])
def test_a_disc_on_white_is_cut_out_without_its_shadow(shadow: bool) -> None:
    found = from_white(red_disc(shadow=shadow))
    assert found is not None
    colours, alpha = found
    off = np.abs(alpha / 255 - true_disc(50))
    assert off.mean() < (0.008 if shadow else 0.004)  # where the two touch, nobody can tell
    if shadow:
        shaded = (red_disc(shadow=True).min(2) < 247) & (true_disc(50) == 0)
        assert np.count_nonzero(shaded) > 300 and (alpha[shaded] > 127).mean() < 0.4
    else:
        assert off.max() < 0.6
    rim = (alpha > 60) & (alpha < 200) & (np.arange(200)[:, None] < 120)  # above the shadow
    assert rim.any() and np.abs(colours[rim].astype(int) - (200, 30, 40)).max() < 12  # the white is out of it


def test_a_hole_of_pure_white_is_one() -> None:
    found = from_white(red_disc(hole=True))
    assert found is not None
    assert found[1][100, 100] == 0 and found[1][100, 70] == 255
    assert np.abs(found[1] / 255 - (true_disc(50) - true_disc(20))).mean() < 0.006


def test_a_pale_product_is_not_taken_for_a_shadow() -> None:
    found = from_white(red_disc(colour=(228, 226, 222)))
    assert found is not None
    assert found[1][100, 100] == 255 and (found[1] > 127).mean() == pytest.approx(np.pi * 50**2 / 200**2, rel=0.05)


def test_a_photo_without_white_paper_has_no_matte() -> None:
    assert from_white(np.full((50, 50, 3), 90, np.uint8)) is None
    assert from_white(np.full((50, 50, 3), 255, np.uint8)) is None


def test_a_soft_shadow_goes_out_of_an_alpha() -> None:
    alpha = (true_disc(50) * 255).astype(np.uint8)
    shaded = np.maximum(alpha, np.where(np.arange(200)[:, None] > 155, 90, 0).astype(np.uint8))
    assert np.array_equal(without_shadow(shaded), alpha)


def test_a_product_is_cut_tight_and_knows_where_the_photo_ended(tmp_path: Path) -> None:
    picture = red_disc()[:100]  # the photo ends in the middle of the disc
    cv2.imwrite(str(tmp_path / "half.png"), picture[..., ::-1])
    found = product(tmp_path / "half.png")
    assert found is not None and found.cut == (False, False, False, True)
    assert abs(found.alpha.shape[0] - 50) <= 2 and abs(found.alpha.shape[1] - 100) <= 2
    cut_out = np.dstack([red_disc()[..., ::-1], (true_disc(50) * 255).astype(np.uint8)])
    cv2.imwrite(str(tmp_path / "alpha.png"), cut_out)
    whole = product(tmp_path / "alpha.png")
    assert whole is not None and not any(whole.cut) and not whole.worn
    assert trimmed(np.zeros((50, 50, 3), np.uint8), np.zeros((50, 50), np.uint8)) is None


def test_photos_are_sorted_into_products_and_places(tmp_path: Path) -> None:
    data = products(tmp_path / "data")
    kept, held = scenes(find([data])), scenes(find([data], measuring=True))
    assert len(kept.products) == 24 and len(held.products) == 24 and len(kept.photos) == len(held.photos) == 1
    assert not any(np.array_equal(a.rgb, b.rgb) for a in kept.products for b in held.products)
    assert not np.array_equal(kept.photos[0], held.photos[0])
    worn, others = held.only(worn=True), held.only(worn=False)
    assert worn is not None and others is not None and len(worn.products) == len(others.products) == 12
    assert worn.only(worn=False) is None and float(worn.odds[-1]) == 1
    small = tmp_path / "data" / "rooms"
    with pytest.raises(ValueError, match="0 products on white"):
        scenes(find([small]))
    assert worn_among([Path("studio/mh01-black_main.jpg"), Path("studio/mb01-blue-0.jpg")]) == {
        Path("studio/mh01-black_main.jpg")
    }


def few() -> Scenes:
    found = from_white(red_disc())
    assert found is not None
    one = trimmed(*found)
    assert one is not None
    cut = replace(one, cut=(False, False, False, True))
    photo = np.random.default_rng(0).integers(0, 255, (300, 400, 3), np.uint8)
    return Scenes([one, cut], np.array([0.5, 1], np.float32), [photo], corners_of(photo))


def test_composites_are_the_same_for_a_seed() -> None:
    made = few()
    rgb, alpha = made.draw(6, 96, 5)
    assert rgb.shape == (6, 96, 96, 3) and alpha.shape == (6, 96, 96) and rgb.dtype == alpha.dtype == np.uint8
    again = made.draw(6, 96, 5)
    assert np.array_equal(rgb, again[0]) and np.array_equal(alpha, again[1])
    assert not np.array_equal(rgb, made.draw(6, 96, 6)[0])
    assert replace(made, empty=1).draw(3, 64, 0)[1].max() == 0
    assert replace(made, empty=0).draw(20, 64, 0)[1].max((1, 2)).min() > 127


def test_picture_and_matte_agree() -> None:
    made = few()
    for seed in range(40):
        picture, alpha, colour, scene = made.composed(np.random.default_rng(seed), 96)
        assert np.isfinite(picture).all() and alpha.shape == (96, 96)
        assert alpha.min() >= 0 and (alpha > 0.5).mean() > 0.05 and alpha.max() <= 1
        assert np.abs(colour + scene * (1 - alpha[..., None]) - picture).max() < 1e-5
        assert (colour <= alpha[..., None] + 1e-3).all()  # a colour is at most white
        outside = alpha == 0
        assert np.array_equal(picture[outside], (scene + colour)[outside]) and colour[outside].max() == 0


def test_what_the_edge_cuts_through_lies_at_the_edge() -> None:
    _, cut = few().products
    only = Scenes([cut], np.ones(1, np.float32), [], [], empty=0)
    for seed in range(10):
        alpha = only.draw(1, 96, seed)[1][0]
        assert alpha[-1].max() > 200


def test_a_products_rim_has_its_own_colour() -> None:
    found = trimmed(*(from_white(red_disc()) or ()))
    assert isinstance(found, Product)
    assert found.rgb[(found.alpha > 30)].astype(int)[:, 0].min() > 180
