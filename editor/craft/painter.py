"""Painter: which colour every shade of a part becomes when the part gets another colour, as `recolor.onnx` tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
ANSWERS = ("cover", "shine", "aim", "enter", "think", "leave", "ratio")  # `aim` and what follows: a painter
OFF = np.float32(10)  # how finely it sees differences in colour
SAID = np.array([0.3, 0.15, 0.15], np.float32)  # how far it goes in one step, in OKLab
DIMMEST, BRIGHTEST = 0.04, 3.0  # lightness of a part's own colour at least; of its light, beside that, at most


@dataclass(frozen=True, eq=False)
class Painter:
    """A small network for one part alone, whose weights were told: `aim` (9, k), `enter` (4 + k, k), `think` (2 k + 1,
    k) and `leave` (k, 3); their last rows, but for `leave`, are added. `ratio`, 0..1, is how much colours follow light
    as physics has it, and not as retouchers have it who keep the contrast. Everything is in OKLab (Ottosson 2020)."""

    aim: Floats
    enter: Floats
    think: Floats
    leave: Floats
    ratio: float = 0.0

    @property
    def nbytes(self) -> int:
        return self.aim.nbytes + self.enter.nbytes + self.think.nbytes + self.leave.nbytes

    def colours(self, colours: Floats, base: Floats, target: Floats) -> Floats:
        """What `colours` (n, 3) become when the part's own colour `base` (3,) becomes `target` (3,): float32 (n, 3).

        The base itself becomes exactly the target. Any numbers go in; far away from the part's colours the answer goes
        on as it did where the network knew them.
        """
        k = self.leave.shape[0]
        away = np.asarray(colours - base, np.float32)
        aim = _silu(np.concatenate([_features(target), _features(base)]) @ self.aim[:-1] + self.aim[-1])
        shift = aim @ self.enter[3:-1] + self.enter[-1]
        deeper = aim @ self.think[k:-1] + self.think[-1]

        def said(of: Floats) -> Floats:
            hidden = _silu(of @ (OFF * self.enter[:3]) + shift)
            return np.asarray(_silu(hidden @ self.think[:k] + deeper) @ self.leave, np.float32)

        out = (said(away) - said(np.zeros((1, 3), np.float32))) * SAID
        dimmest = max(float(base[0]), DIMMEST)
        light = (colours[:, :1] / np.float32(dimmest)).clip(0, np.float32(BRIGHTEST))
        out += np.float32(1 - self.ratio) * target + np.float32(self.ratio) * (light * target)
        out[:, 0] += np.float32(1 - self.ratio) * away[:, 0]
        return np.asarray(out, np.float32)


def painter_of(told: Mapping[str, NDArray[np.float32]]) -> Painter:
    """The painter in what the network told."""
    weights = (np.ascontiguousarray(told[name][0], np.float32) for name in ANSWERS[2:6])
    return Painter(*weights, ratio=float(told["ratio"][0, 0]))


def _features(lab: Floats) -> Floats:
    """A colour (3,) as the network sees it, (4,): lightness, two axes, chroma."""
    chroma = np.sqrt(np.square(lab[1:]).sum() + 1e-8)
    return np.array([2 * lab[0] - 1, 4 * lab[1], 4 * lab[2], 4 * chroma], np.float32)


def _silu(x: Floats) -> Floats:
    """x / (1 + exp(-x)) (Elfwing et al., 2018)."""
    return np.asarray(x * (0.5 + 0.5 * np.tanh(0.5 * x)), np.float32)
