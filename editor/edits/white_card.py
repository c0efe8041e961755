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
from editor.craft.gain import OFFSET, lit
from editor.craft.illumination import Field, grain_of, paper_light
from editor.craft.parts import places
from editor.craft.strips import each_strip
from editor.craft.whereabouts import VEIL, product_in

NO_PAPER = "No white paper was found; nothing is changed. Click it with This is paper."
BRIGHTEST = 0.985  # encoded; paper that is brighter is taken for clipped, and has nothing above it
CLIPPING = 0.96  # encoded: from here on a channel may be clipped
GRAINS = 10.0  # times the grain that channels must be apart for a colour of which the hue is sure
SHOULDER = 0.3  # of the way from the paper to white: how soon what is brighter is pressed together
DARKEST = 0.15  # encoded: paper is not lifted from further down, five and a half stops below white


@dataclass(frozen=True, eq=False)
class Card(Facts):
    """What paper looks like all over a picture of `size`, and the standard deviation of its grain at 1:1, encoded."""

    size: tuple[int, int]
    paper: Field | None = field(repr=False)
    grain: float = 0.0
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
        if (alpha := image.own_alpha) is not None:
            clicked = [place for place in clicked if alpha[place[::-1]] > VEIL]
            if alpha.min() > VEIL:
                product = 1 - alpha if product is None else np.maximum(1 - alpha, cv2.resize(product, image.size))
            else:  # all that is seen is product: it is paper only where someone says so
                product = 1 - alpha if clicked else np.ones_like(alpha)
        found = paper_light(image.seen, product, [((x + 0.5) / width, (y + 0.5) / height) for x, y in clicked])
        if found is None:
            return Card(look.size, None, note=NO_PAPER)
        grains = (grain_of(patch.seen) for patch in look.patches)
        return Card(look.size, found, min((grain for grain in grains if grain > 0), default=0.0))

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
            white = self._white(rgb, paper(rows).clip(DARKEST, BRIGHTEST), facts.grain)
            out[rows] = white if part == 1 else rgb + part * (white - rgb)

        each_strip(work, image.size)
        job.progress(1)
        return image.with_rgb(out)

    def _white(self, rgb: Pixels, paper: Pixels, grain: float) -> Pixels:
        """Pixels (h, w, 3) as they are where `paper` (h, w, 3), encoded, has become white.

        What is brighter than the paper is pressed together below white by its brightest channel. The other channels
        keep their relation to it, so that pale things keep their hue. What the camera has nearly clipped has lost it,
        and what is coloured no more than by `grain` never had one: there each channel goes its own way, so that white
        stays white, and as light with its grain as where that has averaged out in a smaller picture.
        """
        level = np.float32(self.level / 100)
        slope = (level + OFFSET) / (paper + OFFSET)
        out = lit(rgb, slope)
        over = _most(out) > level
        if not over.any():
            return out
        made, top = out[over], slope[over] * (1 + OFFSET) - OFFSET
        brightest = made.max(1, keepdims=True)
        hue = made * (_pressed(brightest, top.max(1, keepdims=True), level) / brightest)
        near = ((rgb[over].max(1, keepdims=True) - CLIPPING) / (1 - np.float32(CLIPPING))).clip(0, 1)
        apart = (brightest - made.min(1, keepdims=True)) / np.float32(GRAINS * max(grain, 1e-6))
        sure = _eased(apart.clip(0, 1)) * (1 - _eased(near))
        own = _pressed(made, top, level)
        out[over] = own + sure * (hue - own)
        return out


def _eased(share: Pixels) -> Pixels:
    """0..1 with a soft beginning and end."""
    return np.asarray(share * share * (3 - 2 * share), np.float32)


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
