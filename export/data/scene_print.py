"""Scene print: words, emblems, labels, stripes and patterns on a product, in colours of their own."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from export.data.scene_shapes import Draw, Shape

PRINTED = 0.55  # of all things
HIGH, WIDE = 96, 192  # of a printing plate, in pixels
KINDS = ("word", "word", "emblem", "emblem", "label", "stripes", "band", "dots", "checks")
LETTERS = "ABCDEFGHKLMNOPRSTUVXYZaeinorstu0123456789"
Plate = NDArray[np.uint8]


def printed(draw: Draw, shape: Shape) -> tuple[Tensor, Tensor]:
    """How much of a place is print (n, 1, h, w), on what would have the base colour, and its albedo (n, 3, h, w)."""
    u, v = shape.across, shape.along
    kinds = [KINDS[k] for k in torch.randint(len(KINDS), (draw.count,), generator=draw.chance).tolist()]
    seeds = torch.randint(2**31, (draw.count,), generator=draw.chance).tolist()
    plates = np.stack([plate(kind, np.random.default_rng(seed)) for kind, seed in zip(kinds, seeds, strict=True)])
    stack = torch.from_numpy(plates).to(draw.device).permute(0, 3, 1, 2).float() / 255
    size, flat = draw.even(0.1, 0.34), draw.even(0.6, 1)
    place = [(u - draw.even(-0.14, 0.14)) / size / 1.2, (v - draw.even(-0.3, 0.2)) / size / flat]
    grid = torch.cat(place, 1).permute(0, 2, 3, 1)
    drawn = F.grid_sample(stack, grid, padding_mode="zeros", align_corners=False)

    often, thick = draw.even(10, 45), draw.even(-0.1, 0.75)
    soft = draw.size / often / 2  # pixels in which such a wave rises by 1
    across = soft * ((often * u).sin() - thick)
    along = soft * ((often * v).sin() - thick)
    half = (often / 2 * v).sin() * (often / 2 * u).sin()
    covers = {
        "stripes": torch.where(draw.happens(0.65) > 0, along, across),
        "band": draw.size / 2 * (draw.even(0.02, 0.12) - (v - draw.even(-0.3, 0.2)).abs()),
        "dots": soft * (half.abs() - draw.even(0.5, 0.85)),
        "checks": torch.maximum(across, along),
    }
    alpha = drawn[:, :1]
    for kind, value in covers.items():
        which = torch.tensor([k == kind for k in kinds], device=draw.device).view(-1, 1, 1, 1)
        alpha = torch.where(which, (value + 0.5).clamp(0, 1), alpha)
    ink = [torch.rand(draw.count, 3, 1, 1, generator=draw.chance).to(draw.device) for _ in range(2)]
    grey = draw.even(0, 1).round()
    ink = [
        (1 - w) * one.square() * 0.9 + w * (0.02 + 0.8 * grey)
        for one, w in zip(ink, (draw.happens(0.5), draw.happens(0.7)), strict=True)
    ]
    tone = ink[0] + drawn[:, 1:2] * (ink[1] - ink[0])
    return alpha * draw.happens(PRINTED), tone


def plate(kind: str, chance: np.random.Generator) -> Plate:
    """What is printed: (HIGH, WIDE, 2), what is ink, and how much of that is the second ink."""
    both = [np.zeros((HIGH, WIDE), np.uint8) for _ in range(2)]
    if kind == "label":
        low, right = int(chance.integers(2, 20)), int(chance.integers(0, 60))
        cv2.rectangle(both[0], (right + 2, low), (WIDE - right - 3, HIGH - low), 255, -1)
        _write(both[1], chance, HIGH // 2, right + 14)
        for row in range(int(chance.integers(0, 4))):
            cv2.line(
                both[1], (right + 20, 62 + 7 * row), (int(WIDE - right - chance.integers(24, 60)), 62 + 7 * row), 255, 2
            )
    elif kind == "word":
        lines = int(chance.integers(1, 3))
        for number in range(lines):
            _write(both[0], chance, (HIGH * (2 * number + 2)) // (2 * lines + 1), 8)
        if lines == 2:
            both[1][HIGH // 2 :] = 255
    elif kind == "emblem":
        middle = (WIDE // 2, HIGH // 2)
        for number in range(int(chance.integers(1, 5))):
            radius = int(chance.integers(10, 46))
            offset = (
                middle[0] + int(chance.integers(-30, 31)) * (number > 0),
                middle[1] + int(chance.integers(-12, 13)) * (number > 0),
            )
            thick = -1 if chance.random() < 0.5 else int(chance.integers(3, 12))
            pictures = both if number % 2 else both[:1]
            points = int(chance.integers(2, 8))
            angles = np.arange(2 * points) * np.pi / points + chance.random() * 6
            reach = np.where(np.arange(2 * points) % 2, radius * chance.uniform(0.35, 1), radius)
            corners = (np.stack([reach * np.cos(angles), reach * np.sin(angles)], 1) + offset).astype(np.int32)
            for picture in pictures:
                if points == 2:
                    cv2.circle(picture, offset, radius, 255, thick, cv2.LINE_AA)
                elif thick < 0:
                    cv2.fillPoly(picture, [corners], 255, cv2.LINE_AA)
                else:
                    cv2.polylines(picture, [corners], True, 255, thick, cv2.LINE_AA)
    return np.stack(both, 2)


def _write(picture: Plate, chance: np.random.Generator, low: int, margin: int) -> None:
    """A word that fits, upon the line `low`."""
    word = "".join(chance.choice(list(LETTERS), int(chance.integers(3, 9))))
    font = int(
        chance.choice(
            [
                cv2.FONT_HERSHEY_SIMPLEX,
                cv2.FONT_HERSHEY_DUPLEX,
                cv2.FONT_HERSHEY_TRIPLEX,
                cv2.FONT_HERSHEY_SCRIPT_COMPLEX,
            ]
        )
    )
    thick = int(chance.integers(1, 6))
    (wide, high), _ = cv2.getTextSize(word, font, 1, thick)
    scale = min((WIDE - 2 * margin) / wide, 44 / high)
    cv2.putText(picture, word, (round((WIDE - scale * wide) / 2), low + 12), font, scale, 255, thick, cv2.LINE_AA)
