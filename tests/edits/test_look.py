"""Looks as an edit: taken from a file, worn as strongly as one likes, and what if the file is gone."""

from pathlib import Path

import numpy as np
import pytest

from editor.core.edit import Edit
from editor.core.engine import Engine, View
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.craft import cube
from editor.edits.look import DAMAGED, GONE, UNCHOSEN, LookUp

WARM = Path(__file__).with_name("warm.cube")
HALF = "LUT_1D_SIZE 2\n0 0 0\n0.5 0.5 0.5\n"


@pytest.fixture
def engine():
    return Engine({})


def cook(engine, photo, edit):
    return engine.render(photo, Recipe().put(edit), View(), Job()).rgb


def note(engine, photo, edit):
    return engine.facts(photo, Recipe().put(edit), edit, Job()).note


@pytest.fixture
def half(tmp_path):
    path = tmp_path / "half.cube"
    path.write_text(HALF)
    return path


def test_the_photo_wears_it(engine, photo):
    plain, worn = photo.at(1.0).rgb, cook(engine, photo, LookUp(file=str(WARM)))
    expected = cube.read_cube(WARM.read_bytes()).applied(plain)
    assert np.array_equal(worn, expected) and np.abs(worn - plain).mean() > 0.02
    assert (worn.mean((0, 1)) - plain.mean((0, 1)))[0] > (worn.mean((0, 1)) - plain.mean((0, 1)))[2]  # warmer


def test_strength(engine, photo, half):
    plain = photo.at(1.0).rgb
    assert np.allclose(cook(engine, photo, LookUp(file=str(half))), plain / 2, atol=1e-6)
    assert np.allclose(cook(engine, photo, LookUp(file=str(half), strength=40.0)), plain * 0.8, atol=1e-6)
    assert np.array_equal(cook(engine, photo, LookUp(file=str(half), strength=0.0)), plain)


def test_colours_outside_of_srgb_stay_outside(engine, half):
    wide = np.array([[[-0.2, 0.5, 1.4], [1.2, 0.0, 1.0]]], np.float32)
    worn = cook(engine, Photo("w.tif", wide), LookUp(file=str(half)))
    assert np.allclose(worn, [[[-0.2, 0.25, 0.9], [0.7, 0.0, 0.5]]], atol=1e-6)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("gone.cube", None, GONE),
        ("folder.cube", "folder", GONE),
        ("damaged.cube", b"LUT_3D_SIZE 2\n0 0 0\n", DAMAGED),
        ("photo.cube", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", DAMAGED),
        ("huge.cube", b"LUT_3D_SIZE 500\n0 0 0\n", DAMAGED),
        ("", None, UNCHOSEN),
    ],
)
def test_without_a_file_that_can_be_used_the_photo_is_as_it_was(engine, photo, tmp_path, name, data, said):
    if data == "folder":
        (tmp_path / name).mkdir()
    elif data:
        (tmp_path / name).write_bytes(data)
    edit = LookUp(file=str(tmp_path / name) if name else "")
    assert np.array_equal(cook(engine, photo, edit), photo.at(1.0).rgb)
    assert note(engine, photo, edit) == said and said in LookUp.notes


def test_a_look_of_more_than_64_mb_is_not_read(engine, photo, tmp_path):
    with (tmp_path / "long.cube").open("wb") as file:
        file.truncate((64 << 20) + 1)
    assert note(engine, photo, LookUp(file=str(tmp_path / "long.cube"))) == GONE


def test_a_file_that_changes_is_read_again(engine, photo, half):
    edit = LookUp(file=str(half))
    cook(engine, photo, edit)
    half.write_text("LUT_1D_SIZE 2\n0 0 0\n0.250 0.250 0.250\n")
    assert np.allclose(cook(engine, photo, edit), photo.at(1.0).rgb / 4, atol=1e-6)
    half.unlink()
    assert np.array_equal(cook(engine, photo, edit), photo.at(1.0).rgb) and note(engine, photo, edit) == GONE
    half.write_text(HALF)
    assert np.allclose(cook(engine, photo, edit), photo.at(1.0).rgb / 2, atol=1e-6)


def test_it_is_read_once_while_edits_before_it_change(engine, photo, half, monkeypatch):
    reads = []
    monkeypatch.setattr("editor.core.engine.contents", lambda path: reads.append(path) or Path(path).read_bytes())
    for stops in (0.1, 0.2, 0.3):
        recipe = Recipe().put(Edit.kinds["exposure"](stops=stops)).put(LookUp(file=str(half)))
        engine.render(photo, recipe, View(), Job())
    assert reads == [str(half)]


def test_it_comes_after_the_other_tone_edits():
    recipe = Recipe().put(LookUp()).put(Edit.kinds["white_balance"]()).put(Edit.kinds["exposure"]())
    assert recipe.edits[-1] == LookUp()
