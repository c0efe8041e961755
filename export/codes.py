"""Codes: nets between pictures and codes, several of one training, become ONNX files that are checked one by one."""

from __future__ import annotations

import logging
import warnings
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import Tensor, nn

from editor.core.codes import Codes
from editor.core.job import Job
from editor.ml.card import Card
from editor.ml.network import Network
from export.check import MOST, Finding
from export.convert import LARGEST, OPSET, commit_of_this, credit, finished, trained_on
from export.cost import macs
from export.onnx_file import card_of, halved, opened, relabel, weights_of, with_card, write
from export.publish import no_better
from export.task import Config, Task
from export.train import load, recall

COUNTS = (1, 3, 8)  # of pictures at once
Batch = TypeVar("Batch")


class Parted(Protocol):
    """A net that ships as several."""

    def parts(self) -> dict[str, nn.Module]: ...


class Coded(Task[Batch]):
    """A task whose net ships as several, each in a file TASK-PART.onnx."""

    @abstractmethod
    def cards(self, parts: Mapping[str, nn.Module]) -> dict[str, Card]:
        """The card of each part, without how it was trained."""

    @abstractmethod
    def given(self, part: str, count: int) -> tuple[Tensor, ...]:
        """Something to put into a part, `count` at once, the same every time."""

    def shaped(self, config: Config) -> Coded[Batch]:
        return self


@dataclass(frozen=True)
class Counted(Finding):
    """The largest difference in what so many (`height`) pictures or codes at once become."""

    def __str__(self) -> str:
        verdict = "ok" if self.fine else f"more than {MOST:.0e}"
        return f"{self.height:2} at once: largest difference {self.difference:.2e}, {verdict}"


def convert_parts(task: Coded[Any], checkpoint: Path, folder: Path, half: bool | None = None, commit: str = "",
                  note: str = "") -> dict[Path, Card]:  # fmt: skip
    """Writes the averaged weights of every part as an ONNX model into `folder`; the cards, by file. The weights are in
    half precision unless `half` is False. Raises ValueError as `convert` does."""
    kept = recall(checkpoint)
    if kept["config"].get("task") != task.name:
        raise ValueError(f"{checkpoint}: is a checkpoint of {kept['config'].get('task')!r}, not of {task.name!r}")
    config = Config(**{f.name: kept["config"][f.name] for f in fields(Config) if f.name in kept["config"]})
    task = task.shaped(config)
    net: Any = task.net()
    load(net, kept["mean"], checkpoint)
    parts: dict[str, nn.Module] = net.eval().parts()
    made = {}
    for name, card in task.cards(parts).items():
        model = part_graph(parts[name], card, task.given(name, 2))
        model = model if half is False else halved(model)
        told = "; ".join(part for part in (trained_on(kept), config.arch, note) if part)
        work = macs(parts[name], task.given(name, 1)) / config.patch**2 / 1000
        card = replace(card, cost=round(work, 2), seed=config.seed,
                       data=tuple(credit(Path(folder)) for folder in config.data), trained_on=told,
                       commit=commit or commit_of_this())  # fmt: skip
        sealed, out = with_card(model, card), folder / f"{card.task}.onnx"
        if len(sealed) > LARGEST:
            raise ValueError(f"{out}: would have {len(sealed) / 1e6:.1f} MB; {LARGEST / 1e6:.0f} MB are the most")
        write(out, sealed)
        made[out] = card
    return made


def part_graph(net: nn.Module, card: Card, given: tuple[Tensor, ...]) -> onnx.ModelProto:
    """A part as ONNX; how many go in at once stays open. Raises ValueError where another number does not run."""
    several = torch.export.Dim("count", min=1, max=1024)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it misses torchvision, which nothing here needs
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter's own insides
        program = torch.onnx.export(
            net.eval(), given, dynamo=True, opset_version=OPSET, input_names=list(card.inputs),
            output_names=list(card.answers), dynamic_shapes=tuple({0: several} for _ in given), verbose=False,
            optimize=False,
        )  # fmt: skip
        assert program is not None
        model = finished(program, set(net.state_dict()))
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    more = [value[:1].repeat(3, *(1 for _ in value.shape[1:])).numpy() for value in given]
    for out in session.run(None, dict(zip(card.inputs, more, strict=True))):
        if len(out) != 3:
            raise ValueError(f"{card.task}: made {len(out)} of 3")
    return model


