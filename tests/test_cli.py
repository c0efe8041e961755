"""Command line: what a seller with two hundred photos types."""

import io
import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from editor import cli, doctor
from editor.core.edit import Edit
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sidecar import sidecar_path
from editor.edits.denoise import Denoise


def test_without_edit_a_photo_is_only_converted(packshot, photo_file, tmp_path):
    assert packshot("apply", photo_file, "-o", tmp_path / "out.tif", "--depth", "16") == 0
    assert np.array_equal(tifffile.imread(tmp_path / "out.tif"), Photo.open(photo_file).samples.astype(np.uint16) * 257)


def test_edit_and_recipe_give_the_same_picture(packshot, photo_file, tmp_path):
    recipe = tmp_path / "r.json"
    recipe.write_text(Recipe().put(Denoise(strength=0.8, noise=25.0)).to_json())
    assert packshot("apply", photo_file, "-o", tmp_path / "a.png", "--edit", "denoise:strength=0.8,noise=25") == 0
    assert packshot("apply", photo_file, "-o", tmp_path / "b.png", "--recipe", recipe) == 0
    a, b = (Photo.open(tmp_path / f"{n}.png").samples for n in "ab")
    assert np.array_equal(a, b) and not np.array_equal(a, Photo.open(photo_file).samples)


def test_edit_changes_the_recipe_and_switches_it_on():
    recipe = Recipe().put(Denoise(strength=0.3, noise=9.0)).switch("denoise", on=False)
    assert cli.parse_edit("denoise:noise=auto", recipe).active == (Denoise(strength=0.3),)


def test_many_photos_go_into_a_folder_and_a_bad_one_stops_nobody(packshot, photo_file, tmp_path, capsys):
    second, bad = tmp_path / "second.tif", tmp_path / "bad.jpg"
    packshot("apply", photo_file, "-o", second)
    bad.write_bytes(b"no photo")
    capsys.readouterr()
    out = tmp_path / "out" / "deep"
    assert packshot("apply", photo_file, bad, second, "-o", out, "--edit", "denoise:noise=20") == 2
    assert sorted(p.name for p in out.iterdir()) == ["bottle.png", "second.tif"]
    heard = capsys.readouterr().err
    assert [line for line in heard.splitlines() if "bad.jpg" in line and "is not a picture" in line]
    assert "1 of 3 were not written" in heard


def test_originals_are_safe(packshot, photo_file, tmp_path, capsys):
    before = photo_file.read_bytes()
    assert packshot("apply", photo_file, "-o", tmp_path, "--edit", "denoise:noise=20") == 2
    assert packshot("apply", photo_file, "-o", photo_file, "--edit", "denoise:noise=20") == 2
    assert photo_file.read_bytes() == before and "original" in capsys.readouterr().err
    assert packshot("apply", photo_file, "-o", photo_file, "--edit", "denoise:noise=20", "--overwrite") == 0
    assert photo_file.read_bytes() != before


def test_two_photos_of_one_name_do_not_replace_each_other(packshot, photo_file, tmp_path, capsys):
    other = tmp_path / "other" / photo_file.name
    other.parent.mkdir()
    Pillow.new("RGB", (30, 30)).save(other)
    assert packshot("apply", photo_file, other, "-o", tmp_path / "out") == 2
    assert Photo.open(tmp_path / "out" / photo_file.name).size == (200, 150)
    assert "has already made" in capsys.readouterr().err


def test_odd_names_and_places_are_one_line_each(packshot, photo_file, tmp_path, capsys):
    for out, complaint in (
        (tmp_path / ("x" * 300 + ".png"), "File name too long"),
        (tmp_path / "no" / "x.png", "folder"),
    ):
        assert packshot("apply", photo_file, "-o", out) == 2
        heard = capsys.readouterr().err
        assert complaint in heard and heard.count("\n") == 1
    assert packshot("apply", "y" * 300 + ".png", "-o", tmp_path / "z.png") == 2
    assert "cannot be read (File name too long)" in capsys.readouterr().err
    assert packshot("apply", photo_file, photo_file.with_name("b.png"), "-o", tmp_path / "one.jpg") == 2
    assert "is one file, but 2 photos were given" in capsys.readouterr().err
    line = tmp_path / "new\nline.png"
    photo_file.rename(line)
    assert packshot("apply", line, "-o", f"{tmp_path}/out/") == 0
    assert capsys.readouterr().err.count("\n") == 1


def test_photos_that_differ_only_in_format_keep_apart(packshot, photo_file, tmp_path):
    other = photo_file.with_suffix(".bmp")
    Pillow.open(photo_file).save(other)
    assert packshot("apply", photo_file, other, "-o", tmp_path / "out") == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["bottle.bmp.png", "bottle.png"]


