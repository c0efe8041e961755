"""Encoding: what is measured of nets between pictures and codes: what comes back, what is drawn, how long it takes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from editor.core.job import Job
from editor.ml.card import Card
from editor.ml.network import Network
from export.data.wares import WORDS, Wares, over_white
from export.faithful import AT_ONCE, faithfulness, features, frechet
from export.measure import table
from export.nets.tagger import TaggerNet
from export.squeezed import components, rivals, smaller

FEWER = 64  # pixels on a side at which others are compared as well
DRAWN = 1500  # pictures
MANY = 24  # pictures of a grid
TURNS = 30  # how often the time is taken
COLUMNS = ("PSNR", "SSIM", "crispness", "feature distance", "FID")


@dataclass(frozen=True)
class Codec:
    """The parts of one training, as the app runs them; there may be no encoder, and no prior."""

    decoder: Network
    encoder: Network | None = None
    prior: Network | None = None

    @staticmethod
    def beside(path: Path) -> Codec:
        """Those that lie where one of them, `path`, does. Raises ModelError where there is no decoder."""
        kept = {part: path.with_name(f"latent-{part}.onnx") for part in ("encoder", "prior")}
        found = {part: Network(place) for part, place in kept.items() if place.exists()}
        return Codec(Network(path.with_name("latent-decoder.onnx")), **found)

    @property
    def numbers(self) -> int:
        """Of a code."""
        return self.decoder.sides()["code"]

    def codes(self, pictures: Tensor) -> Tensor:
        """Of pictures (n, 4, side, side), (n, numbers)."""
        assert self.encoder is not None
        parts = [self.encoder.reckon(Job(), picture=some.numpy())["code"] for some in torch.split(pictures, AT_ONCE)]
        return torch.from_numpy(np.concatenate(parts))

    def pictures(self, codes: Tensor, said: Tensor | None = None) -> Tensor:
        """What codes (n, numbers) stand for, (n, 4, side, side), where nothing or something (n, words) is said."""
        given = torch.zeros(len(codes), len(self.decoder.card.words)) if said is None else said
        pairs = zip(torch.split(codes, AT_ONCE), torch.split(given, AT_ONCE), strict=True)
        return torch.from_numpy(np.concatenate([
            self.decoder.reckon(Job(), code=code.numpy(), condition=some.numpy())["picture"] for code, some in pairs
        ]))  # fmt: skip

    def drawn(self, said: Tensor, seed: int, spread: float = 1.0) -> Tensor:
        """New pictures (n, 4, side, side) of what is said (n, words); less `spread` gives what is more usual."""
        noise = torch.randn(len(said), self.numbers, generator=torch.Generator().manual_seed(seed)) * spread
        if self.prior is None:  # then nobody told it what is said
            return self.pictures(noise)
        codes = self.prior.reckon(Job(), noise=noise.numpy(), condition=said.numpy())["code"]
        return self.pictures(torch.from_numpy(codes), said)


def said_of(material: Wares, rows: NDArray[np.int64]) -> Tensor:
    """Conditions (n, words) of what is known of those wares."""
    parts = []
    for kind, words in WORDS.items():
        label = material.labels[kind][rows]
        parts.append(np.eye(len(words), dtype=np.float32)[label] * (label >= 0)[:, None])
    return torch.from_numpy(np.concatenate(parts, 1)).float()


def measured(codec: Codec, material: Wares, judge: TaggerNet) -> dict[str, float]:
    """Reconstructions of all held-out wares, beside components and JPEGs of as many numbers; how codes lie; pictures
    drawn for words that wares have, by how far their features are from those of held-out wares; and the time."""
    held, rest = np.flatnonzero(material.held), np.flatnonzero(~material.held)
    numbers: dict[str, float] = {"held out": float(len(held))}
    photo = over_white(material.pictures[held])
    side = photo.shape[2]
    if codec.encoder is not None:
        codes = codec.codes(photo)
        made = codec.pictures(codes)
        deviations = codes.std(0)
        numbers |= {"codes off centre": float(codes.mean(0).abs().mean()),
                    "codes' deviation": float(deviations.mean()), "numbers": float(codec.numbers),
                    "codes' deviation, least": float(deviations.min()),
                    "codes' deviation, most": float(deviations.max())}  # fmt: skip
        for size in (side, FEWER)[: 1 + (side > FEWER)]:
            halves = (side // size).bit_length() - 1
            due, got = smaller(photo, halves), smaller(made, halves)
            known = components(material.pictures[rest], codec.numbers, halves)
            for name, back in {"": got, **rivals(due, known, [codec.numbers])}.items():
                end = f" of {name.split()[0]}" if name else ""
                numbers |= {f"{size} px {what}{end}": value for what, value in faithfulness(back, due, judge).items()}
    numbers["drawn FID"] = drawn_apart(codec, material, judge)
    others = features(over_white(material.pictures[some_of(rest)]), judge)
    numbers["drawn FID of photos"] = frechet(others, features(photo, judge))
    return numbers | timed(codec)


def some_of(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same wares every time, of which the words are drawn for."""
    return np.asarray(np.random.default_rng(5).choice(rows, DRAWN), np.int64)


