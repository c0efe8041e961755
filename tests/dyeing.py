"""Dyeing: an edit with a target colour, and the network it asks, for tests of everything that varies that colour."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image as Pillow

from editor.core.edit import Edit, Facts, Reading, Stage
from editor.core.params import colour, rgb_of, slider

EMPTY, FAR = "Nothing of the picture is in the part.", "Distance to target: {:.1f}"
PAPER, SHOE = (230, 230, 230), (180, 40, 40)


class Splitter:
    """Says where a picture is red, and counts how often it was asked."""

    def __init__(self):
        self.asked = 0

    def tell(self, pixels, job, **more):
        job.progress(0)
        self.asked += 1
        return {"cover": (pixels[..., 0] - pixels[..., 1] > 0.2).astype(np.float32)[None, None]}


@dataclass(frozen=True)
class Split(Facts):
    share: float

    @property
    def note(self):
        return "" if self.share else EMPTY


@contextmanager
def dye():
    """While inside there is an edit that gives what is red its target; it asks the network "dye" once for a photo."""

    class Dye(Edit):
        id, title, stage = "test_dye", "Dye", Stage.DESIGN
        notes = (EMPTY,)
        readings = (FAR,)
        target: str | None = colour(None, "Target", optional=True, wide=True)
        strength: float = slider(100.0, "Strength", 0, 100, "%")

        def question(self):
            return "dye"

        def study(self, look, models, job):
            return Split(float(models["dye"].tell(look.small.rgb, job)["cover"].mean()))

        def reading(self, facts):
            return (Reading(FAR, (100 - self.strength,)),) if self.target else ()

        def apply(self, image, facts, models, job):
            job.progress(0)
            if self.target is None:
                return image
            red = (image.rgb[..., :1] - image.rgb[..., 1:2] > 0.2) * np.float32(self.strength / 100)
            target = np.array(rgb_of(self.target), np.float32)
            return image.with_rgb((image.rgb + red * (target - image.rgb)).astype(np.float32))

    try:
        yield Dye
    finally:
        del Edit.kinds["test_dye"]


def shoe(path, size=(60, 40)):
    """A photo of something red, on paper."""
    width, height = size
    photo = Pillow.new("RGB", size, PAPER)
    photo.paste(SHOE, (width // 4, height // 4, width - width // 4, height - height // 4))
    photo.save(path)
    return path
