"""AVIF and HEIC, read."""

import io
import struct

import imagecodecs
import numpy as np
import pillow_heif
import pytest
from PIL import Image as Pillow

from editor.core.cms import decode
from editor.core.color import DISPLAY_P3, Space
from editor.core.formats import PhotoError
from editor.core.icc import profile_name
from editor.core.read import draft, size_of, thumbnail
from tests.fuzz.corpus import by_pillow, exif, heic, picture

UPRIGHT = np.zeros((64, 96, 3), np.uint8)
UPRIGHT[:32, :48], UPRIGHT[:32, 48:], UPRIGHT[32:, :48] = (250, 0, 0), (0, 250, 0), (0, 0, 250)
AWAY = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}


def avif(samples, bits, **settings):
    return bytes(imagecodecs.avif_encode(samples, level=100, bitspersample=bits, matrix=0, speed=9, **settings))


def full(samples, bits):
    return samples if bits == 8 else np.round(samples * (65535 / ((1 << bits) - 1))).astype(np.uint16)


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("bits", [8, 10, 12])
@pytest.mark.parametrize("kind", ["avif", "heic"])
def test_every_sample_of_every_depth_comes_through(kind, bits, channels, read):
    samples = picture(bits, channels)
    mode = "RGB"[: min(channels, 3)] + "A" * (channels == 4) + (";16" if bits > 8 else "")
    decoded = read(avif(samples, bits, pixelformat="444") if kind == "avif" else heic(samples, bits, mode))
    assert decoded.bits == bits and decoded.samples.dtype == (np.uint8 if bits == 8 else np.uint16)
    assert np.array_equal(decoded.samples, full(samples[..., :3], bits))
    assert (decoded.alpha is None) == (channels == 3)
    assert decoded.alpha is None or np.array_equal(decoded.alpha, full(samples[..., 3], bits))


