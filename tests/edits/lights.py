"""Lights: drawn products on paper, under light that is known exactly."""

from __future__ import annotations

import numpy as np

from editor.core.cms import decode, encode
from editor.core.photo import Photo
from editor.core.white import adapted, white_at
from editor.craft.difference import ciede2000, lab_of

PAPER = (0.9, 0.9, 0.9)
RED, BLUE = (0.5, 0.08, 0.06), (0.05, 0.1, 0.4)


def drawn(products=(RED, BLUE), paper=PAPER, size=(240, 180)):
    """What two products on paper reflect of the light (h, w, 3), linear, and where they are (h, w)."""
    x, y = np.meshgrid(*(np.linspace(-1, 1, side) for side in size))
    first = (x + 0.2) ** 2 / 0.12 + y**2 / 0.25 < 1
    second = (x - 0.35) ** 2 + (y - 0.2) ** 2 < 0.06
    reflected = np.full((*size[::-1], 3), paper)
    reflected[first], reflected[second] = products
    return reflected, first | second


def lamp(size=(240, 180), tilt=0.5, falloff=0.5, colour=(1.0, 1.0, 1.0), stops=0.0):
    """Light (h, w, 3) from one side, that falls off towards the corners, in EV."""
    x, y = np.meshgrid(*(np.linspace(-1, 1, side) for side in size))
    return np.exp2(stops + tilt * (0.7 * x + 0.3 * y) - falloff * (x * x + y * y) / 2)[..., None] * colour


def taken(linear, noise=0.003, matte=None):
    """The photo of what sends out so much light."""
    grain = noise * np.random.default_rng(7).standard_normal(linear.shape)
    photo = Photo("scene.tif", (encode(linear.astype(np.float32)) + grain).astype(np.float32))
    if matte is None:
        return photo
    where = Photo("scene-matte.tif", np.repeat(matte.astype(np.float32)[..., None], 3, 2))
    return Photo("scene.tif", photo.samples, matte=where)


def under(reflected, temperature=0.0, tint=0.0, stops=0.0):
    """What it sends out in a light that `white_at` names."""
    return reflected @ np.linalg.inv(adapted(white_at(temperature, tint))).T * 2.0**stops


def apart(first, second):
    """CIEDE2000 (h, w) between two pictures (h, w, 3)."""
    return ciede2000(*(lab_of(np.asarray(rgb, np.float32).clip(0, 1)) for rgb in (first, second)))


def linear_of(rgb):
    return decode(np.asarray(rgb, np.float32))
