"""EXIF: tags change, and what they stand beside stays where it is."""

from __future__ import annotations

import struct

import pytest

from editor.core.metadata import Metadata, renew
from editor.core.metadata.block import Block, Damaged
from editor.core.metadata.exif import turned, upright
from editor.core.metadata.gather import shifted
from tests.core.metadata.made import WHEN, camera_exif, canon_note, jpeg, write

SETTINGS = {
    "size": (64, 48),
    "thumbnail": jpeg(),
    "software": "Packshot 0.1.0",
    "edits": "",
    "when": WHEN,
    "srgb": True,
}


def renewed(exif, **changes):
    return renew(Metadata(exif=exif), **SETTINGS | changes).exif


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("middle", [False, True])
def test_the_maker_note_stays_where_it_is(order, middle, exiftool, tmp_path):
    old = camera_exif(order, thumbnail=jpeg(8, 8) if middle else jpeg(160, 120), middle=middle, note_at=2000)
    new = renewed(old)
    assert new[2000:].startswith(canon_note(order, 2000))
    assert old.count(b"\xff\xd8\xff") == new.count(b"\xff\xd8\xff") == 1 and jpeg() in new
    for kind in ("JPEG", "TIFF"):
        found = exiftool(write(tmp_path / "a.jpg", kind, Metadata(exif=new)))
        assert found["Canon:OwnerName"] == "Ottilie Owner" and found["ExifIFD:ExifImageWidth"] == 64
        assert "Warning" not in str(found)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_block_does_not_grow_from_save_to_save(order):
    exif = camera_exif(order, thumbnail=jpeg(160, 120))
    lengths = []
    for side in (160, 40, 80, 160, 8, 160):
        exif = renewed(exif, thumbnail=jpeg(side, side))
        lengths.append(len(exif) - len(jpeg(side, side)))
    assert max(lengths) - min(lengths) <= 2
    without = renewed(exif, thumbnail=None)
    assert b"\xff\xd8\xff" not in without and Block(without).directory("ifd1") is None
    assert len(without) <= max(lengths)


@pytest.mark.parametrize("tag", [0x013B, 0x0132, 0x010F])
def test_a_value_that_claims_the_whole_block_does_not_make_it_grow(tag):
    exif = bytearray(camera_exif(thumbnail=jpeg()))
    struct.pack_into("<I", exif, Block(bytes(exif)).directory("ifd0").get(tag).field + 4, 2**31)
    saves = [renewed(bytes(exif))]
    for _ in range(5):
        saves.append(renewed(saves[-1]))
    assert len({len(one) for one in saves[1:]}) == 1 and saves[-1].count(b"\xff\xd8\xff") == 1


def test_a_block_is_made_from_nothing(exiftool, complaints, tmp_path):
    path = write(tmp_path / "a.jpg", "JPEG", renew(Metadata(), **SETTINGS | {"dpi": (300.0, 300.0), "srgb": False}))
    found = exiftool(path)
    assert found["IFD0:XResolution"] == 300 and found["ExifIFD:ColorSpace"] == "Uncalibrated"
    assert found["IFD0:Software"] == "Packshot 0.1.0" and found["JFIF:XResolution"] == 300
    assert complaints(path) == [] and exiftool(path, "ThumbnailImage") == jpeg()


def test_resolution_stays_to_the_digit_unless_it_is_asked_for():
    old = camera_exif()
    odd = Block(old)
    odd.change("ifd0", {0x011A: (5, struct.pack("<II", 2_400_000, 10_000))})
    assert Block(renewed(bytes(odd.data))).value("ifd0", 0x011A) == struct.pack("<II", 2_400_000, 10_000)
    asked = Block(renewed(old, dpi=(299.72, 300.0)))
    assert asked.value("ifd0", 0x011A) == struct.pack("<II", 2_997_200, 10_000)
    assert asked.value("ifd0", 0x011B) == struct.pack("<II", 300, 1)


def test_what_was_measured_of_another_space_goes_with_it():
    block = Block(camera_exif())
    block.change("ifd0", {0x013E: (5, bytes(16))})
    block.change("interop", {1: (2, b"R98\0")})
    exif = bytes(block.data)
    same, other = Block(renewed(exif)), Block(renewed(exif, srgb=False))
    assert same.value("ifd0", 0x013E) and same.value("interop", 1) == b"R98\0"
    assert not other.value("ifd0", 0x013E) and other.directory("interop") is None
    assert other.value("exif", 0xA001) == b"\xff\xff"


def test_times_of_the_change_are_told_whole():
    block = Block(renewed(camera_exif()))
    assert block.value("exif", 0x9290) == b"" and block.value("exif", 0x9010) == b"+00:00\0"
    assert block.value("exif", 0x9003) == b"2020:01:02 03:04:05\0"
    old = Block(camera_exif())
    old.change("exif", {0x9000: (7, b"0220")})
    assert Block(renewed(bytes(old.data))).value("exif", 0x9010) == b""


def test_strip_knows_gps_only():
    with pytest.raises(ValueError, match="faces"):
        renewed(camera_exif(), strip=frozenset({"faces", "gps"}))


def pointed_at(offset, pointer=0x8769):
    """A block whose pointer to a directory leads astray."""
    exif = bytearray(camera_exif())
    block = Block(bytes(exif))
    entry = block.directory("ifd0").get(pointer)
    struct.pack_into("<I", exif, entry.where, offset)
    return bytes(exif)


@pytest.mark.parametrize("offset", [0, 3, 8, 260, 999_999, 2**32 - 1])
def test_directories_that_lead_astray_do_no_harm(offset):
    new = renewed(pointed_at(offset))
    assert turned(new) == 1 and b"Canon EOS Test" in new


@pytest.mark.parametrize("offset", [3, 999_999, 2**32 - 1])
def test_gps_that_cannot_be_found_takes_the_block_with_it(offset, caplog):
    new = renewed(pointed_at(offset, 0x8825), strip=frozenset({"gps"}))
    assert b"Canon EOS Test" not in new and "left out" in caplog.text
    assert b"Canon EOS Test" in renewed(pointed_at(offset, 0x8825))


@pytest.mark.parametrize(
    "block", [b"II*\0", b"II*\0\xff\xff\xff\xff" + bytes(20), b"nonsense" * 9, b"II*\0\x08\0\0\0\xff\xff"]
)
def test_nonsense_makes_way_for_a_new_block(block, caplog):
    assert turned(renewed(block)) == 1 and "left out" in caplog.text
    assert upright(block) is None and turned(block) == 1
    with pytest.raises(Damaged):
        Block(block)


def test_a_maker_note_that_has_to_move_takes_its_offsets_along():
    assert shifted(canon_note("<", 100_000), "<", 100_000, 8) == canon_note("<", 8)
    assert shifted(canon_note(">", 70_000), ">", 70_000, 500) == canon_note(">", 500)
    panasonic = b"Panasonic\0\0\0"
    assert shifted(panasonic + canon_note("<", 5012), "<", 5000, 80) == panasonic + canon_note("<", 92)
    own = canon_note("<", 0)  # offsets from its own start, as Nikon and Fujifilm have them
    assert shifted(own, "<", 100_000, 8) == own


def test_an_orientation_that_is_none_counts_as_upright():
    assert turned(camera_exif(orientation=0)) == turned(camera_exif(orientation=9)) == 1
    assert [turned(camera_exif(order, orientation=way)) for order in "<>" for way in range(1, 9)] == [*range(1, 9)] * 2
    assert turned(upright(camera_exif(orientation=6))) == 1
