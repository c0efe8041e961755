"""Undo survives closing and crashing: steps are kept beside the photo, and belong to the sidecar or are not used."""

from __future__ import annotations

import threading
import zlib

import pytest

from editor.core import keeper as keeping
from editor.core.chronicle import history_path, read_history, write_history
from editor.core.document import Document
from editor.core.drawn import Stroke
from editor.core.edit import Edit
from editor.core.history import History, Step
from editor.core.journal import Journal, journal_path
from editor.core.keeper import Keeper
from editor.core.ledger import Ledger, Reader, Record
from editor.core.photo import Photo
from editor.core.recipe import Recipe
from editor.core.sheet import Sheet
from editor.core.shot import Shot
from editor.core.sidecar import load, sidecar_path
from editor.edits.denoise import Denoise
from tests.core.beside import names, recipe
from tests.core.test_history import a_thousand_steps

DodgeBurn = Edit.kinds["dodge_burn"]


@pytest.fixture
def sit(photo_file):
    """Opens the photo as a window does; `leave` closes it, `flush` has all written."""
    keepers = []

    def open_():
        kept = load(photo_file)
        document, keeper = Document(Photo.open(photo_file), history=kept.history), Keeper(photo_file, kept)
        document.on_change(lambda: keeper.keep(document.recipe, document.history))
        keepers.append(keeper)
        document.leave, document.flush = keeper.close, keeper.flush
        return document

    yield open_
    for keeper in keepers:
        keeper.close()


def drag(document, *strengths):
    for strength in strengths:
        document.put(Denoise(strength=strength, noise=25.0), gesture="drag")
    document.end_gesture()


def test_undo_and_redo_survive_closing(sit):
    document = sit()
    drag(document, 0.1, 0.2)
    document.replace(recipe(50), "paste")
    document.switch("denoise", on=False)
    document.undo()
    steps = document.steps
    assert document.leave()
    again = sit()
    assert again.steps == steps and again.position == 2 and again.recipe == recipe(50)
    again.redo()
    assert not again.recipe.is_on("denoise")
    for _ in range(3):
        again.undo()
    assert again.recipe == Recipe() and not again.can_undo


def test_after_a_crash_the_journals_changes_are_steps_too(sit, photo_file, monkeypatch):
    """A drag is one step after the crash as well, and what had been undone can be redone."""
    document = sit()
    drag(document, 0.1, 0.2)
    assert document.leave()
    monkeypatch.setattr(keeping, "PAUSE", 3600.0)
    crashed = sit()
    drag(crashed, 0.3, 0.4, 0.5)
    drag(crashed, 0.6)
    crashed.undo()
    kept = load(photo_file)
    assert kept.recovered and kept.history == crashed.history and len(kept.steps) == 4 and kept.position == 2


def test_a_crash_between_sidecar_and_history_loses_no_step(sit, photo_file, monkeypatch):
    document = sit()
    drag(document, 0.1)
    assert document.leave()

    def crash(*_):
        raise OSError

    monkeypatch.setattr(keeping, "write_history", crash)
    monkeypatch.setattr(Keeper, "_fold_journal", crash)
    monkeypatch.setattr("threading.excepthook", lambda told: None)
    crashed = sit()
    drag(crashed, 0.2)
    drag(crashed, 0.3)
    next(thread for thread in threading.enumerate() if thread.name == "keep").join(10)
    assert sidecar_path(photo_file).read_text() == crashed.recipe.to_json() and journal_path(photo_file).exists()
    assert load(photo_file).history == crashed.history and len(crashed.steps) == 4


