"""Generate: products from nothing: words and a seed become noise, the prior makes codes of it, the decoder pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from editor.core.concept import Concept
from editor.core.engine import Engine
from editor.core.formats import PhotoError
from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.metadata import Metadata
from editor.core.model import Model, ModelError, Models
from editor.core.output import Output
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import write_sheet

DECODER, PRIOR = "latent-decoder", "latent-prior"
MOST_SPREAD = 2.0
MOST, MOST_SEED, LEAST_SIDE, MOST_SIDE = 999, 2**53, 16, 4096  # pictures of a seed, the largest seed, pixels on a side
_FAINT = np.float32(0.04)  # alpha that is a haze which the network leaves on white, and as much that it lacks inside
_THIN = np.float32(0.05)  # the alpha that colours over white are divided by at least
_CELL, _LINE, _INK = 192, 15, 96  # pixels of a picture on a sheet, of a line below it, and its grey

Words = Mapping[str, Sequence[str]]  # by kind ("category") all that it may be: every picture is one of them, in turn


@dataclass(frozen=True, eq=False)
class Drawn:
    """A picture of a product, straight RGBA float32 (side, side, 4), 0..1, in sRGB, and how it came about."""

    rgba: Pixels
    concept: Concept

    def enlarged(self, side: int) -> Drawn:
        """With so many pixels on a side, by Lanczos's filter: there is no more in it than was drawn."""
        if side == len(self.rgba):
            return self
        alpha = self.rgba[..., 3:]
        planes = np.concatenate([self.rgba[..., :3] * alpha, alpha], 2)  # what is transparent has no colour to spread
        big = np.stack([_resized(planes[..., n], side) for n in range(4)], 2)
        solid = big[..., 3:].clip(0, 1)
        rgb = np.where(solid > 1e-3, big[..., :3] / np.maximum(big[..., 3:], np.float32(1e-3)), np.float32(1))
        return Drawn(np.concatenate([rgb.clip(0, 1), solid], 2).astype(np.float32), self.concept)

    def photo(self, path: Path) -> Photo:
        """As if it had been opened from a file at `path`, 8 bit."""
        samples = (self.rgba * 255 + np.float32(0.5)).astype(np.uint8)
        alpha = np.ascontiguousarray(samples[..., 3])
        meta = Metadata(xmp=self.concept.xmp())
        return Photo(path, np.ascontiguousarray(samples[..., :3]), alpha, metadata=meta, concept=self.concept)


def words_of(models: Models) -> dict[str, tuple[str, ...]]:
    """What may be said, by kind, in the order of the network. Raises ModelError where there is none."""
    decoder, prior = models[DECODER], models[PRIOR]
    if prior.words != decoder.words:
        raise ModelError(f"{PRIOR}: is not of one training with {DECODER}; they know other words")
    found: dict[str, list[str]] = {}
    for text in decoder.words:
        kind, _, word = text.partition("=")
        found.setdefault(kind, []).append(word)
    return {kind: tuple(words) for kind, words in found.items()}


def side_of(models: Models) -> int:
    """Pixels on a side that pictures are drawn with. Raises ModelError where there is no network."""
    return models[DECODER].sides()["picture"]


def meant(text: str, known: Sequence[str], kind: str) -> tuple[str, ...]:
    """The words of a kind that a person means: one by its name, or all those that it is a part of: "shoes" are casual
    shoes, sports shoes and formal shoes. Raises ValueError, which names those that are known."""
    asked = _plain(text)
    for same in (lambda word: word == text.strip().lower(), lambda word: _close(_plain(word)) == _close(asked)):
        if found := tuple(word for word in known if same(word)):
            return found
    if asked and (found := tuple(word for word in known if f" {asked} " in f" {_plain(word)} ")):
        return found
    raise ValueError(f"{kind} {text!r} is not known; known are {', '.join(known)}")


def generate(
    models: Models, words: Words, count: int, seed: int, job: Job, spread: float = 1.0, first: int = 1
) -> Iterator[Drawn]:
    """Draws pictures number `first` and on of a seed, one after the other; each is the same however many are asked for.

    `spread` scales the noise: little of it gives what is usual, 1 the variety of what was learnt. Where several words
    of a kind are meant, all their combinations come in turn, from one on that hangs on the seed. Raises ValueError and
    ModelError at once, Cancelled later.
    """
    if not 1 <= count <= MOST or not 1 <= first <= MOST:
        raise ValueError(f"{count} pictures are not between 1 and {MOST}")
    if not 0 <= seed <= MOST_SEED:
        raise ValueError(f"the seed {seed} is not between 0 and {MOST_SEED}")
    if not 0 <= spread <= MOST_SPREAD:
        raise ValueError(f"the spread {spread:g} is not between 0 and {MOST_SPREAD:g}")
    known = words_of(models)
    for kind, several in words.items():
        for word in several:
            if word not in known.get(kind, ()):
                raise ValueError(f"{kind} {word!r} is not known; known are {', '.join(known.get(kind, known))}")
    return _generate(models, words, count, seed, job, spread, first)


