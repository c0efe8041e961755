"""Dyed: photos of products of one colour, dyed another one at random, so that the way back ends at a real photo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from export.colours import by_rows, encode, light_of, oklab, oklab_of_light
from export.data.mattes import product
from export.data.parts import SAMPLES, Parts, likeness, middle, picked, taken
from export.data.scene import albedos

Bytes = NDArray[np.uint8]
MOST = 1200  # photos that are kept
ONE_COLOUR = 0.85  # of the product that is like its main colour
SIDE = 224  # pixels on the longer side that a photo is kept at


@dataclass(frozen=True)
class Plain:
    """A product of one colour: `rgb` (h, w, 3) on white and `alpha` (h, w)."""

    rgb: Bytes
    alpha: Bytes


def plain(files: list[Path], most: int = MOST) -> list[Plain]:
    """Those of the photos, on white or with alpha, whose product has one colour; `most` of them, spread over all."""
    found: list[Plain] = []
    order = np.random.default_rng(0).permutation(len(files))
    for number in order:
        if len(found) >= most:
            break
        one = product(files[number])
        if one is None or one.worn:
            continue
        factor = SIDE / max(one.alpha.shape)
        size = (max(8, round(one.alpha.shape[1] * factor)), max(8, round(one.alpha.shape[0] * factor)))
        alpha = cv2.resize(one.alpha, size, interpolation=cv2.INTER_AREA)
        rgb = cv2.resize(one.rgb, size, interpolation=cv2.INTER_AREA)
        share = np.asarray(alpha, np.float32)[..., None] / 255
        shown = (rgb * share + 255 * (1 - share) + 0.5).astype(np.uint8)
        image = torch.from_numpy(shown.transpose(2, 0, 1).astype(np.float32) / 255)[None]
        solid = torch.from_numpy(alpha > 200)
        if int(solid.sum()) < 400:
            continue
        base = oklab(image)[0][:, solid].median(1).values[None]
        if float((likeness(image, base)[0, 0][solid] > 0.5).float().mean()) > ONE_COLOUR:
            found.append(Plain(shown, np.asarray(alpha, np.uint8)))
    return found


def patches(pool: list[Plain], count: int, size: int, chance: torch.Generator) -> Parts:
    """`count` random products, dyed; what is due are their own colours."""
    images, mattes = [], []
    for number in torch.randint(len(pool), (count,), generator=chance).tolist():
        room, flip = torch.rand(2, generator=chance).tolist()
        one = pool[number]
        edge = max(2, round(0.12 * room * max(one.alpha.shape)))
        rgb = cv2.copyMakeBorder(one.rgb, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(255, 255, 255))
        alpha = cv2.copyMakeBorder(one.alpha, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=0)
        if flip < 0.5:
            rgb, alpha = np.ascontiguousarray(rgb[:, ::-1]), np.ascontiguousarray(alpha[:, ::-1])
        images.append(cv2.resize(rgb, (size, size), interpolation=cv2.INTER_AREA).transpose(2, 0, 1))
        mattes.append(cv2.resize(alpha, (size, size), interpolation=cv2.INTER_AREA)[None])
    good = torch.from_numpy(np.stack(images)).float() / 255
    matte = torch.from_numpy(np.stack(mattes)).float() / 255
    at = picked(matte, SAMPLES, chance)
    base = middle(by_rows(oklab, taken(good, at)))
    like = matte * likeness(good, base)
    cover = (like * 1.6).clamp(0, 1)
    bad = dyed(good, cover, base, chance)
    begun = taken(bad, at)
    seen = middle(by_rows(oklab, begun))
    shown = matte * likeness(bad, seen + 0.01 * torch.randn(seen.shape, generator=chance))
    known = ((cover > 0.9) | (cover < 0.05)).float()
    none = torch.zeros_like(cover)
    return Parts(bad, matte, shown, cover, known, none, none, begun, taken(good, at), at)


def dyed(image: Tensor, cover: Tensor, base: Tensor, chance: torch.Generator) -> Tensor:
    """Pictures (n, 3, h, w) whose parts get random colours: lightness along a random power, chroma along with it."""
    count = len(image)
    goal = oklab_of_light(albedos(count, chance).clamp(0.004, 1))
    lab = oklab(image)
    own, to = base[:, :, None, None], goal[:, :, None, None]
    shade = (lab[:, :1] / own[:, :1].clamp(min=0.08)).clamp(0, 2.5)
    power = torch.exp(0.25 * torch.randn(count, 1, 1, 1, generator=chance))
    light = to[:, :1] * shade.clamp(min=1e-3) ** power
    tint = to[:, 1:] * (light / to[:, :1].clamp(min=0.05)).clamp(max=1.3) + 0.5 * (lab[:, 1:] - shade * own[:, 1:])
    made = encode(light_of(torch.cat([light.clamp(0, 1), tint], 1)).clamp(0, 1))
    made = (made * 255 + torch.rand(made.shape, generator=chance)).floor() / 255
    return image + cover * (made.clamp(0, 1) - image)