def test_after_a_crash_there_are_no_steps_that_had_been_dropped(sit, photo_file, monkeypatch):
    """The history was written while it stood where it stands at the end as well, with another step to be redone."""
    document = sit()
    drag(document, 0.1)
    drag(document, 0.2)
    document.undo()
    assert document.leave()
    monkeypatch.setattr(keeping, "PAUSE", 3600.0)
    crashed = sit()
    drag(crashed, 0.3)
    crashed.undo()
    assert load(photo_file).history == crashed.history and crashed.steps[2].recipe.get("denoise").strength == 0.3
    write_history(Shot(photo_file), crashed.history, Ledger())  # the very last thing it did
    assert load(photo_file).history == crashed.history
    crashed.redo()
    drag(crashed, 0.4, 0.3)  # back to where it began: no step
    assert load(photo_file).history == crashed.history and len(crashed.steps) == 3


def test_what_was_undone_at_once_can_be_redone_after_a_crash(sit, photo_file, monkeypatch):
    monkeypatch.setattr(keeping, "PAUSE", 0.0)
    crashed = sit()
    with monkeypatch.context() as busy:  # all of it happens before the sidecar is first written
        busy.setattr(keeping, "PAUSE", 3600.0)
        drag(crashed, 0.1)
        crashed.undo()
    assert crashed.flush() and not sidecar_path(photo_file).exists() and not journal_path(photo_file).exists()
    assert load(photo_file).history == crashed.history and len(crashed.steps) == 2
    assert crashed.leave() and names(photo_file) == [photo_file.name]  # but closed, it leaves no file


@pytest.mark.parametrize("sidecar", [recipe(99).to_json(), "{}", None])
def test_a_history_of_another_sidecar_is_not_used(sit, photo_file, sidecar):
    document = sit()
    drag(document, 0.1)
    drag(document, 0.2)
    assert document.leave()
    path = sidecar_path(photo_file)
    path.unlink() if sidecar is None else path.write_text(sidecar)
    kept = load(photo_file)
    assert [step.recipe for step in kept.steps] == [kept.recipe or Recipe()]
    again = sit()
    drag(again, 0.7)
    assert again.leave() and len(load(photo_file).steps) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b'"history": 1', b'"history": 2'),
        lambda data: data.replace(b'"position": 2', b'"position": 7'),
        lambda data: data.replace(b"denoise", b"paint"),
        lambda data: b"\n".join(data.split(b"\n")[:-2]),
        lambda data: b"[" * 100_000,
        lambda data: b"\xff\xfe",
    ],
)
def test_a_history_that_cannot_be_read_is_as_good_as_none(sit, photo_file, damage):
    document = sit()
    drag(document, 0.1)
    drag(document, 0.2)
    assert document.leave() and read_history(Shot(photo_file)) == document.history
    path = history_path(photo_file)
    path.write_bytes(damage(path.read_bytes()))
    kept = load(photo_file)
    assert kept.recipe == document.recipe and not kept.unread and len(kept.steps) == 1


def test_a_history_that_cannot_be_written_keeps_nobody_from_keeping(sit, photo_file):
    history_path(photo_file).mkdir()
    document = sit()
    drag(document, 0.1)
    assert document.leave() and load(photo_file).recipe == document.recipe


def test_equal_edits_and_strokes_are_written_once(tmp_path):
    shot, history = Shot(tmp_path / "shoe.jpg"), a_thousand_steps()
    write_history(shot, history, Ledger())
    text = history_path(*shot).read_text()
    assert text.count('"stroke": ') == 99 and text.count('"edit": "crop"') == 1
    assert len(text) < 3e6
    assert read_history(shot) == history


def test_a_ledger_writes_only_what_is_new():
    strokes = tuple(Stroke(((0.1, 0.2), (n / 10, 0.5)), hardness=n / 10) for n in range(3))
    records = [
        Record(Sheet(Recipe().put(Denoise()).put(DodgeBurn(painted=strokes[:2]))), "", 1.0),
        Record(Sheet(Recipe().put(Denoise()).put(DodgeBurn(painted=strokes)), 4, "red"), "paste \u2028 \n", 2.0),
        Record(Sheet(Recipe().put(Denoise()).switch("denoise", on=False))),
    ]
    ledger = Ledger()
    for _ in range(2):
        lines = [ledger.lines(record) for record in records]
        assert [len(each) for each in lines] == [5, 3, 1] and not any("\n" in line for each in lines for line in each)
        reader = Reader()
        read = [record for each in lines for line in each if (record := reader.take(line))]
        assert read == records
        ledger.turn()


