"""Edits: one file, one edit. `discover` is also what the packager asks, so a new file ships by being there."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules


def names() -> list[str]:
    """The modules with an edit in them."""
    return sorted(f"{__name__}.{m.name}" for m in iter_modules(__path__))


def discover() -> None:
    """Make all edits known to `editor.core.edit.Edit.kinds`."""
    for name in names():
        import_module(name)
