"""A JPEG that lay turned is coded like the one it comes from; other files are tried in tests/roundtrip."""

import io

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.read import decode
from editor.core.untouched import upright_jpeg
from tests.fuzz.corpus import by_pillow, picture

TURNS = range(2, 9)


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


def apart(data, samples):
    return np.abs(imagecodecs.jpeg8_decode(data).reshape(samples.shape).astype(int) - samples)


@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:0"])
@pytest.mark.parametrize("turn", TURNS)
def test_a_turned_jpeg_is_coded_by_its_own_tables_and_chroma(turn, subsampling, turned):
    tables = [[4 + at % 8 + at // 8 * 2 for at in range(64)], [5 + at % 8 + at // 8 * 3 for at in range(64)]]
    path, samples = turned(turn, qtables=tables, subsampling=subsampling)
    data = upright_jpeg(path, samples)
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
    data = upright_jpeg(path, samples)
    usual = by_pillow(Pillow.fromarray(samples), "JPEG", quality=95, subsampling=0)
    assert apart(data, samples).mean() < min(0.6, apart(usual, samples).mean())
    with Pillow.open(io.BytesIO(data)) as seen:
        assert {part[1:3] for part in seen.layer} == {(1, 1)}


def test_grey_and_progressive_stay_so(turned):
    path, samples = turned(6, mode="L", progressive=True)
    with Pillow.open(io.BytesIO(upright_jpeg(path, samples))) as seen:
        assert seen.mode == "L" and seen.info["progressive"]
    path, samples = turned(6, mode="L")
    plain = upright_jpeg(path, samples)
    with Pillow.open(io.BytesIO(plain)) as seen:
        assert not seen.info.get("progressive")
    assert apart(plain, samples).mean() < 0.1


def test_what_is_not_that_jpeg_is_not_coded_like_it(turned, tmp_path):
    path, samples = turned(6)
    assert upright_jpeg(path, samples) and upright_jpeg(path, 255 - samples) is None
    assert upright_jpeg(path, samples[:-1]) is None and upright_jpeg(path, samples.astype(np.uint16)) is None
    damaged = tmp_path / "damaged.jpg"
    damaged.write_bytes(path.read_bytes()[:400])
    other = tmp_path / "other.jpg"
    other.write_bytes(by_pillow(Pillow.fromarray(samples), "PNG"))
    rgb = tmp_path / "rgb.jpg"
    rgb.write_bytes(by_pillow(Pillow.fromarray(samples), "JPEG", keep_rgb=True))
    cmyk = tmp_path / "cmyk.jpg"
    cmyk.write_bytes(by_pillow(Pillow.new("CMYK", (16, 16)), "JPEG"))
    for each in (damaged, other, rgb, cmyk, tmp_path / "none.jpg"):
        assert upright_jpeg(each, samples) is None, each
