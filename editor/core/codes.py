"""Codes: what is known of the numbers that a network makes of products: where sliders lead, and how far is far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from editor.core.image import Pixels

SLIDER, AXIS, DIRECTION, CATEGORY = "slider", "axis", "direction", "category"
KINDS = (SLIDER, AXIS, DIRECTION, CATEGORY)
SOFT, HARD = 3.0, 6.0  # standard deviations


@dataclass(frozen=True)
class Direction:
    """A way in the space of codes (k): `vector` is one standard deviation of the codes long.

    `kind`: "slider", a trait by name, changed without the others; "axis", towards "red" or "yellow", of which a
    product's own colour makes its colourfulness and its hue; "direction", one of the strongest without a name, "1" and
    on; "category", no way but the place where products of a category lie. `effect`: how much of a trait's standard
    deviation among products one of this changes; `leak`: the mean of what it does to the other traits; `one_way`: in
    which part of the products it only grows. All three are 0 where nothing was measured.
    """

    name: str
    kind: str
    vector: tuple[float, ...]
    effect: float = 0.0
    leak: float = 0.0
    one_way: float = 0.0
    soft: float = SOFT
    hard: float = HARD


@dataclass(frozen=True)
class Codes:
    """`mean` and `deviation` (k) of the numbers of the codes of products that the network was trained for. One in a
    hundred products that it was not trained on is further than `far` (root mean square of the numbers, less their mean,
    in deviations), and comes back with a larger difference than `unlike` (root mean square over the product, of colours
    over white and alpha)."""

    directions: tuple[Direction, ...] = ()
    mean: tuple[float, ...] = ()
    deviation: tuple[float, ...] = ()
    far: float = 0.0
    unlike: float = 0.0

    def of(self, kind: str) -> dict[str, Pixels]:
        """The vectors of that kind by name, float32 (k)."""
        return {d.name: np.array(d.vector, np.float32) for d in self.directions if d.kind == kind}

    @property
    def contradiction(self) -> str:
        """What in it cannot be true, in a few words; empty: nothing."""
        lengths = {len(d.vector) for d in self.directions} | {len(self.mean), len(self.deviation)}
        if len(lengths) > 1:
            return "directions are as long as codes"
        if not all(d.kind in KINDS and np.isfinite(d.vector).all() for d in self.directions):
            return "directions are finite, and of a known kind"
        return "" if all(0 < each < np.inf for each in self.deviation) else "deviations are above 0"

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> Codes:
        """What `dataclasses.asdict` wrote, as JSON gives it back. Raises TypeError, ValueError or AttributeError."""
        ways = tuple(
            Direction(**{f.name: way[f.name] for f in fields(Direction) if f.name in way} | {"vector": _floats(way)})
            for way in values.get("directions", ())
        )
        mean, deviation = (tuple(map(float, values.get(name, ()))) for name in ("mean", "deviation"))
        return Codes(ways, mean, deviation, float(values.get("far", 0)), float(values.get("unlike", 0)))


def _floats(way: Mapping[str, Any]) -> tuple[float, ...]:
    return tuple(map(float, way["vector"]))
