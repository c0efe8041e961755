"""JPEG, read."""

import io

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.color import ADOBE_RGB, DISPLAY_P3
from editor.core.formats import PhotoError
from editor.core.read import draft, size_of
from tests.core.read.conftest import in_sixteen
from tests.fuzz.corpus import by_pillow, exif, picture

RGB = Pillow.fromarray(picture())
KINDS = {
    "baseline": (RGB, {}, "rgb"),
    "progressive": (RGB, {"progressive": True, "subsampling": 2}, "rgb"),
    "grey": (RGB.convert("L"), {}, "gray"),
    "CMYK": (RGB.convert("CMYK"), {}, "cmyk"),
    "restarts": (RGB, {"restart_marker_blocks": 3}, "rgb"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_what_other_readers_see(kind, read, magick):
    picture, settings, channels = KINDS[kind]
    data = by_pillow(picture, "JPEG", quality=92, icc_profile=DISPLAY_P3.profile, **settings)
    decoded = read(data)
    assert (decoded.bits, decoded.alpha, decoded.profile) == (8, None, DISPLAY_P3.profile)
    with Pillow.open(io.BytesIO(data)) as file:
        other = np.asarray(file)
    other = other[..., None] if other.ndim == 2 else other
    assert np.abs(decoded.samples.astype(int) - other).max() <= 1
    other = magick(data, decoded.samples.shape[:2], channels).astype(int)
    assert np.abs(in_sixteen(decoded.samples).astype(int) - other).max() <= 5 * 257


def test_no_ink_is_zero(read):
    data = by_pillow(Pillow.new("CMYK", (16, 16), (0, 0, 0, 0)), "JPEG")
    assert read(data).samples.max() <= 1


def test_ycck_comes_as_ink(read):
    ink = picture(channels=4, grain=0)
    data = bytes(
        imagecodecs.jpeg8_encode(255 - ink, level=98, colorspace="CMYK", outcolorspace="YCCK", subsampling="444")
    )
    assert np.abs(read(data).samples.astype(int) - ink).mean() < 3


def test_twelve_bits_stay(read):
    samples = picture(12, grain=0)
    decoded = read(bytes(imagecodecs.jpeg8_encode(samples, level=98, bitspersample=12)))
    assert decoded.bits == 12 and decoded.samples.dtype == np.uint16
    assert np.abs(decoded.samples / 65535 - samples / 4095).mean() < 0.01


@pytest.mark.parametrize("turn", range(1, 9))
def test_it_stands_upright(turn, tmp_path, read):
    upright = np.zeros((32, 48, 3), np.uint8)
    upright[:16, :24], upright[:16, 24:], upright[16:, :24] = (250, 0, 0), (0, 250, 0), (0, 0, 250)
    away = Pillow.fromarray(upright)
    if turn > 1:
        away = away.transpose(Pillow.Transpose({2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[turn]))
    decoded = read(by_pillow(away, "JPEG", quality=98, subsampling=0, exif=exif(turn)))
    assert decoded.metadata.orientation == turn
    assert np.abs(decoded.samples.astype(int) - upright).max() < 12
    path = tmp_path / "photo.bin"
    assert size_of(path) == (48, 32)
    small = draft(path, 24)
    assert np.abs(small.samples.astype(int) - upright[::2, ::2]).max() < 12


def test_a_draft_is_at_least_as_long_as_asked_and_a_half_a_quarter_or_an_eighth(tmp_path):
    path = tmp_path / "a.jpg"
    RGB.resize((1200, 800)).save(path)
    lengths = {longest: max(draft(path, longest).samples.shape) for longest in (100, 150, 151, 300, 301, 1200, 5000)}
    assert lengths == {100: 150, 150: 150, 151: 300, 300: 300, 301: 600, 1200: 1200, 5000: 1200}
    RGB.convert("CMYK").save(path)
    assert np.abs(draft(path, 5000).samples.astype(int) - np.asarray(RGB.convert("CMYK"))).mean() < 6


def test_adobe_rgb_that_only_exif_tells_of(read):
    """DCF 2.0: uncalibrated, and R03 in the interoperability directory; or 2, as Adobe has it."""
    for space, rule, wanted in ((2, "", ADOBE_RGB), (65535, "R03", ADOBE_RGB), (65535, "R98", None), (1, "R98", None)):
        tags = Pillow.Exif()
        tags[0x010F] = "Packshot"
        tags.get_ifd(0x8769)[0xA001] = space
        if rule:
            tags.get_ifd(0x8769)[0xA005] = {1: rule}
        decoded = read(by_pillow(RGB, "JPEG", exif=tags.tobytes()))
        assert decoded.profile == (wanted and wanted.profile), (space, rule)
        decoded = read(by_pillow(RGB, "JPEG", exif=tags.tobytes(), icc_profile=DISPLAY_P3.profile))
        assert decoded.profile == DISPLAY_P3.profile


@pytest.mark.parametrize("left", [-2, -300, 700, 100, 3])
def test_a_cut_file_is_an_error_and_not_half_grey(left, read):
    data = by_pillow(RGB, "JPEG", quality=95)
    with pytest.raises(PhotoError, match="damaged or cut short"):
        read(data[:left])


def test_a_thumbnail_does_not_end_the_picture(read):
    """The end marker of the JPEG inside EXIF is not that of the photo."""
    inside = b"Exif\0\0" + by_pillow(RGB.resize((16, 16)), "JPEG")
    data = by_pillow(RGB, "JPEG", quality=95, exif=inside)
    with pytest.raises(PhotoError, match="damaged or cut short"):
        read(data[:-300])


def test_absurd_numbers_of_scans_are_refused(read):
    data = by_pillow(RGB, "JPEG", progressive=True)
    scan = data.rindex(b"\xff\xda")
    with pytest.raises(PhotoError, match="more than 200 scans"):
        read(data[:scan] + data[scan:-2] * 300 + data[-2:])
