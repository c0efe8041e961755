"""Beside: recipes, and the files that keeping them leaves beside a photo."""

from __future__ import annotations

from editor.core.journal import Journal, journal_path
from editor.core.recipe import Recipe
from editor.edits.denoise import Denoise

FUTURE = '{"packshot": 2, "edits": []}'


def recipe(n):
    return Recipe().put(Denoise(strength=n / 100, noise=25.0))


def names(photo):
    return sorted(p.name for p in photo.parent.iterdir())


def journal(photo, *recipes, base=None):
    """Leaves a journal behind, as a process that was killed does."""
    made = Journal(journal_path(photo), base, recipes[0])
    for each in recipes[1:]:
        made.append(each)
    made.close()
