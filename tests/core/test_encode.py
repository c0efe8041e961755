"""Encoding: what a format cannot hold, the memory it takes, and JPEGs coded like the one they come from."""

import io
import tracemalloc

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.cms import decode as linear
from editor.core.color import SRGB
from editor.core.encode import Layout, encode, encode_like
from editor.core.formats import FORMATS, to_float
from editor.core.job import Job
from editor.core.read import decode
from tests.fuzz.corpus import by_pillow, picture

KINDS = {kind.name: kind for kind in FORMATS}
TURNS = range(2, 9)


def encoded(name, samples, depth="8", **settings):
    file = io.BytesIO()
    height, width, channels = samples.shape
    layout = Layout((width, height), depth, channels == 4, SRGB, **settings)
    encode(file, KINDS[name], layout, iter([samples]), Job())
    return file.getvalue()


@pytest.mark.parametrize(("name", "most"), [("JPEG", "65,500"), ("WebP", "16,383"), ("AVIF", "65,536")])
@pytest.mark.parametrize("turned", [False, True])
def test_a_side_longer_than_the_format_holds_is_told_before_anything_is_cooked(name, most, turned):
    size = (10, 70_000) if turned else (70_000, 10)

    def cooked():
        raise AssertionError("cooked")
        yield

    with pytest.raises(
        ValueError, match=f"^{name} holds at most {most} pixels a side; this is {size[0]:,} x {size[1]:,}$"
    ):
        encode(io.BytesIO(), KINDS[name], Layout(size, "8", False, SRGB), cooked(), Job())


@pytest.mark.parametrize("name", ["JPEG", "WebP"])
def test_the_longest_side_is_held(name):
    samples = np.full((1, KINDS[name].most_side, 3), 90, np.uint8)
    with Pillow.open(io.BytesIO(encoded(name, samples))) as seen:
        assert seen.size == (KINDS[name].most_side, 1)


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("depth", ["16", "float"])
def test_jxl_is_coded_from_linear_light_with_alpha_as_it_is(depth, channels, monkeypatch):
    given = picture(32 if depth == "float" else 16, channels, (50, 150))
    coded = {}

    def seen(data, **options):
        coded["data"] = data.copy()
        return real(data, **options)

    real = imagecodecs.jpegxl_encode
    monkeypatch.setattr(imagecodecs, "jpegxl_encode", seen)
    before = given.copy()
    encoded("JXL", given, depth)
    assert np.array_equal(given, before)
    expected = linear(to_float(given[..., :3]))
    tolerance = 1e-6 if depth == "float" else 1 / 65535
    assert np.abs(to_float(coded["data"][..., :3]) - expected).max() <= tolerance
    assert np.array_equal(coded["data"][..., 3:], given[..., 3:])


@pytest.mark.parametrize("depth", ["16", "float"])
def test_jxl_needs_no_more_memory_than_the_picture(depth):
    bands = np.zeros((2000, 500, 3), np.float32 if depth == "float" else np.uint16)
    encoded("JXL", bands[:4], depth)
    tracemalloc.start()
    try:
        encoded("JXL", bands, depth)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < bands.nbytes * 1.5 + 3_000_000


@pytest.fixture
def turned(tmp_path):
    """A JPEG by Pillow that lies turned: its path, and what it shows upright."""

    def made(turn, size=(160, 96), mode="RGB", **settings):
        smooth = Pillow.fromarray(picture(size=(size[0] // 8, size[1] // 8), grain=0.6)).resize(size, 3).convert(mode)
        exif = Pillow.Exif()
        exif[0x112] = turn
        path = tmp_path / "turned.jpg"
        path.write_bytes(by_pillow(smooth, "JPEG", exif=exif, **settings))
        return path, decode(path).samples

    return made


def like(path, samples, **settings):
    layout = Layout(samples.shape[1::-1], "8", False, SRGB, **settings)
    return encode_like(path, samples, layout)


def apart(data, samples):
    return np.abs(imagecodecs.jpeg8_decode(data).reshape(samples.shape).astype(int) - samples)


@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:0"])
@pytest.mark.parametrize("turn", TURNS)
def test_a_turned_jpeg_is_coded_by_its_own_tables_and_chroma(turn, subsampling, turned):
    tables = [[4 + at % 8 + at // 8 * 2 for at in range(64)], [5 + at % 8 + at // 8 * 3 for at in range(64)]]
    path, samples = turned(turn, qtables=tables, subsampling=subsampling)
    data = like(path, samples)
    with Pillow.open(io.BytesIO(data)) as seen, Pillow.open(path) as source:
        assert seen.size == samples.shape[1::-1] and not seen.info.get("exif")
        expected = [np.reshape(tables[at], (8, 8)) for at in (0, 1)]
        expected = [table.T if turn > 4 else table for table in expected]
        for _, _, _, number in seen.layer[:2]:
            assert np.array_equal(np.reshape(seen.quantization[number], (8, 8)), expected[number])
        assert [part[1:3] for part in seen.layer] == [part[1:3] for part in source.layer]
    usual = by_pillow(Pillow.fromarray(samples), "JPEG", quality=100, subsampling=0)
    assert apart(data, samples).mean() < min(0.2, apart(usual, samples).mean()) and len(data) < len(usual) / 2


@pytest.mark.parametrize(
    ("settings", "size"),
    [({"subsampling": "4:2:2"}, (160, 96)), ({"subsampling": "4:2:0"}, (168, 104)), ({}, (163, 99))],
)
@pytest.mark.parametrize("turn", TURNS)
def test_what_cannot_lie_in_the_same_blocks_is_coded_finely(turn, settings, size, turned):
    path, samples = turned(turn, size, quality=80, **settings)
    data = like(path, samples)
    usual = by_pillow(Pillow.fromarray(samples), "JPEG", quality=95, subsampling=0)
    assert apart(data, samples).mean() < min(0.6, apart(usual, samples).mean())
    with Pillow.open(io.BytesIO(data)) as seen:
        assert {part[1:3] for part in seen.layer} == {(1, 1)}


def test_grey_and_progressive_stay_so(turned):
    path, samples = turned(6, mode="L", progressive=True)
    with Pillow.open(io.BytesIO(like(path, samples))) as seen:
        assert seen.mode == "L" and seen.info["progressive"]
    path, samples = turned(6, mode="L")
    plain, asked = like(path, samples), like(path, samples, progressive=True)
    with Pillow.open(io.BytesIO(plain)) as one, Pillow.open(io.BytesIO(asked)) as other:
        assert not one.info.get("progressive") and other.info["progressive"]
    assert apart(plain, samples).mean() < 0.1


def test_what_is_not_that_jpeg_is_not_coded_like_it(turned, tmp_path):
    path, samples = turned(6)
    assert like(path, samples) and like(path, 255 - samples) is None
    assert like(path, samples[:-1]) is None and like(path, samples.astype(np.uint16)) is None
    damaged = tmp_path / "damaged.jpg"
    damaged.write_bytes(path.read_bytes()[:400])
    other = tmp_path / "other.jpg"
    other.write_bytes(by_pillow(Pillow.fromarray(samples), "PNG"))
    rgb = tmp_path / "rgb.jpg"
    rgb.write_bytes(by_pillow(Pillow.fromarray(samples), "JPEG", keep_rgb=True))
    cmyk = tmp_path / "cmyk.jpg"
    cmyk.write_bytes(by_pillow(Pillow.new("CMYK", (16, 16)), "JPEG"))
    for each in (damaged, other, rgb, cmyk, tmp_path / "none.jpg"):
        assert like(each, samples) is None, each
