"""Scenes: drawn products written as pictures: in two colours, what is product, what has the colour, the light."""

from __future__ import annotations

from collections.abc import Iterator
from csv import DictWriter
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from export.colours import encode
from export.data.recoloured import LIST
from export.data.scene import albedos, scenes

GROUP = 4  # scenes that are drawn at a time


def draw(count: int, size: int, seed: int, to: Path) -> Iterator[Path]:
    """Writes `count` scenes of `size` pixels on a side to a folder, the same ones for a seed, and yields the path of
    each first picture: NAME-a.png and NAME-b.png are the same thing in two colours, NAME-matte.png what is product,
    NAME-cover.png what has the colour, NAME-light.png and NAME-shine.png (sRGB-encoded) what is thrown back by white
    and what is mirrored. `recolor_pairs.csv` lists the pairs with their colours."""
    to.mkdir(parents=True, exist_ok=True)
    chance = torch.Generator().manual_seed(seed)
    with (to / LIST).open("w", newline="", encoding="utf-8") as text:
        rows = DictWriter(text, ("sku", "view", "color_a", "color_b", "file_a", "file_b"))
        rows.writeheader()
        for start in range(0, count, GROUP):
            made = scenes(min(GROUP, count - start), size, chance)
            colours = [albedos(len(made.matte), chance) for _ in range(2)]
            layers = {
                "a": made.coloured(colours[0]), "b": made.coloured(colours[1]), "matte": made.matte,
                "cover": made.cover, "light": encode(made.light.clamp(0, 1)), "shine": encode(made.shine.clamp(0, 1)),
            }  # fmt: skip
            for number in range(len(made.matte)):
                name = f"scene-{seed}-{start + number:04}"
                for layer, pixels in layers.items():
                    _write(to / f"{name}-{layer}.png", pixels[number])
                one, other = (_hex(encode(colour[number])) for colour in colours)
                rows.writerow(
                    {"sku": name, "view": "drawn", "color_a": one, "color_b": other,
                     "file_a": f"{name}-a.png", "file_b": f"{name}-b.png"}
                )  # fmt: skip
                yield to / f"{name}-a.png"


def _write(path: Path, picture: Tensor) -> None:
    """Raises OSError where it cannot be written."""
    eight = (picture.permute(1, 2, 0).numpy().clip(0, 1) * 255 + 0.5).astype(np.uint8)
    _, coded = cv2.imencode(".png", np.ascontiguousarray(eight[..., ::-1]))
    path.write_bytes(coded.tobytes())


def _hex(rgb: Tensor) -> str:
    return "#" + "".join(f"{round(float(value) * 255):02x}" for value in rgb.clamp(0, 1))
