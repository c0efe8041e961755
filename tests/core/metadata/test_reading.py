"""Reading: what cameras and other programs write, container by container."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib

import imagecodecs
import numpy as np
import pillow_heif
import pytest
import tifffile
from PIL import Image as Pillow

from editor.core.metadata import Metadata, read_metadata
from editor.core.metadata.block import Block
from editor.core.metadata.iptc import joined
from tests.core.metadata.made import IPTC, NOTE_AT, RESOURCES, XMP, camera_exif, canon_note, drawn, jpeg


def read(tmp_path, data):
    path = tmp_path / "file"
    path.write_bytes(data)
    return read_metadata(path)


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def box(kind, content):
    return struct.pack(">I4s", len(content) + 8, kind) + content


def lens(found):
    return Block(found.exif).value("exif", 0xA434)


def test_the_texts_of_imagemagick_in_a_png(tmp_path):
    file = io.BytesIO()
    Pillow.fromarray(drawn()).save(file, "PNG")
    plain = file.getvalue()

    def raw(name, content):
        digits = content.hex()
        lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
        return b"Raw profile type " + name + b"\0", f"\n{name.decode()}\n{len(content):8}\n{lines}\n".encode()

    key, text = raw(b"exif", b"Exif\0\0" + camera_exif())
    chunks = chunk(b"zTXt", key + b"\0" + zlib.compress(text))
    key, text = raw(b"iptc", joined(IPTC, RESOURCES))
    chunks += chunk(b"tEXt", key + text)
    key, text = raw(b"xmp", XMP)
    chunks += chunk(b"tEXt", key + text) + chunk(b"pHYs", struct.pack(">IIB", 11811, 5906, 1))
    for place in (33, len(plain) - 12):  # before and behind the picture
        found = read(tmp_path, plain[:place] + chunks + plain[place:])
        assert found == Metadata(camera_exif(), XMP.removeprefix(b"\xef\xbb\xbf"), IPTC, RESOURCES, (300.0, 150.0), 6)


def test_the_iptc_of_exiftool_in_a_png(tmp_path):
    """Its name is of two words, and its length may not be true."""

    def found(length):
        text = f"\nIPTC profile\n{length:8}\n{IPTC.hex()}\n".encode()
        content = chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(text))
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        return read(tmp_path, b"\x89PNG\r\n\x1a\n" + header + content + chunk(b"IEND", b"")).iptc

    assert found(len(IPTC)) == IPTC
    assert found(len(IPTC) - 8) == IPTC[:-8]
    assert found(len(IPTC) + 1) is None and found(-3) is None


def test_a_tiff_by_another_writer(tmp_path):
    digest = hashlib.md5(IPTC + b"\0" * (-len(IPTC) % 4)).digest()
    tags = [(274, 3, 1, 8, True), (271, 2, 0, "Ätsch".encode("latin-1") + b"\0", True), (700, 1, len(XMP), XMP, True),
            (33723, 4, -(-len(IPTC) // 4), IPTC + bytes(-len(IPTC) % 4), True),
            (34377, 1, 0, RESOURCES[:-16] + digest, True)]  # fmt: skip
    for big in (False, True):
        tifffile.imwrite(
            tmp_path / "a.tif", drawn(), bigtiff=big, extratags=tags, resolution=(118.11, 118.11),
            resolutionunit="CENTIMETER", metadata=None,
        )  # fmt: skip
        found = read_metadata(tmp_path / "a.tif")
        assert (found.orientation, found.xmp, found.iptc, found.photoshop) == (8, XMP, IPTC, RESOURCES)
        assert found.dpi == pytest.approx((300, 300), abs=0.01)
        assert Block(found.exif).value("ifd0", 271) == "Ätsch".encode("latin-1") + b"\0"


@pytest.mark.parametrize("magic", [b"II*\0", b"IIRO", b"IIRS"], ids=["NEF and CR2", "ORF", "ORF of old"])
def test_raw_files_that_are_tiffs(magic, tmp_path):
    found = read(tmp_path, magic + camera_exif(thumbnail=jpeg())[4:] + bytes(1000))
    assert lens(found) == b"Test Lens 50mm\0" and found.orientation == 6 and found.dpi == (240, 240)
    assert found.exif[NOTE_AT:].startswith(canon_note("<", NOTE_AT)) and jpeg() not in found.exif
    assert Block(found.exif).directory("gps").get(2)


def test_a_maker_note_far_back_in_a_raw_file(tmp_path):
    found = read(tmp_path, camera_exif(note_at=2_000_000))
    assert len(found.exif) < 2000 and lens(found) == b"Test Lens 50mm\0"
    assert found.exif[8:].startswith(canon_note("<", 8))


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_maker_note_that_adobes_converter_set_aside(order, tmp_path):
    note = canon_note("<", 900)
    block = Block(camera_exif(order))
    block.change("exif", {0x927C: None})
    block.change("ifd0", {0xC634: (1, b"Adobe\0MakN" + struct.pack(">I2sI", len(note) + 6, b"II", 900) + note)})
    found = read(tmp_path, bytes(block.data))
    assert found.exif[900:].startswith(note) and lens(found) == b"Test Lens 50mm\0"
    assert Block(found.exif).value("exif", 0x829A) == struct.pack("<II", 1, 250)


def test_a_canon_cr3(tmp_path):
    parts = [Block(camera_exif()) for _ in range(3)]
    tables = [struct.unpack("<I", bytes(parts[0].data[4:8]))[0], 260, 460]
    first, exif, gps = (bytes(one.data[:4]) + struct.pack("<I", at) + bytes(one.data[8:NOTE_AT])
                        for one, at in zip(parts, tables, strict=True))  # fmt: skip
    note = b"II*\0\x08\0\0\0" + canon_note("<", 8)
    canon = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    inner = b"".join(box(b"CMT%d" % number, part) for number, part in enumerate((first, exif, note, gps), 1))
    xmp = bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + XMP
    data = box(b"ftyp", b"crx \0\0\0\1crx isom") + box(b"moov", box(b"uuid", canon + inner)) + box(b"uuid", xmp)
    found = read(tmp_path, data)
    assert lens(found) == b"Test Lens 50mm\0" and found.xmp == XMP
    assert found.exif[8:].startswith(canon_note("<", 8)) and found.orientation == 6
    assert Block(found.exif).directory("gps").get(4)


def dressed(tmp_path):
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(camera_exif()) + 8) + b"Exif\0\0" + camera_exif() + jpeg()[2:]


def test_fujifilm_and_panasonic_keep_theirs_in_a_jpeg(tmp_path):
    inner = dressed(tmp_path)
    raf = b"FUJIFILMCCD-RAW 0201".ljust(84, b"\0") + struct.pack(">II", 200, len(inner))
    assert read(tmp_path, raf.ljust(200, b"\0") + inner).exif == camera_exif()
    rw2 = struct.pack("<4sIHHHIIHHIII", b"IIU\0", 8, 2, 0x2E, 7, len(inner), 100, 0x112, 3, 1, 6, 0)
    found = read(tmp_path, rw2.ljust(100, b"\0") + inner)
    assert found.exif == camera_exif() and found.orientation == 6


def test_a_psd(tmp_path):
    def resource(number, raw):
        return struct.pack(">4sHHI", b"8BIM", number, 0, len(raw)) + raw + bytes(len(raw) % 2)

    block = joined(IPTC, RESOURCES, (150.0, 150.0)) + resource(1058, camera_exif()) + resource(1060, XMP)
    block += resource(1036, bytes(99)) + resource(1024, b"\0\0")
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, 4, 4, 8, 3) + struct.pack(">II", 0, len(block))
    found = read(tmp_path, head + block)
    assert found == Metadata(camera_exif(), XMP, IPTC, RESOURCES, (150.0, 150.0), 6)


def test_heic(tmp_path):
    picture = pillow_heif.from_pillow(Pillow.fromarray(drawn()))
    for way, xmp in ((6, XMP), (1, XMP.replace(b'tiff:Orientation="6"', b""))):  # it turns pictures as their XMP says
        picture.save(tmp_path / "a.heic", exif=b"Exif\0\0" + camera_exif(orientation=1), xmp=xmp, quality=50)
        found = read_metadata(tmp_path / "a.heic")
        assert (found.exif, found.xmp, found.orientation) == (camera_exif(orientation=1), xmp, way)


@pytest.mark.parametrize("way", range(1, 9))
def test_avif_says_by_itself_how_it_lies(way, tmp_path):
    exif = Pillow.Exif()
    exif[0x112] = way
    Pillow.fromarray(drawn()).save(tmp_path / "a.avif", exif=exif, quality=50, speed=10)
    assert read_metadata(tmp_path / "a.avif").orientation == way


def test_packed_boxes_of_a_jpeg_xl(tmp_path):
    plain = bytes(imagecodecs.jpegxl_encode(drawn(), effort=3, usecontainer=True))
    packed = [box(b"brob", kind + bytes(imagecodecs.brotli_encode(raw)))
              for kind, raw in ((b"Exif", bytes(4) + camera_exif()), (b"xml ", XMP))]  # fmt: skip
    found = read(tmp_path, plain + b"".join(packed))
    assert (found.exif, found.xmp, found.orientation) == (camera_exif(), XMP, 1)


def test_gif(tmp_path):
    file = io.BytesIO()
    Pillow.fromarray(drawn()).save(file, "GIF")
    block = b"\x21\xff\x0bXMP DataXMP" + XMP + b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    assert read(tmp_path, file.getvalue()[:-1] + block + b";").xmp == XMP


def test_a_jpeg_says_its_resolution_in_three_places(tmp_path):
    file = io.BytesIO()
    Pillow.fromarray(drawn()).save(file, "JPEG", dpi=(96, 96))
    assert read(tmp_path, file.getvalue()).dpi == (96, 96)
    block = b"Photoshop 3.0\0" + joined(IPTC, None, (200.0, 100.0))
    segment = b"\xff\xed" + struct.pack(">H", len(block) + 2) + block
    assert read(tmp_path, jpeg()[:2] + segment + jpeg()[2:]).dpi == (200, 100)
    exif = b"\xff\xe1" + struct.pack(">H", len(camera_exif()) + 8) + b"Exif\0\0" + camera_exif()
    assert read(tmp_path, file.getvalue()[:2] + exif + file.getvalue()[2:]).dpi == (240, 240)


def test_xmp_in_utf_16_comes_as_utf_8(tmp_path):
    file = io.BytesIO()
    Pillow.fromarray(drawn()).save(file, "WEBP", xmp=XMP.decode().encode("utf-16"))
    assert read(tmp_path, file.getvalue()).xmp == XMP


def test_what_is_no_picture_has_no_metadata(tmp_path):
    for data in (b"", b"II", b"\xff\xd8", b"plain text", bytes(np.arange(256, dtype=np.uint8)) * 40):
        assert read(tmp_path, data) == Metadata()
    assert read_metadata(tmp_path) == read_metadata(tmp_path / "absent") == Metadata()
