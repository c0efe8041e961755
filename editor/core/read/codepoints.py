"""Code points: colours that a file names by number (cICP, nclx) become an ICC profile.

Numbers after ITU-T H.273; PQ and HLG after ITU-R BT.2100, white at 203 cd/m2 after ITU-R BT.2408.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.core.formats import Samples
from editor.core.icc import BT709, D65, SRGB_CURVE, Point, matrix_profile
from editor.core.read.pixels import mapped

_DCI: Point = (0.314, 0.351)
_C: Point = (0.310, 0.316)
_P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
_PRIMARIES: dict[int, tuple[str, tuple[Point, Point, Point], Point]] = {
    1: ("BT.709", BT709, D65),
    4: ("BT.470 M", ((0.67, 0.33), (0.21, 0.71), (0.14, 0.08)), _C),
    5: ("BT.601 625", ((0.64, 0.33), (0.29, 0.60), (0.15, 0.06)), D65),
    6: ("BT.601 525", ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070)), D65),
    7: ("SMPTE 240", ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070)), D65),
    8: ("Film", ((0.681, 0.319), (0.243, 0.692), (0.145, 0.049)), _C),
    9: ("BT.2020", ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)), D65),
    11: ("DCI-P3", _P3, _DCI),
    12: ("Display P3", _P3, D65),
    22: ("EBU 3213", ((0.630, 0.340), (0.295, 0.605), (0.155, 0.077)), D65),
}
_AS_SRGB = (1, 2, 6, 13, 14, 15)  # what is meant for a video display is seen on a curve near sRGB's; browsers do so too
_CURVES: dict[int, tuple[float, ...]] = {4: (2.2,), 5: (2.8,), 8: (1.0,)} | dict.fromkeys(_AS_SRGB, SRGB_CURVE)
_PQ, _HLG = 16, 18
_WHITE = 203.0  # cd/m2 of a sheet of paper in an HDR picture
_HDR_NOTE = "It is an HDR picture ({}): its lights go beyond white."


@dataclass(frozen=True)
class Colours:
    """Primaries and transfer by H.273's numbers; 2 is unspecified."""

    primaries: int
    transfer: int

    @property
    def known(self) -> bool:
        return self.primaries in (2, *_PRIMARIES) and self.transfer in (_PQ, _HLG, *_CURVES)

    @property
    def hdr(self) -> bool:
        return self.transfer in (_PQ, _HLG)

    def profile(self) -> bytes | None:
        """The ICC profile; None is sRGB, or nothing that is known. For HDR it is that of `linear`."""
        if not self.known or (self.primaries in (1, 2) and _CURVES.get(self.transfer) == SRGB_CURVE):
            return None
        name, primaries, white = _PRIMARIES[1 if self.primaries == 2 else self.primaries]
        if self.hdr:
            return matrix_profile(f"{name} linear", primaries, white, (1.0,))
        curve = _CURVES[self.transfer]
        return matrix_profile(name if curve == SRGB_CURVE else f"{name}, gamma {curve[0]}", primaries, white, curve)

    def notes(self) -> tuple[str, ...]:
        if self.hdr:
            return (_HDR_NOTE.format("PQ" if self.transfer == _PQ else "HLG"),)
        return () if self.known else ("Its colours are of a kind that is not known; they are taken for sRGB.",)

    def linear(self, samples: Samples) -> Samples:
        """HDR samples (h, w, n), uint8 or uint16, as light, float32: 1 is white."""
        values = np.arange(np.iinfo(samples.dtype).max + 1) / np.iinfo(samples.dtype).max
        if self.transfer == _PQ:
            return mapped(samples, _pq(values))
        scene = mapped(samples, _hlg(values))
        weights = np.array([0.2627, 0.6780, 0.0593] if scene.shape[2] == 3 else [1], np.float32)
        light = scene @ weights  # the system's gamma, for a display of 1000 cd/m2
        scene *= (np.maximum(light, 1e-6) ** np.float32(0.2))[..., None] * np.float32(1000 / _WHITE)
        return scene


def _pq(values: NDArray[np.float64]) -> NDArray[np.float32]:
    bent = values ** (1 / 78.84375)
    light = np.maximum(bent - 0.8359375, 0) / (18.8515625 - 18.6875 * bent)
    return np.asarray(light ** (1 / 0.1593017578125) * (10_000 / _WHITE), np.float32)


def _hlg(values: NDArray[np.float64]) -> NDArray[np.float32]:
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.asarray(np.where(values <= 0.5, values**2 / 3, (np.exp((values - c) / a) + b) / 12), np.float32)
