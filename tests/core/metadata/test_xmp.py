"""XMP and IPTC: what is known is renewed, what is not known survives."""

from __future__ import annotations

import pytest

from editor.core.metadata import Metadata, renew
from editor.core.metadata.iptc import iptc_to_xmp, joined, parted, resources, texts, without_places
from editor.core.metadata.packet import Packet, Unreadable, merged, name, split
from editor.core.metadata.xmp import with_iptc
from tests.core.metadata.made import IPTC, RESOURCES, WHEN, XMP, iim

SETTINGS = {
    "size": (64, 48),
    "thumbnail": None,
    "software": "Packshot 0.1.0",
    "edits": "Curve",
    "when": WHEN,
    "srgb": True,
}


def renewed(packet, **changes):
    return Packet.parse(renew(Metadata(xmp=packet), **SETTINGS | changes).xmp)


def test_a_packet_is_made_from_nothing():
    work = renewed(None, digital_source_type="http://example.com/made")
    assert (
        work.text("xmp:CreatorTool") == "Packshot 0.1.0" and work.text("xmp:ModifyDate") == "2026-03-04T05:06:07+00:00"
    )
    assert work.text("Iptc4xmpExt:DigitalSourceType") == "http://example.com/made"
    assert work.text("xmpMM:DocumentID") == work.text("xmpMM:OriginalDocumentID") != work.text("xmpMM:InstanceID")
    assert [event.findtext(name("stEvt:changed")) for event in work.add("xmpMM:History")] == ["/"]
    assert '/"/>' not in work.xml()  # which ImageMagick 6 complains of


def test_numbers_of_the_document_stay_and_the_copys_is_new():
    first = renew(Metadata(xmp=XMP), **SETTINGS).xmp
    one, two = Packet.parse(first), renewed(first)
    assert one.text("xmpMM:DocumentID") == two.text("xmpMM:DocumentID") == "xmp.did:first"
    assert one.text("xmpMM:InstanceID") != two.text("xmpMM:InstanceID")
    assert len(two.add("xmpMM:History")) == 2


def test_properties_that_speak_of_the_picture_are_put_right_and_others_left():
    extra = (b' tiff:ImageWidth="9" exif:ColorSpace="65535" tiff:XResolution="1/1" xmlns:photoshop='
             b'"http://ns.adobe.com/photoshop/1.0/" photoshop:ICCProfile="Adobe RGB (1998)" shop:Article=')  # fmt: skip
    work = renewed(XMP.replace(b" shop:Article=", extra), dpi=(300.0, 300.0))
    assert work.text("tiff:Orientation") == "1" and work.text("tiff:ImageWidth") == "64"
    assert work.text("exif:ColorSpace") == "1" and work.text("tiff:XResolution") == "3000000/10000"
    assert work.find("photoshop:ICCProfile") is None and work.find("xmp:Thumbnails") is None
    assert work.find("tiff:ImageLength") is None and work.find("exif:GPSLatitude") == "48,51.491833N"


def test_coordinates_go_from_every_name_space():
    more = (
        b'<drone:Latitude xmlns:drone="http://www.dji.com/drone-dji/1.0/">48.1</drone:Latitude><Iptc:LocationShown '
        b'xmlns:Iptc="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><rdf:Bag><rdf:li rdf:parseType="Resource">'
        b"<exif:GPSAltitude>30</exif:GPSAltitude><Iptc:City>Paris</Iptc:City></rdf:li></rdf:Bag></Iptc:LocationShown>"
    )
    text = renewed(XMP.replace(b"<shop:Colours>", more + b"<shop:Colours>"), strip=frozenset({"gps"})).xml()
    assert "48.1" not in text and "48,51" not in text and "GPS" not in text and "Paris" in text


def test_unknown_name_spaces_keep_their_prefixes_and_order():
    text = renewed(XMP).packed().decode()
    assert 'shop:Article="K-17"' in text and "<rdf:li>rot &amp; blau</rdf:li><rdf:li>緑</rdf:li>" in text
    assert 'xmlns:shop="http://example.com/shop/1.0/"' in text


def test_a_prefix_that_means_something_else_is_not_taken_for_the_usual_one():
    odd = XMP.replace(b"xmlns:shop=", b'xmlns:dc="http://example.com/mine" dc:a="x" xmlns:shop=')
    again = Packet.parse(renewed(with_iptc(odd, IPTC)).packed())
    assert again.descriptions()[0].attrib["{http://example.com/mine}a"] == "x"
    assert again.find("dc:subject") is not None


