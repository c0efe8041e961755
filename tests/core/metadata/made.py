"""Camera data drawn up by the tests: an EXIF block with a maker note full of absolute offsets, XMP, IPTC, resources."""

from __future__ import annotations

import hashlib
import io
import struct
from datetime import UTC, datetime

import imagecodecs
import numpy as np
from PIL import Image as Pillow

from editor.core.metadata import embed, write_tiff

WHEN = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
NOTE_AT = 700
PLACE = {"N": (48, 51, 2951), "E": (2, 17, 4017)}  # degrees, minutes, hundredths of seconds
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:shop="http://example.com/shop/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" tiff:Orientation="6" exif:GPSLatitude="48,51.491833N" shop:Article="K-17"
 xmpMM:DocumentID="xmp.did:first" xmp:Thumbnails="old">
<shop:Colours><rdf:Bag><rdf:li>rot &amp; blau</rdf:li><rdf:li>緑</rdf:li></rdf:Bag></shop:Colours>
<exif:GPSLongitude>2,17.669500E</exif:GPSLongitude>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def ascii_value(text):
    return 2, len(text) + 1, text.encode() + b"\0"


def canon_note(order, at):
    """A maker note as Canon writes it: a directory with offsets from the start of the EXIF block."""
    texts = {6: "IMG:Test camera", 7: "Firmware 1.0.7", 9: "Ottilie Owner"}
    table = struct.pack(order + "H", len(texts))
    values = b""
    start = at + 2 + 12 * len(texts) + 4
    for tag, text in texts.items():
        raw = text.encode() + b"\0"
        table += struct.pack(order + "HHII", tag, 2, len(raw), start + len(values))
        values += raw + bytes(len(raw) % 2)
    return table + bytes(4) + values


def camera_exif(order="<", gps=True, thumbnail=b"", orientation=6, middle=False, note_at=NOTE_AT):
    """An EXIF block as a camera lays it out: directories, the maker note at `note_at`, and the thumbnail at the end.

    With `middle` the thumbnail stands before the maker note.
    """
    data = bytearray(struct.pack(order + "2sHI", b"II" if order == "<" else b"MM", 42, 8))
    note = canon_note(order, note_at)

    def pack(form, *numbers):
        return struct.pack(order + form, *numbers)

    def table(at, rows, following=0):
        """A directory at `at` whose longer values stand right behind it."""
        head, tail = pack("H", len(rows)), b""
        after = at + 2 + 12 * len(rows) + 4
        for tag, (kind, count, raw) in sorted(rows.items()):
            field = raw.ljust(4, b"\0") if len(raw) <= 4 else pack("I", after + len(tail))
            tail += raw + bytes(len(raw) % 2) if len(raw) > 4 else b""
            head += pack("HHI", tag, kind, count) + field
        return head + pack("I", following) + tail

    exif_at, gps_at, ifd1_at = 260, 460, 600 if middle else note_at + len(note) + 20
    ifd0 = {
        0x010F: ascii_value("Canon"), 0x0110: ascii_value("Canon EOS Test"), 0x0112: (3, 1, pack("H", orientation)),
        0x011A: (5, 1, pack("II", 240, 1)), 0x011B: (5, 1, pack("II", 240, 1)), 0x0128: (3, 1, pack("H", 2)),
        0x0132: ascii_value("2020:01:02 03:04:05"), 0x013B: ascii_value("Ada"), 0x8769: (4, 1, pack("I", exif_at)),
    }  # fmt: skip
    if gps:
        ifd0[0x8825] = (4, 1, pack("I", gps_at))
    exif = {
        0x829A: (5, 1, pack("II", 1, 250)), 0x9000: (7, 4, b"0231"), 0x9003: ascii_value("2020:01:02 03:04:05"),
        0x9290: ascii_value("77"), 0xA001: (3, 1, pack("H", 1)), 0xA002: (3, 1, pack("H", 9)),
        0xA434: ascii_value("Test Lens 50mm"), 0x927C: (7, len(note), pack("I", note_at)),
    }  # fmt: skip
    place = {0: (1, 4, b"\2\3\0\0")}
    for tag, (side, (degrees, minutes, seconds)) in zip((1, 3), PLACE.items(), strict=True):
        place[tag] = ascii_value(side)
        place[tag + 1] = (5, 3, pack("6I", degrees, 1, minutes, 1, seconds, 100))

    def put(at, piece):
        data.extend(bytes(max(0, at + len(piece) - len(data))))
        assert not any(data[at : at + len(piece)])
        data[at : at + len(piece)] = piece

    ifd1 = {0x0103: (3, 1, pack("H", 6)), 0x0201: (4, 1, pack("I", ifd1_at + 50)),
            0x0202: (4, 1, pack("I", len(thumbnail)))}  # fmt: skip
    put(8, table(8, ifd0, ifd1_at if thumbnail else 0))
    put(exif_at, table(exif_at, exif))
    if gps:
        put(gps_at, table(gps_at, place))
    put(note_at, note)
    if thumbnail:
        put(ifd1_at, table(ifd1_at, ifd1))
        put(ifd1_at + 50, thumbnail)
    return bytes(data)


def iim(*sets):
    return b"".join(struct.pack(">BBBH", 0x1C, record, number, len(raw)) + raw for record, number, raw in sets)


IPTC = iim((1, 90, b"\x1b%G"), (2, 0, b"\0\4"), (2, 25, "鞋子".encode()), (2, 25, b"shoe"),
           (2, 105, "Schöne Überschrift".encode()), (2, 80, b"Ada"), (2, 55, b"20200102"))  # fmt: skip
# a path, the copyright flag, and the digest of the IPTC
RESOURCES = b"".join(
    struct.pack(">4sHHI", b"8BIM", number, 0, len(raw)) + raw + bytes(len(raw) % 2)
    for number, raw in ((2000, bytes(26)), (1034, b"\1"), (1061, hashlib.md5(IPTC).digest()))
)


def drawn(width=64, height=48, channels=3):
    rows, columns = np.mgrid[:height, :width]
    return np.stack([(rows * 3 + columns * (band + 1)) % 256 for band in range(channels)], -1).astype(np.uint8)


def jpeg(width=16, height=12):
    file = io.BytesIO()
    Pillow.fromarray(drawn(width, height)).save(file, "JPEG")
    return file.getvalue()


def bare(kind, pixels=None):
    """A picture without metadata, by the encoder that `kind` is written with."""
    pixels = drawn() if pixels is None else pixels
    if kind == "AVIF":
        return bytes(imagecodecs.avif_encode(pixels, level=90, speed=9))
    if kind == "JXL":
        return bytes(imagecodecs.jpegxl_encode(pixels, effort=3))
    file = io.BytesIO()
    Pillow.fromarray(pixels).save(file, kind)
    return file.getvalue()


def write(path, kind, meta, profile=None):
    """A picture file of any kind with metadata."""
    if kind == "TIFF":
        tile = np.zeros((256, 256, 3), np.uint8)
        tile[:48, :64] = drawn()
        with path.open("w+b") as file:
            write_tiff(
                file, meta, shape=(48, 64, 3), dtype=tile.dtype, tiles=iter([tile]), photometric="rgb",
                extrasamples=None, profile=profile,
            )  # fmt: skip
    else:
        path.write_bytes(embed(kind, bare(kind), meta, profile))
    return path
