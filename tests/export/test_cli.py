"""The command line of the toolchain: one clear line for everything that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from export.cli import main
from export.convert import trained_on
from export.train import recall


def refused(words: list[object], capsys: pytest.CaptureFixture[str]) -> str:
    assert main([str(word) for word in words]) == 2
    heard = capsys.readouterr().err
    assert heard.startswith("export: ") and heard.count("\n") == 1
    return heard


def test_bad_input_is_refused_in_one_line(photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start, out = ["train", "denoise", "--data"], ["--out", tmp_path / "run"]
    assert "no such folder" in refused([*start, tmp_path / "gone", *out], capsys)
    (tmp_path / "empty").mkdir()
    assert "0 photos to train on" in refused([*start, tmp_path / "empty", *out], capsys)
    assert "--data must name" in refused(["train", "denoise", *out], capsys)
    assert "--patch" in refused([*start, photos, *out, "--patch", 50], capsys)
    assert "--minutes" in refused([*start, photos, *out, "--minutes", -1], capsys)
    assert "no photo of at least 512" in refused([*start, photos, *out, "--patch", 512], capsys)
    assert "gone.onnx: cannot be read" in refused([*start, photos, *out, "--from", tmp_path / "gone.onnx"], capsys)
    (tmp_path / "bad.onnx").write_bytes(b"no model")
    assert "is no ONNX model" in refused([*start, photos, *out, "--from", tmp_path / "bad.onnx"], capsys)
    assert "there is no checkpoint" in refused(["convert", "denoise", "--checkpoint", tmp_path / "no.pt"], capsys)
    (tmp_path / "bad.pt").write_bytes(b"no checkpoint")
    assert "is no checkpoint" in refused(["convert", "denoise", "--checkpoint", tmp_path / "bad.pt"], capsys)
    assert "bad.onnx" in refused(["check", "denoise", "--model", tmp_path / "bad.onnx"], capsys)
    assert "bad.onnx" in refused(["measure", "noise", "--model", tmp_path / "bad.onnx", "--data", photos], capsys)
    assert "no models" in refused(["readme", "--models", tmp_path / "empty"], capsys)


def test_a_checkpoint_is_neither_overwritten_nor_mixed_up(
    photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = {"task": "denoise", "data": (str(photos),), "minutes": 10.0}
    states: dict[str, object] = {"net": {}, "mean": {}, "optimizer": [], "spent": 600.0, "step": 5}
    torch.save({"config": config, **states}, tmp_path / "checkpoint.pt")
    before = (tmp_path / "checkpoint.pt").read_bytes()
    assert "is there already" in refused(["train", "denoise", "--data", photos, "--out", tmp_path], capsys)
    resume = ["--out", tmp_path, "--resume"]
    assert "trained for 10.0 minutes already" in refused(["train", "denoise", *resume], capsys)
    assert "of 'denoise', not of 'noise'" in refused(["train", "noise", *resume], capsys)
    assert "does not fit" in refused(["train", "denoise", *resume, "--minutes", 11], capsys)
    assert (tmp_path / "checkpoint.pt").read_bytes() == before


def test_a_run_ends_with_what_to_do_next(photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "train",
        "noise",
        "--data",
        photos,
        "--minutes",
        0.02,
        "--batch",
        4,
        "--patch",
        32,
        "--out",
        tmp_path / "r",
    ]
    assert main([str(word) for word in words]) == 0
    assert "Next: python -m export convert noise" in capsys.readouterr().out
    assert (tmp_path / "r" / "checkpoint.pt").exists()


def test_the_card_tells_what_a_model_was_begun_with(made, photos: Path, tmp_path: Path, monkeypatch) -> None:
    task, published, _ = made
    monkeypatch.setattr("export.tasks.task", lambda name: task)
    begin = ["train", "denoise", "--data", photos, "--steps", 1, "--batch", 4, "--patch", 32, "--from", published]
    assert main([str(word) for word in [*begin, "--out", tmp_path]]) == 0
    kept = recall(tmp_path / "checkpoint.pt")
    assert kept["config"]["lr"] == pytest.approx(task.defaults.lr / 6)
    assert trained_on(kept).endswith("1 steps of 4 patches; begun with the weights of denoise 1, "
                                     "a CPU, 1 minutes, 5 steps of 16 patches")  # fmt: skip