def test_the_journal_of_a_long_stroke_is_short(tmp_path):
    """What is there already is not written again with every movement of the brush."""
    history = a_thousand_steps()
    record, path = Record(Sheet(history.step.recipe), "", 1e6), journal_path(tmp_path / "shoe.jpg")
    journal = Journal(path, None, Ledger(), record, [record])
    before = path.stat().st_size
    painted = history.step.recipe.get("dodge_burn").painted
    longer = record.sheet.recipe.put(DodgeBurn(painted=(*painted, Stroke(((0.5, 0.5), (0.6, 0.6))))))
    journal.append(Record(Sheet(longer), "", 2e6))
    journal.close()
    assert before > 500_000 and path.stat().st_size - before < 2000


def test_journals_of_the_first_format_still_count(photo_file):
    """{"journal": 1} and a whole recipe on each line."""

    def line(text):
        return b"%08x %s\n" % (zlib.crc32(text.encode()), text.encode())

    texts = [recipe(n).to_json().replace("\n", "") for n in (1, 2)]
    head = '{"journal": 1, "base": ""}'
    journal_path(photo_file).write_bytes(b"".join(map(line, [head, *texts])))
    kept = load(photo_file)
    assert kept.recipe == recipe(2) and kept.recovered
    assert [step.recipe for step in kept.steps] == [Recipe(), recipe(1), recipe(2)]
    assert Keeper(photo_file, kept).close() and not journal_path(photo_file).exists()
    assert [step.recipe for step in load(photo_file).steps] == [Recipe(), recipe(1), recipe(2)]


def test_a_step_without_a_history_is_one_more(photo_file):
    keeper = Keeper(photo_file, load(photo_file))
    for n in (1, 2, 2):
        keeper.keep(recipe(n))
    assert keeper.close()
    assert [step.recipe for step in load(photo_file).steps] == [Recipe(), recipe(1), recipe(2)]
    assert names(photo_file)[0] == ".bottle.png.packshot.history"
    assert History((Step(),)) == History()


def test_steps_that_a_given_up_drag_brought_back_survive_a_crash(sit, photo_file, monkeypatch):
    document = sit()
    drag(document, 0.1)
    drag(document, 0.2)
    document.undo()
    assert document.leave()
    monkeypatch.setattr(keeping, "PAUSE", 3600.0)
    crashed = sit()
    crashed.put(Denoise(strength=0.7), gesture="drag")
    crashed.give_up()
    assert len(crashed.steps) == 3 and load(photo_file).history == crashed.history


def test_no_redo_of_a_step_that_was_taken_out_of_the_history(sit, photo_file):
    document = sit()
    drag(document, 0.1)
    assert document.flush() and history_path(photo_file).exists()
    document.retract()
    assert document.flush() and not history_path(photo_file).exists()


def test_leaving_does_not_wait_for_a_long_history(photo_file, monkeypatch):
    go, plain = threading.Event(), write_history

    def long(*arguments):
        assert go.wait(10)
        plain(*arguments)

    monkeypatch.setattr(keeping, "write_history", long)
    keeper = Keeper(photo_file, load(photo_file))
    keeper.keep(recipe(1))
    keeper.keep(recipe(2))
    assert keeper.close(wait=False) and not keeper.wait(0)
    assert sidecar_path(photo_file).exists() and not history_path(photo_file).exists()
    assert [step.recipe for step in load(photo_file).steps] == [Recipe(), recipe(1), recipe(2)]  # the journal has them
    go.set()
    assert keeper.wait() and len(read_history(Shot(photo_file)).steps) == 3 and not journal_path(photo_file).exists()
