"""Containers: what is embedded into a file of any kind is read back by ExifTool, and by us."""

from __future__ import annotations

import io
import struct
from contextlib import nullcontext
from dataclasses import replace

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.metadata import Metadata, embed, read_metadata, renew
from editor.core.metadata.block import Block
from tests.core.metadata.made import NOTE_AT, WHEN, bare, canon_note, drawn, jpeg, write

KINDS = ["JPEG", "PNG", "WebP", "AVIF", "JXL", "TIFF"]
SUFFIX = {"JPEG": "jpg", "PNG": "png", "WebP": "webp", "AVIF": "avif", "JXL": "jxl", "TIFF": "tif"}
GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
# of a TIFF: it has tiles and deflate, which TIFF 6.0 proper does not, and EXIF says of it what it says of JPEG files
FORGIVEN = (
    "not allowed in TIFF",
    "tag 0x0103",
    "RowsPerStrip",
    "StripOffsets",
    "StripByteCounts",
    "GPSProcessingMethod",
)
SETTINGS = {"size": (64, 48), "software": "Packshot 0.1.0", "edits": "Denoise 30 %", "when": WHEN, "srgb": True}


def coordinates(order):
    return struct.pack(order + "6I", 48, 1, 51, 1, 2951, 100), struct.pack(order + "6I", 2, 1, 17, 1, 4017, 100)


@pytest.fixture(scope="module")
def saved(camera):
    return renew(camera, thumbnail=jpeg(), digital_source_type=GENERATED, **SETTINGS)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_in_the_file(kind, saved, exiftool, complaints, tmp_path):
    path = write(tmp_path / f"a.{SUFFIX[kind]}", kind, saved)
    found = exiftool(path)
    assert found["IFD0:Make"] == "Canon" and found["IFD0:Artist"] == "Ada"
    assert found["IFD0:Orientation"] == "Horizontal (normal)"
    assert found["IFD0:Software"] == "Packshot 0.1.0" and found["IFD0:ModifyDate"] == "2026:03:04 05:06:07"
    assert found["IFD0:XResolution"] == 240 and found["IFD0:ResolutionUnit"] == "inches"
    assert found["ExifIFD:ExposureTime"] == "1/250" and found["ExifIFD:LensModel"] == "Test Lens 50mm"
    assert found["ExifIFD:DateTimeOriginal"] == "2020:01:02 03:04:05" and found["ExifIFD:ColorSpace"] == "sRGB"
    assert (found["ExifIFD:ExifImageWidth"], found["ExifIFD:ExifImageHeight"]) == (64, 48)
    assert found["Canon:OwnerName"] == "Ottilie Owner"
    assert found["GPS:GPSLatitude"] == "48 deg 51' 29.51\""
    assert found["XMP-shop:Article"] == "K-17" and found["XMP-shop:Colours"] == ["rot & blau", "緑"]
    assert found["XMP-tiff:Orientation"] == "Horizontal (normal)"
    assert found["XMP-iptcExt:DigitalSourceType"].startswith(("http", "Composite"))
    assert [event["Action"] for event in found["XMP-xmpMM:History"]] == ["saved"]
    if kind in ("JPEG", "PNG", "TIFF"):
        assert found["IPTC:Keywords"] == ["鞋子", "shoe"] and found["IPTC:By-line"] == "Ada"
    else:
        assert found["XMP-dc:Subject"] == ["鞋子", "shoe"] and found["XMP-dc:Creator"] == ["Ada"]
    assert [line for line in complaints(path) if kind != "TIFF" or not any(word in line for word in FORGIVEN)] == []
    if kind != "TIFF":
        assert exiftool(path, "ThumbnailImage") == jpeg()


@pytest.mark.parametrize("kind", KINDS)
def test_we_read_back_what_we_wrote(kind, saved, tmp_path):
    found = read_metadata(write(tmp_path / "a", kind, saved))
    assert found.exif and found.orientation == 1
    assert found.exif[NOTE_AT:].startswith(canon_note("<", NOTE_AT))
    assert found.dpi == pytest.approx((240, 240), abs=0.06)
    if kind == "TIFF":
        assert found.iptc == saved.iptc and found.xmp == saved.xmp and found.photoshop == saved.photoshop
    else:
        assert found.exif == saved.exif
    if kind in ("JPEG", "PNG"):
        assert found == replace(saved, dpi=found.dpi)


