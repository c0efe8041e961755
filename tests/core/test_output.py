"""Output: a file is there whole or not at all, and the original is left alone."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from editor.core.engine import Engine, View
from editor.core.formats import PhotoError
from editor.core.job import Cancelled, Job
from editor.core.output import TILE, Output
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.denoise import Denoise

RECIPE = Recipe().put(Denoise(noise=20.0))


def test_file_and_preview_show_the_same(photo, models, tmp_path):
    engine = Engine(models)
    Output(depth="float").write(engine, photo, RECIPE, tmp_path / "out.tif", Job())
    assert np.array_equal(Photo.open(tmp_path / "out.tif").samples, engine.render(photo, RECIPE, View(), Job()).rgb)


def test_a_photo_of_many_tiles_is_whole(models, tmp_path):
    x, y = np.meshgrid(np.linspace(0, 1, 2 * TILE + 37), np.linspace(0, 1, TILE + 9))
    photo = Photo("a.tif", np.stack([x, y, x * y], 2).astype(np.float32))
    seen = []
    Output().write(Engine(models, memory=0), photo, RECIPE, tmp_path / "o.tif", Job(seen.append))
    assert np.abs(Photo.open(tmp_path / "o.tif").samples - photo.samples).max() < 0.01
    assert seen == sorted(seen) and seen[-1] == 1
    assert max(shape[0] for shape, _ in models["denoise"].runs) <= TILE + 2 * 96


def test_the_original_is_not_overwritten_unless_asked(photo, models, tmp_path):
    before = photo.path.read_bytes()
    link = tmp_path / "link.png"
    link.symlink_to(photo.path)
    for path in (photo.path, tmp_path / "." / "bottle.png", link):
        with pytest.raises(PhotoError, match="original"):
            Output().write(Engine(models), photo, RECIPE, path, Job())
    assert photo.path.read_bytes() == before
    Output().write(Engine(models), photo, RECIPE, photo.path, Job(), overwrite=True)
    assert photo.path.read_bytes() != before


def test_stopped_or_failed_leaves_the_old_file_and_nothing_else(photo, models, tmp_path):
    target = tmp_path / "out.png"
    target.write_bytes(b"old")
    job = Job()
    models["denoise"].run = lambda pixels, job, level: job.cancel() or job.progress(0.5)
    with pytest.raises(Cancelled):
        Output().write(Engine(models), photo, RECIPE, target, job)
    models["denoise"].run = lambda pixels, job, level: 1 / 0
    with pytest.raises(ZeroDivisionError):
        Output().write(Engine(models), photo, RECIPE, target, Job())
    assert target.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bottle.png", "out.png"]


@pytest.mark.parametrize("place", ["folder", "nowhere/out.png", "file/out.png"])
def test_a_place_that_cannot_be_written_is_told_in_one_line(place, photo, models, tmp_path):
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "file").write_text("")
    path = tmp_path / ("folder.png" if place == "folder" else place)
    with pytest.raises(PhotoError, match=r"^[^\n]*(is a folder|cannot be written)[^\n]*$"):
        Output().write(Engine(models), photo, RECIPE, path, Job())


def test_a_full_disk_is_told_and_leaves_nothing(photo, models, tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PhotoError, match="No space left"):
        Output().write(Engine(models), photo, RECIPE, tmp_path / "out.png", Job())
    assert [p.name for p in tmp_path.iterdir()] == ["bottle.png"]


def test_rights_of_a_replaced_file_stay(photo, models, tmp_path):
    target = tmp_path / "out.png"
    target.write_bytes(b"old")
    target.chmod(0o640)
    Output().write(Engine(models), photo, RECIPE, target, Job())
    assert target.stat().st_mode & 0o777 == 0o640


KILLED = """
import sys, numpy as np
from pathlib import Path
from editor.core.engine import Engine; from editor.core.job import Job; from editor.core.output import Output
from editor.core.photo import Photo; from editor.core.recipe import Recipe
photo = Photo(Path("none.png"), np.random.default_rng(0).integers(0, 255, (1500, 1500, 3), np.uint8))
print("ready", flush=True)
while True:
    Output(depth="16").write(Engine({}), photo, Recipe(), Path(sys.argv[1]), Job())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killed_in_the_middle_the_file_is_an_intact_one(photo, tmp_path):
    target = tmp_path / "out.png"
    Output(depth="16").write(Engine({}), photo, Recipe(), target, Job())
    for delay in (0.02, 0.15, 0.4, 0.7):
        program = subprocess.Popen([sys.executable, "-c", KILLED, str(target)], stdout=subprocess.PIPE, text=True)
        assert program.stdout.readline() == "ready\n"
        time.sleep(delay)
        program.send_signal(signal.SIGKILL)
        program.wait()
        program.stdout.close()
        assert Photo.open(target).size in ((200, 150), (1500, 1500))
