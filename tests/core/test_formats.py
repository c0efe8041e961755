"""Formats: what goes into a file comes out of it, and other readers see the same."""

from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from editor.core.color import DISPLAY_P3
from editor.core.engine import Engine
from editor.core.formats import FORMATS, RAW_SUFFIXES, READABLE, PhotoError, depth_of, format_of, to_float
from editor.core.job import Job
from editor.core.metadata import Metadata
from editor.core.output import Output
from editor.core.photo import Photo
from editor.core.recipe import Recipe


def convert(photo, path, **settings):
    Output(**settings).write(Engine({}), photo, Recipe(), path, Job())
    return Photo.open(path)


def camera_tags(**more):
    exif = Pillow.Exif()
    exif[0x010F], exif[0x0110], exif[0x8298] = "Maker", "Camera 1", "A photographer"
    exif.get_ifd(0x8769)[0x829A] = 0.01
    for tag, value in more.items():
        exif[int(tag.removeprefix("tag"))] = value
    return exif


METADATA = Metadata(exif=camera_tags().tobytes().removeprefix(b"Exif\0\0"))


def tags_of(photo):
    exif = Pillow.Exif()
    exif.load(b"Exif\0\0" + photo.metadata.exif)
    return exif


def test_the_suffix_says_the_format():
    for known in FORMATS:
        for suffix in known.suffixes:
            assert format_of(Path(f"a{suffix.upper()}")) is known and suffix in READABLE
    assert {".heic", ".psd", ".dng", ".cr3"} < set(READABLE) and set(RAW_SUFFIXES) < set(READABLE)
    for name, says in (("a.heic", r"cannot write \.heic"), ("a", "a file without suffix")):
        with pytest.raises(PhotoError, match=says):
            format_of(Path(name))


def test_samples_as_float():
    for kind, depth, top in ((np.uint8, "8", 255), (np.uint16, "16", 65535), (np.float32, "float", 1)):
        samples = np.array([[[0, top, top // 2]]], kind)
        assert depth_of(samples) == depth
        assert to_float(samples).dtype == np.float32 and np.allclose(to_float(samples) * top, samples)


@pytest.fixture(params=[("8", ".png"), ("16", ".png"), ("8", ".tif"), ("16", ".tif"), ("float", ".tif")], ids=" ".join)
def kept(request, noisy):
    """A photo of every depth with alpha, profile and camera tags, and the suffix of a format that keeps all of it."""
    depth, suffix = request.param
    alpha = np.linspace(0, 1, noisy[..., 0].size, dtype=np.float32).reshape(noisy.shape[:2])
    if depth != "float":
        top, kind = (255, np.uint8) if depth == "8" else (65535, np.uint16)
        rgb, alpha = ((x.clip(0, 1) * top + 0.5).astype(kind) for x in (noisy, alpha))
    else:
        rgb = noisy.copy()
    return Photo(Path("a.tif"), rgb, alpha, DISPLAY_P3, METADATA), suffix


def test_lossless_formats_keep_every_sample_alpha_profile_and_camera(kept, tmp_path):
    photo, suffix = kept
    back = convert(photo, tmp_path / f"out{suffix}")
    assert back.depth == photo.depth
    assert np.array_equal(back.samples, photo.samples) and np.array_equal(back.alpha, photo.alpha)
    assert back.space.profile == DISPLAY_P3.profile
    exif = tags_of(back)
    assert (exif[0x010F], exif[0x0110], exif[0x8298]) == ("Maker", "Camera 1", "A photographer")
    assert exif.get_ifd(0x8769)[0x829A] == pytest.approx(0.01)


def test_written_files_are_what_other_readers_expect(kept, tmp_path):
    photo, suffix = kept
    path = tmp_path / f"out{suffix}"
    convert(photo, path)
    seen = tifffile.imread(path) if suffix == ".tif" else imagecodecs.png_decode(path.read_bytes())
    assert np.array_equal(seen[..., :3], photo.samples) and np.array_equal(seen[..., 3], photo.alpha)
    if photo.depth == "8":
        with Pillow.open(path) as file:
            assert file.mode == "RGBA" and file.info["icc_profile"] == DISPLAY_P3.profile


def test_jpeg_is_close_full_colour_and_tagged(noisy, tmp_path):
    samples = (noisy.clip(0, 1) * 255 + 0.5).astype(np.uint8)
    back = convert(Photo(tmp_path / "a.png", samples, None, DISPLAY_P3, METADATA), tmp_path / "out.jpg")
    assert np.abs(back.samples.astype(int) - samples).mean() < 4
    assert back.space.profile == DISPLAY_P3.profile
    with Pillow.open(tmp_path / "out.jpg") as file:
        assert file.getexif()[0x0110] == "Camera 1"
        assert {layer[1:3] for layer in file.layer} == {(1, 1)}  # 4:4:4


def test_depth_can_be_asked_for(photo, tmp_path):
    assert convert(photo, tmp_path / "16.png", depth="16").depth == "16"
    assert np.array_equal(convert(photo, tmp_path / "f.tif", depth="float").samples, photo.samples / np.float32(255))
    with pytest.raises(PhotoError, match="JPEG does not hold a depth of 16"):
        convert(photo, tmp_path / "x.jpg", depth="16")
    with pytest.raises(PhotoError, match=r"cannot write \.psd"):
        convert(photo, tmp_path / "x.psd")
    with pytest.raises(ValueError, match="quality 0"):
        Output(quality=0)


def test_float_samples_outside_0_to_1_survive(tmp_path):
    rgb = np.random.default_rng(0).normal(0.5, 1, (40, 50, 3)).astype(np.float32)
    assert np.array_equal(convert(Photo(tmp_path / "a.tif", rgb), tmp_path / "b.tif").samples, rgb)


def test_transparent_parts_come_on_white_where_the_format_has_no_alpha(tmp_path):
    rgb, alpha = np.zeros((16, 16, 3), np.uint8), np.zeros((16, 16), np.uint8)
    alpha[:, 8:] = 255
    back = convert(Photo(tmp_path / "a.png", rgb, alpha), tmp_path / "b.jpg")
    assert back.samples[:, :7].min() > 250 and back.samples[:, 9:].max() < 5


@pytest.mark.parametrize("turn", range(1, 9))
def test_photos_stand_upright_once(turn, tmp_path):
    upright = np.zeros((8, 12, 3), np.uint8)
    upright[:4, :6], upright[:4, 6:], upright[4:, :6] = (250, 0, 0), (0, 250, 0), (0, 0, 250)
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's Transpose that turns the upright picture away again
    away = Pillow.fromarray(upright)
    if turn > 1:
        away = away.transpose(Pillow.Transpose(undo[turn]))
    away.save(tmp_path / "a.png", exif=camera_tags(tag274=turn))
    tifffile.imwrite(tmp_path / "a.tif", np.asarray(away), photometric="rgb", extratags=[(274, 3, 1, turn, True)])
    for name in ("a.png", "a.tif"):
        photo = Photo.open(tmp_path / name)
        assert np.array_equal(photo.samples, upright), name
        back = convert(photo, tmp_path / f"out-{name}")
        assert np.array_equal(back.samples, upright), name
        with Pillow.open(tmp_path / f"out-{name}") as file:
            assert file.getexif().get(274, 1) == 1, name
