"""PNG, read."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.cms import decode
from editor.core.color import DISPLAY_P3, PROPHOTO, Space
from editor.core.formats import PhotoError
from tests.core.read.conftest import in_sixteen
from tests.fuzz.corpus import by_pillow, chunk, exif, picture, png

GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize(("kind", "channels"), [(GREY, 1), (GREY_ALPHA, 2), (RGB, 3), (RGBA, 4)])
def test_every_sample_comes_through(kind, channels, bits, interlaced, read, magick):
    samples = picture(bits, channels)
    data = png(samples, bits, kind, interlaced=interlaced)
    decoded = read(data)
    colours = channels - (kind in (GREY_ALPHA, RGBA))
    assert decoded.bits == bits and decoded.profile is None and decoded.samples.dtype == samples.dtype
    assert np.array_equal(decoded.samples, samples[..., :colours])
    assert (decoded.alpha is None) == (colours == channels)
    assert decoded.alpha is None or np.array_equal(decoded.alpha, samples[..., colours])
    if channels > 2:
        other = magick(data, samples.shape[:2], "rgb" if channels == 3 else "rgba")
        assert np.array_equal(in_sixteen(samples), other)


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_few_bits_fill_eight(bits, read):
    samples = np.random.default_rng(bits).integers(0, 1 << bits, (9, 13, 1))
    decoded = read(png(samples, bits, GREY))
    assert decoded.bits == 8 and np.array_equal(decoded.samples, samples * (255 // ((1 << bits) - 1)))


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_palettes_with_and_without_transparency(bits, read):
    numbers = np.random.default_rng(bits).integers(0, 1 << bits, (9, 13, 1))
    colours = np.random.default_rng(0).integers(0, 256, (1 << bits, 3), np.uint8)
    opacity = np.array([0, 100], np.uint8)
    plain = read(png(numbers, bits, PALETTE, chunk(b"PLTE", colours.tobytes())))
    assert plain.alpha is None and np.array_equal(plain.samples, colours[numbers[..., 0]])
    clear = read(png(numbers, bits, PALETTE, chunk(b"PLTE", colours.tobytes()) + chunk(b"tRNS", opacity.tobytes())))
    assert np.array_equal(clear.samples, colours[numbers[..., 0]])
    assert np.array_equal(clear.alpha, np.append(opacity, [255] * 256)[numbers[..., 0]])


def test_one_colour_may_be_transparent(read):
    samples = picture(16)
    decoded = read(png(samples, 16, RGB, chunk(b"tRNS", samples[5, 7].astype(">u2").tobytes())))
    assert np.array_equal(decoded.samples, samples) and decoded.samples.dtype == np.uint16
    assert decoded.alpha[5, 7] == 0 and (decoded.alpha > 0).sum() == decoded.alpha.size - 1


def profile_of(read, before):
    return read(png(picture(), 8, RGB, before)).profile


def light(profile, value=0.5):
    """The light of a grey, and of a pure green, in linear sRGB."""
    pixels = np.array([[[value] * 3, [0, value, 0]]], np.float32)
    return decode(Space.of(profile, 3).to_working(pixels))[0]


def test_colours_are_known_whichever_way_they_are_said(read):
    p3 = chunk(b"cICP", bytes([12, 13, 0, 1]))
    icc = chunk(b"iCCP", b"x\0\0" + zlib.compress(PROPHOTO.profile))
    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    srgb_gamma = chunk(b"gAMA", struct.pack(">I", 45455))
    srgb_points = chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000))
    adobe_points = chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000))
    assert np.allclose(light(profile_of(read, p3)), light(DISPLAY_P3.profile), atol=1e-4)
    assert profile_of(read, icc) == PROPHOTO.profile
    assert np.allclose(light(profile_of(read, p3 + icc)), light(DISPLAY_P3.profile), atol=1e-4)
    assert np.allclose(light(profile_of(read, gamma))[0], 0.5, atol=1e-3)
    assert profile_of(read, srgb_gamma + srgb_points) is None
    assert profile_of(read, chunk(b"sRGB", b"\0") + gamma) is None
    assert light(profile_of(read, srgb_gamma + adobe_points))[1][0] < -0.05  # a green beyond sRGB's
    assert profile_of(read, chunk(b"iCCP", b"x\0\0damaged")) is None
    assert profile_of(read, chunk(b"gAMA", bytes(4))) is None
    assert profile_of(read, chunk(b"cHRM", bytes(32))) is None


def test_hdr_becomes_light(read):
    """SMPTE ST 2084: code 0.5806 is 203 cd/m2, white; 0.7518 is 1000."""
    samples = np.zeros((4, 4, 3), np.uint16)
    samples[:2], samples[2:] = round(0.5806 * 65535), round(0.7518 * 65535)
    decoded = read(png(samples, 16, RGB, chunk(b"cICP", bytes([9, 16, 0, 1]))))
    assert decoded.bits == 32 and "HDR" in decoded.notes[0]
    white, bright = light(decoded.profile, 1.0)[0] * decoded.samples[0, 0], decoded.samples[3, 3]
    assert np.allclose(white, 1, atol=2e-3) and np.allclose(bright, 1000 / 203, rtol=2e-3)


def test_hybrid_log_gamma_white_is_white(read):
    """ITU-R BT.2408: HLG's reference white is at 75 %, 203 cd/m2 on a display of 1000."""
    samples = np.full((4, 4, 3), round(0.75 * 65535), np.uint16)
    assert np.allclose(read(png(samples, 16, RGB, chunk(b"cICP", bytes([9, 18, 0, 1])))).samples, 1, atol=0.01)


def test_exif_turns_it(read):
    decoded = read(by_pillow(Pillow.fromarray(picture()), "PNG", exif=exif(6)))
    assert np.array_equal(decoded.samples, np.rot90(picture(), -1))


def test_damage_is_told(read):
    data = png(picture(16), 16, RGB)
    for bad in (data[:-400], data[:20], data[:60] + b"x" + data[61:]):
        with pytest.raises(PhotoError, match="damaged or cut short"):
            read(bad)


def test_an_animation_is_told_of(read):
    first, second = Pillow.fromarray(picture()), Pillow.fromarray(picture()[::-1])
    moving = read(by_pillow(first, "PNG", save_all=True, append_images=[second]))
    assert np.array_equal(moving.samples, picture())
    assert moving.notes == ("It holds several frames, of which this is the first.",)
    one = struct.pack(">II", 1, 0)
    assert read(png(picture(), 8, RGB, chunk(b"acTL", one))).notes == () == read(png(picture(), 8, RGB)).notes
