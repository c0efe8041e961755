"""Memory: what was made lately, up to a number of bytes; the longest unused goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


Value = TypeVar("Value", bound=Sized)
Key = tuple[object, ...]


class Memory(Generic[Value]):
    """Values by key, at most `limit` bytes of them. It may be used from several threads."""

    def __init__(self, limit: int) -> None:
        self.limit, self.held = limit, 0
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def find(self, key: Key) -> Value | None:
        """What was kept under `key`, if it still is."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        return None

    def keep(self, key: Key, value: Value) -> None:
        """Keep a value, unless it alone is more than the limit."""
        if value.nbytes > self.limit:
            return
        with self._lock:
            if key not in self._values:
                self._values[key] = value
                self.held += value.nbytes
            self._shrink()

    def resize(self, limit: int) -> None:
        """Keep at most `limit` bytes from now on."""
        with self._lock:
            self.limit = limit
            self._shrink()

    def drop(self, which: Callable[[Key], bool]) -> None:
        """Drop what is kept under keys of which `which` is true."""
        with self._lock:
            for key in [k for k in self._values if which(k)]:
                self.held -= self._values.pop(key).nbytes

    def _shrink(self) -> None:
        while self.held > self.limit:
            self.held -= self._values.popitem(last=False)[1].nbytes
