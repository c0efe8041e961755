"""TIFF, read."""

import io
import struct

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow
from PIL import ImageCms

from editor.core.color import SRGB, Space
from editor.core.formats import PhotoError, to_float
from editor.core.read import size_of
from tests.core.read.conftest import in_sixteen
from tests.fuzz.corpus import by_pillow, by_tifffile, picture

DEPTHS = {"8": picture(), "16": picture(16), "float": picture(32)}


@pytest.mark.parametrize("tile", [None, (32, 16)], ids=["strips", "tiles"])
@pytest.mark.parametrize("compression", [None, "lzw", "deflate", "zstd", "packbits"])
@pytest.mark.parametrize("depth", DEPTHS)
def test_every_sample_comes_through(depth, compression, tile, read):
    samples = DEPTHS[depth]
    settings = {"tile": tile} if tile else {"rowsperstrip": 7}
    predictor = {"predictor": True} if compression in ("lzw", "deflate", "zstd") else {}
    data = by_tifffile(samples, photometric="rgb", compression=compression, **settings, **predictor)
    decoded = read(data)
    assert decoded.bits == {"8": 8, "16": 16, "float": 32}[depth] and decoded.samples.dtype == samples.dtype
    assert np.array_equal(decoded.samples, samples) and decoded.alpha is None
    assert np.array_equal(tifffile.imread(io.BytesIO(data)), decoded.samples)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("bigtiff", [False, True])
def test_planes_byte_orders_and_big_files(order, bigtiff, read):
    samples = picture(16)
    planes = np.moveaxis(samples, 2, 0)
    settings = {"photometric": "rgb", "byteorder": order, "bigtiff": bigtiff}
    assert np.array_equal(read(by_tifffile(samples, **settings)).samples, samples)
    assert np.array_equal(read(by_tifffile(planes, planarconfig="separate", **settings)).samples, samples)


@pytest.mark.parametrize("kind", [np.float16, np.float64])
def test_other_floats_become_float32(kind, read):
    samples = picture(32).astype(kind)
    decoded = read(by_tifffile(samples, photometric="rgb"))
    assert decoded.samples.dtype == np.float32 and np.array_equal(decoded.samples, samples.astype(np.float32))


def test_alpha_straight_multiplied_or_something_else(read):
    samples = picture(16, 4)
    straight = read(by_tifffile(samples, photometric="rgb", extrasamples=["unassalpha"]))
    assert np.array_equal(straight.samples, samples[..., :3]) and np.array_equal(straight.alpha, samples[..., 3])
    multiplied = samples.copy()
    multiplied[..., :3] = np.round(samples[..., :3] * (samples[..., 3:] / 65535))
    decoded = read(by_tifffile(multiplied, photometric="rgb", extrasamples=["assocalpha"]))
    assert np.array_equal(decoded.alpha, samples[..., 3])
    assert np.abs(decoded.samples.astype(int) - samples[..., :3])[samples[..., 3] > 8000].max() <= 5
    other = read(by_tifffile(samples, photometric="rgb", extrasamples=["unspecified"]))
    assert other.alpha is None and np.array_equal(other.samples, samples[..., :3]) and "transparency" in other.notes[0]


@pytest.mark.parametrize("depth", [8, 16])
def test_ink(depth, read, magick):
    samples = picture(depth, 5)
    data = by_tifffile(samples[..., :4], photometric="separated")
    decoded = read(data)
    assert decoded.alpha is None and np.array_equal(decoded.samples, samples[..., :4])
    assert np.array_equal(magick(data, samples.shape[:2], "cmyk"), in_sixteen(samples[..., :4]))
    clear = read(by_tifffile(samples, photometric="separated", extrasamples=["unassalpha"]))
    assert np.array_equal(clear.samples, samples[..., :4]) and np.array_equal(clear.alpha, samples[..., 4])


def test_grey_palettes_and_single_bits(read):
    grey = picture(16, 1)[..., 0]
    assert np.array_equal(read(by_tifffile(grey, photometric="minisblack")).samples[..., 0], grey)
    assert np.array_equal(read(by_tifffile(grey, photometric="miniswhite")).samples[..., 0], 65535 - grey)
    colours = np.random.default_rng(0).integers(0, 256, (3, 256))
    numbers = picture(8, 1)[..., 0]
    for step in (1, 256, 257):  # as writers have it, right and wrong
        data = by_tifffile(numbers, photometric="palette", colormap=(colours * step).astype(np.uint16))
        assert np.array_equal(read(data).samples, np.moveaxis(colours[:, numbers], 0, 2)), step
    bits = Pillow.fromarray(numbers).convert("1")
    for compression in ("group4", "tiff_lzw", None):
        decoded = read(by_pillow(bits, "TIFF", compression=compression))
        assert np.array_equal(decoded.samples[..., 0], np.asarray(bits) * 255), compression


@pytest.mark.parametrize("bits", [2, 4, 10, 12, 14])
def test_odd_depths_fill_the_next(bits, read):
    samples = (picture(16, 1)[..., 0] >> (16 - bits)).astype(np.uint8 if bits < 8 else np.uint16)
    decoded = read(by_tifffile(samples, photometric="minisblack", bitspersample=bits))
    full = 255 if bits < 8 else 65535
    assert decoded.bits == max(bits, 8)
    assert np.array_equal(decoded.samples[..., 0], np.round(samples * (full / ((1 << bits) - 1))))


