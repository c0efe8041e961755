"""Color: from a file's own colours to the working space and back, by LittleCMS.

The working space is sRGB-encoded float32 with extended range: 0..1 is the sRGB gamut; a more saturated or brighter
colour has values outside, mirrored below zero: encode(-x) = -encode(x).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from editor.core.cms import LINEAR, decode, encode, transform
from editor.core.icc import BT709, D50, D65, colour_model, matrix_profile, profile_name
from editor.core.image import Pixels
from editor.core.shaper import shaper

_SRGB_WITHIN = 0.002  # half a step of 8 bits: a profile that stays as near to sRGB as this is taken for it
_CHANNELS = {"GRAY": 1, "RGB": 3, "CMYK": 4}


@dataclass(frozen=True)
class Space:
    """A colour space that files are in. `profile` is its ICC profile; None is plain sRGB that no file says."""

    model: str  # "GRAY", "RGB" or "CMYK": the channels of a pixel
    profile: bytes | None = field(default=None, repr=False)
    note: str = ""  # what a person should know about the colours

    @staticmethod
    def of(profile: bytes | None, channels: int) -> Space:
        """The space of a file with so many colour channels (1, 3 or 4) and this profile.

        A profile that cannot be read or is for other channels is left out, and `note` says so. Without one, grey and
        RGB are sRGB, and CMYK is converted by the textbook formula.
        """
        model = {1: "GRAY", 3: "RGB", 4: "CMYK"}[channels]
        note = ""
        if profile:
            says = colour_model(profile)
            if not (says == model or (model == "GRAY" and says == "RGB")):
                told = says or "nothing known"
                profile, note = None, f"its colour profile is for {told}, not for {model}; it is left out"
            elif not _usable(profile):
                profile, note = None, "its colour profile is damaged and left out"
        if model == "CMYK" and not profile:
            note = (note + "; " if note else "") + "it has no usable CMYK profile, so its colours are approximate"
        return Space(model, profile, note)

    @property
    def name(self) -> str:
        """What the profile calls itself."""
        return (profile_name(self.profile) if self.profile else "") or {"CMYK": "CMYK"}.get(self.model, "sRGB")

    @property
    def channels(self) -> int:
        return _CHANNELS[self.model]

    @property
    def is_srgb(self) -> bool:
        """Whether values are the working space's as they stand (for grey: on all three channels)."""
        return self.model != "CMYK" and (self.profile is None or _near_srgb(self.profile))

    @property
    def is_linear(self) -> bool:
        """Whether values are linear light, of which 8 bits are too few."""
        if self.model != "RGB" or self.is_srgb:
            return False
        grey = decode(self.to_working(np.full((1, 1, 3), 0.5, np.float32)))
        return bool(abs(float(grey.mean()) - 0.5) < 0.05)

    def same_samples(self, other: Space) -> bool:
        """Whether samples of this space are samples of the other as they stand."""
        return self == other or (self.model == other.model and self.is_srgb and other.is_srgb)

    def to_working(self, samples: Pixels) -> Pixels:
        """(h, w, channels) of this space, 0..1 or, in float, beyond, to (h, w, 3) of the working space, float32."""
        rgb_profile = self.profile is not None and colour_model(self.profile) == "RGB"
        if self.model == "GRAY" and (self.is_srgb or rgb_profile):
            samples = np.repeat(samples, 3, axis=2)
        if self.is_srgb:
            return np.asarray(samples, np.float32)
        if self.model == "CMYK" and self.profile is None:
            return np.asarray((1 - samples[..., :3]) * (1 - samples[..., 3:]), np.float32)
        assert self.profile is not None
        tables = shaper(self.profile)
        return tables.to_working(samples) if tables else encode(transform(samples, self.profile, LINEAR))

    def from_working(self, rgb: Pixels) -> Pixels:
        """(h, w, 3) of the working space to (h, w, channels) of this one, float32: RGB beyond 0..1 where it does not
        hold a colour, ink clipped to 0..1; colours are lost where this space is grey."""
        if self.model == "CMYK" and self.profile is None:
            key = 1 - rgb.clip(0, 1).max(axis=2, keepdims=True)
            inks = (1 - rgb.clip(0, 1) - key) / np.maximum(1 - key, np.float32(1e-6))
            return np.concatenate([inks, key], axis=2).clip(0, 1)
        if self.model == "GRAY" and self.is_srgb:
            return encode(luminance(decode(rgb)))
        if self.is_srgb:
            return rgb
        assert self.profile is not None
        if self.model == "RGB" and (tables := shaper(self.profile)):
            return tables.from_working(rgb)
        linear = decode(rgb)
        if self.model == "GRAY" and colour_model(self.profile) == "RGB":
            grey = np.repeat(luminance(linear), 3, axis=2)
            return np.ascontiguousarray(transform(grey, LINEAR, self.profile).mean(axis=2, keepdims=True))
        out = transform(linear, LINEAR, self.profile)
        return out.clip(0, 1) if self.model == "CMYK" else out


def luminance(linear: Pixels) -> Pixels:
    """(h, w, 3) linear sRGB to (h, w, 1), weighted as the eye does (ITU-R BT.709)."""
    return np.asarray(linear @ np.array([[0.2126], [0.7152], [0.0722]], np.float32))


@lru_cache(64)
def _usable(profile: bytes) -> bool:
    """Whether LittleCMS can go from this profile to the working space and back."""
    grey = np.full((1, 2, _CHANNELS[colour_model(profile)]), 0.5, np.float32)
    try:
        there = transform(grey, profile, LINEAR)
        back = transform(there, LINEAR, profile)
    except (RuntimeError, ValueError):
        return False
    return bool(np.isfinite(there).all() and np.isfinite(back).all())


@lru_cache(64)
def _near_srgb(profile: bytes) -> bool:
    steps = np.linspace(0, 1, 9, dtype=np.float32)
    if colour_model(profile) == "GRAY":
        probe = steps[None, :, None]
        return bool(np.abs(encode(transform(probe, profile, LINEAR)) - probe).max() < _SRGB_WITHIN)
    probe = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    return bool(np.abs(encode(transform(probe, profile, LINEAR)) - probe).max() < _SRGB_WITHIN)


SRGB = Space("RGB", matrix_profile("sRGB", BT709))
DISPLAY_P3 = Space("RGB", matrix_profile("Display P3", ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))))
ADOBE_RGB = Space(
    "RGB",
    matrix_profile("Compatible with Adobe RGB (1998)", ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), D65, (563 / 256,)),
)
PROPHOTO = Space(
    "RGB",
    matrix_profile("ROMM RGB", ((0.734699, 0.265301), (0.159597, 0.840403), (0.036598, 0.000105)), D50, (1.8,)),
)
OUTPUT_SPACES = {"srgb": SRGB, "p3": DISPLAY_P3, "adobergb": ADOBE_RGB}
