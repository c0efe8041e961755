"""Photo: what was in the file, untouched for as long as it is open, at any size and any part of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from math import ceil, floor, log2
from pathlib import Path
from threading import Lock

import numpy as np
from PIL import Image as Pillow

from editor.core.color import SRGB, Space
from editor.core.concept import Concept, beside
from editor.core.formats import PhotoError, Samples, depth_of, to_float
from editor.core.geometry import Region, scaled
from editor.core.image import Image, Pixels
from editor.core.matte_file import matte_path, read_matte
from editor.core.metadata import Metadata
from editor.core.read import decode
from editor.core.read.decoded import Decoded

SMALLEST_MATTE = 16  # pixels on a side: less says nothing of where a product is
_STRIP = 512  # rows halved at a time, which bounds the memory that takes
_MOST_HALF = np.float32(65504)  # of a half-precision float
_MARGIN = 3  # source pixels that the resampling filter looks at beyond its region


@dataclass(frozen=True, eq=False)
class Photo:
    """A photo that is open: its samples as they stood in the file, upright, and what came with them."""

    path: Path
    samples: Samples = field(repr=False)  # (h, w, space.channels) uint8, uint16 or float32
    alpha: Samples | None = field(default=None, repr=False)  # (h, w), straight, of the same type
    space: Space = SRGB
    metadata: Metadata = field(default=Metadata(), repr=False)
    bits: int = 0  # 8 to 16, or 32 for float, that the file holds for each sample; 0 asks the samples
    notes: tuple[str, ...] = ()  # what a person should know about this file, a sentence each
    raw: bool = False  # developed from a camera's RAW file
    concept: Concept | None = None  # where a network drew it, as its file or the sidecar says; None: it is a photo
    matte: Photo | None = field(default=None, repr=False)  # in grey, of the same size: where the product is, if known
    _halves: list[tuple[Samples, Samples | None]] = field(default_factory=list, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        if self.samples.ndim != 3 or self.samples.shape[2] != self.space.channels:
            raise ValueError(f"samples {self.samples.shape} are not of {self.space.model}")
        self.samples.setflags(write=False)
        if self.alpha is not None:
            self.alpha.setflags(write=False)
        if not self.bits:
            object.__setattr__(self, "bits", {"8": 8, "16": 16, "float": 32}[self.depth])

    @staticmethod
    def open(path: Path) -> Photo:
        """Reads a photo, with the matte that is kept beside it; one that is of no use is left out, and `notes` say so.

        Raises PhotoError, in one line with the file's name, for whatever cannot be read.
        """
        photo, kept = Photo.of(path, decode(path)), matte_path(path)
        if concept := beside(path):
            photo = replace(photo, concept=concept, _lock=Lock())
        if not os.path.isfile(kept):
            return photo
        try:
            return photo.with_matte(read_matte(kept))
        except (PhotoError, ValueError) as error:
            return replace(photo, notes=(*photo.notes, f"The matte beside it is left out: {error}"), _lock=Lock())

    @staticmethod
    def of(path: Path, decoded: Decoded) -> Photo:
        """The photo that was read from `path`."""
        space = Space.of(decoded.profile, decoded.samples.shape[2])
        notes = (*decoded.notes, *([space.note] if space.note else []))
        concept = Concept.in_xmp(decoded.metadata.xmp)
        return Photo(
            path, decoded.samples, decoded.alpha, space, decoded.metadata, decoded.bits, notes, decoded.raw, concept
        )

    def with_matte(self, matte: Samples) -> Photo:
        """This photo, of which is known where the product is: `matte` (h, w) uint8 or uint16, white on black, of any
        size in the photo's proportions, but for a pixel of the smaller of the two.

        Raises ValueError for one of other proportions, or one that is smaller than SMALLEST_MATTE and than the photo.
        """
        width, height = self.size
        if any(side < SMALLEST_MATTE and side < own for side, own in zip(matte.shape, (height, width), strict=True)):
            raise ValueError(f"a matte of {matte.shape[1]} x {matte.shape[0]} pixels is too small for a photo")
        if abs(matte.shape[1] * height - matte.shape[0] * width) > max(width, height, *matte.shape):
            raise ValueError(f"a matte of {matte.shape[1]} x {matte.shape[0]} pixels does not fit {width} x {height}")
        depth = np.uint16 if matte.dtype == np.uint16 else np.uint8
        if matte.shape != (height, width):
            grey = Pillow.fromarray(to_float(matte)).resize((width, height), Pillow.Resampling.BICUBIC)
            matte = (np.asarray(grey).clip(0, 1) * np.iinfo(depth).max + 0.5).astype(depth)
        return replace(self, matte=Photo(self.path, matte[..., None], space=Space("GRAY")), _lock=Lock())

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.samples.shape[1], self.samples.shape[0]

    @property
    def depth(self) -> str:
        """ "8" or "16" bits, or "float"."""
        return depth_of(self.samples)

    def at(self, scale: float = 1.0, region: Region | None = None) -> Image:
        """The photo at `scale` (0 < scale <= 1), or the `region` of it, in pixels at that scale, in the working space.

        Halved by 2 x 2 means as often as goes, then brought to size by a Hamming-windowed filter, whose result does
        not depend on how the region is cut. Raises ValueError for a region that reaches outside.
        """
        image = self._at(scale, region)
        if self.matte is None:
            return image
        known = self.matte.at(scale, image.region).rgb[..., 0].clip(0, 1)
        return replace(image, matte=np.ascontiguousarray(known, np.float32))

    def _at(self, scale: float, region: Region | None) -> Image:
        if not 0 < scale <= 1:
            raise ValueError(f"a photo is shown at more than 0 and at most 1, not {scale}")
        whole = Region(0, 0, *scaled(self.size, scale))
        region = region or whole
        if region.empty or not whole.holds(region):
            raise ValueError(f"{region} reaches outside {whole}")
        halvings = floor(log2(1 / scale) + 1e-9)
        samples, alpha = self._half(halvings)
        ratio = scale * 2**halvings  # from 1/2 (exclusive) to 1
        if ratio == 1:
            window = np.s_[region.y : region.bottom, region.x : region.right]
            opaque = None if alpha is None else to_float(alpha[window]).copy()
            return self._image(to_float(samples[window]), opaque, scale, region)
        source, box = _source(samples, region, ratio)
        if alpha is None:
            return self._image(_resample(source, box, region), None, scale, region)
        weight, _ = _source(alpha[..., None], region, ratio)
        n = source.shape[2]
        pixels = _resample(np.concatenate([source * weight, source, weight], axis=2), box, region)
        opaque = pixels[..., -1].clip(0, 1)
        straight = pixels[..., :n] / np.maximum(pixels[..., -1:], 1e-4)
        return self._image(np.where(opaque[..., None] > 1e-4, straight, pixels[..., n:-1]), opaque, scale, region)

    def _image(self, colours: Pixels, alpha: Pixels | None, scale: float, region: Region) -> Image:
        rgb = self.space.to_working(colours)
        rgb = rgb.copy() if rgb.base is not None or rgb is self.samples else np.ascontiguousarray(rgb)
        return Image(rgb, None if alpha is None else np.ascontiguousarray(alpha), scale, region[:2])

    def _half(self, times: int) -> tuple[Samples, Samples | None]:
        """The photo halved `times` times, kept once made; 8-bit samples become 16-bit ones, so that none is lost, and
        floats become half as long, so that a hundred megapixels of them fit into memory."""
        if times == 0:
            return self.samples, self.alpha
        with self._lock:
            while len(self._halves) < times:
                samples, alpha = self._halves[-1] if self._halves else (self.samples, self.alpha)
                if alpha is None:
                    self._halves.append((_halve(samples), None))
                else:
                    self._halves.append((_halve(samples, alpha), _halve(alpha[..., None])[..., 0]))
            return self._halves[times - 1]


def _halve(samples: Samples, alpha: Samples | None = None) -> Samples:
    """Means of 2 x 2 pixels, (h, w, c) to (ceil(h / 2), ceil(w / 2), c), weighted by alpha where there is one."""
    height, width = samples.shape[:2]
    kind = np.dtype(np.float16 if samples.dtype.kind == "f" else np.uint16)  # 11 or 16 bits are enough to look at
    out = np.empty((ceil(height / 2), ceil(width / 2), samples.shape[2]), kind)
    for top in range(0, height, _STRIP):
        part = _even(samples[top : top + _STRIP])
        rows = np.s_[top // 2 : top // 2 + len(part) // 2]
        if alpha is not None:
            weight = to_float(_even(alpha[top : top + _STRIP][..., None])) + np.float32(1e-4)
            mean = _quads(to_float(part) * weight) / _quads(weight)
            out[rows] = (
                mean.clip(-_MOST_HALF, _MOST_HALF) if kind == np.float16 else (mean * 65535 + 0.5).clip(0, 65535)
            )
        elif part.dtype == np.uint8:
            four = _quads(part.astype(np.uint16))
            out[rows] = (four << 6) + (four >> 2)  # a quarter of it, times 257
        elif part.dtype == np.uint16:
            out[rows] = (_quads(part.astype(np.uint32)) + 2) >> 2
        else:
            mean = _quads(part.astype(np.float32)) * np.float32(0.25)
            out[rows] = mean.clip(-_MOST_HALF, _MOST_HALF)
    return out


def _even(samples: Samples) -> Samples:
    """With the last row and column doubled where their number is odd."""
    height, width = samples.shape[:2]
    if height % 2 or width % 2:
        return np.pad(samples, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return samples


def _quads(samples: Samples) -> Samples:
    """Sums of 2 x 2 pixels."""
    rows = samples[0::2] + samples[1::2]
    return np.asarray(rows[:, 0::2] + rows[:, 1::2])


def _source(samples: Samples, region: Region, ratio: float) -> tuple[Pixels, tuple[float, float, float, float]]:
    """What `region` at `ratio` is made from, with a margin, and where in that it lies (left, top, right, bottom)."""
    height, width = samples.shape[:2]
    left, top = (floor(edge / ratio) - _MARGIN for edge in region[:2])
    right, bottom = (ceil(edge / ratio) + _MARGIN for edge in (region.right, region.bottom))
    inside = samples[max(top, 0) : min(bottom, height), max(left, 0) : min(right, width)]
    missing = ((max(-top, 0), max(bottom - height, 0)), (max(-left, 0), max(right - width, 0)), (0, 0))
    pixels = to_float(inside)
    if any(map(any, missing)):
        pixels = np.pad(pixels, missing, mode="edge")
    x, y = region.x / ratio - left, region.y / ratio - top
    return pixels, (x, y, x + region.width / ratio, y + region.height / ratio)


def _resample(pixels: Pixels, box: tuple[float, float, float, float], region: Region) -> Pixels:
    """`box` of (h, w, c) brought to the size of `region`; the filter sees one output pixel beyond on each side."""
    step_x, step_y = (box[2] - box[0]) / region.width, (box[3] - box[1]) / region.height
    wide = (box[0] - step_x, box[1] - step_y, box[2] + step_x, box[3] + step_y)
    size = (region.width + 2, region.height + 2)
    planes = [
        np.asarray(Pillow.fromarray(plane).resize(size, Pillow.Resampling.HAMMING, box=wide))[1:-1, 1:-1]
        for plane in np.moveaxis(np.ascontiguousarray(np.moveaxis(pixels, 2, 0)), 0, 0)
    ]
    return np.ascontiguousarray(np.stack(planes, axis=2))
