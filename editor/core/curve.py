"""Curve: the kind of parameter that maps tones to other tones by points, and the smooth line through them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.core.params import Kind

Knots = tuple[tuple[float, float], ...]  # a tone and what becomes of it, each 0..1, from the darkest on
STRAIGHT: Knots = ((0.0, 0.0), (1.0, 1.0))
MOST = 16
APART = 1 / 512  # that a point is to the right of the one before, at least
BESIDE = 1 / 85  # and that a person sets them apart: three levels of 255
LEAST = 1 / 64  # the slope beyond a curve's ends, at least: what lies there does not become all one tone


@dataclass(frozen=True)
class Curve(Kind):
    """Points (x, y), 0..1, that tones go through; the first and the last may be moved inwards, as black and white.

    `channel` is "red", "green" or "blue", or empty for what goes for all three.
    """

    channel: str = ""

    def check(self, value: object) -> Knots:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{value!r} is no curve")
        if not 2 <= len(value) <= MOST:
            raise ValueError(f"a curve of {len(value)} points has not 2 to {MOST}")
        knots = tuple(_point(entry) for entry in value)
        for (before, _), (x, _) in pairwise(knots):
            if x - before < APART * 0.999:
                raise ValueError(f"a point at {x:g} is not at least {APART:.3g} to the right of the one at {before:g}")
        return knots

    def parse(self, text: str) -> Knots:
        """ "0,0 0.25,0.2 1,1". Raises ValueError."""
        try:
            points = [[float(number) for number in word.split(",")] for word in text.split()]
        except ValueError:
            raise ValueError(f"{text!r:.80} is no curve such as 0,0 0.25,0.2 1,1") from None
        return self.check(points)

    def format(self, value: object) -> str:
        return " ".join(",".join(repr(number).removesuffix(".0") for number in knot) for knot in self.check(value))

    def brief(self, value: object) -> str:
        return " ".join(f"{x:.3g},{y:.3g}" for x, y in self.check(value))

    @property
    def range(self) -> str:
        return f"2 to {MOST} points x,y from left to right, 0 to 1"


def _point(entry: object) -> tuple[float, float]:
    if not isinstance(entry, list | tuple) or len(entry) != 2:
        raise ValueError(f"{entry!r:.80} is not a point x,y")
    for number in entry:
        if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number <= 1:
            raise ValueError(f"{number!r:.80} in a point of a curve is not a number between 0 and 1")
    return float(entry[0]), float(entry[1])


def curve(title: str, channel: str = "") -> Any:
    """Declares a curve; at first it is straight and changes nothing."""
    return field(default=STRAIGHT, metadata={"param": Curve(title, channel)})


@dataclass(frozen=True, eq=False)
class Line:
    """The smooth line through a curve's points: with no step in its slope, and nowhere above or below two neighbours.

    Cubic pieces with the slopes of Fritsch and Butland ("A Method for Constructing Local Monotone Piecewise Cubic
    Interpolants", SIAM J. Sci. Stat. Comput. 5, 1984), known as PCHIP. Beyond the first and the last point it goes on
    straight, and never level, so that tones outside them, and colours outside sRGB, still differ from each other.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    slope: NDArray[np.float64]

    def __call__(self, tones: NDArray[np.floating]) -> NDArray[np.float64]:
        """What becomes of tones, of any shape."""
        given = np.asarray(tones, np.float64)
        at = np.clip(np.searchsorted(self.x, given, "right") - 1, 0, len(self.x) - 2)
        width = np.diff(self.x)[at]
        left, right = self.slope[at] * width, self.slope[at + 1] * width
        rise = np.diff(self.y)[at]
        part = (np.clip(given, self.x[0], self.x[-1]) - self.x[at]) / width
        inside = self.y[at] + part * (left + part * (3 * rise - 2 * left - right + part * (left + right - 2 * rise)))
        below, above = np.minimum(given - self.x[0], 0), np.maximum(given - self.x[-1], 0)
        first, last = self._beyond
        return np.asarray(inside + below * first + above * last)

    @property
    def _beyond(self) -> tuple[float, float]:
        """The slopes on both sides: those at the ends, or, where they are level, the way that the curve came."""
        steps = np.diff(self.y)
        ways = np.sign(steps[steps != 0]) if steps.any() else np.ones(1)
        first, last = ways[[0, -1]] * np.maximum(np.abs(self.slope[[0, -1]]), LEAST)
        return float(first), float(last)


def line(knots: Knots) -> Line:
    """The line through points that `Curve.check` takes."""
    x, y = np.array(knots, np.float64).T
    widths, secants = np.diff(x), np.diff(y) / np.diff(x)
    slope = np.zeros_like(x)
    if len(x) == 2:
        return Line(x, y, np.full(2, secants[0]))
    before, after = secants[:-1], secants[1:]
    heavy, light = widths[:-1] + 2 * widths[1:], 2 * widths[:-1] + widths[1:]
    goes_on = before * after > 0  # else it is a peak or a foot, where the line is level
    weights = heavy / np.where(goes_on, before, 1) + light / np.where(goes_on, after, 1)
    slope[1:-1] = np.where(goes_on, (heavy + light) / weights, 0)
    slope[0] = _end(widths[0], widths[1], secants[0], secants[1])
    slope[-1] = _end(widths[-1], widths[-2], secants[-1], secants[-2])
    return Line(x, y, slope)


def _end(width: float, beside: float, secant: float, next_secant: float) -> float:
    """The slope at an end, of the parabola through three points, as far as the line stays between its neighbours."""
    slope = ((2 * width + beside) * secant - width * next_secant) / (width + beside)
    low, high = sorted((secant / 3, secant * 3))
    return min(max(slope, low), high)


def moved(knots: Knots, number: int, x: float, y: float) -> Knots:
    """With one of the points elsewhere, as far as its neighbours and 0..1 let it."""
    low = knots[number - 1][0] + BESIDE if number > 0 else 0.0
    high = knots[number + 1][0] - BESIDE if number < len(knots) - 1 else 1.0
    if low > high:  # they are closer than a person can set them: it stays between
        low = high = knots[number][0]
    there = min(max(x, low), high), min(max(y, 0.0), 1.0)
    return (*knots[:number], there, *knots[number + 1 :])


def added(knots: Knots, x: float, y: float) -> tuple[Knots, int]:
    """With one point more, and its number; -1 where there is no room for it."""
    number = sum(knot[0] < x for knot in knots)
    if len(knots) >= MOST or any(abs(knot[0] - x) < BESIDE for knot in knots):
        return knots, -1
    return (*knots[:number], (x, min(max(y, 0.0), 1.0)), *knots[number:]), number


def without(knots: Knots, number: int) -> Knots:
    """With one of the points taken away; an end goes back into its corner instead."""
    last = len(knots) - 1
    if 0 < number < last:
        return (*knots[:number], *knots[number + 1 :])
    return moved(knots, number, float(number == last), float(number == last))
