"""Shadow: what ties a product to the ground it stands on: its own shadow, a drawn one, or its mirror image."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from editor.core.edit import Edit, Facts, Look, Stage
from editor.core.image import Image
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import choice, slider
from editor.craft.field import spread
from editor.craft.outline import stand
from editor.craft.thrown import cast, contact, lowered, mirrored

OWN, CONTACT, CAST, REFLECTION = "own", "contact", "cast", "reflection"
NOTHING = "There is no cut-out that could throw a shadow."
UNKNOWN = "The photo's own shadow is not known; cut the product out first."


@dataclass(frozen=True)
class Ground(Facts):
    """What is drawn under the product, on all of a picture of `size` pixels: how dark it is (h, w), or four planes
    (h, w, 4), the last of which says how much there is of the colours. None where it is the photo's own shadow."""

    note: str = ""
    size: tuple[int, int] = (0, 0)
    drawn: NDArray[np.float16] | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        return ""

    @property
    def nbytes(self) -> int:
        return 0 if self.drawn is None else self.drawn.nbytes


class Shadow(Edit):
    """Drawn under the product, where the picture is transparent: the shadow that it threw in the photo, one drawn where
    it touches the ground, one thrown to a side, or its reflection in the ground, which is soft and fades.

    What is drawn is made of the picture at 1,024 pixels and enlarged, for it is softer than that shows.
    """

    id = "shadow"
    title = "Shadow"
    stage = Stage.SCENE
    order = 1
    brings_colour = False

    kind: str = choice("Kind", CONTACT, OWN, CAST, REFLECTION)
    strength: float = slider(70.0, "Strength", 0, 100, "%", digits=0)
    softness: float = slider(40.0, "Softness", 0, 100, "%", digits=0)
    angle: float = slider(25.0, "Direction", -180, 180, "°", digits=0)
    length: float = slider(50.0, "Length", 5, 200, "%", soft=(5, 100), digits=0)
    distance: float = slider(0.0, "Distance", 0, 50, "%", soft=(0, 20), digits=1)

    def idle(self) -> frozenset[str]:
        drawn = {"softness", "angle", "length", "distance"}
        return frozenset({OWN: drawn, CONTACT: {"angle", "length"}, REFLECTION: {"angle"}}.get(self.kind, ()))

    def question(self) -> Hashable:
        thrown = (self.angle,) if self.kind == CAST else ()
        long = (self.length,) if self.kind in (CAST, REFLECTION) else ()
        return self.kind, *thrown, *long, *(() if self.kind == OWN else (self.softness, self.distance))

    def study(self, look: Look, models: Models, job: Job) -> Ground:
        image = look.small
        matte = image.product
        standing = None if matte is None or image.alpha is None else stand(matte)
        if matte is None or standing is None:
            return Ground(NOTHING)
        if self.kind == OWN:
            return Ground(UNKNOWN if image.shade is None else "")
        soft = self.softness / 100
        gap = self.distance / 100 * (standing.box[3] - standing.box[1])
        if self.kind == REFLECTION:
            drawn = mirrored(standing, image.rgb, matte, soft, self.length / 100, gap)
        else:
            drawn = contact(standing, matte.shape, soft)
            if self.kind == CAST:
                thrown = cast(standing, matte, soft, self.angle, self.length / 100)
                drawn = thrown if gap else 1 - (1 - thrown) * (1 - 0.8 * drawn)
            drawn = lowered(drawn, gap)
        job.progress(1)
        return Ground("", look.size, drawn.astype(np.float16))

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if image.alpha is None or not isinstance(facts, Ground) or facts.note:
            return image
        drawn = image.shade if facts.drawn is None else spread(facts.drawn, facts.size, image)
        if drawn is None:
            return image
        colours, shade = (drawn[..., :3], drawn[..., 3]) if drawn.ndim == 3 else (np.zeros(3, np.float32), drawn)
        alpha = image.alpha
        under = (1 - alpha) * (shade * np.float32(self.strength / 100))
        out = alpha + under
        mixed = (image.rgb * alpha[..., None] + colours * under[..., None]) / np.maximum(out, 1e-6)[..., None]
        rgb = np.where(under[..., None] > 0, mixed, image.rgb)
        job.progress(1)
        return replace(image.with_rgb(rgb), alpha=out.clip(0, 1), matte=image.product)
