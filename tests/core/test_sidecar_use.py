"""Edits kept beside a photo in use: files written over it, the command line, and a process that is killed."""

from __future__ import annotations

import os
import sys
from subprocess import run

import numpy as np
import pytest
from PIL import Image as Pillow

from editor import cli
from editor.core.engine import Engine
from editor.core.job import Job
from editor.core.output import Output
from editor.core.sidecar import Kept, load, set_aside, sidecar_path
from tests.core.beside import FUTURE, journal, recipe


def test_a_picture_written_over_a_photo_puts_its_edits_aside(photo, photo_file, models):
    """The edits are in the new pixels; applied to them again, they would count twice."""
    sidecar_path(photo_file).write_text(recipe(50).to_json())
    journal(photo_file, recipe(60), base=sidecar_path(photo_file).read_bytes())
    Output().write(Engine(models), photo, recipe(60), photo_file, Job(), overwrite=True)
    assert load(photo_file) == Kept()
    bak = photo_file.with_name("bottle.png.packshot.json.bak")
    assert bak.read_text() == recipe(50).to_json()


def test_a_picture_saved_elsewhere_leaves_the_edits_of_the_photo(photo, photo_file, models, tmp_path):
    sidecar_path(photo_file).write_text(recipe(50).to_json())
    left_over = tmp_path / "out.png.packshot.json"  # of a picture that was deleted without it
    left_over.write_text(recipe(7).to_json())
    Output().write(Engine(models), photo, recipe(50), tmp_path / "out.png", Job())
    assert load(photo_file) == Kept(recipe(50)) and load(tmp_path / "out.png") == Kept()
    set_aside(tmp_path / "nothing.png")


# The command line


@pytest.fixture
def packshot(monkeypatch, models):
    monkeypatch.setattr("editor.ml.store.Store", lambda folder, wish="auto", own=None: models)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    return lambda *arguments: cli.run([str(a) for a in ("apply", *arguments)])


def samples(path):
    return np.asarray(Pillow.open(path)).tolist()


def test_apply_uses_the_edits_beside_a_photo_and_leaves_them_alone(packshot, photo_file, tmp_path, capsys):
    kept = recipe(80)
    sidecar_path(photo_file).write_text(recipe(10).to_json())
    journal(photo_file, kept, base=sidecar_path(photo_file).read_bytes())
    os.utime(photo_file.parent, (1, 1))
    out = tmp_path / "out"
    out.mkdir()
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    assert packshot(photo_file, "-o", out / "beside.png") == 0
    assert "with the edits kept beside the photo" in capsys.readouterr().err
    assert packshot(photo_file, "-o", out / "plain.png", "--no-sidecar") == 0
    assert packshot(photo_file, "-o", out / "edit.png", "--edit", "denoise:strength=0.8,noise=25") == 0
    assert packshot(photo_file, "-o", out / "both.png", "--sidecar", "--edit", "denoise:strength=0.2") == 0
    assert packshot(photo_file, "-o", out / "low.png", "--edit", "denoise:strength=0.2,noise=25") == 0
    assert packshot(photo_file, "-o", out / "recipe.png", "--recipe", sidecar_path(photo_file)) == 0
    made = {p.stem: samples(p) for p in out.iterdir()}
    assert made["beside"] == made["edit"] != made["plain"] == samples(photo_file)
    assert made["both"] == made["low"] != made["recipe"] != made["plain"]
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before


def test_apply_says_which_edits_it_cannot_read(packshot, photo_file, tmp_path, capsys):
    sidecar_path(photo_file).write_text(FUTURE)
    assert packshot(photo_file, "-o", tmp_path / "out.tif") == 2
    heard = capsys.readouterr().err
    assert "bottle.png.packshot.json: cannot be read (recipe format 2" in heard and heard.count("\n") == 1
    assert not (tmp_path / "out.tif").exists()
    assert packshot(photo_file, "-o", tmp_path / "out.tif", "--no-sidecar") == 0
    assert packshot(photo_file, "-o", tmp_path / "b.tif", "--sidecar", "--recipe", tmp_path / "r.json") == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_killed_at_random_moments_while_a_script_edits():
    command = [sys.executable, "-m", "tests.kill", "--count", "25", "--jobs", "8"]
    done = run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
