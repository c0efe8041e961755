"""JPEG XL, read."""

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.color import DISPLAY_P3, Space
from editor.core.formats import PhotoError
from editor.core.read import size_of
from tests.fuzz.corpus import by_pillow, exif, picture

pillow_jxl = pytest.importorskip("pillow_jxl")


def jxl(samples, **settings):
    return bytes(imagecodecs.jpegxl_encode(samples, lossless=True, **settings))


@pytest.mark.parametrize("container", [False, True])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("depth", [8, 16, 32])
def test_every_sample_comes_through(depth, channels, container, tmp_path, read):
    samples = picture(depth, channels)
    decoded = read(jxl(samples[..., 0] if channels == 1 else samples, usecontainer=container))
    colours = 1 if channels < 3 else 3
    assert decoded.bits == depth and decoded.samples.dtype == samples.dtype
    assert np.array_equal(decoded.samples, samples[..., :colours])
    assert (decoded.alpha is None) == (channels in (1, 3))
    assert decoded.alpha is None or np.array_equal(decoded.alpha, samples[..., -1])
    assert size_of(tmp_path / "photo.bin") == samples.shape[1::-1]


@pytest.mark.parametrize("bits", [10, 12])
def test_ten_and_twelve_bits_fill_sixteen(bits, read):
    samples = picture(bits)
    decoded = read(jxl(samples, bitspersample=bits))
    assert decoded.bits == bits and np.array_equal(decoded.samples, np.round(samples * (65535 / ((1 << bits) - 1))))


@pytest.mark.parametrize("lossless", [True, False])
def test_the_profile_is_that_of_the_samples(lossless, read):
    """Lossy, the decoder chooses the space it comes out in; the colours must be those put in, either way."""
    pytest.importorskip("pillow_jxl")
    rgb = Pillow.fromarray(picture(grain=0))
    rgb.info["icc_profile"] = DISPLAY_P3.profile
    encoder = pillow_jxl.Encoder(mode="RGB", lossless=lossless, quality=100 if lossless else 98, num_threads=1)
    data = encoder(rgb.tobytes(), *rgb.size, jpeg_encode=False)
    decoded = read(bytes(data))
    assert (
        decoded.profile is None
        and np.abs(decoded.samples.astype(int) - np.asarray(rgb)).mean() < (0.01, 2)[not lossless]
    )


def test_linear_light_is_known_for_it(read):
    """16 bits written without a word on colours are linear to libjxl; a plain half is then 188 of 255."""
    decoded = read(jxl(np.full((16, 16, 3), 32768, np.uint16)))
    seen = Space.of(decoded.profile, 3).to_working(decoded.samples / np.float32(65535))
    assert np.allclose(seen * 255, 187.5, atol=0.6)


@pytest.mark.parametrize("turn", [1, 3, 6, 8, 5])
def test_a_jpeg_in_a_smaller_dress_is_turned_once(turn, tmp_path, read):
    upright = np.zeros((32, 48, 3), np.uint8)
    upright[:16, :24], upright[:16, 24:], upright[16:, :24] = (250, 0, 0), (0, 250, 0), (0, 0, 250)
    away = Pillow.fromarray(upright)
    if turn > 1:
        away = away.transpose(Pillow.Transpose({3: 3, 5: 5, 6: 2, 8: 4}[turn]))
    jpeg = by_pillow(away, "JPEG", quality=98, subsampling=0, exif=exif(turn), icc_profile=DISPLAY_P3.profile)
    decoded = read(bytes(imagecodecs.jpegxl_encode_jpeg(jpeg)))
    assert size_of(tmp_path / "photo.bin") == (48, 32)
    assert np.abs(decoded.samples.astype(int) - upright).max() < 12
    assert decoded.profile is not None


def test_damage_is_told(read):
    data = jxl(picture())
    for bad in (data[: len(data) // 2], data[:12], data[:3]):
        with pytest.raises(PhotoError, match="damaged or cut short"):
            read(bad)
