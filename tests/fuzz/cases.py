"""Cases: runs damaged files in processes of their own, which may crash, hang or swell without harm to anybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

ROOT = Path(__file__).parents[2]
CPU_SECONDS = 5
WALL_SECONDS = 30
MOST_BYTES = 1_000_000_000


@dataclass
class Outcome:
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)  # a line each, with the seed
    longest: tuple[float, int] = (0.0, 0)  # CPU seconds, and whose: its seed
    most: tuple[int, int] = (0, 0)  # bytes, and whose


WORKER = (sys.executable, "-m", "tests.fuzz", "--worker")


def run(seeds, workers=1, told=lambda line: None, command=WORKER, patience=WALL_SECONDS):
    """Every seed's case in one of `workers` processes. Gives an Outcome; faults are told as they are found."""
    waiting: Queue[int] = Queue()
    for seed in seeds:
        waiting.put(seed)
    outcome = Outcome()
    threads = [Thread(target=_drive, args=(waiting, outcome, told, command, patience)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcome


def _fault(outcome, told, line):
    outcome.faults.append(line)
    told(line)


def _drive(waiting, outcome, told, command, patience):
    """One worker after the other: a new one whenever the last has died or had to be ended."""
    while True:
        worker, answers = _start(command)
        try:
            while True:
                try:
                    seed = waiting.get_nowait()
                except Empty:
                    return
                worker.stdin.write(f"{seed}\n")
                worker.stdin.flush()
                try:
                    line = answers.get(timeout=patience)
                except Empty:
                    _fault(outcome, told, f"seed {seed}: hangs, more than {patience} s")
                    break
                if line is None:
                    _fault(outcome, told, f"seed {seed}: the process died with {worker.wait()}")
                    break
                _count(json.loads(line), outcome, told)
        finally:
            worker.kill()
            worker.wait()
            worker.stdin.close()
            worker.stdout.close()


def _start(command):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    worker = subprocess.Popen(command, cwd=ROOT, text=True, **pipes)
    answers: Queue[str | None] = Queue()

    def listen():
        for line in worker.stdout:
            answers.put(line)
        answers.put(None)

    Thread(target=listen, daemon=True).start()
    answers.get(timeout=120)  # it says that it is ready
    return worker, answers


def _count(case, outcome, told):
    outcome.counts[case["result"].split(":")[0]] += 1
    outcome.longest = max(outcome.longest, (case["cpu"], case["seed"]))
    outcome.most = max(outcome.most, (case["bytes"], case["seed"]))
    name = f"seed {case['seed']} ({case['name']})"
    if case["result"].startswith("fault"):
        _fault(outcome, told, f"{name}: {case['result']}")
    if case["cpu"] > CPU_SECONDS:
        _fault(outcome, told, f"{name}: takes {case['cpu']:.1f} s")
    if case["bytes"] > MOST_BYTES:
        _fault(outcome, told, f"{name}: takes {case['bytes'] / 1e6:.0f} MB")


def work(files):
    """What a worker does: a seed comes in, a line of JSON goes out."""
    from tests.fuzz.damage import damaged

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # codecs write what they like there
    with tempfile.TemporaryDirectory() as folder:
        print("ready", file=answers, flush=True)
        for line in sys.stdin:
            seed = int(line)
            name, data = damaged(files, seed)
            path = Path(folder) / name
            path.write_bytes(data)
            before, started = _peak(reset=True), time.process_time()
            result = attempt(path)
            case = {"seed": seed, "name": name, "result": result, "cpu": time.process_time() - started}
            print(json.dumps(case | {"bytes": max(0, _peak() - before)}), file=answers, flush=True)
            path.unlink()


def attempt(path):
    """ "photo", "error", or "fault: ..." of what should not have come."""
    from editor.core.formats import PhotoError
    from editor.core.photo import Photo
    from editor.core.read import draft, size_of, thumbnail

    def look():
        photo = Photo.open(path)
        if max(photo.size) <= 4096:
            photo.at(min(1.0, 64 / max(photo.size)))

    results = []
    for step in (look, lambda: size_of(path), lambda: draft(path, 32), lambda: thumbnail(path, 32)):
        try:
            step()
            results.append("photo")
        except PhotoError as error:
            if "\n" in str(error) or path.name not in str(error):
                return f"fault: says {str(error)!r}"
            results.append("error")
        except Exception as error:
            return f"fault: {type(error).__name__}: {error}"
    return results[0]


def _peak(reset=False):
    """The most memory that the process has had since the last reset, in bytes; 0 where no Linux says it."""
    try:
        if reset:
            Path("/proc/self/clear_refs").write_text("5")
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0
