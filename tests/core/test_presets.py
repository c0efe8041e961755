"""Presets: readable files under any name; broken ones cost no other; older ones are upgraded."""

import json
import os
from pathlib import Path

import pytest

from editor.core.presets import Presets, Shelf, load
from editor.core.recipe import Recipe
from editor.edits.denoise import Denoise
from editor.edits.exposure import Exposure

LIGHT = Recipe().put(Exposure(stops=0.5))
BOTH = LIGHT.put(Denoise(strength=0.3)).switch("denoise", on=False)


@pytest.fixture
def presets(tmp_path):
    return Presets(tmp_path / "config" / "presets")


def test_what_is_saved_is_listed_by_name_and_is_a_recipe(presets):
    assert presets.shelf() == Shelf()
    presets.save("white ground", BOTH)
    kept = presets.save("  Amazon \n main ", LIGHT)
    assert kept.name == "Amazon main" and kept.path.parent == presets.folder
    shelf = Presets(presets.folder).shelf()
    assert [(p.name, p.recipe) for p in shelf.presets] == [("Amazon main", LIGHT), ("white ground", BOTH)]
    assert Recipe.from_json(kept.path.read_text("utf-8")) == LIGHT
    told = json.loads(kept.path.read_text("utf-8"))
    assert next(iter(told)) == "preset" and told["packshot"] == 1 and told["edits"][0]["stops"] == 0.5


def test_presets_of_one_edit(presets):
    presets.save("both", BOTH)
    one = presets.save("light", LIGHT)
    presets.save("quiet", Recipe().put(Denoise()))
    assert presets.shelf().of("exposure") == (one,)


@pytest.mark.parametrize(
    "name",
    [
        "白底 主图",
        "a/b\\c:d*e?",
        "..",
        ".",
        "CON",
        "com1.old",
        "nul",
        "-x-" * 300,
        "图" * 300,
        "'\"<>|",
        "ends. ",
        "😀",
        "A&B",
    ],
)
def test_any_name_makes_a_file_in_the_folder(presets, name):
    kept = presets.save(name, LIGHT)
    assert kept.name == name.strip() and kept.path.parent == presets.folder
    assert len(kept.path.name.encode()) < 140 and not kept.path.name.startswith(".")
    assert kept.path.stem.lower() not in ("con", "nul", "com1.old") and not set(kept.path.name) & set('<>:"/\\|?*')
    assert presets.shelf().presets == (kept,)


def test_names_that_make_the_same_file_stay_apart(presets):
    one, other = presets.save("a/b", LIGHT), presets.save("a:b", BOTH)
    assert one.path != other.path and presets.shelf().presets == (one, other)


@pytest.mark.parametrize("name", ["", "  ", "\n", "a\x00b", "a\x1bb"])
def test_what_is_no_name_is_refused(presets, name):
    with pytest.raises(ValueError, match="name"):
        presets.save(name, LIGHT)
    assert not presets.folder.exists()


def test_nothing_is_no_preset(presets):
    with pytest.raises(ValueError, match="at least one edit"):
        presets.save("empty", Recipe())


def test_a_taken_name_is_replaced_only_on_purpose(presets):
    kept = presets.save("Light", LIGHT)
    with pytest.raises(FileExistsError, match="'Light'"):
        presets.save("light", BOTH)
    assert presets.shelf().presets == (kept,)
    presets.save("light", BOTH, replace=True)
    assert [(p.name, p.recipe, p.path) for p in presets.shelf().presets] == [("light", BOTH, kept.path)]


def test_rename_moves_the_file_and_keeps_the_edits(presets):
    kept, other = presets.save("light", LIGHT), presets.save("other", BOTH)
    with pytest.raises(FileExistsError):
        presets.rename(kept, "OTHER")
    renamed = presets.rename(kept, "bright")
    assert renamed.path.name == "bright.json" and not kept.path.exists()
    assert presets.shelf().presets == (renamed, other)
    again = presets.rename(renamed, "Bright")  # a system may take both for one file
    assert again.name == "Bright" and [p.name for p in presets.shelf().presets] == ["Bright", "other"]
    presets.delete(again)
    presets.delete(again)  # somebody else was quicker
    assert presets.shelf().presets == (other,)


