"""Source: a picture file about to be read, and the checks every format shares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from editor.core.formats import MOST_PIXELS, PhotoError
from editor.core.metadata import Metadata
from editor.core.metadata.read import read_metadata

_START = 1 << 18  # bytes in which most files say how large the picture is
_MOST_BYTES = 1 << 31  # of a file that has to be in memory as a whole while it is decoded
_SMALL = 96_000_000  # bytes of pixels that nobody minds
_TIMES = 4000  # bytes of pixels to a byte of file: more is a bomb, or a header that does not belong to its data


@dataclass(frozen=True, eq=False)
class Source:
    """A file by its path; bytes and metadata are read when they are first asked for."""

    path: Path

    @cached_property
    def length(self) -> int:
        return self.path.stat().st_size

    @cached_property
    def start(self) -> bytes:
        """The first quarter of a megabyte."""
        with self.path.open("rb") as file:
            return file.read(_START)

    @cached_property
    def data(self) -> bytes:
        """All of it. Raises PhotoError where that is more than two gigabytes."""
        if self.length > _MOST_BYTES:
            raise PhotoError(self.path, "is larger than two gigabytes, which only TIFF, PSD and RAW files may be")
        return self.start if self.length <= len(self.start) else self.path.read_bytes()

    @cached_property
    def metadata(self) -> Metadata:
        return read_metadata(self.path)

    def fits(self, width: int, height: int, bytes_each: int, times: int = _TIMES, length: int = 0) -> None:
        """Refuses a picture that declares no pixels, more than a gigapixel, or far more than its bytes can hold.

        `bytes_each` is what a pixel takes when decoded, `times` how many bytes this format makes of one at most,
        `length` the bytes it is in where that is not the whole file.
        """
        if width < 1 or height < 1:
            raise PhotoError(self.path, f"is damaged or cut short (it says it is {width} x {height} pixels)")
        if width * height > MOST_PIXELS:
            raise PhotoError(self.path, f"says it is {width} x {height} pixels; more than {MOST_PIXELS:,} are refused")
        size = width * height * bytes_each
        if size > _SMALL and size > (length or self.length) * min(times, _TIMES):
            reason = f"says it is {width} x {height} pixels, far more than its {length or self.length} bytes can hold"
            raise PhotoError(self.path, f"{reason}: it is damaged or a decompression bomb")

    def refused(self, why: str) -> PhotoError:
        return PhotoError(self.path, why)

    def broken(self, why: str) -> PhotoError:
        return PhotoError(self.path, f"is damaged or cut short ({why})")

    def library(self, module: str, package: str) -> Any:
        """A library that reads only some formats. Raises PhotoError that names the package to install."""
        try:
            return import_module(module)
        except ImportError:
            raise PhotoError(self.path, f"needs {package}: pip install {package}") from None
