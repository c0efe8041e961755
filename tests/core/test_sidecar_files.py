"""Sidecars and other files: those of a second window, half-written ones, their rights, and threads that write them."""

from __future__ import annotations

import os
import threading
import time

import pytest

from editor.core.files import part_beside, sweep
from editor.core.keeper import Keeper
from editor.core.sidecar import Kept, load, sidecar_path
from tests.core.beside import names, recipe


@pytest.fixture
def shoe(tmp_path):
    path = tmp_path / "shoe.jpg"
    path.write_bytes(b"pixels")
    return path


@pytest.fixture
def keeper(shoe):
    made = Keeper(shoe, load(shoe))
    yield made
    made.close()


def test_two_windows_on_one_photo(shoe):
    first, second = Keeper(shoe, load(shoe)), Keeper(shoe, load(shoe))
    for n in range(1, 40):
        (first if n % 2 else second).keep(recipe(n))
        time.sleep(0.002)
        assert load(shoe).recipe in [recipe(n) for n in range(1, 40)]
    assert first.close()
    second.keep(recipe(99))
    assert second.close() and load(shoe) == Kept(recipe(99))
    assert set(names(shoe)) == {
        ".shoe.jpg.packshot.history", "shoe.jpg", "shoe.jpg.packshot.json", "shoe.jpg.packshot.json.bak"
    }  # fmt: skip


def test_what_another_window_has_written_is_kept_aside_and_told(shoe):
    told = []
    first, second = Keeper(shoe, load(shoe)), Keeper(shoe, load(shoe), met=told.append)
    first.keep(recipe(1))
    assert first.close()
    second.keep(recipe(2))
    assert second.flush() and told == ["shoe.jpg.packshot.json.bak"]
    second.keep(recipe(3))
    assert second.close() and load(shoe) == Kept(recipe(3)) and len(told) == 1
    assert (shoe.parent / told[0]).read_text() == recipe(1).to_json()


def test_the_thread_ends_with_the_keeper(shoe):
    before = threading.enumerate()
    keeper = Keeper(shoe, load(shoe))
    keeper.keep(recipe(1))
    assert keeper.close() and keeper.close() and threading.enumerate() == before
    with pytest.raises(RuntimeError):
        keeper.keep(recipe(2))


def test_what_killed_processes_left_half_written_goes_after_a_day(shoe):
    folder = shoe.parent
    old = [part_beside(shoe), folder / ".packshot-a_b1c2d3.part"]
    others = [
        part_beside(shoe),
        folder / ".packshot-mine.part",
        folder / "x.part",
        folder / ".packshot-12345678.part.jpg",
    ]
    for path in (*old, *others):
        path.touch()
    for path in (*old, *others[1:]):
        os.utime(path, (time.time() - 90000,) * 2)
    load(shoe)
    assert len(names(shoe)) == 7
    keeper = Keeper(shoe, load(shoe))
    keeper.keep(recipe(1))
    keeper.close()
    assert names(shoe) == sorted(
        [".shoe.jpg.packshot.history", "shoe.jpg", "shoe.jpg.packshot.json", *(p.name for p in others)]
    )
    sweep(folder / "no such folder")


def test_the_rights_of_a_sidecar_are_those_of_a_new_file(shoe, keeper):
    keeper.keep(recipe(1))
    assert keeper.flush()
    assert sidecar_path(shoe).stat().st_mode == shoe.stat().st_mode
    sidecar_path(shoe).chmod(0o640)
    keeper.keep(recipe(2))
    assert keeper.flush() and sidecar_path(shoe).stat().st_mode & 0o777 == 0o640
