"""Matting: the edge of a rough matte comes to lie where the photo has it."""

import cv2
import numpy as np
import pytest

from editor.craft.matting import cleaned, guided, model

SIZE = (320, 240)
PRODUCT, BEHIND = np.array([0.75, 0.2, 0.2], np.float32), np.array([0.3, 0.45, 0.5], np.float32)


def edge(slant=0.2):
    """A straight edge at a slant, as the share of each pixel (h, w) to its right."""
    x, y = np.arange(SIZE[0]) + 0.5, (np.arange(SIZE[1]) + 0.5)[:, None]
    return (x - 160 + slant * (y - 120) + 0.5).clip(0, 1).astype(np.float32)


def photo(share, grain=0.01, back=BEHIND):
    rgb = share[..., None] * PRODUCT + (1 - share[..., None]) * back
    return (rgb + np.random.default_rng(0).normal(0, grain, rgb.shape)).astype(np.float32)


def rough(share, off=1.5, soft=1.5):
    moved = cv2.warpAffine(share, np.array([[1, 0, off], [0, 1, 0]], np.float32), SIZE, borderMode=cv2.BORDER_REPLICATE)
    return cv2.GaussianBlur(moved, (0, 0), soft)


def test_an_edge_that_is_off_comes_to_lie_where_the_photo_has_it():
    true = edge()
    said = rough(true)
    got = model(photo(true), said).share(photo(true))
    assert np.abs(got - true).mean() < np.abs(said - true).mean() / 4


def test_fibres_near_the_edge_are_found():
    true = edge(0)
    true[100, 157:162] = 0.9  # a thread that sticks out of it
    got = model(photo(true), rough(edge(0), 0)).share(photo(true))
    assert got[100, 158:160].min() > 0.6 and got[96, 157:159].max() < 0.2


def test_what_is_far_from_the_edge_stays_as_it_was_said():
    true = edge()
    picture = photo(true)
    picture[40:60, 20:40] = PRODUCT  # the product's colour, but nobody said that it is one
    got = model(picture, rough(true)).share(picture)
    assert got[40:60, 20:40].max() < 0.01 and got[:, 300:].min() > 0.99


def test_where_colours_do_not_tell_the_rough_matte_stands():
    true = edge()
    alike = photo(true, back=PRODUCT)
    got = model(alike, rough(true)).share(alike)
    assert np.abs(got - true).mean() < 1.5 * np.abs(rough(true) - true).mean()


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_a_matte_of_nothing_and_of_everything(level):
    flat = np.full(SIZE[::-1], level, np.float32)
    found = model(photo(edge()), flat)
    assert np.isfinite(found.slope).all() and np.abs(found.share(photo(edge())) - level).max() < 1e-3


def test_the_background_is_taken_out_of_mixed_pixels():
    share = cv2.GaussianBlur(edge(), (0, 0), 2)
    picture = photo(share, 0)
    flat = [np.broadcast_to(colour, picture.shape) for colour in (PRODUCT, BEHIND)]
    own = cleaned(picture, share, *flat)
    assert np.abs(own - PRODUCT)[share > 0.02].max() < 0.01


def test_the_guided_filter_is_that_of_the_paper():
    rng = np.random.default_rng(0)
    rgb = cv2.GaussianBlur(rng.random((40, 50, 3)).astype(np.float32), (0, 0), 1)
    matte = (rgb[..., 0] > 0.5).astype(np.float32)
    slope, offset = guided(rgb, matte, 3)

    def window(y, x):
        ys, xs = (np.abs(np.arange(c - 3, c + 4)) for c in (y, x))
        return rgb[np.ix_(ys, xs)].reshape(-1, 3).astype(np.float64), matte[np.ix_(ys, xs)].ravel()

    slopes, offsets = [], []
    for y in range(17, 24):  # the windows that hold the pixel (20, 25)
        for x in range(22, 29):
            colours, levels = window(y, x)
            spread = np.cov(colours.T, bias=True) + 1e-4 * np.eye(3)
            a = np.linalg.solve(spread, ((colours - colours.mean(0)) * (levels - levels.mean())[:, None]).mean(0))
            slopes.append(a)
            offsets.append(levels.mean() - a @ colours.mean(0))
    assert np.allclose(slope[20, 25], np.mean(slopes, 0), atol=2e-3)
    assert offset[20, 25] == pytest.approx(np.mean(offsets), abs=2e-3)
