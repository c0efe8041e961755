"""Change: what became of a small picture of a product: where its parts went, and what else is different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.image import Pixels
from editor.craft.guide import guided_by

WORK = 256  # pixels on a side at which movement is looked for
GRID = 128  # pixels on a side at which it is kept, and colours are compared
STEEP = 60.0  # of 8-bit grey, by Sobel's operator: such a slope is half sure to be an edge
SPREAD = ((3.0, 1.0), (12.0, 0.03), (40.0, 0.001))  # pixels of GRID that are looked around for what moves; its weight
STILL = 1.0  # pixels of GRID, at the rim of the crop: there nothing moves
RADIUS, FLAT = 5, 2e-3  # pixels of GRID around that a difference of colours is smoothed over; variance of what is flat
BODY = 0.35  # of what is looked at for movement: that a thing is there at all; the rest is how light it is
STRAP = 7  # pixels of WORK: what is thinner is not taken away
PART = 0.1  # of a pixel: what is more hangs together
FINE = 512  # pixels on a side that maps are brought to before they are read
GONE = 1 / 255  # of a pixel


@dataclass(frozen=True, eq=False)
class Change:
    """What was done to a small picture of a product on white, straight RGBA (s, s, 4) each: `plain` is how the network
    sees it unchanged, `edited` how it is to be. `farthest`: how far anything moves at most, as part of a side."""

    plain: Pixels
    edited: Pixels
    farthest: float = 0.1
    _made: dict[int, tuple[Pixels, Pixels, Pixels]] = field(default_factory=dict)

    @cached_property
    def flow(self) -> Pixels:
        """Where what is at a place of `edited` was in `plain`: x and y to be added, as parts of a side, float32 (g, g,
        2). Dense inverse search (Kroeger et al., "Fast Optical Flow using Dense Inverse Search", ECCV 2016), made
        smooth, and nothing at the rim. It counts where there is something to be seen to move: edges and print; cloth
        between them goes along."""
        before, after = (_seen(picture) for picture in (self.plain, self.edited))
        search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
        moved = search.calc(after, before, np.zeros((WORK, WORK, 2), np.float32))
        trust = _marked(after)
        weighed = sized(merged([trust * moved[..., 0], trust * moved[..., 1], trust]), GRID)
        x, y, weight = split(np.sum([part * _blurred(weighed, sigma) for sigma, part in SPREAD], axis=0))
        edge = np.minimum(np.arange(GRID), np.arange(GRID)[::-1]) / STILL
        rim = np.minimum(np.minimum.outer(edge, edge), 1).astype(np.float32)
        even = np.asarray(rim / np.maximum(weight, np.float32(1e-9)) / WORK, np.float32)
        x, y = x * even, y * even
        less = np.minimum(1, self.farthest / np.maximum(np.hypot(x, y), np.float32(1e-6)))
        return merged([less * x, less * y])

    def maps(self, side: float) -> tuple[Pixels, Pixels, Pixels]:
        """What is to be done, to be read between the pixels along straight lines where the square has so many pixels on
        a side, (f, f, 4) each: `flow`, as parts of a side, and the alpha to be added when everything has moved; the
        colours to be added then; and the colours of what is new. The last plane is idle: OpenCV is quickest with
        four."""
        fine = FINE if side > FINE / 2 else GRID
        if fine not in self._made:
            flow, alpha, colour, new = (sized(part, fine) for part in self._parts)
            planes = (*split(flow), alpha), split(colour), split(new)
            first, second, third = (merged([*three, alpha]) for three in planes)
            self._made[fine] = first, second, third
        return self._made[fine]

    @cached_property
    def _parts(self) -> tuple[Pixels, ...]:
        """Flow, alpha to be added, colours to be added, and new colours."""
        small = [sized(picture, GRID).clip(0, 1) for picture in (self.plain, self.edited)]
        there, after = _moved(small[0], self.flow), small[1]
        both = np.minimum(there[..., 3], after[..., 3])
        old, new = (np.ascontiguousarray(picture[..., :3]) for picture in (there, after))
        colour = guided_by(old, new - old, both, radius=RADIUS, flat=FLAT)
        colour = merged([both * plane for plane in split(colour)])
        was, soon = (sized(p, WORK).clip(0, 1) for p in (_alpha(self.plain), _attached(self.edited, self.plain)))
        alpha = soon - _moved(was, sized(self.flow, WORK))
        alpha = np.where(soon > GONE, alpha, np.minimum(alpha, 0))  # nothing is added far from it
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (STRAP, STRAP))
        lost = cv2.morphologyEx((-alpha).clip(0), cv2.MORPH_OPEN, disc)
        alpha = np.asarray(np.maximum(alpha, -lost), np.float32)  # straps are too thin for a network to be sure of
        return self.flow, alpha, colour, new

    @cached_property
    def farthest_moved(self) -> float:
        """How far anything moves, as part of a side."""
        return float(np.abs(self.flow).max())

    @property
    def nbytes(self) -> int:
        """All of it together, once it was asked for."""
        return self.plain.nbytes + self.edited.nbytes + 4 * (9 * GRID**2 + 12 * FINE**2 + WORK**2)


def read(maps: Pixels, x: Pixels, y: Pixels) -> Pixels:
    """Maps (h, w, ...) between their pixels."""
    return np.asarray(cv2.remap(maps, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def split(planes: Pixels) -> list[Pixels]:
    """The planes (h, w) of (h, w, c), each by itself."""
    return [np.asarray(plane, np.float32) for plane in cv2.split(planes)]


def merged(planes: Sequence[Pixels]) -> Pixels:
    """`split` backwards."""
    return np.asarray(cv2.merge(list(planes)), np.float32)


def sized(planes: Pixels, side: int) -> Pixels:
    """Square planes (w, w, ...) with so many pixels on a side."""
    if planes.shape[0] == side:
        return planes
    way = cv2.INTER_AREA if side < planes.shape[0] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(planes, (side, side), interpolation=way), np.float32)


def _moved(planes: Pixels, flow: Pixels) -> Pixels:
    """Square planes (w, w, ...) as `flow` (w, w, 2) moves them."""
    side = len(planes)
    x, y = (side * each for each in split(flow))
    at = np.arange(side, dtype=np.float32)
    return read(planes, x + at, y + at[:, None])


def _alpha(picture: Pixels) -> Pixels:
    return np.ascontiguousarray(picture[..., 3])


def _attached(edited: Pixels, plain: Pixels) -> Pixels:
    """The alpha (s, s) of a picture without parts that lie away from where the product was: nothing of the photo can be
    carried there."""
    alpha = _alpha(edited)
    count, labels = cv2.connectedComponents((alpha > PART).astype(np.uint8))
    touched = np.zeros(count, bool)
    touched[labels[plain[..., 3] > PART]] = True
    touched[0] = True
    return np.where(touched[labels], alpha, 0).astype(np.float32)


def _marked(seen: NDArray[np.uint8]) -> Pixels:
    """How much there is in a grey picture (h, w) by which movement can be told: its slopes."""
    x, y = (cv2.Sobel(seen, cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
    steep = (x * x + y * y) / np.float32(STEEP**2)
    return np.asarray(steep / (1 + steep) + np.float32(1e-4), np.float32)


def _blurred(planes: Pixels, sigma: float) -> Pixels:
    """A Gaussian blur; of a picture made smaller, which is as good and faster."""
    side = min(GRID, max(8, round(2 * GRID / sigma)))
    few = cv2.GaussianBlur(sized(planes, side), (0, 0), sigma * side / GRID)
    return sized(np.asarray(few, np.float32), GRID)


def _seen(picture: Pixels) -> NDArray[np.uint8]:
    """RGBA (s, s, 4) as movement is looked for in it: 8-bit grey (w, w), black where nothing is."""
    red, green, blue, alpha = split(picture)
    grey = alpha * (BODY + (1 - BODY) / 3 * (red + green + blue))
    return np.asarray(255 * sized(grey, WORK).clip(0, 1) + 0.5, np.uint8)
