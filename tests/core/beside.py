"""Beside: recipes, and the files that keeping them leaves beside a photo."""

from __future__ import annotations

from editor.core.journal import Journal, journal_path
from editor.core.ledger import Ledger, Record
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.edits.denoise import Denoise

FUTURE = '{"packshot": 2, "edits": []}'


def recipe(n):
    return Recipe().put(Denoise(strength=n / 100, noise=25.0))


def names(photo):
    return sorted(p.name for p in photo.parent.iterdir())


def journal(photo, *recipes, base=None, copy=0):
    """Leaves a journal behind, as a process that was killed does."""
    start = Record(Sheet() if base is None else Sheet.from_json(base.decode()))
    records = [Record(Sheet(each), "", 1000.0 + n) for n, each in enumerate(recipes)]
    made = Journal(journal_path(photo, copy), base, Ledger(), start, records[:1])
    for each in records[1:]:
        made.append(each)
    made.close()
