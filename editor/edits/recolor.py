"""Recolor: a part of the product in another colour, with its folds, highlights, texture and print as they were."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import cv2
import numpy as np

from editor.core.brush import coverage, marked
from editor.core.colourtext import rgb_of, within_srgb
from editor.core.drawn import Place, Stroke, points, strokes
from editor.core.edit import ENHANCED, Edit, Facts, Look, Reading, Stage
from editor.core.image import Image, Pixels, in_gamut
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import choice, colour, slider, toggle
from editor.core.warp import Warp
from editor.craft import likeness, parts
from editor.craft.asking import grain, told
from editor.craft.bared import Bared, bared
from editor.craft.difference import ciede2000, lab_of
from editor.craft.dye import Dye, lab_of_colour, recoloured
from editor.craft.latest import Latest
from editor.craft.oklab import light_from, light_of, oklab_of, oklab_of_light
from editor.craft.part import Part, agreed, mirrored, part_of, shine_by_colour
from editor.craft.spill import Bytes, respilled, spill_of

NETWORK, OKLAB = "network", "OKLab"
PART, PROTECT = "Part", "Protect"
CLOSE = (0.12, 0.45)  # likeness from which a pixel is part without a network's word, and at which it is all part
UNFOUND = "Cut Out has to find the product first; until then the colour is looked for in all of the picture."
EMPTY = "Nothing of the picture is in the part."
GREY = "The part is neutral itself; neutral parts are not protected."
OUTSIDE = "The target lies outside sRGB; a file in sRGB gets the nearest colour that it holds."
DIFFERENCE = "ΔE2000 to target: {:.1f}"


@dataclass(frozen=True, eq=False)
class Split(Facts):
    """The part, and the map of its tint on the ground around; see `craft.part` and `craft.spill`."""

    part: Part
    spill: Bytes | None
    note: str = ""
    latest: Latest[Bared] = field(default_factory=Latest)

    def __str__(self) -> str:
        return ""

    @property
    def nbytes(self) -> int:
        return self.part.nbytes + self.latest.nbytes + (0 if self.spill is None else self.spill.nbytes)


class Recolor(Edit):
    """The part is what has the product's main colour, or the one that was clicked. It is split once into how much of it
    each pixel shows, its own colour, and light that was mirrored; then any target is only arithmetic.

    A network tells what is part and how it is painted; "OKLab" goes without, by likeness of colours and by ratios of
    lightness. Until there is a target nothing is changed.
    """

    id = "recolor"
    title = "Recolor"
    stage = Stage.DESIGN
    digital_source = ENHANCED
    notes = (UNFOUND, EMPTY, GREY)
    readings = (DIFFERENCE, OUTSIDE)

    target: str | None = colour(None, "Target", optional=True, wide=True)
    places: tuple[Place, ...] = points("Pick the part", (), fewest=0)
    range: float = slider(100.0, "Colour range", 25, 400, "%", digits=0)
    limits: tuple[Stroke, ...] = strokes("Limits", marks=(PART, PROTECT))
    neutral: bool = toggle(False, "Protect neutral parts")
    skin: bool = toggle(True, "Protect skin")
    strength: float = slider(100.0, "Strength", 0, 100, "%", digits=0)
    finish: float = slider(0.0, "Finish", -100, 100, digits=0)
    spill: bool = toggle(False, "Spill on the floor")
    method: str = choice("Method", NETWORK, OKLAB)

    def question(self) -> Hashable | None:
        if self.target is None:
            return None
        return self.places, self.range, self.neutral, self.skin, self.method

    def study(self, look: Look, models: Models, job: Job) -> Split:
        job.progress(0)
        image = look.small
        seen, matte = in_gamut(image.seen), image.product
        share = np.ones(seen.shape[:2], np.float32) if matte is None else matte
        lab = oklab_of(seen)
        bases = self._bases(image, lab, share)
        like = share * np.max([likeness.like(lab, base, self.range / 100) for base in bases], axis=0)
        job.progress(0.2)
        if self.method == NETWORK:
            cover, shine, painter = told(seen, share, like, models["recolor"], job.part(1, 4))
            cover = agreed(cover, shine, seen, bases, self.range / 100)
            coarse = grain(share)
        else:
            cover, shine, painter, coarse = *_by_colour(seen, lab, share, bases, self.range / 100), None, 1.0
        job.progress(0.8)
        cover = self._protected(cover, lab, seen, shine, share, bases[0])
        part = part_of(seen, matte, cover, shine, bases[0], look.size, painter, coarse)
        spill = None if matte is None else spill_of(lab, matte, cover * matte, part.base)
        job.progress(1)
        return Split(part, spill, self._note(part, matte, bases[0]))

    def changes_nothing(self, facts: Facts | None) -> bool:
        return self.target is None or not self.strength

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if self.changes_nothing(facts):
            return image
        assert isinstance(facts, Split)
        dye = self._dye(facts)

        def bare() -> Bared:
            added = coverage(marked(self.limits, PART), image, job.part(0, 4))
            kept = coverage(marked(self.limits, PROTECT), image, job.part(1, 4))
            return bared(image, facts.part, added, kept)

        there = facts.latest.of(image, self.limits, bare)
        job.progress(0.5)
        rgb = recoloured(image, dye, self.strength / 100, there)
        if self.spill and facts.spill is not None:
            part = facts.part
            rgb = respilled(rgb, image, facts.spill, part.size, part.base, dye.target, self.strength / 100)
        job.progress(1)
        return image if rgb is image.rgb else image.with_rgb(rgb)

    def reading(self, facts: Facts | None) -> tuple[Reading, ...]:
        """CIEDE2000 between the target and the median of the part's well-lit pixels as they are written."""
        if self.target is None or not isinstance(facts, Split):
            return ()
        said = []
        if facts.part.found:
            wanted = lab_of(np.array([[rgb_of(self.target)]], np.float32))[0, 0]
            apart = ciede2000(wanted, self._dye(facts).seen(self.strength / 100))
            said.append(Reading(DIFFERENCE, (float(apart),)))
        return (*said, Reading(OUTSIDE, warns=True)) if not within_srgb(self.target) else tuple(said)

    def _dye(self, facts: Split) -> Dye:
        assert self.target is not None
        return Dye(facts.part, lab_of_colour(rgb_of(self.target)), self.finish / 100)

    def _bases(self, image: Image, lab: Pixels, share: Pixels) -> list[Pixels]:
        """The colours (3,) that are looked for: those that were clicked, else the product's main one."""
        warp = image.warp or Warp.none((image.size[0], image.size[1]))
        clicked = [likeness.colour_at(lab, at) for at in parts.places(self.places, warp, image.size)]
        main = None if clicked else likeness.main_colour(lab, share)
        return clicked or [np.median(lab, axis=(0, 1)) if main is None else main]

    def _protected(
        self, cover: Pixels, lab: Pixels, seen: Pixels, shine: Pixels, share: Pixels, base: Pixels
    ) -> Pixels:  # fmt: skip
        """Cover (h, w) without what is to be left alone."""
        light = light_of(seen)
        dull = oklab_of_light(light - mirrored(shine, light)[..., None])
        if self.skin:
            bare = likeness.worn_by(lab, dull, base)
            cover = cover * (1 - bare)
            if not self.places:
                cover = cover * (1 - likeness.worn_beside(cover, bare * share))
        if self.neutral and not likeness.colourless(base):
            grey = likeness.neutral(dull, base)
            cover = cover * (1 - cv2.GaussianBlur(grey, (0, 0), 1.0))
        return np.asarray(cover, np.float32)

    def _note(self, part: Part, matte: Pixels | None, base: Pixels) -> str:
        if not part.found:
            return EMPTY
        if matte is None:
            return UNFOUND
        return GREY if self.neutral and likeness.colourless(base) else ""


def _by_colour(
    seen: Pixels, lab: Pixels, share: Pixels, bases: list[Pixels], breadth: float
) -> tuple[Pixels, Pixels]:  # fmt: skip
    """Cover and mirrored light (h, w) by likeness of colours alone."""
    light = light_of(seen)
    shine = share * shine_by_colour(light, light_from(bases[0]))
    seen_as = [lab]
    if not likeness.colourless(bases[0]):  # else a print would be taken for a highlight
        seen_as.append(oklab_of_light(light - mirrored(shine, light)[..., None]))
    alike = np.max([likeness.like(each, base, breadth) for base in bases for each in seen_as], axis=0)
    return likeness.decided(alike, *CLOSE), shine
