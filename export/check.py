"""Check: does the network that ships say the same as the one that was trained?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from editor.core.image import Pixels
from editor.core.job import Job
from editor.ml.card import Card
from editor.ml.network import Network
from editor.ml.sizing import answer_of, seen_by
from editor.ml.tiles import Canvas, plan
from export.cost import example
from export.onnx_file import weights_of
from export.task import Task
from export.train import load

SIZES = ((97, 131), (256, 161), (33, 515))  # height and width, odd in every way
MOST = 1e-4


@dataclass(frozen=True)
class Finding:
    """The largest difference between PyTorch and the shipped network on a picture of this size."""

    height: int
    width: int
    difference: float

    @property
    def fine(self) -> bool:
        return self.difference <= MOST  # a NaN is not

    def __str__(self) -> str:
        verdict = "ok" if self.fine else f"more than {MOST:.0e}"
        return f"{self.width:4} x {self.height:4}: largest difference {self.difference:.2e}, {verdict}"


def check(task: Task[Any], path: Path, say: Callable[[str], None] = lambda line: None) -> list[Finding]:
    """PyTorch, with the weights of this very file, against `editor.ml.Network` as the app runs it.

    PyTorch gets the picture whole where the card asks for whole pictures; else in the same tiles.
    Raises ModelError for a file that `Network` refuses, ValueError where its weights fit no net of the task.
    """
    network = Network(path)
    net = task.net().eval()
    load(net, weights_of(path), path)
    findings = []
    for height, width in SIZES:
        image, *inputs = (tensor[0].permute(1, 2, 0).numpy() for tensor in example(network.card, height, width))
        if network.card.answers:
            findings.append(Finding(height, width, _told_apart(network, net, image, inputs)))
            say(str(findings[-1]))
            continue
        shipped = network.run(image, Job(), **dict(zip(network.card.inputs, (i[..., 0] for i in inputs), strict=True)))
        trained = _by_torch(net, network.card, np.concatenate([image, *inputs], 2))
        same = shipped.shape == trained.shape
        findings.append(Finding(height, width, float(np.abs(shipped - trained).max()) if same else float("inf")))
        say(str(findings[-1]))
    return findings


def _told_apart(network: Network, net: nn.Module, image: Pixels, inputs: list[Pixels]) -> float:
    """The largest difference in what the two tell of a picture (h, w, 3) and its inputs (h, w, 1)."""
    seen = seen_by(network.card, np.concatenate([image, *inputs], 2))
    planes = torch.from_numpy(np.ascontiguousarray(seen.transpose(2, 0, 1)))[None]
    with torch.no_grad():
        trained = net(planes[:, :3], *(planes[:, i : i + 1] for i in range(3, planes.shape[1])))
    shipped = network.tell(image, Job(), **dict(zip(network.card.inputs, (i[..., 0] for i in inputs), strict=True)))
    pairs = zip(network.card.answers, trained, strict=True)
    return max(float(np.abs(shipped[name] - value.numpy()).max()) for name, value in pairs)


def _by_torch(net: nn.Module, card: Card, stack: Pixels) -> Pixels:
    """What PyTorch makes of (h, w, 3 + inputs): mirrored at the edges, cut, blended and cropped as the card says.

    What a net is shown is brought to size, and its answer brought back, by what `Network` uses: the nets are compared.
    """
    size = stack.shape[:2]
    stack = seen_by(card, stack)
    height, width = stack.shape[:2]
    step, margin = card.multiple_of, card.margin
    edges = [(margin, margin + -side % step) for side in (height, width)]
    padded = np.pad(stack, (*edges, (0, 0)), "reflect")
    rows, columns = padded.shape[:2]

    def run(part: Pixels) -> Pixels:
        planes = torch.from_numpy(np.ascontiguousarray(part.transpose(2, 0, 1)))[None]
        with torch.no_grad():
            out = net(planes[:, :3], *(planes[:, i : i + 1] for i in range(3, planes.shape[1])))
        answer: Pixels = out[0].permute(1, 2, 0).numpy()
        return answer

    tiles = plan(columns, rows, card.tile, card.overlap, step) if card.tile else []
    if len(tiles) > 1:
        canvas = Canvas(columns, rows, tiles)
        for tile in tiles:
            canvas.add(tile, run(padded[tile.y : tile.bottom, tile.x : tile.right]))
        out = canvas.result()
    else:
        out = run(padded)
    left = round(margin * card.scale)
    out = out[left : left + round(height * card.scale), left : left + round(width * card.scale)]
    return answer_of(card, np.ascontiguousarray(out), *size)
