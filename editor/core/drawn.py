"""Drawn: the kinds of parameter that are set on the picture itself: a rectangle, points, strokes of a brush."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from editor.core.params import Kind

Place = tuple[float, float]  # x and y, fractions of the width and height
Box = tuple[float, float, float, float]  # x, y, width, height, fractions of the width and height
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class Rectangle(Kind):
    """A part of the picture: (x, y, width, height), fractions 0..1 of the picture's width and height."""

    def check(self, value: object) -> Box:
        x, y, width, height = _numbers(value, 4, 0.0, 1.0, "a rectangle (x, y, width, height)")
        if width <= 0 or height <= 0 or x + width > 1 + 1e-6 or y + height > 1 + 1e-6:
            raise ValueError(f"({x:g}, {y:g}, {width:g}, {height:g}) is no part of the picture")
        return x, y, min(width, 1 - x), min(height, 1 - y)

    def parse(self, text: str) -> Box:
        return self.check(_split(text))

    def format(self, value: object) -> str:
        return " ".join(repr(v) for v in self.check(value))

    def brief(self, value: object) -> str:
        return " ".join(f"{v:.4g}" for v in self.check(value))

    @property
    def range(self) -> str:
        return "x y width height, fractions of the picture"


@dataclass(frozen=True)
class Points(Kind):
    """From `fewest` to `most` points of the picture, fractions of its width and height; -1..2, so also beside it.

    Where there may be none they are set one by one, and shown as pins with the `sign` "+" or "-", or none.
    """

    fewest: int = 1
    most: int = 100
    sign: str = ""

    def check(self, value: object) -> tuple[Place, ...]:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{value!r} are no points")
        if not self.fewest <= len(value) <= self.most:
            raise ValueError(f"{len(value)} points are not {self.range}")
        return tuple((x, y) for x, y in (_numbers(v, 2, -1.0, 2.0, "a point (x, y)") for v in value))

    def parse(self, text: str) -> tuple[Place, ...]:
        numbers = _split(text)
        if len(numbers) % 2:
            raise ValueError(f"{text!r} are no points: x y x y ...")
        return self.check(tuple(zip(numbers[::2], numbers[1::2], strict=True)))

    def format(self, value: object) -> str:
        return " ".join(repr(v) for point in self.check(value) for v in point)

    def brief(self, value: object) -> str:
        return " ".join(f"{v:.4g}" for point in self.check(value) for v in point)

    @property
    def range(self) -> str:
        return f"{self.fewest} points" if self.fewest == self.most else f"{self.fewest} to {self.most} points"


@dataclass(frozen=True)
class Stroke:
    """One stroke of a brush along `points`. `size` is the brush's diameter, a fraction of the photo's longer side.

    `mark` says what it stands for, where the brush has several marks. Raises ValueError for what is none.
    """

    points: tuple[Place, ...]
    size: float = 0.05
    hardness: float = 0.5  # from 0, soft from the middle on, to 1, a sharp edge
    erase: bool = False
    mark: str = ""

    def __post_init__(self) -> None:
        points = Points("", fewest=1, most=100_000).check(self.points)
        (size,) = _numbers([self.size], 1, 1e-5, 4.0, "a size")
        (hardness,) = _numbers([self.hardness], 1, 0.0, 1.0, "a hardness")
        if not isinstance(self.erase, bool):
            raise ValueError(f"erase is true or false, not {self.erase!r}")
        if not isinstance(self.mark, str):
            raise ValueError(f"the mark of a stroke is a word, not {self.mark!r}")
        for name, value in (("points", points), ("size", size), ("hardness", hardness)):
            object.__setattr__(self, name, value)

    @cached_property
    def _hash(self) -> int:
        return hash((self.points, self.size, self.hardness, self.erase, self.mark))

    def __hash__(self) -> int:
        return self._hash  # once: a photo may have thousands of them

    @cached_property
    def erasing(self) -> Stroke:
        """The stroke as one that takes away what it covers."""
        return self if self.erase else replace(self, erase=True, mark="")


