"""Steering: from what sliders say to the code of a product: its own, so many steps along the ways that are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from editor.core.codes import AXIS, CATEGORY, DIRECTION, SLIDER, Codes
from editor.core.image import Pixels
from editor.craft.oklab import oklab_of

COLOURFULNESS, HUE = "colourfulness", "hue"
_RED, _YELLOW = "red", "yellow"
COLOURED = 0.03  # OKLab's chroma from which a product has a hue that can be turned
_MIDDLE = 0.3  # of a side: colours further from the product's centre count less
_INSIDE = 0.8  # of a pixel at least, where colours are looked at
_FAINT = 1e-6


@dataclass(frozen=True, eq=False)
class Coded:
    """A product as a network sees it: its `code` (k), and its mean colour (2), OKLab's a and b."""

    code: Pixels
    colour: Pixels

    @staticmethod
    def of(code: Pixels, picture: Pixels) -> Coded:
        """By the code (k) and what it is decoded to, (4, s, s) over white with alpha."""
        return Coded(code, colour_of(picture))

    def blended(self, other: Coded, share: float) -> Coded:
        """What lies between two products, `share` 0..1 of the way to the other."""
        part = np.float32(share)
        return Coded(self.code + part * (other.code - self.code), self.colour + part * (other.colour - self.colour))


@dataclass(frozen=True, eq=False)
class Ways:
    """The ways that a network's card knows in the space of its codes."""

    codes: Codes

    @cached_property
    def named(self) -> Mapping[str, Pixels]:
        """Vectors (k) of sliders and of directions without a name ("1", "2"), by name."""
        return {**self.codes.of(SLIDER), **self.codes.of(DIRECTION)}

    @cached_property
    def axes(self) -> Mapping[str, Pixels]:
        """Vectors (k) towards red and yellow; empty unless both are known."""
        axes = self.codes.of(AXIS)
        return axes if {_RED, _YELLOW} <= set(axes) else {}

    @cached_property
    def places(self) -> Mapping[str, Pixels]:
        """Where products (k) of each category lie."""
        return self.codes.of(CATEGORY)

    def knows(self, name: str) -> bool:
        """Whether a slider by that name leads anywhere."""
        return bool(self.axes) if name in (COLOURFULNESS, HUE) else name in self.named

    def far(self, code: Pixels) -> float:
        """How far a code (k) is from those that were trained on: see `Codes.far`; 0 where nothing is known of them."""
        if not self.codes.deviation:
            return 0.0
        off = (code - np.array(self.codes.mean)) / np.array(self.codes.deviation)
        return float(np.sqrt(np.square(off).mean()))

    def steered(self, product: Coded, steps: Mapping[str, float], category: str = "", share: float = 0.0) -> Pixels:
        """The code (k) of a product so many standard deviations along the ways of `steps`, and `share` 0..1 of the way
        to products of a category. Names that lead nowhere are passed over.

        Colourfulness and hue are ways away from grey and along the circle of hues, at the product's own colour; what is
        grey has no hue.
        """
        code = np.array(product.code, np.float32)
        for name, step in steps.items():
            if step and name in self.named:
                code += np.float32(step) * self.named[name]
        if self.axes:
            stronger, turned = steps.get(COLOURFULNESS, 0.0), steps.get(HUE, 0.0) * has_hue(product)
            a, b = product.colour / np.maximum(np.linalg.norm(product.colour), _FAINT)
            code += np.float32(stronger * a - turned * b) * self.axes[_RED]
            code += np.float32(stronger * b + turned * a) * self.axes[_YELLOW]
        if share and category in self.places:
            code += np.float32(share) * (self.places[category] - self._from(product.code, category))
        return code

    def _from(self, code: Pixels, category: str) -> Pixels:
        """Where a product lies (k) that is to become one of a category: at the nearest of the others."""
        deviation = np.array(self.codes.deviation, np.float32)
        others = [where for name, where in self.places.items() if name != category]
        near = min(others, key=lambda where: float(np.square((code - where) / deviation).sum()), default=None)
        return np.array(self.codes.mean, np.float32) if near is None else near


def has_hue(product: Coded) -> bool:
    """Whether there is a hue that can be turned."""
    return bool(np.linalg.norm(product.colour) > COLOURED)


def colour_of(picture: Pixels) -> Pixels:
    """OKLab's a and b (2) of a product (4, s, s) over white with alpha: the mean of what is surely product, around its
    centre, as the toolchain measures it."""
    alpha = picture[3]
    at = np.linspace(-0.5, 0.5, len(alpha), dtype=np.float32)
    mass = max(float(alpha.sum()), 1e-3)
    x, y = (float((alpha.sum(axis) * at).sum()) / mass for axis in (0, 1))
    near = np.exp(-np.add.outer((at - y) ** 2, (at - x) ** 2) / (2 * _MIDDLE**2))
    weight = ((alpha - _INSIDE) / (1 - _INSIDE)).clip(0, 1) * near + _FAINT
    lab = oklab_of(np.ascontiguousarray(picture[:3].transpose(1, 2, 0).clip(0, 1), np.float32))
    return np.asarray((lab[..., 1:] * weight[..., None]).sum((0, 1)) / weight.sum(), np.float32)
