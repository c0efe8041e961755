"""Decode: told by content, limits, thumbnails, and every trouble in one line."""

import io
import os
import struct
import sys
import zlib

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from editor.core.formats import READABLE, PhotoError
from editor.core.read import decode, draft, size_of, thumbnail
from tests.fuzz.corpus import by_pillow, by_tifffile, chunk, corpus, exif, picture, psd

FILES = corpus()
STEPS = {
    "decode": decode,
    "size_of": size_of,
    "draft": lambda path: draft(path, 32),
    "thumbnail": lambda path: thumbnail(path, 32),
}


@pytest.mark.parametrize("name", FILES)
def test_content_counts_not_the_name(name, tmp_path):
    """Every kind of file, called .txt: size and thumbnail agree with the pixels."""
    assert "." + name.rpartition(".")[2] in READABLE
    path = tmp_path / "photo.txt"
    path.write_bytes(FILES[name])
    decoded = decode(path)
    height, width, channels = decoded.samples.shape
    assert size_of(path) == (width, height) and channels in (1, 3, 4)
    assert decoded.samples.flags.c_contiguous and decoded.samples.dtype.name in ("uint8", "uint16", "float32")
    assert decoded.alpha is None or (
        decoded.alpha.shape == (height, width) and decoded.alpha.dtype == decoded.samples.dtype
    )
    small = thumbnail(path, 20)
    assert max(small.samples.shape[:2]) == 20 and small.samples.dtype == np.uint8
    assert abs(small.samples.shape[1] / small.samples.shape[0] - width / height) < 0.1
    quick = draft(path, 10)
    assert quick is None or abs(quick.samples.shape[1] / quick.samples.shape[0] - width / height) < 0.1


def test_thumbnails_show_the_photo(tmp_path):
    """A white top and a dark bottom, whatever the depth."""
    picture = np.full((60, 90, 3), 0.9, np.float32)
    picture[30:] = 0.2
    tifffile.imwrite(tmp_path / "float.tif", picture, photometric="rgb")
    tifffile.imwrite(tmp_path / "16.tif", (picture * 65535).astype(np.uint16), photometric="rgb")
    Pillow.fromarray((picture[..., 0] * 255).astype(np.uint8)).save(tmp_path / "grey.png")
    for path in tmp_path.iterdir():
        seen = thumbnail(path, 30).samples
        assert seen.shape[:2] == (20, 30)
        assert np.allclose(seen[:8], 229, atol=2) and np.allclose(seen[12:], 51, atol=2), path


def with_thumbnail(size, colour, turn=1):
    """EXIF with a thumbnail of one colour in its second directory."""
    inside = by_pillow(Pillow.new("RGB", size, colour), "JPEG")
    first = struct.pack("<HHHIII", 1, 0x0112, 3, 1, turn, 8 + 2 + 12 + 4)
    place = 8 + 2 + 12 + 4 + 2 + 24 + 4
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, place, 0x0202, 4, 1, len(inside), 0)
    return b"Exif\0\0II*\0\x08\0\0\0" + first + second + inside


def test_the_embedded_thumbnail_is_taken_where_it_is_large_enough_and_of_the_same_shape(tmp_path):
    path = tmp_path / "a.jpg"
    red, blue = (250, 5, 5), (5, 5, 250)
    for stored, inside, turn, side, wanted in (
        ((240, 160), (120, 80), 1, 100, red),
        ((240, 160), (120, 80), 1, 130, blue),  # too small
        ((240, 160), (120, 90), 1, 100, blue),  # of another shape
        ((160, 240), (80, 120), 6, 100, red),
        ((160, 240), (120, 80), 6, 100, blue),
    ):
        path.write_bytes(by_pillow(Pillow.new("RGB", stored, "blue"), "JPEG", exif=with_thumbnail(inside, "red", turn)))
        seen = thumbnail(path, side).samples
        assert seen.shape == (round(side / 1.5), side, 3)
        assert np.allclose(seen.mean((0, 1)), wanted, atol=8), (stored, inside, turn, side)


def giant_png(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(3000))) + chunk(b"IEND", b"")
    )


