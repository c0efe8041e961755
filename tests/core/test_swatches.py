"""Swatches: what Adobe's programs, GIMP and spreadsheets have written comes in; what is damaged is refused."""

from __future__ import annotations

import random
import struct
import tracemalloc

import pytest

from editor.core.colourtext import kept
from editor.core.lab import lab
from editor.core.params import rgb_of
from editor.core.swatches import MOST, MOST_BYTES, Palette, Swatch, SwatchError, palette, read_palette, swatches
from tests.core.swatchfiles import BRAND, CSV, GPL, ase, block, colour, group, named

NAVY, SAND = Swatch("Navy", "#1f4e79"), Swatch("Warm sand", "#d8c8b0")


def read(text, name="brand.csv", code="utf-8"):
    return swatches(text.encode(code), name)


def test_adobe_swatch_exchange():
    found = palette(BRAND, "/brand/Autumn 24.ase")
    assert found.name == "Autumn 24"
    assert found.swatches == (
        Swatch("Navy", "#1f4e79", "Uppers"), Swatch("消防红", "lab(45 70 50)", "Uppers"),
        Swatch("Signal 👟", "lab(50 110 65)", "Uppers"), Swatch("Ash", "lab(53.39 0 0)"),
    )  # fmt: skip
    assert lab(*rgb_of(found.swatches[1].colour)) == pytest.approx((45, 70, 50), abs=0.01)
    assert found.note == "Left out: 1 in printing inks (CMYK). Save them as RGB or Lab."


def test_an_ase_of_inks_only_says_why_nothing_is_there():
    with pytest.raises(SwatchError, match=r"inks.ase: has swatches in printing inks \(CMYK\) only; save them as RGB"):
        swatches(ase(colour("Red", b"CMYK", 0, 1, 1, 0)), "inks.ase")


def test_what_a_later_version_may_have_in_an_ase_is_passed_over():
    data = ase(block(7, b"future"), *group("A", colour("Navy", b"RGB ", 31 / 255, 78 / 255, 121 / 255)), block(0))
    assert swatches(data + b"trailing", "x.ase") == (Swatch("Navy", "#1f4e79", "A"),)
    tail = named("Navy") + b"RGB " + struct.pack(">3fH", 31 / 255, 78 / 255, 121 / 255, 0) + b"of the program's own"
    assert swatches(ase(block(1, tail)), "x.ase") == (NAVY,)


def test_gimp_palette():
    found = palette(GPL.encode(), "autumn.gpl")
    assert found == Palette("Autumn 24", (NAVY, SAND, Swatch("#000000", "#000000")))
    old = "GIMP Palette\n#\n31 78 121 Navy\n"
    assert palette(old.encode(), "C:\\brand\\old one.gpl") == Palette("old one", (NAVY,))
    assert palette(GPL.replace("\n", "\r\n").encode("utf-8-sig"), "autumn.gpl") == found
    aseprite = "GIMP Palette\nChannels: RGBA\n#\n31 78 121 255 Navy\n216 200 176 255\tUntitled\n"
    assert read(aseprite, "a.gpl") == (NAVY, Swatch("#d8c8b0", "#d8c8b0"))


def test_a_table_with_the_colour_in_one_column():
    for code in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        assert read(CSV, code=code) == (NAVY, Swatch("驼色", "#d8c8b0"), Swatch("Signal", "lab(50 110 65)"))
    assert read("name,HEX\nNavy,1f4e79\nWarm sand,#D8C8B0") == (NAVY, SAND)
    assert read("Colour,Hex code,Pantone\nNavy,#1f4e79,7694 C\n") == (NAVY,)
    assert read('"name"\t"colour"\n"Navy"\t"rgb(31, 78, 121)"\n') == (NAVY,)
    assert read("名称,色值\n藏青,#1f4e79\n") == (Swatch("藏青", "#1f4e79"),)
    assert read("hex\n#1f4e79\n") == (Swatch("#1f4e79", "#1f4e79"),)
    assert read("name,hex\nGrün,#1f4e79\nStraße,#d8c8b0", code="cp1252")[0].name == "Grün"


def test_a_table_with_the_colour_in_three_columns():
    assert read("Name,R,G,B\nNavy,31,78,121\nWarm sand,216,200,176\n") == (NAVY, SAND)
    assert read("red;green;blue;swatch\n31;78;121;Navy\n") == (NAVY,)
    assert read("Shade,Red,Green,Blue\nNavy,31,78,121\n") == (NAVY,)
    assert read("name;L*;a*;b*\nSignal;50,0;110;65\n") == (Swatch("Signal", "lab(50 110 65)"),)
    assert read("NAME,L,A,B\nNavy,31.64,-4.3,-29.67\n") == (NAVY,)
    assert read("name,R,G,B,L,a,b\nNavy,31,78,121,31.64,-4.3,-29.67\n") == (NAVY,)
    assert read("name,L,a,b,R,G,B\nNavy,31.64,-4.3,-29.67,31,78,121\n") == (NAVY,)
    assert read("B,G,R,name\n121,78,31,Navy\n") == (NAVY,)


