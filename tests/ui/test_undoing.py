"""One way back for all: what was done to many photos, and steps of the open one, by time."""

from __future__ import annotations

import threading

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.core.edit import Edit
from editor.core.marks import Marks
from editor.core.recipe import Recipe
from editor.core.shot import Shot
from editor.core.sidecar import load, sidecar_path
from tests.ui.acts import drag, show

Denoise = Edit.kinds["denoise"]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
GIVEN = Recipe().put(Denoise(noise=20.0))


def paste(recipe):
    return recipe.put(Denoise(noise=20.0))


def undo(qtbot, window):
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settled(qtbot, window)


def redo(qtbot, window):
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    settled(qtbot, window)


def settled(qtbot, window):
    qtbot.waitUntil(lambda: not window.undoing.busy)


def recipes(shots):
    return [load(*shot).recipe or Recipe() for shot in shots]


@pytest.fixture
def shots(tmp_path):
    made = []
    for n in range(6):
        path = tmp_path / f"shoe-{n}.png"
        Pillow.new("RGB", (40, 30), (40 * n, 100, 50)).save(path)
        made.append(Shot(path))
    return tuple(made)


@pytest.fixture
def seated(qtbot, window, shots):
    """The window with the first of six photos."""
    window.ask_keep_edits = lambda photo: pytest.fail("asked")
    return show(qtbot, window, shots[0].path)


class Held:
    """`paste` that waits before the n-th photo until it is let go."""

    def __init__(self, before):
        self.before, self.count, self.reached, self.go = before, 0, threading.Event(), threading.Event()

    def __call__(self, recipe):
        self.count += 1
        if self.count == self.before:
            self.reached.set()
            assert self.go.wait(10)
        return paste(recipe)


def test_a_handout_is_one_step_there_and_back(qtbot, seated, shots):
    handed = []
    seated.undoing.handed.connect(lambda which: handed.append(set(which)))
    seated.undoing.hand_out(shots, paste, "paste")
    assert seated.document.recipe == GIVEN  # the open one at once
    settled(qtbot, seated)
    assert recipes(shots) == [GIVEN] * 6 and handed == [set(shots)]
    assert seated.document.steps[-1].act == load(*shots[3]).steps[-1].act == "paste"
    assert seated.actions_by_name["undo"].text() == "&Undo Paste onto 6 Photos"
    undo(qtbot, seated)
    assert seated.document.recipe == Recipe() and recipes(shots) == [Recipe()] * 6
    assert not any(sidecar_path(*shot).exists() for shot in shots[1:])
    assert not seated.actions_by_name["undo"].isEnabled()
    assert seated.actions_by_name["redo"].text() == "&Redo Paste onto 6 Photos"
    redo(qtbot, seated)
    assert seated.document.recipe == GIVEN and recipes(shots) == [GIVEN] * 6
    assert not seated.actions_by_name["redo"].isEnabled() and len(seated.document.steps) == 2


def test_what_was_done_last_is_taken_back_first(qtbot, seated, shots):
    slider = seated.panel.groups["denoise"].controls["strength"].slider
    drag(slider, 30)
    first = seated.document.recipe
    seated.undoing.hand_out(shots[1:4], paste, "paste")
    settled(qtbot, seated)
    drag(slider, 60)
    second = seated.document.recipe
    undo(qtbot, seated)
    assert seated.document.recipe == first != second and recipes(shots[1:4]) == [GIVEN] * 3
    undo(qtbot, seated)
    assert seated.document.recipe == first and recipes(shots[1:4]) == [Recipe()] * 3
    undo(qtbot, seated)
    assert seated.document.recipe == Recipe() and not seated.undoing.can_undo
    redo(qtbot, seated)
    assert seated.document.recipe == first and recipes(shots[1:4]) == [Recipe()] * 3
    redo(qtbot, seated)
    assert seated.document.recipe == first and recipes(shots[1:4]) == [GIVEN] * 3
    redo(qtbot, seated)
    assert seated.document.recipe == second and not seated.undoing.can_redo


def test_in_a_photo_that_was_opened_later_its_step_takes_back_the_whole_handout(qtbot, seated, shots):
    seated.undoing.hand_out(shots, paste, "paste")
    settled(qtbot, seated)
    show(qtbot, seated, shots[4].path)
    assert seated.document.recipe == GIVEN and [step.act for step in seated.document.steps] == ["", "paste"]
    undo(qtbot, seated)
    assert recipes(shots) == [Recipe()] * 6 and seated.document.recipe == Recipe()
    show(qtbot, seated, shots[2].path)
    redo(qtbot, seated)
    assert recipes(shots) == [GIVEN] * 6 and seated.document.recipe == GIVEN


def test_a_photo_edited_since_is_named_and_left(qtbot, seated, shots):
    seated.undoing.hand_out(shots[1:], paste, "paste")
    settled(qtbot, seated)
    show(qtbot, seated, shots[2].path)
    seated.document.put(Denoise(noise=77.0))
    show(qtbot, seated, shots[0].path)
    undo(qtbot, seated)
    assert seated.banner.text == "Left as they were: shoe-2.png (has been edited since)"
    assert [load(*shot).recipe for shot in shots[1:]].count(None) == 4
    assert load(*shots[2]).recipe.get("denoise").noise == 77


def test_a_new_edit_ends_what_could_be_redone(qtbot, seated, shots):
    seated.undoing.hand_out(shots[1:], paste, "paste")
    settled(qtbot, seated)
    undo(qtbot, seated)
    assert seated.undoing.can_redo
    drag(seated.panel.groups["denoise"].controls["strength"].slider, 30)
    assert not seated.undoing.can_redo and not seated.actions_by_name["redo"].isEnabled()