@pytest.mark.parametrize(
    "packet",
    [
        b"", b"<a/>", b"<x:xmpmeta", XMP[:400], b'<!DOCTYPE a [<!ENTITY b "c">]><rdf:RDF>&b;</rdf:RDF>',
        XMP.replace(b"<rdf:Bag>", b"<rdf:Bag>" + b"<rdf:Seq>" * 5000), b"\xff" * 999,
        XMP.decode().encode("utf-16")[:99],
    ],
)  # fmt: skip
def test_a_packet_that_cannot_be_read_makes_way(packet):
    with pytest.raises(Unreadable):
        Packet.parse(packet)
    assert renewed(packet).text("xmp:CreatorTool") == "Packshot 0.1.0"


def test_stray_bytes_around_and_in_a_packet_are_let_go():
    for packet in (XMP + bytes(2000), b"\0\0" + XMP, XMP.replace(b"K-17", b"K-\x0117"), XMP + b"trailing & rubbish"):
        assert renewed(packet).descriptions()[0].attrib["{http://example.com/shop/1.0/}Article"] == "K-17"


def test_control_characters_of_a_recipe_do_not_spoil_the_packet():
    work = renewed(XMP, edits='a\x00\x1b"<&>\nb' + "x" * 20_000)
    event = work.add("xmpMM:History")[0]
    told = event.findtext(name("stEvt:parameters"))
    assert told.startswith('a"<&>\nbx') and len(told) == 8000


def test_a_long_packet_is_split_and_merged():
    long = XMP.replace(b"rot", b"rot" * 30_000)
    standard, extended, guid = split(long)
    assert len(standard) <= 65_502 and guid in standard and b"K-17" in standard and b"rotrot" not in standard
    whole = merged(standard, extended)
    assert b"rotrot" in whole and "緑".encode() in whole and b"K-17" in whole and guid not in whole
    assert split(XMP) == (XMP, b"", b"") and split(b"x" * 70_000) is None
    assert split(XMP.replace(b"K-17", b"K" * 70_000)) is None
    assert merged(XMP, b"<broken") == XMP


def test_data_sets_become_properties_where_there_are_none():
    work = Packet.parse(
        with_iptc(XMP.replace(b"xmlns:shop", b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:shop'), IPTC)
    )
    assert [item.text for item in work.add("dc:subject")] == ["鞋子", "shoe"]
    assert (
        work.text("photoshop:Headline") == "Schöne Überschrift" and work.text("photoshop:DateCreated") == "2020-01-02"
    )
    theirs = with_iptc(work.packed(), iim((2, 105, b"Other"), (2, 116, b"(c) Ada")))
    assert Packet.parse(theirs).text("photoshop:Headline") == "Schöne Überschrift"
    assert [item.text for item in Packet.parse(theirs).add("dc:rights")] == ["(c) Ada"]
    assert with_iptc(XMP, b"") is XMP and b"Headline" in with_iptc(None, IPTC)


def test_texts_of_data_sets_in_latin_1_and_utf_8():
    assert texts(iim((2, 90, "Zürich".encode("latin-1")), (2, 95, "Zürich".encode()))) == {
        90: ["Zürich"],
        95: ["Zürich"],
    }
    assert iptc_to_xmp(iim((2, 55, b"20200102"), (2, 60, b"030405+0100")))[0][3] == ["2020-01-02T03:04:05+01:00"]
    assert iptc_to_xmp(iim((2, 55, b"yesterday"), (2, 25, b""))) == []
    long = b"\x1c\x02\x78\x80\x04" + (40_000).to_bytes(4, "big") + b"x" * 40_000
    assert texts(long) == {120: ["x" * 40_000]} and texts(long[:-1]) == {}


def test_photoshop_resources_are_parted_and_joined():
    block = joined(IPTC, RESOURCES, (300.0, 150.0))
    assert parted(block) == (IPTC, RESOURCES, (300.0, 150.0))
    assert [one.id for one in resources(block)] == [1005, 1028, 2000, 1034, 1061]
    assert [one.id for one in resources(without_places(RESOURCES))] == [1034, 1061]
    assert parted(b"") == parted(b"8BIM") == (None, None, None) and joined(None, None, (72.0, 72.0)) == b""


def test_paths_leave_a_picture_that_lies_otherwise():
    upright, turned = Metadata(photoshop=RESOURCES), Metadata(photoshop=RESOURCES, orientation=6)
    assert renew(upright, **SETTINGS).photoshop == RESOURCES
    assert renew(turned, **SETTINGS).photoshop == renew(upright, reframed=True, **SETTINGS).photoshop != RESOURCES
