"""Scenes: photos sorted into products, places to put them and pieces of floor, and composites drawn of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from csv import DictReader
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from export.data.composite import Chance, damaged, glassy, lit_as, painted, placed, shadow, slope, texture, window
from export.data.mattes import Bytes, Floats, Product, product
from export.data.photos import read
from export.data.wholes import Whole, seen, whole

LARGEST = 1024  # pixels on the longer side that a scene is kept at
SELLERS = 400  # a scene smaller than that is somebody's photo of a thing: only its corners are floor and wall
CORNER = 0.2  # of a seller's photo, from each of its corners: what lies there is floor, wall or bed
EMPTY = 0.025  # the part of pictures that shows no product
AS_TAKEN = 0.2  # the part that are photos with a matte, where there are such
FEWEST = 8  # products
WORKERS = 8
WORN = {"Topwear", "Bottomwear", "Dress", "Innerwear", "Loungewear and Nightwear", "Apparel Set", "Saree"}
STYLES = re.compile(r"[mw](h|j|p|s|sh|t)\d\d")  # how Magento's sample photos of clothes on people are called


@dataclass(frozen=True)
class Scenes:
    """All that composites are made of: `products`, drawn by their `odds` (cumulative, the last is 1), photographs to
    put them into, and small pieces of floors, beds and walls, all uint8 RGB (h, w, 3); `empty` is the part of pictures
    without any product."""

    products: Sequence[Product]
    odds: Floats
    photos: Sequence[Bytes]
    corners: Sequence[Bytes]
    empty: float = EMPTY
    wholes: Sequence[Whole] = ()  # photos whose matte is known: one picture in five is a part of one

    def draw(self, count: int, size: int, seed: int) -> tuple[Bytes, Bytes]:
        """`count` pictures (count, size, size, 3) and their mattes (count, size, size), the same for a seed."""
        with ThreadPoolExecutor(WORKERS) as pool:
            made = list(pool.map(lambda n: self.one(np.random.default_rng((seed, n)), size), range(count)))
        return np.stack([rgb for rgb, _ in made]), np.stack([alpha for _, alpha in made])

    def one(self, chance: Chance, size: int) -> tuple[Bytes, Bytes]:
        """A picture (size, size, 3) as a camera files it, and its matte (size, size)."""
        if chance.random() < self.empty:
            return damaged(self.background(chance, size, plain=True), chance), np.zeros((size, size), np.uint8)
        if self.wholes and chance.random() < AS_TAKEN:
            picture, alpha = seen(self.wholes[int(chance.integers(len(self.wholes)))], chance, size)
            return damaged(picture, chance), (alpha * 255 + 0.5).astype(np.uint8)
        picture, alpha, _, _ = self.composed(chance, size)
        return damaged(picture, chance), (alpha * 255 + 0.5).astype(np.uint8)

    def composed(self, chance: Chance, size: int) -> tuple[Floats, Floats, Floats, Floats]:
        """Products in a scene, not yet damaged: the picture F + B (1 - alpha), alpha (size, size), the products' colour
        times their alpha F, and the scene with its shadow B, each (size, size, 3)."""
        first = self._pick(chance)
        colour, alpha = placed(first, chance, size)
        if chance.random() < 0.1 and not any(first.cut):  # several of a set
            for _ in range(int(chance.integers(1, 3))):
                other_colour, other = placed(self._pick(chance), chance, size, most=0.6)
                colour = other_colour * (1 - alpha[..., None]) + colour
                alpha = other * (1 - alpha) + alpha
        if chance.random() < 0.03:
            colour, alpha = glassy(colour, alpha, chance)
        scene = self._behind(colour, alpha, chance)
        if chance.random() < 0.5:
            colour = lit_as(colour, alpha, scene, chance)
        if chance.random() < 0.65:
            scene = scene * (1 - shadow(alpha, chance)[..., None])
        return colour + scene * (1 - alpha[..., None]), alpha, colour, scene

    def only(self, *, worn: bool) -> Scenes | None:
        """The same with those products alone that people wear, or those that nobody does; None where there are none."""
        shares = np.diff(self.odds, prepend=np.float32(0))
        kept = [i for i, one in enumerate(self.products) if one.worn == worn]
        if not kept:
            return None
        odds = np.cumsum(shares[kept])
        return replace(self, products=[self.products[i] for i in kept], odds=odds / odds[-1])

    def background(self, chance: Chance, size: int, *, plain: bool = False) -> Floats:
        """A scene (size, size, 3) without the product; `plain`: one that shows no other thing."""
        style = chance.random()
        if style < 0.5 and self.photos and not plain:
            scene = window(self.photos[int(chance.integers(len(self.photos)))], chance, size)
        elif style < 0.8 and self.corners:
            scene = texture(self.corners[int(chance.integers(len(self.corners)))], chance, size)
        else:
            scene = painted(chance, size)
        if chance.random() < 0.4:
            scene = np.asarray(cv2.GaussianBlur(scene, (0, 0), size / 256 * float(chance.uniform(0.5, 4))), np.float32)
        return scene

    def _behind(self, colour: Floats, alpha: Floats, chance: Chance) -> Floats:
        """What stands behind a product: the white studio, its own colour, or any scene."""
        size, style = len(alpha), chance.random()
        if style < 0.12:  # nearly white, the hardest for pale products
            return np.full((size, size, 3), chance.uniform(0.88, 1.0), np.float32) * slope(chance, size, 0.06)
        if style < 0.22 and alpha.sum() > 1:  # about the product's own colour
            own = (colour.sum((0, 1)) / alpha.sum()).astype(np.float32)
            scene = np.broadcast_to(own + chance.normal(0, 0.06, 3).astype(np.float32), (size, size, 3))
            uneven = scene * slope(chance, size, 0.25) + np.float32(chance.normal(0, 0.05))
            return np.asarray(uneven.clip(0.01, 1), np.float32)
        return self.background(chance, size)

    def _pick(self, chance: Chance) -> Product:
        return self.products[int(np.searchsorted(self.odds, chance.random()))]


def corners_of(photo: Bytes) -> list[Bytes]:
    """The four corners of a photo in whose middle something lies, each (h, w, 3)."""
    height, width = (max(8, round(CORNER * side)) for side in photo.shape[:2])
    return [photo[y, x].copy() for y in (np.s_[:height], np.s_[-height:]) for x in (np.s_[:width], np.s_[-width:])]


def worn_among(files: Sequence[Path]) -> set[Path]:
    """Those photos of one folder that show clothes, which people wear in most of them: by the column subCategory of an
    attributes.csv in the folder or above it, or by the names that Magento gives its sample photos."""
    told: dict[str, str] = {}
    for place in (files[0].parent, files[0].parent.parent):
        if (place / "attributes.csv").is_file():
            with (place / "attributes.csv").open(newline="", encoding="utf-8") as table:
                told = {row["file"]: row["subCategory"] for row in DictReader(table)}
            break
    return {f for f in files if told.get(f.name) in WORN or (not told and STYLES.match(f.name))}


def scenes(files: Iterable[Path]) -> Scenes:
    """What composites are made of: the photos on white and the cut-outs are products, all others are scenes. A folder
    of photos with their mattes, as `export.label` makes them, is used as it is.

    A folder is one of products where most of its photos are. Folders count by the square root of how many products they
    have. Raises ValueError where there are too few.
    """
    folders: dict[Path, list[Path]] = {}
    for file in files:
        folders.setdefault(file.parent, []).append(file)
    found, odds, photos, corners = [], [], [], []
    wholes: list[Whole] = []
    for inside in folders.values():
        if whole(inside[0]):
            wholes += [one for one in map(whole, inside) if one is not None]
            continue
        people = worn_among(inside)
        with ThreadPoolExecutor() as pool:
            cut = zip(inside, pool.map(product, inside), strict=True)
            made = [replace(one, worn=file in people) for file, one in cut if one is not None]
        if len(made) * 2 > len(inside):
            found += made
            odds += [len(made) ** -0.5] * len(made)
            continue
        for file in inside:
            photo = read(file)
            if max(photo.shape) < SELLERS:
                corners += corners_of(photo)
                continue
            if (factor := LARGEST / max(photo.shape)) < 1:
                photo = cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
            photos.append(photo)
    if len(found) < FEWEST:
        raise ValueError(f"{len(found)} products on white or with alpha; {FEWEST} are the least")
    chances = np.cumsum(np.array(odds, np.float64))
    return Scenes(found, (chances / chances[-1]).astype(np.float32), photos, corners, wholes=wholes)
