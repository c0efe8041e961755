"""Illumination: where white paper lies in a photo, and how much light, of which colour, falls on it everywhere.

The light is a smooth surface over the picture: cubic B-splines under a penalty on their differences (Eilers and Marx,
"Flexible Smoothing with B-splines and Penalties", Statistical Science 1996; two ways at once in Currie, Durban and
Eilers, 2006), fitted again and again with Tukey's biweight, so that shadows and what is no paper drop out. Under
the product it goes on as smoothly as it comes from both sides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.cms import decode, encode
from editor.core.geometry import Region
from editor.core.image import Pixels
from editor.core.white import white_at, white_of

Mask = NDArray[np.bool_]
Matrix = NDArray[np.float64]
Numbers = NDArray[np.floating[Any]]
SIDE = 256  # pixels on the longer side at which paper is looked for
SPLINES = 9  # each way
_STEP = 0.07  # of the logarithm of light from pixel to pixel: more is an edge
_GRAIN = 0.02  # of the logarithm of light: more is averaged out before edges are looked for
_SHARP, _MOST_BLUR = 0.5, 4.0  # pixels of blur: what needs less is left as it is, and no more is given
_FLOOR = 0.004  # of linear light, so that logarithms stay quiet in the dark
_LEAST = 0.03  # of the picture that paper must cover
_DIM = 0.045  # linear light that paper must have at least
_GREY, _SMALL = 0.23, 0.35  # linear light and share of the picture: what has less of both is a grey wall
_BRIGHTER = 0.12  # of the picture that may be clearly brighter than the paper is
_LIGHTER, _MOSTLY = 0.1, 0.15  # of the logarithm of light, and of the product: more that is lighter than white is not
_HUE = 0.12  # of the logarithm of light: how far channels may be apart from those that were clicked
_ROUGH = 0.036  # scatter of the logarithm of light that paper may have
_WARMEST, _COLDEST, _TINT = -1.25, 0.7, 1.0  # of the light on what is taken for white paper: 3,750 K to 11,000 K
_BEYOND = 0.1  # of the logarithm of light: how far it may go on to change under the product
_FAR, _NEAR = 0.35, 0.06  # of the logarithm of light: what may be paper in the first round, and scatter at the end


@dataclass(frozen=True, eq=False)
class Field:
    """A colour, sRGB-encoded, at every place of a picture: `weights` (3, n, n) of cubic B-splines over its height and
    width."""

    weights: Pixels

    @property
    def nbytes(self) -> int:
        return self.weights.nbytes

    def under(self, region: Region, whole: tuple[int, int]) -> Callable[[slice], Pixels]:
        """The colours at the pixels of a `region` of the picture at a size of `whole`: a function that gives those of
        some of its rows, (h, w, 3)."""
        down = _splines((np.arange(region.y, region.bottom) + 0.5) / whole[1]).astype(np.float32)
        across = _splines((np.arange(region.x, region.right) + 0.5) / whole[0]).astype(np.float32)
        profiles = [plane @ across.T for plane in self.weights]
        return lambda rows: np.asarray(cv2.merge([down[rows] @ profile for profile in profiles]), np.float32)


def paper_light(rgb: Pixels, product: Pixels | None, places: Sequence[tuple[float, float]] = ()) -> Field | None:
    """What white paper looks like all over a picture (h, w, 3), sRGB-encoded; None where none is to be seen.

    `product` (h, w), 0..1, is no paper. Whoever names `places` (x, y, fractions) says that it is paper there: then it
    may have any colour and brightness.
    """
    found = _paper(rgb, product, places)
    if found is None:
        return None
    down, across = (_splines((np.arange(side) + 0.5) / side) for side in found[1].shape)
    seen = encode(np.maximum(np.exp(found[0]) - np.float32(_FLOOR), 0)).transpose(2, 0, 1)
    back = np.linalg.pinv(down), np.linalg.pinv(across).T
    return Field(np.stack([_times(_times(back[0], plane), back[1]) for plane in seen]).astype(np.float32))


def paper_mask(rgb: Pixels, product: Pixels | None) -> Pixels | None:
    """How surely each pixel (h, w) of a picture (h, w, 3) is white paper in full light, 0..1; None: there is none."""
    found = _paper(rgb, product, ())
    return None if found is None else np.asarray(cv2.resize(found[1], (rgb.shape[1], rgb.shape[0])), np.float32)


def light_of(rgb: Matrix) -> tuple[float, float]:
    """Temperature and tint, as `white_at` has them, of a light in which something grey has this linear colour (3,).
    What lies beyond the bluest daylight, or the reddest, counts as if daylight went on straight there."""
    u, v = _uv(white_of(tuple(encode(rgb.astype(np.float32)).tolist())))
    steps = np.linspace(-2.8, 1.0, 191)
    locus = np.array([_uv(white_at(float(t), 0.0)) for t in steps])
    best = int(np.argmin(((locus - (u, v)) ** 2).sum(1)))
    across = np.array(_uv(white_at(float(steps[best]), 1.0))) - locus[best]
    off, beyond = (u, v) - locus[best], 0.0
    if best in (0, len(steps) - 1):
        along = np.gradient(locus, steps, axis=0)[best]
        beyond = float(np.dot(off, along) / np.dot(along, along))
    return float(steps[best]) + beyond, float(np.dot(off, across) / np.dot(across, across))


def _paper(rgb: Pixels, product: Pixels | None, places: Sequence[tuple[float, float]]) -> tuple[Pixels, Pixels] | None:
    """The logarithm of paper's light (h, w, 3), and how surely each pixel is paper (h, w), on a small picture."""
    factor = min(1.0, SIDE / max(rgb.shape))
    size = max(8, round(rgb.shape[1] * factor)), max(8, round(rgb.shape[0] * factor))
    small = np.asarray(cv2.resize(np.maximum(decode(rgb), 0), size, interpolation=cv2.INTER_AREA), np.float32)
    light = np.log(small + np.float32(_FLOOR))
    blur = _blur(light)
    calm = np.log(cv2.GaussianBlur(small, (0, 0), blur) + np.float32(_FLOOR)) if blur > _SHARP else light
    free, inside = np.ones(size[::-1], np.bool_), np.zeros(size[::-1], np.bool_)
    if product is not None:
        there = np.asarray(cv2.resize(product, size, interpolation=cv2.INTER_AREA), np.float32)
        free, inside = cv2.dilate(there, np.ones((5, 5), np.uint8)) < 0.1, there > 0.9
    smooth = _steps(calm, max(1, round(blur))) < _STEP
    if places:
        first = free = _clicked(calm, smooth, free, places)
    elif (largest := _largest(smooth & free, small, rim=product is None)) is None:
        return None
    else:
        first = largest
    fitted, sure = _fitted(calm, first, free)
    if not (sure > 0.3).any():
        return None
    surface = _surface(fitted, size)
    surface = _bounded(surface, sure > 0.3)
    return (surface, sure) if places or _is_white(light, surface, sure, free, inside) else None