def check_part(task: Coded[Any], path: Path, say: Callable[[str], None] = lambda line: None) -> list[Finding]:
    """PyTorch, with the weights of this very file, against `Network.reckon`, as the app runs it.

    Raises ModelError for a file that `Network` refuses, ValueError where its weights fit no net of the task.
    """
    network, weights = Network(path), weights_of(path)
    name = network.card.task.removeprefix(f"{task.name}-")
    task = task_of(task, network, weights)
    net: Any = task.net()
    if name not in (parts := net.eval().parts()):
        raise ValueError(f"{path}: is for {network.card.task!r}, which is no part of {task.name!r}")
    load(parts[name], weights, path)
    findings: list[Finding] = []
    for count in COUNTS:
        given = task.given(name, count)
        with torch.no_grad():
            trained = parts[name](*given).numpy()
        feed = {key: value.numpy() for key, value in zip(network.card.inputs, given, strict=True)}
        shipped = network.reckon(Job(), **feed)[network.card.answers[0]]
        same = shipped.shape == trained.shape
        findings.append(Counted(count, 1, float(np.abs(shipped - trained).max()) if same else float("inf")))
        say(str(findings[-1]))
    return findings


def publish_parts(task: Coded[Any], path: Path, models: Path) -> list[Card]:
    """Copies all parts that lie beside `path` to `models`, as the next version, and returns their cards. Raises
    ValueError with the reason where they may not, as `publish` does; the decoder's numbers decide."""
    files = sorted(path.parent.glob(f"{task.name}-*.onnx"))
    first = path.with_name(f"{task.name}-decoder.onnx")
    if first not in files:
        raise ValueError(f"{first}: is not there; `convert {task.name}` makes it")
    numbers, place = card_of(first).measured, models / first.name
    if not any(name.endswith(task.rank) for name in numbers):
        raise ValueError(f"{first}: has not been measured; `measure {task.name} --model {first} --write` does that")
    if reason := task.shortfall(numbers):
        raise ValueError(f"{first}: is not good enough ({reason})")
    there = card_of(place) if place.exists() else None
    if there and (reason := no_better(task, numbers, there.measured)):
        raise ValueError(f"{first}: {reason}")
    for file in files:
        if wrong := [finding for finding in check_part(task, file) if not finding.fine]:
            raise ValueError(f"{file}: is not what was trained ({wrong[0]})")
    cards = [replace(card_of(file), version=there.version + 1 if there else 1) for file in files]
    for file, card in zip(files, cards, strict=True):
        write(models / file.name, with_card(opened(file), card))
    return cards


def noted(task: Coded[Any], path: Path, numbers: Mapping[str, float], codes: Codes | None = None) -> list[Path]:
    """Writes what was measured into the card of the decoder beside `path`, and by what it ranks into the others'; what
    was found out of codes into the decoder's alone."""
    files = sorted(path.parent.glob(f"{task.name}-*.onnx"))
    for file in files:
        card = card_of(file)
        makes = card.task.endswith("decoder")
        own = {name: value for name, value in numbers.items() if makes or name.endswith(task.rank)}
        known = codes if makes and codes else card.codes
        relabel(file, replace(card, measured=card.measured | own, codes=known))
    return files


def task_of(task: Coded[Any], network: Network, weights: Mapping[str, Tensor]) -> Coded[Any]:
    """The task with the net that a file was made from: with as many numbers in a code, and rounded ones or not."""
    code = next(side for name, side in network.sides().items() if name in ("code", "noise"))
    arch = "vqvae" if any(name.startswith("rounds.") for name in weights) else ""
    side = network.sides().get("picture", task.defaults.patch)
    return task.shaped(replace(task.defaults, code=code, arch=arch or task.defaults.arch, patch=side))
