"""Likes and dislikes lead to what somebody had in mind, in fewer judgements than looking at random."""

from __future__ import annotations

import numpy as np
import pytest

from editor.core.taste import FAR, Judgement, Taste, learnt

AXES, CELLS, GRIDS, USERS = 8, 24, 10, 24


def nearest(seed: int, steered: bool) -> list[float]:
    """How near the best cell so far was to the ideal of a made-up user, grid by grid (RMS, standard deviations). Of
    each grid the user likes one cell and dislikes one, and wavers by a third of what distances differ by."""
    chance = np.random.default_rng(seed)
    ideal, judged, best = FAR * chance.standard_normal(AXES), [], [np.inf]
    for _ in range(GRIDS):
        grid = learnt(judged if steered else [], AXES).drawn(CELLS, chance)
        away = np.square(grid - ideal).mean(1)
        best.append(min(best[-1], float(np.sqrt(away.min()))))
        order = np.argsort(away + 0.3 * away.std() * chance.standard_normal(CELLS))
        judged += [Judgement(tuple(grid[order[0]]), True), Judgement(tuple(grid[order[-1]]), False)]
    return best[1:]


def test_made_up_users_reach_their_ideal_in_fewer_judgements_than_by_random_search():
    with_taste, at_random = (np.mean([nearest(seed, s) for seed in range(USERS)], axis=0) for s in (True, False))
    assert with_taste[5] < 0.9 * at_random[5], "after ten judgements"
    assert with_taste[3] < at_random[-1], "six judgements are worth more than eighteen at random"
    assert with_taste[-1] < 0.7 * at_random[-1]


def test_before_anything_was_said_it_looks_everywhere():
    taste = learnt([], 5)
    assert not taste.mean.any() and np.allclose(taste.cov, FAR**2 * np.eye(5))
    drawn = taste.drawn(4000, np.random.default_rng(1))
    assert abs(drawn.std() - FAR) < 0.05
    assert taste.drawn(200, np.random.default_rng(1), spread=0.1).std() < 0.2 * FAR


def test_a_like_draws_near_and_a_dislike_drives_away():
    place = (1.5, 0.0, 0.0)
    toward, away = (learnt([Judgement(place, liked)], 3) for liked in (True, False))
    assert toward.mean[0] > 0.1 and away.mean[0] < -0.1
    assert np.abs(toward.mean[1:]).max() < 1e-9, "nothing is said about other axes"
    assert toward.cov[0, 0] < FAR**2 and toward.cov[1, 1] == pytest.approx(FAR**2, rel=1e-6)
    again = learnt([Judgement(place, True)] * 4, 3)
    assert again.mean[0] > toward.mean[0] and again.cov[0, 0] < toward.cov[0, 0]


def test_what_contradicts_itself_ends_in_the_middle():
    taste = learnt([Judgement((2.0, 0.0), True), Judgement((2.0, 0.0), False)] * 8, 2)
    assert np.isfinite(taste.mean).all() and np.linalg.eigvalsh(taste.cov).min() > 0
    many = [Judgement(tuple(p), bool(p[0] > 0)) for p in np.random.default_rng(3).normal(0, 5, (60, 2))]
    assert learnt(many, 2).mean[0] > 0.5


def test_a_seed_gives_the_same_grid():
    taste = learnt([Judgement((0.5, -0.5), True)], 2)
    one, two = (taste.drawn(9, np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(one, two) and isinstance(taste, Taste)


@pytest.mark.parametrize("place", [(1.0,), (1.0, 2.0, 3.0), (1.0, float("nan"))])
def test_judgements_of_something_else_are_refused(place):
    with pytest.raises(ValueError, match="not of 2 finite numbers"):
        learnt([Judgement(place, True)], 2)
