"""Sharpen: edges as crisp as the lens had them before sensor and shrinking made them soft."""

from __future__ import annotations

import cv2
import numpy as np

from editor.core.edit import Edit, Facts, Stage
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.model import Models
from editor.core.params import slider
from editor.craft.strips import in_strips
from editor.craft.tone import brightest, luma

TAILS = 3.5  # standard deviations of the Gaussian that are looked at
FAINTEST = 0.1  # px here: a smaller radius changes nothing that can be seen
SEAM = 0.06  # edges may go so far past what is around them, sRGB-encoded, and no farther
_BLACK = 0.02  # luma below which changes fade out
_UNSEEN = 1e-5  # of the pixels around: what is hidden has no surroundings


class Sharpen(Edit):
    """An unsharp mask of the luma, colours in proportion. Edges become steep rather than lined with black and white:
    what would go past the lightest and darkest around bends to SEAM, and light that is added runs out towards white."""

    id = "sharpen"
    title = "Sharpen"
    stage = Stage.DETAIL
    order = 10
    brings_colour = False

    amount: float = slider(0.0, "Amount", 0, 300, "%", soft=(0, 200), digits=0)
    radius: float = slider(1.0, "Radius", 0.3, 5, "px", soft=(0.3, 3), digits=1)
    threshold: float = slider(2.0, "Threshold", 0, 20, digits=1)

    def reach(self, scale: float) -> int:
        return _tails(self.radius * scale) if self.radius * scale >= FAINTEST else 0

    def changes_nothing(self, facts: Facts | None) -> bool:
        return not self.amount

    def apply(self, image: Image, facts: Facts | None, models: Models, job: Job) -> Image:
        job.progress(0)
        sigma = self.radius * image.scale
        if self.changes_nothing(facts) or sigma < FAINTEST:
            return image
        grey = luma(image.rgb)
        smooth = _mean(grey, image.own_alpha, sigma)
        job.progress(0.5)
        rgb = in_strips(self._crisp, image.rgb, grey, smooth, *_ends(grey, image.own_alpha, 2 * round(sigma) + 3))
        job.progress(1)
        return image.with_rgb(rgb)

    def _crisp(self, rgb: Pixels, grey: Pixels, smooth: Pixels, darkest: Pixels, lightest: Pixels) -> Pixels:
        """`rgb` of luma `grey`, of which are told the Gaussian mean, the least and the most around."""
        change = grey - smooth
        if self.threshold:
            square = change * change
            change *= square / (square + np.float32(self.threshold / 255) ** 2)
        change *= np.float32(self.amount / 100)
        change += grey
        inside = np.minimum(np.maximum(change, darkest), lightest)
        change -= inside
        change /= 1 + np.abs(change) * np.float32(1 / SEAM)
        change += inside
        change -= grey
        most = np.maximum(brightest(rgb), np.float32(_BLACK))
        change /= np.maximum(grey, np.float32(_BLACK))  # of the luma that is there
        room = np.where(change > 0, np.maximum(1 / most - 1, 0), 1)
        change *= room / (room + np.abs(change) + np.float32(1e-6))
        change += 1
        return np.asarray(rgb * change[..., None], np.float32)


def gaussian(sigma: float) -> Pixels:
    """The discrete Gaussian, of exactly this standard deviation however small it is, from its spectrum (Lindeberg,
    "Scale-space for discrete signals", 1990): a preview is as sharp as the file."""
    tails = _tails(sigma)
    waves = np.cos(np.linspace(0, np.pi, 4 * tails + 1))
    taps = np.roll(np.fft.irfft(np.exp(sigma**2 * (waves - 1))), tails)[: 2 * tails + 1]
    return np.asarray(taps / taps.sum(), np.float32)


def _mean(grey: Pixels, alpha: Pixels | None, sigma: float) -> Pixels:
    """The Gaussian mean of `grey` (h, w); where there is `alpha` (h, w), of what that does not hide."""
    taps = gaussian(sigma)

    def smoothed(plane: Pixels) -> Pixels:
        return np.asarray(cv2.sepFilter2D(plane, -1, taps, taps, borderType=cv2.BORDER_REPLICATE), np.float32)

    if alpha is None:
        return smoothed(grey)
    weight = smoothed(alpha)
    return np.where(weight > _UNSEEN, smoothed(grey * alpha) / np.maximum(weight, np.float32(_UNSEEN)), grey)


def _ends(grey: Pixels, alpha: Pixels | None, side: int) -> tuple[Pixels, Pixels]:
    """The least and the most of `grey` (h, w) in a square around each pixel; of what `alpha` does not hide."""
    square, beyond = np.ones((side, side), np.uint8), np.float32(1e9)
    low = grey if alpha is None else np.where(alpha > 0, grey, beyond)
    high = grey if alpha is None else np.where(alpha > 0, grey, -beyond)
    darkest = np.asarray(cv2.erode(low, square, borderType=cv2.BORDER_REPLICATE), np.float32)
    lightest = np.asarray(cv2.dilate(high, square, borderType=cv2.BORDER_REPLICATE), np.float32)
    return (darkest, lightest) if alpha is None else (np.minimum(darkest, grey), np.maximum(lightest, grey))


def _tails(sigma: float) -> int:
    """How many pixels a mean of that standard deviation looks to each side, or the least and the most around."""
    return int(np.ceil(TAILS * sigma)) + 1