def _bounded(surface: Pixels, paper: Mask) -> Pixels:
    """The logarithm of light (h, w, 3) with what it is beyond the `paper` (h, w): no other light than there."""
    level = surface.mean(2, keepdims=True)
    hue = surface - level
    least, most = np.quantile(hue[paper], (0.02, 0.98), axis=0)
    calm = np.where(paper[..., None], hue, hue.clip(least, most))
    low, high = level[paper].min() - _BEYOND, level[paper].max() + _BEYOND
    return np.asarray(level.clip(low, high) + calm, np.float32)


def _blur(light: Pixels) -> float:
    """How many pixels of blur the logarithm of light (h, w, 3) needs so that no grain passes for an edge: paper is the
    same in a small file, with all its grain, as in a large one where that averages out."""
    return min(grain_of(light) / (_GRAIN * 2 * math.sqrt(math.pi)), _MOST_BLUR)


def grain_of(rgb: Pixels) -> float:
    """The standard deviation of the grain in a picture (h, w, 3), in its own units, by Immerkær, "Fast Noise Variance
    Estimation", Computer Vision and Image Understanding 1996, with a median for its mean: edges count for little."""
    bends = cv2.filter2D(rgb, -1, np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32))
    return float(np.median(np.abs(bends))) / (6 * 0.6745)


