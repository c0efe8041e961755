"""Latent: how soon a slider shows at the size of a screen, and how soon a grid of variations is there.

`python -m tests.bench.latent [FOLDER]` runs it alone, with the networks in a folder.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from editor import edits
from editor.core.engine import Engine, View
from editor.core.job import Job
from editor.core.model import Models
from editor.core.recipe import Recipe
from editor.edits.latent import CARRY, DESIGN, Latent
from editor.ml.store import Store, model_folder
from tests.edits.wares import BLUE, shirt

SIZE = (3240, 2160)
SCREEN = 0.5  # of it: 1,620 x 1,080 pixels, nearly half of them product
SIDE = 900  # pixels of the square around the product there
CELL, CELLS = 160, 24  # pixels on the longer side of a variation, and how many
TIMES = 25
BOUND, GRID_BOUND = 33.0, 500.0  # ms


def numbers(folder: Path | None = None) -> dict[str, float]:
    """The numbers by name; nothing where there is no network for it."""
    edits.discover()
    models = Store(folder or model_folder())
    if "latent-decoder" not in set(models):
        return {}
    photo = shirt(SIZE).photo(BLUE, bits=8)
    plain = p95(_plain(models, photo.at(SCREEN).rgb), 9)
    found: dict[str, float] = {}
    for way in (CARRY, DESIGN):
        engine = Engine(models)

        def shown(step: int, scale: float = SCREEN, way: str = way, engine: Engine = engine) -> None:
            engine.render(photo, Recipe().put(Latent(way=way, direction_1=0.5 + step / 80)), View(scale), Job())

        shown(0)
        took = p95(lambda step: shown(step + 1))
        found[f"latent, {way}: a slider at screen size, p95, ms (at most {BOUND:.0f})"] = took
        found[f"  {way}: decoder, OpenCV's flow and warp of the whole square, as a multiple"] = plain / took
        small = CELL / max(SIZE)
        shown(0, small)
        begin = time.perf_counter()
        for cell in range(CELLS):
            shown(100 + cell, small)
        grid = 1000 * (time.perf_counter() - begin)
        found[f"latent, {way}: {CELLS} variations of {CELL} px, ms (at most {GRID_BOUND:.0f})"] = grid
        found[f"  {way}: that bound, as a multiple"] = GRID_BOUND / grid
    return found


def p95(work: Callable[[int], object], times: int = TIMES) -> float:
    """The 95th percentile of some runs, in milliseconds."""
    took = []
    for step in range(times):
        begin = time.perf_counter()
        work(step)
        took.append(1000 * (time.perf_counter() - begin))
    return float(np.percentile(took, 95))


def _plain(models: Models, photo: np.ndarray) -> Callable[[int], object]:
    """The same change as straight as it can be made with OpenCV: decoded, enlarged, the photo warped by flow."""
    decoder = models["latent-decoder"]
    silent = np.zeros((1, decoder.sides()["condition"]), np.float32)
    square = np.ascontiguousarray(photo[:SIDE, :SIDE])
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)

    def large(code: np.ndarray) -> np.ndarray:
        drawn = decoder.reckon(Job(), code=code, condition=silent)["picture"][0, :3].transpose(1, 2, 0)
        return np.asarray(cv2.resize(drawn, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC), np.float32)

    own = np.zeros((1, decoder.sides()["code"]), np.float32)
    before = large(own)

    def work(step: int) -> object:
        after = large(own + np.float32(0.1 + step / 50))
        grey = [(255 * picture.clip(0, 1).mean(2)).astype(np.uint8) for picture in (after, before)]
        flow = search.calc(*grey, np.zeros((SIDE, SIDE, 2), np.float32))
        warped = cv2.remap(square, x + flow[..., 0], y + flow[..., 1], cv2.INTER_CUBIC)
        return warped + after - before

    return work


if __name__ == "__main__":
    print(json.dumps(numbers(Path(sys.argv[1]) if sys.argv[1:] else None), indent=1, ensure_ascii=False))
