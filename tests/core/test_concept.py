"""Concepts: pictures from words and a seed, and the mark that says so, wherever such a picture goes."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pillow

from editor.core.concept import Concept
from editor.core.copies import new_copy
from editor.core.engine import Engine
from editor.core.folder import entries
from editor.core.formats import FORMATS
from editor.core.generate import contact_sheet, generate, meant, straight, words_of, write
from editor.core.handout import hand_out, mark
from editor.core.job import Cancelled, Job
from editor.core.journal import journal_path
from editor.core.keeper import Keeper
from editor.core.metadata import read_metadata
from editor.core.metadata.packet import Packet
from editor.core.model import ModelError
from editor.core.origin import COMPOSITE, ENHANCED, GENERATED, strength, strongest, told_by
from editor.core.output import Output, render_note, source_of
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.shot import Shot
from editor.core.sidecar import load, sidecar_path
from editor.edits.denoise import Denoise
from tests.core.beside import journal, recipe

SHOES = ("t-shirt", "shirt", "casual shoes", "sports shoes", "formal shoes", "watch", "trousers", "sunglasses", "dress")


def told(path):
    """What a file says of its origin."""
    return told_by(read_metadata(path).xmp)


@pytest.fixture
def drawn(models):
    return next(generate(models, {"category": ("shoe",), "colour": ("red",)}, 1, 7, Job(), 0.8, first=2))


@pytest.fixture
def concept(drawn, tmp_path):
    """The file of a picture that was drawn."""
    path = tmp_path / "concept.png"
    write(drawn, path, Output(), Job())
    return path


# Words


def test_words_come_by_kind_in_the_order_of_the_network(models):
    assert words_of(models) == {"category": ("shirt", "shoe"), "colour": ("red", "blue"), "gender": ("men",)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("shirt", ("shirt",)), ("Shirts", ("shirt",)), ("T-shirts", ("t-shirt",)), ("tshirt", ("t-shirt",)),
        ("shoes", SHOES[2:5]), ("shoe", SHOES[2:5]), ("sports", ("sports shoes",)), (" Watches ", ("watch",)),
        ("trouser", ("trousers",)), ("sunglasses", ("sunglasses",)), ("dresses", ("dress",)),
    ],
)  # fmt: skip
def test_a_word_may_be_plural_or_a_part_of_several(text, found):
    assert meant(text, SHOES, "category") == found


@pytest.mark.parametrize("text", ["footwear", "", "hoe", "shoes and socks"])
def test_a_word_that_is_not_known_is_told_with_those_that_are(text):
    with pytest.raises(ValueError, match=f"^category '{text}' is not known; known are t-shirt, shirt, "):
        meant(text, SHOES, "category")


# Pictures


def pixels(pictures):
    return [picture.rgba for picture in pictures]


def test_a_picture_hangs_on_its_seed_and_number_and_not_on_how_many_are_asked_for(models):
    five = pixels(generate(models, {}, 5, 3, Job()))
    again = pixels(generate(models, {}, 2, 3, Job(), first=3))
    assert np.array_equal(five[2], again[0]) and np.array_equal(five[3], again[1])
    assert not np.array_equal(five[0], five[1])
    assert not np.array_equal(five[0], next(generate(models, {}, 1, 4, Job())).rgba)


def test_words_have_their_say_and_spread_scales_the_rest(models):
    def colour(word):
        pictures = pixels(generate(models, {"colour": (word,)}, 4, 1, Job()))
        return np.mean([p[p[..., 3] > 0.9][:, :3].mean(0) for p in pictures], 0)

    red, blue = colour("red"), colour("blue")
    assert red[0] > red[2] + 0.3 and blue[2] > blue[0] + 0.3
    usual = pixels(generate(models, {}, 2, 1, Job(), 0.0))
    assert np.array_equal(usual[0], usual[1])


def test_several_meanings_come_in_turn_by_seed(models):
    words = {"category": ("shirt", "shoe"), "colour": ("red", "blue")}
    said = [one.concept.words for one in generate(models, words, 4, 0, Job())]
    assert len(set(said)) == 4 and said[0] == (("category", "shirt"), ("colour", "red"))
    assert next(generate(models, words, 1, 1, Job())).concept.words == said[1]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"count": 0}, "0 pictures are not between 1 and"), ({"seed": -1}, "the seed -1 is not between 0 and"),
        ({"spread": 3.0}, "the spread 3 is not between 0 and 2"), ({"spread": float("nan")}, "spread nan"),
        ({"words": {"colour": ("mauve",)}}, "colour 'mauve' is not known; known are red, blue"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said_at_once(models, changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        generate(models, **{"words": {}, "count": 1, "seed": 1, "job": Job()} | changes)


def test_networks_of_two_trainings_do_not_draw_together(models):
    class Other(type(models["latent-prior"])):
        words = ("category=shirt",)

    with pytest.raises(ModelError, match="not of one training"):
        words_of(models | {"latent-prior": Other()})


def test_it_can_be_stopped_between_two_pictures(models):
    job = Job()
    pictures = generate(models, {}, 9, 1, job)
    next(pictures)
    job.cancel()
    with pytest.raises(Cancelled):
        next(pictures)


def test_colours_over_white_become_straight_ones():
    alpha = np.repeat([0.02, 0.5, 1.0], 3)[None].astype(np.float32)
    colour = np.full((3, 1, 9), 0.25, np.float32)
    found = straight(np.concatenate([1 + alpha * (colour - 1), alpha[None]]))
    assert np.allclose(found[0, 3:, :3], 0.25, atol=1e-5) and np.allclose(found[0, 3:6, 3], 0.5, atol=1e-5)
    assert (found[0, :3, 3] == 0).all() and (found[0, 6:, 3] == 1).all()  # a haze is nothing, and what is solid is


def test_larger_ones_show_the_same(drawn):
    large = drawn.enlarged(96)
    assert large.rgba.shape == (96, 96, 4) and large.concept == drawn.concept
    assert abs(large.rgba[..., 3].mean() - drawn.rgba[..., 3].mean()) < 0.01
    inside = large.rgba[..., 3] > 0.99
    assert np.abs(large.rgba[inside][:, :3].mean(0) - drawn.rgba[drawn.rgba[..., 3] > 0.99][:, :3].mean(0)).max() < 0.02


def test_a_contact_sheet_has_them_all_and_is_a_concept_too(models):
    pictures = list(generate(models, {"category": ("shirt", "shoe"), "colour": ("red",)}, 5, 7, Job()))
    sheet = contact_sheet(pictures)
    assert sheet.rgba.shape[1] == 3 * sheet.rgba.shape[0] / 2 * 192 / 222
    assert sheet.concept == Concept((("colour", "red"),), 7, 0, 1.0, "latent-decoder")
    cells = sheet.rgba[:192, :576, :3].reshape(192, 3, 192, 3)
    assert all(cells[96, n, 96].max() < 0.99 for n in range(3)) and (sheet.rgba[222:, 384:, :3] == 1).all()


# The mark


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_every_kind_of_file_has_the_mark_inside_and_beside(drawn, tmp_path, kind):
    path = tmp_path / f"new{kind.suffixes[0]}"
    write(drawn, path, Output(), Job())
    assert told(path) == GENERATED
    xmp = read_metadata(path).xmp
    assert Concept.in_xmp(xmp) == drawn.concept == load(path).marks.concept
    said = Packet.parse(xmp)
    assert said.text("Iptc4xmpExt:AIPromptInformation") == (
        "category: shoe; colour: red; seed: 7; picture: 2; spread: 0.8"
    )
    assert said.uri("dc:description").startswith("Concept, drawn by Packshot, not photographed: category: shoe;")
    sidecar = json.loads(sidecar_path(path).read_text("utf-8"))
    assert sidecar["packshot"] == 1 and sidecar["edits"] == []
    assert sidecar["concept"] == {
        "by": "Packshot", "words": {"category": "shoe", "colour": "red"}, "seed": 7, "picture": 2, "spread": 0.8,
        "network": "latent-decoder",
    }  # fmt: skip
    photo = Photo.open(path)
    assert photo.concept == drawn.concept and photo.size == (32, 32)
    assert (photo.alpha is not None) == kind.alpha


@pytest.mark.parametrize("lost", ["nothing", "sidecar", "metadata"])
def test_what_is_made_of_a_concept_stays_one(concept, tmp_path, models, lost):
    path = tmp_path / "there" / "renamed.png"
    path.parent.mkdir()
    shutil.copy(concept, path)
    if lost != "sidecar":
        shutil.copy(sidecar_path(concept), sidecar_path(path))
    if lost == "metadata":
        Pillow.open(path).save(path)
        assert told(path) == ""
    photo = Photo.open(path)
    assert photo.concept == Photo.open(concept).concept
    for number, steps in enumerate((Recipe(), recipe(50))):
        out = tmp_path / f"out-{number}.jpg"
        Output().write(Engine(models), photo, steps, out, Job())
        assert told(out) == GENERATED and Photo.open(out).concept is not None


@pytest.mark.parametrize(
    ("own", "edit", "found"),
    [
        ("", COMPOSITE, COMPOSITE), ("", ENHANCED, ENHANCED), (ENHANCED, COMPOSITE, COMPOSITE),
        (COMPOSITE, ENHANCED, COMPOSITE), (GENERATED, COMPOSITE, GENERATED), (GENERATED, "", GENERATED),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", ENHANCED, ENHANCED),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic", ENHANCED,
         "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic"),
        ("https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia/", COMPOSITE,
         "https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia/"),
    ],
)  # fmt: skip
def test_the_strongest_type_is_written(photo, models, tmp_path, monkeypatch, own, edit, found):
    monkeypatch.setattr(Denoise, "digital_source", edit)
    packet = Packet()
    packet.put("Iptc4xmpExt:DigitalSourceType", own)
    photo = replace(photo, metadata=replace(photo.metadata, xmp=packet.packed() if own else None))
    Output().write(Engine(models), photo, recipe(50), tmp_path / "out.png", Job())
    assert told(tmp_path / "out.png") == found
    assert bool(render_note(photo, recipe(50))) == (strength(found) >= strength(COMPOSITE))
    assert source_of(photo, Recipe()) == own


def test_of_types_that_are_not_known_the_first_that_says_anything_holds():
    assert strongest("", "urn:a", "urn:b") == "urn:a" and strongest() == strongest("", "") == ""


def test_a_type_is_also_read_as_a_resource():
    packet = Packet()
    packet.put("Iptc4xmpExt:DigitalSourceType", GENERATED)
    text = packet.packed().decode()
    told = f' Iptc4xmpExt:DigitalSourceType="{GENERATED}"'
    assert told in text
    element = f'><Iptc4xmpExt:DigitalSourceType rdf:resource="{GENERATED}"/></rdf:Description>'
    xmp = text.replace(told, "").replace('rdf:about=""/>', f'rdf:about=""{element}').encode()
    assert told_by(xmp) == GENERATED and Concept.in_xmp(xmp) == Concept()


def test_pictures_that_others_had_drawn_are_concepts_of_which_nothing_is_known(photo, models, tmp_path):
    packet = Packet()
    packet.put("Iptc4xmpExt:DigitalSourceType", GENERATED)
    Output().write(Engine(models), replace(photo, metadata=replace(photo.metadata, xmp=packet.packed())), Recipe(),
                   tmp_path / "made.png", Job())  # fmt: skip
    photo = Photo.open(tmp_path / "made.png")
    assert photo.concept == Concept() and render_note(photo, Recipe()).startswith("is a concept")


@pytest.mark.parametrize(
    "data",
    [True, {}, 7, "yes", {"words": 3, "seed": "x", "picture": -4, "spread": "wide"}, {"words": {"colour": 5}, "by": 1},
     {"spread": float("nan")}, {"words": [["a", "b"]], "network": None}, {"spread": 10**400, "seed": 10**400}],
)  # fmt: skip
def test_a_mark_is_not_lost_by_a_detail_of_it(data):
    assert Concept.from_dict(data) == Concept()


def test_a_prompt_of_any_length_is_read():
    packet = Packet.parse(Concept((("colour", "red"),), seed=7, network="n").xmp())
    packet.put("Iptc4xmpExt:AIPromptInformation", f"colour: red; {' ' * 100_000}x; seed: 7{'; a: b' * 100_000}")
    concept = Concept.in_xmp(packet.packed())
    assert concept.seed == 7 and dict(concept.words) == {"colour": "red", "a": "b"} and len(concept.words) <= 200


def test_without_a_mark_there_is_none():
    assert Concept.from_dict(None) is Concept.from_dict(False) is Concept.in_xmp(None) is None
    assert Concept.in_xmp(Packet().packed()) is None


# The mark in the sidecar


def concept_of(shot):
    text = sidecar_path(*shot).read_text("utf-8")
    return Concept.from_dict(json.loads(text).get("concept"))


def test_the_sidecar_keeps_it_whatever_is_done_to_the_picture(concept):
    shot, known = Shot(concept), load(concept).marks.concept
    keeper = Keeper(concept, load(concept))
    keeper.keep(recipe(40))
    keeper.mark(replace(keeper.marks, rating=4))
    assert keeper.close() and concept_of(shot) == known and load(concept).recipe == recipe(40)
    out = hand_out([shot], lambda before: recipe(60), Job(), "paste", 5000.0)
    assert concept_of(shot) == known
    mark([shot], lambda marks: replace(marks, label="red"), Job(), "mark", 6000.0)
    assert concept_of(shot) == known and load(concept).marks.label == "red"
    mark([shot], lambda marks: replace(marks, label=""), Job(), "mark", 7000.0)
    out.take_back(Job())
    assert concept_of(shot) == known and load(concept).recipe == recipe(40)
    assert concept_of(new_copy(shot)) == known
    assert concept_of(new_copy(shot, recipe(10), "Navy")) == known


def test_it_is_in_the_journal_of_a_process_that_was_killed(concept, monkeypatch):
    monkeypatch.setattr("editor.core.keeper.PAUSE", 3600.0)
    known, keeper = load(concept).marks.concept, Keeper(concept, load(concept))
    keeper.keep(recipe(40))
    kept = load(concept)
    assert kept.recovered and kept.marks.concept == known and kept.recipe == recipe(40)
    assert '"concept"' in journal_path(concept).read_text("utf-8")
    keeper.close()


def test_what_is_handed_out_from_a_concept_makes_no_concept_of_a_photo(concept, photo_file):
    hand_out([Shot(photo_file)], lambda before: recipe(60), Job(), "paste", 5000.0)
    assert load(photo_file).recipe == recipe(60) and load(photo_file).marks.concept is None
    assert "concept" not in sidecar_path(photo_file).read_text("utf-8")


def test_a_folder_tells_concepts_from_photos(concept, photo_file):
    journal(photo_file, recipe(10))
    found = {entry.path.name: entry.marks.concept for entry in entries(concept.parent, Job())}
    assert found == {concept.name: load(concept).marks.concept, photo_file.name: None}


def test_a_picture_that_takes_its_place_is_none(concept, photo, models):
    Output().write(Engine(models), photo, Recipe(), concept, Job())
    assert Photo.open(concept).concept is None and told(concept) == ""
    assert [path.name for path in concept.parent.glob("*.bak")] == [f"{concept.name}.packshot.json.bak"]
