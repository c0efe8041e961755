"""TIFF: the file that is written is one that other programs read, whatever its samples are."""

from __future__ import annotations

import numpy as np
import pytest
import tifffile

from editor.core.metadata import Metadata, read_metadata, tiff, write_tiff
from tests.core.metadata.made import IPTC, NOTE_AT, RESOURCES, XMP, camera_exif, canon_note, drawn

META = Metadata(camera_exif(">"), XMP, IPTC, RESOURCES, (300.0, 299.5))


def written(path, pixels, meta, **options):
    height, width, channels = pixels.shape

    def tiles():
        for top in range(0, height, 32):
            for left in range(0, width, 32):
                tile = np.zeros((32, 32, channels), pixels.dtype)
                part = pixels[top : top + 32, left : left + 32]
                tile[: part.shape[0], : part.shape[1]] = part
                yield tile

    settings = {"photometric": "rgb", "extrasamples": None, "profile": b"a profile" * 20, "tile": (32, 32)}
    with path.open("w+b") as file:
        write_tiff(file, meta, shape=pixels.shape, dtype=pixels.dtype, tiles=tiles(), **settings | options)
    return path


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("order", ["<", ">", None])
def test_samples_are_whole(dtype, order, tmp_path):
    pixels = drawn(100, 70, 4).astype(dtype) / np.float32(3 if dtype == np.float32 else 1)
    meta = Metadata(camera_exif(order)) if order else Metadata()
    path = written(tmp_path / "a.tif", pixels.astype(dtype), meta, extrasamples=["unassalpha"])
    assert np.array_equal(tifffile.imread(path), pixels.astype(dtype))
    with tifffile.TiffFile(path) as file:
        page = file.pages[0]
        assert len(file.pages) == 1 and not file.is_bigtiff and page.iccprofile == b"a profile" * 20
        assert file.byteorder == (order or "<") and page.tags["Orientation"].value == 1
        assert ("ExifTag" in page.tags) == (order is not None)


def test_cmyk_and_grey(tmp_path):
    for channels, photometric in ((4, "separated"), (1, "minisblack")):
        path = written(tmp_path / "a.tif", drawn(40, 33, channels), META, photometric=photometric)
        assert np.array_equal(tifffile.imread(path).reshape(33, 40, channels), drawn(40, 33, channels))
        assert read_metadata(path).exif[NOTE_AT:].startswith(canon_note(">", NOTE_AT))


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (9, 1, 1)])
def test_grey_pictures_of_one_column_or_row(shape, tmp_path):
    pixels = np.arange(5, 5 + np.prod(shape), dtype=np.uint8).reshape(shape)
    tile = np.zeros((32, 32, *shape[2:]), np.uint8)
    tile[: shape[0], : shape[1]] = pixels
    with (tmp_path / "a.tif").open("w+b") as file:
        write_tiff(
            file, META, shape=shape, dtype=tile.dtype, tiles=iter([tile]), photometric="minisblack",
            extrasamples=None, profile=None, tile=(32, 32),
        )  # fmt: skip
    with tifffile.TiffFile(tmp_path / "a.tif") as found:
        assert len(found.pages) == 1 and found.pages[0].tags["SamplesPerPixel"].value == 1
        assert np.array_equal(found.pages[0].asarray(), pixels.reshape(shape[:2]))


def test_everything_in_a_tiff_comes_back(tmp_path, exiftool):
    path = written(tmp_path / "a.tif", drawn(), META)
    found = read_metadata(path)
    assert (found.xmp, found.iptc, found.photoshop, found.dpi) == (XMP, IPTC, RESOURCES, (300.0, 299.5))
    told = exiftool(path)
    assert told["IPTC:Keywords"] == ["鞋子", "shoe"] and told["Photoshop:CopyrightFlag"] is True
    assert told["IFD0:XResolution"] == 300 and told["IFD0:Artist"] == "Ada"


def test_a_bigtiff_keeps_what_is_no_exif_directory(tmp_path, exiftool, monkeypatch, caplog):
    monkeypatch.setattr(tiff, "MOST_CLASSIC", 0)
    path = written(tmp_path / "a.tif", drawn(), META)
    assert path.read_bytes()[:4] == b"MM\0+" and "left out" in caplog.text
    assert np.array_equal(tifffile.imread(path), drawn())
    told = exiftool(path)
    assert told["IFD0:Make"] == "Canon" and told["XMP-shop:Article"] == "K-17" and "ExifIFD:ExposureTime" not in told
    found = read_metadata(path)
    assert (found.xmp, found.iptc, found.photoshop) == (XMP, IPTC, RESOURCES)


def test_exiftools_own_mark_does_not_make_the_file_something_else(tmp_path, exiftool):
    exif = b"II*\0\x10\0\0\0ExifMeta" + camera_exif()[8:8]
    exif += b"\x01\0" + b"\x0f\x01\x02\0\x04\0\0\0Abc\0" + bytes(4)
    path = written(tmp_path / "a.tif", drawn(), Metadata(exif))
    assert exiftool(path)["File:FileType"] == "TIFF" and exiftool(path)["IFD0:Make"] == "Abc"


@pytest.mark.parametrize("exif", [b"", b"II*\0\xff\xff\xff\xff" + bytes(9), b"nonsense", camera_exif()[:300]])
def test_damaged_blocks_do_not_keep_a_tiff_from_being_written(exif, tmp_path):
    path = written(tmp_path / "a.tif", drawn(), Metadata(exif))
    assert np.array_equal(tifffile.imread(path), drawn())