def drawn_apart(codec: Codec, material: Wares, judge: TaggerNet) -> float:
    """How far pictures drawn for the words of wares that were trained on are from held-out ones: the Frechet distance
    of the judge's features."""
    fresh = codec.drawn(said_of(material, some_of(np.flatnonzero(~material.held))), seed=5)
    return frechet(features(fresh, judge), features(over_white(material.pictures[material.held]), judge))


def steps_of(card: Card) -> dict[str, float]:
    """For how many steps a net was trained, as its card tells it; nothing where it does not."""
    found = re.search(r"(\d+) steps", card.trained_on)
    return {"steps": float(found[1])} if found else {}


def timed(codec: Codec) -> dict[str, float]:
    """Milliseconds that the decoder takes for one picture, in 19 cases of 20, and for a grid, on this device."""
    found = {}
    for name, count, turns in (("one picture, ms", 1, TURNS), ("a grid of 24, ms", MANY, 5)):
        codes, times = torch.zeros(count, codec.numbers), []
        for _ in range(turns + 2):
            began = perf_counter()
            codec.pictures(codes)
            times.append(1000 * (perf_counter() - began))
        found[name] = float(np.quantile(times[2:], 0.95))
    return found


def told(numbers: Mapping[str, float], others: Sequence[str] = ()) -> str:
    """The same as tables."""
    said = []
    for size in sorted({key.split()[0] for key in numbers if key.endswith(" px PSNR")}, key=int, reverse=True):
        rows = [(name, {c: numbers[key] for c in COLUMNS if (key := f"{size} px {c}{end}") in numbers})
                for name, end in (("Packshot", ""), ("PCA", " of PCA"), ("JPEG", " of JPEG"))]  # fmt: skip
        said.append(f"{numbers['held out']:.0f} held-out products at {size} px, as {numbers['numbers']:.0f} numbers, "
                    f"as many components, and JPEGs of as many bytes:\n\n{table(COLUMNS, rows, 3)}")  # fmt: skip
    ends = {"Packshot": "", **{f"{name}, of equal size": f" of {name}" for name in others},
            "photos of other products": " of photos"}  # fmt: skip
    rows = [(name, {"FID": numbers[key]} | {c: numbers[f"{c}{end}"] for c in ("steps",) if f"{c}{end}" in numbers})
            for name, end in ends.items() if (key := f"drawn FID{end}") in numbers]  # fmt: skip
    said.append(f"{DRAWN} pictures drawn from words, by how far their features are from held-out photos', and how long "
                f"the nets were trained:\n\n{table(['FID', 'steps'], rows, 1)}")  # fmt: skip
    said.append(f"One picture takes {numbers['one picture, ms']:.0f} ms in 19 cases of 20, a grid of {MANY} "
                f"{numbers['a grid of 24, ms']:.0f} ms.")  # fmt: skip
    return "\n\n".join(said)
