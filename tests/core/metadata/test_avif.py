"""AVIF: files of any encoder get new metadata, and keep every item as it was coded."""

from __future__ import annotations

import io
import struct

import imagecodecs
import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.metadata import Metadata, embed, read_metadata
from editor.core.metadata.boxes import Box, boxes, inside
from editor.core.metadata.source import Source
from editor.core.read.boxes import container
from editor.core.read.source import Source as File
from tests.core.metadata.made import XMP, bare, camera_exif, drawn

ADOBE, SRGB = imagecodecs.cms_profile("adobergb"), imagecodecs.cms_profile("srgb")
NEW = Metadata(camera_exif(gps=False), XMP.replace(b"48,51.491833N", b"").replace(b"2,17.669500E", b""))
OLD = camera_exif(">")
PLACE = struct.pack(">6I", 48, 1, 51, 1, 2951, 100)
SIDE = 64


def box(kind, content):
    return struct.pack(">I4s", len(content) + 8, kind) + content


def part(data, *path):
    """The content of a box in a box in the file."""
    source, found = Source(data), Box(b"", 0, 0, len(data))
    for kind in path:
        found = inside(source, found, 4 if found.kind == b"meta" else 0)[kind]
    return data[found.start : found.end]


def of_pillow(channels=4, **options):
    file = io.BytesIO()
    Pillow.fromarray(drawn(channels=channels)).save(file, "AVIF", quality=80, **options)
    return file.getvalue()


def shown(data):
    with Pillow.open(io.BytesIO(data)) as picture:
        return np.asarray(picture)


def properties(tmp_path, data):
    (tmp_path / "p.avif").write_bytes(data)
    return container(File(tmp_path / "p.avif")).properties


def grid():
    """Four tiles as a grid, laid out as seldom as the format allows: long numbers, `idat`, extents in two pieces."""
    tiles = [bare("AVIF", np.roll(drawn(SIDE, SIDE), 9 * at, 0)) for at in range(3)]
    datas = [part(tile, b"mdat") for tile in tiles] + [part(tiles[0], b"mdat")]
    ipco = part(tiles[0], b"meta", b"iprp", b"ipco")
    own = len(list(boxes(Source(ipco))))
    ipco += box(b"ispe", struct.pack(">III", 0, 2 * SIDE, 2 * SIDE)) + box(b"irot", b"\1") + box(b"imir", b"\1")
    ipco += box(b"colr", b"prof" + SRGB)
    colour = next(n for n, one in enumerate(boxes(Source(ipco)), 1) if one.kind == b"colr")
    pixi = next(n for n, one in enumerate(boxes(Source(ipco)), 1) if one.kind == b"pixi")
    rows = {ident: list(range(1, own + 1)) for ident in range(1, 5)}
    rows[5] = [own + 1, pixi, colour, own + 4, own + 2, own + 3]
    ipma = b"".join(
        struct.pack(f">IB{len(row)}H", ident, len(row), *(one | 0x8000 for one in row)) for ident, row in rows.items()
    )
    kinds = {5: b"grid\0"} | dict.fromkeys(range(1, 5), b"av01\0") | {6: b"Exif\0", 7: b"mime\0application/rdf+xml\0"}
    infes = b"".join(
        box(b"infe", struct.pack(">B3sIH", 3, bytes(3), ident, 0) + kinds[ident]) for ident in sorted(kinds)
    )
    infes = struct.pack(">II", 1 << 24, len(kinds)) + infes
    iref = b"".join((
        box(b"dimg", struct.pack(">IHIIII", 5, 4, 1, 2, 3, 4)),
        *(box(b"cdsc", struct.pack(">IHI", ident, 1, 5)) for ident in (6, 7)),
    ))  # fmt: skip
    exif = bytes(4) + OLD

    def meta(start):
        iloc, at = struct.pack(">B3sBBI", 2, bytes(3), 0x44, 0x40, 7), start
        for ident, data in (*zip(range(1, 4), datas[:3], strict=True), (6, exif), (7, XMP)):
            where = max(at - 10, 0) if ident == 1 else start
            iloc += struct.pack(">IHHIH", ident, 0, 0, where, 2)
            iloc += struct.pack(">IIII", at - where, 10, at - where + 10, len(data) - 10)
            at += len(data)
        iloc += struct.pack(">IHHIHII", 4, 0, 0, 0, 1, start, len(datas[0]))  # shares the first one's
        iloc += struct.pack(">IHHIHII", 5, 1, 0, 0, 1, 2, 8)
        return box(b"meta", bytes(4) + b"".join((
            box(b"hdlr", struct.pack(">II4s13s", 0, 0, b"pict", b"")), box(b"free", b"GPSLatitude"),
            box(b"pitm", struct.pack(">II", 1 << 24, 5)), box(b"iloc", iloc), box(b"iinf", infes),
            box(b"iprp", box(b"ipco", ipco) + box(b"ipma", struct.pack(">II", 1 << 24 | 1, len(rows)) + ipma)),
            box(b"iref", bytes([1, 0, 0, 0]) + iref),
            box(b"idat", b"xx" + struct.pack(">BBBBHH", 0, 0, 1, 1, 2 * SIDE, 2 * SIDE)),
        )))  # fmt: skip

    head = box(b"ftyp", b"avif\0\0\0\0avifmif1miaf") + box(b"uuid", bytes(16) + b"GPSLatitude")
    head += meta(len(head) + len(meta(0)) + 8)
    return head + struct.pack(">I4s", 0, b"mdat") + b"".join((*datas[:3], exif, XMP))


