"""WebP, GIF and BMP, read."""

import struct

import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.color import DISPLAY_P3
from editor.core.formats import PhotoError
from tests.fuzz.corpus import by_pillow, exif, picture

RGBA = Pillow.fromarray(picture(channels=4), "RGBA")
RGB = RGBA.convert("RGB")


def test_webp_without_loss_is_exact(read):
    decoded = read(by_pillow(RGBA, "WEBP", lossless=True, exact=True, icc_profile=DISPLAY_P3.profile))
    assert np.array_equal(np.dstack([decoded.samples, decoded.alpha]), picture(channels=4))
    assert decoded.bits == 8 and decoded.profile == DISPLAY_P3.profile


def test_webp_turns_as_exif_asks(read):
    decoded = read(by_pillow(RGB, "WEBP", lossless=True, exif=exif(8)))
    assert decoded.alpha is None and np.array_equal(decoded.samples, np.rot90(np.asarray(RGB)))


@pytest.mark.parametrize("kind", ["WEBP", "GIF"])
def test_of_moving_pictures_the_first(kind, read):
    frames = [frame.quantize(200).convert("RGB").quantize(200) for frame in (RGB, RGB.rotate(180))]
    settings = {"lossless": True} if kind == "WEBP" else {}
    frames = [frame.convert("RGB") for frame in frames] if kind == "WEBP" else frames
    decoded = read(by_pillow(frames[0], kind, save_all=True, append_images=frames[1:], **settings))
    assert np.array_equal(decoded.samples, np.asarray(frames[0].convert("RGB"))) and "first" in decoded.notes[0]


def test_gif_with_a_transparent_colour(read):
    palette = RGB.quantize(16)
    decoded = read(by_pillow(palette, "GIF", transparency=3))
    assert np.array_equal(decoded.alpha == 0, np.asarray(palette) == 3)
    assert np.array_equal(decoded.samples[decoded.alpha > 0], np.asarray(palette.convert("RGB"))[decoded.alpha > 0])
    assert read(by_pillow(palette, "GIF")).alpha is None


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_bmp(mode, read, magick):
    data = by_pillow(RGB.quantize(16) if mode == "P" else RGB.convert(mode), "BMP")
    decoded = read(data)
    seen = np.broadcast_to(decoded.samples, (*decoded.samples.shape[:2], 3))
    assert decoded.alpha is None and np.array_equal(magick(data, seen.shape[:2], "rgb"), seen.astype(np.uint16) * 257)


def test_bmp_with_alpha(read, magick):
    """BITMAPV4HEADER, 32 bits with masks."""
    samples = picture(channels=4)
    height, width = samples.shape[:2]
    masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    head = struct.pack("<IiiHHIIiiII", 108, width, height, 1, 32, 3, 0, 2835, 2835, 0, 0) + masks + b"BGRs" + bytes(48)
    body = samples[::-1, :, [2, 1, 0, 3]].tobytes()
    data = struct.pack("<2sIHHI", b"BM", 14 + len(head) + len(body), 0, 0, 14 + len(head)) + head + body
    decoded = read(data)
    assert np.array_equal(np.dstack([decoded.samples, decoded.alpha]), samples)
    assert np.array_equal(magick(data, (height, width), "rgba"), samples.astype(np.uint16) * 257)


@pytest.mark.parametrize("kind", ["WEBP", "GIF", "BMP"])
def test_damage_is_told(kind, read):
    data = by_pillow(RGB, kind)
    for bad in (data[: len(data) // 2], data[:20], data[:4] + bytes(40)):
        with pytest.raises(PhotoError, match=r"damaged or cut short|is not a picture"):
            read(bad)
