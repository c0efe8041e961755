"""What is trained becomes files that say what they take, are measured beside others, and published together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from onnx import numpy_helper

from editor.core.job import Cancelled, Job
from editor.core.model import ModelError
from editor.ml.card import CODES, Card
from editor.ml.network import Network
from export import tasks
from export.cli import main
from export.codes import check_part, convert_parts, noted, publish_parts
from export.data.wares import WORDS
from export.encoding import Codec, said_of
from export.measure import measure
from export.nets.tagger import TaggerConfig, TaggerNet
from export.onnx_file import card_of, opened, weights_of, with_card, write
from export.tasks.latent import Latent, words
from tests.export.latent.discs import TINY, drawn


def test_the_files_say_what_they_take(ready: Path) -> None:
    files = [ready / "latent" / f"latent-{part}.onnx" for part in ("encoder", "decoder", "prior")]
    encoder, decoder, prior = map(Network, files)
    assert decoder.card.words == tuple(words()) and decoder.card.inputs == ("code", "condition")
    assert tasks.task("latent-encoder") is tasks.task("latent")
    picture = np.random.default_rng(0).random((5, 4, 32, 32), np.float32)
    code = encoder.reckon(Job(), picture=picture)["code"]
    assert code.shape == (5, 16) and code.dtype == np.float32
    said = np.zeros((5, len(words())), np.float32)
    made = decoder.reckon(Job(), code=code, condition=said)["picture"]
    assert made.shape == picture.shape and made.min() >= 0 and made.max() <= 1
    alone = decoder.reckon(Job(), code=code[2:3], condition=said[2:3])["picture"]
    assert np.abs(alone[0] - made[2]).max() < 1e-5, "each by itself"
    said[:, 3] = 1
    assert np.abs(prior.reckon(Job(), noise=code, condition=said)["code"] - code).max() > 0.01
    assert files[1].stat().st_size < 3 * sum(w.numel() for w in weights_of(files[1]).values()), "in half precision"


def test_a_network_of_codes_is_asked_for_codes(ready: Path) -> None:
    network = Network(ready / "latent-vae" / "latent-encoder.onnx")
    for wrong in ({}, {"code": np.zeros((1, 16), np.float32)}):
        with pytest.raises(ModelError, match="takes"):
            network.reckon(Job(), **wrong)
    with pytest.raises(ModelError, match="latent-encoder"):
        network.reckon(Job(), picture=np.zeros((1, 3, 32, 32), np.float32))
    for way in (network.run, network.tell):
        with pytest.raises(ModelError):
            way(np.zeros((32, 32, 3), np.float32), Job())
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        network.reckon(job, picture=np.zeros((1, 4, 32, 32), np.float32))
    with pytest.raises(ValueError, match="contradicts"):
        Card.from_json(Card("x", contract=CODES, inputs=("code",)).to_json())


def test_a_changed_file_is_found_out(room: Path) -> None:
    task, path = Latent(TINY), room / "latent" / "latent-decoder.onnx"
    card, model = card_of(path), opened(path)
    weight = next(i for i in model.graph.initializer if i.name == "leave.bias")
    weight.CopyFrom(numpy_helper.from_array(np.full(16, np.nan, np.float16), "leave.bias"))
    write(path, with_card(model, card))
    assert not all(finding.fine for finding in check_part(task, path))
    write(path, with_card(model, replace(card, task="latent-magic")))
    with pytest.raises(ValueError, match="no part"):
        check_part(task, path)


def test_a_kind_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str], photos: Path, tmp_path: Path) -> None:
    for name, arch in (("latent", "magic"), ("denoise", "vae")):
        assert main(["train", name, "--arch", arch, "--data", str(photos), "--out", str(tmp_path / "run")]) == 2
        assert f"--arch {arch}" in capsys.readouterr().err
    record = {"config": {"task": "denoise"}, "net": {}, "mean": {}, "optimizer": [], "spent": 0, "step": 1}
    torch.save(record, tmp_path / "checkpoint.pt")
    with pytest.raises(ValueError, match="of 'denoise'"):
        convert_parts(Latent(TINY), tmp_path / "checkpoint.pt", tmp_path)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """An untrained tagger in place of the published one, and less to draw."""
    torch.manual_seed(1)
    net = TaggerNet(TaggerConfig((4, 4, 4, 4, 8), tuple(len(several) for several in WORDS.values()))).eval()
    monkeypatch.setattr("export.tasks.latent.judge_of", lambda models: net)
    monkeypatch.setattr("export.tasks.latent.FINDER", Path("nowhere"))
    monkeypatch.setattr("export.encoding.DRAWN", 40)
    monkeypatch.setattr("export.encoding.FEWER", 32)
    monkeypatch.setattr("export.tasks.latent.FEWER", 32)
    monkeypatch.setattr("export.encoding.TURNS", 3)


@pytest.mark.usefixtures("judged")
def test_measuring_has_everything_in_it(room: Path) -> None:
    task = Latent(TINY)
    score = measure(task, room / "latent" / "latent-encoder.onnx", [room], room)
    numbers = score.numbers
    assert numbers["held out"] == drawn().held.sum() and numbers["numbers"] == 16
    assert {f"lightness {what}" for what in ("effect", "leak", "one way")} <= set(numbers) and "one way" in score.table
    for what in ("PSNR", "SSIM", "crispness", "feature distance", "FID"):
        assert {f"32 px {what}{end}" for end in ("", " of PCA", " of JPEG")} <= set(numbers), what
    assert numbers["32 px PSNR of PCA"] > numbers["32 px PSNR"], "weights from a seed know nothing"
    assert numbers["drawn FID of photos"] < numbers["drawn FID"]
    assert numbers["steps"] == numbers["steps of vae"] == 5, "as the cards say"
    assert "drawn FID of vae" in numbers and "drawn FID of gan" not in numbers
    assert numbers["one picture, ms"] > 0 and np.isfinite(list(numbers.values())).all()
    assert "PCA" in score.table and "vae, of equal size" in score.table
    assert "no better than that of as many components" in task.shortfall(numbers)
    assert "not measured" in task.shortfall({})
    noted(task, room / "latent" / "latent-prior.onnx", numbers, score.codes)
    known = Network(room / "latent" / "latent-decoder.onnx").codes
    assert known == score.codes and len(known.mean) == 16 and known.far > 0 < known.unlike
    assert Network(room / "latent" / "latent-encoder.onnx").codes.far == 0, "the decoder's card has it"
    (room / "latent" / "latent-encoder.onnx").unlink()
    fewer = measure(task, room / "latent" / "latent-decoder.onnx", [room], room)
    assert "drawn FID" in fewer.numbers and "32 px PSNR" not in fewer.numbers, "like a gan's"
    assert fewer.table


def test_what_is_drawn_goes_by_seed_and_words(ready: Path) -> None:
    codec = Codec.beside(ready / "latent" / "latent-prior.onnx")
    said = said_of(drawn(), np.arange(6))
    assert codec.numbers == 16
    one, same, other = (codec.drawn(said, seed) for seed in (1, 1, 2))
    assert torch.equal(one, same) and not torch.equal(one, other)
    assert not torch.equal(codec.drawn(torch.zeros_like(said), 1), one), "by words"
    tame = codec.drawn(said, 1, spread=0.0)
    assert torch.equal(tame, codec.drawn(said, 2, spread=0.0)), "without spread there is nothing to be drawn"


def test_parts_are_published_together_and_if_they_are_better(room: Path) -> None:
    room, models, task = room / "latent", room / "models", Latent(TINY)
    with pytest.raises(ValueError, match="measured"):
        publish_parts(task, room / "latent.onnx", models)
    good = {"64 px PSNR": 24.0, "64 px PSNR of PCA": 22.0, "64 px feature distance": 0.1,
            "64 px feature distance of PCA": 0.2}  # fmt: skip
    assert len(noted(task, room / "latent-encoder.onnx", good | {"64 px PSNR": 21.0})) == 3
    with pytest.raises(ValueError, match="not good enough"):
        publish_parts(task, room / "latent.onnx", models)
    noted(task, room / "latent-encoder.onnx", good)
    assert card_of(room / "latent-prior.onnx").measured == {"64 px PSNR": 24.0}
    assert card_of(room / "latent-decoder.onnx").measured == good
    assert [card.version for card in publish_parts(task, room / "latent.onnx", models)] == [1, 1, 1]
    with pytest.raises(ValueError, match="no better"):
        publish_parts(task, room / "latent.onnx", models)
    noted(task, room / "latent-encoder.onnx", {"64 px PSNR": 25.0})
    publish_parts(task, room / "latent.onnx", models)
    assert {card_of(path).version for path in models.glob("*.onnx")} == {2}
    assert Network(models / "latent-decoder.onnx").card.measured["64 px PSNR"] == 25
    (room / "latent-decoder.onnx").unlink()
    with pytest.raises(ValueError, match="is not there"):
        publish_parts(task, room / "latent.onnx", models)
