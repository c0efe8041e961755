"""Latent: what the product could look like, by sliders over the numbers that a network has for products."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import cv2
import numpy as np

from editor.core.codes import HARD, SOFT
from editor.core.edit import COMPOSITE, Edit, Explored, Facts, Look, Reading, Stage
from editor.core.formats import PhotoError
from editor.core.image import Image, Pixels, in_gamut
from editor.core.job import Job
from editor.core.memory import Memory
from editor.core.model import Model, Models
from editor.core.params import choice, picture, slider
from editor.craft.carry import Lifted, behind, carried, designed, lifted
from editor.craft.change import Change
from editor.craft.crop import Crop, crop_of, cropped, over_white, straight, unlikeness
from editor.craft.latest import Latest
from editor.craft.steering import HUE, Coded, Ways, has_hue
from editor.craft.whereabouts import product_in

CARRY, DESIGN = "carry the change", "show the design"
NONE = "none"
CATEGORIES = ("trousers", "watch", "sunglasses")  # to which the published network finds the way
NAMED = ("colourfulness", HUE)  # what it changes by so much more than all else that it has a name
DIRECTIONS = tuple(f"direction_{n}" for n in range(1, 13))
UNFOUND = "Cut Out has to find the product first; until then nothing is changed."
UNREAD = "The picture to blend with cannot be read; it is left out."
ALONE = "No product was found in the picture to blend with; it is left out."
FAR = "Far from what this model knows: expect little (distance {:.2f} of {:.2f}, difference {:.2f} of {:.2f})"
GREY = "The product is grey; it has no hue to be turned."
UNKNOWN = "Some of these sliders are unknown to the installed network; they change nothing."
MOST = 384  # photo pixels that anything moves at most
FARTHEST = 0.1  # of the side of the product's square, likewise
HALFWAY = 50.0  # per cent
KEPT = 32 << 20  # bytes of changes that are remembered


def _way(title: str, *, renamable: bool = False) -> Any:
    """Declares a slider in standard deviations of the codes."""
    return slider(0.0, title, -HARD, HARD, "σ", soft=(-SOFT, SOFT), renamable=renamable)


@dataclass(frozen=True, eq=False)
class Subject(Facts):
    """The product in a picture of `size`: the square around it, itself as the network sees it, and `plain`, what the
    network draws of it, straight RGBA (s, s, 4); `behind` (h, w, 3): the picture without it. `other`: another product
    to be blended with. `far` and `unlike`: as in `Codes`."""

    ways: Ways
    size: tuple[int, int]
    crop: Crop
    product: Coded
    plain: Pixels
    behind: Pixels
    other: Coded | None
    far: float
    unlike: float
    note: str = ""
    changes: Memory[Change] = field(default_factory=lambda: Memory(KEPT))
    latest: Latest[Lifted] = field(default_factory=Latest)

    def __str__(self) -> str:
        return ""

    @property
    def nbytes(self) -> int:
        return self.plain.nbytes + self.behind.nbytes + self.changes.held + self.latest.nbytes

    def change(self, code: Pixels, decoder: Model, job: Job) -> Change:
        """What becomes of the product with this code (k)."""
        key = (code.tobytes(),)
        if (kept := self.changes.find(key)) is None:
            edited = straight(_decoded(decoder, code[None], job)[0])
            kept = Change(self.plain, edited, min(FARTHEST, MOST / self.crop.side))
            self.changes.keep(key, kept)
        return kept


@dataclass(frozen=True)
class Nothing(Facts):
    """There is no product to be changed."""

    note: str = UNFOUND

    def __str__(self) -> str:
        return ""


class Latent(Edit):
    """The product is cut out, encoded as a few numbers, moved along ways in their space that have a meaning, decoded,
    and put back: either what has changed is carried to the photo, which keeps its own detail, or the decoded product
    takes the place of the photographed one.

    With everything at zero not one pixel is changed.
    """

    id = "latent"
    title = "Latent"
    stage = Stage.DESIGN
    order = -1
    digital_source = COMPOSITE
    notes = (UNFOUND, UNREAD, ALONE)
    readings = (FAR, GREY, UNKNOWN)
    explored = Explored((*NAMED, *DIRECTIONS), "other", "blend")

    way: str = choice("Put back", CARRY, DESIGN)
    colourfulness: float = _way("Colourfulness")
    hue: float = _way("Hue")
    category: str = choice("Category", NONE, *CATEGORIES)
    morph: float = slider(0.0, "Morph", 0, 100, "%", digits=0)
    other: str = picture("Blend with")
    blend: float = slider(0.0, "Blend", 0, 100, "%", digits=0)
    direction_1: float = _way("Direction 1", renamable=True)
    direction_2: float = _way("Direction 2", renamable=True)
    direction_3: float = _way("Direction 3", renamable=True)
    direction_4: float = _way("Direction 4", renamable=True)
    direction_5: float = _way("Direction 5", renamable=True)
    direction_6: float = _way("Direction 6", renamable=True)
    direction_7: float = _way("Direction 7", renamable=True)
    direction_8: float = _way("Direction 8", renamable=True)
    direction_9: float = _way("Direction 9", renamable=True)
    direction_10: float = _way("Direction 10", renamable=True)
    direction_11: float = _way("Direction 11", renamable=True)
    direction_12: float = _way("Direction 12", renamable=True)

    def reach(self, scale: float) -> int:
        return ceil(MOST * scale) + 2 if self.way == CARRY and self._asks else 0

    def idle(self) -> frozenset[str]:
        return frozenset({"morph"} if self.category == NONE else ()) | ({"blend"} if not self.other else set())

    def with_value(self, name: str, value: object) -> Edit:
        """What was chosen is seen: halfway to a category, or to another product, where that was not told yet."""
        changed = super().with_value(name, value)
        share = {"category": "morph", "other": "blend"}.get(name, "")
        if share and not getattr(self, share) and value not in (NONE, ""):
            return changed.with_value(share, HALFWAY)
        return changed

    def question(self) -> Hashable | None:
        return (self.other if self.blend else "",) if self._asks else None

    def study(self, look: Look, models: Models, job: Job) -> Facts:
        job.progress(0)
        image = look.small
        crop = None if image.product is None else crop_of(image.product, image.scale)
        if crop is None or image.product is None:
            return Nothing()
        encoder, decoder = models["latent-encoder"], models["latent-decoder"]
        side = encoder.sides()["picture"]
        seen = [over_white(cropped(in_gamut(image.seen), image.product, crop, side, image.scale))]
        note, beside = self._other(look, models, side, job.part(1, 4)) if self.blend and self.other else ("", None)
        if beside is not None:
            seen.append(beside)
        codes = encoder.reckon(job.part(2, 4), picture=np.concatenate(seen))["code"]
        drawn = _decoded(decoder, codes, job.part(3, 4))
        products = [Coded.of(code, each) for code, each in zip(codes, drawn, strict=True)]
        ways = Ways(decoder.codes)
        job.progress(1)
        return Subject(
            ways, look.size, crop, products[0], straight(drawn[0]), behind(image.seen, image.product),
            products[1] if beside is not None else None, ways.far(codes[0]), unlikeness(seen[0][0], drawn[0]), note,
        )  # fmt: skip

    def changes_nothing(self, facts: Facts | None) -> bool:
        if not self._asks or not isinstance(facts, Subject):
            return True
        return np.array_equal(self._code(facts), facts.product.code)

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if self.changes_nothing(facts):
            return image
        assert isinstance(facts, Subject)
        known = facts
        there = known.latest.of(image, (), lambda: lifted(image, known.size, known.crop, known.behind))
        change = known.change(self._code(known), models["latent-decoder"], job.part(0, 2))
        job.progress(0.5)
        out = carried(image, there, change) if self.way == CARRY else designed(image, there, change.edited)
        job.progress(1)
        return out

    def reading(self, facts: Facts | None) -> tuple[Reading, ...]:
        """How strange the product is to the network, and which sliders mean nothing to it."""
        if not self._asks or not isinstance(facts, Subject):
            return ()
        said, known = [], facts.ways.codes
        if 0 < known.far < facts.far or 0 < known.unlike < facts.unlike:
            said.append(Reading(FAR, (facts.far, known.far, facts.unlike, known.unlike), warns=True))
        if self.hue and facts.ways.knows(HUE) and not has_hue(facts.product):
            said.append(Reading(GREY, warns=True))
        category = self.category if self.morph and self.category != NONE else ""
        if not all(map(facts.ways.knows, self._steps)) or (category and category not in facts.ways.places):
            said.append(Reading(UNKNOWN, warns=True))
        return tuple(said)

    @property
    def _steps(self) -> dict[str, float]:
        """How far each slider is off zero, of those that are, by the name that the network has for it."""
        values = {name.removeprefix("direction_"): getattr(self, name) for name in (*NAMED, *DIRECTIONS)}
        return {name: value for name, value in values.items() if value}

    @property
    def _asks(self) -> bool:
        """Whether anything is to be changed."""
        return bool(self._steps or (self.morph and self.category != NONE) or (self.blend and self.other))

    def _code(self, facts: Subject) -> Pixels:
        """The code (k) of the product as it is to be."""
        own = facts.product if facts.other is None else facts.product.blended(facts.other, self.blend / 100)
        return facts.ways.steered(own, self._steps, self.category, self.morph / 100)

    def _other(self, look: Look, models: Models, side: int, job: Job) -> tuple[str, Pixels | None]:
        """The product to blend with as a network takes it, (1, 4, side, side); or what is wrong with its picture."""
        try:
            image = look.picture(self.other)
        except (PhotoError, LookupError):
            return UNREAD, None
        matte = product_in(image, models, job)
        crop = None if matte is None else crop_of(matte)
        if matte is None or crop is None:
            return ALONE, None
        rgb = cv2.resize(in_gamut(image.seen), matte.shape[::-1], interpolation=cv2.INTER_AREA)
        return "", over_white(cropped(np.asarray(rgb, np.float32), matte, crop, side))


def _decoded(decoder: Model, codes: Pixels, job: Job) -> Pixels:
    """What is drawn for codes (n, k) when nothing else is said: (n, 4, s, s) over white with alpha."""
    silent = np.zeros((len(codes), decoder.sides()["condition"]), np.float32)
    return decoder.reckon(job, code=codes, condition=silent)["picture"]
