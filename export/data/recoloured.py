"""Recoloured: the same photo of a product in two colours by a retoucher, from a list of pairs, and patches of them."""

from __future__ import annotations

from csv import DictReader
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from export.colours import by_rows, encode, light_of, oklab
from export.data.parts import SAMPLES, Parts, likeness, middle
from export.data.photos import read

Bytes = NDArray[np.uint8]
LIST = "recolor_pairs.csv"  # columns sku, color_a, color_b, file_a, file_b; files beside it
APART = 5.0  # CIE76 that a pixel changes by at least where the part is
LEAST = 0.006  # of the picture that a part has
ALIKE = 22.0  # CIE76 between pieces that became the same colour
ROOM = 0.15  # of the part, around it
TIGHT, BRUSHED = 0.3, 0.2  # shares of parts whose matte is the part alone, and that a brush has marked
TURNED, SAME, STRETCH = 0.5, 0.06, 0.25  # shares of batches: hue turned, colour kept; deviation of the log of chroma


@dataclass(frozen=True)
class Pair:
    """A product in two colours: `one` and `other` (h, w, 3), cut to the part with some room; `part` (h, w) where they
    differ, `unsure` (h, w) what differs in another way, `matte` (h, w) what is not white paper; 255 is all."""

    sku: str
    names: tuple[str, str]
    one: Bytes
    other: Bytes
    part: Bytes
    unsure: Bytes
    matte: Bytes


def held_out(sku: str) -> bool:
    """Whether a product's pairs are kept for measuring: one product in twenty, by the SHA-256 of its number."""
    return int(sha256(sku.encode()).hexdigest(), 16) % 20 == 0


def listed(place: Path) -> bool:
    """Whether pairs are listed in a folder or above it by one."""
    return any((folder / LIST).is_file() for folder in (place, place.parent))


def pairs(places: list[Path], *, measuring: bool | None = False) -> list[Pair]:
    """The pairs listed in the folders, or above them by one: held out if `measuring`, all others if not, all if None.
    Pairs that are not of one size, or do not differ, are left out."""
    found = []
    lists = {folder / LIST for place in places for folder in (place, place.parent)}
    for file in sorted(path for path in lists if path.is_file()):
        with file.open(newline="", encoding="utf-8") as text:
            for row in DictReader(text):
                if measuring is None or held_out(row["sku"]) == measuring:
                    names = row["color_a"], row["color_b"]
                    pair = paired(
                        row["sku"], names, read(file.parent / row["file_a"]), read(file.parent / row["file_b"])
                    )
                    found += [pair] if pair else []
    return found


