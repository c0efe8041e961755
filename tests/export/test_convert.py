"""A checkpoint becomes a model that the app runs, at every size, with the weights that were trained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import pytest
import torch

from editor.core.job import Job
from editor.core.model import ModelError
from editor.ml.network import Network
from export.check import check
from export.convert import convert, credit, refuse_fixed, run_at_sizes
from export.nets.unet import UNetConfig
from export.onnx_file import card_of, opened, relabel, weights_of, with_card
from export.tasks.denoise import Denoise
from export.train import load

Made = tuple[Denoise, Path, dict[str, torch.Tensor]]


def test_the_graph_has_open_sides_and_plain_operators(made: Made) -> None:
    model = opened(made[1])
    refuse_fixed(model)
    for value in (*model.graph.input, *model.graph.output):
        sides = [side.dim_param or side.dim_value for side in value.type.tensor_type.shape.dim]
        assert sides[0] == 1 and sides[2:] == ["height", "width"]
    assert {n.op_type for n in model.graph.node} == {"Cast", "Conv", "Relu", "Add", "Sub", "Concat", "DepthToSpace"}
    assert [i.name for i in model.graph.input] == ["image", "level"]
    assert [o.name for o in model.graph.output] == ["out"]
    assert model.opset_import[0].version >= 18


def test_the_file_says_nothing_of_the_machine_it_was_made_on(made: Made) -> None:
    contents = made[1].read_bytes()
    assert str(Path(__file__).parents[2]).encode() not in contents
    assert b"stack_trace" not in contents


def test_fixed_sides_are_refused(made: Made) -> None:
    model = opened(made[1])
    model.graph.input[0].type.tensor_type.shape.dim[3].dim_value = 96
    with pytest.raises(ValueError, match="width of 'image' is fixed at 96"):
        refuse_fixed(model)


def test_a_net_that_returns_another_size_is_refused(made: Made) -> None:
    with pytest.raises(ValueError, match="came out as"):
        run_at_sizes(opened(made[1]), replace(made[0].card, scale=2.0))


def test_weights_come_back_as_they_were_trained_but_for_half_precision(made: Made) -> None:
    task, path, weights = made
    net = task.net()
    load(net, weights_of(path), path)
    for name, weight in net.state_dict().items():
        assert torch.equal(weight, weights[name].half().float()), name
    with pytest.raises(ValueError, match="does not fit the network"):
        load(Denoise(UNetConfig((8, 8, 16), (1, 1, 1))).net(), weights_of(path), path)


def test_the_app_runs_what_was_trained_also_in_tiles(made: Made, tmp_path: Path) -> None:
    task, path, _ = made
    findings = check(task, path)
    assert [f.fine for f in findings] == [True] * 3
    small = tmp_path / "denoise.onnx"  # 33 x 515 is cut into tiles by the card as it is, these are by all sizes
    small.write_bytes(path.read_bytes())
    relabel(small, replace(card_of(path), tile=96, overlap=32))
    assert all(f.fine for f in check(task, small))


@pytest.mark.parametrize(
    "wanted",
    [{"side": 80}, {"size": (96, 64), "mean": (0.5,) * 3, "std": (0.2,) * 3, "peak": True, "logits": True}],
)
def test_both_sides_see_a_picture_at_the_size_that_the_card_says(
    made: Made, tmp_path: Path, wanted: dict[str, object]
) -> None:
    task, path, _ = made
    other = tmp_path / "denoise.onnx"
    other.write_bytes(path.read_bytes())
    card: Any = replace(card_of(path), tile=0, overlap=0)
    relabel(other, replace(card, **wanted))
    assert [f.fine for f in check(task, other)] == [True] * 3
    picture = np.random.default_rng(0).random((90, 120, 3), np.float32)
    apart = Network(other).run(picture, Job(), level=0.1) - Network(path).run(picture, Job(), level=0.1)
    assert np.abs(apart).mean() > 0.05


def test_check_notices_a_weight_that_is_off(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    task, path, _ = made
    weights = weights_of(path)
    weights["leave.weight"] = weights["leave.weight"] * 1.01
    monkeypatch.setattr("export.check.weights_of", lambda path: weights)
    assert not any(f.fine for f in check(task, path))


def test_the_card_is_written_and_sealed(made: Made, tmp_path: Path) -> None:
    path = made[1]
    card = Network(path).card
    assert (card.task, card.inputs, card.multiple_of, card.commit) == ("denoise", ("level",), 8, "0123abc")
    assert card.trained_on == "a CPU, 1 minutes, 5 steps of 16 patches"
    assert card.data == ("photos, 3 photos",)
    assert with_card(opened(path), card) == path.read_bytes()  # the same card gives the same file
    damaged = bytearray(path.read_bytes())
    damaged[damaged.index(b"leave.weight") - 40] ^= 1
    (tmp_path / "bad.onnx").write_bytes(damaged)
    with pytest.raises(ModelError):
        Network(tmp_path / "bad.onnx")


def test_half_precision_halves_the_file_and_computes_in_full(made: Made) -> None:
    model = opened(made[1])
    assert {i.data_type for i in model.graph.initializer} == {onnx.TensorProto.FLOAT16}
    assert all(a.i == onnx.TensorProto.FLOAT for n in model.graph.node if n.op_type == "Cast" for a in n.attribute)
    weights = sum(w.numel() for w in made[2].values())
    assert made[1].stat().st_size < 2 * weights + 20_000
    session = ort.InferenceSession(made[1], providers=["CPUExecutionProvider"])
    assert session.get_outputs()[0].type == "tensor(float)"


def test_the_net_scales_with_its_input(made: Made) -> None:
    network = Network(made[1])
    picture = np.random.default_rng(0).random((40, 56, 3), np.float32)
    bright = network.run(picture * 2, Job(), level=0.2)
    assert np.abs(bright - 2 * network.run(picture, Job(), level=0.1)).max() < 1e-4


def test_a_checkpoint_of_another_task_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no checkpoint"):
        convert(Denoise(), tmp_path / "none.pt", tmp_path / "out.onnx")
    torch.save({"config": {"task": "noise"}} | dict.fromkeys(("net", "mean", "optimizer", "spent", "step")),
               tmp_path / "other.pt")  # fmt: skip
    with pytest.raises(ValueError, match="checkpoint of 'noise', not of 'denoise'"):
        convert(Denoise(), tmp_path / "other.pt", tmp_path / "out.onnx")
    assert not (tmp_path / "out.onnx").exists()


def test_the_card_credits_the_photos(photos: Path) -> None:
    assert credit(photos) == "photos, 12 photos"
    (photos.parent / "sources.csv").write_text("file,licence\nphotos/drawn0.png,CC0\nother/a.png,MIT\n")
    assert credit(photos) == "photos, 12 photos: CC0"
    assert credit(photos / "gone") == "gone"
    (photos / "LICENCE.txt").write_text("CC BY 3.0, by somebody\nand more about it\n")
    assert credit(photos) == "photos, 12 photos: CC BY 3.0, by somebody"
    photos.rename(photos.with_name("images"))
    assert credit(photos.with_name("images")) == f"{photos.parent.name}, 12 photos: CC BY 3.0, by somebody"