def _steps(light: Pixels, apart: int) -> Pixels:
    """The largest step (h, w) of light's logarithm (h, w, 3) from a pixel to those up to `apart` pixels beside it."""
    kernel = np.ones((2 * apart + 1, 2 * apart + 1), np.uint8)
    return np.asarray(_most(cv2.dilate(light, kernel) - cv2.erode(light, kernel)) / 2, np.float32)


def _most(planes: Pixels) -> Pixels:
    """The largest (h, w) of three channels (h, w, 3)."""
    red, green, blue = cv2.split(planes)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.float32)


def _clicked(light: Pixels, smooth: Mask, free: Mask, places: Sequence[tuple[float, float]]) -> Mask:
    """What hangs together with the places that were clicked, and has their hue; no product, unless that was clicked."""
    height, width = smooth.shape
    found = np.zeros_like(smooth)
    hue = light - light.mean(2, keepdims=True)
    for x, y in places:
        column, row = min(int(x * width), width - 1), min(int(y * height), height - 1)
        around = np.s_[max(0, row - 2) : row + 3, max(0, column - 2) : column + 3]
        own = np.median(hue[around].reshape(-1, 3), 0)
        alike = smooth & (_most(np.abs(hue - own)) < _HUE)
        if free[row, column]:
            alike &= free
        _, labels = cv2.connectedComponents(alike.astype(np.uint8), connectivity=4)
        found[around] = True
        if labels[row, column]:
            found |= labels == labels[row, column]
    return found


