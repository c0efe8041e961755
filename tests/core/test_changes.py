"""Changes: what became of a recipe can be told from before and after."""

from __future__ import annotations

import pytest

from editor.core.changes import Change, change
from editor.core.edit import Edit
from editor.core.recipe import Recipe
from editor.edits.denoise import Denoise

Exposure = Edit.kinds["exposure"]
NONE = Recipe()
HALF = NONE.put(Denoise(strength=0.5, noise=20.0))
OFF = HALF.switch("denoise", on=False)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (NONE, NONE, Change("none")),
        (NONE, HALF, Change("added", "denoise")),
        (NONE, NONE.put(Denoise(name="sole")), Change("added", "denoise", "sole")),
        (HALF, NONE, Change("removed", "denoise")),
        (OFF, NONE, Change("removed", "denoise")),
        (HALF, OFF, Change("off", "denoise")),
        (OFF, HALF, Change("on", "denoise")),
        (HALF, HALF.put(Denoise(strength=0.6, noise=20.0)), Change("changed", "denoise", "", ("strength",))),
        (HALF, NONE.put(Denoise(strength=0.6, noise=9.0)), Change("changed", "denoise", "", ("strength", "noise"))),
        (OFF, HALF.put(Denoise(strength=0.6, noise=20.0)), Change("changed", "denoise", "", ("strength",))),
        (HALF, NONE.put(Denoise()), Change("reset", "denoise", "", ("strength", "noise"))),
        (NONE, HALF.put(Exposure(stops=1.0)), Change("several")),
        (HALF.put(Exposure(stops=1.0)), OFF, Change("several")),
    ],
)
def test_change(before, after, told):
    assert change(before, after) == told
