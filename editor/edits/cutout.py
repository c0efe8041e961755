"""Cutout: the product without what stands around it, found by a network and put right by hand."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.brush import coverage, marked
from editor.core.drawn import WHOLE, Box, Place, Stroke, points, rectangle, strokes
from editor.core.edit import ENHANCED, Edit, Facts, Look, Stage
from editor.core.image import Image, Pixels, in_gamut
from editor.core.job import Job
from editor.core.model import Models, named
from editor.core.params import choice, network, slider
from editor.core.warp import Size, Warp
from editor.craft import matting, parts
from editor.craft.field import spread
from editor.craft.umbra import shade

Bytes = NDArray[np.uint8]
Halves = NDArray[np.float16]
ADD, REMOVE, UNSURE = "Add", "Remove", "Unsure"
SIDE = 640  # pixels on the longer side at which edges are worked out; the network sees no more either
ROOM = 0.08  # of the box: so much around it the network is shown as well
LEAST = 0.0005  # of the picture: less is not a product
MOST = 0.97  # of the picture: more is everything
DOUBT = 0.2  # what a network gives less is not product, and what it leaves less is all of it
CLEAR = 0.02  # share of a pixel that nobody sees
RUBY = np.array([0.86, 0.08, 0.16], np.float32)  # of a masking film over what is left out
NOTHING = "No product was found; nothing is cut out."
EVERYTHING = "The matte covers everything; nothing is cut away."
EDGE = "The product touches the edge of the picture."


@dataclass(frozen=True, eq=False)
class Matte(Facts):
    """Where the product is in a picture of `size`, as maps of all of it: see `editor.craft.matting.Model`."""

    size: Size
    found: bool
    given: bool  # by the photo itself, which has it at full size
    matte: Bytes
    free: Bytes
    slope: Halves
    offset: Halves
    product: Bytes
    behind: Bytes
    shade: Bytes
    note: str = ""

    def __str__(self) -> str:
        return ""

    @property
    def nbytes(self) -> int:
        return sum(value.nbytes for value in vars(self).values() if isinstance(value, np.ndarray))


class Cutout(Edit):
    """The matte comes from the photo, where it has one (its alpha, or one that was opened with it), else from a network
    that sees what is in the box. Then parts are kept and dropped, its edge is worked out from the photo's colours, and
    what was painted counts last."""

    id = "cutout"
    title = "Cut Out"
    stage = Stage.CUTOUT
    brings_colour = False
    digital_source = ENHANCED
    notes = (NOTHING, EVERYTHING, EDGE)

    source: str = choice("Matte from", "automatic", "network")
    network: str = network("Network", task="cutout")
    box: Box = rectangle("Box around the product")
    keep: tuple[Place, ...] = points("Keep parts", (), fewest=0, sign="+")
    drop: tuple[Place, ...] = points("Drop parts", (), fewest=0, sign="-")
    corrections: tuple[Stroke, ...] = strokes("Corrections", marks=(ADD, REMOVE, UNSURE))
    fringe: float = slider(1.0, "Clean fringe", 0, 1)
    shift: float = slider(0.0, "Shift edge", -20, 20, "px", soft=(-5, 5), digits=1)
    feather: float = slider(0.0, "Feather", 0, 50, "px", soft=(0, 10), digits=1)
    view: str = ""  # no parameter: "overlay" shows the photo with what is left out in red, "matte" only knows the matte

    def transparent(self, before: bool) -> bool:
        return not self.view or before

    def staged(self, param: str) -> Edit:
        return self.overlaid() if param in ("box", "keep", "drop", "corrections") else self

    def overlaid(self) -> Edit:
        return replace(self, view="overlay")

    def before(self) -> Edit | None:
        return replace(self, view="matte")

    def reach(self, scale: float) -> int:
        return ceil(abs(self.shift) * scale) + ceil(3 * self.feather * scale) + (2 if self.shift or self.feather else 0)

    def question(self) -> Hashable | None:
        return self.source, self.network, self.box, self.keep, self.drop

    def study(self, look: Look, models: Models, job: Job) -> Matte:
        """The rough matte, with the parts that were clicked; the models of its edge; the product's own shadow. Not what
        is painted: that is put on as it is."""
        image, size = look.small, look.size
        warp = image.warp or Warp.none(size)
        rough = self._given(image)
        given = rough is not None
        if rough is None:
            rough = self._found(image, warp, models, job)
        factor = min(1.0, SIDE / max(image.size))
        fitted = max(1, round(image.size[0] * factor)), max(1, round(image.size[1] * factor))
        rgb = np.asarray(cv2.resize(in_gamut(image.rgb), fitted, interpolation=cv2.INTER_AREA), np.float32)
        rough = np.asarray(cv2.resize(rough, fitted, interpolation=cv2.INTER_AREA), np.float32)
        if not given:
            rough = parts.without_specks(rough)
        for place in parts.places(self.keep, warp, fitted):
            rough = parts.kept(rgb, rough, place)
        for place in parts.places(self.drop, warp, fitted):
            rough = parts.dropped(rgb, rough, place)
        job.progress(0.8)
        model = matting.model(rgb, rough)
        best = rough if given else model.share(rgb)
        return Matte(
            size=size, found=bool((best > 0.5).mean() >= LEAST), given=given and not (self.keep or self.drop),
            matte=_bytes(rough), free=_bytes(model.free), slope=_halves(model.slope), offset=_halves(model.offset),
            product=_bytes(model.product), behind=_bytes(model.behind), shade=_bytes(shade(rgb, best)),
            note=_note(best),
        )  # fmt: skip

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        assert isinstance(facts, Matte)
        added = coverage(marked(self.corrections, ADD), image, job.part(0, 4))
        if not facts.found and not any(s.mark == ADD for s in self.corrections):
            return image
        real = self._share(image, facts, job.part(1, 4))
        if not facts.given:
            real = ((real - CLEAR) / (1 - 2 * CLEAR)).clip(0, 1)
        removed = coverage(marked(self.corrections, REMOVE), image, job)
        share = real if removed is None else real * (1 - removed)
        share = share if added is None else np.maximum(share, added)
        shifted = _shifted(share, self.shift * image.scale)
        real = np.maximum(real, shifted)  # what is done by hand mixes no background into the product
        share = np.ascontiguousarray(_feathered(shifted, self.feather * image.scale), np.float32)
        job.progress(0.75)
        if self.view == "overlay":
            veil = 0.6 * (1 - share[..., None])
            return replace(image, rgb=np.asarray(image.rgb + veil * (RUBY - image.rgb), np.float32), matte=share)
        thrown = spread(facts.shade, facts.size, image) * (1 - share)
        if self.view:
            return replace(image, matte=share, shade=thrown)
        alpha = share if image.alpha is None or facts.given else share * image.alpha
        job.progress(1)
        return replace(image, rgb=self._clean(image, share, real, facts), alpha=alpha, matte=share, shade=thrown)

    def _given(self, image: Image) -> Pixels | None:
        """The matte (h, w) that the photo brings along, if it is to count."""
        own = image.product if self.source == "automatic" else None
        return own if own is not None and (own is image.matte or own.min() < 0.99) else None

    def _found(self, image: Image, warp: Warp, models: Models, job: Job) -> Pixels:
        """What the network makes of the box and a little around it, (h, w); nothing outside."""
        rgb = in_gamut(image.rgb)
        if image.alpha is not None:
            rgb = in_gamut(image.on_white())
        net = models[named("cutout", self.network)]
        if self.box == WHOLE:
            return _decided(net.run(rgb, job)[..., 0])
        inside = parts.inside(self.box, warp, image.size)
        rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
        rough = np.zeros_like(inside)
        if len(rows) and len(columns):
            room = [floor(ROOM * len(side)) for side in (rows, columns)]
            window = np.s_[max(0, rows[0] - room[0]) : rows[-1] + 1 + room[0],
                           max(0, columns[0] - room[1]) : columns[-1] + 1 + room[1]]  # fmt: skip
            rough[window] = _decided(net.run(np.ascontiguousarray(rgb[window]), job)[..., 0])
        return rough * inside

    def _share(self, image: Image, facts: Matte, job: Job) -> Pixels:
        """How much of every pixel is product, by what was found out and the colours."""
        own = image.product if facts.given else None
        matte = spread(facts.matte, facts.size, image) if own is None else own
        free = np.zeros_like(matte) if facts.given else spread(facts.free, facts.size, image)
        unsure = coverage(marked(self.corrections, UNSURE), image, job)
        if unsure is not None:
            free = np.maximum(free, unsure)
        if free.any():
            offset = spread(facts.offset, facts.size, image)
            slope = spread(facts.slope, facts.size, image)
            told = (np.einsum("hwc,hwc->hw", slope, in_gamut(image.rgb)) + offset).clip(0, 1)
            matte = matte + free * (told - matte)
        return np.asarray(matte, np.float32)

    def _clean(self, image: Image, share: Pixels, real: Pixels, facts: Matte) -> Pixels:
        """The colours (h, w, 3) without the old background's, where a pixel that is seen is really only partly product.

        Where the picture is half transparent already they are the product's alone: alpha is straight.
        """
        mixed = (share > 0) & (real < 1)
        if image.alpha is not None:
            mixed &= (image.alpha <= 0) | (image.alpha >= 1)
        if not self.fringe or not mixed.any():
            return image.rgb
        product, behind = (spread(maps, facts.size, image) for maps in (facts.product, facts.behind))
        own = matting.cleaned(image.rgb, real, product, behind)
        part = np.float32(self.fringe) * mixed[..., None]
        return np.asarray(image.rgb + part * (own - image.rgb), np.float32)


def _decided(answer: Pixels) -> Pixels:
    """A network's answer (h, w), nearly sure taken for sure: a clean mistake is seen and corrected, a haze is not."""
    whole = parts.without_dents(np.ascontiguousarray(answer, np.float32))
    return np.ascontiguousarray(((whole - DOUBT) / (1 - 2 * DOUBT)).clip(0, 1), np.float32)