def test_a_folder_made_for_nothing_goes_again(photo_file, tmp_path):
    given = ["apply", str(photo_file), "-o", str(tmp_path / "new" / "deep") + "/", "--edit", "denoise:noise=9"]
    assert cli.run([*given, "--device", "cpu", "--models", str(tmp_path)]) == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_standard_output_is_one_line(photo_file):
    for arguments in (["apply", str(photo_file), "-o", "-"], ["edits"]):
        with open("/dev/full", "w") as full:
            command = [sys.executable, "-m", "editor", *arguments]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
        assert done.returncode == 2 and done.stderr.count("\n") == 1 and "No space left" in done.stderr, done.stderr


def test_standard_output_is_a_picture(packshot, photo_file, capfdbinary):
    assert packshot("apply", photo_file, "-o", "-", "--format", "png") == 0
    with Pillow.open(io.BytesIO(capfdbinary.readouterr().out)) as file:
        assert file.size == (200, 150)


def test_float_in_float_out_unclipped(packshot, noisy, tmp_path):
    tifffile.imwrite(tmp_path / "in.tif", noisy * 2 - 0.5, photometric="rgb")
    assert packshot("apply", tmp_path / "in.tif", "-o", tmp_path / "out.tif", "--edit", "denoise:noise=25") == 0
    out = tifffile.imread(tmp_path / "out.tif")
    assert out.dtype == np.float32 and out.max() > 1 and out.min() < 0


def test_the_sample_is_always_the_same(packshot, tmp_path):
    for name in ("a.png", "b.png"):
        assert packshot("apply", "--sample", "-o", tmp_path / name) == 0
    a, b = (Photo.open(tmp_path / name) for name in ("a.png", "b.png"))
    assert np.array_equal(a.samples, b.samples) and a.size == (1200, 900)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--edit", "paint"], "unknown edit 'paint'"),
        (["--edit", "denoise:strength=2"], "denoise: strength 2 is not between 0 and 1"),
        (["--edit", "denoise:strength=lots"], "'lots' is not a number"),
        (["--edit", "denoise:noise=1000"], "not between 0 and 100"),
        (["--edit", "denoise:volume=1"], "denoise has no 'volume'"),
        (["--edit", "denoise:strength"], "not NAME=VALUE"),
        (["--recipe", "missing.json"], "missing.json: No such file"),
        (["--quality", "0"], "quality 0"),
        (["--depth", "float"], "PNG does not hold a depth of float"),
    ],
)
def test_bad_words_are_one_line_and_nothing_is_written(packshot, photo_file, tmp_path, capsys, arguments, complaint):
    assert packshot("apply", photo_file, "-o", tmp_path / "out.png", *arguments) == 2
    heard = capsys.readouterr().err
    assert complaint in heard and heard.count("\n") == 1
    assert not (tmp_path / "out.png").exists()


def test_a_broken_recipe_names_its_file(packshot, photo_file, tmp_path, capsys):
    recipe = tmp_path / "r.json"
    recipe.write_text('{"packshot": 1, "edits": [{"edit": "denoise", "strength": 7}]}')
    assert packshot("apply", photo_file, "-o", tmp_path / "o.png", "--recipe", recipe) == 2
    assert f"{recipe}: denoise: strength 7 is not between 0 and 1" in capsys.readouterr().err


def test_a_missing_model_is_one_line(photo_file, tmp_path, capsys):
    given = ["apply", str(photo_file), "-o", str(tmp_path / "o.png"), "--edit", "denoise:noise=9", "--device", "cpu"]
    assert cli.run([*given, "--models", str(tmp_path)]) == 2
    heard = capsys.readouterr().err
    assert "denoise.onnx: there is no such model" in heard and heard.count("\n") == 1
    assert not (tmp_path / "o.png").exists()


def test_nothing_to_do_is_an_error(packshot, tmp_path, capsys):
    assert packshot("apply", "-o", tmp_path / "x.png") == 2
    assert "no photo given" in capsys.readouterr().err


def test_edits_come_from_their_declarations(packshot, capsys):
    assert packshot("edits") == 0
    listed = capsys.readouterr().out
    assert packshot("edits", "--json") == 0
    told = {e["edit"]: e for e in json.loads(capsys.readouterr().out)}
    assert set(told) == set(Edit.kinds)
    for kind in Edit.kinds.values():
        for name, param in kind.params().items():
            assert name in listed and param.range in listed
            assert told[kind.id]["params"][name]["default"] == json.loads(json.dumps(getattr(kind(), name)))


