"""Fit: the product in the middle of a canvas of its own, as large on it as a marketplace asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from editor.core.drawn import Box
from editor.core.edit import Edit, Facts, Framing, Look, Stage
from editor.core.image import Image
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import automatic, choice, slider
from editor.core.warp import Size, Warp
from editor.craft.outline import product_box
from editor.craft.resample import framed

AS_PHOTO, OWN = "as photo", "own size"
LINE = "baseline"
RATIOS = ("1:1", "4:5", "5:4", "3:4", "4:3", "2:3", "3:2", "9:16", "16:9")
NOTHING = "No product was found; all of the picture is fitted."
LARGEST = 16_000  # pixels on a side


@dataclass(frozen=True)
class Placed(Facts):
    """Where the product is on the picture, (x, y, width, height) as fractions of it; None: there is none."""

    box: Box | None
    side: int  # of the picture, the longer one, in pixels
    note: str = ""

    def __str__(self) -> str:
        return str(self.side)


class Fit(Edit):
    """The box around the product, by the matte in force, comes to be in the middle, and takes `fill` percent of the
    canvas across or down, whichever is reached first; on every side at least `margin` percent of the canvas's shorter
    side stay free. Of a set, aligned to the baseline, all products stand at the same height.

    Without a product all of the picture is put there, as large as the canvas is.
    """

    id = "fit"
    title = "Fit to Canvas"
    stage = Stage.SCENE
    order = 0
    brings_colour = False

    ratio: str = choice("Ratio", RATIOS[0], *RATIOS[1:], AS_PHOTO, OWN)
    side: float | None = automatic("Longer side", 16, LARGEST, "px", default=2000.0, soft=(500, 5000), digits=0)
    width: float = slider(2000.0, "Width", 16, LARGEST, "px", soft=(500, 5000), digits=0)
    height: float = slider(2000.0, "Height", 16, LARGEST, "px", soft=(500, 5000), digits=0)
    fill: float = slider(85.0, "Fill", 1, 100, "%", soft=(50, 100), digits=0)
    margin: float = slider(0.0, "Margin", 0, 45, "%", soft=(0, 20), digits=1)
    align: str = choice("Align", "middle", LINE)
    baseline: float = slider(90.0, "Baseline", 5, 100, "%", soft=(60, 100), digits=1)

    def with_value(self, name: str, value: object) -> Edit:
        """Who gives a width, a height or a baseline wants to have it."""
        if name in ("width", "height"):
            return super(Fit, replace(self, ratio=OWN)).with_value(name, value)
        return super(Fit, replace(self, align=LINE) if name == "baseline" else self).with_value(name, value)

    def before(self) -> Edit:
        return self

    def idle(self) -> frozenset[str]:
        of_size = {"side"} if self.ratio == OWN else {"width", "height"}
        return frozenset(of_size if self.align == LINE else of_size | {"baseline"})

    def transparent(self, before: bool) -> bool:
        return True

    def question(self) -> str:
        return "box"

    def study(self, look: Look, models: Models, job: Job) -> Placed:
        matte = look.small.product
        box = None if matte is None else product_box(matte)
        return Placed(box, max(look.size), "" if box else NOTHING)

    def warp(self, size: Size) -> Warp:
        return self._laid(size, None)

    def placed(self, size: Size, facts: Facts | None) -> Warp:
        return self._laid(size, facts.box if isinstance(facts, Placed) else None)

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        assert isinstance(facts, Framing)
        out = framed(image, facts, job, edge=False)
        if image.product is None:  # what is beside the picture now is transparent, but the picture is no cut-out
            return replace(out, matte=np.zeros(out.rgb.shape[:2], np.float32))
        return out

    def canvas(self, size: Size) -> Size:
        """Width and height in pixels of what a picture of `size` is put on."""
        if self.ratio == OWN:
            return round(self.width), round(self.height)
        across, down = size if self.ratio == AS_PHOTO else map(int, self.ratio.split(":"))
        long = round(max(size) if self.side is None else self.side)
        if across >= down:
            return long, max(1, round(long * down / across))
        return max(1, round(long * across / down)), long

    def _laid(self, size: Size, box: Box | None) -> Warp:
        canvas = np.array(self.canvas(size), float)
        if box is None:
            scale = float((canvas / size).min())
            corner = (canvas - scale * np.array(size)) / 2
            return _warp(self.canvas(size), size, scale, corner)
        left, top, width, height = np.array(box) * (*size, *size)
        free = self.margin / 100 * canvas.min()
        foot = min(self.baseline / 100 * canvas[1], canvas[1] - free)
        room = np.minimum(canvas * self.fill / 100, canvas - 2 * free)
        if self.align == LINE:
            room[1] = min(room[1], max(foot - free, 1.0))
        scale = float((room / (width, height)).min())
        x, y = (canvas - scale * np.array((width, height))) / 2
        if self.align == LINE:
            y = foot - scale * height
        return _warp(self.canvas(size), size, scale, np.array((x, y)) - scale * np.array((left, top)))


def _warp(canvas: Size, source: Size, scale: float, corner: NDArray[np.float64]) -> Warp:
    """The source, so many times as large, with its upper left `corner` there on the canvas."""
    x, y = corner / scale
    return Warp.of(canvas, source, np.array([[1 / scale, 0, -x], [0, 1 / scale, -y], [0, 0, 1.0]]))
