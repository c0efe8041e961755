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
TURNED, NEAR, GREY, COLOURED, STRETCHED = 0.7, 0.1, 0.03, 0.07, 2.0  # see `_turn`; OKLab
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
        trust, (one, two) = _turn(base, target)
        if trust > 0:
            turned = np.stack([away[:, 0], one * away[:, 1] - two * away[:, 2], two * away[:, 1] + one * away[:, 2]], 1)
            out += trust * (turned + target - out)
        return np.asarray(out, np.float32)


def painter_of(told: Mapping[str, NDArray[np.float32]]) -> Painter:
    """The painter in what the network told."""
    aim, enter, think, leave = (np.ascontiguousarray(told[name][0], np.float32) for name in ANSWERS[2:6])
    return Painter(aim, enter, think, leave, ratio=float(told["ratio"][0, 0]))


def _features(lab: Floats) -> Floats:
    """A colour (3,) as the network sees it, (4,): lightness, two axes, chroma."""
    chroma = np.sqrt(np.square(lab[1:]).sum() + 1e-8)
    return np.array([2 * lab[0] - 1, 4 * lab[1], 4 * lab[2], 4 * chroma], np.float32)


def _turn(base: Floats, target: Floats) -> tuple[np.float32, tuple[np.float32, np.float32]]:
    """How far it is only the hue that changes, and what turns and stretches it, as a complex number: where base and
    target are about as light and the base has a colour, nothing has to be found out about light."""
    chroma = max(float(np.square(base[1:]).sum()), 1e-6)
    near = np.exp(-0.5 * ((float(target[0]) - float(base[0])) / NEAR) ** 2)
    trust = TURNED * near * min(max((chroma**0.5 - GREY) / (COLOURED - GREY), 0), 1)
    hue = complex(*target[1:]) * complex(*base[1:]).conjugate() / chroma
    hue *= min(abs(hue), STRETCHED) / max(abs(hue), 1e-6)
    return np.float32(trust), (np.float32(hue.real), np.float32(hue.imag))


def _silu(x: Floats) -> Floats:
    """x / (1 + exp(-x)) (Elfwing et al., 2018)."""
    return np.asarray(x * (0.5 + 0.5 * np.tanh(0.5 * x)), np.float32)
