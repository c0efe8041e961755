"""Tasks: one file, one network that Packshot ships: its data, its loss, its card and how it is measured."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from export.task import Task


def names() -> list[str]:
    """The tasks there are."""
    return sorted(m.name for m in iter_modules(__path__))


def task(name: str) -> Task[Any]:
    """The task called `name`, or which has a file called so: `latent-encoder` is one of `latent`.

    Raises ValueError, naming the ones there are, for any other.
    """
    whole, name = name, name.partition("-")[0]
    if name not in names():
        raise ValueError(f"no task {whole!r}; there are {', '.join(names())}")
    found: Task[Any] = import_module(f"{__name__}.{name}").TASK
    return found
