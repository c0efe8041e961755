"""Trial: runs a stranger's network in a process of its own, which may take just so much memory, and tells of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

LONGEST = 600  # seconds for all runs
MEMORY_WORDS = ("alloc", "memory")
TOO_LARGE = "it needs more memory than it may take"


@dataclass(frozen=True)
class Ran:
    """What came of a run on a picture of `height` by `width` pixels."""

    height: int
    width: int
    shapes: dict[str, list[int]]  # of its outputs
    least: dict[str, float]  # the smallest value of each
    most: dict[str, float]  # and the largest
    memory: int = 0  # bytes that loading it and all runs so far have taken at most; 0: the system does not tell
    trouble: str = ""  # why there is none


def attempt(path: Path, sizes: Sequence[tuple[int, int]], memory: int) -> list[Ran]:
    """Runs the network at each (height, width), one after the other, on the CPU.

    Where a run fails its `trouble` says why; where all of it fails there is one Ran less, or one with the trouble for
    each size. More than `memory` bytes are refused by the system itself on Linux; elsewhere they are measured.
    """
    asked = [sys.executable, "-m", __name__, str(path.resolve()), str(memory), *(f"{h}x{w}" for h, w in sizes)]
    root = Path(__file__).parents[2]
    try:
        said = subprocess.run(asked, capture_output=True, timeout=LONGEST, check=False, cwd=root)
        output, end = said.stdout, said.returncode
        last = " ".join(said.stderr.decode(errors="replace").split())[-160:]
        reason = TOO_LARGE if any(w in last.lower() for w in MEMORY_WORDS) else f"it ends with {end} {last}".strip()
    except subprocess.TimeoutExpired as slow:
        output, reason = slow.stdout or b"", f"it takes longer than {LONGEST} seconds"
    ran = [Ran(**json.loads(line)) for line in output.decode(errors="replace").splitlines() if line.startswith("{")]
    return ran + [Ran(h, w, {}, {}, {}, 0, reason) for h, w in sizes[len(ran) :]]


def taken() -> int:
    """Bytes of memory that this process has held at most so far; 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text()
        return next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        pass
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def limit(memory: int) -> None:
    """Have the system give this process no more than `memory` bytes on top of what it has; only Linux does."""
    if sys.platform == "linux":
        import resource

        status = Path("/proc/self/status").read_text()
        has = next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmData:"))
        resource.setrlimit(resource.RLIMIT_DATA, (has + memory, has + memory))


def main(path: str, memory: str, *sizes: str) -> None:
    """In the process of its own: one line of JSON for each run."""
    import onnxruntime as ort

    before = taken()
    limit(int(memory))
    options = ort.SessionOptions()
    options.log_severity_level = 4
    wanted = [tuple(map(int, size.split("x"))) for size in sizes]
    session = trouble = None
    try:
        session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        trouble = " ".join(str(error).split())[:240]
    for height, width in wanted:
        shapes: dict[str, list[int]] = {}
        least: dict[str, float] = {}
        most: dict[str, float] = {}
        wrong = trouble or ""
        if session:
            try:
                names = [o.name for o in session.get_outputs()]
                for name, out in zip(names, session.run(names, _feed(session, height, width)), strict=True):
                    if isinstance(out, np.ndarray) and out.size and out.dtype.kind == "f":
                        shapes[name] = list(out.shape)
                        least[name], most[name] = float(out.min()), float(out.max())
            except Exception as error:
                wrong = " ".join(str(error).split())[:240] or type(error).__name__
        if any(word in wrong.lower() for word in ("alloc", "out of memory", "memoryerror")):
            wrong = TOO_LARGE
        ran = Ran(height, width, shapes, least, most, max(0, taken() - before), wrong)
        print(json.dumps(asdict(ran)), flush=True)


def _feed(session: object, height: int, width: int) -> dict[str, np.ndarray]:
    """A disc on a gradient for the picture, 0.1 for all else."""
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    disc = (down - height / 2) ** 2 + (across - width / 2) ** 2 < (min(height, width) / 4) ** 2
    picture = np.stack([across / width, down / height, 0.5 + 0.4 * disc])[None].astype(np.float32)
    feed: dict[str, np.ndarray] = {}
    for value in session.get_inputs():  # type: ignore[attr-defined]
        level = len(value.shape) == 4 and value.shape[1] == 1
        kind = np.float16 if value.type == "tensor(float16)" else np.float32
        feed[value.name] = (np.full((1, 1, height, width), 0.1) if level else picture).astype(kind)
    return feed


if __name__ == "__main__":
    main(*sys.argv[1:])
