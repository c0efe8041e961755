"""Fuzz: 300 damaged files, and whether the harness would notice if one did harm."""

import sys

import pytest

from editor.core import photo
from editor.core.photo import Photo
from tests.fuzz.cases import attempt, run
from tests.fuzz.corpus import corpus
from tests.fuzz.damage import damaged

HARMFUL = """
import json, os, sys, time
print("ready", flush=True)
for line in sys.stdin:
    seed = int(line)
    if seed == 3:
        os.abort()
    if seed == 4:
        time.sleep(600)
    case = {"seed": seed, "name": "a.jpg", "result": "photo", "cpu": 0.1, "bytes": 1000}
    odd = {5: {"bytes": 2_000_000_000}, 6: {"cpu": 9.0}, 7: {"result": "fault: KeyError: 1"}}
    print(json.dumps(case | odd.get(seed, {})), flush=True)
"""


def test_damaged_files_give_a_photo_or_one_clear_error():
    outcome = run(range(300))
    assert not outcome.faults
    assert sum(outcome.counts.values()) == 300 and min(outcome.counts["photo"], outcome.counts["error"]) > 30


def test_whatever_goes_wrong_is_noticed_and_the_rest_still_run():
    outcome = run(range(10), command=(sys.executable, "-c", HARMFUL), patience=5)
    assert outcome.counts["photo"] == 7 and outcome.most == (2_000_000_000, 5)
    told = "\n".join(sorted(outcome.faults))
    for words in (
        "seed 3: the process died",
        "seed 4: hangs",
        "seed 5 (a.jpg): takes 2000 MB",
        "seed 6 (a.jpg): takes 9.0 s",
    ):
        assert words in told
    assert "seed 7 (a.jpg): fault: KeyError" in told and len(outcome.faults) == 5


def test_another_exception_than_photo_error_is_a_fault(tmp_path, monkeypatch):
    def broken(path):
        raise KeyError("oops")

    path = tmp_path / "a.jpg"
    path.write_bytes(b"")
    assert attempt(path) == "error"
    monkeypatch.setattr(photo, "decode", broken)
    assert attempt(path).startswith("fault: KeyError")


def test_a_seed_is_always_the_same_case():
    files = corpus()
    first = [damaged(files, seed) for seed in range(50)]
    assert first == [damaged(files, seed) for seed in range(50)]
    assert len({name for name, _ in first}) > 20


@pytest.mark.parametrize("name", corpus())
def test_undamaged_they_are_all_photos(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(corpus()[name])
    assert min(Photo.open(path).size) >= 40