@pytest.mark.parametrize("kind", ["avif", "heic"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_it_is_turned_once(kind, turn, tmp_path, read):
    """The writers say the turn in the container and in EXIF; only the first is to be followed."""
    away = Pillow.fromarray(UPRIGHT)
    if turn > 1:
        away = away.transpose(Pillow.Transpose(AWAY[turn]))
    if kind == "avif":
        data = by_pillow(away, "AVIF", quality=95, exif=exif(turn))
    else:
        pillow_heif.register_heif_opener()
        data = by_pillow(away, "HEIF", quality=95, exif=exif(turn))
        assert turn == 1 or b"irot" in data or b"imir" in data
    decoded = read(data)
    assert decoded.samples.shape == UPRIGHT.shape and size_of(tmp_path / "photo.bin") == (96, 64)
    assert np.abs(decoded.samples.astype(int) - UPRIGHT).mean() < 4


def test_a_crop_is_followed(read, tmp_path):
    """A clean aperture (clap) of 40 x 30 px, its middle 5 to the left of and 3 above the picture's."""
    data = avif(UPRIGHT, 8, pixelformat="444")
    clap = struct.pack(">I4s8i", 40, b"clap", 40, 1, 30, 1, -5, 1, -3, 1)
    decoded = read(with_property(data, clap))
    assert size_of(tmp_path / "photo.bin") == (40, 30)
    assert np.array_equal(decoded.samples, UPRIGHT[14:44, 23:63])


def with_property(data, box):
    """An AVIF file with one more property, for the item whose properties are listed first."""
    ipco, ipma = data.index(b"ipco") - 4, data.index(b"ipma") - 4
    number = 0
    at = ipco + 8
    while at < ipco + int.from_bytes(data[ipco : ipco + 4], "big"):
        at, number = at + int.from_bytes(data[at : at + 4], "big"), number + 1
    count = ipma + 4 + 4 + 4 + 4 + 2
    changed = bytearray(data)
    changed[count] += 1
    end = count + 1 + data[count]
    changed[end:end] = bytes([0x80 | (number + 1)])
    changed[at:at] = box
    longer = len(box) + 1
    sizes = {"meta": longer, "iprp": longer, "ipco": len(box), "ipma": 1}
    for name, more in sizes.items():
        place = changed.index(name.encode()) - 4
        changed[place : place + 4] = (int.from_bytes(changed[place : place + 4], "big") + more).to_bytes(4, "big")
    return bytes(_moved(changed, longer))


def _moved(data, by):
    """The offsets in `iloc` (version 0, four bytes each, one extent) moved along."""
    at = data.index(b"iloc") + 4
    assert data[at] == 0 and data[at + 4] >> 4 == 4
    base, index = data[at + 5] >> 4, at + 8
    for _ in range(int.from_bytes(data[at + 6 : at + 8], "big")):
        place = index + 4 + base + 2
        data[place : place + 4] = (int.from_bytes(data[place : place + 4], "big") + by).to_bytes(4, "big")
        index = place + 8
    return data


@pytest.mark.parametrize("kind", ["avif", "heic"])
def test_colours_by_profile_and_by_number(kind, read):
    rgb = Pillow.fromarray(picture())
    if kind == "avif":
        embedded = by_pillow(rgb, "AVIF", icc_profile=DISPLAY_P3.profile)
        numbered = avif(picture(), 8, pixelformat="444", primaries=12, transfer=13)
    else:
        out = io.BytesIO()
        pillow_heif.from_pillow(rgb).save(out, icc_profile=DISPLAY_P3.profile)
        embedded = out.getvalue()
        numbered = heic(picture(), 8, "RGB", color_primaries=12, transfer_characteristics=13)
    assert read(embedded).profile == DISPLAY_P3.profile
    decoded = read(numbered)
    assert profile_name(decoded.profile) == "Display P3" and not decoded.notes
    pixels = picture(32)
    ours, theirs = (Space.of(p, 3).to_working(pixels) for p in (decoded.profile, DISPLAY_P3.profile))
    assert np.abs(ours - theirs).max() < 1e-3


@pytest.mark.parametrize("kind", ["avif", "heic"])
def test_hdr_becomes_light(kind, read):
    """Code 0.5806 of SMPTE ST 2084 is white (203 cd/m2)."""
    samples = np.full((64, 64, 3), round(0.5806 * 1023), np.uint16)
    if kind == "avif":
        data = avif(samples, 10, pixelformat="444", primaries=9, transfer=16)
    else:
        data = heic(samples, 10, "RGB;16", color_primaries=9, transfer_characteristics=16)
    decoded = read(data)
    assert decoded.bits == 32 and "HDR" in decoded.notes[0]
    seen = decode(Space.of(decoded.profile, 3).to_working(decoded.samples))
    assert np.allclose(seen, 1, atol=0.01)


def test_moving_avif_gives_its_first_frame(read):
    first = Pillow.fromarray(UPRIGHT)
    data = by_pillow(first, "AVIF", quality=95, save_all=True, append_images=[first.rotate(180)])
    decoded = read(data)
    assert np.abs(decoded.samples.astype(int) - UPRIGHT).mean() < 4 and "first" in decoded.notes[0]


def test_heic_previews_serve_as_drafts(tmp_path):
    path = tmp_path / "a.heic"
    pillow_heif.from_pillow(Pillow.fromarray(UPRIGHT).resize((960, 640))).save(path, thumbnails=[480, 240])
    drafts = [draft(path, longest) for longest in (100, 300, 600)]
    assert [seen and max(seen.samples.shape) for seen in drafts] == [240, 480, None]
    small = thumbnail(path, 48)
    assert np.abs(small.samples.astype(int) - UPRIGHT[::2, ::2]).mean() < 6


@pytest.mark.parametrize("kind", ["avif", "heic"])
def test_damage_is_told(kind, read):
    data = avif(UPRIGHT, 8) if kind == "avif" else heic(UPRIGHT, 8, "RGB")
    for bad in (data[: len(data) - 100], data[:60], data[:20], data.replace(b"ispe", b"xxxx")):
        with pytest.raises(PhotoError, match="damaged or cut short"):
            read(bad)
