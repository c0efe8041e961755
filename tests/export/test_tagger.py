"""The tagger learns words from pictures, ships as the app runs it, and others look through its eyes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from editor.core.job import Job
from editor.ml.network import Network
from export import tasks
from export.check import check
from export.convert import convert
from export.data.wares import WORDS, Wares, over_white
from export.nets.tagger import TaggerConfig, TaggerNet
from export.task import Config
from export.tasks.tagger import FEATURES, Tagger, Told, eyes, neighbours, right, tagger_of, told, varied
from export.train import train
from tests.export.conftest import checkpoint

TINY = TaggerConfig(width=(8, 8, 16), heads=tuple(len(words) for words in WORDS.values()))
SIDE = 32


def made(count: int = 96) -> Wares:
    """Red and blue boxes, lying and standing: colours are told for all, categories for all but one in four."""
    chance = np.random.default_rng(1)
    pictures = np.full((count, 4, SIDE, SIDE), 255, np.uint8)
    pictures[:, 3] = 0
    labels = {kind: np.full(count, -1, np.int64) for kind in WORDS}
    for n in range(count):
        tall, red = n % 2, n // 2 % 2
        high, wide = (28, 12) if tall else (12, 28)
        y, x = (SIDE - high) // 2, (SIDE - wide) // 2
        shade = int(chance.integers(150, 230))
        pictures[n, :, y : y + high, x : x + wide] = np.array([shade if red else 20, 30, 20 if red else shade, 255])[
            :, None, None
        ]
        labels["colour"][n] = WORDS["colour"].index("red" if red else "blue")
        labels["category"][n] = -1 if chance.random() < 0.25 else tall
    return Wares(pictures, tuple(map(str, range(count))), np.arange(count) % 5 == 3, labels)


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> Tagger:
    monkeypatch.setattr("export.tasks.tagger.wares", lambda folders, side: made())
    return Tagger(TINY)


def test_it_learns_to_tell(task: Tagger, tmp_path: Path) -> None:
    config = Config("tagger", ("somewhere",), steps=120, batch=16, patch=SIDE, lr=1e-2, ema=0.9, seed=3)
    train(task, config, tmp_path)
    kept = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    net = task.net()
    net.load_state_dict(kept["mean"])
    numbers = task.validate(net.eval(), [Path("somewhere")], torch.device("cpu"))
    assert numbers["category told"] > 0.9 and numbers["colour told"] > 0.9
    assert "gender told" not in numbers, "nothing is known of it"


def test_unknown_words_count_nothing(task: Tagger) -> None:
    torch.manual_seed(0)
    net = task.net().eval()
    some = told(made(), torch.arange(8))
    all_known = Told(some.picture, some.words.clamp(min=0))
    silent = Told(some.picture, torch.full_like(some.words, -1))
    with torch.no_grad():
        assert float(task.loss(net, silent)) == 0 and float(task.loss(net, all_known)) > 0


def test_products_vary_but_not_their_colour_and_white_comes_in() -> None:
    one = told(made(), torch.zeros(64, dtype=torch.int64))
    out = varied(one, torch.Generator().manual_seed(0)).picture
    assert out.shape == one.picture.shape and float((out - one.picture).abs().amax((1, 2, 3)).min()) > 0.05
    assert torch.allclose(out[:, :, 0, 0], torch.tensor([1.0, 1, 1, 0]), atol=1e-5)
    middle = out[:, :, SIDE // 2, SIDE // 2]
    assert torch.allclose(middle, one.picture[:, :, SIDE // 2, SIDE // 2], atol=1e-4)


def test_the_app_is_told_what_was_trained(task: Tagger, tmp_path: Path) -> None:
    checkpoint(task, tmp_path / "checkpoint.pt", tmp_path)
    out = tmp_path / "tagger.onnx"
    convert(task, tmp_path / "checkpoint.pt", out, commit="0123abc")
    assert all(finding.fine for finding in check(task, out))
    picture = over_white(made().pictures[:1])[0].permute(1, 2, 0).contiguous().numpy()
    says = Network(out).tell(np.ascontiguousarray(picture[..., :3]), Job(), matte=picture[..., 3])
    assert set(says) == {*WORDS, FEATURES} and says[FEATURES].shape == (1, 16)
    assert all(says[kind].shape == (1, len(words)) for kind, words in WORDS.items())
    assert all(says[kind].sum() == pytest.approx(1, abs=1e-4) for kind in WORDS)
    score = task.measure(Network(out), [Path("somewhere")], tmp_path)
    assert score.numbers["colour told by the nearest"] == 1 and score.numbers["products"] == 19
    assert 0 <= score.numbers["category told"] <= 1 and "nearest neighbour" in score.table
    assert task.shortfall({"category told": 0.5, "category told by the nearest": 0.49})
    assert not task.shortfall({"category told": 0.8, "category told by the nearest": 0.6})


def test_eyes_see_maps_and_do_not_learn(task: Tagger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("export.tasks.tagger.TASK", task)
    weights = checkpoint(task, tmp_path / "checkpoint.pt", tmp_path)
    net = tagger_of(tmp_path / "checkpoint.pt")
    assert not net.training and not any(weight.requires_grad for weight in net.parameters())
    assert torch.equal(net.heads[0].weight, weights["heads.0.weight"])
    picture = torch.rand(2, 4, 64, 64, requires_grad=True)
    seen = eyes(tmp_path / "checkpoint.pt")(picture)
    assert [tuple(part.shape) for part in seen] == [(2, 8, 32, 32), (2, 8, 16, 16), (2, 16, 8, 8)]
    sum(part.sum() for part in seen).backward()
    assert picture.grad is not None and bool(picture.grad.any())


def test_a_checkpoint_of_another_task_is_refused(task: Tagger, tmp_path: Path) -> None:
    noise = tasks.task("noise")
    checkpoint(noise, tmp_path / "checkpoint.pt", tmp_path)
    with pytest.raises(ValueError, match="not of 'tagger'"):
        tagger_of(tmp_path / "checkpoint.pt")


def test_the_nearest_with_a_known_word_counts() -> None:
    material = made(8)
    material.labels["category"][:] = [5, -1, -1, -1, 6, -1, -1, -1]
    words = neighbours(material, torch.tensor([2, 7]), torch.tensor([0, 1, 3, 4, 5, 6]))
    assert set(words[0].tolist()) <= {5, 6} and words[1].tolist() == material.labels["colour"][[2, 7]].tolist()


def test_right_counts_only_what_is_known() -> None:
    words = torch.tensor([[1, 0, -1, -1], [2, -1, -1, 3], [1, 4, -1, 3]])
    guesses = [torch.tensor(g) for g in ([1, 2, 0], [0, 9, 9], [0, 0, 0], [3, 3, 0])]
    assert right(guesses, words) == pytest.approx({"category told": 2 / 3, "colour told": 0.5, "usage told": 0.5})


def test_the_real_net_is_small() -> None:
    assert sum(weight.numel() for weight in TaggerNet().parameters()) * 2 < 3e6
