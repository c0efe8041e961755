"""Image: pixels on their way through a recipe."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from editor.core.geometry import Region
from editor.core.warp import Warp

Pixels = NDArray[np.float32]


def in_gamut(rgb: Pixels, margin: float = 0.0) -> Pixels:
    """What a network is shown of a picture (h, w, 3): sRGB, and so much beyond that noise swings freely.

    What lies outside is for the caller to add back: result + (rgb - in_gamut(rgb)).
    """
    return rgb.clip(-margin, 1 + margin)


@dataclass(frozen=True, eq=False)
class Image:
    """sRGB-encoded pixels, never written to once made.

    0..1 is the sRGB gamut; values outside keep colours that it does not hold, and noise that swings past it.
    `scale` says how many of these pixels stand for one pixel of the photo, so an edit that measures in photo
    pixels (a radius, a margin) looks the same in the preview and in the file. `origin` is where this region
    starts, (x, y) in pixels at this scale.
    """

    rgb: Pixels  # (height, width, 3)
    alpha: Pixels | None = None  # (height, width), straight; None is opaque
    scale: float = 1.0
    origin: tuple[int, int] = (0, 0)
    warp: Warp | None = None  # from this picture at full size back to the photo; None: not known, or not framed anew

    def __post_init__(self) -> None:
        if self.rgb.dtype != np.float32 or self.rgb.ndim != 3 or self.rgb.shape[2] != 3:
            raise ValueError(f"rgb must be float32 (h, w, 3), not {self.rgb.dtype} {self.rgb.shape}")
        if self.alpha is not None and (self.alpha.dtype != np.float32 or self.alpha.shape != self.rgb.shape[:2]):
            raise ValueError(f"alpha {self.alpha.dtype} {self.alpha.shape} does not fit rgb {self.rgb.shape}")
        self.rgb.setflags(write=False)
        if self.alpha is not None:
            self.alpha.setflags(write=False)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.rgb.shape[1], self.rgb.shape[0]

    @property
    def region(self) -> Region:
        """The part of the photo that this is, in pixels at this scale."""
        return Region(*self.origin, *self.size)

    @property
    def nbytes(self) -> int:
        return self.rgb.nbytes + (0 if self.alpha is None else self.alpha.nbytes)

    def on_white(self) -> Pixels:
        """The colours (h, w, 3) as a viewer shows them on white where there is alpha."""
        return self.rgb if self.alpha is None else 1 + self.alpha[..., None] * (self.rgb - 1)

    def with_rgb(self, rgb: Pixels) -> Image:
        return replace(self, rgb=np.ascontiguousarray(rgb, np.float32))

    def with_alpha(self, alpha: Pixels | None) -> Image:
        return replace(self, alpha=alpha)

    def crop(self, region: Region) -> Image:
        """The part that `region` (in pixels at this scale) names. Raises ValueError if it reaches outside."""
        if not self.region.holds(region):
            raise ValueError(f"{region} reaches outside {self.region}")
        if region == self.region:
            return self
        y, x = region.y - self.origin[1], region.x - self.origin[0]
        window = np.s_[y : y + region.height, x : x + region.width]
        alpha = None if self.alpha is None else self.alpha[window].copy()
        return Image(self.rgb[window].copy(), alpha, self.scale, (region.x, region.y), self.warp)
