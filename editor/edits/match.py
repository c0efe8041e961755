"""Match: gives a photo the colour and the light of another one of the same set."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import cv2
import numpy as np

from editor.core.edit import Edit, Facts, Look, Stage
from editor.core.formats import PhotoError
from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import choice, picture, slider, toggle
from editor.craft.gain import OFFSET, POWER, lit
from editor.craft.illumination import paper_mask
from editor.craft.statistics import ALIKE, Shift, as_light, bend_between, quantiles_of, shift_between
from editor.craft.strips import in_strips
from editor.craft.whereabouts import product_in, smaller

PRODUCT, BACKGROUND, EVERYTHING = "product", "background", "everything"
UNCHOSEN = "No photo was chosen to match."
UNREAD = "The photo to match cannot be read; nothing is changed."
STRANGE = "The two photos have too little in common to be compared; nothing is changed."
UNFOUND = "No product was found in both photos; all of them is compared."
LONGEST = 640  # pixels on the longer side that is compared
NEAR, SAME = 0.35, 0.12  # how far paper and product may disagree, of logarithms of light: exposure, and colour
MOST = 1.75  # of the logarithm of light: 2.5 EV
LONE = 1.04  # 1.5 EV, where there is no paper to tell a dark thing from little light
KNEE = 0.96  # encoded: what comes to lie above it is pressed together below white


@dataclass(frozen=True)
class Likeness(Facts):
    """What would make the photo like the other: logarithms of a gain for all channels and of one for each, and a tone
    curve, as in `bend_between`."""

    exposure: float = 0.0
    cast: tuple[float, float, float] = (0.0, 0.0, 0.0)
    bend: tuple[float, float] = (0.0, 0.0)
    note: str = ""

    def __str__(self) -> str:
        return ""


class Match(Edit):
    """Von Kries' gains in linear light, and a tone curve where both photos show the same thing.

    What is alike in the photos of a set is the paper: where both have some, it says what is light and what is product,
    so that a red shoe stays as red beside a blue one. The product counts for itself as far as that agrees. Without
    paper a cast is taken for light only as far as light can have it.
    """

    id = "match"
    title = "Match"
    stage = Stage.TONE
    order = -10
    notes = (UNCHOSEN, UNREAD, STRANGE, UNFOUND)

    reference: str = picture("Photo to match", example=True)
    compared: str = choice("Compare", PRODUCT, BACKGROUND, EVERYTHING)
    strength: float = slider(100.0, "Strength", 0, 100, "%", digits=0)
    light: bool = toggle(True, "Light")
    colour: bool = toggle(True, "Colour")

    def question(self) -> Hashable:
        return self.reference, self.compared

    def study(self, look: Look, models: Models, job: Job) -> Likeness:
        job.progress(0)
        if not self.reference:
            return Likeness(note=UNCHOSEN)
        try:
            reference = look.example(self.reference)
        except (PhotoError, LookupError):
            return Likeness(note=UNREAD)
        both, note = (look.small, reference), ""
        mattes: list[Pixels | None] = [None, None]
        if self.compared != EVERYTHING:
            mattes = [product_in(image, models, job.part(i, 3)) for i, image in enumerate(both)]
            if mattes[0] is None or mattes[1] is None:
                mattes, note = [None, None], UNFOUND
        job.progress(0.7)
        here, there = (_Part.of(smaller(i.on_white(), LONGEST), m) for i, m in zip(both, mattes, strict=True))
        return _likeness(here, there, self.compared if not note else EVERYTHING, note)

    def colours(self, rgb: Pixels, facts: Facts | None) -> Pixels:
        if not isinstance(facts, Likeness) or not self.strength:
            return rgb
        gains = np.array(facts.cast) * self.colour + facts.exposure * self.light
        bend = facts.bend if self.light else (0.0, 0.0)
        if not np.abs(gains).max() > 1e-6 and bend == (0.0, 0.0):
            return rgb
        slope = np.tile(np.exp(gains / POWER).astype(np.float32), (1, rgb.shape[1], 1))
        part = np.float32(self.strength / 100)

        def matched(strip: Pixels) -> Pixels:
            made = _bent(_brought(strip, slope), bend)
            return made if part == 1 else np.asarray(strip + part * (made - strip), np.float32)

        return in_strips(matched, rgb)


@dataclass(frozen=True, eq=False)
class _Part:
    """A photo to compare, small: its colours (h, w, 3), where the product is (h, w), and where paper."""

    rgb: Pixels
    matte: Pixels | None
    paper: Pixels | None

    @staticmethod
    def of(rgb: Pixels, matte: Pixels | None) -> _Part:
        if matte is not None:
            matte = np.asarray(cv2.resize(matte, rgb.shape[1::-1], interpolation=cv2.INTER_AREA), np.float32)
        return _Part(rgb, matte, paper_mask(rgb, matte))


def _likeness(here: _Part, there: _Part, compared: str, note: str) -> Likeness:
    paper = _shift(here, here.paper, there, there.paper) if here.paper is not None and there.paper is not None else None
    behind = paper or _shift(here, _outside(here.matte), there, _outside(there.matte))
    if compared == BACKGROUND:
        own = behind
    else:
        inside = compared == PRODUCT
        own = _shift(here, *((_inside(here.matte), there, _inside(there.matte)) if inside else (None, there, None)))
        if (paper or inside) and own and behind and (_apart(own, behind) or own.off > ALIKE):
            own = None  # another product: what differs is not the light
    sure = behind is not None and (behind is paper or _is_light(behind))
    found = own or (behind if sure else None)
    if found is None:
        return Likeness(note=note or STRANGE)
    cast, trust = as_light((paper or found).cast)
    most = MOST if paper else LONE
    exposure = min(max(found.exposure * trust, -most), most)
    same = own is not None and own is not paper and own.off <= ALIKE and exposure == found.exposure
    return Likeness(
        exposure, cast, bend_between(found.pairs) if same else (0.0, 0.0), note or ("" if trust else STRANGE)
    )


def _is_light(shift: Shift) -> bool:
    """Whether two grounds that nobody knows can be the same in other light."""
    return shift.off <= ALIKE and as_light(shift.cast)[1] == 1


def _shift(here: _Part, mask: Pixels | None, there: _Part, other: Pixels | None) -> Shift | None:
    first, second = quantiles_of(here.rgb, mask), quantiles_of(there.rgb, other)
    return None if first is None or second is None else shift_between(first, second)


def _apart(own: Shift, paper: Shift) -> bool:
    colour = np.abs(np.array(own.cast) - np.array(paper.cast)).max()
    return bool(abs(own.exposure - paper.exposure) > NEAR or colour > SAME)


def _inside(matte: Pixels | None) -> Pixels | None:
    """What is surely product."""
    return None if matte is None else np.asarray(cv2.erode(matte, np.ones((5, 5), np.uint8)) > 0.9, np.float32)


def _outside(matte: Pixels | None) -> Pixels | None:
    return None if matte is None else np.asarray(cv2.dilate(matte, np.ones((7, 7), np.uint8)) < 0.1, np.float32)


def _brought(rgb: Pixels, slope: Pixels) -> Pixels:
    """Pixels (h, w, 3) in other light. In more of it what would be clipped lies between KNEE and white, along a
    hyperbola that goes on as steep as before, and what was white stays white; beyond that follows its tangent. In less
    of it white gets darker with all the rest."""
    bright = slope > 1
    if not bright.any():
        return lit(rgb, slope)
    knee = np.where(bright, (np.float32(KNEE) + OFFSET) / slope - OFFSET, np.float32(np.inf))
    if float((rgb - knee).max()) <= 0:
        return lit(rgb, slope)
    out = lit(np.minimum(rgb, knee), slope)
    room = np.where(bright, 1 - knee, np.float32(1))
    above = np.maximum(rgb - knee, 0)
    inside = np.minimum(above, room)
    bend = slope / np.float32(1 - KNEE) - 1 / room
    out += slope * inside / (1 + bend * inside)
    out += (above - inside) * (np.float32((1 - KNEE) ** 2) / (slope * room**2))
    return np.asarray(out, np.float32)


def _bent(rgb: Pixels, bend: tuple[float, float]) -> Pixels:
    """Through a tone curve, which leaves what lies outside 0..1 as it is."""
    if bend == (0.0, 0.0):
        return rgb
    inside = rgb.clip(0, 1)
    rgb += inside * (1 - inside) * (np.float32(bend[0]) + np.float32(bend[1]) * inside)
    return rgb
