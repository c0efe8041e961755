"""Dye: a part's own colour replaced, and the light that was on it put back.

What becomes of a part's colours hangs on the colours alone: it is worked out for a lattice of those that the part has,
and read between its points. Mirrored light is taken off before, in linear light, and added again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from editor.core.image import Image, Pixels
from editor.craft.bared import Bared, Strip
from editor.craft.difference import lab_of
from editor.craft.likeness import COLOURLESS, decided
from editor.craft.oklab import encoded, from_lab, light_from, oklab_of, oklab_of_light
from editor.craft.part import Part
from editor.craft.strips import side_by_side
from editor.craft.transform import applied, processor

NODES = 17  # of the lattice, on each axis
GLOSSY = 2.5  # times its highlights are those of a part that is as glossy as can be
DEEPER, FLATTER = 0.25, 0.15  # of the contrast of light that a glossy part has more, and a matte one less
STEEP = (0.35, 2.0)  # of the part's contrast: as little and as much as another lightness leaves of it
MOST_CHROMA = 1.5  # times a part's chroma: what differs in hue differs by so much more at most
WHITE = 1.03  # lightness up to which light makes a part lighter than its own colour
AIMED, ASIDE = (
    3,
    np.array([0.08, 0.05, 0.05], np.float32),
)  # every so many of well-lit pixels say how far aside to aim, at most
_BRIGHTEST, _WIDEST = (-0.2, 2.0), 0.7  # OKLab: what a lattice holds at most


@dataclass(frozen=True, eq=False)
class Dye:
    """What becomes of a part: its base is to be `target` (3,), OKLab. `finish` -1 is matte, 1 glossy, 0 as it was."""

    part: Part
    target: Pixels
    finish: float = 0.0

    @property
    def gloss(self) -> np.float32:
        """Times the mirrored light there was."""
        return np.float32(1 + (GLOSSY - 1) * self.finish if self.finish > 0 else 1 + self.finish)

    @cached_property
    def _aim(self) -> Pixels:
        """What its own colour has to become (3,) so that the median of its well-lit pixels, mirrored light included, is
        the target: where they are many colours, what becomes of the one in the middle is not in the middle of what
        becomes of all."""
        aim, few, shine = self.target, self.part.lit[::AIMED], self.part.shine[::AIMED] * self.gloss
        for _ in range(3 if len(few) else 0):
            made = oklab_of_light(light_from(self._painted(few, aim)) + shine)
            missed = self.target - np.median(made, axis=0)
            aim = np.asarray(self.target + (aim + missed - self.target).clip(-ASIDE, ASIDE), np.float32)
        return aim

    def colours(self, lab: Pixels) -> Pixels:
        """What the part's colours (n, 3) become, without mirrored light."""
        return self._painted(lab, self._aim)

    def _painted(self, lab: Pixels, aim: Pixels) -> Pixels:
        part = self.part
        paint = part.painter.colours if part.painter else shifted
        out = np.array(paint(lab, part.base, aim), np.float32)
        more = DEEPER * self.finish if self.finish > 0 else FLATTER * self.finish
        out[:, 0] += np.float32(more) * (out[:, 0] - self.target[0])
        np.clip(out[:, 0], *_BRIGHTEST, out=out[:, 0])
        np.clip(out[:, 1:], -_WIDEST, _WIDEST, out=out[:, 1:])
        return out

    @cached_property
    def _ends(self) -> tuple[Pixels, Pixels]:
        """What the lattice reaches from and to, (3,) each: a little beyond the part's `low` and `high`, so that its own
        colour is a point of it and becomes just what it should."""
        low, high, base = (v.astype(np.float64) for v in (self.part.low, self.part.high, self.part.base))
        step = (high - low) / (NODES - 2)
        low = base - np.ceil((base - low) / step) * step
        return low.astype(np.float32), (low + (NODES - 1) * step).astype(np.float32)

    @cached_property
    def _table(self) -> list[Any]:
        """OpenColorIO's steps from OKLab to OKLab, for what lies between `_ends`."""
        import PyOpenColorIO as OCIO  # noqa: N814 - see `craft.transform`

        low, high = (end.astype(np.float64) for end in self._ends)
        axes = [np.linspace(a, b, NODES) for a, b in zip(low, high, strict=True)]
        nodes = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3).astype(np.float32)
        table = OCIO.Lut3DTransform(NODES)
        table.setInterpolation(OCIO.INTERP_TETRAHEDRAL)
        table.setData(self.colours(nodes).ravel())  # OpenColorIO wants the last axis fastest, as it is
        within = np.eye(4)
        within[(0, 1, 2), (0, 1, 2)] = 1 / (high - low)
        place = OCIO.MatrixTransform(matrix=within.ravel().tolist(), offset=[*(-low / (high - low)), 0.0])
        return [place, table]

    @cached_property
    def _lattice(self) -> Any:
        return processor(self._table)

    @cached_property
    def _light(self) -> Any:
        """From OKLab to the linear light of what it becomes, for what lies between `_ends`."""
        return processor([*self._table, *from_lab()])

    def prepare(self) -> None:
        """Work out the lattice now, before several threads ask for it."""
        _ = self._lattice, self._light

    def mapped(self, lab: Pixels) -> Pixels:
        """What the part's colours (n, 3) become, through the lattice; those outside of it as those at its rim, and with
        what they are beyond it."""
        inside = lab.clip(*self._ends)
        out: Pixels = applied(self._lattice, inside[None])[0]
        beyond = lab - inside
        if beyond.any():
            beyond *= np.float32(np.clip(self.target[0] / self.part.base[0], *STEEP))
            out += beyond
        return out

    def dyed(self, lab: Pixels, shine: Pixels | None) -> Pixels:
        """What the part's colours (n, 3), OKLab without mirrored light, become, sRGB-encoded; `shine` (n, 1): that
        light, linear, which is put on again."""
        inside = lab.clip(*self._ends)
        outside = np.flatnonzero((inside != lab).any(1))
        light = applied(self._light, inside[None])[0]
        if len(outside):
            light[outside] = light_from(self.mapped(lab[outside]))
        if shine is not None:
            light += shine * self.gloss
        return encoded(light)

    def diffuse(self, strength: float) -> Pixels:
        """The part's own colour as it becomes, CIE L*a*b* (3,) under D65: the median of its well-lit pixels, without
        mirrored light."""
        return self._middle(strength, np.zeros_like(self.part.shine), np.float32(0))

    def seen(self, strength: float) -> Pixels:
        """The same as it looks, and as it is written: with mirrored light."""
        return self._middle(strength, self.part.shine, self.gloss)

    def _middle(self, strength: float, shine: Pixels, gloss: np.float32) -> Pixels:
        before = encoded(light_from(self.part.lit) + shine)
        after = encoded(light_from(self.mapped(self.part.lit)) + shine * gloss)
        made = lab_of((before + np.float32(strength) * (after - before))[None])[0]
        return np.asarray(np.median(made, axis=0), np.float32)


