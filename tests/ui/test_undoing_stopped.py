"""A handout that is stopped or overtaken: nothing of the person's is lost; what stays is named."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.core.copies import new_copy
from editor.core.handout import Handout, Turns
from editor.core.job import Job
from editor.core.recipe import Recipe
from editor.core.sidecar import load
from editor.ui.virtualcopies import _deleted
from tests.ui.acts import drag, show
from tests.ui.test_undoing import CONTROL, GIVEN, SHIFT, Held, paste, recipes, seated, settled, shots, undo

__all__ = ["seated", "shots"]


@pytest.fixture
def between(monkeypatch):
    """Between the third and the fourth of the photos elsewhere the handout waits until it is let go."""
    reached, go, turns, plain = threading.Event(), threading.Event(), [], Job.progress

    def progress(self, done):
        if threading.current_thread().name == "handout":
            turns.append(done)
            if len(turns) == 4:
                reached.set()
                assert go.wait(10)
        plain(self, done)

    monkeypatch.setattr(Job, "progress", progress)
    return reached, go


def stop(qtbot, window, go):
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    go.set()
    settled(qtbot, window)


def test_edits_made_while_it_went_on_survive_its_stop(qtbot, seated, shots, between):
    reached, go = between
    seated.undoing.hand_out(shots[1:], paste, "paste")
    qtbot.waitUntil(reached.is_set)
    show(qtbot, seated, shots[1].path)
    drag(seated.panel.groups["denoise"].controls["strength"].slider, 30)
    mine = seated.document.recipe
    show(qtbot, seated, shots[5].path)
    stop(qtbot, seated, go)
    assert load(*shots[1]).recipe == mine != GIVEN and recipes(shots[2:]) == [Recipe()] * 4
    assert seated.banner.text == "Stopped, but not taken back: shoe-1.png (has been edited since)"


def test_the_open_photo_edited_meanwhile_is_named(qtbot, seated, shots, between):
    reached, go = between
    seated.undoing.hand_out(shots, paste, "paste")
    qtbot.waitUntil(reached.is_set)
    drag(seated.panel.groups["denoise"].controls["strength"].slider, 30)
    stop(qtbot, seated, go)
    assert seated.document.recipe.edits
    assert seated.banner.text == "Stopped, but not taken back: shoe-0.png (has been edited since)"


def test_stars_of_a_photo_opened_meanwhile_are_taken_back(qtbot, seated, shots, between):
    reached, go = between
    seated.undoing.mark(shots[1:], lambda marks: replace(marks, rating=4))
    qtbot.waitUntil(reached.is_set)
    show(qtbot, seated, shots[1].path)
    stop(qtbot, seated, go)
    assert seated.keeping.flush() and [load(*shot).marks.rating for shot in shots] == [0] * 6


def test_what_was_stopped_cannot_be_redone(qtbot, seated, shots, between):
    reached, go = between
    drag(seated.panel.groups["denoise"].controls["strength"].slider, 30)
    seated.document.undo()
    before = seated.document.history
    seated.undoing.hand_out(shots, paste, "paste")
    qtbot.waitUntil(reached.is_set)
    stop(qtbot, seated, go)
    assert seated.document.history == before and recipes(shots) == [Recipe()] * 6
    show(qtbot, seated, shots[1].path)
    assert not seated.undoing.can_redo


def test_the_photo_that_was_open_when_it_began_is_taken_back_beside_the_window(qtbot, seated, shots, between):
    reached, go = between
    seated.undoing.hand_out(shots, paste, "paste")
    qtbot.waitUntil(reached.is_set)
    show(qtbot, seated, shots[5].path)
    stop(qtbot, seated, go)
    assert recipes(shots) == [Recipe()] * 6 and seated.document.recipe == Recipe()


def test_an_edit_while_it_is_done_again(qtbot, seated, shots, monkeypatch):
    seated.undoing.hand_out(shots[1:3], paste, "paste")
    settled(qtbot, seated)
    undo(qtbot, seated)
    reached, go, plain = threading.Event(), threading.Event(), Handout._go

    def slow(self, given, **more):
        reached.set()
        assert go.wait(10)
        return plain(self, given, **more)

    monkeypatch.setattr(Handout, "_go", slow)
    QTest.keyClick(seated, Qt.Key.Key_Z, CONTROL | SHIFT)
    qtbot.waitUntil(reached.is_set)
    drag(seated.panel.groups["denoise"].controls["strength"].slider, 30)
    go.set()
    settled(qtbot, seated)
    assert recipes(shots[1:3]) == [GIVEN] * 2 and not seated.undoing.can_redo


def test_shut_down_half_way_the_open_photo_is_taken_back_as_well(qtbot, seated, shots):
    held = Held(before=5)
    seated.undoing.hand_out(shots, held, "paste")
    qtbot.waitUntil(held.reached.is_set)
    timer = threading.Timer(0.1, held.go.set)
    timer.start()
    seated.shut_down()
    timer.join()
    assert recipes(shots) == [Recipe()] * 6


def test_back_in_the_history_the_open_photo_is_as_it_was(qtbot, seated, shots):
    said = []
    seated.undoing.troubled.connect(said.append)
    seated.undoing.hand_out(shots, paste, "paste")
    settled(qtbot, seated)
    seated.document.go(0)
    undo(qtbot, seated)
    assert not said and recipes(shots) == [Recipe()] * 6


def test_a_copy_that_is_open_is_not_deleted_and_named(seated, shots):
    copy, turns = new_copy(shots[0]), Turns()
    turns.hold(copy)
    done, wrong = _deleted((copy,), turns, Job())
    assert not done and wrong == ("shoe-0.png (copy 1): is open in the window.",) and load(*copy).recipe == Recipe()
