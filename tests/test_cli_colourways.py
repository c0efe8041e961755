"""Command line: every photo in every colour of a brand, each photo studied once."""

from __future__ import annotations

import signal

import numpy as np
import pytest
from PIL import Image as Pillow

from editor import cli
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import write_sheet
from tests.dyeing import PAPER, shoe

GPL = "GIMP Palette\nName: Brand\n#\n31 78 121 Navy\n255 0 127 Ros\u00e9\n40 120 60 \u7fe0\u7eff\n"


@pytest.fixture
def packshot(monkeypatch, models, dyed):
    """Runs the command line in this process, with models that need no file."""
    monkeypatch.setattr("editor.ml.store.Store", lambda folder, wish="auto", own=None: models)
    before = signal.getsignal(signal.SIGTERM)
    yield lambda *arguments: cli.run([str(a) for a in arguments])
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def brand(tmp_path):
    path = tmp_path / "brand.gpl"
    path.write_text(GPL, "utf-8")
    return path


@pytest.fixture
def photos(tmp_path):
    place = tmp_path / "photos"
    place.mkdir()
    return shoe(place / "shoe.png"), shoe(place / "boot.png", (48, 64))


def middle(path):
    with Pillow.open(path) as photo:
        return photo.convert("RGB").getpixel((photo.width // 2, photo.height // 2))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_every_photo_in_every_colour_and_each_photo_is_studied_once(packshot, models, photos, brand, tmp_path, capsys):
    out = tmp_path / "out" / "deep"
    assert packshot("apply", *photos, "--edit", "test_dye", "--colourways", brand, "-o", out) == 0
    assert names(out) == sorted(f"{stem}-{part}.jpg" for stem in ("shoe", "boot") for part in ("Navy", "Rosé", "翠绿"))
    for part, colour in (("Navy", (31, 78, 121)), ("Rosé", (255, 0, 127)), ("翠绿", (40, 120, 60))):
        for stem in ("shoe", "boot"):
            assert np.abs(np.subtract(middle(out / f"{stem}-{part}.jpg"), colour)).max() <= 3
            with Pillow.open(out / f"{stem}-{part}.jpg") as made:
                assert np.abs(np.subtract(made.getpixel((2, 2)), PAPER)).max() <= 3
    assert models["dye"].asked == 2
    told = capsys.readouterr()
    assert told.out == "" and f"[1/6] {photos[0]}, Navy -> {out / 'shoe-Navy.jpg'}" in told.err
    assert "[6/6]" in told.err and told.err.endswith("packshot: 6 of 6 pictures written\n")


def test_recolor_hits_every_swatch(packshot, photos, brand, tmp_path, capsys):
    out = tmp_path / "out"
    edits = ("--edit", "cutout", "--edit", "recolor:method=OKLab", "--edit", "background")
    assert packshot("apply", photos[0], *edits, "--colourways", brand, "-o", out) == 0
    for part, colour in (("Navy", (31, 78, 121)), ("Rosé", (255, 0, 127)), ("翠绿", (40, 120, 60))):
        assert np.abs(np.subtract(middle(out / f"shoe-{part}.jpg"), colour)).max() <= 6
    assert capsys.readouterr().err.count("recolor: ΔE2000 to target: ") == 3


def test_other_edits_take_part_and_the_target_that_was_given_does_not(packshot, photos, brand, tmp_path):
    edits = ("--edit", "test_dye:target=#00ff00,strength=50", "--edit", "crop:turn=90°")
    out = tmp_path / "out"
    assert packshot("apply", photos[0], *edits, "--colourways", brand, "-o", out, "--format", "png") == 0
    with Pillow.open(out / "shoe-Navy.png") as made:
        assert made.size == (40, 60)
    half = np.add((180, 40, 40), (31, 78, 121)) / 2
    assert np.abs(np.subtract(middle(out / "shoe-Navy.png"), half)).max() <= 1


def test_without_a_folder_they_come_beside_their_photos_and_replace_nothing(packshot, photos, brand, capsys):
    folder = photos[0].parent
    other = shoe(folder / "shoe-Navy.jpg")  # another photo that happens to be called so
    before = other.read_bytes()
    assert packshot("apply", photos[0], "--edit", "test_dye", "--colourways", brand) == 2
    assert names(folder) == ["boot.png", "shoe-Navy.jpg", "shoe-Rosé.jpg", "shoe-翠绿.jpg", "shoe.png"]
    assert other.read_bytes() == before
    told = capsys.readouterr().err
    assert "shoe-Navy.jpg: is there already; --overwrite replaces it" in told
    assert told.endswith("packshot: 2 of 3 pictures written\n")
    assert packshot("apply", photos[0], "--edit", "test_dye", "--colourways", brand, "--overwrite") == 0
    assert np.abs(np.subtract(middle(other), (31, 78, 121))).max() <= 3


def test_an_original_of_the_same_call_is_never_replaced(packshot, photos, brand, capsys):
    other = shoe(photos[0].with_name("shoe-Navy.png"))
    before = other.read_bytes()
    told = ("--edit", "test_dye", "--colourways", brand, "--overwrite", "--format", "png")
    assert packshot("apply", photos[0], other, *told) == 2
    assert other.read_bytes() == before and "shoe-Navy.png: is one of the originals" in capsys.readouterr().err
    assert (other.with_name("shoe-Navy-Navy.png")).exists()


def test_photos_of_one_name_do_not_fall_upon_each_other(packshot, photos, brand, tmp_path, capsys):
    webp, out = photos[0].with_suffix(".webp"), tmp_path / "out"
    shoe(webp)
    (tmp_path / "more").mkdir()
    again = shoe(tmp_path / "more" / "shoe.png")
    told = ("--edit", "test_dye", "--colourways", brand, "-o", out, "--overwrite")
    assert packshot("apply", photos[0], webp, again, *told) == 2
    assert names(out) == sorted(f"{s}-{part}.jpg" for s in ("shoe", "shoe.webp") for part in ("Navy", "Rosé", "翠绿"))
    assert capsys.readouterr().err.count("which this call has already made") == 3


def test_of_several_edits_one_is_named(packshot, photos, brand, tmp_path, capsys):
    edits = ("--edit", "test_dye:name=sole,strength=0", "--edit", "test_dye:name=upper")
    out = tmp_path / "out"
    assert packshot("apply", photos[0], *edits, "--colourways", brand, "-o", out) == 2
    assert "several edits have a colour to vary: sole, upper; say which, as in sole=FILE" in capsys.readouterr().err
    assert not out.exists()
    assert packshot("apply", photos[0], *edits, "--colourways", f"upper={brand}", "-o", out) == 0
    assert np.abs(np.subtract(middle(out / "shoe-Navy.jpg"), (31, 78, 121))).max() <= 3
    assert packshot("apply", photos[0], *edits, "--colourways", f"laces={brand}", "-o", out) == 2
    assert "is called 'laces'; there is sole, upper" in capsys.readouterr().err


def test_a_file_with_an_equals_sign_in_its_name_is_a_file(packshot, photos, brand, tmp_path):
    odd = brand.rename(brand.with_name("season=2026.gpl"))
    assert packshot("apply", photos[0], "--edit", "test_dye", "--colourways", odd, "-o", tmp_path / "out") == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--edit", "exposure", "-o", "OUT"), "no edit has a colour to vary; "),
        (("-o", "OUT", "--no-sidecar"), "no edit has a colour to vary; "),
        (("--edit", "test_dye", "-o", "-"), "standard output takes one"),
        (("--edit", "test_dye", "-o", "OUT.jpg"), "OUT.jpg: is one file"),
        (("--edit", "test_dye", "-o", "OUT", "--save-matte"), "the matte is the same in every colour"),
        (("--edit", "test_dye", "--sample"), "say with -o where"),
        (("--edit", "test_dye", "-o", "OUT", "--colourways", ""), "which swatch file?"),
        (("--edit", "test_dye", "--colourways", "sole="), "which swatch file?"),
    ],
)
def test_what_does_not_go_together_is_said_before_anything_is_written(
    packshot, models, photos, brand, tmp_path, capsys, arguments, reason
):
    told = [str(tmp_path / each) if each.startswith("OUT") else each for each in arguments]
    assert packshot("apply", photos[0], "--colourways", brand, *told) == 2
    heard = capsys.readouterr().err
    assert reason in heard and heard.count("\n") == 1
    assert models["dye"].asked == 0 and names(photos[0].parent) == ["boot.png", "shoe.png"]