def test_a_table_of_parts_of_one_is_not_read_as_black():
    assert read("name,r,g,b\nNavy,0.121569,0.305882,0.474510\nChalk,1,1,1\n") == (NAVY, Swatch("Chalk", "#ffffff"))
    assert read("name;R;G;B\nInk;0;0;0\nSand;0,847059;0,784314;0,690196\n")[1].colour == "#d8c8b0"
    assert read("Red,1,0,0\nBlack,0,0,0\n")[0] == Swatch("Red", "#ff0000")
    assert read("name,r,g,b\nInk,0,0,0\n") == (Swatch("Ink", "#000000"),)
    assert read("name,r,g,b\nInk,1,1,1\nNavy,31,78,121\n") == (Swatch("Ink", "#010101"), NAVY)
    assert read("name,r,g,b,L,a,b\nInk,0,0,0,0,0,0\nNavy,31,78,121,31.64,-4.3,-29.67\n")[1] == NAVY
    with pytest.raises(SwatchError, match=r"in line 3, 'rgb\(0.2 0.4\)' is not a colour"):
        read("name,r,g,b\nNavy,0.12,0.31,0.47\nHole,0.2,,0.4\n")


def test_a_table_without_titles_is_read_where_it_is_plain():
    assert read("Navy,#1f4e79\nWarm sand,#d8c8b0\n") == (NAVY, SAND)
    assert read("facade,d8c8b0\nNavy,1f4e79\n") == (Swatch("facade", "#d8c8b0"), NAVY)
    assert read("Navy,31,78,121\nWarm sand,216,200,176") == (NAVY, SAND)
    with pytest.raises(SwatchError, match="its first line has to say name,hex or name,r,g,b or name,L,a,b"):
        read("Navy,31.6,-4.3,-29.7\n")  # Lab, most likely, and no guess is made


def test_names_are_in_one_line_and_not_endless():
    (found,) = read('name,hex\n"Navy\n\u200bblue\x07' + "x" * 300 + '",#1f4e79')
    assert found.name.startswith("Navy blue x") and len(found.name) == 100
    assert kept(found.colour) == found.colour


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.ase", b"", "is empty"), ("a.csv", b" \n\r\n", "is empty"),
        ("a.ase", b"PK\x03\x04 a zip", "is no swatch file; read are .ase, .gpl and .csv"),
        ("a.ase", b"ASEF\0\1", r"is damaged or cut short \(its header is cut\)"),
        ("a.ase", ase(), "has no swatches in it"),
        ("a.ase", BRAND[:-1], "it ends before its last swatch"),
        ("a.ase", ase(colour("x", b"HSB ", 0, 0, 0)), "a swatch is not whole"),
        ("a.ase", ase(block(1, b"\xff\xff\0x")), "a swatch is not whole"),
        ("a.ase", ase(colour("x", b"RGB ", float("nan"), 0, 0)), "values in it that are no colours"),
        ("a.ase", ase(colour("x", b"RGB ", 7, 0, 0)), "values in it that are no colours"),
        ("a.ase", ase(colour("x", b"LAB ", 0.5, float("inf"), 0)), "values in it that are no colours"),
        ("a.gpl", b"GIMP Palette\nName: x\n300 0 0 bright", "in line 3, 'rgb.300 0 0.' is not a colour"),
        ("a.gpl", b"GIMP Palette\nName: x\nred 0 0", "in line 3, 'red 0 0' is not a colour"),
        ("a.gpl", b"GIMP Palette\nName: x\n", "has no swatches in it"),
        ("a.csv", b"name,hex\nNavy,blue\n", "in line 2, 'blue' is not a colour"),
        ("a.csv", b"name,hex\nNavy\n", "in line 2, '' is not a colour"),
        ("a.csv", b"name,r,g,b\nNavy,1,2,999\n", "in line 2, .* is not a colour"),
        ("a.csv", b"name,hex\n", "has no swatches in it"),
        ("a.csv", b"\xff\xfe\x00", "nobody can read|damaged|no swatches|is empty"),
        ("a.csv", b'name,hex\n"' + b"x" * 200_000, "is damaged or cut short"),
        ("a.csv", b"name,hex\n" + b"Navy,#1f4e79\n" * (MOST + 1), "has more than 10,000 swatches"),
        ("a.csv", b"name,hex\n" + b"x" * MOST_BYTES, "is longer than 8 MiB"),
    ],
)  # fmt: skip
def test_what_is_no_swatch_file_is_refused_with_a_sentence(name, data, why):
    with pytest.raises(SwatchError, match=f"^{name}: .*{why}"):
        swatches(data, name)


def test_a_file_that_cannot_be_read_is_refused_as_well(tmp_path):
    path = tmp_path / "brand.ase"
    with pytest.raises(SwatchError, match=r"brand.ase: cannot be read \(No such file or directory\)"):
        read_palette(path)
    with pytest.raises(SwatchError, match="is a folder"):
        read_palette(tmp_path)
    path.write_bytes(BRAND)
    assert read_palette(path) == palette(BRAND, str(path))
    with pytest.raises(SwatchError, match=r"a\?b.csv: cannot be read"):
        read_palette(tmp_path / "a\nb.csv")


@pytest.mark.parametrize(("name", "whole"), [("a.ase", BRAND), ("a.gpl", GPL.encode()), ("a.csv", CSV.encode())])
def test_damage_is_refused_or_makes_sense(name, whole):
    """Every truncation, and many flipped bytes: a SwatchError, or swatches that are colours, in little memory."""
    chance = random.Random(7)
    cases = [whole[:length] for length in range(len(whole))]
    for _ in range(1500):
        flipped = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 5))):
            flipped[chance.randrange(len(flipped))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        cases.append(bytes(flipped))
    refused = []
    tracemalloc.start()
    try:
        for data in cases:
            try:
                for swatch in swatches(data, name):
                    assert kept(swatch.colour) == swatch.colour and 0 < len(swatch.name) <= 100
                    assert swatch.name.isprintable()
            except SwatchError as error:
                refused.append(str(error))
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()
    assert len(refused) > 0.1 * len(whole)
    assert all(told.startswith(f"{name}: ") and "\n" not in told for told in refused)
