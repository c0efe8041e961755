"""Cut-out: from a photo to its matte, and the edge at full size, beside OpenCV's GrabCut on the same picture.

`python -m tests.bench.cutout` runs it alone.
"""

from __future__ import annotations

import json
import time

import cv2
import numpy as np

from editor import edits
from editor.core.edit import Look
from editor.core.engine import Engine, View
from editor.core.job import Job
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sample import draw
from editor.edits.cutout import Cutout
from editor.ml.store import Store, model_folder

SIZE = (4000, 3000)
ROUNDS = 5  # of GrabCut


def best(work, times=3):
    """Seconds of the fastest of some runs."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def grabcut(rgb) -> None:
    height, width = rgb.shape[:2]
    box = round(0.05 * width), round(0.05 * height), round(0.9 * width), round(0.9 * height)
    levels = (rgb[..., ::-1].clip(0, 1) * 255 + 0.5).astype(np.uint8)
    mask = np.zeros((height, width), np.uint8)
    cv2.grabCut(levels, mask, box, np.zeros((1, 65)), np.zeros((1, 65)), ROUNDS, cv2.GC_INIT_WITH_RECT)


def numbers() -> dict[str, float]:
    """The numbers by name; times in seconds."""
    edits.discover()
    store = Store(model_folder())
    photo = Photo("bench.tif", draw(size=SIZE))
    small = photo.at(Look.SMALL / max(photo.size))
    look = Look(lambda: small, tuple, photo.size)
    edit, recipe = Cutout(), Recipe().put(Cutout())
    edit.study(look, store, Job())  # loads the network
    ours, theirs = best(lambda: edit.study(look, store, Job())), best(lambda: grabcut(small.rgb), 1)
    engine = Engine(store, memory=0)
    engine.facts(photo, recipe, edit, Job())
    whole = best(lambda: engine.render(photo, recipe, View(), Job()))
    return {
        "cut-out, 1024 px to matte, s (at most 0.6)": ours,
        "cut-out: GrabCut's time on the same picture, as a multiple": theirs / ours,
        "cut-out, 12 MP at full size, s": whole,
        "cut-out: GrabCut's time on a picture of 1024 px, as a multiple of that": theirs / whole,
    }


if __name__ == "__main__":
    print(json.dumps(numbers(), indent=2))