def test_broken_files_are_named_and_cost_no_other(presets):
    kept = presets.save("good", LIGHT)
    texts = {
        "text.json": b"hello", "bytes.json": b"\xff\xfe\x00", "list.json": b"[]", "deep.json": b"[" * 100_000,
        "empty.json": b'{"packshot": 1, "edits": []}', "new.json": b'{"packshot": 99, "edits": []}',
        "edit.json": b'{"packshot": 1, "edits": [{"edit": "magic"}]}', "none.json": b"",
        "range.json": b'{"packshot": 1, "edits": [{"edit": "exposure", "version": 1, "stops": 99}]}',
    }  # fmt: skip
    for name, data in texts.items():
        (presets.folder / name).write_bytes(data)
    (presets.folder / "folder.json").mkdir()
    (presets.folder / "notes.txt").write_text("no preset, and none of ours")
    (presets.folder / ".part.json").write_text("half")
    shelf = presets.shelf()
    assert shelf.presets == (kept,)
    assert {path.name for path, _ in shelf.broken} == {*texts, "folder.json"}
    assert all(reason and "\n" not in reason for _, reason in shelf.broken)
    assert "magic" in {p.name: reason for p, reason in shelf.broken}["edit.json"]


def test_a_folder_that_is_none_is_named(tmp_path):
    (tmp_path / "presets").write_text("")
    presets = Presets(tmp_path / "presets")
    assert [path for path, _ in presets.shelf().broken] == [tmp_path / "presets"]
    with pytest.raises(OSError, match="presets"):
        presets.save("x", LIGHT)


def test_a_recipe_put_there_by_hand_is_called_as_its_file(tmp_path):
    path: Path = tmp_path / "from a friend.json"
    path.write_bytes(b"\xef\xbb\xbf" + LIGHT.to_json().encode())
    assert load(path).name == "from a friend" and load(path).recipe == LIGHT
    path.write_text(json.dumps(json.loads(LIGHT.to_json()) | {"preset": ["odd"]}))
    assert load(path).name == "from a friend"


def test_an_older_version_is_upgraded(tmp_path, monkeypatch):
    monkeypatch.setattr(Exposure, "version", 2)
    monkeypatch.setattr(
        Exposure,
        "upgrade",
        classmethod(lambda cls, values, version: {"stops": values["ev"]} if version < 2 else values),
    )
    path = tmp_path / "old.json"
    path.write_text('{"packshot": 1, "edits": [{"edit": "exposure", "version": 1, "ev": 1.5}]}')
    assert load(path).recipe == Recipe().put(Exposure(stops=1.5))


def test_laying_edits_over_others():
    below = Recipe().put(Denoise(noise=3.0)).put(Exposure(stops=-1.0)).put(Exposure(stops=2.0, name="sole"))
    made = below.overlaid(BOTH)
    assert made.get("exposure") == Exposure(stops=0.5) and made.get("exposure", "sole") == Exposure(
        stops=2.0, name="sole"
    )
    assert made.get("denoise") == Denoise(strength=0.3) and not made.is_on("denoise")
    assert made.overlaid(Recipe().put(Denoise())).is_on("denoise")
    assert BOTH.only([("denoise", "")]) == Recipe().put(Denoise(strength=0.3)).switch("denoise", on=False)
    assert BOTH.only([("exposure", "")]) == LIGHT


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_no_preset_and_is_not_waited_for(presets):
    presets.folder.mkdir(parents=True, exist_ok=True)
    os.mkfifo(presets.folder / "pipe.json")
    shelf = presets.shelf()
    assert not shelf.presets and shelf.broken == ((presets.folder / "pipe.json", "not a file"),)
