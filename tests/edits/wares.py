"""Wares: things of one colour that the tests draw, with folds, mirrored light and a print, and the same in others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from editor.core.cms import encode
from editor.core.drawn import Stroke
from editor.core.engine import Engine, View
from editor.core.image import Image
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.craft.difference import ciede2000, lab_of
from editor.craft.oklab import oklab_of
from editor.craft.part import part_of

PAPER, INK, SKIN = (0.86, 0.86, 0.86), (0.75, 0.75, 0.72), (0.55, 0.3, 0.2)
BLUE, BLACK, WHITE, RED = (0.03, 0.07, 0.3), (0.018, 0.018, 0.018), (0.72, 0.72, 0.7), (0.42, 0.03, 0.03)


@dataclass(frozen=True)
class Ware:
    """`matte`, `cover` (of its own colour) and `shine` (h, w); `light` (h, w) that falls on it; `other` (h, w, 3) that
    is not of its colour; `glow` (h, w): how much of its colour the ground throws back."""

    matte: np.ndarray
    cover: np.ndarray
    light: np.ndarray
    shine: np.ndarray
    other: np.ndarray
    glow: np.ndarray

    def coloured(self, albedo) -> np.ndarray:
        """The picture (h, w, 3), sRGB-encoded, where its colour is `albedo`, linear."""
        cover, matte = self.cover[..., None], self.matte[..., None]
        ware = (cover * np.array(albedo) + (1 - cover) * self.other) * self.light[..., None] + self.shine[..., None]
        ground = np.array(PAPER) + self.glow[..., None] * np.array(albedo)
        return encode((matte * ware + (1 - matte) * ground).astype(np.float32)).astype(np.float32)

    def photo(self, albedo, grain=0.004, bits=None) -> Photo:
        """Its photo, and where it is."""
        noise = grain * np.random.default_rng(5).standard_normal((*self.matte.shape, 3))
        rgb = (self.coloured(albedo) + noise).astype(np.float32)
        where = (self.matte * 65535 + 0.5).astype(np.uint16)
        if bits:
            kind, most = (np.uint8, 255) if bits == 8 else (np.uint16, 65535)
            rgb = (rgb.clip(0, 1) * most + 0.5).astype(kind)
        return Photo("ware.tif", rgb).with_matte(where)


def _soft(far, width=1.0):
    return np.clip(far / width + 0.5, 0, 1)


def shirt(size=(300, 240), gloss=0.0, glow=0.0) -> Ware:
    """Folded cloth with a round print, on paper."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width] + 0.5
    far = np.minimum.reduce([x - 0.2 * width, 0.8 * width - x, y - 0.12 * height, 0.88 * height - y])
    matte = _soft(far)
    folds = 0.75 + 0.2 * np.sin(x / width * 40 + 3 * np.sin(y / height * 6)) * np.sin(y / height * 9) + 0.1 * y / height
    weave = 1 + 0.04 * np.sin(x * 2.1) * np.sin(y * 1.9)
    printed = _soft(0.11 * width - np.hypot(x - 0.5 * width, y - 0.45 * height))
    shine = gloss * np.exp(-(((x - 0.36 * width) / (0.04 * width)) ** 2) - ((y - 0.3 * height) / (0.2 * height)) ** 2)
    away = np.clip(-far / (0.1 * width), 0, 1)
    spilt = glow * np.where(far < 0, (1 - away) ** 2, 0)
    other = np.broadcast_to(np.array(INK), (height, width, 3))
    return Ware(matte, 1 - printed, (folds * weave).clip(0.15, 1.2), shine, other, spilt)


def cylinder(size=(240, 240), gloss=0.5) -> Ware:
    """A glossy tin with a strip of light on it and a band of another colour."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width] + 0.5
    across = (x / width - 0.5) / 0.3
    far = np.minimum(0.3 * width - np.abs(x - 0.5 * width), 0.38 * height - np.abs(y - 0.5 * height))
    light = np.sqrt(np.clip(1 - across**2, 0.02, 1)) * (0.9 - 0.25 * across)
    shine = gloss * np.exp(-(((across + 0.4) / 0.09) ** 2))
    band = _soft(0.07 * height - np.abs(y - 0.68 * height))
    other = np.broadcast_to(np.array((0.7, 0.6, 0.1)), (height, width, 3))
    return Ware(_soft(far), 1 - band, light, shine, other, np.zeros((height, width)))


def two_tone(colours=(BLUE, RED), third=None):
    """Paper with a thing whose upper and lower halves are of two colours, and where it is."""
    light = np.tile(np.linspace(0.8, 1.1, 200)[None, :, None], (160, 1, 1))
    linear = np.full((160, 200, 3), 0.86)
    linear[20:80, 40:160], linear[80:140, 40:160] = colours
    if third:
        linear[40:60, 60:110] = third
    linear[20:140, 40:160] *= light[20:140, 40:160]
    matte = np.zeros((160, 200), np.uint8)
    matte[20:140, 40:160] = 255
    return Photo("two.tif", encode(linear.astype(np.float32))).with_matte(matte)


def stroke(mark, x, y, size=0.1):
    return Stroke(((x, y), (x + 0.02, y)), size, 1.0, mark=mark)


def cooked(photo, *edits, models, view=None):
    recipe = Recipe()
    for edit in edits:
        recipe = recipe.put(edit)
    return Engine(models).render(photo, recipe, view or View(), Job())


def facts_of(photo, edit, models):
    return Engine(models).facts(photo, Recipe().put(edit), edit, Job())


def rgb_of(text):
    return np.array([int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)], np.float32)


def hex_of(albedo):
    return "#" + "".join(f"{round(255 * float(v)):02x}" for v in encode(np.array(albedo, np.float32)))


def apart(first, second):
    return ciede2000(*(lab_of(np.asarray(rgb, np.float32).clip(0, 1)) for rgb in (first, second)))


def lit(ware):
    """Where a ware is well lit and shows its own colour."""
    inside = (ware.matte > 0.99) & (ware.cover > 0.99) & (ware.shine < 0.01)
    dark, bright = np.percentile(ware.light[inside], (10, 95))
    return inside & (ware.light >= dark) & (ware.light <= bright)


def split(ware, albedo, paint=None):
    """Its picture, the part as it is exactly, and the picture as an edit gets it."""
    rgb = ware.coloured(albedo)
    base = np.median(oklab_of(rgb)[(ware.cover > 0.99) & (ware.matte > 0.99)], axis=0)
    matte = ware.matte.astype(np.float32)
    cover, shine = (np.asarray(p, np.float32) for p in (ware.cover * ware.matte, ware.shine))
    return rgb, part_of(rgb, matte, cover, shine, base, rgb.shape[1::-1], paint, 1.0), Image(rgb, matte=matte)