def paired(sku: str, names: tuple[str, str], one: Bytes, other: Bytes) -> Pair | None:
    """Two photos as a pair, if they are one: of the same size, and with a part of some size that differs."""
    if one.shape != other.shape:
        return None
    labs = (cv2.cvtColor(p.astype(np.float32) / 255, cv2.COLOR_RGB2LAB) for p in (one, other))
    soft = [cv2.GaussianBlur(lab, (0, 0), 1.2) for lab in labs]
    differs = (np.linalg.norm(soft[0] - soft[1], axis=2) > APART).astype(np.uint8)
    differs = cv2.morphologyEx(
        cv2.morphologyEx(differs, cv2.MORPH_OPEN, np.ones((3, 3))), cv2.MORPH_CLOSE, np.ones((5, 5))
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(differs)
    if count < 2 or stats[1:, cv2.CC_STAT_AREA].max() < LEAST * differs.size:
        return None
    first = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    centres = {i: [np.median(s[labels == i], axis=0) for s in soft] for i in range(1, count)}
    alike = [
        i
        for i in centres
        if all(np.linalg.norm(a - b) < ALIKE for a, b in zip(centres[i], centres[first], strict=True))
    ]
    part = np.isin(labels, alike)
    box = cv2.boundingRect(part.astype(np.uint8))
    window = np.s_[
        max(0, round(box[1] - ROOM * box[3])) : round(box[1] + (1 + ROOM) * box[3]),
        max(0, round(box[0] - ROOM * box[2])) : round(box[0] + (1 + ROOM) * box[2]),
    ]
    paper = cv2.morphologyEx((one.min(2) > 248).astype(np.uint8), cv2.MORPH_OPEN, np.ones((7, 7))) > 0
    sure = cv2.erode(part.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    planes = (sure, (differs > 0) & ~sure, ~paper | part)
    a, b = (np.ascontiguousarray(p[window]) for p in (one, other))
    return Pair(sku, names, a, b, *(np.ascontiguousarray(p[window]).astype(np.uint8) * 255 for p in planes))


def patches(pool: list[Pair], count: int, size: int, chance: torch.Generator, turning: bool = True) -> Parts:
    """Parts from `count` random pairs, either way round, some with their hue turned before; none of them sharper than
    its photo. The colours to learn from are pixels of the photo as it is, not of the smaller picture."""
    images: list[NDArray[np.float32]] = []
    planes: list[NDArray[np.float32]] = []
    came, due, at = [], [], []
    for number in torch.randint(len(pool), (count,), generator=chance).tolist():
        pair = pool[number]
        draw = torch.rand(7, generator=chance).tolist()
        one, other = (pair.one, pair.other) if draw[0] < 0.5 else (pair.other, pair.one)
        other = one if draw[1] < SAME else other
        height, width = pair.part.shape
        top, left = (round(draw[i] * 0.7 * ROOM * side) for i, side in ((2, height), (3, width)))
        bottom, right = (side - round(draw[i] * 0.7 * ROOM * side) for i, side in ((4, height), (5, width)))
        window = np.s_[top:bottom, left:right]
        one, other, part, unsure, matte = (p[window] for p in (one, other, pair.part, pair.unsure, pair.matte))
        if draw[6] < 0.5:
            one, other, part, unsure, matte = (p[:, ::-1] for p in (one, other, part, unsure, matte))
        inside = np.flatnonzero(part.ravel() > 127)
        chosen = inside[torch.randint(len(inside), (SAMPLES,), generator=chance).numpy()]
        rows, columns = np.divmod(chosen, part.shape[1])
        at.append((rows * size // part.shape[0]) * size + columns * size // part.shape[1])
        came.append(np.float32(one.reshape(-1, 3)[chosen]) / 255)
        due.append(np.float32(other.reshape(-1, 3)[chosen]) / 255)
        for stack, kept in ((one, images), (np.dstack([part, unsure, matte]), planes)):
            small = cv2.resize(np.ascontiguousarray(stack), (size, size), interpolation=cv2.INTER_AREA)
            kept.append(np.asarray(small.transpose(2, 0, 1), np.float32) / np.float32(255))
    image, maps = torch.from_numpy(np.stack(images)), torch.from_numpy(np.stack(planes))
    cover, unsure, matte = (maps[:, i : i + 1] for i in range(3))
    begun, ended = torch.from_numpy(np.stack(came)), torch.from_numpy(np.stack(due))
    if turning:
        image, begun = turned(image, cover, begun, chance)
    tight = (torch.rand(count, 1, 1, 1, generator=chance) < TIGHT).float()
    matte = torch.where(tight > 0, cover, matte)
    base = middle(by_rows(oklab, begun))
    like = matte * likeness(image, base + 0.01 * torch.randn(base.shape, generator=chance))
    alone = (torch.rand(count, 1, 1, 1, generator=chance) < BRUSHED).float()  # where a brush has said what the part is
    like = torch.where(alone > 0, like * cover, like)
    none = torch.zeros_like(cover)
    return Parts(image, matte, like, cover, 1 - unsure, none, none, begun, ended, torch.from_numpy(np.stack(at)).long())


def turned(image: Tensor, cover: Tensor, came: Tensor, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Pictures (n, 3, h, w) and colours of their parts (n, p, 3), with the hue of some parts turned and their chroma
    stretched: how light falls on a part does not hang on its hue."""
    count = len(image)
    some = (torch.rand(count, generator=chance) < TURNED).float()
    angle = some * torch.pi * (2 * torch.rand(count, generator=chance) - 1)
    by = torch.exp(STRETCH * torch.randn(count, generator=chance)).clamp(max=1.6)
    one, two = by * angle.cos(), by * angle.sin()

    def turn(rgb: Tensor) -> Tensor:  # (n, 3, p)
        light, green, blue = oklab(rgb).unbind(1)
        a, b = one[:, None] * green - two[:, None] * blue, two[:, None] * green + one[:, None] * blue
        return encode(light_of(torch.stack([light, a, b], 1)).clamp(0, 1))

    moved = turn(image.flatten(2)).view_as(image)
    return image + cover * (moved - image), by_rows(turn, came)
