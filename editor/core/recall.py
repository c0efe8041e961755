"""Recall: remembers what networks made of pictures, so that a slider after a network does not run it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b

import numpy as np

from editor.core.image import Pixels
from editor.core.job import Job
from editor.core.memory import Memory
from editor.core.model import Model, Models


class Recall(Mapping[str, Model]):
    """Models that do not run twice for the same pixels and inputs; they keep at most `memory` bytes of results."""

    def __init__(self, models: Models, memory: int) -> None:
        self._models = models
        self.results: Memory[Pixels] = Memory(memory)

    def __getitem__(self, task: str) -> Model:
        return _Recalled(task, self._models[task], self.results)

    def __iter__(self) -> Iterator[str]:
        return iter(self._models)

    def __len__(self) -> int:
        return len(self._models)


class _Recalled:
    def __init__(self, task: str, model: Model, memory: Memory[Pixels]) -> None:
        self._task, self._model, self._memory = task, model, memory

    @property
    def inputs(self) -> tuple[str, ...]:
        return self._model.inputs

    def run(self, pixels: Pixels, job: Job, **inputs: float | np.ndarray) -> Pixels:
        named = tuple((name, _fingerprint(value)) for name, value in sorted(inputs.items()))
        key = (self._task, _fingerprint(pixels), named)
        result = self._memory.find(key)
        if result is None:
            result = self._model.run(pixels, job, **inputs)
            result.setflags(write=False)
            self._memory.keep(key, result)
        job.progress(1)
        return result

    def tell(self, pixels: Pixels, job: Job, **inputs: float | np.ndarray) -> dict[str, np.ndarray]:
        return self._model.tell(pixels, job, **inputs)  # an edit asks once, in its study, and what it finds out is kept


def _fingerprint(value: float | np.ndarray) -> object:
    if not isinstance(value, np.ndarray):
        return value
    return value.shape, value.dtype.str, blake2b(np.ascontiguousarray(value).data, digest_size=16).digest()
