"""OKLab: lightness and colour as recolouring reckons in them, of pictures of any size.

Ottosson, "A perceptual color space for image processing" (2020). Colours outside sRGB come and go as they are: powers
are mirrored below zero, as in the working space.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from editor.core.image import Pixels
from editor.core.lab import CONES, OK
from editor.craft.transform import SRGB, applied, matrix, power, processor

if TYPE_CHECKING:
    import PyOpenColorIO as OCIO  # noqa: N814 - as its own documentation calls it


def oklab_of(rgb: Pixels) -> Pixels:
    """OKLab (..., 3) of sRGB-encoded colours (..., 3), float32: lightness 0..1, two axes of colour."""
    return _through(_encoded_to_lab(), rgb)


def rgb_from(oklab: Pixels) -> Pixels:
    """The sRGB-encoded colours (..., 3) that have this OKLab, beyond 0..1 where sRGB does not hold them; float32."""
    return _through(_lab_to_encoded(), oklab)


def light_of(rgb: Pixels) -> Pixels:
    """Linear light (..., 3) of sRGB-encoded colours."""
    return _through(_decode(), rgb)


def encoded(light: Pixels) -> Pixels:
    """`light_of` backwards."""
    return _through(_encode(), light)


def oklab_of_light(light: Pixels) -> Pixels:
    """OKLab (..., 3) of linear light (..., 3)."""
    return _through(_light_to_lab(), light)


def light_from(oklab: Pixels) -> Pixels:
    """The linear light (..., 3) that has this OKLab."""
    return _through(_lab_to_light(), oklab)


def to_lab() -> list[OCIO.Transform]:
    """From linear light to OKLab, in steps that `transform.processor` takes."""
    return [matrix(CONES), cube(back=True), matrix(OK)]


def from_lab() -> list[OCIO.Transform]:
    """From OKLab to linear light, in steps that `transform.processor` takes."""
    return [matrix(np.linalg.inv(OK)), cube(), matrix(np.linalg.inv(CONES))]


def cube(*, back: bool = False) -> OCIO.Transform:
    """x^3, or its cube root, mirrored below zero."""
    import PyOpenColorIO as OCIO  # noqa: N814

    exponent = 1 / 3 if back else 3.0
    return OCIO.ExponentTransform(value=[exponent] * 3 + [1], negativeStyle=OCIO.NEGATIVE_MIRROR)


def _through(run: OCIO.CPUProcessor, colours: Pixels) -> Pixels:
    if colours.ndim == 3:
        return applied(run, colours)
    return applied(run, colours.reshape(1, -1, 3)).reshape(colours.shape)


@cache
def _encoded_to_lab() -> OCIO.CPUProcessor:
    return processor([power(*SRGB), *to_lab()])


@cache
def _lab_to_encoded() -> OCIO.CPUProcessor:
    return processor([*from_lab(), power(*SRGB, back=True)])


@cache
def _decode() -> OCIO.CPUProcessor:
    return processor([power(*SRGB)])


@cache
def _encode() -> OCIO.CPUProcessor:
    return processor([power(*SRGB, back=True)])


@cache
def _light_to_lab() -> OCIO.CPUProcessor:
    return processor(to_lab())


@cache
def _lab_to_light() -> OCIO.CPUProcessor:
    return processor(from_lab())
