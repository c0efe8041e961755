"""Fuzz: `python -m tests.fuzz --count 10000 --seed 0 --workers 1` opens damaged files, and tells what should not be."""

from __future__ import annotations

import argparse
import faulthandler
import sys
import tempfile
from pathlib import Path

from tests.fuzz.cases import WORKER, attempt, run, work
from tests.fuzz.corpus import corpus, shipped
from tests.fuzz.damage import damaged


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="how many cases")
    parser.add_argument("--seed", type=int, default=0, help="the first one's number")
    parser.add_argument("--workers", type=int, default=1, help="processes at a time")
    parser.add_argument("--more", type=Path, help="a folder with more files to damage")
    parser.add_argument("--only", type=int, help="run this one case here, and keep its file")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        work(_files(asked.more))
        return 0
    if asked.only is not None:
        faulthandler.enable()
        name, data = damaged(_files(asked.more), asked.only)
        path = Path(tempfile.gettempdir()) / f"fuzz-{asked.only}-{name}"
        path.write_bytes(data)
        print(path, len(data), "bytes")
        print(attempt(path))
        return 0
    seeds = range(asked.seed, asked.seed + asked.count)
    command = (*WORKER, *(("--more", str(asked.more)) if asked.more else ()))
    outcome = run(seeds, asked.workers, lambda line: print(line, flush=True), command)
    print(f"{asked.count} cases: {dict(outcome.counts)}, {len(outcome.faults)} faults,", end=" ")
    (seconds, slow), (most, large) = outcome.longest, outcome.most
    print(f"at most {seconds:.2f} s of CPU (seed {slow}) and {most / 1e6:.0f} MB (seed {large})")
    return 1 if outcome.faults else 0


def _files(more=None):
    found = [*shipped(), *(sorted(path for path in more.rglob("*") if path.is_file()) if more else [])]
    return {**corpus(), **{path.name: path.read_bytes() for path in found}}


if __name__ == "__main__":
    sys.exit(main())
