"""New products from the command line: what is written, how it is called, and what is said of what cannot be."""

import json
import signal

import numpy as np
import pytest
from PIL import Image as Pillow

from editor import cli
from editor.core.metadata import read_metadata
from editor.core.origin import GENERATED, told_by
from editor.core.photo import Photo
from editor.core.sidecar import sidecar_path


@pytest.fixture
def out(tmp_path):
    return tmp_path / "new" / "out"


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".json")


def test_pictures_are_written_with_their_mark(packshot, out, capsys):
    assert packshot("generate", "--category", "shoes", "--colour", "red", "--seed", 7, "-n", 3, "-o", out) == 0
    assert names(out) == ["concept-7-01.png", "concept-7-02.png", "concept-7-03.png"]
    assert "packshot: 3 of 3 pictures written" in capsys.readouterr().err
    for number, name in enumerate(names(out), 1):
        assert told_by(read_metadata(out / name).xmp) == GENERATED
        concept = json.loads(sidecar_path(out / name).read_text("utf-8"))["concept"]
        assert concept["words"] == {"category": "shoe", "colour": "red"}
        assert (concept["seed"], concept["picture"], concept["spread"]) == (7, number, 1.0)
    first = Photo.open(out / "concept-7-01.png")
    seen = first.samples[first.alpha > 250].mean(0)
    assert first.size == (32, 32) and seen[0] > seen[2] + 60


def test_the_same_seed_gives_the_same_pictures_and_more_of_them(packshot, out, tmp_path):
    assert packshot("generate", "--seed", 7, "-o", out) == 0
    assert packshot("generate", "--seed", 7, "-n", 2, "-o", tmp_path / "two") == 0
    one, two = (Photo.open(folder / "concept-7-01.png").samples for folder in (out, tmp_path / "two"))
    assert np.array_equal(one, two)


def test_nothing_is_overwritten_unless_that_is_asked_for(packshot, out, capsys):
    assert packshot("generate", "-n", 2, "-o", out) == 0
    before = (out / "concept-1-01.png").read_bytes()
    capsys.readouterr()
    (out / "concept-1-02.png").unlink()
    assert packshot("generate", "-n", 2, "--colour", "blue", "-o", out) == 2
    said = capsys.readouterr().err
    assert "concept-1-01.png: is there already; --overwrite replaces it" in said and "1 of 2 pictures written" in said
    assert (out / "concept-1-01.png").read_bytes() == before
    assert packshot("generate", "-n", 2, "--colour", "blue", "-o", out, "--overwrite") == 0
    assert (out / "concept-1-01.png").read_bytes() != before
    concept = json.loads(sidecar_path(out / "concept-1-01.png").read_text("utf-8"))["concept"]
    assert concept["words"] == {"colour": "blue"}


def test_size_format_and_sheet(packshot, out):
    words = "--category", "shirt", "--color", "blue"
    assert packshot("generate", *words, "-n", 2, "--size", 80, "--format", "jpg", "--sheet", "-o", out) == 0
    assert names(out) == ["concept-1-01.jpg", "concept-1-02.jpg", "concept-1-sheet.png"]
    with Pillow.open(out / "concept-1-01.jpg") as made:
        assert made.size == (80, 80) and min(made.getpixel((1, 1))) > 250  # on white
    assert told_by(read_metadata(out / "concept-1-sheet.png").xmp) == GENERATED


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--colour", "navi"), "colour 'navi' is not known; known are red, blue"),
        (("--category", "footwear"), "category 'footwear' is not known; known are shirt, shoe"),
        (("--spread", "5"), "the spread 5 is not between 0 and 2"),
        (("-n", "0"), "0 pictures are not between 1 and 999"),
        (("--seed", "-2"), "the seed -2 is not between 0 and"),
        (("--size", "3"), "--size 3 is not between 16 and 4096"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(packshot, out, capsys, arguments, sentence):
    assert packshot("generate", *arguments, "-o", out) == 2
    assert sentence in capsys.readouterr().err and not out.exists()


def test_a_file_is_no_folder(packshot, photo_file, capsys):
    assert packshot("generate", "-o", photo_file) == 2
    assert "is a file; the pictures go into a folder" in capsys.readouterr().err


def test_without_a_network_its_sentence_is_said(tmp_path, capsys):
    (tmp_path / "models").mkdir()
    told = ["generate", "--models", str(tmp_path / "models"), "--category", "shoes", "-o", str(tmp_path / "out")]
    before = signal.getsignal(signal.SIGTERM)
    assert cli.run(told) == 2
    signal.signal(signal.SIGTERM, before)
    said = capsys.readouterr().err
    assert "latent-decoder.onnx: there is no such model" in said and not (tmp_path / "out").exists()


def test_help_names_the_words(packshot, capsys):
    with pytest.raises(SystemExit) as end:
        packshot("generate", "--help")
    said = " ".join(capsys.readouterr().out.split())
    assert end.value.code == 0 and "--category WORD shirt, shoe" in said and "--gender WORD men" in said
    assert "the network draws 32, more is resampled" in said


def test_an_edited_concept_stays_one_and_photos_only_warns(packshot, out, photo_file, tmp_path, capsys):
    assert packshot("generate", "-o", out, "--size", 64) == 0
    there = out / "concept-1-01.png"
    sidecar_path(there).unlink()
    for edit in ((), ("--edit", "exposure:stops=0.5"), ("--edit", "denoise")):
        capsys.readouterr()
        assert packshot("apply", there, "-o", tmp_path / "edited.png", *edit, "--photos-only") == 0
        assert told_by(read_metadata(tmp_path / "edited.png").xmp) == GENERATED
        assert "is a concept that a network drew" in capsys.readouterr().err
    assert packshot("apply", there, "-o", tmp_path / "edited.png") == 0
    assert packshot("apply", photo_file, "-o", tmp_path / "photo.png", "--photos-only", "--edit", "denoise") == 0
    assert "a network drew" not in capsys.readouterr().err
