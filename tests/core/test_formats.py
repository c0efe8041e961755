"""Formats: what goes into a file comes out of it, and what is no photo is told in one line."""

import io
import struct
import zlib

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow
from PIL import ImageCms

from editor.core.engine import Engine
from editor.core.formats import PhotoError
from editor.core.job import Job
from editor.core.output import Output
from editor.core.photo import Photo
from editor.core.recipe import Recipe

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


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
    return Photo("a.tif", rgb, alpha, PROFILE, camera_tags().tobytes()), suffix


def test_lossless_formats_keep_every_sample_alpha_profile_and_camera(kept, tmp_path):
    photo, suffix = kept
    back = convert(photo, tmp_path / f"out{suffix}")
    assert back.depth == photo.depth
    assert np.array_equal(back.rgb, photo.rgb) and np.array_equal(back.alpha, photo.alpha)
    assert back.profile == PROFILE
    exif = Pillow.Exif()
    exif.load(back.exif)
    assert (exif[0x010F], exif[0x0110], exif[0x8298]) == ("Maker", "Camera 1", "A photographer")
    if suffix == ".png":
        assert exif.get_ifd(0x8769)[0x829A] == pytest.approx(0.01)


def test_written_files_are_what_other_readers_expect(kept, tmp_path):
    photo, suffix = kept
    path = tmp_path / f"out{suffix}"
    convert(photo, path)
    seen = tifffile.imread(path) if suffix == ".tif" else imagecodecs.png_decode(path.read_bytes())
    assert np.array_equal(seen[..., :3], photo.rgb) and np.array_equal(seen[..., 3], photo.alpha)
    if photo.depth == "8":
        with Pillow.open(path) as file:
            assert file.mode == "RGBA" and file.info["icc_profile"] == PROFILE


def test_jpeg_is_close_full_colour_and_tagged(noisy, tmp_path):
    photo = Photo("a.png", (noisy.clip(0, 1) * 255 + 0.5).astype(np.uint8), None, PROFILE, camera_tags().tobytes())
    back = convert(photo, tmp_path / "out.jpg")
    assert np.abs(back.rgb.astype(int) - photo.rgb).mean() < 4
    assert back.profile == PROFILE
    with Pillow.open(tmp_path / "out.jpg") as file:
        assert file.getexif()[0x0110] == "Camera 1"
        assert {layer[1:3] for layer in file.layer} == {(1, 1)}  # 4:4:4


def test_depth_can_be_asked_for(photo, tmp_path):
    assert convert(photo, tmp_path / "16.png", depth="16").depth == "16"
    assert np.array_equal(convert(photo, tmp_path / "f.tif", depth="float").rgb, photo.rgb / np.float32(255))
    with pytest.raises(PhotoError, match="JPEG does not hold a depth of 16"):
        convert(photo, tmp_path / "x.jpg", depth="16")
    with pytest.raises(PhotoError, match=r"cannot write \.webp"):
        convert(photo, tmp_path / "x.webp")
    with pytest.raises(ValueError, match="depth is"):
        Output(depth="12")
    with pytest.raises(ValueError, match="quality 0"):
        Output(quality=0)


def test_float_samples_outside_0_to_1_survive(tmp_path):
    rgb = np.random.default_rng(0).normal(0.5, 1, (40, 50, 3)).astype(np.float32)
    assert np.array_equal(convert(Photo("a.tif", rgb), tmp_path / "b.tif").rgb, rgb)


def test_transparent_parts_come_on_white_where_the_format_has_no_alpha(tmp_path):
    rgb, alpha = np.zeros((16, 16, 3), np.uint8), np.zeros((16, 16), np.uint8)
    alpha[:, 8:] = 255
    back = convert(Photo("a.png", rgb, alpha), tmp_path / "b.jpg")
    assert back.rgb[:, :7].min() > 250 and back.rgb[:, 9:].max() < 5


