"""Thrown: the shadows and the mirror image that a product would have on the ground, drawn from its outline.

All are made of the picture at the size it is studied at, (h, w) 0..1; they are soft, so that they can be enlarged.
"""

from __future__ import annotations

from math import cos, radians, sin

import cv2
import numpy as np

from editor.core.image import Pixels
from editor.craft.outline import Stand, alone

_FAINTEST = 0.006  # what is fainter is none, so that white stays white further out
_LAYERS = 5  # of a thrown shadow, which grows softer with the height it comes from


def contact(stand: Stand, shape: tuple[int, int], softness: float) -> Pixels:
    """Dark and narrow where the product touches the ground, and light and wide around, where it keeps light away."""
    size, level = stand.length, stand.level
    above = stand.gap + level - stand.hull  # how far the product is above the ground, (w,)
    layers = (  # what touches and where that ends; how sharp; how low, in its own widths; how dark
        (_near(stand.gap, 0.006 * size + 1) * _near(level - stand.hull, 0.1 * size), stand.hull, 0.0035, 1.3, 0.8),
        (_near(above, 0.03 * size + 2), level, 0.012, 1.0, 0.5),
        (_near(above, 0.2 * size + 2), level, 0.035, 0.6, 0.4),
    )
    light = np.ones(shape, np.float32)
    for weights, end, part, drop, dark in layers:
        sigma = max(0.7, part * size * (0.5 + 1.25 * softness))
        light *= 1 - dark * _under(end + (drop - 0.5) * max(1.5, part * size), weights, shape, sigma)
    return _cut(1 - light)


def _near(gap: Pixels, reach: float) -> Pixels:
    """1 where the gap is none, 0 where it is much more than `reach`."""
    return np.asarray(np.exp(-np.square(np.minimum(gap / reach, 9.0))), np.float32)


def _under(end: Pixels, weights: Pixels, shape: tuple[int, int], sigma: float) -> Pixels:
    """A strip whose lower edge is at the rows `end` (w,), blurred."""
    rows = np.arange(shape[0], dtype=np.float32)[:, None] + 0.5
    strip = np.minimum((end - rows + 0.5).clip(0, 1), (rows - end + 4 * sigma + 0.5).clip(0, 1)) * weights
    return _blurred(strip, 1.6 * sigma, sigma)


def cast(stand: Stand, matte: Pixels, softness: float, angle: float, length: float) -> Pixels:
    """The product's outline thrown on the ground: `angle` says where to, in degrees (0 to the right, 90 away from the
    one who looks), `length` how far, in heights of the product. Where it comes from high up it is softer and lighter.
    """
    height, width = matte.shape
    (foot, slope), top = stand.ground, stand.box[1]
    across, up = length * cos(radians(angle)), length * sin(radians(angle))
    up = np.copysign(max(abs(up), 0.06), up if up else 1.0)  # a shadow seen from its edge would be a line
    # what is z above the ground, at x and y = foot + slope x - z, falls on x + across z and y + z - up z
    matrix = np.array([
        [1 + across * slope, -across, across * foot],
        [slope * (1 - up), up, (1 - up) * foot],
    ])  # fmt: skip
    above = stand.level - np.arange(height, dtype=np.float32)[:, None]
    step = (above / max(1.0, float(above[top].max())) * _LAYERS).clip(0, _LAYERS - 1)
    whole, product = np.zeros_like(matte), alone(matte)
    for index in range(_LAYERS):
        layer = product * (1 - np.abs(step - index)).clip(0, 1)
        thrown = np.asarray(cv2.warpAffine(layer, matrix, (width, height), flags=cv2.INTER_LINEAR), np.float32)
        far = index / _LAYERS
        sigma = max(0.7, stand.length * (0.003 + 0.06 * softness * (0.12 + far)))
        whole += _blurred(thrown, sigma, sigma) * (1 - 0.6 * far)
    return _cut(whole.clip(0, 1))


def mirrored(stand: Stand, rgb: Pixels, matte: Pixels, softness: float, length: float, distance: float) -> Pixels:
    """The product upside down below the line that it stands on, (h, w, 4): colours, and how much of them is seen.

    It fades away over `length` heights of the product and begins `distance` pixels below it.
    """
    height, width = matte.shape
    rows = np.arange(height, dtype=np.float32)[:, None] + 0.5
    line = stand.hull - 1  # where the product's soft edge begins
    below = rows - line - distance
    # above the line the product itself, so that its blurred image does not fade where the two meet
    columns = np.broadcast_to(np.arange(width, dtype=np.float32), (height, width))
    source = (line - np.abs(below) - 0.5).astype(np.float32)
    product = alone(matte)
    ink = np.dstack([rgb.clip(0, 1) * product[..., None], product])
    seen = cv2.remap(ink, columns, source, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=[0] * 4)
    sigma = 0.6 + 0.012 * softness * stand.length
    seen = cv2.GaussianBlur(seen, (0, 0), sigma)
    tall = max(1.0, length * (stand.box[3] - stand.box[1]))
    fade = np.square((1 - below / tall).clip(0, 1)) * (below + 0.5).clip(0, 1)
    colours = seen[..., :3] / np.maximum(seen[..., 3:], 1e-4)
    return np.dstack([colours.clip(0, 1), _cut(seen[..., 3] * fade)])


def lowered(shade: Pixels, rows: float) -> Pixels:
    """A shadow so many rows further down, as of a product that is held above the ground."""
    down = np.array([[1, 0, 0], [0, 1, rows]], np.float32)
    return np.asarray(cv2.warpAffine(shade, down, shade.shape[::-1], flags=cv2.INTER_LINEAR)) if rows else shade


def _blurred(plane: Pixels, across: float, down: float) -> Pixels:
    soft = cv2.GaussianBlur(plane, (0, 0), sigmaX=across, sigmaY=down, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(soft, np.float32)


def _cut(shade: Pixels) -> Pixels:
    """Without the tails that nobody sees."""
    return np.asarray(((shade - _FAINTEST) / (1 - _FAINTEST)).clip(0, 1), np.float32)
