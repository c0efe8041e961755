"""Marks: stars and labels, those in a photo's own file and those in its sidecar."""

from __future__ import annotations

import json
import os
import time

import pytest
from PIL import Image as Pillow

from editor.core import marks as module
from editor.core.keeper import Keeper
from editor.core.marks import LABELS, UNMARKED, Marks, own_marks
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.sidecar import load, sidecar_path
from tests.core.beside import names, recipe

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" {}/></rdf:RDF></x:xmpmeta>'
)


def save(path, xmp="", rating=None):
    """A small photo with such metadata."""
    exif = Pillow.Exif()
    if rating is not None:
        exif[0x4746] = rating
    Pillow.new("RGB", (8, 6)).save(path, exif=exif, xmp=XMP.format(xmp).encode() if xmp else b"")
    return path


@pytest.fixture
def starred(tmp_path):
    """A photo whose file says three stars, red."""
    return save(tmp_path / "shoe.jpg", 'xmp:Rating="3" xmp:Label="Red"')


@pytest.mark.parametrize("wrong", [{"rating": 6}, {"rating": -1}, {"rating": True}, {"rating": 2.0}, {"label": "pink"}])
def test_marks_that_are_none(wrong):
    with pytest.raises(ValueError, match=r"rating|label"):
        Marks(**wrong)


@pytest.mark.parametrize(
    ("xmp", "rating", "said"),
    [
        ('xmp:Rating="4" xmp:Label="Green"', None, Marks(4, "green")),
        ('xmp:Rating="2.0"', None, Marks(2)),
        ('xmp:Rating="-1"', None, Marks(0)),
        ('xmp:Rating="9"', None, Marks(5)),
        ('xmp:Rating="many" xmp:Label="mine"', None, Marks(0)),
        ('xmp:Label="To Do"', None, Marks(0, "purple")),
        ('xmp:Label="蓝色"', 5, Marks(5, "blue")),
        ('xmp:Rating="1"', 4, Marks(1)),
        ("", 4, Marks(4)),
        ("", None, UNMARKED),
    ],
)
def test_what_a_file_says_itself(tmp_path, xmp, rating, said):
    assert own_marks(save(tmp_path / "shoe.jpg", xmp, rating)) == said


def test_a_file_that_is_none_is_unmarked(tmp_path):
    (tmp_path / "notes.jpg").write_text("xmp:Rating")
    assert own_marks(tmp_path / "notes.jpg") == own_marks(tmp_path / "gone.jpg") == UNMARKED


def test_a_file_is_read_once_until_it_is_changed(starred, monkeypatch):
    read, plain = [], module.read_metadata
    monkeypatch.setattr(module, "read_metadata", lambda path: read.append(path) or plain(path))
    module.marks_in.cache_clear()
    assert own_marks(starred) == own_marks(starred) == Marks(3, "red") and len(read) == 1
    save(starred, 'xmp:Rating="1"')
    os.utime(starred, (time.time() + 5,) * 2)
    assert own_marks(starred) == Marks(1) and len(read) == 2


def test_a_sidecar_says_only_what_is_other_than_in_the_file(starred):
    own = own_marks(starred)
    assert load(starred).marks == own
    keeper = Keeper(starred, load(starred))
    for marks, said in [
        (Marks(5, "red"), {"rating": 5}),
        (Marks(3, "blue"), {"label": "blue"}),
        (UNMARKED, {"rating": 0, "label": ""}),
        (own, {}),
    ]:
        keeper.mark(marks)
        assert load(starred).marks == keeper.marks == marks and load(starred).recovered
        assert keeper.flush() and json.loads(sidecar_path(starred).read_text()) == {"packshot": 1, "edits": []} | said
        assert load(starred).marks == marks and not load(starred).recovered
    assert keeper.close() and names(starred) == ["shoe.jpg"]


def test_the_photo_is_never_written(starred):
    before = starred.read_bytes(), starred.stat().st_mtime_ns
    keeper = Keeper(starred, load(starred))
    keeper.mark(Marks(1, "green"))
    keeper.keep(recipe(1))
    assert keeper.close() and (starred.read_bytes(), starred.stat().st_mtime_ns) == before


def test_edits_leave_marks_and_marks_leave_edits(starred):
    keeper = Keeper(starred, load(starred))
    keeper.keep(recipe(10))
    keeper.mark(Marks(5, "blue"))
    keeper.keep(recipe(20))
    assert keeper.close()
    kept = load(starred)
    assert kept.recipe == recipe(20) and kept.marks == Marks(5, "blue") and len(kept.steps) == 3
    text = sidecar_path(starred).read_text()
    assert Recipe.from_json(text) == recipe(20) and Sheet.from_json(text).to_json() == text


def test_a_rating_alone_is_no_edit_and_no_history(starred):
    keeper = Keeper(starred, load(starred))
    keeper.mark(Marks(1))
    assert keeper.close() and names(starred) == ["shoe.jpg", "shoe.jpg.packshot.json"]
    assert load(starred).recipe == Recipe() and load(starred).steps[0].recipe == Recipe()


@pytest.mark.parametrize("wrong", ['"rating": 7', '"rating": "5"', '"rating": true', '"label": "pink"', '"label": []'])
def test_marks_that_cannot_be_read_are_told_and_the_sidecar_stays(starred, wrong):
    text = f'{{"packshot": 1, {wrong}, "edits": []}}'
    sidecar_path(starred).write_text(text)
    kept = load(starred)
    assert "cannot be read (" in kept.trouble and kept.marks == Marks(3, "red")
    keeper = Keeper(starred, kept)
    keeper.mark(Marks(1, "red"))
    assert keeper.close()
    assert starred.with_name("shoe.jpg.packshot.json.bak").read_text() == text and load(starred).marks.rating == 1


def test_labels_are_lightrooms():
    assert LABELS == ("", "red", "yellow", "green", "blue", "purple")