@pytest.mark.parametrize("by_key", [True, False])
def test_stopped_half_way_nothing_was_done(qtbot, seated, shots, by_key):
    held = Held(before=4)  # the open photo is the first
    seated.undoing.hand_out(shots, held, "paste", "Pasting edits")
    assert held.reached.wait(10)
    assert seated.document.recipe == GIVEN
    qtbot.waitUntil(lambda: seated.status.handing.text == "Pasting edits")
    if by_key:
        QTest.keyClick(seated, Qt.Key.Key_Z, CONTROL)
    else:
        QTest.mouseClick(seated.status.tasks.button, Qt.MouseButton.LeftButton)
    held.go.set()
    settled(qtbot, seated)
    assert seated.document.recipe == Recipe() and recipes(shots) == [Recipe()] * 6 and not seated.undoing.can_undo
    assert not seated.status.tasks.isVisible()


@pytest.mark.parametrize("opened", [2, 5])
def test_a_photo_opened_while_its_turn_comes_gets_it_once(qtbot, seated, shots, opened):
    """Number 2 has had its turn when it is opened, number 5 has not."""
    held = Held(before=4)
    seated.undoing.hand_out(shots, held, "paste")
    assert held.reached.wait(10)
    threading.Timer(0.2, held.go.set).start()  # opening waits for the one that is being written
    show(qtbot, seated, shots[opened].path)
    settled(qtbot, seated)
    assert seated.document.recipe == GIVEN and [step.act for step in seated.document.steps] == ["", "paste"]
    assert recipes(shots) == [GIVEN] * 6
    undo(qtbot, seated)
    assert recipes(shots) == [Recipe()] * 6 and seated.document.recipe == Recipe()


def test_several_wait_for_each_other(qtbot, seated, shots):
    held = Held(before=1)
    seated.undoing.hand_out(shots[1:], held, "paste")
    seated.undoing.hand_out(shots, lambda recipe: recipe.put(Denoise(noise=50.0)), "preset")
    assert seated.document.recipe == Recipe()
    held.go.set()
    settled(qtbot, seated)
    assert recipes(shots) == [Recipe().put(Denoise(noise=50.0))] * 6
    undo(qtbot, seated)
    assert recipes(shots) == [Recipe(), *[GIVEN] * 5]


def test_what_cannot_be_read_is_named(qtbot, seated, shots):
    for shot in shots[1:]:
        sidecar_path(*shot).write_text("{")
    seated.undoing.hand_out(shots, paste, "paste")
    settled(qtbot, seated)
    assert seated.banner.text.startswith("Left as they were: shoe-1.png (shoe-1.png.packshot.json cannot be read (not")
    assert seated.banner.text.endswith("and 2 more") and seated.document.recipe == GIVEN
    undo(qtbot, seated)
    assert seated.document.recipe == Recipe()


def test_stars_of_the_open_photo_and_others_are_one_step(qtbot, seated, shots):
    heard = []
    seated.keeping.marked.connect(lambda shot, marks: heard.append((shot, marks)))
    seated.undoing.mark(shots, lambda marks: Marks(marks.rating + 3, "red"))
    settled(qtbot, seated)
    assert seated.keeping.marks == Marks(3, "red") and heard == [(shots[0], Marks(3, "red"))]
    assert [load(*shot).marks for shot in shots] == [Marks(3, "red")] * 6
    show(qtbot, seated, shots[1].path)
    assert seated.keeping.marks == Marks(3, "red") and not seated.document.can_undo
    undo(qtbot, seated)
    assert [load(*shot).marks for shot in shots] == [Marks()] * 6 and seated.keeping.marks == Marks()
    redo(qtbot, seated)
    assert [load(*shot).marks for shot in shots] == [Marks(3, "red")] * 6


def test_stars_for_one_photo_can_be_taken_back_too(qtbot, seated, shots):
    seated.undoing.mark(shots[:1], lambda marks: Marks(5))
    assert seated.keeping.marks == Marks(5)
    undo(qtbot, seated)
    assert seated.keeping.marks == Marks() and not seated.undoing.can_undo
    seated.close_photo()
    assert not sidecar_path(*shots[0]).exists()


def test_an_edit_pasted_onto_the_open_photo_alone_is_its_own_step(qtbot, seated, shots):
    seated.undoing.hand_out(shots[:1], paste, "paste")
    assert seated.document.recipe == GIVEN
    show(qtbot, seated, shots[1].path)
    assert not seated.undoing.can_undo


def test_copies_are_opened_with_edits_of_their_own(qtbot, seated, shots):
    seated.undoing.hand_out([Shot(shots[0].path, 1), shots[1]], paste, "paste")
    settled(qtbot, seated)
    assert seated.document.recipe == Recipe()
    document = seated.keeping.open(seated.document.photo, 1)
    assert document.shot == Shot(shots[0].path, 1) and document.recipe == GIVEN
    document.put(Denoise(noise=5.0))
    assert seated.keeping.flush() and load(shots[0].path).recipe is None
    assert load(shots[0].path, 1).recipe == document.recipe


def test_closing_waits_until_the_photos_are_changed(qtbot, seated, shots):
    held = Held(before=3)
    seated.undoing.hand_out(shots[1:], held, "paste")
    assert held.reached.wait(10)
    seated.close()
    assert seated.isVisible()
    held.go.set()
    qtbot.waitUntil(lambda: not seated.isVisible())
    assert recipes(shots[1:]) == [GIVEN] * 5


def test_a_window_that_is_shut_down_leaves_nothing_half_done(qtbot, seated, shots):
    held = Held(before=3)
    seated.undoing.hand_out(shots[1:], held, "paste")
    assert held.reached.wait(10)
    threading.Timer(0.1, held.go.set).start()
    seated.shut_down()
    assert recipes(shots) == [Recipe()] * 6
