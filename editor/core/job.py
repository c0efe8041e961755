"""Job: one piece of work, its progress and its stop button."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Cancelled(Exception):
    """The job was stopped; whoever started it knows, so nobody reports it."""


class _Stop:
    def __init__(self) -> None:
        self.pressed = False
        self.interrupts: list[Callable[[], None]] = []


class Job:
    """Given to an edit so that it can say how far it is; saying so is where it may be stopped."""

    def __init__(self, report: Callable[[float], None] = lambda done: None) -> None:
        self._report, self._stop = report, _Stop()
        self._start, self._length = 0.0, 1.0

    def cancel(self) -> None:
        """Stop the work. Safe to call from another thread, more than once, and after the end."""
        self._stop.pressed = True
        for interrupt in self._stop.interrupts[:]:
            interrupt()

    @property
    def cancelled(self) -> bool:
        return self._stop.pressed

    def progress(self, done: float) -> None:
        """Report `done` (0 to 1). Raises Cancelled once the job is stopped."""
        if self._stop.pressed:
            raise Cancelled
        self._report(self._start + done * self._length)

    def part(self, index: int, count: int) -> Job:
        """The index-th of `count` equal parts of this job, with the same stop button."""
        part = Job(self._report)
        part._stop = self._stop
        part._start = self._start + self._length * index / count
        part._length = self._length / count
        return part

    def quiet(self) -> Job:
        """A side job with the same stop button whose progress nobody hears."""
        side = Job()
        side._stop = self._stop
        return side

    @contextmanager
    def interrupted_by(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """While inside, stopping the job also calls `interrupt`, from another thread."""
        self._stop.interrupts.append(interrupt)
        try:
            if self._stop.pressed:
                raise Cancelled
            yield
        except Exception:
            if self._stop.pressed:
                raise Cancelled from None
            raise
        finally:
            self._stop.interrupts.remove(interrupt)
