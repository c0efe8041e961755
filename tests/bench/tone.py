"""Tone: how fast a photo of 24 megapixels is enhanced, and how soon each slider shows at the size of a screen.

`python -m tests.bench.tone` runs it alone.
"""

from __future__ import annotations

import json
import time
from dataclasses import replace

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps

from editor import edits
from editor.core.edit import Edit, Stage
from editor.core.engine import Engine, View
from editor.core.geometry import Region
from editor.core.job import Job
from editor.core.params import Slider
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sample import draw
from editor.ml.store import Store, model_folder
from tests.bench.cutout import best

SIZE = (6000, 4000)
SCREEN = 0.27  # of it: 1,620 x 1,080 pixels
TILE = 1024
TIMES = 5


def whole(models, photo: Photo) -> None:
    """All of a photo enhanced, tile by tile as files are written, from its decoded samples to floats."""
    engine, recipe = Engine(models, memory=0), Recipe().put(Edit.kinds["enhance"]())
    for y in range(0, SIZE[1], TILE):
        for x in range(0, SIZE[0], TILE):
            tile = Region(x, y, TILE, TILE).clip(Region(0, 0, *SIZE))
            engine.render(photo, recipe, View(1.0, tile), Job())


def slides(models, photo: Photo) -> dict[str, float]:
    """Milliseconds from a moved slider of an edit (its slowest) to the picture; after Enhance, where that is before."""
    found: dict[str, float] = {}
    enhance = Edit.kinds["enhance"]()
    kinds = [kind for kind in Edit.kinds.values() if kind.stage in (Stage.TONE, Stage.DETAIL)]
    for kind in sorted(kinds, key=lambda kind: kind().place):
        for name, param in kind.params().items():
            if not isinstance(param, Slider):
                continue
            engine, took = Engine(models), []
            before = Recipe() if kind().place < enhance.place else Recipe().put(enhance)
            for step in range(TIMES):
                value = param.low + (param.high - param.low) * (0.6 + 0.05 * step)
                recipe = before.put(replace(kind(), **{name: value}))
                start = time.perf_counter()
                engine.render(photo, recipe, View(SCREEN), Job())
                took.append(time.perf_counter() - start)
            found[kind.title] = max(found.get(kind.title, 0.0), 1000 * float(np.median(took[1:])))
    return found


def numbers() -> dict[str, float]:
    """The numbers by name."""
    edits.discover()
    models = Store(model_folder())
    photo = Photo("bench.tif", draw(size=SIZE))
    filed = Pillow.fromarray((photo.at(1.0).rgb.clip(0, 1) * 255 + 0.5).astype(np.uint8))
    whole(models, photo)
    ours, theirs = best(lambda: whole(models, photo)), best(lambda: ImageOps.autocontrast(filed, cutoff=0.5))
    named = {
        f"{title}, a moved slider at screen size, ms (at most 50)": ms for title, ms in slides(models, photo).items()
    }
    return {
        "enhance, 24 MP, s (at most 2)": ours,
        "... as a multiple of Pillow's autocontrast, 8 bits": ours / theirs,
        **named,
    }


if __name__ == "__main__":
    print(json.dumps(numbers(), indent=1, ensure_ascii=False))