@pytest.mark.parametrize("turn", range(1, 9))
def test_photos_stand_upright_once(turn, tmp_path):
    upright = np.zeros((8, 12, 3), np.uint8)
    upright[:4, :6], upright[:4, 6:], upright[4:, :6] = (250, 0, 0), (0, 250, 0), (0, 0, 250)
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's Transpose that turns the upright picture away again
    away = Pillow.fromarray(upright)
    if turn > 1:
        away = away.transpose(Pillow.Transpose(undo[turn]))
    exif = camera_tags(tag274=turn)
    away.save(tmp_path / "a.png", exif=exif)
    tifffile.imwrite(tmp_path / "a.tif", np.asarray(away), photometric="rgb", extratags=[(274, 3, 1, turn, True)])
    sixteen = imagecodecs.png_encode(np.asarray(away).astype(np.uint16) * 257)
    body = exif.tobytes().removeprefix(b"Exif\0\0")
    chunk = struct.pack(">I", len(body)) + b"eXIf" + body + struct.pack(">I", zlib.crc32(b"eXIf" + body))
    (tmp_path / "b.png").write_bytes(sixteen[:33] + chunk + sixteen[33:])
    for name in ("a.png", "a.tif", "b.png"):
        photo = Photo.open(tmp_path / name)
        assert np.array_equal(photo.rgb // (257 if photo.depth == "16" else 1), upright), name
        back = convert(photo, tmp_path / f"out-{name}")
        assert np.array_equal(back.rgb, photo.rgb), name
        with Pillow.open(tmp_path / f"out-{name}") as file:
            assert file.getexif().get(274, 1) == 1, name


def test_grey_and_planar_pictures_are_read(tmp_path):
    grey = np.arange(64, dtype=np.uint8).reshape(8, 8)
    Pillow.fromarray(grey).save(tmp_path / "g.png")
    Pillow.fromarray(grey.astype(np.uint16) * 300).save(tmp_path / "g16.png")
    tifffile.imwrite(tmp_path / "white0.tif", 255 - grey, photometric="miniswhite")
    planar = np.random.default_rng(0).integers(0, 60000, (3, 8, 9), np.uint16)
    tifffile.imwrite(tmp_path / "planar.tif", planar, photometric="rgb", planarconfig="separate")
    tifffile.imwrite(
        tmp_path / "big.tif", np.moveaxis(planar, 0, -1), photometric="rgb", byteorder=">", compression="lzw"
    )
    assert np.array_equal(Photo.open(tmp_path / "g.png").rgb[..., 1], grey)
    assert np.array_equal(Photo.open(tmp_path / "g16.png").rgb[..., 2], grey.astype(np.uint16) * 300)
    assert np.array_equal(Photo.open(tmp_path / "white0.tif").rgb[..., 0], grey)
    for name in ("planar.tif", "big.tif"):
        assert np.array_equal(Photo.open(tmp_path / name).rgb, np.moveaxis(planar, 0, -1))


def test_a_grey_profile_does_not_go_into_a_colour_file(tmp_path):
    grey = bytearray(PROFILE)
    grey[16:20] = b"GRAY"
    Pillow.new("L", (20, 20), 90).save(tmp_path / "g.png", icc_profile=bytes(grey))
    assert Photo.open(tmp_path / "g.png").profile is None


def test_exif_too_long_for_a_jpeg_is_left_out_and_said(noisy, tmp_path, caplog):
    exif = camera_tags()
    exif[0x010E] = "x" * 70_000
    convert(Photo("a.png", (noisy.clip(0, 1) * 255).astype(np.uint8), None, None, exif.tobytes()), tmp_path / "o.jpg")
    assert "longer than a JPEG holds" in caplog.text


def bad_files(folder, good):
    """Every file of the issue's list that is no photo, and what its one line must say."""
    png = good.read_bytes()
    tiff = io.BytesIO()
    tifffile.imwrite(tiff, np.zeros((64, 64, 3), np.uint16), photometric="rgb")
    jpeg = io.BytesIO()
    Pillow.open(good).convert("RGB").save(jpeg, "JPEG")
    cases = {
        "text.jpg": (b"hello, this is no picture at all", "is not a picture"),
        "short.png": (png[: len(png) // 2], "damaged or cut short"),
        "short16.png": (imagecodecs.png_encode(np.ones((99, 99, 3), np.uint16))[:-40], "damaged or cut short"),
        "short.jpg": (jpeg.getvalue()[:900], "damaged or cut short"),
        "short.tif": (tiff.getvalue()[:600], "damaged or cut short"),
        "head.tif": (tiff.getvalue()[:10], "damaged or cut short"),
        "empty.png": (b"", "is empty"),
    }
    for name, (data, _) in cases.items():
        (folder / name).write_bytes(data)
    (folder / "folder.jpg").mkdir()
    Pillow.new("RGB", (1, 1)).save(folder / "dot.png")
    Pillow.new("CMYK", (20, 20)).save(folder / "print.jpg")
    Pillow.new("P", (20, 20)).save(folder / "palette.png")
    tifffile.imwrite(folder / "print.tif", np.zeros((9, 9, 4), np.uint8), photometric="separated")
    tifffile.imwrite(folder / "nan.tif", np.full((9, 9, 3), np.nan, np.float32), photometric="rgb")
    tifffile.imwrite(folder / "counts.tif", np.zeros((9, 9, 3), np.int32), photometric="rgb")
    giant = bytearray(png)
    giant[16:24] = struct.pack(">II", 60000, 60000)
    giant[29:33] = struct.pack(">I", zlib.crc32(bytes(giant[12:29])))
    (folder / "giant.png").write_bytes(giant)
    reasons = {name: reason for name, (_, reason) in cases.items()}
    return reasons | {
        "missing.png": "no such file", "folder.jpg": "is a folder", "dot.png": "1 x 1 pixels",
        "print.jpg": "is a CMYK picture", "print.tif": "is a CMYK picture", "palette.png": "is a palette picture",
        "nan.tif": "not numbers", "counts.tif": "int32", "giant.png": "60000 x 60000",
    }  # fmt: skip


def test_what_is_no_photo_is_told_in_one_line(tmp_path, photo_file):
    for name, reason in bad_files(tmp_path, photo_file).items():
        with pytest.raises(PhotoError) as error:
            Photo.open(tmp_path / name)
        message = str(error.value)
        assert name in message and reason in message and "\n" not in message, message


def test_damage_anywhere_gives_a_photo_or_one_clear_error(tmp_path, photo_file):
    good = {".png": photo_file.read_bytes()}
    for suffix in (".jpg", ".tif"):
        convert(Photo.open(photo_file), tmp_path / f"good{suffix}")
        good[suffix] = (tmp_path / f"good{suffix}").read_bytes()
    chance = np.random.default_rng(3)
    outcomes, messages = set(), []
    for number in range(150):
        suffix = list(good)[number % 3]
        data = np.frombuffer(good[suffix], np.uint8).copy()
        spots = chance.integers(0, 400 if number % 2 else len(data), 6)
        data[spots] = chance.integers(0, 256, 6)
        bad = tmp_path / f"bad{suffix}"
        bad.write_bytes(data[: len(data) - int(chance.integers(0, 2)) * int(chance.integers(1, len(data)))].tobytes())
        try:
            outcomes.add(type(Photo.open(bad)))
        except PhotoError as error:
            outcomes.add(PhotoError)
            messages.append(str(error))
    assert PhotoError in outcomes and not any("\n" in message for message in messages)