@pytest.mark.parametrize("content", [b"", b"GIMP Palette\n1 2\n", None], ids=["empty", "damaged", "none"])
def test_a_swatch_file_that_is_none(packshot, photos, brand, tmp_path, capsys, content):
    brand.unlink() if content is None else brand.write_bytes(content)
    assert packshot("apply", photos[0], "--edit", "test_dye", "--colourways", brand, "-o", tmp_path / "out") == 2
    heard = capsys.readouterr().err
    assert str(brand) in heard and heard.count("\n") == 1 and not (tmp_path / "out").exists()


def test_a_bad_photo_stops_nobody_and_all_its_colours_are_missing(packshot, photos, brand, tmp_path, capsys):
    bad, out = tmp_path / "bad.jpg", tmp_path / "out"
    bad.write_bytes(b"no photo")
    assert packshot("apply", bad, photos[0], "--edit", "test_dye", "--colourways", brand, "-o", out) == 2
    assert len(names(out)) == 3
    told = capsys.readouterr().err
    assert f"{bad}: " in told and told.endswith("packshot: 3 of 6 pictures written\n")


def test_what_the_edits_found_out_is_said_once_for_each_photo(packshot, brand, tmp_path, capsys):
    paper = tmp_path / "paper.png"
    Pillow.new("RGB", (40, 30), PAPER).save(paper)
    assert packshot("apply", paper, "--edit", "test_dye", "--colourways", brand, "-o", tmp_path / "out") == 0
    assert capsys.readouterr().err.count("test_dye: Nothing of the picture is in the part.") == 1
    assert (
        packshot("apply", paper, "--edit", "test_dye:strength=75", "--colourways", brand, "-o", tmp_path / "more") == 0
    )
    assert capsys.readouterr().err.count("test_dye: Distance to target: 25.0") == 3


