"""Background: what is behind a product that was cut out: white, a colour, a gradient, or another picture."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from math import cos, radians, sin

import numpy as np

from editor.core import params
from editor.core.edit import Edit, Facts, Look, Stage
from editor.core.geometry import Region, scaled
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import choice, picture, rgb_of, slider
from editor.craft.kernel import Axis, resampled

WHITE, TRANSPARENT, COLOUR, GRADIENT, PICTURE = "white", "transparent", "colour", "gradient", "picture"
LINEAR, RADIAL = "linear", "radial"
OPAQUE = "There is no cut-out to put a background behind."
UNCHOSEN = "No picture was chosen for the background."


@dataclass(frozen=True)
class Behind(Facts):
    """The size of all of the picture, and the picture that lies behind it, if one does."""

    size: tuple[int, int]
    note: str = ""
    picture: Image | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return ""

    @property
    def nbytes(self) -> int:
        return 0 if self.picture is None else self.picture.nbytes


class Background(Edit):
    """Behind the product and its shadow. White is exactly white wherever there is nothing of them.

    A gradient goes from the first colour to the second, along `angle` (0 to the right, 90 upwards) or from the
    middle outwards. A picture covers all, and what of it is too much is cut off evenly.
    """

    id = "background"
    title = "Background"
    stage = Stage.SCENE
    order = 2

    kind: str = choice("Kind", WHITE, TRANSPARENT, COLOUR, GRADIENT, PICTURE)
    colour: str = params.colour("#f2f2f2", "Colour")
    second: str = params.colour("#c8c8c8", "Second colour")
    shape: str = choice("Shape", LINEAR, RADIAL)
    angle: float = slider(-90.0, "Direction", -180, 180, "°", digits=0)
    picture: str = picture("Picture")

    def with_value(self, name: str, value: object) -> Edit:
        """Who gives a colour or a picture wants to see it."""
        follows = {"colour": COLOUR, "second": GRADIENT, "shape": GRADIENT, "angle": GRADIENT, "picture": PICTURE}
        kind = follows.get(name, self.kind)
        stays = (name, self.kind) == ("colour", GRADIENT) or value == ""
        return super(Background, self if stays else replace(self, kind=kind)).with_value(name, value)

    def transparent(self, before: bool) -> bool:
        return before and (self.kind == TRANSPARENT or (self.kind == PICTURE and not self.picture))

    def idle(self) -> frozenset[str]:
        gradient = {"colour", "second", "shape"} | ({"angle"} if self.shape == LINEAR else set())
        used = {COLOUR: {"colour"}, GRADIENT: gradient, PICTURE: {"picture"}}.get(self.kind, set())
        return frozenset({"colour", "second", "shape", "angle", "picture"} - used)

    def question(self) -> Hashable:
        return self.kind == PICTURE, self.picture if self.kind == PICTURE else ""

    def study(self, look: Look, models: Models, job: Job) -> Behind:
        """Raises PhotoError where the picture cannot be read."""
        if look.small.alpha is None:
            return Behind(look.size, OPAQUE)
        if self.kind != PICTURE:
            return Behind(look.size)
        return Behind(look.size, picture=look.picture(self.picture)) if self.picture else Behind(look.size, UNCHOSEN)

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if image.alpha is None or self.transparent(True) or not isinstance(facts, Behind):
            return image
        alpha, back = image.alpha[..., None], self._behind(image, facts)
        rgb = np.where(alpha >= 1, image.rgb, back + alpha * (image.rgb - back))
        job.progress(1)
        return replace(image.with_rgb(rgb), alpha=None, matte=image.product)

    def _behind(self, image: Image, facts: Behind) -> Pixels:
        """The background of the part that `image` is, (h, w, 3) or so that it spreads to that."""
        if self.kind == WHITE:
            return np.ones(3, np.float32)
        if self.kind == COLOUR:
            return np.array(rgb_of(self.colour), np.float32)
        whole, region = scaled(facts.size, image.scale), image.region
        if facts.picture is not None:
            return _covering(facts.picture, whole, region)
        x = (np.arange(region.x, region.right) + 0.5 - whole[0] / 2) / whole[0]
        y = ((np.arange(region.y, region.bottom) + 0.5 - whole[1] / 2) / whole[1])[:, None]
        if self.shape == RADIAL:
            part = np.hypot(x, y) * np.sqrt(2)
        else:
            across, up = cos(radians(self.angle)), sin(radians(self.angle))
            part = (x * across - y * up) / (abs(across) + abs(up)) + 0.5
        first, last = (np.array(rgb_of(c), np.float32) for c in (self.colour, self.second))
        return np.asarray(first + part.clip(0, 1)[..., None] * (last - first), np.float32)


def _covering(picture: Image, whole: tuple[int, int], region: Region) -> Pixels:
    """A region of a canvas of `whole` pixels that a picture covers from the middle, (h, w, 3)."""
    factor = min(side / wanted for side, wanted in zip(picture.size, whole, strict=True))
    across, down = (
        Axis(factor, (length - factor * side) / 2) for length, side in zip(picture.size, whole, strict=True)
    )

    def read(part: Region) -> Pixels:
        return picture.crop(part).on_white().transpose(2, 0, 1)

    return resampled(read, picture.region, across, down, region, edge=True).transpose(1, 2, 0)
