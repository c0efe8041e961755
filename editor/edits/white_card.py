"""White card: makes the paper behind a product even and white, whatever light it lay in, and the product with it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

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
from editor.craft.illumination import Field, paper_light
from editor.craft.parts import places
from editor.craft.strips import each_strip

NO_PAPER = "No white paper was found; nothing is changed."
BRIGHTEST = 0.985  # encoded; paper that is brighter is taken for clipped, and has nothing above it
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
    relation to it. What is brighter than the paper, a glint, comes to lie between the paper and white: nothing is
    clipped that was not."""

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
        product = image.product
        if (alpha := image.own_alpha) is not None:
            product = 1 - alpha if alpha.min() > 0.5 else np.ones_like(alpha)
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
        """Pixels (h, w, 3) as they are where `paper` (h, w, 3), encoded, has become white. Above the paper follows a
        hyperbola that goes on as steep and leads to white; beyond that its tangent."""
        level = np.float32(self.level / 100)
        slope = (level + OFFSET) / (paper + OFFSET)
        out = lit(np.minimum(rgb, paper), slope)
        room = 1 - paper
        bend = slope / (1 - level) - 1 / room
        above = np.maximum(rgb - paper, 0)
        inside = np.minimum(above, room)
        if (beyond := above > room).any():
            out[beyond] += ((above - room) * (1 - level) ** 2 / (slope * room**2))[beyond]
        slope *= inside
        bend *= inside
        bend += 1
        slope /= bend
        out += slope
        return out
