"""Sidecar: edits are kept beside the photo, whatever happens to the process, the disk or the files."""

from __future__ import annotations

import json
import os
import threading
import time
from contextlib import contextmanager

import numpy as np
import pytest

from editor.core import keeper as keeping
from editor.core import sidecar
from editor.core.journal import journal_path, read_journal
from editor.core.keeper import Keeper
from editor.core.recipe import Recipe
from editor.core.shot import Shot
from editor.core.sidecar import Kept, load, sidecar_path
from tests.core.beside import FUTURE, journal, names, recipe


@pytest.fixture
def shoe(tmp_path):
    """A photo's file; what is in it does not matter here."""
    path = tmp_path / "shoe.jpg"
    path.write_bytes(b"pixels")
    return path


@pytest.fixture
def keeper(shoe):
    made = Keeper(shoe, load(shoe))
    yield made
    made.close()


def test_the_sidecar_is_the_recipe_readable_and_fit_for_apply(shoe, keeper):
    keeper.keep(recipe(80))
    assert keeper.close()
    text = sidecar_path(shoe).read_text("utf-8")
    assert sidecar_path(shoe).name == "shoe.jpg.packshot.json" and text == recipe(80).to_json()
    assert load(shoe) == Kept(recipe(80))
    assert names(shoe) == [".shoe.jpg.packshot.history", "shoe.jpg", "shoe.jpg.packshot.json"]


def test_what_keep_returned_from_is_there_before_the_sidecar_is(shoe, keeper, monkeypatch):
    monkeypatch.setattr(keeping, "PAUSE", 3600.0)
    for n in (1, 2, 3):
        keeper.keep(recipe(n))
        assert load(shoe) == Kept(recipe(n), recovered=True)
    assert not sidecar_path(shoe).exists()
    assert names(shoe) == [".shoe.jpg.packshot.journal", "shoe.jpg"]


def test_changes_come_faster_than_the_disk_writes(shoe, keeper, monkeypatch):
    """While one sidecar is on its way to a slow disk, later changes are in the journal; one more writing has all."""
    monkeypatch.setattr(keeping, "PAUSE", 0.0)
    writing, go, written = threading.Event(), threading.Event(), []
    plain = sidecar.replacing

    def slow(path):
        written.append(path)
        writing.set()
        assert go.wait(10)
        return plain(path)

    monkeypatch.setattr(sidecar, "replacing", slow)
    keeper.keep(recipe(1))
    assert writing.wait(10)
    for n in range(2, 60):
        keeper.keep(recipe(n))
    assert load(shoe).recipe == recipe(59) and not sidecar_path(shoe).exists()
    go.set()
    assert keeper.flush()
    assert load(shoe) == Kept(recipe(59)) and len(written) == 2


def test_the_journal_is_folded_while_changes_go_on(shoe, keeper, monkeypatch):
    monkeypatch.setattr(keeping, "PAUSE", 0.0)
    lengths = [0]
    for n in range(100_000):
        keeper.keep(recipe(n % 100))
        past = read_journal(Shot(shoe))
        lengths.append(len(past.records) if past else 0)
        if sidecar_path(shoe).exists() and lengths[-1] < lengths[-2]:
            break
        time.sleep(0.0005)
    assert lengths[-1] < lengths[-2] and load(shoe).recipe == recipe(n % 100)
    assert keeper.flush() and not journal_path(shoe).exists()


def test_a_photo_without_edits_has_no_files_beside_it(shoe, keeper):
    keeper.keep(Recipe())
    assert keeper.flush()
    keeper.keep(recipe(1))
    assert keeper.flush() and sidecar_path(shoe).exists()
    keeper.keep(Recipe())
    assert keeper.close() and names(shoe) == ["shoe.jpg"]