def _largest(smooth: Mask, small: Pixels, rim: bool) -> Mask | None:
    """The part that is most likely paper: large, bright, at the rim of the picture where nobody knows the product."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(smooth.astype(np.uint8), connectivity=4)
    bright, best, most = small.min(2), None, 0.0
    edge = np.bincount(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]), minlength=count)
    for label in range(1, count):
        area = int(stats[label, cv2.CC_STAT_AREA])
        if area < _LEAST * smooth.size or (rim and edge[label] < 0.05 * edge.sum()):
            continue
        part = labels == label
        score = area * float(np.median(bright[part]))
        if score > most:
            best, most = part, score
    return best


def _fitted(light: Pixels, first: Mask, free: Mask) -> tuple[Matrix, Pixels]:
    """The surface through the paper, and how surely each pixel is of it (h, w).

    Stiff at first, so that it goes through what there is most of; then it may bend, and take in paper beyond the first
    part: the inside of a handle, or what a strap has cut off.
    """
    size = light.shape[1], light.shape[0]
    sure = first.astype(np.float32)
    fitted, loose = _fit(light, sure, 300.0), 0.1 + 20 * (1 - float(first.mean())) ** 4
    for turn in range(12):
        stiff = 300 * 0.35**turn
        off = _most(np.abs(light - _surface(fitted, size)))
        scatter = 1.4826 * float(np.median(off[first & (sure > 0)])) if (first & (sure > 0)).any() else _NEAR
        width = max(_FAR * 0.7**turn, min(4.685 * scatter, 3 * _NEAR), 0.02)
        sure = np.asarray((1 - (off / width).clip(0, 1) ** 2) ** 2 * free, np.float32)
        if turn < 4:
            sure *= first
        if sure.sum() < 20:
            break
        fitted = _fit(light, sure, max(stiff, loose))
    return fitted, sure


def _is_white(light: Pixels, surface: Pixels, sure: Pixels, free: Mask, inside: Mask) -> bool:
    """Whether what was fitted can be white paper under some light: there is enough of it, next to nothing is brighter,
    nor is the product, it has no texture, and its colour is one that light has."""
    if float(sure.mean()) < _LEAST:
        return False
    paper = sure > 0.3
    colour = np.exp(np.median(light[paper], 0)) - _FLOOR
    scatter = np.median(_most(np.abs(light - surface))[paper])
    brighter = _most(light - surface) > 0.3
    dim = colour.max() < _DIM or (colour.max() < _GREY and sure.mean() < _SMALL)
    if dim or (inside.any() and ((light - surface).mean(2) > _LIGHTER)[inside].mean() > _MOSTLY):
        return False
    temperature, tint = light_of(colour.astype(float))
    return bool(
        scatter <= _ROUGH and (brighter & free).mean() <= _BRIGHTER
        and _WARMEST <= temperature <= _COLDEST and abs(tint) <= _TINT
    )  # fmt: skip


def _fit(values: Pixels, sure: Pixels, stiff: float) -> Matrix:
    """Weights (3, n, n) of the surface through `values` (h, w, 3), where it is `sure` (h, w)."""
    size = sure.shape[1] // 2, sure.shape[0] // 2  # half is enough for what is so smooth
    told = cv2.resize(np.dstack([sure, sure[..., None] * values]), size, interpolation=cv2.INTER_AREA).astype(float)
    down, across = (_splines((np.arange(side) + 0.5) / side) for side in size[::-1])
    n = SPLINES
    pairs = [(side[:, :, None] * side[:, None, :]).reshape(len(side), -1) for side in (down, across)]
    normal = _times(_times(pairs[0].T, told[..., 0]), pairs[1])
    normal = normal.reshape(n, n, n, n).swapaxes(1, 2).reshape(n * n, n * n)
    normal += stiff * float(told[..., 0].mean()) * _PENALTY
    normal[np.diag_indices_from(normal)] += 1e-6
    right = np.stack([_times(_times(down.T, told[..., c]), across).ravel() for c in (1, 2, 3)], 1)
    return np.asarray(np.linalg.solve(normal, right).T.reshape(3, n, n), float)


def _surface(fitted: Matrix, size: tuple[int, int]) -> Pixels:
    down, across = (_splines((np.arange(side) + 0.5) / side) for side in size[::-1])
    return np.stack([_times(_times(down, plane), across.T) for plane in fitted], 2).astype(np.float32)


def _times(left: Numbers, right: Numbers) -> Matrix:
    """The product of two small matrices in numpy's own loops: where other work is going on as well, the threads of a
    BLAS wait longer for each other than such a product takes."""
    return np.asarray(np.einsum("ij,jk->ik", left, right), float)


def _splines(at: Matrix) -> Matrix:
    """The uniform cubic B-splines over 0..1, (len(at), SPLINES)."""
    far = np.abs(at[:, None] * (SPLINES - 3) - (np.arange(SPLINES) - 1))
    inner, outer = 2 / 3 - far**2 + far**3 / 2, (2 - far).clip(0) ** 3 / 6
    return np.asarray(np.where(far < 1, inner, outer))


def _penalty() -> Matrix:
    """What bends costs: the squares of second and third differences along both sides."""
    one = np.eye(SPLINES)
    bends = sum(d.T @ d * w for d, w in ((np.diff(one, 2, axis=0), 0.05), (np.diff(one, 3, axis=0), 1.0)))
    return np.asarray(np.kron(bends, one) + np.kron(one, bends))


_PENALTY = _penalty()


def _uv(xyz: Matrix) -> tuple[float, float]:
    x, y, z = xyz
    return float(4 * x / (x + 15 * y + 3 * z)), float(6 * y / (x + 15 * y + 3 * z))
