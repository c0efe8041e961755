"""Model: a trained network as edits see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from editor.core.image import Pixels
from editor.core.job import Job


class ModelError(Exception):
    """A model file that cannot be used; the message names the file and the reason."""


class Model(Protocol):
    """A trained network: pixels in, pixels out."""

    def run(self, pixels: Pixels, job: Job, **inputs: float | np.ndarray) -> Pixels:
        """What the network makes of `pixels`, float32 (h, w, c) of any size; what comes back has the size that its
        card says, float32 (h * scale, w * scale, c'). `inputs` are its other inputs by name: a number for the whole
        picture, or float32 (h, w). Raises Cancelled when the job is stopped, ModelError when it cannot run."""
        ...


Models = Mapping[str, Model]