def test_models_and_doctor_tell_the_truth(tmp_path, capsys):
    assert doctor.models(tmp_path, "cpu") == 2
    (tmp_path / "denoise.onnx").write_bytes(b"nonsense")
    assert doctor.models(tmp_path, "cpu") == 2
    heard = capsys.readouterr().out
    assert "DOES NOT LOAD" in heard and "is not an ONNX model" in heard
    assert doctor.doctor(tmp_path, "cpu") == 2
    heard = capsys.readouterr().out
    for word in ("Python", "Qt", "ONNX Runtime", "GPU", "CPUExecutionProvider: loads", "Self-test      CPU failed"):
        assert word in heard


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_interrupted_leaves_nothing_half_done(number, tmp_path):
    big = tmp_path / "big.tif"
    tifffile.imwrite(big, np.random.default_rng(0).random((3000, 3000, 3), np.float32), photometric="rgb")
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "editor", "apply", str(big), str(big), "-o", f"{out}/", "--format", "tif"]
    program = subprocess.Popen(command, stderr=subprocess.PIPE, env=dict(os.environ))
    while program.poll() is None and not list(out.iterdir()):
        time.sleep(0.01)
    program.send_signal(number)
    heard = program.communicate(timeout=60)[1].decode()
    assert program.returncode == 130, heard
    assert "interrupted" in heard and "Traceback" not in heard
    assert not list(out.iterdir())


def test_a_folder_is_its_photos(packshot, photo_file, tmp_path):
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    for name in ("b.png", "a.png"):
        (shoot / name).write_bytes(photo_file.read_bytes())
    (shoot / "notes.txt").write_text("not a photo")
    assert packshot("apply", shoot, "-o", tmp_path / "out") == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a.png", "b.png"]
    assert packshot("apply", tmp_path / "out", "-o", tmp_path / "small", "--format", "jpg", "--max-bytes", "4 kB") == 0
    assert all(p.stat().st_size <= 4000 for p in (tmp_path / "small").iterdir())


@pytest.mark.parametrize("length", ["inf", "1e400", "many", "5KK", ""])
def test_a_length_that_is_none(packshot, photo_file, tmp_path, length, capsys):
    with pytest.raises(SystemExit) as ended:
        packshot("apply", photo_file, "-o", tmp_path / "x.jpg", f"--max-bytes={length}")
    assert ended.value.code == 2 and "such as 500K or 2M" in capsys.readouterr().err


def test_what_a_person_should_know_of_a_photo_is_said(packshot, tmp_path, capsys):
    Pillow.new("CMYK", (20, 20), (10, 20, 30, 0)).save(tmp_path / "ink.jpg")
    assert packshot("apply", tmp_path / "ink.jpg", "-o", tmp_path / "ink.png") == 0
    assert "approximate" in capsys.readouterr().err


def test_edits_of_a_picture_behind_a_link_are_put_aside(packshot, photo_file, tmp_path):
    real, link = tmp_path / "real.png", tmp_path / "link.png"
    real.write_bytes(photo_file.read_bytes())
    sidecar_path(real).write_text(Recipe().to_json())
    link.symlink_to(real)
    assert packshot("apply", photo_file, "-o", link, "--no-sidecar") == 0
    assert not sidecar_path(real).exists()


def test_one_that_goes_wrong_in_a_new_way_costs_no_other(packshot, photo_file, tmp_path, monkeypatch, capsys):
    def broken(path):
        if path.name == "a.png":
            raise IndexError("of a codec")
        return open_as_ever(path)

    open_as_ever = Photo.open
    monkeypatch.setattr(Photo, "open", staticmethod(broken))
    other = tmp_path / "a.png"
    other.write_bytes(photo_file.read_bytes())
    assert packshot("apply", other, photo_file, "-o", tmp_path / "out") == 2
    assert [p.name for p in (tmp_path / "out").iterdir()] == [photo_file.name]
    assert "unexpected IndexError" in capsys.readouterr().err


@pytest.fixture
def shoot(tmp_path, photo_file):
    """A folder with a photo and two virtual copies, each with edits of its own."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    photo = folder / "shoe.png"
    photo.write_bytes(photo_file.read_bytes())
    for copy, stops in enumerate((0.5, -1.0, 1.0)):
        recipe = Recipe().put(Edit.kinds["exposure"](stops=stops))
        sidecar_path(photo, copy).write_text(recipe.to_json(), "utf-8")
    return folder


def test_each_virtual_copy_of_a_folder_is_written_with_its_own_edits(packshot, shoot, tmp_path, capsys):
    assert packshot("apply", shoot, "-o", tmp_path / "out") == 0
    names = ["shoe-copy-1.png", "shoe-copy-2.png", "shoe.png"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == names
    dark, light, plain = (float(Photo.open(tmp_path / "out" / name).samples.mean()) for name in names)
    assert dark < plain < light
    assert "shoe.png (2) -> " in capsys.readouterr().err


@pytest.mark.parametrize("told", [("--no-sidecar",), ("--edit", "exposure:stops=0.25")])
def test_without_edits_of_its_own_a_copy_is_not_written(packshot, shoot, tmp_path, told):
    assert packshot("apply", shoot, "-o", f"{tmp_path / 'out'}/", *told) == 0
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["shoe.png"]
