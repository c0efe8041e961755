"""Sample: a noisy product picture that Packshot draws itself, to try things on before opening a photo of one's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor.core.image import Pixels
from editor.core.photo import Photo

NAME = "packshot-sample.png"
SIZE = (1200, 900)
SEED = 7


def sample_photo(seed: int = SEED, size: tuple[int, int] = SIZE) -> Photo:
    """A glazed bottle on a table, taken in too little light; the same for the same seed. Not on any disk."""
    clean = draw(seed, size)
    return Photo(Path.cwd() / NAME, (grain(clean, seed).clip(0, 1) * 255 + 0.5).astype(np.uint8))


def draw(seed: int = SEED, size: tuple[int, int] = SIZE) -> Pixels:
    """The picture without noise, float32 (h, w, 3) in 0..1.

    A surface of revolution seen from the front: every row is a circle of known radius, so the normal at each pixel is
    known without tracing rays. Lit by a large soft box (Lambert and Blinn-Phong terms) and a weaker light from behind.
    """
    chance = np.random.default_rng(seed)
    glaze = np.array(_srgb_to_linear(chance.choice(_GLAZES)), np.float32)
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    unit = height / 900
    x, y = (x - width / 2) / unit, y / unit
    scene = _table(x, y)
    radius, slope = _profile(y)
    inside = np.abs(x) < radius
    depth = np.sqrt(np.maximum(radius**2 - x**2, 0))
    normal = np.stack([x, -slope * radius, depth], axis=-1)
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-6)
    colour = np.broadcast_to(glaze, normal.shape).copy()
    _decorate(colour, x / np.maximum(radius, 1), y, chance)
    key, back = _direction(-0.55, -0.6, 0.6), _direction(0.85, -0.1, 0.25)
    light = 0.18 + 0.75 * np.maximum(normal @ key, 0) + 0.22 * np.maximum(normal @ back, 0)
    light *= 1 - 0.35 * np.exp(-np.maximum(_FOOT - y, 0) / 60)  # the table takes light from the foot
    half = key + np.array([0, 0, 1], np.float32)
    gloss = np.maximum(normal @ (half / np.linalg.norm(half)), 0) ** 60 * 0.7
    bottle = colour * light[..., None] + gloss[..., None]
    edge = np.clip((radius - np.abs(x)) * unit + 0.5, 0, 1)[..., None] * (inside | (radius > 0))[..., None]
    return np.asarray(_linear_to_srgb((scene * (1 - edge) + bottle * edge).clip(0, 1)), np.float32)


def grain(clean: Pixels, seed: int = SEED, gain: float = 0.0035, floor: float = 0.03) -> Pixels:
    """`clean` with the noise of a small sensor: Poisson-like, its variance `gain` x value + `floor`^2; not clipped."""
    chance = np.random.default_rng([seed, 1])
    deviation = np.sqrt(gain * clean + floor**2)
    noise = deviation * chance.standard_normal(clean.shape, np.float32)
    return np.asarray(clean + noise, np.float32)


_FOOT, _RIM = 760.0, 110.0
_GLAZES = ((0.13, 0.33, 0.42), (0.62, 0.24, 0.17), (0.25, 0.38, 0.22), (0.70, 0.53, 0.20))


def _profile(y: Pixels) -> tuple[Pixels, Pixels]:
    """Radius of the bottle at height y (0 outside) and how fast it changes there."""
    knots = np.array([_RIM, 128, 150, 250, 330, 430, 600, 700, 742, _FOOT])
    radii = np.array([46, 50, 40, 42, 92, 168, 190, 172, 150, 128])
    fine = np.linspace(_RIM, _FOOT, 1300)
    smooth = np.interp(fine, knots, radii)
    kernel = np.hanning(91) / np.hanning(91).sum()
    smooth = np.convolve(np.pad(smooth, 45, mode="edge"), kernel, mode="valid")
    slope = np.gradient(smooth, fine)
    inside = (y >= _RIM) & (y <= _FOOT)
    radius = np.where(inside, np.interp(y, fine, smooth), 0)
    return radius.astype(np.float32), np.interp(y, fine, slope).astype(np.float32)


def _table(x: Pixels, y: Pixels) -> Pixels:
    """A pale table that rises into the wall behind, with the bottle's shadow on it."""
    fade = 0.50 + 0.16 * np.exp(-(((x + 150) / 520) ** 2) - ((y - 330) / 420) ** 2)
    floor = 1 / (1 + np.exp(-(y - 660) / 22))
    ground = fade + 0.10 * floor
    shadow = 0.55 * np.exp(-((np.maximum(np.abs(x - 60) - 110, 0) / 95) ** 2) - ((y - 772) / 26) ** 2)
    ground = ground * (1 - shadow)
    return np.asarray(ground[..., None] * np.array([1.0, 0.975, 0.94]), np.float32)


def _decorate(colour: Pixels, across: Pixels, y: Pixels, chance: np.random.Generator) -> None:
    """Paints bands, dots and fine throwing rings on the glaze; `across` is -1..1 from edge to edge."""
    angle = np.arcsin(across.clip(-1, 1))
    colour *= 1 + 0.05 * np.sin(y / 2.3 + 2 * np.sin(angle))[..., None]
    cream = np.array([0.78, 0.72, 0.60], np.float32)
    for middle, half in ((455, 5), (640, 5), (655, 2), (440, 2)):
        colour[np.abs(y - middle) < half] = cream
    turns = angle * 190 / 34 + chance.uniform(0, 1)
    rows = (y - 470) / 34
    dots = ((turns - np.round(turns)) ** 2 + (rows - np.round(rows)) ** 2 < 0.055) & (y > 482) & (y < 628)
    colour[dots] = cream


def _direction(x: float, y: float, z: float) -> NDArray[np.float32]:
    vector = np.array([x, y, z], np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def _srgb_to_linear(value: object) -> NDArray[np.float64]:
    v = np.asarray(value, np.float64)
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def _linear_to_srgb(value: Pixels) -> Pixels:
    return np.where(value <= 0.0031308, value * 12.92, 1.055 * np.maximum(value, 0.0031308) ** (1 / 2.4) - 0.055)
