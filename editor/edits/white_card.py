"""White card: makes the paper behind a product even and white, whatever light it lay in, and the product with it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import cv2
import numpy as np

from editor.core.drawn import Place, points
from editor.core.edit import Edit, Facts, Look, Stage
from editor.core.geometry import scaled
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import slider
from editor.core.warp import Warp
from editor.craft.gain import OFFSET, lit, threefold
from editor.craft.illumination import Field, paper_light
from editor.craft.parts import places
from editor.craft.strips import each_strip
from editor.craft.whereabouts import product_in

NO_PAPER = "No white paper was found; nothing is changed. Click it with This is paper."
BRIGHTEST = 0.985  # encoded; paper that is brighter is taken for clipped, and has nothing above it
CLIPPING = 0.96  # encoded: from here on a channel may be clipped
SHOULDER = 0.3  # of the way from the paper to white: how soon what is brighter is pressed together
DARKEST = 0.15  # encoded: paper is not lifted from further down, five and a half stops below white


@dataclass(frozen=True, eq=False)
class Card(Facts):
    """What paper looks like all over a picture of `size`."""

    size: tuple[int, int]
    paper: Field | None = field(repr=False)
    note: str = ""

    def __str__(self) -> str:
        return ""

    @property
    def nbytes(self) -> int:
        return self.paper.nbytes if self.paper else 0


class WhiteCard(Edit):
    """The photo is divided by the light that falls on the paper, in linear light, so that the product keeps its
    relation to it. What is brighter than the paper, a glint, comes to lie between the paper and white, in its own hue:
    nothing is clipped that was not."""

    id = "white_card"
    title = "White Card"
    stage = Stage.TONE
    order = -30
    brings_colour = False
    notes = (NO_PAPER,)

    strength: float = slider(100.0, "Strength", 0, 100, "%", digits=0)
    level: float = slider(97.0, "Paper", 90, 99, "%", digits=1)
    paper: tuple[Place, ...] = points("This is paper", (), fewest=0)

    def question(self) -> Hashable:
        return self.paper

    def study(self, look: Look, models: Models, job: Job) -> Card:
        """The light on the paper; None where there is none. What a photo brings along transparent is not seen."""
        job.progress(0)
        image = look.small
        width, height = image.size
        clicked = places(self.paper, image.warp or Warp.none(look.size), image.size)
        product = product_in(image, models, job)
        if (alpha := image.own_alpha) is not None and alpha.min() < 1:
            seen = np.zeros_like(alpha) if product is None else product
            product = np.maximum(1 - alpha, seen) if alpha.min() > 0.5 else np.ones_like(alpha)
        found = paper_light(image.rgb, product, [((x + 0.5) / width, (y + 0.5) / height) for x, y in clicked])
        return Card(look.size, found, "" if found else NO_PAPER)

    def changes_nothing(self, facts: Facts | None) -> bool:
        return not self.strength or not isinstance(facts, Card) or facts.paper is None

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if not isinstance(facts, Card) or facts.paper is None or self.changes_nothing(facts):
            return image
        out, whole, part = np.empty_like(image.rgb), scaled(facts.size, image.scale), np.float32(self.strength / 100)
        paper = facts.paper.under(image.region, whole)

        def work(rows: slice) -> None:
            rgb = image.rgb[rows]
            white = self._white(rgb, paper(rows).clip(DARKEST, BRIGHTEST))
            out[rows] = white if part == 1 else rgb + part * (white - rgb)

        each_strip(work, image.size)
        job.progress(1)
        return image.with_rgb(out)

    def _white(self, rgb: Pixels, paper: Pixels) -> Pixels:
        """Pixels (h, w, 3) as they are where `paper` (h, w, 3), encoded, has become white.

        What is brighter than the paper is pressed together below white by its brightest channel. The other channels
        keep their relation to it, so that pale things keep their hue. What the camera has nearly clipped has lost it:
        there each channel goes its own way, and white stays white.
        """
        level = np.float32(self.level / 100)
        slope = (level + OFFSET) / (paper + OFFSET)
        out = lit(rgb, slope)
        brightest = _most(out)
        if not (over := brightest > level).any():
            return out
        most = _pressed(brightest, _most(slope) * (1 + OFFSET) - OFFSET, level)
        hue = out * threefold(np.where(over, most / np.maximum(brightest, level), np.float32(1)))
        lost = (_most(rgb) > CLIPPING) & over
        if lost.any():
            near = ((_most(rgb)[lost] - CLIPPING) / (1 - np.float32(CLIPPING))).clip(0, 1)[:, None]
            apart = _pressed(out[lost], slope[lost] * (1 + OFFSET) - OFFSET, level)
            hue[lost] += near * near * (3 - 2 * near) * (apart - hue[lost])
        return np.asarray(hue, np.float32)


def _most(planes: Pixels) -> Pixels:
    """The largest (h, w) of three channels (h, w, 3)."""
    red, green, blue = cv2.split(planes)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.float32)


def _pressed(values: Pixels, top: Pixels, level: np.float32) -> Pixels:
    """Encoded values with what lies between `level` and `top`, where white has come, pressed together below white: as
    steep as before at first, soon along a straight line that leads there and goes on beyond, so that detail stays."""
    room, left = top - level, 1 - level
    above = np.maximum(values - level, 0)
    bend = np.float32(SHOULDER) * np.minimum(left, room)
    straight = (left - bend) / (room - bend)
    made = straight * above + (1 - straight) * bend * (1 - np.exp(-above / bend))
    return np.asarray(np.minimum(values, level) + made, np.float32)
