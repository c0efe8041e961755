"""Kill: a script edits a photo and is killed at random moments; opened again, the photo must have its edits.

Run with `python -m tests.kill --count 200 --seed 1`. A child process edits through Document and Keeper as the window
does: slider drags of 60 changes a second, clicks, undo, redo, everything taken back, stars. It tells each change
through a pipe before it is kept. SIGKILL comes in its first milliseconds, at any later moment, or while it is busy with
a file (each of those is told too); on some days the disk takes 1.5 s to flush a file. Then the photo is opened: what
`load` finds must be a state that was really there, with no more than a second of work missing, and with all its steps,
so that undo and redo still lead where they did. The next child goes on there.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process without threads can be forked

import argparse
import hashlib
import json
import random
import select
import signal
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from editor.core.document import Document
from editor.core.history import History
from editor.core.keeper import Keeper
from editor.core.marks import LABELS, Marks
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sidecar import load, sidecar_path
from editor.edits.denoise import Denoise

LIVES = 5  # in one folder, one after the other
MOST_LOST = 1.0  # seconds
LATEST = 2.5  # seconds until a child is killed
PIXELS = np.zeros((2, 2, 3), np.uint8)


class Diary:
    """The child's side of the pipe. A line is a time (CLOCK_MONOTONIC), a space, and what happened."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def note(self, what: str) -> None:
        os.write(self._pipe, f"{time.monotonic():.6f} {what}\n".encode())

    def of(self, name: str) -> None:
        """Tells of each call of a function of `os` before it is made."""
        plain = getattr(os, name)

        def told(*arguments, **more):
            self.note(f"!{name}")
            return plain(*arguments, **more)

        setattr(os, name, told)


def work(path: Path, pipe: int, seed: int, *, slow: bool) -> None:
    """What the child does until it is killed."""
    chance, diary = random.Random(seed), Diary(pipe)
    if slow:
        os.fsync = lambda handle, plain=os.fsync: (time.sleep(1.5), plain(handle))[1]
    for name in ("fsync", "replace", "unlink", "open"):
        diary.of(name)
    kept = load(path)
    document, keeper = Document(Photo(path, PIXELS), history=kept.history), Keeper(path, kept)

    def changed() -> None:
        diary.note(state(document.history, keeper.marks))
        keeper.keep(document.recipe, document.history)

    def mark(marks: Marks) -> None:
        diary.note(state(document.history, marks))
        keeper.mark(marks)

    document.on_change(changed)
    number = 0
    while True:
        match chance.choice(("drag", "drag", "back", "click", "undo", "redo", "switch", "empty", "stars", "rest")):
            case "drag":
                for _ in range(chance.randint(5, 60)):
                    number += 1
                    document.put(Denoise(strength=number % 1000 / 1000, noise=number // 1000 / 10), gesture="drag")
                    time.sleep(1 / 60)
                document.end_gesture()
            case "back":
                for strength in (0.25, 0.5, 0.25):
                    document.put(Denoise(name="back", strength=strength), gesture="back")
                    time.sleep(1 / 60)
                document.end_gesture()
            case "click":
                document.put(Denoise(name=f"of {seed}", strength=chance.random(), noise=chance.random() * 100))
            case "undo":
                for _ in range(chance.randint(1, 3)):
                    document.undo()
            case "redo":
                document.redo()
            case "switch":
                document.switch("denoise", on=chance.random() < 0.5)
            case "empty":
                document.replace(Recipe(), "reset")
            case "stars":
                mark(Marks(chance.randint(0, 5), chance.choice(LABELS)))
            case "rest":
                time.sleep(chance.random() * 0.6)
        time.sleep(chance.random() * 0.1)


def kill(child: int, pipe: int, chance: random.Random) -> tuple[bytes, float]:
    """Kills the child at a moment of chance. Returns what it has told and when it was killed."""
    how = chance.random()
    end = time.monotonic() + (chance.random() * 0.02 if how < 0.2 else chance.random() * LATEST)
    busy = chance.randint(1, 12) if how > 0.6 else 0  # at which deed with a file
    heard = b""
    while (left := end - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            heard += os.read(pipe, 1 << 16)
            if 0 < busy <= heard.count(b"!"):
                time.sleep(chance.random() * 0.0005)
                break
    moment = time.monotonic()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(pipe, 1 << 16):
        heard += more
    return heard, moment


def state(history: History, marks: Marks) -> str:
    """All that is to be found again, in a line."""
    steps = [[digest(repr(step.recipe)), step.act, step.when] for step in history.steps]
    return json.dumps([digest(repr((steps, history.position, marks))), repr(history.step.recipe)])


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass
class Found:
    """How one child has ended."""

    lost: float  # seconds of work
    changes: int  # that it made
    recovered: bool  # from the journal


def judge(path: Path, before: str, heard: bytes, moment: float) -> Found:
    """What a reopening finds. Raises AssertionError where that was never there."""
    kept = load(path)
    assert not kept.unread, kept.trouble
    if sidecar_path(path).exists():
        Recipe.from_json(sidecar_path(path).read_text("utf-8"))  # by itself, too
    made = [(0.0, before)]
    for line in heard.decode().splitlines(keepends=True):
        when, _, what = line.partition(" ")
        if line.endswith("\n") and what.startswith("["):
            made.append((float(when), what.strip()))
    found = state(kept.history, kept.marks)
    places = [place for place, (_, what) in enumerate(made) if what == found]
    was_made = json.loads(found)[1] in [json.loads(what)[1] for _, what in made]
    assert places, f"{'its steps or marks are gone' if was_made else 'was never made'}: {kept.recipe}"
    last = places[-1]
    lost = moment - made[last + 1][0] if last + 1 < len(made) else 0.0
    return Found(lost, len(made) - 1, kept.recovered)


def sitting(seed: int) -> list[Found]:
    """Kills LIVES children in one folder, one after the other."""
    chance, found = random.Random(seed), []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shoe.jpg"
        path.touch()
        for life in range(LIVES):
            there, slow = load(path), chance.random() < 0.2
            before = state(there.history, there.marks)
            theirs, ours = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(theirs)
                try:
                    work(path, ours, seed * LIVES + life, slow=slow)
                finally:
                    os._exit(1)
            os.close(ours)
            try:
                found.append(judge(path, before, *kill(child, theirs, chance)))
            except AssertionError as error:
                raise AssertionError(f"seed {seed}, life {life}: {error}") from None
            finally:
                os.close(theirs)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200, help=f"how many are killed; rounded up to {LIVES}s")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=4, help="how many at a time")
    told = parser.parse_args()
    seeds = range(told.seed * 1000, told.seed * 1000 + -(-told.count // LIVES))
    try:
        with ProcessPoolExecutor(told.jobs, get_context("fork")) as pool:
            found = [each for sat in pool.map(sitting, seeds) for each in sat]
    except AssertionError as error:
        print(error, file=sys.stderr)
        return 1
    worst = max(each.lost for each in found)
    print(
        f"{len(found)} killed after {sum(each.changes for each in found)} changes; "
        f"{sum(each.recovered for each in found)} recovered from the journal; "
        f"{sum(each.lost > 0 for each in found)} lost something, at most {1000 * worst:.1f} ms of work"
    )
    return 0 if worst <= MOST_LOST else 1


if __name__ == "__main__":
    sys.exit(main())
