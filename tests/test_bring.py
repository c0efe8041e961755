"""Bring: a network is taken along by `packshot models add`, run by `packshot apply`, and taken out again."""

import io
import json
import sys

import numpy as np
import pytest
from PIL import Image as Pillow

from editor import cli, doctor
from editor.ml.brought import PLACE, Brought, own_folder
from tests.ml import foreign


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The folder for networks of one's own, of this test alone."""
    monkeypatch.setenv(PLACE, str(tmp_path / "own"))
    return Brought(tmp_path / "own")


@pytest.fixture
def put(tmp_path):
    def write(model, name):
        path = tmp_path / name
        path.write_bytes(model.SerializeToString())
        return str(path)

    return write


def test_a_network_is_added_listed_used_and_removed(own, put, tmp_path, photo_file, capsys):
    assert cli.run(["models", "add", put(foreign.denoiser(), "My blur (v2).onnx"), "--as", "denoise"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("My-blur-v2: denoise; tiles of 256 pixels; output clean\n")
    assert str(own.path("My-blur-v2")) in said
    empty = tmp_path / "models"
    empty.mkdir()
    assert cli.run(["models", "--models", str(empty), "--device", "cpu"]) == 0
    assert "My-blur-v2 (yours)  loads" in capsys.readouterr().out
    assert cli.run(["models", "--models", str(empty), "--device", "cpu", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["name"] == "My-blur-v2" and row["card"]["task"] == "denoise" and row["loads"]
    out = tmp_path / "out.png"
    edit = "denoise:network=My-blur-v2,noise=20"
    given = ["apply", str(photo_file), "-o", str(out), "--edit", edit, "--models", str(empty), "--device", "cpu"]
    assert cli.run(given) == 0
    before, after = (np.asarray(Pillow.open(p), np.float32)[2:-2, 2:-2] for p in (photo_file, out))
    whole = np.asarray(Pillow.open(photo_file), np.float32)
    means = sum(
        whole[1 + y : whole.shape[0] - 3 + y, 1 + x : whole.shape[1] - 3 + x] for y in range(3) for x in range(3)
    )
    assert np.abs(after - means[: after.shape[0], : after.shape[1]] / 9).max() < 3
    assert np.diff(after, axis=1).std() < 0.6 * np.diff(before, axis=1).std()
    capsys.readouterr()
    assert cli.run(["models", "remove", "My-blur-v2"]) == 0 and own.names() == []
    assert cli.run([*given, "--overwrite"]) == 2
    assert "My-blur-v2: there is no such network for denoise" in capsys.readouterr().err
    assert cli.run(["models", "remove", "My-blur-v2"]) == 2


def test_a_matte_network_with_what_was_said_of_it(own, put, capsys):
    path = put(foreign.reddish([1, 3, "h", "w"], ["a", "b"]), "matte.onnx")
    assert cli.run(["models", "add", path, "--as", "cutout", "--size", "96x64", "--mean", "0.5", "--output", "b"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "--std R,G,B" in error
    given = ["--size", "96x64", "--mean", "0.5", "--std", "0.2,0.3,0.4", "--output", "b", "--licence", "MIT"]
    assert cli.run(["models", "add", path, "--as", "cutout", "--name", "mine", *given]) == 0
    card = own.card("mine")
    assert (card.size, card.mean, card.std) == ((96, 64), (0.5,) * 3, (0.2, 0.3, 0.4))
    assert (card.output, card.licence, card.task) == ("b", "MIT", "cutout")
    assert cli.run(["models", "add", path, "--as", "cutout", "--name", "mine", *given]) == 2
    assert "already" in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_person_at_a_terminal_is_asked(own, put, monkeypatch):
    said = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal("b\nsmall\n64\n0.5\n0.25\n"))
    monkeypatch.setattr(sys, "stderr", said)
    path = put(foreign.reddish([1, 3, "h", "w"], ["a", "b"]), "matte.onnx")
    assert cli.run(["models", "add", path, "--as", "cutout"]) == 0
    card = own.card("matte")
    assert (card.output, card.size, card.mean, card.std) == ("b", (64, 64), (0.5,) * 3, (0.25,) * 3)
    assert "'small' is not a size" in said.getvalue() and "--std R,G,B: " in said.getvalue()


def test_who_answers_nothing_is_told_the_option(own, put, monkeypatch):
    said = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    monkeypatch.setattr(sys, "stderr", said)
    assert cli.run(["models", "add", put(foreign.reddish([1, 3, "h", "w"], ["a"]), "m.onnx"), "--as", "cutout"]) == 2
    assert said.getvalue().endswith("say it with --size WxH\n") and own.names() == []


def test_bad_files_and_names_cost_one_line(own, put, tmp_path, capsys):
    (tmp_path / "text.onnx").write_text("version https://git-lfs.github.com/spec/v1\n")
    cases = [
        ([str(tmp_path / "text.onnx")], "is no ONNX file"),
        ([str(tmp_path / "none.onnx")], "cannot be read"),
        ([str(tmp_path)], "cannot be read"),
        ([put(foreign.greedy(2), "big.onnx"), "--memory", "300M"], "more memory than it may take"),
        ([put(foreign.denoiser(), "d.onnx"), "--name", "a/b"], "cannot be the name"),
        ([put(foreign.denoiser(), "d.onnx"), "--name", "own"], "cannot be the name"),
    ]
    for given, reason in cases:
        assert cli.run(["models", "add", *given, "--as", "denoise"]) == 2
        error = capsys.readouterr().err
        assert reason in error and error.count("\n") == 1 and error.startswith("packshot: ")
    assert own.names() == []


@pytest.mark.parametrize(
    "given", [["--size", "0x5"], ["--mean", "1,2"], ["--std", "0"], ["--memory", "much"], ["--std", "nan"]]
)
def test_options_are_checked(own, given, capsys):
    with pytest.raises(SystemExit):
        cli.run(["models", "add", "x.onnx", "--as", "cutout", *given])
    assert given[0] in capsys.readouterr().err


def test_where_they_lie(monkeypatch, tmp_path):
    monkeypatch.delenv(PLACE, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert own_folder() == tmp_path / "packshot" / "models"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert own_folder() == tmp_path / "home/.local/share/packshot/models"
    monkeypatch.setenv(PLACE, str(tmp_path / "here"))
    assert own_folder() == tmp_path / "here"


def test_the_doctor_tells_of_them(own, put, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(doctor, "_qt", lambda: "")
    assert cli.run(["models", "add", put(foreign.upscaler(), "up.onnx"), "--as", "upscale"]) == 0
    capsys.readouterr()
    doctor.doctor(tmp_path, "cpu", own)
    assert f"Your own       upscale:up in {own.folder}" in capsys.readouterr().out