def test_edits_taken_back_win_over_an_older_copy(shoe):
    sidecar_path(shoe).write_text(recipe(1).to_json())
    keeper = Keeper(shoe, load(shoe))
    keeper.keep(Recipe())
    assert keeper.close()
    assert load(shoe) == Kept(Recipe())
    assert json.loads(sidecar_path(shoe).read_text()) == {"packshot": 1, "edits": []}


def test_closing_without_a_change_writes_nothing(shoe):
    text = recipe(1).to_json().replace("\n", "\r\n")
    sidecar_path(shoe).write_bytes(b"\xef\xbb\xbf" + text.encode())  # edited by hand, with a mark of its own
    before = sidecar_path(shoe).stat()
    keeper = Keeper(shoe, load(shoe))
    keeper.keep(recipe(1))
    assert keeper.close()
    after = sidecar_path(shoe).stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino) and load(shoe) == Kept(recipe(1))


def test_a_journal_left_behind_is_the_newest_word_and_is_folded(shoe):
    sidecar_path(shoe).write_text(recipe(1).to_json())
    journal(shoe, recipe(2), recipe(3), base=sidecar_path(shoe).read_bytes())
    kept = load(shoe)
    assert kept == Kept(recipe(3), recovered=True)
    Keeper(shoe, kept).close()
    assert load(shoe) == Kept(recipe(3)) and names(shoe) == [
        ".shoe.jpg.packshot.history",
        "shoe.jpg",
        "shoe.jpg.packshot.json",
    ]


def test_killed_between_sidecar_and_the_end_of_the_journal(shoe):
    journal(shoe, recipe(1), recipe(2), recipe(3))
    sidecar_path(shoe).write_text(recipe(2).to_json())
    assert load(shoe) == Kept(recipe(3), recovered=True)


def test_edits_go_on_while_those_of_a_crash_are_still_being_written(shoe, monkeypatch):
    """The disk is slow to take the sidecar, and then slow to take its new name: killed then, nothing is missing."""
    journal(shoe, recipe(1))
    monkeypatch.setattr(keeping, "PAUSE", 0.0)
    writing, go, renamed, end = (threading.Event() for _ in range(4))
    plain = sidecar.replacing

    @contextmanager
    def slow(path):
        writing.set()
        assert go.wait(10)
        with plain(path) as file:
            yield file
        renamed.set()
        assert end.wait(10)

    monkeypatch.setattr(sidecar, "replacing", slow)
    keeper = Keeper(shoe, load(shoe))
    assert writing.wait(10)
    for n in (2, 3):
        keeper.keep(recipe(n))
    assert load(shoe) == Kept(recipe(3), recovered=True)
    go.set()
    assert renamed.wait(10) and sidecar_path(shoe).read_text() == recipe(1).to_json()
    assert load(shoe) == Kept(recipe(3), recovered=True)
    end.set()
    assert keeper.close() and load(shoe) == Kept(recipe(3))


def test_a_journal_does_not_win_over_a_sidecar_from_elsewhere(shoe):
    journal(shoe, recipe(2))
    sidecar_path(shoe).write_text(recipe(9).to_json())
    assert load(shoe) == Kept(recipe(9))
    keeper = Keeper(shoe, load(shoe))
    keeper.keep(recipe(10))
    assert keeper.close() and load(shoe) == Kept(recipe(10))


def test_a_deleted_sidecar_stays_deleted(shoe):
    journal(shoe, recipe(2), base=recipe(1).to_json().encode())
    assert load(shoe) == Kept()


@pytest.mark.parametrize("end", [0, 1, 9, 30, -1])
def test_a_torn_line_counts_for_nothing(shoe, end):
    journal(shoe, recipe(1), recipe(2))
    whole = journal_path(shoe).read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    cut = len(whole) - 2 if end == -1 else last + end
    journal_path(shoe).write_bytes(whole[:cut])
    assert load(shoe) == Kept(recipe(1), recovered=True)


