"""Output: cooks a photo at full size, tile after tile, and writes it so that a file is either whole or not there."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image as Pillow

from editor.core.color import OUTPUT_SPACES, SRGB, Space
from editor.core.encode import Layout, TooLong, encode, to_samples
from editor.core.engine import Engine, View
from editor.core.files import replacing, same_file
from editor.core.formats import Format, PhotoError, Samples, format_of, to_float
from editor.core.geometry import Region
from editor.core.icc import colour_model
from editor.core.image import Image, Pixels
from editor.core.job import Job
from editor.core.matte_file import put_matte_aside
from editor.core.metadata.exif import has_thumbnail
from editor.core.metadata.renew import STRIPS, renew
from editor.core.origin import GENERATED, RENDERED, strength, strongest, told_by
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sidecar import set_aside
from editor.core.untouched import copy_of

TILE = 1024  # pixels on a side; a multiple of the engine's grid
THUMBNAIL = 160  # pixels, as EXIF's has (DCF 2.0)
STRIPPED = tuple(sorted(STRIPS))
_CONCEPT = "is a concept that a network drew; where only photos are taken it may be refused"
_COMPOSITE = "shows what a network has made or reshaped; where only photos are taken it may be refused"


@dataclass(frozen=True)
class Output:
    """How a finished picture is written.

    `depth` is "8", "10", "12", "16", "float" or None: as the photo, if the format can. `profile` names the colours of
    the file: "photo" (as it came; RAW is written in ROMM RGB at 16 bits, in sRGB at 8), "srgb", "p3" or "adobergb".
    """

    depth: str | None = None
    quality: int = 95  # of JPEG, WebP, AVIF and JPEG XL, 1..100
    subsampling: str = "4:4:4"  # or "4:2:0": of the kinds that have a choice
    progressive: bool = False  # JPEG
    max_bytes: int | None = None  # as long as the file may be; the quality is lowered until it fits
    lossless: bool = False  # WebP, AVIF, JPEG XL
    profile: str = "photo"
    strip: frozenset[str] = frozenset()  # "gps"
    photos_only: bool = False  # it is for a place that takes no renders: what is one is to be warned of

    def __post_init__(self) -> None:
        _one_of("depth", self.depth, (None, "8", "10", "12", "16", "float"))
        _one_of("subsampling", self.subsampling, ("4:4:4", "4:2:0"))
        _one_of("profile", self.profile, ("photo", *OUTPUT_SPACES))
        for each in self.strip:
            _one_of("strip", each, STRIPPED)
        if not 1 <= self.quality <= 100:
            raise ValueError(f"quality {self.quality} is not between 1 and 100")
        if self.max_bytes is not None and self.max_bytes < 1:
            raise ValueError(f"a file of {self.max_bytes} bytes cannot be")

    def write(
        self, engine: Engine, photo: Photo, recipe: Recipe, path: Path, job: Job, *, overwrite: bool = False
    ) -> None:
        """Cooks `photo` and writes it to `path`, in the format of its suffix.

        The file appears whole or not at all: it is written beside its place, flushed to the disk and then renamed.
        The photo's own file is left alone unless `overwrite`. Edits kept beside a picture of that name were of other
        pixels and are put aside. Raises PhotoError, Cancelled, or what an edit raises.
        """
        kind = format_of(path)
        self.depth_in(kind, photo, path)
        if not overwrite and same_file(path, photo.path):
            raise PhotoError(path, "is the original, which is not overwritten unless asked")
        if os.path.isdir(path):  # unlike Path.is_dir it takes names of any length
            raise PhotoError(path, "is a folder")
        if not os.path.isdir(path.parent):
            raise PhotoError(path, "cannot be written (there is no such folder)")
        try:
            with replacing(path) as file:
                self.write_to(file, kind, engine, photo, recipe, job, path)
        except OSError as error:
            raise PhotoError(path, f"cannot be written ({error.strerror or error})") from None
        try:
            replaced = Path(os.path.realpath(path))  # a link leads to the picture that was replaced
            set_aside(replaced)
            put_matte_aside(replaced)
        except OSError as error:
            reason = f"is written, but edits of the picture before it are still beside it ({error.strerror or error})"
            raise PhotoError(path, reason) from None

    def write_to(
        self,
        file: BinaryIO,
        kind: Format,
        engine: Engine,
        photo: Photo,
        recipe: Recipe,
        job: Job,
        path: Path = Path("-"),
    ) -> None:
        """Cooks `photo` and writes it to an open file, which errors call `path`. Raises what `write` raises."""
        layout = self._layout(engine, photo, recipe, kind, job, path)
        try:
            if not recipe.active and (copied := copy_of(photo, kind, layout)):
                file.write(copied)
            else:
                encode(file, kind, layout, bands(engine, photo, recipe, layout, job), job)
            if self.max_bytes is not None and file.tell() > self.max_bytes:
                raise TooLong(f"has {file.tell():,} bytes without loss, and may have {self.max_bytes:,}")
        except TooLong as error:
            raise PhotoError(path, str(error)) from None
        except (struct.error, TypeError, ValueError, RuntimeError) as error:  # an encoder's own
            raise PhotoError(path, f"cannot be written as {kind.name} ({error})") from error
        job.progress(1)

    def depth_in(self, kind: Format, photo: Photo, path: Path = Path("-")) -> str:
        """The depth of a file of that `kind`. Raises PhotoError, which calls the file `path`, if it holds no such."""
        if self.depth is None:
            most = {"8": ("8",), "16": ("16", "12", "8"), "float": ("float", "16", "12", "8")}[photo.depth]
            return next(d for d in (str(photo.bits), *most, *kind.depths) if d in kind.depths)
        if self.depth not in kind.depths:
            held = " or ".join(kind.depths)
            raise PhotoError(path, f"{kind.name} does not hold a depth of {self.depth}; it holds {held}")
        return self.depth

    def _space(self, photo: Photo, recipe: Recipe, kind: Format, depth: str) -> Space:
        if not kind.profile:
            return photo.space if photo.space.model == "RGB" and photo.space.is_srgb else SRGB
        if self.profile != "photo":
            return OUTPUT_SPACES[self.profile]
        space = photo.space
        if space.model == "CMYK":
            return space if kind.cmyk else SRGB
        if space.model == "GRAY":
            if not kind.grey or any(edit.brings_colour for edit in recipe.active):
                return SRGB
            if kind.name == "PNG" and space.profile and colour_model(space.profile) == "RGB":  # not allowed there
                return Space("GRAY") if space.is_srgb else Space("RGB", space.profile)
            return space
        shallow = depth == "8" if photo.raw else depth in ("8", "10", "12") and space.is_linear
        return SRGB if shallow else space

    def _layout(self, engine: Engine, photo: Photo, recipe: Recipe, kind: Format, job: Job, path: Path) -> Layout:
        depth = self.depth_in(kind, photo, path)
        space = self._space(photo, recipe, kind, depth)
        size, thumbnail = recipe.size(photo.size), None
        if has_thumbnail(photo.metadata.exif):
            view = View(min(1.0, THUMBNAIL / max(size)))
            thumbnail = small_jpeg(engine.render(photo, recipe, view, job.quiet()))
        metadata = renew(
            photo.metadata, size=size, thumbnail=thumbnail, software=f"Packshot {_version()}".strip(),
            edits=told(recipe), when=datetime.now().astimezone(), srgb=space.is_srgb,
            digital_source_type=_turned(photo, recipe),
            strip=self.strip,
        )  # fmt: skip
        return Layout(
            size, depth, recipe.transparent(photo.alpha is not None) and kind.alpha, space, metadata, self.quality,
            self.subsampling, self.progressive, self.lossless, self.max_bytes,
        )  # fmt: skip


def source_of(photo: Photo, recipe: Recipe) -> str:
    """What a picture is by IPTC's digital source types, if its file or its edits say so; the strongest holds."""
    drawn = GENERATED if photo.concept else ""
    return strongest(drawn, told_by(photo.metadata.xmp), *(edit.origin() for edit in recipe.active))


