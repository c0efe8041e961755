"""Convert: a checkpoint becomes an ONNX file that says what it is."""

from __future__ import annotations

import logging
import subprocess
import warnings
from collections.abc import Sequence
from csv import DictReader
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import numpy_helper
from onnxscript import optimizer
from torch import nn

from editor.ml.card import Card
from export.cost import cost, example
from export.data.photos import find
from export.onnx_file import halved, with_card, write
from export.task import Task
from export.train import load, recall

OPSET = 18
LARGEST = 10_000_000  # bytes of a file that may lie in the repository
FAITHFUL = 1e-3  # of what the net changes (RMS): weights may be halved while the answer stays this close
SIZES = ((72, 136), (200, 88))  # height and width to try, none of them those of the export; brought to the card's steps


def convert(task: Task[Any], checkpoint: Path, out: Path, half: bool | None = None, commit: str = "",
            note: str = "") -> Card:  # fmt: skip
    """Writes the averaged weights of `checkpoint` as an ONNX model with its card to `out`, and returns the card.

    `half` keeps the weights in half precision; None does so where the answer stays the same but for a thousandth, or
    where the file would be too large otherwise.
    Raises ValueError for a checkpoint of another task, and for a graph that would not run at every size.
    """
    kept = recall(checkpoint)
    if kept["config"].get("task") != task.name:
        raise ValueError(f"{checkpoint}: is a checkpoint of {kept['config'].get('task')!r}, not of {task.name!r}")
    net = task.net()
    load(net, kept["mean"], checkpoint)
    model = graph(net, task.card)
    refuse_fixed(model)
    small = halved(model)
    if half is None:
        half = _change(model, small, task.card) < FAITHFUL or model.ByteSize() > LARGEST
    model = small if half else model
    run_at_sizes(model, task.card)
    config = kept["config"]
    card = replace(
        task.card,
        cost=round(cost(net, task.card), 2),
        data=tuple(credit(Path(folder)) for folder in config["data"]),
        seed=config["seed"],
        commit=commit or commit_of_this(),
        trained_on="; ".join(part for part in (trained_on(kept), note) if part),
    )
    sealed = with_card(model, card)
    if len(sealed) > LARGEST:
        raise ValueError(f"{out}: would have {len(sealed) / 1e6:.1f} MB; {LARGEST / 1e6:.0f} MB are the most")
    write(out, sealed)
    return card


def graph(net: nn.Module, card: Card) -> onnx.ModelProto:
    """`net` as ONNX, batch 1, height and width open (in steps of `card.multiple_of`), without notes of this machine."""
    step = card.multiple_of
    high, wide = (step * torch.export.Dim(name, min=2, max=4096) for name in ("rows", "columns"))
    names = ["image", *card.inputs]
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it misses torchvision, which nothing here needs
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter's own insides
        program = torch.onnx.export(
            net.eval(), example(card, 8 * step, 12 * step), dynamo=True, opset_version=OPSET, input_names=names,
            output_names=list(card.answers) or ["out"], dynamic_shapes=tuple({2: high, 3: wide} for _ in names),
            verbose=False, optimize=False,
        )  # fmt: skip
        assert program is not None
        return finished(program, set(net.state_dict()))


def finished(program: Any, weights: set[str]) -> onnx.ModelProto:
    """What PyTorch's exporter made, as a checked graph whose `weights` keep their names."""
    # its own optimizer melts weights into each other, as ONNX Runtime does anyway; here each is to keep its name
    optimizer.fold_constants(program.model, should_fold=lambda node: False if node.op_type == "Transpose" else None)
    optimizer.remove_unused_nodes(program.model)
    model = onnx.ModelProto()
    model.ParseFromString(program.model_proto.SerializeToString())
    strip(model)
    tidy(model, weights)
    onnx.checker.check_model(model, full_check=True)
    return model