@pytest.mark.parametrize("kind", KINDS)
def test_gps_leaves_no_trace(kind, camera, exiftool, tmp_path):
    kept = write(tmp_path / "kept", kind, renew(camera, thumbnail=None, **SETTINGS)).read_bytes()
    assert all(one in kept for one in coordinates("<")) and (kind == "PNG" or b"GPSLatitude" in kept)
    stripped = renew(camera, thumbnail=None, strip=frozenset({"gps"}), **SETTINGS)
    path = write(tmp_path / f"a.{SUFFIX[kind]}", kind, stripped)
    data = path.read_bytes()
    assert not any(one in data for one in coordinates("<")) and b"48,51" not in data and b"GPSL" not in data
    found = exiftool(path)
    assert not any("GPS" in tag for tag in found) and found["Canon:OwnerName"] == "Ottilie Owner"


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_save_adds_to_the_history_and_to_nothing_else(kind, saved, exiftool, tmp_path):
    first = write(tmp_path / f"a.{SUFFIX[kind]}", kind, saved)
    again = renew(read_metadata(first), thumbnail=jpeg(24, 18), **SETTINGS | {"edits": "Crop"})
    third = renew(read_metadata(write(tmp_path / "b", kind, again)), thumbnail=jpeg(), **SETTINGS)
    fourth = renew(read_metadata(write(tmp_path / "c", kind, third)), thumbnail=jpeg(), **SETTINGS)
    assert len(third.exif) == len(fourth.exif) and fourth.exif.count(b"\xff\xd8\xff") == 1
    found = exiftool(write(tmp_path / f"d.{SUFFIX[kind]}", kind, again))
    assert [event.get("Parameters") for event in found["XMP-xmpMM:History"]] == ["Denoise 30 %", "Crop"]
    assert found["XMP-xmpMM:DocumentID"] == "xmp.did:first" and found["Canon:OwnerName"] == "Ottilie Owner"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "JXL"])
def test_the_profile_and_the_pixels_are_whole(kind, saved, exiftool, tmp_path):
    profile = imagecodecs.cms_profile("adobergb")
    path = write(tmp_path / f"a.{SUFFIX[kind]}", kind, saved, profile)
    assert exiftool(path, "ICC_Profile") == profile
    with Pillow.open(path) as picture:
        assert picture.info["icc_profile"] == profile
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    assert np.abs(pixels - drawn()).mean() < (12 if kind in ("JPEG", "WebP", "AVIF") else 1e-9)


@pytest.mark.parametrize(("dtype", "bits"), [(np.uint8, 8), (np.uint16, 10), (np.uint16, 12)])
@pytest.mark.parametrize("channels", [3, 4])
def test_avif_pixels_stay_as_they_were_coded(dtype, bits, channels, saved, tmp_path):
    pixels = (drawn(channels=channels).astype(np.uint16) << (bits - 8)).astype(dtype)
    plain = bytes(imagecodecs.avif_encode(pixels, level=90, speed=9, bitspersample=bits))
    dressed = embed("AVIF", plain, saved, imagecodecs.cms_profile("adobergb"))
    assert np.array_equal(imagecodecs.avif_decode(dressed), imagecodecs.avif_decode(plain))
    assert embed("AVIF", plain, Metadata(), None).endswith(plain[-100:])


def test_jxl_pixels_stay_as_they_were_coded(saved):
    pixels = drawn()
    for container in (False, True):
        plain = bytes(imagecodecs.jpegxl_encode(pixels, lossless=True, usecontainer=container))
        assert np.array_equal(imagecodecs.jpegxl_decode(embed("JXL", plain, saved, None)), pixels)


def test_a_jpeg_holds_long_profiles_and_long_packets(saved, exiftool, complaints, tmp_path):
    profile = imagecodecs.cms_profile("srgb") + np.random.default_rng(1).integers(0, 256, 150_000, np.uint8).tobytes()
    profile = struct.pack(">I", len(profile)) + profile[4:]
    text = "Ein langes Feld. " * 12_000
    xmp = saved.xmp.replace(b"rot &amp; blau", text.encode())
    path = tmp_path / "a.jpg"
    path.write_bytes(embed("JPEG", bare("JPEG"), replace(saved, xmp=xmp), profile))
    assert exiftool(path)["XMP-shop:Article"] == "K-17" and complaints(path) == []
    assert exiftool(path, "XMP-shop:Colours").decode().startswith(text)
    with Pillow.open(path) as picture:
        assert picture.info["icc_profile"] == profile
    again = read_metadata(path)
    assert text.encode() in again.xmp and b"HasExtendedXMP" not in again.xmp


