"""Image: pixels on their way through a recipe."""

from __future__ import annotations

from collections.abc import Mapping
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

    `matte` says where the product is and stays with the picture whatever becomes of its alpha: edits that are for the
    product, or for what is around it, ask for `product`. `shade` is the shadow that the product threw in the photo.
    """

    rgb: Pixels  # (height, width, 3)
    alpha: Pixels | None = None  # (height, width), straight; None is opaque
    scale: float = 1.0
    origin: tuple[int, int] = (0, 0)
    warp: Warp | None = None  # from this picture at full size back to the photo; None: not known, or not framed anew
    matte: Pixels | None = None  # (height, width), 0..1: how much of a pixel is product; None: nobody has said
    shade: Pixels | None = None  # (height, width), 0..1: how much light the product took away there; None: not known

    def __post_init__(self) -> None:
        if self.rgb.dtype != np.float32 or self.rgb.ndim != 3 or self.rgb.shape[2] != 3:
            raise ValueError(f"rgb must be float32 (h, w, 3), not {self.rgb.dtype} {self.rgb.shape}")
        self.rgb.setflags(write=False)
        for name, plane in self.planes.items():
            if plane.dtype != np.float32 or plane.shape != self.rgb.shape[:2]:
                raise ValueError(f"{name} {plane.dtype} {plane.shape} does not fit rgb {self.rgb.shape}")
            plane.setflags(write=False)

    @property
    def planes(self) -> dict[str, Pixels]:
        """What there is beside the colours, by name, each (h, w)."""
        there = {"alpha": self.alpha, "matte": self.matte, "shade": self.shade}
        return {name: plane for name, plane in there.items() if plane is not None}

    @property
    def product(self) -> Pixels | None:
        """The matte in force: where the product is, (h, w) 0..1, as a cut-out found it, else as the photo's own alpha
        says; None where nobody has said."""
        return self.alpha if self.matte is None else self.matte

    @property
    def own_alpha(self) -> Pixels | None:
        """The alpha (h, w) that the photo came with: nobody has seen the colours that it hides. None where there is
        none, and where a cut-out made it, so that the colours are still those of the photo."""
        return self.alpha if self.matte is None else None

    @property
    def seen(self) -> Pixels:
        """The colours (h, w, 3) to judge the picture by: on white where its `own_alpha` hides them."""
        return self.rgb if self.own_alpha is None else self.on_white()

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
        return self.rgb.nbytes + sum(plane.nbytes for plane in self.planes.values())

    def on_white(self) -> Pixels:
        """The colours (h, w, 3) as a viewer shows them on white where there is alpha."""
        return self.rgb if self.alpha is None else 1 + self.alpha[..., None] * (self.rgb - 1)

    def with_rgb(self, rgb: Pixels) -> Image:
        return replace(self, rgb=np.ascontiguousarray(rgb, np.float32))

    def with_alpha(self, alpha: Pixels | None) -> Image:
        return replace(self, alpha=alpha)

    def with_planes(self, planes: Mapping[str, Pixels]) -> Image:
        """With these beside the colours, and no others, by name as in `planes`."""
        return replace(self, alpha=planes.get("alpha"), matte=planes.get("matte"), shade=planes.get("shade"))

    def crop(self, region: Region) -> Image:
        """The part that `region` (in pixels at this scale) names. Raises ValueError if it reaches outside."""
        if not self.region.holds(region):
            raise ValueError(f"{region} reaches outside {self.region}")
        if region == self.region:
            return self
        y, x = region.y - self.origin[1], region.x - self.origin[0]
        window = np.s_[y : y + region.height, x : x + region.width]
        planes = {name: plane[window].copy() for name, plane in self.planes.items()}
        part = Image(self.rgb[window].copy(), None, self.scale, (region.x, region.y), self.warp)
        return part.with_planes(planes)
