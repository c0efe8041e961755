"""Damage: blocks and files with bytes gone wrong never stop a photo from being opened or saved."""

from __future__ import annotations

import random
import struct

import pytest

from editor.core.metadata import Metadata, embed, read_metadata, renew
from tests.core.metadata.made import IPTC, RESOURCES, WHEN, XMP, bare, camera_exif, jpeg, write

KINDS = ["JPEG", "PNG", "WebP", "AVIF", "JXL", "TIFF"]


def damaged(data, chance):
    """Bytes flipped, cut, doubled, or numbers among them made absurd."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(max(1, len(data) - 4))
        act = chance.randrange(5) if len(data) > 8 else 4
        if act == 0:
            data[at] = chance.randrange(256)
        elif act == 1:
            data[at : at + 4] = struct.pack(chance.choice("<>") + "I", chance.choice([0, 1, 8, 2**31, 2**32 - 1, at]))
        elif act == 2:
            data[at : at + 2] = chance.choice([b"\xff\xff", b"\0\0", b"\0\x08", b"\x08\0"])
        elif act == 3:
            del data[at : at + chance.randrange(64)]
        elif chance.random() < 0.2:
            del data[at:]
    return bytes(data)


@pytest.mark.parametrize("gps", [True, False])
@pytest.mark.parametrize("order", ["<", ">"])
def test_damaged_blocks_are_renewed_and_embedded(order, gps, tmp_path):
    chance = random.Random(7)
    exif = camera_exif(order, thumbnail=jpeg())
    plain = bare("JPEG")
    for number in range(150):
        spoilt = (damaged(part, chance) if chance.random() < 0.8 else part for part in (exif, XMP, IPTC, RESOURCES))
        settings = {"size": (64, 48), "software": "Packshot", "edits": "x", "when": WHEN, "srgb": True}
        strip = frozenset() if gps else frozenset({"gps"})
        new = renew(Metadata(*spoilt), thumbnail=jpeg(), strip=strip, **settings)
        assert read_metadata(_file(tmp_path, embed("JPEG", plain, new, None))).orientation == 1
        if number % 10 == 0:
            embed("WebP", bare("WebP"), new, None)
            assert read_metadata(write(tmp_path / "a", "TIFF", new)).orientation == 1


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files_are_read_without_an_error(kind, tmp_path):
    chance = random.Random(kind)
    meta = Metadata(camera_exif(thumbnail=jpeg()), XMP, IPTC, RESOURCES, (240.0, 240.0))
    whole = write(tmp_path / "whole", kind, meta).read_bytes()
    for _ in range(80):
        found = read_metadata(_file(tmp_path, damaged(whole, chance)))
        assert found.orientation in range(1, 9)


@pytest.mark.parametrize(
    "head", [b"8BPS", b"GIF89a", b"FUJIFILMCCD-RAW ", b"\0\0\0\x18ftypcrx ", b"IIU\0", b"\xff\xd8\xff\xe1"]
)
def test_noise_behind_a_true_beginning(head, tmp_path):
    chance = random.Random(3)
    for _ in range(40):
        noise = bytes(chance.choices([0, 0, 0, 1, 2, 8, 0x38, 0x42, 0xFF, *b"8BIMExifCMT1uuid"], k=3000))
        assert read_metadata(_file(tmp_path, head + noise)).orientation in range(1, 9)


def _file(folder, data):
    path = folder / "spoilt"
    path.write_bytes(data)
    return path
