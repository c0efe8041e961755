"""Handing out: the same to hundreds of photos, as one step that can be taken back exactly."""

from __future__ import annotations

import pytest

from editor.core.chronicle import history_path
from editor.core.copies import new_copy
from editor.core.handout import CHANGED, GONE, Handout, Turns, hand_out, mark
from editor.core.job import Cancelled, Job
from editor.core.keeper import Keeper
from editor.core.marks import Marks
from editor.core.recipe import Recipe
from editor.core.shot import Shot
from editor.core.sidecar import load, sidecar_path
from editor.edits.denoise import Denoise
from tests.core.beside import FUTURE, journal, names, recipe

WHEN = 5000.0


def paste(before):
    """Lays an edit called "pasted" over what there is."""
    return before.put(Denoise(name="pasted"))


def brighten(before):
    return Marks(min(before.rating + 1, 5), "green")


@pytest.fixture
def shots(tmp_path):
    """Photos: untouched, edited with steps, edited by hand without, a virtual copy, crashed."""
    made = []
    for n in range(4):
        (tmp_path / f"shoe-{n}.jpg").write_bytes(b"pixels")
        made.append(Shot(tmp_path / f"shoe-{n}.jpg"))
    keeper = Keeper(made[1].path, load(*made[1]))
    keeper.keep(recipe(10))
    keeper.keep(recipe(20))
    keeper.mark(Marks(2))
    keeper.close()
    sidecar_path(*made[2]).write_text(recipe(30).to_json())
    made.append(new_copy(made[1]))
    journal(made[3].path, recipe(40), recipe(50))
    return tuple(made)


def state(shots):
    return [(kept.recipe or Recipe(), kept.marks, kept.steps, kept.position) for kept in (load(*s) for s in shots)]


def recipes(shots):
    return [load(*shot).recipe for shot in shots]


def test_edits_are_laid_over_those_of_many_photos_as_one_step(shots):
    before = state(shots)
    out = hand_out(shots, paste, Job(), "paste", WHEN)
    assert out.shots == set(shots) and out.left.failed == out.left.held == () and out.act == "paste"
    for shot, (old, marks, steps, position) in zip(shots, before, strict=True):
        kept = load(*shot)
        assert kept.recipe == paste(old) and kept.marks == marks and not kept.recovered
        assert kept.steps[: position + 1] == steps[: position + 1] and kept.position == position + 1
        assert kept.history.step.act == "paste" and kept.history.step.when == WHEN


def test_taken_back_all_is_as_it_was_and_again_as_it_became(shots):
    before, files = state(shots), {p.name: p.read_bytes() for p in shots[0].path.parent.iterdir()}
    out = hand_out(shots, paste, Job(), "paste", WHEN)
    after = state(shots)
    for _ in range(2):
        assert out.take_back(Job()) == out.left
        back = state(shots)
        assert [(r, m) for r, m, *_ in back] == [(r, m) for r, m, *_ in before]
        assert [steps[: position + 1] for *_, steps, position in back] == [s[: p + 1] for *_, s, p in before]
        now = {p.name: p.read_bytes() for p in shots[0].path.parent.iterdir()}
        for name in ("shoe-1.jpg.packshot.json", "shoe-2.jpg.packshot.json", "shoe-1.jpg.copy-1.packshot.json"):
            assert now[name] == files[name]
        assert "shoe-0.jpg.packshot.json" not in now and ".shoe-0.jpg.packshot.history" not in now
        assert out.again(Job()) == out.left
        assert state(shots) == after


def test_a_photo_edited_since_is_left_alone_and_named(shots):
    out = hand_out(shots, paste, Job(), "paste", WHEN)
    keeper = Keeper(shots[2].path, load(*shots[2]))
    keeper.keep(recipe(99))
    keeper.close()
    journal(shots[1].path, recipe(77), base=sidecar_path(*shots[1]).read_bytes())  # just being edited elsewhere
    assert dict(out.take_back(Job()).failed) == {shots[2]: CHANGED, shots[1]: CHANGED}
    assert recipes(shots) == [None, recipe(77), recipe(99), recipe(50), recipe(20)]