def giant_jpeg(width, height):
    data = bytearray(by_pillow(Pillow.new("RGB", (8, 8)), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def giant_bmp(width, height):
    data = bytearray(by_pillow(Pillow.new("RGB", (8, 8)), "BMP"))
    data[18:26] = struct.pack("<ii", width, height)
    return bytes(data)


def giant_tiff(width, height):
    data = by_tifffile(np.zeros((8, 8, 3), np.uint8), photometric="rgb", rowsperstrip=8)
    for tag, value in ((256, width), (257, height), (278, height)):
        at = next(
            data.index(struct.pack("<HHI", tag, kind, 1))
            for kind in (3, 4)
            if struct.pack("<HHI", tag, kind, 1) in data
        )
        data = data[:at] + struct.pack("<HHII", tag, 4, 1, value) + data[at + 12 :]
    return data


def giant_psd(width, height):
    data = psd(picture(), 3)
    return data[:14] + struct.pack(">II", height, width) + data[22:]


def giant_gif(width, height):
    data = by_pillow(Pillow.new("P", (8, 8)), "GIF")
    return data[:6] + struct.pack("<HH", width, height) + data[10:]


def giant_avif(width, height):
    data = by_pillow(Pillow.new("RGB", (64, 64)), "AVIF")
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


def giant_jxl(width, height):
    """A bare codestream: size header with 30-bit sides, all else default (ISO/IEC 18181-1)."""
    number, place = 0, 0
    for value, bits in ((0, 1), (3, 2), (height - 1, 30), (0, 3), (3, 2), (width - 1, 30), (1, 1)):
        number, place = number | value << place, place + bits
    return b"\xff\x0a" + number.to_bytes(40, "little")


GIANTS = {
    "PNG": giant_png, "JPEG": giant_jpeg, "BMP": giant_bmp, "TIFF": giant_tiff, "PSD": giant_psd, "GIF": giant_gif,
    "AVIF": giant_avif, "JXL": giant_jxl,
}  # fmt: skip


@pytest.mark.parametrize("kind", GIANTS)
def test_more_than_a_gigapixel_is_refused_with_a_sentence(kind, tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(GIANTS[kind](60_000, 50_000))
    with pytest.raises(PhotoError, match=r"60000 x 50000 pixels; more than 1,000,000,000 are refused"):
        decode(path)


@pytest.mark.parametrize("kind", GIANTS)
def test_pixels_without_bytes_are_refused_before_anything_is_allocated(kind, tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(GIANTS[kind](20_000, 15_000))
    with pytest.raises(PhotoError, match="20000 x 15000 pixels, far more than"):
        decode(path)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG", "BMP", "WEBP", "GIF"])
def test_a_single_pixel_is_a_photo(kind, tmp_path):
    path = tmp_path / "dot.bin"
    path.write_bytes(by_pillow(Pillow.new("RGB", (1, 1), "white"), kind))
    assert decode(path).samples.shape == (1, 1, 3) and decode(path).samples.min() > 250
    assert thumbnail(path, 64).samples.shape == (1, 1, 3) and size_of(path) == (1, 1)


@pytest.mark.parametrize("step", STEPS)
def test_what_is_no_photo_is_told_in_one_line(step, tmp_path):
    (tmp_path / "folder.jpg").mkdir()
    cases = {
        "text.jpg": (b"hello, this is no picture at all", "is not a picture that Packshot reads"),
        "empty.png": (b"", "is empty"),
        "film.mp4": (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "is not a picture that Packshot reads"),
        "odd\nname.jpg": (b"\xff\xd8\xff\xe0", "damaged or cut short"),
    }
    for name, (data, reason) in cases.items():
        (tmp_path / name).write_bytes(data)
        told(STEPS[step], tmp_path / name, reason)
    told(STEPS[step], tmp_path / "folder.jpg", "is a folder")
    told(STEPS[step], tmp_path / "missing.png", "no such file")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
        told(STEPS[step], tmp_path / "pipe.jpg", "is not a file")


def told(step, path, reason):
    with pytest.raises(PhotoError) as error:
        step(path)
    message = str(error.value)
    assert reason in message and "\n" not in message and path.name.replace("\n", "?") in message


LIBRARIES = {
    "plain.heic": ("pillow_heif", "pillow-heif"), "camera.dng": ("rawpy", "rawpy"),
    "rgb.psd": ("psd_tools", "psd-tools"),
    "sixteen.jxl": ("pillow_jxl", "pillow-jxl-plugin"),
}  # fmt: skip


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_missing_library_is_named(name, tmp_path, monkeypatch):
    module, package = LIBRARIES[name]
    for loaded in [key for key in sys.modules if key.split(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    path = tmp_path / name
    path.write_bytes(FILES[name])
    with pytest.raises(PhotoError, match=f"needs {package}: pip install {package}"):
        decode(path)


def test_orientation_makes_no_difference_to_what_a_thumbnail_shows(tmp_path):
    upright = Pillow.fromarray(picture(size=(240, 160), grain=0))
    upright.save(tmp_path / "a.jpg", quality=95)
    upright.transpose(Pillow.Transpose.ROTATE_90).save(tmp_path / "b.jpg", quality=95, exif=exif(6))
    first, second = (thumbnail(tmp_path / name, 60).samples.astype(int) for name in ("a.jpg", "b.jpg"))
    assert first.shape == second.shape and np.abs(first - second).max() < 8


def test_codecs_that_panic_are_told_like_others(tmp_path, monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(data):
        raise PanicException("called `Result::unwrap()` on an `Err` value")

    path = tmp_path / "a.jpg"
    path.write_bytes(by_pillow(Pillow.new("RGB", (8, 8)), "JPEG"))
    monkeypatch.setattr(imagecodecs, "jpeg8_decode", panic)
    told(decode, path, "damaged or cut short")
    monkeypatch.setattr(imagecodecs, "jpeg8_decode", lambda data: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        decode(path)


def test_bytes_of_a_file_are_not_kept_twice(tmp_path):
    """A decoded photo holds its own samples and nothing of the decoder's memory."""
    out = io.BytesIO()
    Pillow.fromarray(picture()).save(out, "JPEG")
    path = tmp_path / "a.jpg"
    path.write_bytes(out.getvalue())
    samples = decode(path).samples
    while samples.base is not None:
        assert isinstance(samples.base, np.ndarray) and samples.base.nbytes == samples.nbytes
        samples = samples.base
