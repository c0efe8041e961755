"""Sketches: upright, in working colours, near the photo's own picture, and nothing where there is no quick way."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.color import ADOBE_RGB
from editor.core.formats import PhotoError
from editor.core.photo import Photo
from editor.core.sketch import miniature, sketch


def gradient(width, height):
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([255 * x / width, 255 * y / height, 127 + 0 * x], axis=2).astype(np.uint8)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_inks_are_sketched_too(tmp_path, mode):
    path = tmp_path / "large.jpg"
    Pillow.fromarray(gradient(2400, 1600)).convert(mode).save(path, quality=95)
    seen = sketch(path, 400)
    assert max(seen.image.size) <= 520
    assert np.abs(seen.image.rgb - Photo.open(path).at(seen.image.scale).rgb).mean() < 0.02


@pytest.mark.parametrize("orientation", [1, 3, 6])
@pytest.mark.parametrize("profile", [None, ADOBE_RGB.profile], ids=["sRGB", "Adobe RGB"])
def test_a_sketch_looks_like_the_photo(tmp_path, orientation, profile):
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "large.jpg"
    Pillow.fromarray(gradient(2400, 1600)).save(path, quality=95, exif=exif, icc_profile=profile)
    seen, photo = sketch(path, 500), Photo.open(path)
    assert seen.size == photo.size and 500 <= max(seen.image.size) <= 650
    assert seen.image.scale == pytest.approx(max(seen.image.size) / 2400)
    whole = photo.at(seen.image.scale)
    assert np.abs(seen.image.rgb - whole.rgb).mean() < 0.006


def test_a_small_photo_has_none(photo_file):
    assert sketch(photo_file, 500) is None


def test_what_cannot_be_read_has_none_for_opening_will_say_why(tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing")
    assert sketch(tmp_path / "broken.jpg", 500) is None and sketch(tmp_path / "none.jpg", 500) is None


def test_a_miniature_fits_and_keeps_what_is_transparent(tmp_path):
    pixels = np.dstack([gradient(90, 60), np.full((60, 90), 64, np.uint8)])
    Pillow.fromarray(pixels).save(tmp_path / "glass.png")
    image = miniature(tmp_path / "glass.png", 30)
    assert image.size == (30, 20)
    assert image.alpha == pytest.approx(64 / 255, abs=0.01)
    with pytest.raises(PhotoError, match=r"none\.png"):
        miniature(tmp_path / "none.png", 30)
