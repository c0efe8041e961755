"""Recoloring: what others do to give a product another colour, and how far that is from how it really looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import torch

from editor.core.geometry import Region
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.model import Model
from editor.craft.asking import grain, told
from editor.craft.bared import bared
from editor.craft.difference import ciede2000, lab_of, rgb_of
from editor.craft.dye import Dye, recoloured, shifted
from editor.craft.laid import Laid
from editor.craft.likeness import decided, like, main_colour
from editor.craft.oklab import oklab_of, rgb_from
from editor.craft.part import NONE, SURE, Part, agreed, part_of
from export.data.recoloured import Pair
from export.data.scene import Scenes, albedos, scenes

COLOURLESS, BLACK = 0.1, 0.15  # HSV saturation and value below which a colour has no hue to be turned
STEP = 20.0  # of L*: what counts as from dark to light
VIVID = 25.0  # CIELAB chroma that counts as saturated
SIDE = 256  # pixels that renders are measured at
GROUP = 10  # renders that are drawn at a time
KINDS = ("dark to light", "light to dark", "saturated to saturated")


@dataclass(frozen=True)
class Case:
    """A photo in one colour and in another, float32 (h, w, 3), sRGB-encoded 0..1; what differs, (h, w) bool."""

    before: Pixels
    after: Pixels
    part: np.ndarray

    @property
    def target(self) -> Pixels:
        """The colour (3,) that the part has in the end: the median of L*, a* and b* over it, sRGB-encoded."""
        middle = np.median(lab_of(self.after)[self.part], axis=0)
        return np.asarray(rgb_of(np.asarray(middle, np.float32)[None, None])[0, 0], np.float32)

    @property
    def kind(self) -> str:
        """One of KINDS, or none of them: ""."""
        one, other = (np.median(lab_of(rgb)[self.part], axis=0) for rgb in (self.before, self.after))
        if abs(other[0] - one[0]) >= STEP:
            return KINDS[0] if other[0] > one[0] else KINDS[1]
        return KINDS[2] if min(np.hypot(*one[1:]), np.hypot(*other[1:])) >= VIVID else ""


Way = Callable[[Pixels, np.ndarray, Pixels], Pixels]
"""(h, w, 3), the part (h, w) and a target (3,) to (h, w, 3); what is not part is not looked at."""


def by_hsv(rgb: Pixels, part: np.ndarray, target: Pixels) -> Pixels:
    """Hue turned, saturation scaled, value shifted, so that the part's median becomes the target. Where the part has no
    colour (grey, black), it gets the target's hue and saturation, since none can be turned. Shifting the value is
    nearer to what retouchers do than scaling it."""
    hsv = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)
    goal = cv2.cvtColor(target[None, None].clip(0, 1), cv2.COLOR_RGB2HSV)[0, 0]
    own = np.median(hsv[part], axis=0)
    own[0] = cv2.cvtColor(np.median(rgb[part], axis=0)[None, None], cv2.COLOR_RGB2HSV)[0, 0, 0]
    out = hsv.copy()
    if own[1] < COLOURLESS or own[2] < BLACK:
        out[..., :2] = goal[:2]
    else:
        out[..., 0] = (hsv[..., 0] + goal[0] - own[0]) % 360
        out[..., 1] = (hsv[..., 1] * (goal[1] / own[1])).clip(0, 1)
    out[..., 2] = (hsv[..., 2] + goal[2] - own[2]).clip(0, 1)
    return np.asarray(cv2.cvtColor(out, cv2.COLOR_HSV2RGB), np.float32)


def by_reinhard(rgb: Pixels, part: np.ndarray, target: Pixels) -> Pixels:
    """Statistics of L*, a* and b* carried over (Reinhard et al., "Color Transfer between Images", 2001). A swatch has a
    mean and no deviation, so that of the photo stays: better than any scale of it that was tried."""
    lab = lab_of(rgb)
    return rgb_of(lab + (lab_of(target[None, None]) - np.median(lab[part], axis=0)))


def by_oklab(rgb: Pixels, part: np.ndarray, target: Pixels) -> Pixels:
    """What the app does without its network."""
    lab = oklab_of(rgb)
    made = shifted(lab.reshape(-1, 3), np.median(lab[part], axis=0), oklab_of(target[None])[0])
    return rgb_from(made.reshape(lab.shape))


def by_network(model: Model) -> Way:
    """As the app does it at 100 %, where the part is looked for in the product."""

    def way(rgb: Pixels, part: np.ndarray, target: Pixels) -> Pixels:
        dye = Dye(split(model, rgb, part), oklab_of(target[None])[0])
        image = Image(rgb, matte=np.asarray(part, np.float32))
        return recoloured(image, dye, 1.0, bared(image, dye.part))

    return way


def split(model: Model, rgb: Pixels, product: np.ndarray) -> Part:
    """What the app studies of a photo whose product, (h, w) bool, has been found, where nobody clicks."""
    share = np.asarray(product, np.float32)
    lab = oklab_of(rgb)
    main = main_colour(lab, share)
    base = np.median(lab[product], axis=0) if main is None else main
    cover, shine, painter = told(rgb, share, share * like(lab, base), model, Job())
    cover = agreed(cover, shine, rgb, [base])
    return part_of(rgb, share, cover, shine, base, (rgb.shape[1], rgb.shape[0]), painter, grain(share))


def covered(part: Part, rgb: Pixels) -> np.ndarray:
    """Where the app recolours a photo (h, w, 3) by more than a half: (h, w) bool."""
    whole = Region(0, 0, rgb.shape[1], rgb.shape[0])
    model = Laid(part, Image(rgb), whole).covers(whole)
    share = decided(np.einsum("hwc,hwc->hw", model[..., :3], rgb) + model[..., 3], NONE, SURE)
    return np.asarray(share > 0.5)


RIVALS: dict[str, Way] = {"HSV shift": by_hsv, "Reinhard transfer": by_reinhard, "OKLab shift": by_oklab}


def judged(name: str, cases: Iterable[Case], ways: Mapping[str, Way]) -> dict[str, float]:
    """Mean CIEDE2000 over the pixels of the part, and PSNR there, of every way: means over cases, and over each of
    KINDS alone. Everything is clipped and rounded to 8 bits before."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for case in cases:
        due = case.after[case.part][None]
        for way, run in ways.items():
            made = run(case.before, case.part, case.target)[case.part][None]
            apart = float(ciede2000(lab_of(_rounded(made)), lab_of(_rounded(due))).mean())
            noise = float(np.square(_rounded(made) - _rounded(due), dtype=np.float64).mean())
            for kind in {"", case.kind}:
                found.setdefault((kind, way), []).append((apart, -10 * np.log10(max(noise, 1e-8))))
    numbers = {f"{name} cases": float(len(found["", ""]))}
    for (kind, way), values in found.items():
        title = f"{name} {kind}" if kind else name
        for what, column in zip(("CIEDE2000", "PSNR"), zip(*values, strict=True), strict=True):
            numbers[f"{title} {what}{way}"] = float(np.mean(column))
    return numbers


