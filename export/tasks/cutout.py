"""Cutout: finds the product in a photo, whatever stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.model import Model
from editor.ml.card import Card
from editor.ml.network import Network
from export.data.photos import find
from export.data.scenes import Scenes, scenes
from export.matting import JUDGES, Matte, Way, by_grabcut, masked, opened, with_masks
from export.measure import table
from export.nets.matte import MatteConfig, MatteNet
from export.task import Config, Score, Task

SIDE = 320  # pixels on the longer side of what the network sees
HINTS = 0.25  # how much the coarse answers count in training
SEEN = 96  # composites of held-out products that a run is watched by
MEASURED = 200  # composites of held-out products to measure on, half of them of products that people wear
ACROSS = 512  # pixels on the side of one
TIMED = 4  # photos of 1024 px that the time is taken with
RIVAL = "of GrabCut"
GOALS = {"IoU": 0.92, "MAE": 0.03}  # on composites
LEAST = 0.85  # IoU on composites that a published model must reach


@dataclass(frozen=True)
class Composites:
    """Pictures (n, 3, h, w) and their mattes (n, 1, h, w), 0..1."""

    image: Tensor
    matte: Tensor


class Cutout(Task[Composites]):
    name = "cutout"
    title = "Cut-out"
    defaults = Config("cutout", (), patch=256, lr=1e-3)
    card = Card("cutout", "Cut-out", multiple_of=MatteNet.multiple_of, side=SIDE, licence="GPL-3.0-or-later")
    rank = "composites IoU"

    def __init__(self, shape: MatteConfig | None = None, measured: int = MEASURED) -> None:
        self.shape, self.measured = shape or MatteConfig(), measured
        self._kept: Composites | None = None

    def net(self) -> nn.Module:
        return MatteNet(self.shape)

    def load(self, config: Config, device: torch.device) -> Scenes:
        cv2.setNumThreads(1)  # many small pictures: one for each thread is faster
        return scenes(find(map(Path, config.data)))

    def batch(self, material: object, config: Config, chance: torch.Generator) -> Composites:
        assert isinstance(material, Scenes)
        seed = int(torch.randint(2**31, (), generator=chance))
        return tensors(*material.draw(config.batch, config.patch, seed))

    def loss(self, net: nn.Module, batch: Composites) -> Tensor:
        """Cross-entropy, what is missing to a perfect overlap (soft IoU), the difference and that of the slopes; the
        coarse answers by cross-entropy alone."""
        assert isinstance(net, MatteNet)
        device = next(net.parameters()).device
        target = batch.matte.to(device)
        whole, *hints = (answer.float() for answer in net.answers(batch.image.to(device)))
        matte = torch.sigmoid(whole)
        both = (matte * target).sum((1, 2, 3))
        overlap = (both + 50) / ((matte + target - matte * target).sum((1, 2, 3)) + 50)
        slopes = torch.stack([(matte.diff(dim=d) - target.diff(dim=d)).abs().mean() for d in (2, 3)]).sum()
        loss = F.binary_cross_entropy_with_logits(whole, target) + (1 - overlap).mean() + 4 * slopes
        loss = loss + (matte - target).abs().mean()
        for hint in hints:
            coarse = F.adaptive_avg_pool2d(target, (hint.shape[2], hint.shape[3]))
            loss = loss + HINTS * F.binary_cross_entropy_with_logits(hint, coarse)
        return loss

    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        seen = self._seen(folders)
        found = torch.cat([net(part.to(device)).float().cpu() for part in torch.split(seen.image, 16)])
        return {"IoU": float(ious(found, seen.matte).mean()), "MAE": float((found - seen.matte).abs().mean())}

    def picture(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> Tensor | None:
        seen = self._seen(folders)
        image, matte = seen.image[:8], seen.matte[:8]
        found = net(image.to(device)).float().cpu()
        rows = torch.cat([image, matte.expand(-1, 3, -1, -1), found.expand(-1, 3, -1, -1)], 3)
        return torch.cat(list(rows), 1)

    def _seen(self, folders: Sequence[Path]) -> Composites:
        """Composites of held-out products on held-out scenes, drawn once."""
        if self._kept is None:
            self._kept = tensors(*scenes(find(folders, measuring=True)).draw(SEEN, self.defaults.patch, 1))
        return self._kept

    def measure(self, model: Model, folders: Sequence[Path], models: Path) -> Score:
        """The network beside GrabCut: on every folder of photos with hand-made masks as it is, and on composites of the
        held-out products and scenes in all other folders, of 512 px and from a fixed seed; the time, on 1024 px."""
        for folder in folders:
            if not folder.is_dir():
                raise ValueError(f"{folder}: there is no such folder")
        ways: dict[str, Way] = {"": lambda rgb: found_by(model, rgb), f" {RIVAL}": by_grabcut}
        numbers: dict[str, float] = {}
        for folder in filter(masked, folders):
            names = list(JUDGES)[:3]  # a mask painted by hand has no soft edge to speak of
            numbers |= _judged(folder.resolve().name, (opened(*pair) for pair in with_masks(folder)), ways, names)
        others = [folder for folder in folders if not masked(folder)]
        if others:
            numbers |= self._composites(replace(scenes(find(others, measuring=True)), empty=0, wholes=()), ways)
        if isinstance(model, Network):
            numbers["GMAC"] = model.card.cost * SIDE**2 / 1e6
        return Score(numbers, self.report(numbers))

    def _composites(self, material: Scenes, ways: Mapping[str, Way]) -> dict[str, float]:
        parts = (("composites, worn by people", True), ("composites, products", False))
        groups = {name: part for name, worn in parts if (part := material.only(worn=worn))}
        numbers: dict[str, float] = {}
        for name, part in groups.items():
            drawn = zip(*part.draw(self.measured // len(groups), ACROSS, 1), strict=True)
            pairs = ((rgb.astype(np.float32) / 255, alpha.astype(np.float32) / 255) for rgb, alpha in drawn)
            numbers |= _judged(name, pairs, ways, list(JUDGES))
        for way in ways:
            for what in JUDGES:
                numbers[f"composites {what}{way}"] = float(np.mean([numbers[f"{n} {what}{way}"] for n in groups]))
        large = material.draw(TIMED + 1, 2 * ACROSS, 2)[0].astype(np.float32) / 255
        for way, run in ways.items():
            run(large[0])
            began = perf_counter()
            for photo in large[1:]:
                run(photo)
            numbers[f"composites seconds a photo{way}"] = (perf_counter() - began) / TIMED
        return numbers

    def report(self, numbers: Mapping[str, float]) -> str:
        names = sorted(key.removesuffix(" IoU") for key in numbers if key.endswith(" IoU"))
        columns = [*JUDGES, "seconds a photo"]
        rows = [(f"{name}: {title}", {c: numbers[k] for c in columns if (k := f"{name} {c}{way}") in numbers})
                for name in names for way, title in (("", "Packshot"), (f" {RIVAL}", "OpenCV GrabCut"))]  # fmt: skip
        said = ["IoU (both cut at 0.5), MAE, boundary F, SAD and gradient error (in thousands, at 512 px); the time, "
                "from a photo of 1024 px to its matte:", table(columns, rows, 3)]  # fmt: skip
        for what, goal in GOALS.items():
            if (reached := numbers.get(f"composites {what}")) is not None:
                met = reached >= goal if what == "IoU" else reached <= goal
                said.append(f"The goal on composites, {what} {goal}, is {'reached' if met else 'not reached'}.")
        if "GMAC" in numbers:
            said.append(f"{numbers['GMAC']:.2f} thousand million multiply-adds for a square photo, seen at {SIDE} px.")
        return "\n\n".join(said)

    def shortfall(self, numbers: Mapping[str, float]) -> str:
        """For comparison, U2-Netp (Qin et al., Pattern Recognition 2020) and IS-Net (Qin et al., ECCV 2022) reach an
        IoU of 0.946 and 0.954 on people and 0.869 and 0.922 on product composites, on other sets than these."""
        mine, rival = (numbers.get(f"composites IoU{way}", 0.0) for way in ("", f" {RIVAL}"))
        if mine <= rival:
            return f"IoU {mine:.3f} on composites is no better than GrabCut's {rival:.3f}"
        return f"IoU {mine:.3f} on composites; {LEAST} is the least" if mine < LEAST else ""


def found_by(model: Model, rgb: Pixels) -> Matte:
    """The matte (h, w) of a photo (h, w, 3) as the app asks for it."""
    return np.asarray(model.run(rgb, Job())[..., 0].clip(0, 1), np.float32)


def _judged(name: str, pairs: Iterable[tuple[Pixels, Matte]], ways: Mapping[str, Way],
            judges: Sequence[str]) -> dict[str, float]:  # fmt: skip
    """The mean of every judge over photos and their true mattes, for every way to a matte."""
    sums: dict[str, list[float]] = {}
    for rgb, true in pairs:
        for way, run in ways.items():
            found = run(rgb)
            for what in judges:
                sums.setdefault(f"{name} {what}{way}", []).append(JUDGES[what](found, true))
    return {key: float(np.mean(values)) for key, values in sums.items()}


def ious(found: Tensor, true: Tensor) -> Tensor:
    """How far two mattes (n, 1, h, w), cut at one half, overlap: (n,), 1 where both are empty."""
    a, b = found > 0.5, true > 0.5
    union = (a | b).sum((1, 2, 3))
    return torch.where(union > 0, (a & b).sum((1, 2, 3)) / union.clamp(min=1), torch.ones(len(a)))


def tensors(rgb: np.ndarray, alpha: np.ndarray) -> Composites:
    """Bytes (n, h, w, 3) and (n, h, w) as a batch."""
    image = torch.from_numpy(rgb).permute(0, 3, 1, 2).float() / 255
    return Composites(image, torch.from_numpy(alpha)[:, None].float() / 255)


TASK = Cutout()
