"""Table: opens a source, saves it, asks other programs, and says what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from editor.core.color import Space
from editor.core.engine import Engine
from editor.core.formats import FORMATS, to_float
from editor.core.job import Job
from editor.core.output import Output
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.edits.denoise import Denoise
from tests.roundtrip import readers, sources

IDLE = Recipe().put(Denoise(strength=0.0))  # an edit that changes nothing, but is asked


@dataclass(frozen=True)
class Row:
    """One file in, one file out."""

    source: str
    target: str
    bits_in: int
    bits_out: str
    read_error: (
        float  # greatest difference between our samples and the other reader's, of 0..1; NaN where there is none
    )
    saved: tuple[float, float]  # CIEDE2000, mean and max, in the photo's own space; no edit
    edited: tuple[float, float]  # the same with an edit that does nothing
    profile: str  # "same", "none", "sRGB" ...
    kept: int  # of readers.KEPT
    asked: int
    lost: tuple[str, ...]
    history: bool
    orientation: object


def write(photo: Photo, recipe: Recipe, target: Path, output: Output) -> None:
    output.write(Engine({}), photo, recipe, target, Job())


def samples(photo: Photo) -> np.ndarray:
    colours = to_float(photo.samples)
    return colours if photo.alpha is None else np.dstack([colours, to_float(photo.alpha)])


def native(suffix: str) -> str:
    return suffix if any(suffix in kind.suffixes for kind in FORMATS) else ".tif"


def examine(name: str, folder: Path, suffix: str = "", **how: object) -> Row:
    """Makes the source, saves it as `suffix` (its own kind, or TIFF, if empty), as good as that kind goes."""
    path = sources.make(name, folder)
    photo = Photo.open(path)
    target = folder / f"saved{suffix or native(path.suffix)}"
    best = {"quality": 100, "lossless": True} | how
    write(photo, Recipe(), target, Output(**best))
    idle = folder / f"idle{target.suffix}"
    write(photo, IDLE, idle, Output(**best))
    mine = samples(photo)
    alpha = photo.alpha is not None and target.suffix != ".jpg"
    back = Photo.open(target)
    theirs, idles = (readers.other(file, photo.size, back.space.channels, alpha) for file in (target, idle))
    here, there = photo.space, back.space
    if here.channels == there.channels and here.profile == there.profile:
        flat = _on_white(mine, here) if photo.alpha is not None and not alpha else mine
        n = here.channels
        saved, edited = (readers.difference(flat[..., :n], seen[..., :n], here) for seen in (theirs, idles))
    else:
        one = here.to_working(mine[..., : here.channels].astype(np.float32)).clip(0, 1)
        n = there.channels
        both = [there.to_working(seen[..., :n].astype(np.float32)).clip(0, 1) for seen in (theirs, idles)]
        srgb = type(here)("RGB")
        saved, edited = (readers.difference(one, seen, srgb) for seen in both)
    before, after = readers.plain(readers.exif(path)), readers.plain(readers.exif(target))
    asked = [tag for tag in readers.KEPT if tag in before]
    lost = tuple(tag for tag in asked if after.get(tag) != before[tag])
    old, new = photo.space.profile or b"", readers.profile(target)
    said = "same" if old == new else "none" if not new else back.space.name
    return Row(
        name, target.suffix, photo.bits, back.depth if back.bits in (8, 16, 32) else str(back.bits),
        _read_error(path, photo),
        saved, edited, said, len(asked) - len(lost), len(asked), lost, "History" in after, after.get("Orientation"),
    )  # fmt: skip


def _on_white(mine: np.ndarray, space: Space) -> np.ndarray:
    rgb = space.to_working(mine[..., : space.channels].astype(np.float32))
    return space.from_working((1 + mine[..., space.channels :] * (rgb - 1)).astype(np.float32))


def _read_error(path: Path, photo: Photo) -> float:
    if path.suffix == ".dng":
        return float("nan")
    theirs = readers.other(path, photo.size, photo.space.channels, photo.alpha is not None)
    mine = samples(photo)
    if theirs.shape != mine.shape:
        theirs = theirs[..., : mine.shape[2]]
    return float(np.abs(theirs - mine).max())


def line(row: Row) -> str:
    """One line of the table, in Markdown."""
    error = "" if np.isnan(row.read_error) else f"{255 * row.read_error:.2f}"
    lost = f" (not {', '.join(row.lost)})" if row.lost else ""
    return (
        f"| {row.source} | {row.bits_in} | {error} | {row.target} | {row.bits_out} "
        f"| {row.saved[0]:.3f} / {row.saved[1]:.2f} "
        f"| {row.edited[0]:.3f} / {row.edited[1]:.2f} | {row.profile} | {row.kept} of {row.asked}{lost} "
        f"| {'yes' if row.history else 'no'} |"
    )


HEAD = (
    "| photo | bits | read: max difference to another reader, of 255 | saved as | bits | ΔE00 mean / max, no edit "
    "| ΔE00 mean / max, an idle edit | profile | metadata kept | history |\n|---|---|---|---|---|---|---|---|---|---|"
)
