"""Model: a trained network as edits see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np

from editor.core.codes import Codes
from editor.core.image import Pixels
from editor.core.job import Job


class ModelError(Exception):
    """A model file that cannot be used; the message names the file and the reason."""


class Model(Protocol):
    """A trained network: pixels in, pixels out; or between pictures of products and codes, a few numbers for each."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of what `run` and `tell` want besides pixels."""
        ...

    def run(self, pixels: Pixels, job: Job, **inputs: float | np.ndarray) -> Pixels:
        """What the network makes of `pixels`, float32 (h, w, c) of any size; what comes back has the size that its
        card says, float32 (h * scale, w * scale, c'). `inputs` are its other inputs by name: a number for the whole
        picture, or float32 (h, w). Raises Cancelled when the job is stopped, ModelError when it cannot run."""
        ...

    def tell(self, pixels: Pixels, job: Job, **inputs: float | np.ndarray) -> dict[str, np.ndarray]:
        """What a network that makes no picture says of the whole of one, float32 arrays by name. `inputs` and what is
        raised as for `run`."""
        ...

    @property
    def codes(self) -> Codes:
        """What is known of the codes of a network for them."""
        ...

    @property
    def words(self) -> tuple[str, ...]:
        """What a `condition` can say, "kind=word", in the order of its numbers."""
        ...

    def sides(self) -> dict[str, int]:
        """The last side of every named input and answer of a network for codes: of its pictures, how many numbers."""
        ...

    def reckon(self, job: Job, **inputs: np.ndarray) -> dict[str, np.ndarray]:
        """What a network for codes answers, float32 by name; the first side of all is how many, any number.

        `picture` is (n, 4, side, side), red, green and blue over white, and alpha, 0..1; `code` and `noise` are (n, k),
        `condition` (n, words), ones for the words that hold. Raises what `run` raises.
        """
        ...


Models = Mapping[str, Model]
"""Packshot's own networks by task ("cutout"), and those that a person has added by `named` ("cutout:u2netp")."""


def named(task: str, name: str) -> str:
    """The key in `Models` of the network for `task` that was added under `name`; of Packshot's own where it is ""."""
    return f"{task}:{name}" if name else task


def added(models: Iterable[str], task: str) -> tuple[str, ...]:
    """The names of the networks for `task`, among the keys of `Models`, that a person has added."""
    return tuple(name for of, _, name in (key.partition(":") for key in models) if of == task and name)
