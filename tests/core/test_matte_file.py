"""Matte files: mattes made elsewhere as they come, the one kept beside a photo, and the one in force written out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.edit import Edit, Stage
from editor.core.engine import Engine
from editor.core.folder import entries
from editor.core.formats import PhotoError
from editor.core.job import Cancelled, Job
from editor.core.matte_file import keep_matte, matte_path, put_matte_aside, read_matte
from editor.core.matte_output import write_matte
from editor.core.output import Output
from editor.core.params import slider
from editor.core.photo import Photo
from editor.core.recipe import Recipe

Crop, Exposure = Edit.kinds["crop"], Edit.kinds["exposure"]


@pytest.fixture
def matte():
    """A square that fades at its left edge, (150, 200)."""
    plane = np.zeros((150, 200), np.uint8)
    plane[40:110, 50:150] = 255
    plane[40:110, 50:58] = np.arange(0, 256, 32)
    return plane


@pytest.fixture
def found():
    """An edit that says that the product is where it is bright, no less than `level`."""

    class Bright(Edit):
        id, title, stage = "test_bright", "Bright", Stage.CUTOUT
        level: float = slider(0.5, "Level", 0, 1)

        def apply(self, image, facts, models, job):
            job.progress(0)
            return replace(image, matte=(image.rgb.mean(2) > self.level).astype(np.float32))

    yield Bright
    del Edit.kinds["test_bright"]


def saved(path, pixels, **how):
    Pillow.fromarray(pixels).save(path, **how)
    return path


def test_grey_colour_and_alpha_pictures_are_mattes(tmp_path, matte):
    grey = saved(tmp_path / "grey.png", matte)
    colour = saved(tmp_path / "colour.tif", np.dstack([matte] * 3))
    layers = np.dstack([np.full_like(matte, 90)] * 3 + [matte])
    for path in (
        grey,
        colour,
        saved(tmp_path / "alpha.png", layers),
        saved(tmp_path / "alpha.webp", layers, lossless=True),
    ):
        read = read_matte(path)
        assert read.dtype == np.uint8 and np.array_equal(read, matte), path.name
    opaque = np.dstack([matte] * 3 + [np.full_like(matte, 255)])
    assert np.array_equal(read_matte(saved(tmp_path / "opaque.png", opaque)), matte)  # nothing is said by its alpha
    deep = saved(tmp_path / "deep.png", matte.astype(np.uint16) * 257)
    assert read_matte(deep).dtype == np.uint16 and np.array_equal(read_matte(deep), matte.astype(np.uint16) * 257)
    green = saved(tmp_path / "green.png", np.dstack([matte * 0, matte, matte * 0]))
    assert read_matte(green).max() == round(255 * 0.7152)


def test_floats_become_whole_numbers(tmp_path, matte):
    path = tmp_path / "float.tif"
    Pillow.fromarray(matte.astype(np.float32) / 255 * 1.5).save(path)
    read = read_matte(path)
    assert read.dtype == np.uint16 and read.min() == 0 and read.max() == 65535


@pytest.mark.parametrize("content", [b"", b"not a picture at all", None])
def test_what_is_no_matte_is_told_in_one_line(tmp_path, content):
    path = tmp_path / "matte.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PhotoError, match=r"^[^\n]*matte\.png: [^\n]+$"):
        read_matte(path)


def test_inks_are_no_matte(tmp_path):
    Pillow.new("CMYK", (20, 10)).save(tmp_path / "inks.tif")
    with pytest.raises(PhotoError, match="printing inks"):
        read_matte(tmp_path / "inks.tif")


def test_a_matte_beside_a_photo_comes_with_it_and_is_no_photo(photo_file, matte):
    keep_matte(photo_file, matte)
    assert Photo.open(photo_file).at().matte == pytest.approx(matte / 255, abs=1e-6)
    assert [entry.path for entry in entries(photo_file.parent, Job())] == [photo_file]
    spare = put_matte_aside(photo_file)
    assert spare.name == photo_file.name + ".packshot.matte.png.bak" and not matte_path(photo_file).exists()
    assert Photo.open(photo_file).matte is None and put_matte_aside(photo_file) is None


def test_one_of_no_use_is_left_out_and_told(photo_file, matte):
    for plane in (matte[:, :60], None):
        keep_matte(photo_file, matte if plane is None else plane)
        if plane is None:
            matte_path(photo_file).write_bytes(b"damaged")
        photo = Photo.open(photo_file)
        assert photo.matte is None and photo.notes[-1].startswith("The matte beside it is left out: ")


def test_a_picture_written_over_the_photo_has_another_matte(photo_file, matte, models):
    keep_matte(photo_file, matte)
    photo = Photo.open(photo_file)
    Output().write(Engine(models), photo, Recipe().put(Exposure(stops=1.0)), photo_file, Job(), overwrite=True)
    assert not matte_path(photo_file).exists() and Photo.open(photo_file).matte is None


@pytest.mark.parametrize(("depth", "mode"), [("8", "L"), ("16", "I;16")])
def test_the_matte_in_force_is_written_as_the_photo_is_framed(photo_file, tmp_path, matte, models, found, depth, mode):
    photo, out = Photo.open(photo_file).with_matte(matte), tmp_path / "matte.png"
    write_matte(Engine(models), photo, Recipe().put(Exposure(stops=1.0)), out, Job(), depth=depth)
    with Pillow.open(out) as picture:
        assert picture.mode == mode
    assert np.array_equal(read_matte(out), matte.astype(np.uint16) * 257 if depth == "16" else matte)
    framed = Recipe().put(Crop(rectangle=(0.25, 0.0, 0.5, 1.0)))
    write_matte(Engine(models), photo, framed, out, Job(), depth=depth)
    assert read_matte(out).shape == (150, 100)
    write_matte(Engine(models), photo, Recipe().put(found()), out, Job())
    assert np.array_equal(read_matte(out) > 0, photo.at().rgb.mean(2) > 0.5)  # what an edit has found goes before


def test_no_matte_no_file(photo, photo_file, tmp_path, models, found):
    engine, out = Engine(models), tmp_path / "matte.png"
    with pytest.raises(PhotoError, match="nothing says where the product is"):
        write_matte(engine, photo, Recipe(), out, Job())
    with pytest.raises(PhotoError, match=r"written as \.png"):
        write_matte(engine, photo, Recipe().put(found()), tmp_path / "matte.jpg", Job())
    with pytest.raises(PhotoError, match="no such folder"):
        write_matte(engine, photo, Recipe().put(found()), tmp_path / "nowhere" / "matte.png", Job())
    png = Photo.open(saved(tmp_path / "photo.png", np.zeros((8, 8, 3), np.uint8)))
    with pytest.raises(PhotoError, match="is the original"):
        write_matte(engine, png, Recipe().put(found()), png.path, Job())
    stopped = Job()
    stopped.cancel()
    with pytest.raises(Cancelled):
        write_matte(engine, photo, Recipe().put(found()), out, stopped)
    assert not out.exists() and not list(tmp_path.glob(".packshot*"))
