"""Encoding: what a format cannot hold and the memory it takes."""

import io
import tracemalloc

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.cms import decode as linear
from editor.core.color import SRGB
from editor.core.encode import Layout, encode, quantisation
from editor.core.formats import FORMATS, to_float
from editor.core.job import Job
from tests.fuzz.corpus import picture

KINDS = {kind.name: kind for kind in FORMATS}


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


@pytest.mark.parametrize("model", ["GRAY", "RGB", "CMYK"])
def test_black_and_white_come_back_from_jpeg_at_every_quality(model):
    mode = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}[model]
    for quality in range(1, 101):
        tables = quantisation(quality, model)
        for value in (0, 255):
            file = io.BytesIO()
            whole = (value,) * len(mode) if mode != "L" else value
            Pillow.new(mode, (40, 24), whole).save(file, "JPEG", qtables=tables, subsampling=0)
            with Pillow.open(file) as made:
                assert (np.asarray(made) == value).all(), quality


def test_from_a_quality_of_73_on_jpeg_has_the_usual_tables():
    picture = Pillow.fromarray(np.random.default_rng(0).integers(0, 256, (40, 40, 3), np.uint8))
    for quality in range(73, 101):
        usual, file = io.BytesIO(), io.BytesIO()
        picture.save(usual, "JPEG", quality=quality)
        picture.save(file, "JPEG", qtables=quantisation(quality, "CMYK"))
        assert file.getvalue() == usual.getvalue()
