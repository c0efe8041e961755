"""Latest: what was last made of a picture, for as long as that picture is there."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic
from weakref import ReferenceType, ref

from editor.core.image import Image
from editor.core.memory import Value


class Latest(Generic[Value]):
    """What was made last, for as long as its picture is there: the next value of a slider need not do so again."""

    def __init__(self) -> None:
        self._kept: tuple[ReferenceType[Image], Hashable, Value] | None = None

    @property
    def nbytes(self) -> int:
        return self._kept[2].nbytes if self._kept else 0

    def of(self, image: Image, besides: Hashable, make: Callable[[], Value]) -> Value:
        """What `make` gives for a picture and what else it depends on, such as limits drawn on it."""
        kept = self._kept
        if kept and kept[0]() is image and kept[1] == besides:
            return kept[2]
        made = make()
        self._kept = ref(image, self._let_go), besides, made
        return made

    def _let_go(self, image: ReferenceType[Image]) -> None:
        if self._kept and self._kept[0] is image:
            self._kept = None
