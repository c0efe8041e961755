"""Latent learns: every kind of net trains, goes on where it was, and keeps to what it may see."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from editor.ml.card import CODES
from export.codes import check_part, convert_parts
from export.data.wares import WORDS, Wares
from export.nets.latent import ARCHS, LatentNet
from export.tasks.latent import Crops, Latent, crops, hushed, words
from export.train import load, recall, train
from tests.export.latent.discs import NOWHERE, QUICK, TINY, drawn


def test_a_batch_is_what_it_says() -> None:
    batch = Latent(TINY).batch(drawn(), QUICK, torch.Generator().manual_seed(1))
    assert isinstance(batch, Crops)
    assert batch.picture.shape == (8, 4, 32, 32) and batch.condition.shape == (8, len(words()))
    assert 0 <= float(batch.picture.min()) <= float(batch.picture.max()) <= 1


def test_crops_are_over_white_with_what_is_said() -> None:
    rgba = np.zeros((2, 4, 32, 32), np.uint8)
    rgba[0, 3, :, :16] = 255
    rgba[0, 3, :, 16] = 51
    labels = {kind: np.array([1, -1], np.int64) for kind in WORDS}
    material = Wares(rgba, ("a", "b"), np.array([False, False]), labels)
    taken = crops(material, torch.tensor([0, 1]))
    assert taken.picture[0, 0, 0].tolist() == pytest.approx([0.0] * 16 + [0.8] + [1.0] * 15)
    assert taken.picture[0, 3, 0, 15:18].tolist() == pytest.approx([1, 0.2, 0])
    said = [word for word, there in zip(words(), taken.condition[0], strict=True) if there]
    assert said == [f"{kind}={several[1]}" for kind, several in WORDS.items()]
    assert not taken.condition[1].any(), "nothing is known"


def test_held_out_wares_are_not_trained_on(monkeypatch: pytest.MonkeyPatch) -> None:
    material = drawn()
    material.pictures[material.held] = 7
    task = Latent(TINY)
    batch = task.batch(material, replace(QUICK, batch=64), torch.Generator().manual_seed(0))
    assert len(batch.picture) == 64 and material.held.any()
    assert not (batch.picture[:, 3] == 7 / 255).all((1, 2)).any()
    everything = replace(material, held=np.ones(len(material.held), bool))
    monkeypatch.setattr("export.tasks.latent.wares", lambda folders, side: everything)
    with pytest.raises(ValueError, match="no products to train on"):
        task.load(QUICK, NOWHERE)


def test_words_are_kept_back_now_and_then() -> None:
    torch.manual_seed(0)
    said = hushed(torch.ones(4000, len(words())))
    assert float((said.sum(1) == 0).float().mean()) == pytest.approx(0.3, abs=0.03)
    rest = said[said.sum(1) > 0]
    assert 0.86 < float(rest.mean()) < 0.94
    first = len(WORDS["category"])
    assert bool((said[:, :first] == said[:, :1]).all()), "a kind goes as a whole"


@pytest.mark.parametrize("arch", ARCHS)
def test_every_kind_trains_converts_and_is_what_was_trained(arch: str, tmp_path: Path) -> None:
    task = Latent(replace(TINY, arch=arch))
    kept = recall(train(task, replace(QUICK, arch=arch), tmp_path))
    net = LatentNet(replace(TINY, arch=arch))
    load(net, kept["mean"], "it")
    assert float(net.age) == 60
    with torch.no_grad():
        numbers = task.validate(net.eval(), [Path("somewhere")], NOWHERE)
        sheet = task.picture(net, [Path("somewhere")], NOWHERE)
    assert all(np.isfinite(value) for value in numbers.values())
    assert sheet is not None and 0 <= float(sheet.min()) <= float(sheet.max()) <= 1
    made = convert_parts(task, tmp_path / "checkpoint.pt", tmp_path, commit="0123abc")
    due = {"gan": {"decoder"}, "vae": {"encoder", "decoder"}}.get(arch, {"encoder", "decoder", "prior"})
    assert {path.stem for path in made} == {f"latent-{part}" for part in due}
    for path, card in made.items():
        assert card.contract == CODES and arch in card.trained_on and card.cost > 0
        assert all(finding.fine for finding in check_part(Latent(TINY), path)), path


def test_it_learns_more_than_components(tmp_path: Path) -> None:
    task = Latent(replace(TINY, arch="vae", code=8))
    config = replace(QUICK, arch="vae", code=8, steps=200)
    net = LatentNet(replace(TINY, arch="vae", code=8))
    load(net, recall(train(task, config, tmp_path))["mean"], "it")
    with torch.no_grad():
        numbers = task.validate(net.eval(), [Path("somewhere")], NOWHERE)
    name = "PSNR at 64 px"
    assert numbers[name] > numbers[f"{name} of the linear maps"] + 0.5
    assert 0.5 < numbers["codes' deviation"] < 1.5


def test_judges_and_makers_do_not_teach_each_other() -> None:
    torch.manual_seed(0)
    task, material = Latent(TINY), drawn()
    net = LatentNet(TINY)
    net.age += 100
    batch = task.batch(material, QUICK, torch.Generator().manual_seed(0))
    task.loss(net, batch).backward()
    first = {name: w.grad.clone() for name, w in net.named_parameters() if w.grad is not None}
    assert {name.split(".")[0] for name in first} == {"encoder", "decoder", "prior", "near", "whole"}
    assert "encoder.linear.weight" not in first
    picture = batch.picture
    with torch.no_grad():
        blur = torch.nn.functional.avg_pool2d(picture, 5, 1, 2, count_include_pad=False)
    net.zero_grad()
    said = torch.zeros(len(picture), TINY.words)
    task._taught(net, blur.requires_grad_(), picture, said, len(picture), 1.0, []).backward()
    assert float(net.near.enter.weight.grad.abs().sum()) > 0
    assert net.decoder.leave.weight.grad is None


def test_a_run_goes_on_and_keeps_its_components(tmp_path: Path) -> None:
    task = Latent(TINY)
    first = recall(train(task, replace(QUICK, steps=5), tmp_path))
    then = recall(train(task, replace(QUICK, steps=9), tmp_path, resume=True))
    assert then["step"] == 9 and float(then["net"]["age"]) == 9
    assert torch.equal(first["net"]["encoder.linear.weight"], then["net"]["encoder.linear.weight"])
    assert float(first["net"]["encoder.linear.weight"].abs().sum()) > 0


def test_features_are_compared_where_there_are_some(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    conv, asked = torch.nn.Conv2d(4, 4, 3), []

    def eyes(path: Path, device: torch.device):
        asked.append(path)
        return lambda picture: [conv(picture)]

    monkeypatch.setattr("export.tasks.latent.eyes", eyes)
    task = Latent(TINY)
    material = task.load(replace(QUICK, features="a.pt"), NOWHERE)
    assert asked == [Path("a.pt")]
    net = LatentNet(TINY)
    task.loss(net, task.batch(material, QUICK, torch.Generator().manual_seed(0))).backward()
    assert conv.weight.grad is None and net.decoder.leave.weight.grad is not None
