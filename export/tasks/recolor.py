"""Recolor: tells a part's colour from the light on it, and how the light looks on another colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from editor.core.model import Model
from editor.core.params import rgb_of
from editor.craft.asking import SEEN
from editor.craft.difference import ciede2000, lab_of
from editor.craft.dye import Dye
from editor.craft.oklab import oklab_of
from editor.craft.painter import ANSWERS
from editor.craft.part import LEFT
from editor.ml.card import Card
from export.colours import by_rows, decode, encode, light_of, oklab, oklab_of_light
from export.data import drawn, dyed, recoloured
from export.data.drawn import Drawn
from export.data.parts import Parts, joined, middle, taken
from export.data.photos import find
from export.data.scene import scenes
from export.measure import table
from export.nets.recolor import RecolorConfig, RecolorNet, Told, painted
from export.recoloring import KINDS, RIVALS, by_network, covered, judged, of_pairs, of_scenes, split, to_target
from export.swatches import GENTLE, SWATCHES, photos, texture
from export.task import Config, Score, Task

MEASURED = 500  # renders
BEHIND = 0.9  # of the best other's distance that a published model has at most
MET, OFTEN = 2.0, 0.9  # CIEDE2000 within which targets count as met, and how many of them have to be
SHARES = (0.44, 0.50, 0.06)  # of a batch: drawn, recoloured by a retoucher, dyed
COVER, SHINE, RISE, DIM = 0.08, 0.10, 0.5, 0.02  # how much maps, light that rises, and shine on its own count
BARE = 0.25  # how much colours without their shine count
TINT = 4.0  # differences in colour count less where there is much of it, as for the eye
STEP = 0.02  # of OKLab's lightness


@dataclass(frozen=True)
class Material:
    """What batches are made of."""

    drawn: Drawn
    pairs: list[recoloured.Pair]
    plain: list[dyed.Plain]


class Recolor(Task[Parts]):
    name = "recolor"
    title = "Recolor"
    defaults = Config("recolor", (), patch=144, lr=1e-3, ema=0.998)
    card = Card(
        "recolor",
        "Recolor",
        inputs=("matte", "like"),
        multiple_of=RecolorNet.multiple_of,
        side=SEEN,
        answers=ANSWERS,
        licence="GPL-3.0-or-later",
    )
    rank = "pairs CIEDE2000"
    higher_is_better = False

    def __init__(self, shape: RecolorConfig | None = None, measured: int = MEASURED) -> None:
        self.shape, self.measured = shape or RecolorConfig(), measured
        self.kept = drawn.KEPT
        self._kept: dict[str, Parts] | None = None

    def net(self) -> nn.Module:
        return RecolorNet(self.shape)

    def load(self, config: Config, device: torch.device) -> Material:
        cv2.setNumThreads(1)
        places = [Path(place) for place in config.data]
        pairs = recoloured.pairs(places)
        listed = {place for place in places if recoloured.listed(place)}
        plain = dyed.plain(find([place for place in places if place not in listed]))
        return Material(Drawn(config.patch, torch.Generator().manual_seed(config.seed), self.kept), pairs, plain)

    def batch(self, material: object, config: Config, chance: torch.Generator) -> Parts:
        assert isinstance(material, Material)
        parts = []
        if material.pairs and (count := round(SHARES[1] * config.batch)):
            parts.append(recoloured.patches(material.pairs, count, config.patch, chance))
        if material.plain and (count := round(SHARES[2] * config.batch)):
            parts.append(dyed.patches(material.plain, count, config.patch, chance))
        rest = config.batch - sum(len(part.image) for part in parts)
        return joined([*parts, drawn.patches(material.drawn.take(rest), chance)])

    def loss(self, net: nn.Module, batch: Parts) -> Tensor:
        """How far the colours are from those due, in OKLab as the eye weighs them; how wrong the maps are; whether
        light that rises falls."""
        device = next(net.parameters()).device
        batch = batch.to(device)
        told: Told = net(batch.image, batch.matte, batch.like)
        with torch.autocast(device.type, enabled=False):
            told = Told(*(part.float() for part in told))
            made, bare, lab, base, rest = made_of(batch, told)
            wrong = seen_apart(by_rows(oklab, made), by_rows(oklab, batch.due)).mean()
            wrong = wrong + BARE * seen_apart(bare, by_rows(oklab_of_light, rest)).mean()
            cover = F.binary_cross_entropy(told.cover.clamp(1e-5, 1 - 1e-5), batch.cover, reduction="none")
            cover = (cover * batch.known * (0.2 + batch.matte)).mean()
            root = (told.shine.clamp(min=1e-5).sqrt() - batch.shine.clamp(min=1e-5).sqrt()).abs()
            shine = (root * batch.lit).sum() / batch.lit.sum().clamp(min=1)
            dim = (told.shine.clamp(min=1e-5).sqrt() * (1 - batch.lit) * batch.cover).mean()
            return wrong + COVER * cover + SHINE * shine + DIM * dim + RISE * self._falls(told, lab, base)

    def _falls(self, told: Told, lab: Tensor, base: Tensor) -> Tensor:
        """How much lightness falls where that of the photo rises, for targets of any colour."""
        some = lab[:, :96].detach()
        goal = torch.rand_like(base) * torch.tensor([0.9, 0.3, 0.3], device=base.device)
        goal = goal + torch.tensor([0.08, -0.15, -0.15], device=base.device)
        step = torch.tensor([STEP, 0, 0], device=base.device)
        apart = painted(some + step, base, goal, told)[..., 0] - painted(some, base, goal, told)[..., 0]
        return torch.relu(0.1 * STEP - apart).mean() / STEP

    def validate(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> dict[str, float]:
        numbers = {}
        for name, parts in self._seen(folders).items():
            given = (part.to(device) for part in (parts.image, parts.matte, parts.like))
            with torch.autocast(device.type, enabled=False):  # coarse numbers would hide what is gained
                told = Told(*(part.cpu() for part in net(*given)))
                made = made_of(parts, told)[0]
                due, got = (by_rows(oklab, colours) for colours in (parts.due, made))
            numbers[f"{name} apart"] = 100 * float(seen_apart(got, due).mean())
            numbers[f"{name} cover"] = float(((told.cover - parts.cover).abs() * parts.known).mean())
        return numbers

    def picture(self, net: nn.Module, folders: Sequence[Path], device: torch.device) -> Tensor | None:
        rows = []
        for parts in self._seen(folders).values():
            given = (part[:6].to(device) for part in (parts.image, parts.matte, parts.like))
            told = Told(*(part.float().cpu() for part in net(*given)))
            maps = [told.cover, told.shine.sqrt(), parts.shine.sqrt()]
            row = torch.cat([parts.image[:6], *(m[:6].expand(-1, 3, -1, -1) for m in maps)], 3)
            rows.append(torch.cat(list(row), 1))
        return torch.cat(rows, 2)

    def _seen(self, places: Sequence[Path]) -> dict[str, Parts]:
        if self._kept is None:
            chance = torch.Generator().manual_seed(1)
            self._kept = {"drawn": drawn.patches(scenes(24, 192, chance), chance)}
            if pairs := recoloured.pairs(list(places), measuring=True):
                self._kept["pairs"] = recoloured.patches(pairs, 24, 192, chance, turning=False)
        return self._kept

    def measure(self, model: Model, folders: Sequence[Path], models: Path) -> Score:
        """The network, as the app puts it into effect, beside what others do: on renders, the same ones every time; on
        the held-out pairs of retouchers; twelve colours of held-out photos, for how well they are met and what is left
        of the texture. Raises ValueError where a folder is missing, or none has a held-out photo."""
        for folder in folders:
            if not folder.is_dir():
                raise ValueError(f"{folder}: there is no such folder")
        ways = {"": by_network(model), **{f" of {name}": way for name, way in RIVALS.items()}}
        numbers = judged("renders", of_scenes(self.measured), ways)
        if pairs := recoloured.pairs(list(folders), measuring=True):
            numbers |= judged("pairs", of_pairs(pairs), ways)
        numbers |= _on_photos(model, folders)
        return Score(numbers, self.report(numbers))

    def report(self, numbers: Mapping[str, float]) -> str:
        titles = {"": "Packshot", **{f" of {name}": name for name in RIVALS}}
        tables = []
        for name in ("renders", "pairs"):
            if f"{name} cases" not in numbers:
                continue
            columns = {f"{kind} {what}".strip(): f"{name} {kind} {what}".replace("  ", " ")
                       for kind in ("", *KINDS) for what in ("CIEDE2000", "PSNR")}  # fmt: skip
            rows = [
                (title, {c: numbers[key + way] for c, key in columns.items() if key + way in numbers})
                for way, title in titles.items()
            ]
            tables.append(f"On {numbers[f'{name} cases']:.0f} {name}, over the part:\n\n{table(list(columns), rows)}")
        return "\n\n".join(
            [
                *tables,
                f"{numbers['photos']:.0f} photos in {len(SWATCHES)} colours: CIEDE2000 to the target "
                f"{numbers['photos CIEDE2000 to target']:.2f} in the mean, "
                f"{numbers['photos CIEDE2000 to target, worst']:.2f} at worst, "
                f"{numbers['photos that meet it with mirrored light']:.0%} within {MET:g}, and "
                f"{numbers['photos that meet the target']:.0%} without mirrored light; SSIM of the texture "
                f"{numbers['photos texture']:.3f} in the mean, "
                f"{numbers['photos texture, worst']:.3f} at worst{_inside(numbers)}.",
            ]
        )

    def shortfall(self, numbers: Mapping[str, float]) -> str:
        for name in ("renders", "pairs"):
            if f"{name} CIEDE2000" not in numbers:
                return f"it was not measured on {name}"
            best = min(numbers[f"{name} CIEDE2000 of {rival}"] for rival in RIVALS)
            if numbers[f"{name} CIEDE2000"] > BEHIND * best:
                return f"on {name} it is at {numbers[f'{name} CIEDE2000']:.2f}, the best other at {best:.2f}"
        if (met := numbers["photos that meet it with mirrored light"]) < OFTEN:
            return f"it meets {met:.0%} of the targets within {MET:g}; {OFTEN:.0%} are the least"
        return ""


def _on_photos(model: Model, folders: Sequence[Path]) -> dict[str, float]:
    """Twelve colours of held-out photos: how far the median of what the app took for the part is from the target, and
    the part's texture. Raises ValueError where there is no such photo of a product on white."""
    way = by_network(model)
    apart, diffuse, kept, inside = [], [], [], []
    count = 0
    for _, rgb, matte in photos(folders):
        count += 1
        product = matte > 0.5
        studied = split(model, rgb, product)
        part = product & covered(studied, rgb)
        if not part.any():
            continue  # nothing was recoloured, and the app says so
        own = np.median(lab_of(rgb)[part], axis=0)
        for colour in SWATCHES.values():
            target = np.array(rgb_of(colour), np.float32)
            goal = lab_of(target[None, None])[0, 0]
            made = way(rgb, product, target)
            apart.append(to_target(rgb, made, part, target))
            own_colour = Dye(studied, oklab_of(target[None])[0]).diffuse(1.0)
            diffuse.append(float(ciede2000(own_colour[None, None], goal[None, None])[0, 0]))
            if abs(goal[0] - own[0]) < GENTLE:
                kept.append(texture(rgb, made, part))
                inside.append(texture(rgb, made, part, alone=True))
    if not count:
        raise ValueError(f"{', '.join(map(str, folders))}: there are no held-out photos of products on white")
    return {
        "photos": float(count),
        "photos CIEDE2000 to target": float(np.mean(apart)),
        "photos CIEDE2000 to target, worst": float(np.max(apart)),
        "photos that meet the target": float(np.mean(np.array(diffuse) <= MET)),
        "photos that meet it with mirrored light": float(np.mean(np.array(apart) <= MET)),
        "photos texture": float(np.mean(kept)),
        "photos texture, worst": float(np.min(kept)),
        "photos texture, the part alone": float(np.mean(inside)),
        "photos texture, the part alone, worst": float(np.min(inside)),
    }