def test_every_damage_of_a_journal_gives_a_recipe_that_was_made_or_none(shoe):
    made = [recipe(n) for n in range(1, 6)]
    journal(shoe, *made)
    whole = journal_path(shoe).read_bytes()
    chance = np.random.default_rng(3)
    found = set()
    for _ in range(300):
        damaged = bytearray(whole[: chance.integers(len(whole) * 2)])
        for place in chance.integers(len(damaged) or 1, size=chance.integers(4)):
            damaged[place : place + 1] = chance.bytes(1)
        journal_path(shoe).write_bytes(damaged)
        kept = load(shoe)
        assert kept.recipe in [None, *made] and not kept.unread
        found.add(kept.recipe)
    assert len(found) == 6


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (FUTURE.encode(), "format 2 is not known"),
        (b"", "not JSON"),
        (b"\xff\xfe", "utf-8"),
        (b'{"packshot": 1, "edits": [{"edit": "paint"}]}', "unknown edit 'paint'"),
        (None, "directory"),
    ],
)
def test_a_sidecar_that_cannot_be_read_is_told_and_put_aside_not_overwritten(shoe, data, reason):
    path = sidecar_path(shoe)
    if data is None:
        path.mkdir()
    else:
        path.write_bytes(data)
    path.with_name(f"{path.name}.bak").write_text("an older one")
    kept = load(shoe)
    assert kept.recipe is None
    assert reason in kept.trouble and "shoe.jpg.packshot.json.bak2" in kept.trouble and "\n" not in kept.trouble
    Keeper(shoe, kept).close()
    assert names(shoe) == ["shoe.jpg", "shoe.jpg.packshot.json", "shoe.jpg.packshot.json.bak"]
    keeper = Keeper(shoe, kept)
    keeper.keep(recipe(1))
    assert keeper.close() and load(shoe) == Kept(recipe(1))
    put_aside = path.with_name(f"{path.name}.bak2")
    assert put_aside.is_dir() if data is None else put_aside.read_bytes() == data
    assert path.with_name(f"{path.name}.bak").read_text() == "an older one"


def test_a_newer_versions_journal_is_put_aside_too(shoe, monkeypatch):
    with monkeypatch.context() as newer:
        newer.setattr("editor.core.journal.FORMAT", 99)
        journal(shoe, recipe(1))
    whole, kept = journal_path(shoe).read_bytes(), load(shoe)
    assert kept.recipe is None and "journal format 99" in kept.trouble
    keeper = Keeper(shoe, kept)
    keeper.keep(recipe(5))
    assert keeper.close()
    assert (shoe.parent / ".shoe.jpg.packshot.journal.bak").read_bytes() == whole


def test_where_nothing_can_be_written_that_is_told_once_and_again_when_it_can(shoe, monkeypatch):
    told = []
    keeper = Keeper(shoe, load(shoe), told.append)
    with monkeypatch.context() as full:

        def refuse(*_):
            raise OSError(28, "No space left on device")

        full.setattr(sidecar, "replacing", refuse)
        full.setattr(keeping, "Journal", refuse)
        keeper.keep(recipe(1))
        assert not keeper.flush() and not keeper.flush()
        keeper.keep(recipe(2))
        assert not keeper.flush()
        assert keeper.reason == "No space left on device" and told == [keeper.reason]
    assert keeper.flush() and not keeper.reason
    assert keeper.close() and told == ["No space left on device", ""]
    assert load(shoe) == Kept(recipe(2))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(shoe):
    shoe.parent.chmod(0o500)
    keeper = Keeper(shoe, load(shoe))
    keeper.keep(recipe(1))
    kept = keeper.close()
    shoe.parent.chmod(0o700)
    assert not kept and keeper.reason == "Permission denied" and names(shoe) == ["shoe.jpg"]


def test_a_name_that_leaves_no_room_for_a_sidecar(tmp_path):
    photo = tmp_path / ("x" * 245 + ".jpg")
    photo.touch()
    keeper = Keeper(photo, load(photo))
    keeper.keep(recipe(1))
    assert not keeper.close() and keeper.reason == "File name too long" and names(photo) == [photo.name]
