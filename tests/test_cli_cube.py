"""Command line: the tone of a photo's edits as a look."""

from __future__ import annotations

import numpy as np
import pytest

from editor.core.edit import kind_of
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import write_sheet
from editor.craft.cube import read_cube


def grey(path, value=0.5):
    return float(read_cube(path.read_bytes()).applied(np.full((1, 1, 3), value, np.float32)).mean())


def brightened(stops, value=0.5):
    return float(kind_of("exposure")(stops=stops).colours(np.full((1, 1, 3), value, np.float32), None).mean())


def test_it_writes_the_look_and_names_what_is_not_in_it(packshot, photo_file, tmp_path, capsys):
    out = tmp_path / "out.cube"
    edits = (
        "--edit",
        "exposure:stops=-1",
        "--edit",
        "dodge_burn:name=right",
        "--edit",
        "dodge_burn:name=left,painted=add 0.2 0.5 0.5 0.5",
        "--edit",
        "crop",
    )
    assert packshot("cube", photo_file, "-o", out, *edits) == 0
    told = capsys.readouterr()
    assert told.out == "" and f"-> {out}" in told.err
    assert "not in the look: Dodge and Burn left\n" in told.err and "Crop" not in told.err and "right" not in told.err
    assert grey(out) == pytest.approx(brightened(-1.0), abs=1e-3)
    assert "LUT_3D_SIZE 33\n" in out.read_text("ascii")


def test_a_recipe_and_another_size(packshot, photo_file, tmp_path):
    recipe, out = tmp_path / "r.json", tmp_path / "out.cube"
    recipe.write_text(Recipe().put(kind_of("exposure")(stops=-0.5)).to_json())
    assert packshot("cube", photo_file, "-o", out, "--recipe", recipe, "--size", "65") == 0
    assert "LUT_3D_SIZE 65\n" in out.read_text("ascii") and grey(out) == pytest.approx(brightened(-0.5), abs=1e-3)


def test_the_edits_kept_beside_the_photo_count_unless_others_are_given(packshot, photo_file, tmp_path, capsys):
    write_sheet(Shot(photo_file), Sheet(Recipe().put(kind_of("exposure")(stops=-2.0))))
    out = tmp_path / "out.cube"
    assert packshot("cube", photo_file, "-o", out) == 0
    assert "with the edits kept beside the photo" in capsys.readouterr().err
    assert grey(out) == pytest.approx(brightened(-2.0), abs=1e-3)
    assert packshot("cube", photo_file, "-o", out, "--edit", "exposure:stops=-0.5") == 0
    assert grey(out) == pytest.approx(brightened(-0.5), abs=1e-3)
    assert packshot("cube", photo_file, "-o", out, "--no-sidecar") == 2


def test_the_saved_look_is_worn_by_another_photo(packshot, photo_file, tmp_path, capsys):
    look, worn, edited = tmp_path / "a,b.cube", tmp_path / "worn.tif", tmp_path / "edited.tif"
    edit = "exposure:stops=-0.7"
    assert packshot("cube", photo_file, "-o", look, "--edit", edit) == 0
    assert packshot("apply", photo_file, "-o", worn, "--edit", f"look:file={look}", "--depth", "16") == 0
    assert packshot("apply", photo_file, "-o", edited, "--edit", edit, "--depth", "16") == 0
    from editor.core.photo import Photo

    one, other = (Photo.open(path).at(1.0).rgb for path in (worn, edited))
    assert np.abs(one - other).mean() < 0.25 / 255
    capsys.readouterr()
    assert packshot("apply", photo_file, "-o", tmp_path / "x.png", "--edit", "look:file=gone.cube") == 0
    assert "look: The file of the look cannot be read" in capsys.readouterr().err


def test_what_the_edits_have_to_say_is_said(packshot, photo_file, tmp_path, capsys):
    out, gone = tmp_path / "out.cube", ("--edit", "look:file=gone.cube")
    assert packshot("cube", photo_file, "-o", out, "--edit", "exposure:stops=-1", "--edit", "match", *gone) == 0
    told = capsys.readouterr().err
    assert "    match: No photo was chosen" in told and "    look: The file of the look cannot be read" in told
    out.unlink()
    assert packshot("cube", photo_file, "-o", out, *gone) == 2 and not out.exists()
    assert "is not written: The file of the look cannot be read" in capsys.readouterr().err


def test_the_look_that_is_worn_is_not_written_over(packshot, photo_file, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert packshot("cube", photo_file, "-o", "w.cube", "--edit", "exposure:stops=-1") == 0
    before = (tmp_path / "w.cube").read_bytes()
    worn = "--edit", "look:file=w.cube", "--edit", "exposure:stops=1"
    assert packshot("cube", photo_file, "-o", tmp_path / "w.cube", *worn) == 2
    assert "reads, which is not written over" in capsys.readouterr().err
    assert (tmp_path / "w.cube").read_bytes() == before
    assert packshot("cube", photo_file, "-o", "v.cube", *worn) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "x.cube"], "one photo is needed"),
        (["{}", "--sample", "-o", "x.cube"], "one photo is needed"),
        (["gone.png", "-o", "x.cube", "--edit", "exposure:stops=1"], "gone.png"),
        (["{}", "-o", "x.cube"], "there is no edit of the photo that a look can hold"),
        (["{}", "-o", "x.png", "--edit", "exposure:stops=1"], "written as .cube"),
        (["{}", "-o", "none/x.cube", "--edit", "exposure:stops=1"], "there is no such folder"),
        (["{}", "-o", "x.cube", "--edit", "exposure:stops=99"], "not between"),
        (["{}", "-o", "x.cube", "--recipe", "gone.json"], "gone.json"),
    ],
)
def test_bad_input_is_told_in_a_line(packshot, photo_file, tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    assert packshot("cube", *(str(photo_file) if a == "{}" else a for a in arguments)) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1 and not list(tmp_path.glob("*.cube"))


@pytest.mark.parametrize("size", ["1", "130", "many"])
def test_sizes_that_no_program_reads_are_refused(packshot, photo_file, tmp_path, capsys, size):
    with pytest.raises(SystemExit):
        packshot("cube", photo_file, "-o", tmp_path / "x.cube", "--size", size)
    assert "from 2 to 129" in capsys.readouterr().err
