"""Bar: how far the work on one file is, on standard error, and what is said when it does not come to its end."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from types import FrameType

from editor.core.formats import PhotoError
from editor.core.job import Cancelled, Job
from editor.core.model import ModelError


def stoppable(work: Callable[[Job], None], job: Job) -> None:
    """Does `work` in a thread, so that Ctrl+C and SIGTERM are heard while a network runs; they cancel the job.

    Raises what `work` raises. A second signal does what it did before.
    """
    if threading.current_thread() is not threading.main_thread():
        work(job)
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def stop(number: int, frame: FrameType | None) -> None:
        restore()
        job.cancel()

    for number in before:
        signal.signal(number, stop)
    try:
        with ThreadPoolExecutor(1, "apply") as pool:
            going = pool.submit(work, job)
            while not wait([going], timeout=0.1).done:
                pass
        going.result()
    finally:
        restore()
    job.quiet().progress(1)  # stopped, but too late to be felt


def attempt(work: Callable[[Job], None], bar: Bar, name: str) -> bool:
    """Whether `work` for the photo `name` could be done; if not, says why. Raises KeyboardInterrupt when stopped."""
    try:
        stoppable(work, Job(bar.show))
    except Cancelled:
        bar.clear()
        raise KeyboardInterrupt from None
    except PhotoError as error:
        bar.failed(str(error))
    except MemoryError:
        bar.failed(f"{name}: does not fit into memory")
    except (ModelError, ValueError, OSError) as error:
        bar.failed(f"{name}: {error}")
    except Exception as error:  # nobody's fault but ours; the other photos are still wanted
        bar.failed(f"{name}: unexpected {type(error).__name__}: {error}")
    else:
        return True
    return False


def printable(name: str) -> str:
    """A file's name on one line."""
    return "".join(c if c.isprintable() else "?" for c in name)


class Bar:
    """Progress of one file on standard error; a line that is drawn over where that is a terminal."""

    def __init__(self, title: str) -> None:
        self._title, self._live, self._last = title, sys.stderr.isatty(), -1
        self._start = time.monotonic()

    def show(self, done: float) -> None:
        percent = int(100 * done)
        if self._live and percent != self._last:
            filled = percent * 24 // 100
            print(
                f"\r{self._title} [{'#' * filled}{'.' * (24 - filled)}] {percent:3d} %",
                end="",
                file=sys.stderr,
                flush=True,
            )
            self._last = percent

    def clear(self) -> None:
        if self._live and self._last >= 0:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def failed(self, reason: str) -> int:
        """Says why, in one line. Returns 1, to be counted."""
        self.clear()
        print(f"packshot: {printable(' '.join(reason.split()))}", file=sys.stderr, flush=True)
        return 1

    def done(self, target: str, notes: Sequence[str] = ()) -> None:
        """Where it went, and what a person should know of the photo."""
        self.clear()
        print(
            f"{self._title} -> {printable(target)}, {time.monotonic() - self._start:.1f} s", file=sys.stderr, flush=True
        )
        for note in notes:
            print(f"    {printable(note)}", file=sys.stderr, flush=True)
