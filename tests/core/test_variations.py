"""Variations: around where a product is, by a seed; likes and dislikes lead the next ones; a recipe for each place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from editor.core import variations
from editor.core.edit import Edit
from editor.core.recipe import Recipe
from editor.core.variations import AXES_AT_ONCE, Exploration, apart, at, axes, explored, place_in
from tests.exploring import AXES, varying

NOWHERE = (0.0,) * len(AXES)
GRIDS, USERS, CARED = 10, 12, 3


@pytest.fixture
def vary():
    with varying() as kind:
        yield kind


def there(**values):
    return tuple(float(values.get(name, 0)) for name in AXES)


def test_a_place_becomes_a_recipe_and_is_found_in_it(vary):
    exposed = Recipe().put(Edit.kinds["exposure"](stops=0.5))
    edit = explored(exposed)
    assert edit == vary() and axes(vary) == AXES and place_in(exposed, edit) == NOWHERE
    made = at(exposed, edit, there(red=1.5, direction_2=-2))
    assert made.get("test_vary") == vary(red=1.5, direction_2=-2.0) and made.is_on("test_vary")
    assert made.is_on("cutout") and made.get("exposure").stops == 0.5
    assert place_in(made, explored(made)) == there(red=1.5, direction_2=-2)
    off = made.switch("test_vary", on=False).switch("cutout", on=False)
    assert explored(off) == vary(red=1.5, direction_2=-2.0) and place_in(off, explored(off)) == NOWHERE
    again = at(off, explored(off), there(blue=1))
    assert again.active == at(exposed, edit, there(blue=1)).active
    kept = made.put(Edit.kinds["cutout"](feather=3.0)).put(vary(other="a.png", blend=20.0))
    assert at(kept, explored(kept), there(red=1)).get("cutout").feather == 3.0
    assert at(kept, explored(kept), there(red=1)).get("test_vary") == vary(red=1.0, other="a.png", blend=20.0)
    with pytest.raises(ValueError, match="between -6 and 6"):
        at(made, edit, there(red=9))


def test_without_a_kind_that_varies_there_is_nothing_to_explore(vary):
    kept = Edit.kinds.pop("test_vary")
    try:
        assert explored(Recipe()) is None
    finally:
        Edit.kinds["test_vary"] = kept


def test_the_grid_lies_around_the_place_itself(vary):
    here = there(red=2.5, green=-5)
    exploration = Exploration((here,), rows=3, columns=5, spread=2.0, seed=4)
    cells = exploration.grid(vary)
    assert len(cells) == 15 and cells[7] == here and exploration.middle == 7 and len(set(cells)) == 15
    for cell in cells[:7] + cells[8:]:
        steps = apart(vary, here, cell)
        assert 1 <= len(steps) <= AXES_AT_ONCE
        for name, value in zip(AXES, cell, strict=True):
            assert -3 <= value <= 3 or (name == "green" and -5 <= value <= 3)
            assert value == round(value, 2)
    assert [abs(step) for _, step in apart(vary, here, cells[0])] == sorted(
        (abs(step) for _, step in apart(vary, here, cells[0])), reverse=True
    )


def test_a_seed_gives_the_same_grid_and_another_one_another(vary):
    one = Exploration((NOWHERE,), seed=7)
    assert one.grid(vary) == Exploration((NOWHERE,), seed=7).grid(vary)
    assert not set(one.grid(vary)) & set(one.next_grid().grid(vary)) - {NOWHERE}
    assert one.next_grid().drawn(3, 5, 1.0, 7) == one
    larger = one.drawn(5, 7, 1.0, 7)
    assert set(one.grid(vary)) <= set(larger.grid(vary)), "the first stay when there are more"
    near, far = (np.abs(one.drawn(6, 8, s, 7).grid(vary)).mean() for s in (0.3, 1.2))
    assert 3 < far / near < 5


def test_the_path(vary):
    red, blue, green = there(red=1), there(blue=1), there(green=1)
    way = Exploration((NOWHERE,)).moved(red).moved(blue)
    assert way.path == (NOWHERE, red, blue) and way.here == blue and way.moved(blue) == way
    back = way.back(1)
    assert (
        back.here == red and back.path == way.path and back.grid(vary) == Exploration((NOWHERE,)).moved(red).grid(vary)
    )
    assert back.moved(green).path == (NOWHERE, red, green)
    assert way.found(NOWHERE).position == 0 and way.found(NOWHERE).path == way.path
    dragged = way.found(there(blue=1, red=0.1)).found(there(blue=1, red=0.2)).found(there(blue=1, red=0.3))
    assert dragged.path == (*way.path, there(blue=1, red=0.3)) and dragged.moved(green).position == 4
    with pytest.raises(IndexError, match="no place 3 on a path of 3"):
        way.back(3)
    long = way
    for number in range(variations.LONGEST_PATH + 5):
        long = long.moved(there(direction_1=number / 100))
    assert len(long.path) == variations.LONGEST_PATH and long.here == long.path[-1]


def test_while_a_slider_is_dragged_all_cells_go_along(vary):
    one = Exploration((NOWHERE,)).found(there(red=0.5))
    two = one.found(there(red=1.0))
    for a, b in zip(one.grid(vary), two.grid(vary), strict=True):
        assert b[0] - a[0] == pytest.approx(0.5, abs=0.02) and b[1:] == a[1:]


def test_pins_have_the_first_places_from_the_next_grid_on(vary):
    first = Exploration((NOWHERE,))
    a, b = first.grid(vary)[3], first.grid(vary)[11]
    pinned = first.pinned(a, pinned=True).pinned(b, pinned=True)
    assert pinned.grid(vary) == first.grid(vary), "nothing jumps under the hand"
    assert pinned.next_grid().grid(vary)[:2] == (a, b) and len(pinned.next_grid().grid(vary)) == 15
    assert pinned.moved(a).grid(vary)[0] == b and pinned.moved(a).grid(vary)[7] == a
    assert a not in pinned.pinned(a, pinned=False).next_grid().grid(vary)
    tiny = pinned.drawn(1, 2, 1.0, 1)
    assert tiny.grid(vary) == (a, NOWHERE)
    assert pinned.drawn(1, 1, 1.0, 1).grid(vary) == (NOWHERE,)


def test_what_was_said_counts_from_the_next_grid_on_and_can_be_taken_back(vary):
    first = Exploration((NOWHERE,), rows=5, columns=9)
    liked = first
    for cell in first.grid(vary):
        if cell[0] > 0.4:
            liked = liked.said(cell, True)
        elif cell[0] < -0.4:
            liked = liked.said(cell, False)
    assert liked.grid(vary) == first.grid(vary)
    leaning, without = liked.next_grid(), first.next_grid()
    assert np.mean([c[0] for c in leaning.grid(vary)]) > np.mean([c[0] for c in without.grid(vary)]) + 0.3
    assert leaning.forgotten().grid(vary) == without.grid(vary)
    cell = first.grid(vary)[0]
    once = first.said(cell, True)
    assert once.verdict(cell) is True and once.said(cell, False).verdict(cell) is False
    assert once.said(cell, None) == first and len(once.said(cell, False).judged) == 1


@pytest.mark.parametrize("wrong", [{"rows": 0}, {"columns": 99}, {"spread": 0.0}, {"spread": 9.0}, {"seed": -1}])
def test_what_is_no_grid_is_refused(wrong):
    with pytest.raises(ValueError, match=r"a grid has|the spread is"):
        replace(Exploration((NOWHERE,)), **wrong)


def judgements_needed(kind, seed: int, *, steered: bool, moves: bool) -> list[float]:
    """How near the best variation so far was to the ideal of a made-up user, grid by grid: the root mean square over
    the axes that the user cares for. Of each grid the user likes one and dislikes one, and wavers in both by 0.3 of
    what the distances differ by; one who `moves` goes to what was liked. Random search is the same without a taste."""
    chance = np.random.default_rng(seed)
    cares, ideal = np.zeros(len(AXES)), chance.standard_normal(len(AXES))
    cares[chance.choice(len(AXES), CARED, replace=False)] = 1
    exploration, best = Exploration((NOWHERE,), rows=4, columns=6, seed=seed), [np.inf]
    for _ in range(GRIDS):
        grid = exploration.grid(kind)
        away = (cares * np.square(np.array(grid) - ideal)).sum(1) / CARED
        best.append(min(best[-1], float(np.sqrt(away.min()))))
        order = np.argsort(away + 0.3 * away.std() * chance.standard_normal(len(grid)))
        if steered:
            exploration = exploration.said(grid[order[0]], True).said(grid[order[-1]], False)
        if moves:
            exploration = exploration.moved(grid[order[0]])
        exploration = exploration.next_grid()
    return best[1:]


def test_made_up_users_come_near_in_fewer_judgements_than_by_random_search(vary):
    steered, at_random = (
        np.mean([judgements_needed(vary, seed, steered=s, moves=False) for seed in range(USERS)], axis=0)
        for s in (True, False)
    )
    assert steered[5] < 0.85 * at_random[5], "after ten judgements"
    assert steered[4] < at_random[-1], "eight judgements are worth more than eighteen at random"
    assert steered[-1] < 0.7 * at_random[-1]
