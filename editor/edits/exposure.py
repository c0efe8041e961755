"""Exposure: lighter or darker, as a longer or shorter exposure would have been; contrast, white and black."""

from __future__ import annotations

import numpy as np

from editor.core.edit import Edit, Facts, Stage
from editor.core.image import Pixels
from editor.core.light import exposed
from editor.core.params import slider
from editor.craft.tone import toned

GREY = 0.4613  # sRGB-encoded: what reflects 18 % of the light, and stays where it is
_STEEPER = 0.6  # by how much contrast makes middle grey steeper, at most
_PUSH, _PULL = 0.8, 0.2  # how far towards the end of the range whites and blacks are pushed, and away from it pulled


class Exposure(Edit):
    """All of it rises everywhere and bends smoothly: nothing clips that was not clipped, but by exposure itself."""

    id = "exposure"
    title = "Exposure"
    stage = Stage.TONE
    everyday = True
    brings_colour = False

    stops: float = slider(0.0, "Exposure", -8, 8, "EV", soft=(-4, 4))
    contrast: float = slider(0.0, "Contrast", -100, 100, digits=0)
    whites: float = slider(0.0, "Whites", -100, 100, digits=0)
    blacks: float = slider(0.0, "Blacks", -100, 100, digits=0)

    def colours(self, rgb: Pixels, facts: Facts | None) -> Pixels:
        if self.stops:
            rgb = exposed(rgb, 2.0**self.stops)
        return toned(rgb, self.curve) if self.contrast or self.whites or self.blacks else rgb

    def curve(self, grey: Pixels) -> Pixels:
        """What becomes of encoded greys, of any shape; beyond 0..1 it goes on straight."""
        if self.whites:
            grey = _moved(grey, self.whites / 100)
        if self.blacks:
            grey = 1 - _moved(1 - grey, -self.blacks / 100)
        return _contrasted(grey, self.contrast / 100) if self.contrast else grey


def _moved(grey: Pixels, amount: float) -> Pixels:
    """The upper end of the range: pulled down, or all below it pushed up to it; the lower half hardly moves."""
    inside = grey.clip(0, 1)
    cube = inside * inside * inside
    beyond = grey - inside
    if amount < 0:
        pull = np.float32(_PULL * amount)
        return np.asarray(grey + pull * (cube + 3 * np.maximum(beyond, 0)), np.float32)
    push = np.float32(_PUSH * amount)
    return np.asarray(grey + push * (cube * (1 - inside) - np.maximum(beyond, 0)), np.float32)


def _contrasted(grey: Pixels, amount: float) -> Pixels:
    """An S through 0, middle grey and 1; it is x² / (x² + a (1 - x)²), and as much of a straight line as is wanted."""
    share = np.float32(_STEEPER * amount)
    inside = grey.clip(0, 1)
    light, dark = inside * inside, 1 - inside
    dark *= dark
    dark *= np.float32(GREY / (1 - GREY))
    dark += light
    light /= dark
    light -= grey
    light *= share
    light += grey
    return np.asarray(light, np.float32)
