"""Vibrance: livelier or quieter colours; the pale ones first, while skin, paper and what is vivid are spared."""

from __future__ import annotations

import cv2
import numpy as np

from editor.core.edit import Edit, Facts, Stage
from editor.core.image import Pixels
from editor.core.params import slider
from editor.craft.strips import in_strips

# Oklab, in which hues stay as they look: Björn Ottosson, "A perceptual color space for image processing", 2020
CONES = np.array(  # linear sRGB to what three kinds of cones see
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
LAB = np.array(  # the cube roots of that to lightness, a and b
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)
TO_CONES, FROM_CONES = CONES.astype(np.float32), np.linalg.inv(CONES).astype(np.float32)
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)  # ITU-R BT.709

# Light, near enough and much faster than sRGB's curve: luminances of mixtures are within 0.5 % of encoded values
OFFSET, POWER = np.float32(0.08), np.float32(2.5)
WHITE, BLACK = (1 + OFFSET) ** POWER, OFFSET**POWER

PALE = 0.12  # Oklab's chroma: of pastels and muted colours; primary colours have 0.25 to 0.32
PAPER = 0.015  # white paper and grey cardboard in the light they were taken in
SKIN = np.radians(52)  # Oklab's hue of skin, light and dark
SPARED = 0.6  # of what skin would get
SOON = np.float32(0.8)  # of the way to the edge of sRGB it becomes slow going
_LEAST = np.float32(1e-5)


class Vibrance(Edit):
    """In Oklab, with the same luminance, and never further than to the edge of sRGB."""

    id = "vibrance"
    title = "Vibrance"
    stage = Stage.TONE
    order = 20
    brings_colour = False

    vibrance: float = slider(0.0, "Vibrance", -100, 100, digits=0)
    saturation: float = slider(0.0, "Saturation", -100, 100, digits=0)

    def colours(self, rgb: Pixels, facts: Facts | None) -> Pixels:
        if not (self.vibrance or self.saturation):
            return rgb
        return in_strips(self._coloured, rgb)

    def _coloured(self, strip: Pixels) -> Pixels:
        light = _light(strip.reshape(-1, 3).T.copy())
        luminance = LUMINANCE @ light
        cones = np.cbrt(TO_CONES @ light)
        lightness, a, b = LAB @ cones
        cones -= lightness
        vivid = _vividness(light - luminance, luminance)
        cones *= _restrained(self._factor(a, b), vivid)
        cones += lightness
        more = FROM_CONES @ (cones * cones * cones)
        more *= luminance.clip(_LEAST) / (LUMINANCE @ more).clip(_LEAST)
        more -= luminance
        more *= _kept(_vividness(more, luminance), vivid)
        more += luminance
        return np.asarray(cv2.merge(list(_encoded(more).reshape(3, *strip.shape[:2]))), np.float32)

    def _factor(self, a: Pixels, b: Pixels) -> Pixels | np.float32:
        """By how much chroma grows at (a, b); vibrance and saturation together."""
        whole, part = np.float32(1 + self.saturation / 100), np.float32(self.vibrance / 100)
        if not part:
            return whole
        squared = a * a + b * b
        pale = np.exp(squared * np.float32(-1 / PALE**2))
        if part > 0:
            near = (a * np.float32(np.cos(SKIN)) + b * np.float32(np.sin(SKIN))).clip(0)
            near *= near
            near /= squared.clip(_LEAST * _LEAST)  # 1 at the hue of skin, 0.5 at 45 degrees from it
            near *= near
            near *= near
            pale *= 1 - np.float32(SPARED) * near
            pale *= squared / (squared + np.float32(PAPER**2))
        return np.asarray(whole * (1 + part * pale), np.float32)


def _vividness(colour: Pixels, luminance: Pixels) -> Pixels:
    """How far (n,) from grey to the edge of sRGB a colour is, by its distance (3, n) from its grey."""
    up, down = 1 / (1 - luminance).clip(_LEAST), -1 / luminance.clip(_LEAST)  # to white and to black
    return np.asarray(np.maximum(colour.max(0) * up, colour.min(0) * down), np.float32)


def _restrained(factor: Pixels | np.float32, vivid: Pixels) -> Pixels:
    """The factor (n,); where it raises chroma less, the nearer a colour is to the edge of sRGB."""
    raised = np.asarray(factor).clip(1)
    near = vivid.clip(0, 1)
    near *= near
    near *= raised * raised - 1
    near += 1
    return np.asarray(factor / np.sqrt(near), np.float32)


def _kept(now: Pixels, was: Pixels) -> Pixels:
    """The part (n,) of its vividness that a colour keeps, so that it comes ever more slowly to the edge of sRGB, not
    beyond, and where it was outside no further."""
    start = was.clip(SOON)
    room = (1 - start).clip(0)
    over = (now - start).clip(0)
    kept = now - over + over * room / (over + room).clip(_LEAST)
    return np.asarray(kept / now.clip(_LEAST), np.float32)


def _light(rgb: Pixels) -> Pixels:
    """Encoded values to light, mirrored below zero."""
    size = np.abs(rgb)
    size += OFFSET
    light = np.sqrt(size)
    light *= size
    light *= size
    light -= BLACK
    light *= 1 / (WHITE - BLACK)
    return np.copysign(light, rgb, out=light)


def _encoded(light: Pixels) -> Pixels:
    """`_light` backwards."""
    size = np.abs(light)
    size *= WHITE - BLACK
    size += BLACK
    np.power(size, 1 / POWER, out=size)
    size -= OFFSET
    return np.copysign(size, light, out=size)