def shifted(lab: Pixels, base: Pixels, target: Pixels) -> Pixels:
    """What colours (n, 3) become when `base` (3,) becomes `target` (3,), by arithmetic alone: lightness and chroma keep
    their ratio to those of the part's own colour, as light has it, as far as contrast stays believable; what differs in
    hue still does.

    Rises with lightness, is never below black, and comes to white slowly.
    """
    own, aim = float(base[0]), max(float(target[0]), 1e-3)
    ratio = aim / own
    steep = min(max(ratio, STEEP[0]), STEEP[1])
    light = np.maximum(lab[:, 0], 0)
    over, under = np.maximum(light - base[0], 0), np.minimum(light, base[0])
    rest = max(WHITE - aim, 0.04)
    lighter = steep * over / (1 + steep * over / np.float32(rest))
    straight = aim + steep * (under - base[0])
    darker = straight if steep <= ratio else aim * (under / base[0]) ** np.float32(steep / ratio)
    out = np.empty_like(lab)
    out[:, 0] = np.where(light > base[0], aim + lighter, darker) + np.minimum(lab[:, 0], 0)
    pale = np.minimum(out[:, 0] / np.float32(aim), 1) * (1 - lighter / np.float32(2 * rest))
    shaded = (lab[:, 0] / base[0]).clip(0, 2.5)
    differs = lab[:, 1:] - shaded[:, None] * base[1:]
    out[:, 1:] = pale[:, None] * target[1:] + differs @ _turned(base[1:], target[1:], min(steep, 1.0))
    return np.asarray(out, np.float32)


def _turned(own: Pixels, aim: Pixels, plain: float) -> Pixels:
    """The matrix (2, 2) that differences from a part's own a and b (2,) are multiplied by when these become `aim` (2,):
    turned and stretched as these are, where they are no grey, else `plain` times what they were."""
    chroma, wanted = float(np.hypot(*own)), float(np.hypot(*aim))
    if chroma < 1e-6:
        return np.float32(plain) * np.eye(2, dtype=np.float32)
    along, across = own @ aim / chroma**2, (own[0] * aim[1] - own[1] * aim[0]) / chroma**2
    both = np.array([[along, across], [-across, along]], np.float32)
    both *= np.float32(min(1.0, MOST_CHROMA * chroma / max(wanted, 1e-6)))
    trust = decided(chroma, COLOURLESS / 2, 2 * COLOURLESS)
    return np.asarray(trust * both + (1 - trust) * np.float32(plain) * np.eye(2), np.float32)


def recoloured(image: Image, dye: Dye, strength: float, bare: Bared) -> Pixels:
    """The colours (h, w, 3) of `image`, a part of the picture, with the part, `bare` in it, dyed; outside of it those
    of `image`."""
    if not bare.strips or not strength:
        return image.rgb
    dye.prepare()
    out = image.rgb.copy()
    made = out[bare.window]

    def work(strip: Strip) -> None:
        step = dye.dyed(strip.lab, strip.shine)
        step -= strip.own
        step *= strip.weight if strength == 1 else strip.weight * np.float32(strength)
        here = made[strip.rows]
        if strip.chosen is None:
            here += step.reshape(here.shape)
        else:
            here[np.divmod(strip.chosen, here.shape[1])] += step

    side_by_side(work, bare.strips)
    return out


def lab_of_colour(rgb: tuple[float, float, float]) -> Pixels:
    """OKLab (3,) of one sRGB-encoded colour."""
    return oklab_of(np.array(rgb, np.float32))