def to_target(before: Pixels, made: Pixels, part: np.ndarray, target: Pixels) -> float:
    """CIEDE2000 between the target and the median of the part's well-lit pixels: those that were neither among the
    darkest tenth nor among the lightest twentieth."""
    light = lab_of(before)[..., 0]
    low, high = np.percentile(light[part], (10, 95))
    lit = part & (light >= low) & (light <= high)
    middle = np.asarray(np.median(lab_of(made)[lit], axis=0), np.float32)
    return float(ciede2000(middle[None, None], lab_of(target[None, None]))[0, 0])


def of_pairs(pairs: Iterable[Pair]) -> Iterator[Case]:
    """Both directions of pairs of photos."""
    for pair in pairs:
        one, other = (rgb.astype(np.float32) / np.float32(255) for rgb in (pair.one, pair.other))
        part = pair.part > 127
        yield Case(one, other, part)
        yield Case(other, one, part)


def of_scenes(count: int, seed: int = 1_000_000) -> Iterator[Case]:
    """Renders, one after the other of each of KINDS and one of any colours, the same ones every time. Colours are drawn
    until they are of the kind."""
    chance = torch.Generator().manual_seed(seed)
    done = 0
    while done < count:
        drawn = scenes(GROUP, SIDE, chance)
        for number in range(GROUP):
            one = drawn[number : number + 1]
            case = _of_kind(one, (*KINDS, "")[done % (len(KINDS) + 1)], chance)
            if case is not None and done < count:
                done += 1
                yield case


def _of_kind(one: Scenes, kind: str, chance: torch.Generator) -> Case | None:
    part = (one.cover[0, 0] > 0.5).numpy()
    if part.mean() < 0.01:
        return None
    for _ in range(40):
        photos = (one.coloured(albedos(1, chance))[0].permute(1, 2, 0).contiguous().numpy() for _ in range(2))
        before, after = (_rounded(photo) for photo in photos)
        case = Case(before, after, part)
        if not kind or case.kind == kind:
            return case
    return None


def _rounded(rgb: Pixels) -> Pixels:
    """In 8-bit steps."""
    return np.asarray(np.rint(rgb.clip(0, 1) * 255) / np.float32(255), np.float32)
