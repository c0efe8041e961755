"""Coding: networks for codes that need no file: a product is an ellipse on white, its code colour, width and height."""

from __future__ import annotations

import numpy as np

from editor.core.codes import AXIS, CATEGORY, DIRECTION, SLIDER, Codes, Direction
from editor.edits.latent import CATEGORIES

SIDE, NUMBERS, WORDS = 32, 8, ("category=shirt", "category=shoe", "colour=red", "colour=blue", "gender=men")
MIDDLE, SPREAD = 0.5, 0.12  # of colours, and of widths and heights, as parts of a side
_NAMED = {
    "lightness": (1, 1, 1), "sleeve": (0, 0, 0, 1), "length": (0, 0, 0, 0, 1), "fullness": (0, 0, 0, 0.7, 0.7),
    "flare": (0, 0, 0, -0.5, 0.5), "formal": (-0.5, -0.5, 0.2),
}  # fmt: skip


def _vector(*numbers: float) -> tuple[float, ...]:
    return (*map(float, numbers), *(NUMBERS - len(numbers)) * (0.0,))


def codes() -> Codes:
    """What the stand-ins know of their codes."""
    named = [Direction(name, SLIDER, _vector(*way), 0.5, 0.05, 1.0) for name, way in _NAMED.items()]
    axes = [Direction("red", AXIS, _vector(1, -0.5, -0.5)), Direction("yellow", AXIS, _vector(0.5, 0.5, -1))]
    unnamed = [Direction(str(n + 1), DIRECTION, tuple(np.eye(NUMBERS)[n % NUMBERS].tolist())) for n in range(12)]
    kinds = [
        Direction(CATEGORIES[0], CATEGORY, _vector(0, 0, 0, 1, 1)),
        Direction(CATEGORIES[1], CATEGORY, _vector(0, 0, 0, 1, -1)),
    ]
    return Codes((*named, *axes, *unnamed, *kinds), (0.0,) * NUMBERS, (1.0,) * NUMBERS, far=2.0, unlike=0.3)


class Coder:
    """Its answers are by arithmetic alone; `asked` has how many were asked for at once, each time."""

    words = WORDS

    def __init__(self) -> None:
        self.asked: list[int] = []

    @property
    def codes(self) -> Codes:
        return Codes()

    def run(self, pixels, job, **inputs):
        raise AssertionError("networks for codes do not run on pixels")

    tell = run


class Encoder(Coder):
    """Tells colour, width and height of what is there."""

    inputs = ("picture",)

    def sides(self):
        return {"picture": SIDE, "code": NUMBERS}

    def reckon(self, job, *, picture):
        job.progress(0)
        self.asked.append(len(picture))
        alpha = picture[:, 3]
        mass = np.maximum(alpha.sum((1, 2)), 1e-3)
        colour = (picture[:, :3] * alpha[:, None]).sum((2, 3)) / mass[:, None]
        at = (np.arange(SIDE) + 0.5) / SIDE - 0.5
        x, y = (alpha.sum(1) * at).sum(1) / mass, (alpha.sum(2) * at).sum(1) / mass
        wide = 4 * np.sqrt((alpha.sum(1) * (at - x[:, None]) ** 2).sum(1) / mass)  # of an ellipse of that spread
        high = 4 * np.sqrt((alpha.sum(2) * (at - y[:, None]) ** 2).sum(1) / mass)
        code = np.zeros((len(picture), NUMBERS), np.float32)
        code[:, :3], code[:, 3], code[:, 4] = (colour - MIDDLE) / SPREAD, (wide - 0.6) / SPREAD, (high - 0.6) / SPREAD
        job.progress(1)
        return {"code": code.clip(-6, 6)}


class Decoder(Coder):
    """Draws the ellipse that a code tells of."""

    inputs = ("code", "condition")

    @property
    def codes(self) -> Codes:
        return codes()

    def sides(self):
        return {"picture": SIDE, "code": NUMBERS, "condition": len(WORDS)}

    def reckon(self, job, *, code, condition):
        job.progress(0)
        self.asked.append(len(code))
        at = (np.arange(SIDE) + 0.5) / SIDE - 0.5
        wide, high = ((0.6 + SPREAD * code[:, n]).clip(0.15, 0.98)[:, None, None] / 2 for n in (3, 4))
        far = np.sqrt((at[None, None] / wide) ** 2 + (at[None, :, None] / high) ** 2)
        alpha = ((1 - far) * 6 + 0.5).clip(0, 1)[:, None]
        colour = (MIDDLE + SPREAD * code[:, :3]).clip(0.02, 0.98)[..., None, None]
        job.progress(1)
        return {"picture": np.concatenate([1 + alpha * (colour - 1), alpha], 1).astype(np.float32)}


class Prior(Coder):
    """Red where that is said, blue where that is; wide where it is a shoe."""

    inputs = ("noise", "condition")

    def sides(self):
        return {"noise": NUMBERS, "condition": len(WORDS), "code": NUMBERS}

    def reckon(self, job, *, noise, condition):
        job.progress(0)
        self.asked.append(len(noise))
        code = np.array(noise, np.float32)
        code[:, 0] += 4 * (condition[:, 2] - condition[:, 3])
        code[:, 2] -= 4 * (condition[:, 2] - condition[:, 3])
        code[:, 4] -= 2 * condition[:, 1]
        job.progress(1)
        return {"code": code}
