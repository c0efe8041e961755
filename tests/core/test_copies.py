"""Virtual copies: edits and marks of their own, listed after their photo, and put aside with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.core import folder
from editor.core.copies import copies, drop_copy, new_copy, restore
from editor.core.folder import Entry, entries, entries_of, in_order, look_into
from editor.core.job import Cancelled, Job
from editor.core.journal import journal_path
from editor.core.keeper import Keeper
from editor.core.marks import Marks
from editor.core.recipe import Recipe
from editor.core.shot import Shot
from editor.core.sidecar import load, set_aside, sidecar_path
from tests.core.beside import FUTURE, journal, names, recipe
from tests.core.test_marks import save


@pytest.fixture
def shoe(tmp_path):
    return Shot(save(tmp_path / "shoe.jpg", 'xmp:Rating="3"'))


def keep(shot, *recipes, marks=None):
    keeper = Keeper(shot.path, load(*shot), copy=shot.copy)
    for each in recipes:
        keeper.keep(each)
    if marks:
        keeper.mark(marks)
    assert keeper.close()


def test_a_copy_takes_over_edits_and_marks_and_goes_its_own_way(shoe):
    keep(shoe, recipe(10), marks=Marks(5, "red"))
    first, second = new_copy(shoe), new_copy(shoe)
    assert (first, second) == (Shot(shoe.path, 1), Shot(shoe.path, 2)) and copies(shoe.path) == (1, 2)
    assert sidecar_path(*second).name == "shoe.jpg.copy-2.packshot.json"
    assert load(*second).recipe == recipe(10) and load(*second).marks == Marks(5, "red")
    keep(second, recipe(20), marks=Marks(1))
    assert load(*shoe).recipe == load(*first).recipe == recipe(10)
    assert load(*second).recipe == recipe(20) and load(*second).marks == Marks(1) and len(load(*second).steps) == 2
    assert new_copy(second).copy == 3 and load(shoe.path, 3).recipe == recipe(20)


def test_a_copy_may_have_a_name_that_stays_with_it(shoe):
    keep(shoe, recipe(10), marks=Marks(5, "red"))
    copy = new_copy(shoe, recipe(20), "翠绿 & Navy")
    assert load(*copy).marks == Marks(5, "red", "翠绿 & Navy") and load(*copy).recipe == recipe(20)
    assert '"name": "翠绿 & Navy"' in sidecar_path(*copy).read_text("utf-8")
    keep(copy, recipe(30), marks=replace(load(*copy).marks, rating=1))
    assert load(*copy).marks == Marks(1, "red", "翠绿 & Navy")
    named = {entry.shot: entry for entry in entries(shoe.path.parent, Job())}[copy]
    assert named.given == (1, "red", "翠绿 & Navy", None) and named.marks.name == "翠绿 & Navy"
    assert load(*new_copy(copy)).marks == Marks(1, "red")  # two of one name could not be told apart
    for bad in ("a\nb", "x" * 101):
        with pytest.raises(ValueError, match="signs that can be shown"):
            new_copy(shoe, recipe(1), bad)


def test_a_copy_of_a_photo_that_is_at_work_has_the_newest_edits(shoe):
    journal(shoe.path, recipe(1), recipe(2))
    assert load(*new_copy(shoe)).recipe == recipe(2)


def test_a_copy_without_edits_stays(shoe):
    copy = new_copy(shoe)
    keep(copy, recipe(1), Recipe())
    assert copies(shoe.path) == (1,) and load(*copy).recipe == Recipe() and load(*copy).marks == Marks(3)


def test_a_dropped_copy_can_come_back_with_its_steps(shoe):
    copy = new_copy(shoe)
    keep(copy, recipe(1), recipe(2))
    kept = load(*copy)
    moved = drop_copy(copy)
    assert copies(shoe.path) == () and load(*copy).recipe is None
    assert "shoe.jpg.copy-1.packshot.json.bak" in names(shoe.path)
    restore(moved)
    assert load(*copy) == kept and load(*copy).steps == kept.steps
    drop_copy(copy)
    with pytest.raises(FileNotFoundError):
        drop_copy(copy)
    new_copy(shoe)
    with pytest.raises(FileExistsError):
        restore(moved)
    with pytest.raises(ValueError, match="the photo itself"):
        drop_copy(shoe)


def test_a_replaced_photo_takes_all_its_copies_with_it(shoe):
    other = Shot(save(shoe.path.with_name("xshoe.jpg")))
    for shot in (shoe, new_copy(shoe), new_copy(shoe), other):
        keep(shot, recipe(1))
    set_aside(shoe.path)
    assert copies(shoe.path) == () and load(*shoe).recipe is None and load(*other).recipe == recipe(1)
    assert sum(name.endswith(".bak") for name in names(shoe.path)) == 6  # sidecars and histories


def listed(place):
    return {entry.shot.name: entry for entry in in_order(entries(place, Job()), "name", Job())}


def test_copies_are_listed_after_their_photo(shoe):
    save(shoe.path.with_name("shoe-10.jpg"))
    save(shoe.path.with_name("shoe-2.jpg"))
    for _ in range(11):
        new_copy(Shot(shoe.path.with_name("shoe-2.jpg")))
    wanted = ["shoe-2.jpg", *(f"shoe-2.jpg ({n})" for n in range(1, 12)), "shoe-10.jpg", "shoe.jpg"]
    assert list(listed(shoe.path.parent)) == wanted
    for order in ("modified", "taken"):
        found = [e.shot for e in in_order(entries(shoe.path.parent, Job()), order, Job())]
        at = found.index(Shot(shoe.path.with_name("shoe-2.jpg")))
        assert [shot.copy for shot in found[at : at + 12]] == list(range(12))
    assert len(entries_of([shoe.path.with_name("shoe-2.jpg")], Job())) == 12


def test_edited_is_what_has_an_edit_that_is_switched_on(shoe):
    place, path = shoe.path.parent, sidecar_path(*shoe)
    assert not listed(place)["shoe.jpg"].edited and listed(place)["shoe.jpg"].kept == 0
    for text, edited in [
        (recipe(1).to_json(), True),
        (recipe(1).switch("denoise", on=False).to_json(), False),
        ('{"packshot": 1, "rating": 4, "edits": []}', False),
        (FUTURE, False),
        ("{}", True),  # whatever it is, it is there
        ("", True),
    ]:
        path.write_text(text)
        path.rename(path.with_suffix(".new")).rename(path)
        assert listed(place)["shoe.jpg"].edited == edited, text
    assert listed(place)["shoe.jpg"].kept == path.stat().st_mtime_ns
    path.unlink()
    journal(shoe.path, recipe(1))  # of a process that was killed, or is at work
    assert listed(place)["shoe.jpg"].edited and entries_of([shoe.path], Job())[0].edited
    assert journal_path(*shoe).exists()


def test_marks_of_a_list_are_the_sidecars_or_the_photos_own(shoe):
    copy = new_copy(shoe)
    keep(copy, marks=Marks(5, "green"))
    found = listed(shoe.path.parent)
    look_into(tuple(found.values()), Job())
    assert found["shoe.jpg"].marks == Marks(3) and found["shoe.jpg (1)"].marks == Marks(5, "green")
    assert found["shoe.jpg"].given == (None, None, "", None)
    assert found["shoe.jpg (1)"].given == (5, "green", "", None)
    keep(shoe, marks=Marks(0))
    assert listed(shoe.path.parent)["shoe.jpg"].marks == Marks(0)


def test_sidecars_are_looked_into_once_and_only_where_they_are(shoe, monkeypatch):
    for n in range(30):
        save(shoe.path.with_name(f"other-{n}.jpg"))
    keep(shoe, recipe(1))
    read = []
    plain = folder.content
    monkeypatch.setattr(folder, "content", lambda path: read.append(path.name) or plain(path))
    folder._glance.cache_clear()
    for _ in range(3):
        entries(shoe.path.parent, Job())
    assert read == ["shoe.jpg.packshot.json"]
    keep(shoe, recipe(2))
    entries(shoe.path.parent, Job())
    assert len(read) == 2


def test_looking_into_files_stops_when_it_is_stopped(shoe):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        look_into((Entry(shoe.path, 1, 2),), job)


def test_a_copy_is_another_entry_with_other_edits_the_same(shoe):
    assert Entry(shoe.path, 1, 2) != Entry(shoe.path, 1, 2, copy=1)
    assert Entry(shoe.path, 1, 2) == Entry(shoe.path, 1, 2, edited=True, given=(3, "red"), kept=4)


def test_a_copy_is_made_whole_or_not_at_all(tmp_path, monkeypatch):
    (tmp_path / "shoe.jpg").write_bytes(b"pixels")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            new_copy(Shot(tmp_path / "shoe.jpg"))
    assert [p.name for p in tmp_path.iterdir()] == ["shoe.jpg"]
    with monkeypatch.context() as disk:  # as in a camera
        disk.setattr("os.link", full)
        assert [new_copy(Shot(tmp_path / "shoe.jpg")).copy for _ in range(2)] == [1, 2]
    assert len(list(tmp_path.iterdir())) == 3