def _inside(numbers: Mapping[str, float]) -> str:
    """What is said of texture by windows that see nothing beside the part, where that was measured."""
    if "photos texture, the part alone" not in numbers:
        return ""
    mean, worst = (numbers[f"photos texture, the part alone{end}"] for end in ("", ", worst"))
    return f"; {mean:.3f} and {worst:.3f} by windows that see the part alone"


def made_of(batch: Parts, told: Told) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """The batch's colours (n, p, 3) repainted, sRGB-encoded; the same without shine, in OKLab; what they were, without
    shine, in OKLab; its middle (n, 3); and what is due without shine, in linear light."""
    linear = decode(batch.came)
    shine = torch.minimum(taken(told.shine, batch.at), (1 - LEFT) * linear.amin(2, keepdim=True))
    lab = by_rows(oklab_of_light, linear - shine)
    base = middle(lab.detach())
    target = middle(by_rows(oklab, batch.due))
    bare = painted(lab, base, target, told)
    light = by_rows(light_of, bare)
    due = decode(batch.due)
    rest = torch.maximum(due - shine, LEFT * due)
    return encode((light + shine).clamp(1e-4, 1)), bare, lab, base, rest


def seen_apart(made: Tensor, due: Tensor) -> Tensor:
    """How far apart colours (n, p, 3) in OKLab look, (n, p): steps in lightness count in full, steps in colour the less
    the more colour there is."""
    chroma = (due[..., 1:].square().sum(2, keepdim=True) + 1e-8).sqrt()
    apart = torch.cat([made[..., :1] - due[..., :1], 2 * (made[..., 1:] - due[..., 1:]) / (1 + TINT * chroma)], 2)
    return (apart.square().sum(2) + 1e-6).sqrt()


TASK = Recolor()
