"""Source: the bytes of a file or a block, read here and there, never past their end."""

from __future__ import annotations

import io
import os
from typing import BinaryIO

MOST = 32 * 2**20  # bytes that one piece of metadata may have


class Source:
    """Random access to an open file or to bytes. `at` gives less than asked for, or nothing, where there is no more."""

    def __init__(self, content: BinaryIO | bytes) -> None:
        self._file: BinaryIO = io.BytesIO(content) if isinstance(content, bytes) else content
        self.size = self._file.seek(0, os.SEEK_END)

    def at(self, offset: int, size: int) -> bytes:
        """Up to `size` bytes from `offset`; empty where the offset is outside or the size is no honest one."""
        if not 0 <= offset < self.size or not 0 < size <= MOST:
            return b""
        self._file.seek(offset)
        return self._file.read(size)

    def all_of(self, offset: int, size: int) -> bytes:
        """Exactly `size` bytes, or none at all."""
        found = self.at(offset, size)
        return found if len(found) == size else b""
