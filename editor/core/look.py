"""Look: what an edit may see of a photo before it works on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from editor.core.image import Image
from editor.core.memory import Sized

Made = TypeVar("Made", bound=Sized)


class Look:
    """What an edit may study before it is applied: the picture as it stands before this edit. Cooked when asked for."""

    SMALL: ClassVar[int] = 1024
    PATCH: ClassVar[int] = 256

    def __init__(
        self,
        small: Callable[[], Image],
        patches: Callable[[], tuple[Image, ...]],
        size: tuple[int, int] = (0, 0),
        picture: Callable[[str], Image] | None = None,
        file: Callable[[str, Callable[[bytes], Any]], Any] | None = None,
        example: Callable[[str], Image] | None = None,
    ) -> None:
        self._small, self._patches, self._picture, self._file = small, patches, picture, file
        self._example = example
        self.size = size  # of the picture as it stands, at full size

    @cached_property
    def small(self) -> Image:
        """All of the picture, its long side at most SMALL pixels."""
        return self._small()

    @cached_property
    def patches(self) -> tuple[Image, ...]:
        """Some squares of PATCH pixels at 1:1 (the whole, if it is smaller), spread over the picture."""
        return self._patches()

    def picture(self, path: str) -> Image:
        """Another picture, which one of the edit's own values names, its long side at most 2,048 pixels.

        Raises PhotoError where it cannot be read.
        """
        if self._picture is None:
            raise LookupError(path)
        return self._picture(path)

    def example(self, path: str) -> Image:
        """Another photo as its own edits leave it, up to its tone (those kept beside it; none that name files), which
        this one is to become like, its long side at most 2,048 pixels. Raises PhotoError where it cannot be read."""
        if self._example is None:
            raise LookupError(path)
        return self._example(path)

    def file(self, path: str, read: Callable[[bytes], Made]) -> Made:
        """What `read` makes of the bytes of another file, which one of the edit's own values names. It is read once for
        all photos, as long as the file stays what it is.

        Raises PhotoError where it cannot be read, or is longer than 64 MiB, and what `read` raises.
        """
        if self._file is None:
            raise LookupError(path)
        made: Made = self._file(path, read)
        return made