def _generate(
    models: Models, words: Words, count: int, seed: int, job: Job, spread: float, first: int
) -> Iterator[Drawn]:
    known, decoder, prior = words_of(models), models[DECODER], models[PRIOR]
    every = [f"{kind}={word}" for kind, its in known.items() for word in its]
    by = _name_of(decoder)
    for step in range(count):
        number, part = first + step, job.part(step, count)
        part.progress(0)
        said = _combination(words, seed + number - 1)
        condition = np.array([[text in {f"{k}={w}" for k, w in said} for text in every]], np.float32)
        noise = np.random.default_rng([seed, number]).standard_normal((1, prior.sides()["noise"])) * spread
        code = prior.reckon(part.part(0, 2), noise=noise.astype(np.float32), condition=condition)["code"]
        picture = decoder.reckon(part.part(1, 2), code=code, condition=condition)["picture"][0]
        part.progress(1)
        yield Drawn(straight(picture), Concept(said, seed, number, spread, by))


def straight(picture: Pixels) -> Pixels:
    """What a decoder draws, (4, side, side) with its colours over white, as straight RGBA (side, side, 4)."""
    drawn = np.moveaxis(np.asarray(picture, np.float32), 0, 2)
    alpha = drawn[..., 3:]
    rgb = 1 + (drawn[..., :3] - 1) / np.maximum(alpha, _THIN)
    solid = ((alpha - _FAINT) / (1 - 2 * _FAINT)).clip(0, 1)
    return np.concatenate([np.where(solid > 0, rgb, np.float32(1)).clip(0, 1), solid], 2).astype(np.float32)


def write(drawn: Drawn, path: Path, output: Output, job: Job) -> None:
    """Writes it to `path`, in place of what is there, with its mark inside and beside it. Raises PhotoError,
    Cancelled."""
    output.write(Engine({}, memory=0), drawn.photo(path), Recipe(), path, job, overwrite=True)
    try:
        write_sheet(Shot(path), Sheet(concept=drawn.concept))
    except OSError as error:
        raise PhotoError(path, f"is written, but what it was drawn from is not ({error.strerror or error})") from None


def contact_sheet(drawn: Sequence[Drawn]) -> Drawn:
    """All of them in rows on white, each with its number and its words."""
    columns = ceil(sqrt(len(drawn)))
    rows = ceil(len(drawn) / columns)
    paper = Pillow.new("RGB", (columns * _CELL, rows * (_CELL + 2 * _LINE)), "white")
    pen, font = ImageDraw.Draw(paper), ImageFont.load_default(11)
    for place, each in enumerate(drawn):
        x, y = place % columns * _CELL, place // columns * (_CELL + 2 * _LINE)
        rgba = each.enlarged(_CELL).rgba
        white = 1 + rgba[..., 3:] * (rgba[..., :3] - 1)
        paper.paste(Pillow.fromarray((white * 255 + np.float32(0.5)).astype(np.uint8)), (x, y))
        words = ", ".join(word for _, word in each.concept.words)
        for line, text in enumerate((f"{each.concept.number}", words)):
            pen.text((x + 6, y + _CELL + line * _LINE - 4), _fitting(text, font), (_INK,) * 3, font)
    rgb = np.asarray(paper, np.float32) / 255
    one = drawn[0].concept
    concept = Concept(_common([each.concept.words for each in drawn]), one.seed, 0, one.spread, one.network)
    return Drawn(np.dstack([rgb, np.ones(rgb.shape[:2], np.float32)]), concept)


def _combination(words: Words, number: int) -> tuple[tuple[str, str], ...]:
    """One word of each kind; numbers that follow each other go through all combinations."""
    said = []
    for kind, several in words.items():
        if several:
            number, place = divmod(number, len(several))
            said.append((kind, several[place]))
    return tuple(said)


def _common(asked: Sequence[tuple[tuple[str, str], ...]]) -> tuple[tuple[str, str], ...]:
    """The words that all of them have."""
    return tuple(pair for pair in asked[0] if all(pair in other for other in asked))


def _name_of(model: Model) -> str:
    """What drew it, with the version in its card, if it has one."""
    version = getattr(model, "version", "")
    return f"{DECODER} {version}".strip()


def _plain(text: str) -> str:
    """Words in small letters and the singular, parted by spaces."""
    return " ".join(_singular(word) for word in re.split(r"[\s_-]+", text.strip().lower()) if word)


def _close(text: str) -> str:
    return text.replace(" ", "")


def _singular(word: str) -> str:
    if re.search(r"(ss|sh|ch|x)es$", word):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _resized(plane: Pixels, side: int) -> Pixels:
    whole = Pillow.fromarray(np.ascontiguousarray(plane, np.float32))
    return np.asarray(whole.resize((side, side), Pillow.Resampling.LANCZOS), np.float32)


def _fitting(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> str:
    while text and font.getlength(text) > _CELL - 12:
        text = text[:-2].rstrip("…") + "…"
    return text
