"""PSD and PSB, read."""

import struct

import numpy as np
import pytest
from PIL import Image as Pillow
from psd_tools import PSDImage

from editor.core.color import DISPLAY_P3
from editor.core.formats import PhotoError
from editor.core.read import size_of
from tests.core.read.conftest import in_sixteen
from tests.fuzz.corpus import picture, psd, resource, transparent_layers

GREY, INDEXED, RGB, CMYK = 1, 2, 3, 4


@pytest.mark.parametrize("big", [False, True], ids=["PSD", "PSB"])
@pytest.mark.parametrize("packed", [False, True], ids=["raw", "PackBits"])
@pytest.mark.parametrize("depth", [8, 16, 32])
@pytest.mark.parametrize(("mode", "channels"), [(GREY, 1), (RGB, 3)])
def test_every_sample_comes_through(mode, channels, depth, packed, big, tmp_path, read, magick):
    samples = picture(depth, channels)
    data = psd(samples, mode, resources=resource(1039, DISPLAY_P3.profile), packed=packed, big=big)
    decoded = read(data)
    assert decoded.bits == depth and decoded.alpha is None and decoded.profile == DISPLAY_P3.profile
    assert np.array_equal(decoded.samples, samples) and size_of(tmp_path / "photo.bin") == samples.shape[1::-1]
    if depth < 32:
        assert np.array_equal(magick(data, samples.shape[:2], "gray" if mode == GREY else "rgb"), in_sixteen(samples))


@pytest.mark.parametrize("depth", [8, 16])
def test_ink_is_stored_the_other_way_round(depth, read, magick):
    stored = picture(depth, 4)
    data = psd(stored, CMYK)
    assert np.array_equal(read(data).samples, np.iinfo(stored.dtype).max - stored)
    assert np.array_equal(magick(data, stored.shape[:2], "cmyk"), 65535 - in_sixteen(stored))


def merged(samples):
    """Colours as Photoshop lays them on white."""
    full = np.iinfo(samples.dtype).max
    cover = samples[..., 3:] / full
    laid = np.round(samples[..., :3] * cover + full * (1 - cover)).astype(samples.dtype)
    return np.dstack([laid, samples[..., 3]])


def tagged(key):
    """A layer section without layers, but with the block that says that the composite has transparency."""
    inner = struct.pack(">II4s4sI", 0, 0, b"8BIM", key, 0)
    return inner


@pytest.mark.parametrize(
    ("depth", "layers"), [(8, transparent_layers()), (16, tagged(b"Mt16")), (16, transparent_layers())]
)
def test_transparency_is_taken_off_white(depth, layers, read):
    samples = picture(depth, 4)
    decoded = read(psd(merged(samples), RGB, layers))
    assert np.array_equal(decoded.alpha, samples[..., 3])
    solid = samples[..., 3] > np.iinfo(samples.dtype).max / 2
    assert np.abs(decoded.samples.astype(int) - samples[..., :3])[solid].max() <= 2


def test_a_saved_selection_is_no_transparency(read):
    samples = picture(8, 4)
    decoded = read(psd(samples, RGB))
    assert decoded.alpha is None and np.array_equal(decoded.samples, samples[..., :3])


def test_palettes(read):
    numbers = picture(8, 1)
    colours = np.random.default_rng(0).integers(0, 256, (256, 3), np.uint8)
    assert np.array_equal(read(psd(numbers, INDEXED, palette=colours.T.tobytes())).samples, colours[numbers[..., 0]])


def test_what_another_library_writes(tmp_path, read):
    PSDImage.frompil(Pillow.fromarray(picture())).save(tmp_path / "a.psd")
    assert np.array_equal(read((tmp_path / "a.psd").read_bytes()).samples, picture())


def test_without_a_composite_it_is_said(read):
    version = struct.pack(">IB", 1, 0) + struct.pack(">I", 0) * 2 + struct.pack(">I", 1)
    with pytest.raises(PhotoError, match="without its composite"):
        read(psd(picture(), RGB, resources=resource(1057, version)))
    with pytest.raises(PhotoError, match="mode multichannel"):
        read(psd(picture(), 7))


def test_damage_is_told(read):
    data = psd(picture(), RGB, transparent_layers())
    for bad in (data[: len(data) // 2], data[:40], data[:20], data[:100] + bytes(9000)):
        with pytest.raises(PhotoError, match="damaged or cut short"):
            read(bad)
