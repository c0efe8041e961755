"""Exploring: an edit whose axes vary, for tests of everything that goes through variations; it needs no network."""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np

from editor.core.edit import Edit, Explored, Facts, Reading, Stage
from editor.core.params import picture, slider

NOWHERE = "Nothing that could vary was found in the picture."
FAR = "Far from anything that is known: {:.1f}"
NAMED = "red", "green", "blue"
UNNAMED = tuple(f"direction_{number}" for number in range(1, 6))
AXES = (*NAMED, *UNNAMED)
STEP = 0.05  # of a colour, for a standard deviation


def _axis(title: str) -> float:
    return slider(0.0, title, -6, 6, "σ", soft=(-3, 3))


class Varied(Facts):
    def __init__(self, note: str) -> None:
        self.note = note


@contextmanager
def varying():
    """While inside there is an edit that makes the picture redder, greener or bluer; the other axes do nothing that
    is seen. Of the partner it knows only that there is one: it takes light away."""

    class Vary(Edit):
        id, title, stage = "test_vary", "Vary", Stage.DESIGN
        explored = Explored(AXES, "other", "blend")
        notes = (NOWHERE,)
        readings = (FAR,)
        red: float = _axis("Redness")
        green: float = _axis("Greenness")
        blue: float = _axis("Blueness")
        direction_1: float = _axis("Direction 1")
        direction_2: float = _axis("Direction 2")
        direction_3: float = _axis("Direction 3")
        direction_4: float = _axis("Direction 4")
        direction_5: float = _axis("Direction 5")
        other: str = picture("Other")
        blend: float = slider(0.0, "Blend", 0, 100, "%")

        def question(self):
            return "vary"

        def study(self, look, models, job):
            spread = float(np.ptp(look.small.rgb))
            return Varied(NOWHERE if spread < 0.02 else "")

        def changes_nothing(self, facts):
            return bool(facts and facts.note)

        def reading(self, facts):
            return (Reading(FAR, (self.direction_5,), warns=True),) if self.direction_5 > 5 else ()

        def apply(self, image, facts, models, job):
            job.progress(0)
            if self.changes_nothing(facts):
                return image
            shift = STEP * np.array([self.red, self.green, self.blue], np.float32)
            dark = np.float32(0.004 * self.blend if self.other else 0.0)
            return image.with_rgb((image.rgb + shift - dark).astype(np.float32))

    kept = {name: kind for name, kind in Edit.kinds.items() if kind.explored and name != "test_vary"}
    for name in kept:
        del Edit.kinds[name]  # so that this one is the one that is explored
    try:
        yield Vary
    finally:
        del Edit.kinds["test_vary"]
        Edit.kinds.update(kept)
