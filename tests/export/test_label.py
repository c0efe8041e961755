"""Label: a network's answers become training material where colours agree with it."""

import cv2
import numpy as np
import pytest

from export.data.mattes import Product
from export.data.photos import held_out
from export.data.scenes import AS_TAKEN, Scenes
from export.data.wholes import Whole, seen, whole
from export.label import label, labelled

GREY, RED = np.array([120, 125, 130], np.uint8), np.array([190, 40, 30], np.uint8)


def photo(shape=(270, 360), middle=(180, 135), radius=80):
    """A red disc on grey, with grain, and where the disc is."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    disc = np.hypot(x - middle[0], y - middle[1]) < radius
    rgb = np.where(disc[..., None], RED, GREY).astype(np.int16)
    rgb += np.random.default_rng(0).normal(0, 4, rgb.shape).astype(np.int16)
    return rgb.clip(0, 255).astype(np.uint8), disc


class Saying:
    """A network that says what a function makes of the picture."""

    def __init__(self, answer):
        self.answer = answer

    def run(self, pixels, job):
        return np.asarray(self.answer(pixels), np.float32)[..., None]


def red(pixels):
    return cv2.GaussianBlur(((pixels[..., 0] - pixels[..., 2]) > 0.3).astype(np.float32), (0, 0), 0.8)


def test_a_matte_that_fits_the_colours_is_taken():
    rgb, disc = photo()
    matte = labelled(Saying(red), rgb)
    assert matte is not None and np.abs((matte > 0.5) ^ disc).mean() < 0.01


@pytest.mark.parametrize(
    "answer",
    [
        lambda p: np.zeros(p.shape[:2]),
        lambda p: np.ones(p.shape[:2]),
        lambda p: 0.6 * red(p),
        lambda p: np.roll(red(p), 40 * (p[0, 0, 0] < 0.43), 1),  # another answer to the darker photo
        lambda p: cv2.dilate(red(p), np.ones((31, 31))),  # the colours say otherwise
    ],
    ids=["nothing", "everything", "unsure", "not the same when darker", "off the edge"],
)
def test_any_other_is_not(answer):
    assert labelled(Saying(answer), photo()[0]) is None


def test_photos_are_written_with_their_colours_under_the_matte_and_held_out_ones_are_not(tmp_path):
    source, to, lines = tmp_path / "in", tmp_path / "out", []
    source.mkdir()
    names = [f"p{n}" for n in range(60)]
    assert any(held_out(source / f"{n}.png") for n in names)
    rgb, disc = photo()
    for name in names:
        cv2.imwrite(str(source / f"{name}.png"), rgb[..., ::-1])
    count = label(Saying(red), source, to, lines.append)
    written = sorted(to.iterdir())
    assert count == len(written) == sum(not held_out(source / f"{n}.png") for n in names)
    assert not any(map(held_out, written)) and f"{count} labelled" in lines[-1]
    back = whole(written[0])
    assert np.array_equal(back.rgb, rgb) and np.abs((back.alpha > 127) ^ disc).mean() < 0.01
    assert label(Saying(red), source, tmp_path / "few", lines.append, most=3) == 3
    with pytest.raises(ValueError, match="no pictures"):
        label(Saying(red), to / "none", to, lines.append)


def test_a_cut_out_is_no_whole_photo(tmp_path):
    rgb, disc = photo()
    cut = np.dstack([np.where(disc[..., None], rgb, 0), disc * np.uint8(255)])
    cv2.imwrite(str(tmp_path / "cut.png"), cut)
    cv2.imwrite(str(tmp_path / "plain.png"), rgb)
    assert whole(tmp_path / "cut.png") is None and whole(tmp_path / "plain.png") is None


def test_parts_of_a_whole_have_picture_and_matte_on_each_other():
    rgb, disc = photo()
    for seed in range(20):
        part, alpha = seen(Whole(rgb, disc * np.uint8(255)), np.random.default_rng(seed), 64)
        assert part.shape == (64, 64, 3) and alpha.max() == 1
        told = part[..., 0] - part[..., 2] > 0.3
        assert np.abs(told ^ (alpha > 0.5)).mean() < 0.02


def test_they_are_a_part_of_the_pictures():
    rgb = np.full((20, 20, 3), 90, np.uint8)
    one = Product(rgb, np.full((20, 20), 255, np.uint8))
    known = Whole(rgb, np.full((20, 20), 77, np.uint8))
    drawn = Scenes([one], np.ones(1, np.float32), [], [], 0.0, [known]).draw(300, 32, 0)[1]
    share = np.mean([(alpha == 77).all() for alpha in drawn])
    assert share == pytest.approx(AS_TAKEN, abs=0.07)
