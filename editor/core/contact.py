"""Contact: a photo with its edits, as small as on a contact sheet, sooner than it can be opened."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import numpy as np
from PIL import Image as Pillow

from editor.core.codes import Codes
from editor.core.edit import Edit, Look, Stage
from editor.core.engine import Engine, View
from editor.core.formats import PhotoError, Samples, to_float
from editor.core.geometry import Region, scaled
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.matte_file import matte_path, read_matte
from editor.core.model import Model, Models
from editor.core.photo import Photo
from editor.core.read import size_of
from editor.core.recipe import Recipe
from editor.core.sketch import miniature

CLOSEST = 6  # a photo that is cropped closely is read at most so much larger than it is shown
BUDGET = 0.5  # seconds that one edit may take
PATIENCE = 4  # times as long a cut-out may, for the scene hangs on it
_STEPS = 32 << 20  # bytes of steps between edits


class OutOfReach(Exception):
    """What a picture this small cannot have: a network, or the photo's real pixels."""


def contact(path: Path, recipe: Recipe, side: int, models: Models | None = None) -> Image:
    """The photo as `recipe` has it, within `side` x `side` pixels. Raises PhotoError.

    An edit that cannot be had this small and this quickly is left out: one that asks for real pixels or for a network
    that makes pictures (one of `models` that only tells of them is quick), takes longer than BUDGET, or fails. Without
    the cut-out the scene that it was to stand in is left out as well.
    """
    if not recipe.active:
        return miniature(path, side)
    size = size_of(path)
    longest = max(size)
    scale = min(1.0, side / max(recipe.size(size)), CLOSEST * side / longest)
    seen = miniature(path, max(scaled(size, scale)))
    photo = _Small(path, seen.rgb, seen.alpha, full=size, known=_matte(path, seen.size))
    engine, view = Engine(_Telling(models or {}), _STEPS), View(scale)
    image, done = engine.render(photo, Recipe(), view, Job()), Recipe()
    for edit in recipe.active:
        try:
            image = engine.render(photo, done.put(edit), view, _limited(edit))
        except Exception:  # the canvas says what is wrong with it
            if edit.stage is Stage.CUTOUT and (rest := _unstaged(recipe, edit)) != recipe.without(*edit.key):
                return contact(path, rest, side, models)
            continue
        done = done.put(edit)
    return image


def _unstaged(recipe: Recipe, cutout: Edit) -> Recipe:
    """Without a cut-out and all of the scene: background, shadow, and where the product lies in them."""
    return recipe.only([e.key for e in recipe.edits if e.key != cutout.key and e.stage is not Stage.SCENE])


@dataclass(frozen=True, eq=False)
class _Small(Photo):
    """A photo of which there is no more than a miniature, at any scale that is small as well."""

    full: tuple[int, int] = (1, 1)
    known: Pixels | None = None  # the matte that is kept beside it, of the miniature's size

    @property
    def size(self) -> tuple[int, int]:
        return self.full

    def at(self, scale: float = 1.0, region: Region | None = None) -> Image:
        whole = Region(0, 0, *scaled(self.full, scale))
        height, width = self.samples.shape[:2]
        if max(whole) > max(width, height, Look.SMALL):
            raise OutOfReach
        planes = {"alpha": self.alpha, "matte": self.known}
        there = {name: plane[..., None] for name, plane in planes.items() if plane is not None}
        rgb = self.samples
        if (width, height) != whole[2:]:
            rgb, there = _resized(rgb, whole[2:]), {n: _resized(p, whole[2:]) for n, p in there.items()}
        image = Image(rgb, scale=scale).with_planes({n: np.ascontiguousarray(p[..., 0]) for n, p in there.items()})
        return image if region is None else image.crop(region)


@dataclass(frozen=True)
class _Telling(Mapping[str, Model]):
    """Networks as far as they only tell of a picture; for those that make one nobody waits."""

    models: Models

    def __getitem__(self, task: str) -> Model:
        return _Told(self.models, task)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(frozen=True)
class _Told:
    """One of them, not loaded before it is asked."""

    models: Models
    task: str

    @property
    def inputs(self) -> tuple[str, ...]:
        raise OutOfReach

    def run(self, pixels: Pixels, job: Job, **inputs: float | np.ndarray) -> Pixels:
        raise OutOfReach

    def tell(self, pixels: Pixels, job: Job, **inputs: float | np.ndarray) -> dict[str, np.ndarray]:
        if self.task not in tuple(self.models):
            raise OutOfReach
        return self.models[self.task].tell(pixels, job, **inputs)

    @property
    def codes(self) -> Codes:
        raise OutOfReach

    @property
    def words(self) -> tuple[str, ...]:
        raise OutOfReach

    def sides(self) -> dict[str, int]:
        raise OutOfReach

    def reckon(self, job: Job, **inputs: np.ndarray) -> dict[str, np.ndarray]:
        raise OutOfReach


def _limited(edit: Edit) -> Job:
    """A job that is stopped when it has taken as long as `edit` may."""
    end = monotonic() + BUDGET * (PATIENCE if edit.stage is Stage.CUTOUT else 1)

    def look(done: float) -> None:
        if monotonic() > end:
            job.cancel()

    job = Job(look)
    return job


def _matte(path: Path, size: tuple[int, int]) -> Pixels | None:
    """The matte that is kept beside a photo, at `size`; None where there is none, or none of use."""
    beside = matte_path(path)
    if not os.path.isfile(beside):
        return None
    with suppress(PhotoError):
        return _resized(to_float(read_matte(beside))[..., None], size)[..., 0].clip(0, 1)
    return None


def _resized(samples: Samples, size: tuple[int, int]) -> Samples:
    """(h, w, c) at another size."""
    planes = [
        np.asarray(Pillow.fromarray(plane).resize(size, Pillow.Resampling.HAMMING))
        for plane in np.ascontiguousarray(np.moveaxis(samples, 2, 0))
    ]
    return np.stack(planes, axis=2)
