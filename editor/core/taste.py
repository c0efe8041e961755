"""Taste: what somebody who likes some variations of a product and dislikes others would like to see next.

Somebody is taken to have an ideal in mind, and to like what lies near it: the ideal-point model (Coombs, "A Theory of
Data", 1964) with a probit answer. Multiplied out, nearness is linear in the ideal, so that what is known of it stays a
normal distribution: expectation propagation (Minka, 2001; for probit in Rasmussen and Williams, "Gaussian Processes for
Machine Learning", 2006, section 3.6). What is shown next is drawn from it (Thompson, 1933): while little is known,
the grid looks around; the more is known, the closer it comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, pi, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FAR = 1.5  # standard deviations that an ideal is away from where one begins, on each axis, before anything is known
UNSURE = 0.5  # how far answers waver, as part of how much nearness differs among variations of that spread
ROUNDS = 30  # of propagation, at most
SETTLED = 1e-6
STEADY = 0.7  # of a step is taken


@dataclass(frozen=True)
class Judgement:
    """A variation, by its place along the axes in standard deviations, and whether it was liked."""

    place: tuple[float, ...]
    liked: bool


@dataclass(frozen=True, eq=False)
class Taste:
    """What is known of an ideal: `mean` (d,) and `cov` (d, d), in standard deviations of the axes."""

    mean: Floats
    cov: Floats

    def drawn(self, count: int, chance: np.random.Generator, spread: float = 1.0) -> Floats:
        """Places (count, d) that the ideal may be at; `spread` times as far from the most likely one as it may be."""
        root = np.linalg.cholesky(self.cov + 1e-9 * np.eye(len(self.mean)))
        return self.mean + spread * chance.standard_normal((count, len(self.mean))) @ root.T


def learnt(judgements: Sequence[Judgement], dimensions: int, far: float = FAR) -> Taste:
    """What judgements say of an ideal on so many axes, that is `far` standard deviations away at a guess.

    Raises ValueError for a judgement of another number of axes, or one that is not finite.
    """
    if any(len(j.place) != dimensions or not np.isfinite(j.place).all() for j in judgements):
        raise ValueError(f"a judgement is not of {dimensions} finite numbers")
    size = dimensions + 1  # and how near is near enough
    doubt = UNSURE * 2 * far * far * sqrt(dimensions)
    prior = np.r_[np.full(dimensions, far**-2), (2 * far * far * sqrt(dimensions)) ** -2]
    shift = np.zeros(size)
    shift[-1] = prior[-1] * 2 * far * far * dimensions  # about half of what lies around is liked
    if not judgements:
        return Taste(np.zeros(dimensions), np.diag(1 / prior[:-1]))
    places = np.array([j.place for j in judgements], np.float64)
    signs = np.array([1.0 if j.liked else -1.0 for j in judgements])
    rows = np.column_stack([2 * places, np.ones(len(places))]) / doubt
    known = np.square(places).sum(1) / doubt  # nearness is 2 x . ideal - |x|^2 + what is the same for all
    sharp, pull = np.zeros(len(rows)), np.zeros(len(rows))  # what each answer adds to precision, and to it times mean
    for _ in range(ROUNDS):
        before = pull.copy()
        for i, row in enumerate(rows):
            precision = np.diag(prior) + (rows.T * sharp) @ rows
            cov = np.linalg.inv(precision)
            mean = cov @ (shift + rows.T @ pull)
            wide, middle = float(row @ cov @ row), float(row @ mean)
            left = 1 / wide - sharp[i]  # without this answer
            if left <= 1e-9:
                continue
            there, var = (middle / wide - pull[i]) / left, 1 / left
            z = signs[i] * (there - known[i]) / sqrt(1 + var)
            ratio = _pdf(z) / max(_cdf(z), 1e-12)
            new_mean = there + signs[i] * var * ratio / sqrt(1 + var)
            new_var = max(var - var * var * ratio * (z + ratio) / (1 + var), 1e-9 * var)
            add = max(1 / new_var - left, 0.0)
            sharp[i] += STEADY * (add - sharp[i])
            pull[i] += STEADY * (new_mean / new_var - there * left - pull[i])
        if np.abs(pull - before).max() < SETTLED:
            break
    cov = np.linalg.inv(np.diag(prior) + (rows.T * sharp) @ rows)
    mean = cov @ (shift + rows.T @ pull)
    return Taste(np.asarray(mean[:-1], np.float64), np.asarray(cov[:-1, :-1], np.float64))


def _pdf(z: float) -> float:
    return exp(-0.5 * z * z) / sqrt(2 * pi)


def _cdf(z: float) -> float:
    return 0.5 * erfc(-z / sqrt(2))