def _note(matte: Pixels) -> str:
    solid = matte > 0.5
    if solid.mean() < LEAST:
        return NOTHING
    if solid.mean() > MOST:
        return EVERYTHING
    rim = np.concatenate([solid[0], solid[-1], solid[:, 0], solid[:, -1]])
    return EDGE if rim.mean() > 0.003 else ""


def _bytes(maps: Pixels) -> Bytes:
    return (maps.clip(0, 1) * 255 + 0.5).astype(np.uint8)


def _halves(maps: Pixels) -> Halves:
    return maps.clip(-6e4, 6e4).astype(np.float16)


def _shifted(share: Pixels, pixels: float) -> Pixels:
    """The matte with its edge further out by some pixels, or further in (less than 0)."""
    if not pixels:
        return share
    turn = cv2.dilate if pixels > 0 else cv2.erode
    less, more = floor(abs(pixels)), ceil(abs(pixels))
    near, far = (turn(share, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * r + 1, 2 * r + 1))) if r else share
                 for r in (less, more))  # fmt: skip
    return np.asarray(near + np.float32(abs(pixels) - less) * (far - near), np.float32)


def _feathered(share: Pixels, pixels: float) -> Pixels:
    if not pixels:
        return share
    side = 2 * ceil(3 * pixels) + 1
    return np.asarray(cv2.GaussianBlur(share, (side, side), pixels, borderType=cv2.BORDER_REPLICATE), np.float32)