def render_note(photo: Photo, recipe: Recipe) -> str:
    """A sentence for whom a place takes photos only; empty where this is one."""
    kind = source_of(photo, recipe)
    if strength(kind) < strength(RENDERED[0]):
        return ""
    return _CONCEPT if strength(kind) == strength(GENERATED) else _COMPOSITE


def _turned(photo: Photo, recipe: Recipe) -> str | None:
    """The type that is to be written; None where the photo's own stays."""
    kind, own = source_of(photo, recipe), told_by(photo.metadata.xmp)
    return kind if strength(kind) > strength(own) else None


def _one_of(name: str, value: str | None, allowed: Sequence[str | None]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} is {' or '.join(a for a in allowed if a)}, not {value!r}")


def _version() -> str:
    try:
        return version("packshot")
    except PackageNotFoundError:
        return ""


def told(recipe: Recipe) -> str:
    """The edits of a recipe that are switched on, in words for a file's history; empty where there is none."""
    return "; ".join(
        f"{edit.id}{' ' + edit.name if edit.name else ''}: "
        + ", ".join(f"{name} {param.brief(getattr(edit, name))}" for name, param in edit.params().items())
        for edit in recipe.active
    )


def small_jpeg(image: Image) -> bytes:
    """A picture as the thumbnail that EXIF holds: a JPEG in sRGB, on white."""
    file = io.BytesIO()
    Pillow.fromarray(to_samples(image.on_white(), np.dtype(np.uint8))).save(file, "JPEG", quality=80)
    return file.getvalue()