def test_a_grid_of_an_odd_layout(tmp_path, exiftool, complaints):
    old = grid()
    assert PLACE in old and shown(old).shape == (2 * SIDE, 2 * SIDE, 3)
    new = embed("AVIF", old, NEW, ADOBE)
    assert np.array_equal(shown(new), shown(old))
    assert [kind for kind, _ in properties(tmp_path, new)] == [b"ispe", b"pixi", b"colr", b"colr", b"irot", b"imir"]
    (tmp_path / "a.avif").write_bytes(new)
    found = read_metadata(tmp_path / "a.avif")
    (tmp_path / "old.avif").write_bytes(old)
    assert (found.exif, found.xmp) == (NEW.exif, NEW.xmp)
    assert found.orientation == read_metadata(tmp_path / "old.avif").orientation != 1
    assert PLACE not in new and b"GPSLat" not in new.replace(NEW.xmp, b"") and b"48,51" not in new
    assert SRGB not in new and new.count(ADOBE) == 1
    assert new.count(part(bare("AVIF", drawn(SIDE, SIDE)), b"mdat")) == 1
    assert exiftool(tmp_path / "a.avif")["IFD0:Artist"] == "Ada" and complaints(tmp_path / "a.avif") == []


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("channels", [3, 4])
def test_pillows_files_keep_alpha_and_turn(orientation, channels, tmp_path):
    exif = camera_exif(orientation=orientation)
    old = of_pillow(channels, exif=exif, xmp=XMP, icc_profile=SRGB)
    place = struct.pack("<6I", 48, 1, 51, 1, 2951, 100)
    assert place in old
    new = embed("AVIF", old, NEW, ADOBE)
    assert np.array_equal(imagecodecs.avif_decode(new), imagecodecs.avif_decode(old))
    assert np.array_equal(shown(new), shown(old)) and shown(new).shape[2] == channels
    (tmp_path / "a.avif").write_bytes(new)
    found = read_metadata(tmp_path / "a.avif")
    assert (found.exif, found.xmp, found.orientation) == (NEW.exif, NEW.xmp, orientation)
    assert place not in new and b"48,51" not in new and SRGB not in new
    with Pillow.open(tmp_path / "a.avif") as picture:
        assert picture.info["icc_profile"] == ADOBE


def test_nothing_instead_of_what_was_there(tmp_path):
    old = of_pillow(exif=camera_exif(), xmp=XMP, icc_profile=SRGB)
    new = embed("AVIF", old, Metadata(), None)
    assert b"Exif" not in new and b"xmpmeta" not in new and SRGB not in new
    assert np.array_equal(imagecodecs.avif_decode(new), imagecodecs.avif_decode(old))
    assert embed("AVIF", embed("AVIF", new, NEW, ADOBE), Metadata(), None) == new


def test_again_and_again_is_the_same():
    once = embed("AVIF", bare("AVIF"), NEW, ADOBE)
    assert embed("AVIF", once, NEW, ADOBE) == once


@pytest.mark.parametrize(("matrix", "told"), [(6, (2, 2, 6)), (0, (2, 2, 0)), (12, (1, 13, 12))])
def test_beside_a_profile_only_the_matrix_is_told(matrix, told, tmp_path):
    plain = bytes(imagecodecs.avif_encode(drawn(), level=90, speed=9, primaries=1, transfer=13, matrix=6))
    plain = plain.replace(b"nclx\0\1\0\x0d\0\6", b"nclx\0\1\0\x0d\0" + bytes([matrix]))
    for profile, expected in ((None, (1, 13, matrix)), (ADOBE, told)):
        colours = [body for kind, body in properties(tmp_path, embed("AVIF", plain, NEW, profile)) if kind == b"colr"]
        assert struct.unpack(">HHHB", colours[-1][4:]) == (*expected, 128)
        assert [body[4:] for body in colours[:-1]] == ([ADOBE] if profile else [])


def test_what_may_not_be_moved_is_refused():
    good = of_pillow(exif=camera_exif())
    construction = good.replace(b"iloc\0", b"iloc\1")
    for bad in (
        good + box(b"moov", b""), good.replace(b"av01Color", b"hvc1Color"), good.replace(b"ipma", b"ipmx"), good[:-9],
        good.replace(b"infe\2\0\0\0\0\1\0\0", b"infe\2\0\0\0\0\1\0\1"), construction, good.replace(b"pitm", b"free"),
        good.replace(b"iref\0", b"ipro\0"),
    ):  # fmt: skip
        assert bad != good
        with pytest.raises(ValueError, match="an AVIF"):
            embed("AVIF", bad, NEW, ADOBE)


def test_damage_ends_in_a_value_error():
    good = grid()
    end = good.index(b"mdat")
    chance = np.random.default_rng(5)
    for _ in range(400):
        bad = bytearray(good)
        bad[chance.integers(32, end)] = chance.integers(256)
        try:
            embed("AVIF", bytes(bad), NEW, ADOBE)
        except ValueError:
            continue
