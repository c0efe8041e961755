"""Swatching: an edit with a target that may lie outside sRGB, in a window with a photo, for tests of its control."""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np

from editor.core.edit import Edit, Stage
from editor.core.params import colour, rgb_of
from tests.core.swatchfiles import BRAND, CSV, GPL


@contextmanager
def tint():
    """While inside there is an edit that gives the whole photo its target."""

    class Tint(Edit):
        id, title, stage = "test_tint", "Tint", Stage.DESIGN
        target: str | None = colour(None, "Target", optional=True, wide=True)

        def apply(self, image, facts, models, job):
            job.progress(0)
            if self.target is None:
                return image
            return image.with_rgb(np.broadcast_to(np.array(rgb_of(self.target), np.float32), image.rgb.shape).copy())

    try:
        yield Tint
    finally:
        del Edit.kinds["test_tint"]


def target(window):
    edit = window.document.recipe.get("test_tint")
    return edit.target if edit else None


def lay_out(folder):
    """A folder with one file of each kind; brand.ase, autumn.gpl, table.csv."""
    folder.mkdir()
    for name, data in {"brand.ase": BRAND, "autumn.gpl": GPL.encode(), "table.csv": CSV.encode()}.items():
        (folder / name).write_bytes(data)
    return folder