def test_exif_that_is_too_long_for_jpeg_loses_thumbnail_then_maker_note(saved, caplog):
    def held(exif):
        data = embed("JPEG", bare("JPEG"), Metadata(exif=exif), None)
        at = data.find(b"Exif\0\0")
        return data[at + 6 : at + struct.unpack(">H", data[at - 2 : at])[0] - 2] if at >= 0 else None

    block = Block(saved.exif)
    block.drop_thumbnail()
    block.put_thumbnail(b"\xff\xd8" + bytes(66_000))
    without = held(bytes(block.data))
    assert len(without) < 3_000 and without[NOTE_AT:].startswith(canon_note("<", NOTE_AT))
    block = Block(saved.exif)
    block.change("exif", {0x927C: (7, bytes(70_000))})
    assert b"Test Lens 50mm" in held(bytes(block.data))
    block.change("exif", {0x9286: (7, bytes(70_000))})
    assert held(bytes(block.data)) is None
    assert "maker note" in caplog.text and "it is left out" in caplog.text


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP", "AVIF", "JXL"])
def test_a_dressed_file_is_dressed_anew(kind, saved, tmp_path):
    """A picture that is copied as it is gets the new metadata instead of the old, not beside it."""
    once = embed(kind, bare(kind), saved, imagecodecs.cms_profile("adobergb"))
    if kind == "JXL":
        packed = b"brobxml " + imagecodecs.brotli_encode(saved.xmp)
        once += struct.pack(">I", len(packed) + 4) + packed
    other = replace(saved, exif=saved.exif.replace(b"Ada", b"Bob"), xmp=saved.xmp.replace(b"K-17", b"K-18"), iptc=None)
    path = tmp_path / "a"
    path.write_bytes(embed(kind, once, other, imagecodecs.cms_profile("srgb")))
    found = read_metadata(path)
    assert found.exif == other.exif and b"K-18" in found.xmp
    assert b"K-17" not in path.read_bytes() and b"Ada\0" not in path.read_bytes()
    with Pillow.open(io.BytesIO(path.read_bytes())) if kind != "JXL" else nullcontext() as picture:
        assert picture is None or picture.info["icc_profile"] == imagecodecs.cms_profile("srgb")


@pytest.mark.parametrize("progressive", [False, True])
def test_pictures_behind_a_jpeg_are_cut_off(progressive, saved):
    file = io.BytesIO()
    Pillow.fromarray(drawn(200, 150)).save(file, "JPEG", progressive=progressive, restart_marker_rows=1, comment="mine")
    plain = file.getvalue()
    dressed = embed("JPEG", plain[:20] + b"\xff\xe6\0\x08GPMF\0\0" + plain[20:] + b"more" + plain, saved, None)
    assert dressed.endswith(plain[-200:]) and b"GPMF" not in dressed and b"mine" in dressed
    with Pillow.open(io.BytesIO(dressed)) as new, Pillow.open(file) as old:
        assert np.array_equal(np.asarray(new), np.asarray(old))


def test_an_unknown_kind_and_a_wrong_file_are_refused():
    with pytest.raises(ValueError, match="BMP"):
        embed("BMP", b"", Metadata(), None)
    for kind in ("JPEG", "PNG", "WebP", "AVIF", "JXL"):
        with pytest.raises(ValueError, match="not a"):
            embed(kind, b"nonsense that is long enough", Metadata(), None)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "TIFF"])
def test_nothing_in_nothing_out(kind, tmp_path):
    path = tmp_path / "a"
    path.write_bytes(embed(kind, bare(kind), Metadata(), None))
    assert read_metadata(path) == Metadata()


def test_a_cmyk_jpeg_keeps_adobes_marker_and_gets_no_jfif(saved, tmp_path):
    pixels = drawn(channels=4)
    Pillow.frombytes("CMYK", (64, 48), pixels.tobytes()).save(tmp_path / "a.jpg", quality=95)
    data = embed("JPEG", (tmp_path / "a.jpg").read_bytes(), saved, None)
    assert data[2:4] == b"\xff\xe1" and b"Adobe\0" in data
    (tmp_path / "b.jpg").write_bytes(data)
    with Pillow.open(tmp_path / "a.jpg") as old, Pillow.open(tmp_path / "b.jpg") as new:
        assert new.mode == "CMYK" and np.array_equal(np.asarray(old), np.asarray(new))
