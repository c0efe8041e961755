"""What photographers judge an editor by: what it does to a file that it was not asked to change."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from editor.core.cms import LINEAR
from editor.core.color import ADOBE_RGB, DISPLAY_P3, SRGB
from editor.core.engine import Engine
from editor.core.formats import PhotoError
from editor.core.job import Job
from editor.core.output import Output
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sample import grain
from editor.edits.denoise import Denoise
from tests.roundtrip import readers, sources
from tests.roundtrip.table import IDLE, examine

pytestmark = pytest.mark.skipif(
    not (shutil.which("exiftool") and shutil.which("convert")), reason="exiftool and ImageMagick are the judges"
)
LOSSY_AGAIN = ("JPEG baseline", "JPEG progressive", "JPEG CMYK", "TIFF CMYK 8", "TIFF CMYK 16")


@pytest.mark.parametrize("name", sources.SOURCES)
def test_a_file_nothing_was_done_to(name, tmp_path):
    row = examine(name, tmp_path)
    assert row.saved[0] < 0.1 and row.saved[1] < 1.0, row
    assert row.kept == row.asked and row.history and row.orientation in (None, "Horizontal (normal)"), row
    assert row.profile == "same" or name == "JPEG XL 16", row
    assert np.isnan(row.read_error) or row.read_error < 1.5 / 1023, row
    deep = {8: "8", 16: "16", 32: "float", 10: "10", 12: "12"}[row.bits_in]
    assert row.bits_out == deep or name == "HEIC 10", row
    if name in LOSSY_AGAIN:  # coded or separated into inks once more
        assert row.edited[0] < 0.5, row
    else:
        assert row.edited[0] < 0.1 and row.edited[1] < 1.0, row


@pytest.mark.parametrize(
    ("suffix", "bits", "most"),
    [
        (".jpg", "8", 4),
        (".png", "16", 0.01),
        (".tif", "16", 0.01),
        (".webp", "8", 1.1),
        (".avif", "12", 0.1),
        (".jxl", "16", 0.01),
    ],
)
def test_sixteen_bits_into_every_kind_of_file(suffix, bits, most, tmp_path):
    row = examine("TIFF 16 alpha", tmp_path, suffix)
    assert row.bits_out == bits and row.saved[1] < most and row.kept == row.asked == 10, row


@pytest.fixture
def engine():
    return Engine({})


@pytest.fixture
def jpeg(tmp_path):
    path = tmp_path / "in.jpg"
    noise = (grain(sources.draw(size=(400, 300))).clip(0, 1) * 255).astype(np.uint8)
    Pillow.fromarray(noise).save(path, quality=90, icc_profile=ADOBE_RGB.profile)
    return path


def saved(engine, path, name, recipe=Recipe(), **how):  # noqa: B008
    target = path.with_name(name)
    Output(**how).write(engine, Photo.open(path), recipe, target, Job())
    return target


def test_a_jpeg_nothing_was_done_to_is_not_coded_again(engine, jpeg):
    out = saved(engine, jpeg, "out.jpg")
    assert np.array_equal(Photo.open(out).samples, Photo.open(jpeg).samples)
    again = saved(engine, jpeg, "small.jpg", quality=60)
    assert again.stat().st_size < out.stat().st_size / 1.5
    with Pillow.open(saved(engine, jpeg, "prog.jpg", progressive=True)) as file:
        assert file.info.get("progressive")


@pytest.mark.parametrize("sampling", [0, 2])
def test_a_turned_jpeg_comes_out_as_it_was(engine, tmp_path, sampling):
    path = tmp_path / "turned.jpg"
    exif = Pillow.Exif()
    exif[0x0112] = 6
    drawn = (sources.draw(size=(320, 240)).clip(0, 1) * 255).astype(np.uint8)
    Pillow.fromarray(drawn).save(path, quality=85, subsampling=sampling, exif=exif)
    out = saved(engine, path, "upright.jpg")
    before, after = (Photo.open(file).at().rgb for file in (path, out))
    assert readers.difference(before, after, SRGB)[0] < 0.1
    assert out.stat().st_size < 1.5 * path.stat().st_size


def test_a_jpeg_that_changed_on_the_disk_is_not_copied(engine, jpeg):
    photo = Photo.open(jpeg)
    Pillow.new("RGB", (400, 300)).save(jpeg)
    Output().write(engine, photo, Recipe(), jpeg.with_name("out.jpg"), Job())
    assert np.abs(Photo.open(jpeg.with_name("out.jpg")).samples.astype(int) - photo.samples).mean() < 3


def test_as_long_as_it_may_be(engine, jpeg):
    whole = saved(engine, jpeg, "whole.jpg", IDLE).stat().st_size
    for suffix in ("jpg", "webp", "avif", "jxl"):
        out = saved(engine, jpeg, f"fit.{suffix}", max_bytes=whole // 4)
        assert whole // 9 < out.stat().st_size <= whole // 4, suffix
    with pytest.raises(PhotoError, match="cannot be made as short as 200 bytes"):
        saved(engine, jpeg, "never.jpg", max_bytes=200)
    assert not jpeg.with_name("never.jpg").exists()


def test_subsampling(engine, jpeg):
    for how, name in (("4:4:4", "444"), ("4:2:0", "420")):
        out = saved(engine, jpeg, f"{name}.jpg", IDLE, subsampling=how)
        assert readers.plain(readers.exif(out))["YCbCrSubSampling"].startswith(f"YCbCr{how}")


@pytest.mark.parametrize(("wish", "space"), [("srgb", SRGB), ("p3", DISPLAY_P3), ("adobergb", ADOBE_RGB)])
@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "avif"])
def test_the_profile_that_is_asked_for(engine, jpeg, wish, space, suffix):
    out = saved(engine, jpeg, f"out.{suffix}", IDLE, profile=wish, quality=100, lossless=True)
    assert readers.profile(out) == space.profile
    before, after = Photo.open(jpeg), Photo.open(out)
    there = space.from_working(before.at().rgb).clip(0, 1)
    here = after.samples / np.float32(255)
    delta = readers.difference(there, here, space)
    assert delta[0] < 0.8 if suffix == "jpg" else delta[1] < 1.1, delta  # half a step of 8 bits, in the dark


def test_grey_stays_grey_with_its_profile(engine, tmp_path):
    path = sources.make("PNG grey", tmp_path)
    for name, form in (("g.jpg", "L"), ("g.png", "L"), ("g.tif", "L"), ("g.webp", "RGB")):
        with Pillow.open(saved(engine, path, name)) as file:
            assert file.mode == form, name


def test_grey_stays_grey_when_a_network_was_at_it(models, tmp_path):
    path = sources.make("PNG grey", tmp_path)
    out = saved(Engine(models), path, "clean.jpg", Recipe().put(Denoise(noise=20.0)))
    with Pillow.open(out) as file:
        assert file.mode == "L"


def test_grey_with_a_profile_for_colours_is_a_valid_png(engine, tmp_path):
    for name, profile, form in (("s", SRGB.profile, "L"), ("a", ADOBE_RGB.profile, "RGB")):
        path = tmp_path / f"{name}.jpg"
        Pillow.new("L", (20, 20), 100).save(path, icc_profile=profile)
        out = saved(engine, path, f"{name}.png")
        with Pillow.open(out) as file:
            assert file.mode == form and (form == "L") == ("icc_profile" not in file.info)
        assert np.abs(Photo.open(out).at().rgb - Photo.open(path).at().rgb).max() < 1.5 / 255


def test_linear_light_is_not_written_with_eight_bits(engine, tmp_path):
    path = tmp_path / "linear.tif"
    ramp = np.linspace(0, 0.5, 256, dtype=np.float32)[None, :, None].repeat(8, 0).repeat(3, 2)
    tifffile.imwrite(path, ramp, photometric="rgb", iccprofile=LINEAR)
    assert len(np.unique(Photo.open(saved(engine, path, "l.png", depth="8")).samples)) > 120
    deep = Photo.open(saved(engine, path, "l.tif"))
    assert deep.space.profile == LINEAR and np.array_equal(deep.samples, ramp)


@pytest.mark.parametrize("suffix", ["webp", "avif", "jxl"])
def test_what_was_coded_with_loss_is_not_coded_again(engine, jpeg, suffix):
    first = saved(engine, jpeg, f"first.{suffix}", profile="srgb", quality=95)
    second = saved(engine, first, f"second.{suffix}", progressive=True)
    assert np.array_equal(Photo.open(first).samples, Photo.open(second).samples)
    assert second.stat().st_size < 1.1 * first.stat().st_size


def test_who_asks_for_other_bits_gets_them(engine, tmp_path):
    path = sources.make("AVIF 10", tmp_path)
    assert Photo.open(saved(engine, path, "same.avif")).bits == 10
    assert Photo.open(saved(engine, path, "less.avif", depth="8")).bits == 8


def test_an_untagged_jpeg_gets_srgb_without_being_coded_again(engine, tmp_path):
    path = tmp_path / "plain.jpg"
    Pillow.fromarray((grain(sources.draw(size=(64, 48))).clip(0, 1) * 255).astype(np.uint8)).save(path, quality=80)
    out = saved(engine, path, "tagged.jpg", profile="srgb")
    assert readers.profile(out) == SRGB.profile and np.array_equal(Photo.open(out).samples, Photo.open(path).samples)


def test_without_loss_a_limit_may_be_too_short(engine, jpeg):
    for name, how in (("x.png", {}), ("x.tif", {}), ("x.webp", {"lossless": True}), ("x.jxl", {"lossless": True})):
        with pytest.raises(PhotoError, match="bytes without loss, and may have 30,000"):
            saved(engine, jpeg, name, max_bytes=30_000, **how)
        assert not jpeg.with_name(name).exists()


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "avif", "jxl"])
@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1)])
def test_pictures_of_a_few_pixels(engine, tmp_path, mode, size, suffix):
    path = tmp_path / "tiny.png"
    Pillow.new(mode, size, 77 if mode == "L" else (10, 200, 90, 255)[: len(mode)]).save(path)
    back = Photo.open(saved(engine, path, f"out.{suffix}", quality=100, lossless=True))
    assert back.size == size and np.abs(back.at().rgb - Photo.open(path).at().rgb).max() < 4 / 255


def test_cmyk_where_it_can_be(engine, tmp_path):
    path = sources.make("TIFF CMYK 8", tmp_path)
    for name, form in (("c.jpg", "CMYK"), ("c2.tif", "CMYK"), ("c.png", "RGB"), ("c.webp", "RGB")):
        out = saved(engine, path, name, quality=100)
        with Pillow.open(out) as file:
            assert file.mode == form, name
        there, here = Photo.open(out).at().rgb, Photo.open(path).at().rgb
        assert np.abs(there.clip(0, 1) - here.clip(0, 1)).mean() < 0.01, name


def test_a_raw_file_becomes_srgb_where_there_are_eight_bits(engine, tmp_path):
    path = sources.make("DNG", tmp_path)
    assert Photo.open(saved(engine, path, "r.jpg")).space.name == "sRGB"
    deep = Photo.open(saved(engine, path, "r.tif"))
    assert deep.space.name == "ROMM RGB" and deep.depth == "16"


def test_what_was_done_is_said_in_the_file(engine, tmp_path):
    path = sources.make("JPEG baseline", tmp_path)
    once = saved(engine, path, "once.jpg", IDLE)
    twice = saved(engine, once, "twice.tif")
    first, second = (readers.plain(readers.exif(file)) for file in (once, twice))
    assert first["DigitalSourceType"].endswith("algorithmicallyEnhanced") and "Packshot" in first["Software"]
    assert [len(tags["History"]) for tags in (first, second)] == [1, 2]
    assert "strength 0" in first["History"][0]["Parameters"] and first["History"][0]["SoftwareAgent"].startswith(
        "Packshot"
    )
    assert second["DigitalSourceType"] == first["DigitalSourceType"]  # what the photo said stays
    assert "DigitalSourceType" not in readers.plain(readers.exif(saved(engine, path, "plain.jpg")))


def test_where_it_was_taken_goes_only_if_asked(engine, tmp_path):
    path = sources.make("JPEG baseline", tmp_path)
    for suffix in ("jpg", "png", "tif", "webp", "avif", "jxl"):
        kept, gone = (
            saved(engine, path, f"{n}.{suffix}", IDLE, strip=frozenset(s)) for n, s in (("a", ()), ("b", ("gps",)))
        )
        assert any("GPSLatitude" in tag for tag in readers.exif(kept)), suffix
        assert not any("GPS" in tag for tag in readers.exif(gone)), suffix


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_turned_photo_stands_upright_once(engine, tmp_path, turn):
    path = tmp_path / "turned.jpg"
    pixels = np.zeros((48, 64, 3), np.uint8)
    pixels[:24, :32] = (200, 40, 40)
    pixels[24:, :32] = (40, 200, 40)
    exif = Pillow.Exif()
    exif[0x0112] = turn
    Pillow.fromarray(pixels).save(path, quality=98, subsampling=0, exif=exif)
    upright = readers.magick_upright(path)
    for suffix in ("jpg", "png", "tif", "webp"):
        out = saved(engine, path, f"out.{suffix}", quality=100, lossless=True)
        assert readers.plain(readers.exif(out)).get("Orientation", "Horizontal (normal)") == "Horizontal (normal)"
        seen = readers.magick(out, upright.shape[1::-1], "rgb")
        assert np.abs(seen - upright).mean() < 0.01, suffix