def strip(model: onnx.ModelProto) -> None:
    """Takes out what the exporter noted along the way: stack traces with paths of this machine, sizes in between."""
    del model.metadata_props[:], model.graph.metadata_props[:], model.graph.value_info[:]
    model.doc_string = model.graph.doc_string = ""
    model.graph.name = "packshot"
    for part in (*model.graph.node, *model.graph.input, *model.graph.output, *model.graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""


def tidy(model: onnx.ModelProto, weights: set[str]) -> None:
    """Leaves only weights among the initializers, other numbers become constants; and gives the open sides names.

    Where a convolution has no bias, the exporter adds zeros; they go.
    """
    numbers = {i.name: i for i in model.graph.initializer if i.name not in weights}
    numbers |= {n.output[0]: n.attribute[0].t for n in model.graph.node if n.op_type == "Constant"}
    for node in model.graph.node:
        bias = numbers.get(node.input[2]) if node.op_type == "Conv" and len(node.input) == 3 else None
        if bias is not None and not numpy_helper.to_array(bias).any():
            del node.input[2]
    asked = {name for node in model.graph.node for name in node.input}
    for unused in [i for i in model.graph.initializer if i.name not in asked]:
        model.graph.initializer.remove(unused)
    for node in [n for n in model.graph.node if n.op_type == "Constant" and n.output[0] not in asked]:
        model.graph.node.remove(node)
    for number in [i for i in model.graph.initializer if i.name not in weights]:
        model.graph.initializer.remove(number)
        model.graph.node.insert(0, onnx.helper.make_node("Constant", [], [number.name], value=number))
    names: dict[str, str] = {}
    for value in _pictures(model):
        for what, side in zip(("height", "width"), value.type.tensor_type.shape.dim[2:4], strict=False):
            if side.dim_param:
                same = what if what not in names.values() else f"{what} of {value.name}"
                side.dim_param = names.setdefault(side.dim_param, same)


def _pictures(model: onnx.ModelProto) -> list[onnx.ValueInfoProto]:
    """Inputs and outputs that are pictures; several outputs tell something of one and are none."""
    outputs = list(model.graph.output)
    return [*model.graph.input, *(outputs if len(outputs) == 1 else [])]


def refuse_fixed(model: onnx.ModelProto) -> None:
    """Raises ValueError where the height or width of an input or output is a number: such a net runs at one size."""
    for value in _pictures(model):
        for name, side in zip(("height", "width"), value.type.tensor_type.shape.dim[2:4], strict=True):
            if not side.dim_param:
                raise ValueError(f"the {name} of {value.name!r} is fixed at {side.dim_value} pixels")


def run_at_sizes(model: onnx.ModelProto, card: Card) -> None:
    """Runs the model at sizes it was not exported at. Raises ValueError where what comes out has another size."""
    session = _session(model)
    for height, width in _sizes(card):
        out = session.run(None, _feed(session, card, height, width))[0]
        if card.answers:
            continue
        due = round(height * card.scale), round(width * card.scale)
        if out.shape[2:] != due:
            raise ValueError(f"{height} x {width} came out as {out.shape[2]} x {out.shape[3]}, not {due[0]} x {due[1]}")


def _change(model: onnx.ModelProto, small: onnx.ModelProto, card: Card) -> float:
    """RMS of the difference between two versions of a net, as part of what the net does to the picture."""
    session = _session(model)
    feed = _feed(session, card, *_sizes(card)[0])
    outs, halves = session.run(None, feed), _session(small).run(None, feed)
    if card.answers:  # numbers of different kinds: the worst of them counts
        return max(float(np.abs(b - a).max() / max(np.abs(b).max(), 1e-6)) for b, a in zip(outs, halves, strict=True))
    (before,), (after,) = outs, halves
    done = before - feed["image"] if before.shape == feed["image"].shape else before
    return float(np.sqrt(np.mean((after - before) ** 2) / max(np.mean(done**2), 1e-12)))


def _sizes(card: Card) -> list[tuple[int, int]]:
    step = card.multiple_of
    return [(-(-height // step) * step, -(-width // step) * step) for height, width in SIZES]


def _session(model: onnx.ModelProto) -> ort.InferenceSession:
    return ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def _feed(session: ort.InferenceSession, card: Card, height: int, width: int) -> dict[str, np.ndarray]:
    values = example(card, height, width, seed=1)
    return {given.name: value.numpy() for given, value in zip(session.get_inputs(), values, strict=True)}


def trained_on(kept: dict[str, Any]) -> str:
    """Where, how long and how far, from a checkpoint."""
    machine = kept.get("machine") or "a CPU"
    run = f"{machine}, {kept['spent'] / 60:.0f} minutes, {kept['step']} steps of {kept['config']['batch']} patches"
    start = kept["config"].get("start")
    return f"{run}; begun with the weights of {start}" if start else run


def credit(folder: Path) -> str:
    """A folder of training photos in a few words: how many were trained on and under which licences, where these are
    told in the folder or above it: by sources.csv (columns file and licence) or by the first line of LICENCE.txt."""
    count = len(find([folder])) if folder.is_dir() else 0
    name = folder.parent.name if folder.name == "images" else folder.name
    if not count:
        return name
    for place in (folder, *folder.parents)[:3]:
        if (place / "sources.csv").is_file():
            with (place / "sources.csv").open(newline="", encoding="utf-8") as file:
                below = "" if place == folder else f"{folder.relative_to(place).as_posix()}/"
                licences = sorted({r["licence"] for r in DictReader(file) if r["file"].startswith(below)})
            return f"{name}, {count} photos: {', '.join(licences)}"
        if (place / "LICENCE.txt").is_file():
            first = (place / "LICENCE.txt").read_text(encoding="utf-8").strip().partition("\n")[0]
            return f"{name}, {count} photos: {first}"
    return f"{name}, {count} photos"


def commit_of_this() -> str:
    """The commit of this toolchain, with a + where files were changed since; empty outside a git clone."""
    here = Path(__file__).parent

    def git(words: Sequence[str]) -> str:
        try:
            said = subprocess.run(["git", *words], cwd=here, capture_output=True, text=True, timeout=20, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return said.stdout.strip() if said.returncode == 0 else ""

    head = git(["rev-parse", "--short=12", "HEAD"])
    return head + ("+" if head and git(["status", "--porcelain", "--", "."]) else "")