def test_what_cannot_be_read_or_written_is_named_and_the_others_are_done(shots, tmp_path):
    sidecar_path(*shots[1]).write_text(FUTURE)
    shots[3].path.unlink()
    history_path(*shots[2]).mkdir()  # without a history it goes as well
    sidecar_path(tmp_path / "dir.jpg").mkdir()
    (tmp_path / "dir.jpg").touch()

    def choosy(before):
        if before == recipe(20):
            raise ValueError("has no such edit")
        return paste(before)

    out = hand_out([*shots, Shot(tmp_path / "dir.jpg")], choosy, Job(), "paste", WHEN)
    reasons = dict(out.left.failed)
    assert reasons[shots[3]] == GONE and reasons[shots[4]] == "has no such edit"
    assert "recipe format 2 is not known" in reasons[shots[1]] and "irectory" in reasons[Shot(tmp_path / "dir.jpg")]
    assert out.shots == {shots[0], shots[2]} and recipes((shots[0], shots[2])) == [paste(Recipe()), paste(recipe(30))]
    assert sidecar_path(*shots[1]).read_text() == FUTURE


def test_a_full_disk_names_the_photo(shots, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("editor.core.sidecar.replacing", refuse)
    out = hand_out(shots[:2], paste, Job(), "paste", WHEN)
    assert [reason for _, reason in out.left.failed] == ["No space left on device"] * 2 and not out.given
    assert recipes(shots[:2]) == [None, recipe(20)]


@pytest.mark.parametrize("after", [0, 1, 3, 4])
def test_cancelled_means_that_nothing_was_done(shots, after):
    before = state(shots)
    out = hand_out(shots, paste, Job(), "paste", WHEN)
    handed = state(shots)
    job = Job(lambda done: job.cancel() if done >= after / 5 else None)
    with pytest.raises(Cancelled):
        out.take_back(job)
    assert state(shots) == handed
    out.take_back(Job())
    job = Job(lambda done: job.cancel() if done >= after / 5 else None)
    with pytest.raises(Cancelled):
        hand_out(shots, paste, job, "paste", WHEN + 1)
    assert [(r, m) for r, m, *_ in state(shots)] == [(r, m) for r, m, *_ in before]
    assert "shoe-0.jpg.packshot.json" not in names(shots[0].path)


def test_progress_is_told(shots):
    told = []
    hand_out(shots, paste, Job(told.append), "paste", WHEN)
    assert told == [0, 0.2, 0.4, 0.6, 0.8, 1]


def test_photos_for_which_nothing_changes_have_no_part_in_it(shots):
    first = hand_out(shots, paste, Job(), "paste", WHEN)
    again = hand_out(shots, paste, Job(), "paste", WHEN + 1)
    assert not again.given and len(first.given) == 5
    assert hand_out((), paste, Job()) == Handout("", 0.0)


def test_stars_and_labels_are_handed_out_alike(shots):
    before = state(shots)
    out = mark(shots, brighten, Job(), "mark", WHEN)
    assert [load(*shot).marks for shot in shots] == [Marks(n, "green") for n in (1, 3, 1, 1, 3)]
    assert recipes(shots) == [Recipe(), *(r for r, *_ in before[1:])]
    assert [len(load(*s).steps) for s in shots] == [len(steps) for _, _, steps, _ in before]
    assert out.take_back(Job()) == out.left
    assert state(shots) == before and "shoe-0.jpg.packshot.json" not in names(shots[0].path)
    out.again(Job())
    assert load(*shots[1]).marks == Marks(3, "green")


def test_an_open_photo_is_left_to_the_window(shots):
    turns = Turns()
    turns.hold(shots[1])
    out = hand_out(shots[:3], paste, Job(), "paste", WHEN, turns)
    assert out.left.held == (shots[1],) and out.shots == {shots[0], shots[2]} and load(*shots[1]).recipe == recipe(20)
    turns.let_go(shots[1])
    turns.hold(shots[2])
    assert out.take_back(Job(), turns).held == (shots[2],) and recipes(shots[:1]) == [None]
    turns.let_go(shots[2])
    rest = hand_out((shots[1],), paste, Job(), "paste", WHEN, turns)
    assert out.and_also(*rest.given).shots == set(shots[:3])


def test_two_handouts_are_taken_back_one_after_the_other(shots):
    before = state(shots)
    first = hand_out(shots, paste, Job(), "paste", WHEN)
    second = hand_out(shots, lambda recipe: recipe.put(Denoise(name="second")), Job(), "preset", WHEN + 1)
    assert {r for _, r in first.take_back(Job()).failed} == {CHANGED}
    assert second.take_back(Job()).failed == () and first.take_back(Job()).failed == ()
    assert [(r, m) for r, m, *_ in state(shots)] == [(r, m) for r, m, *_ in before]
    assert len(load(*shots[1]).steps) == 5  # both can still be redone there
