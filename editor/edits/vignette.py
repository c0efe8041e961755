"""Vignette: darker or lighter corners, which lead the eye to the middle of the finished frame."""

from __future__ import annotations

import numpy as np

from editor.core.edit import Edit, Facts, Stage
from editor.core.geometry import scaled
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import slider
from editor.craft.gain import threefold
from editor.craft.strips import each_strip

DARKEST = 0.8  # share of the encoded value that is taken away at most
LIGHTEST = 0.95  # of the way to white


class Vignette(Edit):
    """Centred on the picture as it is framed. Nothing is clipped: lighter corners go towards white, not beyond."""

    id = "vignette"
    title = "Vignette"
    stage = Stage.DETAIL
    order = 20
    brings_colour = False

    amount: float = slider(0.0, "Amount", -100, 100, digits=0)
    midpoint: float = slider(50.0, "Midpoint", 0, 100, digits=0)
    roundness: float = slider(0.0, "Roundness", -100, 100, digits=0)
    feather: float = slider(50.0, "Feather", 0, 100, digits=0)

    def changes_nothing(self, facts: Facts | None) -> bool:
        return not self.amount

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        if self.changes_nothing(facts):
            return image
        out = np.empty_like(image.rgb)
        whole = scaled(image.warp.size, image.scale) if image.warp else image.size
        columns, rows = self._powers(whole)
        across = columns[image.origin[0] : image.region.right]
        down = rows[image.origin[1] : image.region.bottom]

        def work(part: slice) -> None:
            cover = self._cover(across + down[part, None])
            if self.amount < 0:
                cover *= np.float32(self.amount / 100 * DARKEST)
                np.multiply(image.rgb[part], threefold(1 + cover), out=out[part])
            else:
                cover *= np.float32(self.amount / 100 * LIGHTEST)
                dark = np.maximum(1 - image.rgb[part], 0)
                dark *= threefold(cover)
                np.add(image.rgb[part], dark, out=out[part])

        each_strip(work, image.size)
        job.progress(1)
        return image.with_rgb(out)

    @property
    def _exponent(self) -> float:
        """2 is an ellipse or a circle, more a rectangle with rounded corners."""
        return float(2 * 4 ** max(0.0, -self.roundness / 100))

    def _powers(self, whole: tuple[int, int]) -> tuple[Pixels, Pixels]:
        """For every column and row of the whole picture what it adds to a power of the distance from the middle; that
        is 1 in the corners."""
        circle, power = max(0.0, self.roundness / 100), self._exponent
        sides = [np.abs((np.arange(side) + 0.5) * 2 / side - 1) * side**circle for side in whole]
        corner = sum(float(side) ** (circle * power) for side in whole)
        columns, rows = (np.asarray(side**power / corner, np.float32) for side in sides)
        return columns, rows

    def _cover(self, powers: Pixels) -> Pixels:
        """0 in the middle to 1 outside, without an edge that is seen: a smootherstep (Perlin, "Improving Noise", 2002)
        of the distance."""
        middle, half = 0.3 + 0.7 * self.midpoint / 100, 0.01 + 0.5 * self.feather / 100
        start = max(0.0, middle - half)
        far = np.sqrt(powers) if self._exponent == 2 else np.power(powers, np.float32(1 / self._exponent))
        far -= np.float32(start)
        far *= np.float32(1 / (middle + half - start))
        np.clip(far, 0, 1, out=far)
        return np.asarray(far * far * far * (far * (far * 6 - 15) + 10), np.float32)