def bands(engine: Engine, photo: Photo, recipe: Recipe, layout: Layout, job: Job) -> Iterator[Samples]:
    """The cooked photo in bands of TILE rows, from the top, as samples of the file's depth.

    Samples that nothing is to change are handed on as they stand in the photo. Without alpha in the file, transparent
    parts come on white, as a viewer would show them.
    """
    tiles = Region(0, 0, *layout.size).tiles(TILE)
    untouched = (
        not recipe.active and layout.space.same_samples(photo.space) and layout.alpha == (photo.alpha is not None)
    )
    band = np.empty((0, 0, 0), layout.dtype)
    for index, tile in enumerate(tiles):
        if tile.x == 0:
            band = np.empty((tile.height, layout.size[0], layout.channels), layout.dtype)
        part = job.part(index, len(tiles))
        pixels = _as_it_is(photo, tile, part) if untouched else _cooked(engine, photo, recipe, layout, tile, part)
        band[:, tile.x : tile.right] = to_samples(pixels, layout.dtype)
        if tile.right == layout.size[0]:
            yield band


def _as_it_is(photo: Photo, tile: Region, job: Job) -> Pixels:
    job.progress(1)
    window = np.s_[tile.y : tile.bottom, tile.x : tile.right]
    colours = to_float(photo.samples[window])
    if photo.alpha is None:
        return colours
    return np.concatenate([colours, to_float(photo.alpha[window])[..., None]], axis=2)


def _cooked(engine: Engine, photo: Photo, recipe: Recipe, layout: Layout, tile: Region, job: Job) -> Pixels:
    image = engine.render(photo, recipe, View(1.0, tile), job)
    if layout.alpha:
        opaque = np.ones(image.rgb.shape[:2], np.float32) if image.alpha is None else image.alpha
        rgb = image.rgb
        # what was cut away is not to be found under the transparency, nor to be paid for
        if photo.alpha is None or recipe.transparent(False):
            rgb = np.where(opaque[..., None] > 0, rgb, np.float32(1))
        return np.concatenate([layout.space.from_working(rgb), opaque[..., None]], axis=2)
    return layout.space.from_working(image.on_white())
