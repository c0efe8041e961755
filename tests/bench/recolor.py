"""Recolor: how soon a new target shows at the size of a screen, once the part was split.

`python -m tests.bench.recolor` runs it alone.
"""

from __future__ import annotations

import json
import time

import numpy as np

from editor import edits
from editor.core.engine import Engine, View
from editor.core.job import Job
from editor.core.recipe import Recipe
from editor.edits.recolor import NETWORK, OKLAB, Recolor
from editor.ml.store import Store, model_folder
from tests.edits.wares import BLUE, shirt

SIZE = (3240, 2160)
SCREEN = 0.5  # of it: 1,620 x 1,080 pixels, nearly half of them part
TIMES = 15


def numbers() -> dict[str, float]:
    """The numbers by name."""
    edits.discover()
    models = Store(model_folder())
    photo = shirt(SIZE, gloss=0.2).photo(BLUE, bits=8)
    found: dict[str, float] = {}
    for method in (NETWORK, OKLAB) if "recolor" in set(models) else (OKLAB,):
        engine, took = Engine(models), []
        for step in range(TIMES + 1):
            recipe = Recipe().put(Recolor(target=f"#{10 * step:02x}6080", method=method))
            start = time.perf_counter()
            engine.render(photo, recipe, View(SCREEN), Job())
            took.append(1000 * (time.perf_counter() - start))
        found[f"recolor by {method}, a photo split for the first time, ms"] = took[0]
        found[f"recolor by {method}, a new target at screen size, ms (at most 60)"] = float(np.median(took[1:]))
    return found


if __name__ == "__main__":
    print(json.dumps(numbers(), indent=1, ensure_ascii=False))
