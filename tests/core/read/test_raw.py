"""Camera RAW, read: DNG files that the tests write themselves."""

import io

import numpy as np
import pytest
import tifffile

from editor.core.cms import decode
from editor.core.color import PROPHOTO, Space
from editor.core.formats import PhotoError, to_float
from editor.core.read import draft, size_of, thumbnail
from tests.fuzz.corpus import by_tifffile, dng

PATCHES = ((0.6, 0.1, 0.1), (0.1, 0.6, 0.1), (0.1, 0.1, 0.6), (0.5, 0.5, 0.5))


def scene():
    """Linear light: red, green, blue and grey quarters, (128, 192, 3)."""
    light = np.zeros((128, 192, 3))
    light[:64, :96], light[:64, 96:], light[64:, :96], light[64:, 96:] = PATCHES
    return light


def light_of(decoded):
    return decode(Space.of(decoded.profile, 3).to_working(to_float(decoded.samples)))


def test_colours_are_those_of_the_scene_in_sixteen_bits(read):
    decoded = read(dng(scene()))
    assert decoded.raw and decoded.bits == 16 and decoded.samples.dtype == np.uint16
    assert decoded.profile == PROPHOTO.profile and decoded.alpha is None
    seen = light_of(decoded)
    for (row, column), wanted in zip(((32, 48), (32, 144), (96, 48), (96, 144)), PATCHES, strict=True):
        assert np.allclose(seen[row, column], wanted, atol=0.002)


@pytest.mark.parametrize(("turn", "quarters"), [(1, 0), (3, 2), (6, -1), (8, 1)])
def test_it_is_turned_once(turn, quarters, tmp_path, read):
    data = dng(scene(), turn)
    wanted = np.rot90(scene(), quarters)
    seen = light_of(read(data))
    assert seen.shape == wanted.shape and size_of(tmp_path / "photo.bin") == wanted.shape[1::-1]
    assert np.allclose(seen[16, 16], wanted[16, 16], atol=0.002) and np.allclose(
        seen[-16, 16], wanted[-16, 16], atol=0.002
    )
    small = draft(tmp_path / "photo.bin", 60)
    assert small.raw and np.allclose(light_of(small)[8, 8], wanted[16, 16], atol=0.002)


def test_half_the_size_does_for_a_draft_where_that_is_long_enough(tmp_path):
    path = tmp_path / "a.dng"
    path.write_bytes(dng(scene()))
    assert max(draft(path, 96).samples.shape) == 96 and draft(path, 97) is None
    assert thumbnail(path, 24).samples.shape == (16, 24, 3)


@pytest.mark.parametrize("settings", [{"rowsperstrip": 128}, {"tile": (64, 64)}], ids=["strip", "tiles"])
def test_the_lossless_jpeg_of_most_dng_files(settings, read):
    packed = dng(scene(), compression="jpeg", compressionargs={"lossless": True, "bitspersample": 14}, **settings)
    assert len(packed) < len(dng(scene())) * 0.7
    assert np.array_equal(read(packed).samples, read(dng(scene())).samples)


def test_a_tiff_is_no_raw(read):
    assert not read(by_tifffile(np.zeros((9, 9, 3), np.uint8), photometric="rgb")).raw


def test_damage_is_told(read):
    data = dng(scene())
    for bad in (data[: len(data) // 2], data[:-10], data[:200]):
        with pytest.raises(PhotoError, match="damaged or cut short"):
            read(bad)
    with pytest.raises(PhotoError, match="of a camera that this version of LibRaw does not know"):
        read(b"FUJIFILMCCD-RAW " + bytes(4000))


def test_what_the_test_writes_is_a_colour_filter():
    with tifffile.TiffFile(io.BytesIO(dng(scene()))) as file:
        assert file.pages[0].tags[262].value == 32803
