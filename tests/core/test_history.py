"""History: steps there and back, by number too, a thousand of them, and what they cost."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from editor.core.document import Document
from editor.core.drawn import Stroke
from editor.core.edit import Edit
from editor.core.history import LIMIT, History, Step
from editor.core.recipe import Recipe
from editor.core.shot import Shot
from editor.edits.denoise import Denoise
from tests.core.beside import recipe

Exposure, DodgeBurn = Edit.kinds["exposure"], Edit.kinds["dodge_burn"]


def of(*numbers):
    """A history of recipes, standing at the last."""
    history = History()
    for n in numbers:
        history = history.then(Step(recipe(n % 101), when=float(n)))
    return history


def made(history):
    return [int(step.when) for step in history.steps]


def test_a_new_step_ends_what_could_be_redone():
    back = of(1, 2, 3).at(1)
    assert made(back) == [0, 1, 2, 3] and back.step.recipe == recipe(1)
    assert made(back.then(Step(recipe(9), when=9.0))) == [0, 1, 9]
    assert made(back.amended(recipe(8))) == [0, 1] and back.amended(recipe(8)).step == Step(recipe(8), when=1.0)


@pytest.mark.parametrize("position", [-1, 2])
def test_there_is_no_such_step(position):
    with pytest.raises(IndexError):
        of(1).at(position)


def test_the_oldest_go_first():
    history = of(*range(1, LIMIT + 11))
    assert len(history.steps) == LIMIT and history.position == LIMIT - 1
    assert made(history)[0] == 11 and made(history)[-1] == LIMIT + 10


def test_what_a_journal_tells_is_known_amended_or_new():
    history = of(1, 2, 3)
    assert history.caught_up(history.steps[1]) == history.at(1)
    assert history.caught_up(Step(recipe(7), when=3.0)) == history.amended(recipe(7))
    assert made(history.caught_up(Step(recipe(4), when=4.0))) == [0, 1, 2, 3, 4]


def test_a_document_tells_its_steps_and_goes_to_any_of_them(photo):
    document, told = Document(photo, copy=2), []
    assert document.shot == Shot(photo.path, 2)
    document.on_change(lambda: told.append(document.position))
    document.put(Denoise(strength=0.1))
    document.replace(recipe(50), "paste")
    document.remove("denoise")
    assert [step.act for step in document.steps] == ["", "", "paste", ""]
    whens = [step.when for step in document.steps]
    assert whens == sorted(set(whens)) and whens[0] == 0 and document.position == 3
    document.go(1)
    assert document.recipe.get("denoise") == Denoise(strength=0.1) and document.can_undo and document.can_redo
    document.go(1)
    document.redo()
    assert document.recipe == recipe(50) and len(document.steps) == 4 and told == [1, 2, 3, 1, 2]
    with pytest.raises(IndexError):
        document.go(4)


def test_a_document_goes_on_where_its_history_stands(photo):
    document = Document(photo, history=of(1, 2, 3).at(2))
    assert document.recipe == recipe(2) and not document.unsaved
    document.redo()
    assert document.recipe == recipe(3)
    document.put(Denoise(strength=0.9))
    assert document.steps[-1].when > 3 and len(document.steps) == 5


def test_a_clock_that_is_set_back_does_not_confuse_the_order(photo, monkeypatch):
    document = Document(photo)
    for now in (2000.0, 1000.0, 1000.0):
        monkeypatch.setattr("time.time", lambda now=now: now)
        document.put(Denoise(strength=len(document.steps) / 10))
    whens = [step.when for step in document.steps]
    assert whens == sorted(set(whens))


def test_a_drag_back_to_where_it_began_is_no_step(photo):
    document = Document(photo, recipe(50))
    for strength in (0.6, 0.7, 0.5):
        document.put(Denoise(strength=strength, noise=25.0), gesture="drag")
    document.end_gesture()
    assert len(document.steps) == 1 and not document.can_undo and document.recipe == recipe(50)
    document.put(Denoise(strength=0.8), gesture="drag")
    document.end_gesture()
    document.put(Denoise(strength=0.5, noise=25.0), gesture="drag")  # the same again, but in two steps
    document.end_gesture()
    assert len(document.steps) == 3


def a_thousand_steps():
    """A photo's day: five edits, sliders, and a hundred brush strokes of 400 points, drawn one after the other."""
    chance = np.random.default_rng(1)
    history, strokes = History(), ()
    now = Recipe().put(Edit.kinds["crop"]()).put(Edit.kinds["white_balance"]()).put(Denoise())
    for n in range(1, LIMIT):
        if n % 10 == 0:
            walk = chance.random((400, 2)).round(6).tolist()
            history = history.then(Step(now, when=float(n)))
            for end in (100, 200, 300, 400):  # as it grows under the pointer
                now = now.put(DodgeBurn(painted=(*strokes, Stroke(tuple(map(tuple, walk[:end]))))))
                history = history.amended(now)
            strokes = now.get("dodge_burn").painted
        else:
            now = now.put(Exposure(stops=n / 1000))
            history = history.then(Step(now, when=float(n)))
    return history


def test_a_thousand_steps_with_a_hundred_long_strokes_take_less_than_20_mb():
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        history = a_thousand_steps()
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert len(history.steps) == LIMIT and len(history.step.recipe.get("dodge_burn").painted) == 99
    assert taken < 20e6


def test_a_gesture_given_up_leaves_what_could_be_redone(photo):
    document = Document(photo, history=of(1, 2).at(1))
    before = document.history
    document.put(Denoise(noise=9.0), "drag")
    document.put(Denoise(noise=8.0), "drag")
    document.give_up()
    assert document.history == before and document.can_redo
    document.replace(document.recipe)
    document._set(recipe(70), "drag")
    document._set(recipe(1), "drag")
    document.end_gesture()  # let go where it began
    assert document.history == before


def test_a_step_that_never_was(photo):
    document = Document(photo, history=of(1, 2).at(1))
    before = document.history
    document.replace(recipe(3))
    document.retract(before.steps[2:])
    assert document.history == before