@dataclass(frozen=True)
class Strokes(Kind):
    """What a brush has covered, as the strokes it was painted with, in the order they were made.

    Where it has `marks`, each stroke is of one of them, or erases them all; where two overlap, the later one counts.
    """

    marks: tuple[str, ...] = ()

    def check(self, value: object) -> tuple[Stroke, ...]:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{value!r} are no strokes")
        return tuple(self._marked(v if isinstance(v, Stroke) else _stroke(v)) for v in value)

    def _marked(self, stroke: Stroke) -> Stroke:
        if stroke.mark in (self.marks or ("",)) and not (self.marks and stroke.erase):
            return stroke
        if stroke.erase and self.marks and stroke.mark in ("", *self.marks):
            return replace(stroke, mark="") if stroke.mark else stroke
        allowed = f"one of {', '.join(self.marks)}" if self.marks else "left out here"
        raise ValueError(f"the mark of a stroke is {allowed}, not {stroke.mark!r}")

    @property
    def _words(self) -> dict[str, str]:
        """What a stroke begins with on the command line, and the mark that it means."""
        return {mark.lower(): mark for mark in self.marks} or {"add": ""}

    def parse(self, text: str) -> tuple[Stroke, ...]:
        """ "add SIZE HARDNESS X Y X Y ...; erase ...", or a mark in place of add. Raises ValueError."""
        made, words = [], self._words
        for part in filter(None, (p.strip() for p in text.split(";"))):
            what, _, rest = part.partition(" ")
            numbers = _split(rest)
            if what not in (*words, "erase") or len(numbers) < 4 or len(numbers) % 2:
                known = f"{', '.join(words)} or erase"
                raise ValueError(f"{part!r} is not a stroke: {known}, size, hardness, x y x y ...")
            points = tuple(zip(numbers[2::2], numbers[3::2], strict=True))
            made.append(Stroke(points, numbers[0], numbers[1], what == "erase", words.get(what, "")))
        return self.check(made)

    def format(self, value: object) -> str:
        return "; ".join(
            f"{'erase' if s.erase else s.mark.lower() or 'add'} {s.size!r} {s.hardness!r} "
            + " ".join(f"{x!r} {y!r}" for x, y in s.points)
            for s in self.check(value)
        )

    def brief(self, value: object) -> str:
        count = len(self.check(value))
        return f"{count} stroke{'' if count == 1 else 's'}"

    @property
    def range(self) -> str:
        return f"strokes: {'|'.join((*self._words, 'erase'))} SIZE HARDNESS X Y X Y ...; ..."


def _stroke(value: object) -> Stroke:
    known = {f.name for f in fields(Stroke)}
    if not isinstance(value, Mapping) or not set(value) <= known or "points" not in value:
        raise ValueError(f"a stroke has {', '.join(sorted(known))}")
    return Stroke(**value)


def _numbers(value: object, count: int, low: float, high: float, what: str) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or len(value) != count:
        raise ValueError(f"{value!r} is not {what}")
    for v in value:
        if isinstance(v, bool) or not isinstance(v, int | float) or not low <= v <= high:
            raise ValueError(f"{v!r} in {what} is not a number between {low:g} and {high:g}")
    return tuple(float(v) for v in value)


def _split(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(word) for word in text.split())
    except ValueError:
        raise ValueError(f"{text!r} are not numbers") from None


def rectangle(title: str, default: Box = WHOLE) -> Any:
    return field(default=default, metadata={"param": Rectangle(title)})


def points(title: str, default: tuple[Place, ...] = (), *, fewest: int = 1, most: int = 100, sign: str = "") -> Any:
    return field(default=default, metadata={"param": Points(title, fewest, most, sign)})


def strokes(title: str, *, marks: tuple[str, ...] = ()) -> Any:
    """Declares what a brush covers, for each of its marks; at first nothing."""
    return field(default=(), metadata={"param": Strokes(title, marks)})