def test_the_edits_kept_beside_photos_and_copies_count(packshot, models, photos, brand, dyed, tmp_path, capsys):
    write_sheet(Shot(photos[0]), Sheet(Recipe().put(dyed())))
    write_sheet(Shot(photos[0], 1), Sheet(Recipe().put(dyed(strength=0.0))))
    out = tmp_path / "out"
    assert packshot("apply", photos[0].parent, "--colourways", brand, "-o", out) == 2
    assert len(names(out)) == 6 and names(out)[0] == "shoe-Navy.jpg" and "shoe-copy-1-Navy.jpg" in names(out)
    assert np.abs(np.subtract(middle(out / "shoe-copy-1-Navy.jpg"), (180, 40, 40))).max() <= 3
    told = capsys.readouterr().err
    assert f"{photos[1]}: no edit has a colour to vary" in told and "with the edits kept beside the photo" in told


def test_apply_without_a_place_to_write_to_says_so(packshot, photos, capsys):
    assert packshot("apply", photos[0]) == 2
    assert "-o OUT says where the pictures go" in capsys.readouterr().err


def test_interrupted_nothing_is_half_done(packshot, models, photos, brand, tmp_path, monkeypatch):
    def stop(pixels, job, **more):
        job.cancel()
        job.progress(0.5)

    monkeypatch.setattr(models["dye"], "tell", stop)
    out = tmp_path / "out"
    assert packshot("apply", *photos, "--edit", "test_dye", "--colourways", brand, "-o", out) == cli.INTERRUPTED
    assert not out.exists()
