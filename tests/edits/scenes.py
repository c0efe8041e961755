"""Scenes: products that the tests draw, cut out, and how they are cooked and written."""

from __future__ import annotations

import numpy as np

from editor.core.engine import Engine, View
from editor.core.job import Job
from editor.core.output import Output
from editor.core.photo import Photo
from editor.core.recipe import Recipe


def mug(size=(240, 200), colour=(40, 60, 140), bits=8):
    """A mug with a handle at its right, its edge soft; it stands from x 60 to 150 at y 160."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width] + 0.5
    body = np.minimum.reduce([x - 60, 150 - x, y - 50, 160 - y])
    ring = 8 - np.abs(np.hypot(x - 150, y - 95) - 28)
    alpha = np.maximum(body, np.where(x > 145, ring, -9)).clip(0, 1)
    most, kind = (255, np.uint8) if bits == 8 else (65535, np.uint16)
    rgb = np.full((height, width, 3), colour, float) * (most / 255) * (0.8 + 0.2 * y[..., None] / height)
    return Photo("mug.png", rgb.astype(kind), (alpha * most).round().astype(kind))


def cooked(photo, *edits, view=None):
    recipe = Recipe()
    for edit in edits:
        recipe = recipe.put(edit)
    return Engine({}).render(photo, recipe, view or View(), Job())


def found(photo, edit, *others):
    recipe = Recipe()
    for each in (edit, *others):
        recipe = recipe.put(each)
    return Engine({}).facts(photo, recipe, edit, Job())


def written(photo, path, *edits, **how):
    recipe = Recipe()
    for edit in edits:
        recipe = recipe.put(edit)
    Output(**how).write(Engine({}), photo, recipe, path, Job())
    return path