def test_jpeg_inside_and_plain_ycbcr(read):
    samples = picture(grain=0)
    decoded = read(by_tifffile(samples, photometric="rgb", compression="jpeg", compressionargs={"level": 98}))
    assert np.abs(decoded.samples.astype(int) - samples).mean() < 2
    ycbcr = Pillow.fromarray(samples).convert("YCbCr")
    decoded = read(by_pillow(ycbcr, "TIFF"))
    assert np.abs(decoded.samples.astype(int) - samples).max() <= 3


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("photometric", ["cielab", "icclab"])
def test_lab_is_what_littlecms_makes_of_it(kind, photometric, read):
    """A picture in sRGB goes to CIELab by LittleCMS and comes back by the file."""
    rgb = Pillow.fromarray(picture())
    lab_profile = ImageCms.createProfile("LAB")
    lab = np.asarray(ImageCms.profileToProfile(rgb, ImageCms.createProfile("sRGB"), lab_profile, outputMode="LAB"))
    lab = lab.astype(np.float32) if lab.dtype != np.float32 else lab
    numbers = np.dstack([lab[..., 0] / 2.55, lab[..., 1:].astype(np.uint8).view(np.int8)])
    if kind == np.float32:
        stored = numbers.astype(np.float32)
    elif photometric == "cielab":
        hues = np.round(numbers[..., 1:] * (256 if kind == np.uint16 else 1)).astype(np.int16)
        hues = hues.view(np.uint16) if kind == np.uint16 else hues.astype(np.int8).view(np.uint8)
        stored = np.dstack([np.round(numbers[..., 0] / 100 * np.iinfo(kind).max).astype(kind), hues])
    else:
        hues = np.round((numbers[..., 1:] + 128) * (257 if kind == np.uint16 else 1)).astype(kind)
        stored = np.dstack([np.round(numbers[..., 0] / 100 * np.iinfo(kind).max).astype(kind), hues])
    decoded = read(by_tifffile(stored, photometric=photometric))
    seen = Space.of(decoded.profile, 3).to_working(to_float(decoded.samples))
    assert decoded.samples.dtype == kind and "ProPhoto" in decoded.notes[0]
    assert np.abs(seen - picture() / 255).mean() < 0.02


def test_the_photo_is_the_first_page_that_is_no_smaller_copy(read):
    out = io.BytesIO()
    with tifffile.TiffWriter(out) as writer:
        writer.write(picture(size=(20, 10)), photometric="rgb", subfiletype=1, metadata=None)
        writer.write(picture(), photometric="rgb", metadata=None)
        writer.write(picture(size=(30, 30)), photometric="rgb", metadata=None)
    assert np.array_equal(read(out.getvalue()).samples, picture())


@pytest.mark.parametrize("turn", range(1, 9))
def test_it_stands_upright(turn, tmp_path, read):
    upright = picture()
    away = Pillow.fromarray(upright)
    if turn > 1:
        away = away.transpose(Pillow.Transpose({2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[turn]))
    tag = (274, 3, 1, turn, True)
    data = by_tifffile(np.asarray(away), photometric="rgb", iccprofile=SRGB.profile, extratags=[tag])
    decoded = read(data)
    assert np.array_equal(decoded.samples, upright) and decoded.profile == SRGB.profile
    assert size_of(tmp_path / "photo.bin") == upright.shape[1::-1]


def patched(data, tag, value):
    """A little-endian TIFF with the first number of a tag's entry changed."""
    at = data.index(struct.pack("<HH", tag, 4))
    return data[: at + 8] + struct.pack("<I", value) + data[at + 12 :]


def test_what_is_missing_is_an_error_and_not_black(read):
    data = by_tifffile(picture(16), photometric="rgb")
    cut = data[: len(data) - 5000]
    for bad in (cut, patched(data, 273, 0), patched(data, 273, 1 << 30), patched(data, 279, 1 << 30), data[:12]):
        with pytest.raises(PhotoError, match="damaged or cut short"):
            read(bad)
    tiles = by_tifffile(picture(16), photometric="rgb", tile=(32, 32), compression="deflate")
    with pytest.raises(PhotoError, match="damaged or cut short"):
        read(tiles[: len(tiles) - 100])


def test_what_is_no_photo(read):
    with pytest.raises(PhotoError, match="not numbers"):
        read(by_tifffile(np.full((9, 9, 3), np.nan, np.float32), photometric="rgb"))
    with pytest.raises(PhotoError, match="not numbers"):
        read(by_tifffile(np.full((9, 9, 3), 1e300), photometric="rgb"))
    with pytest.raises(PhotoError, match="int32"):
        read(by_tifffile(np.zeros((9, 9, 3), np.int32), photometric="rgb"))


PAGES = {
    "a picture": (picture()[::-1], {"photometric": "rgb"}, True),
    "a page of several": (picture()[::-1], {"photometric": "rgb", "subfiletype": 2}, True),
    "a copy": (picture()[::-1], {"photometric": "rgb", "subfiletype": 1}, False),
    "a mask": (picture()[..., 0] > 99, {"photometric": "mask", "subfiletype": 4}, False),
    "a thumbnail": (picture(size=(20, 10)), {"photometric": "rgb"}, False),
}


@pytest.mark.parametrize("name", PAGES)
def test_several_pages_are_told_of(name, read):
    second, settings, told = PAGES[name]
    out = io.BytesIO()
    with tifffile.TiffWriter(out) as writer:
        writer.write(picture(), photometric="rgb", metadata=None)
        writer.write(second, metadata=None, **settings)
    decoded = read(out.getvalue())
    assert np.array_equal(decoded.samples, picture())
    assert decoded.notes == (("It holds several pages, of which this is the first.",) if told else ())
