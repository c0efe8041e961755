"""Directions: where in the space of codes something about a product changes, and as little else as can be."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

RIDGE = 1e-2  # of the codes' variance
FEWEST = 40  # products with a trait known, by which a direction is found
LIKELY = 0.02  # of what traits vary by: so much may be an accident


@dataclass(frozen=True, eq=False)
class Space:
    """How codes lie: `mean` (k) and `spread` (k, k), their covariance."""

    mean: Tensor
    spread: Tensor

    def length(self, vectors: Tensor) -> Tensor:
        """How far vectors (..., k) lead, in standard deviations of the codes along each (Mahalanobis)."""
        inside = torch.linalg.solve(self.spread.double(), vectors.double().flatten(0, -2).T).T.view_as(vectors)
        length: Tensor = (vectors.double() * inside).sum(-1).clamp(min=1e-12).sqrt().float()
        return length

    def unit(self, vectors: Tensor) -> Tensor:
        """The same directions (..., k), one standard deviation long."""
        return vectors / self.length(vectors)[..., None]


def space_of(codes: Tensor) -> Space:
    """How codes (n, k) lie."""
    spread = codes.T.double().cov()
    ridge = RIDGE * spread.diagonal().mean() * torch.eye(len(spread), dtype=torch.float64)
    return Space(codes.mean(0), (spread + ridge).float())


def told_by(codes: Tensor, values: Tensor) -> Tensor:
    """How traits go with codes: weights (m, k) by ridge regression on codes (n, k), or on steps between codes, of
    values (n, m), each by those rows in which it is known (not NaN); nothing where these are few."""
    rows = []
    for column in values.T:
        there = ~column.isnan()
        if there.sum() < FEWEST or column[there].std() < 1e-9:
            rows.append(torch.zeros(codes.shape[1]))
            continue
        x, y = codes[there].double(), column[there].double()
        x, y = x - x.mean(0), y - y.mean()
        ridge = RIDGE * len(x) * x.var(0).mean() * torch.eye(x.shape[1], dtype=torch.float64)
        rows.append(torch.linalg.solve(x.T @ x + ridge, x.T @ y).float())
    return torch.stack(rows)


def independent(weights: Tensor, space: Space) -> Tensor:
    """Directions (m, k), one standard deviation long, each of which changes one trait and none of the others, as the
    weights (m, k) tell.

    Of all such ways the likeliest in the codes' own distribution: d = C W' (W C W')^-1 e, the mean of codes given how
    the traits differ (conditional Gaussian). Zeros for traits that are not told.
    """
    told = weights.square().sum(1) > 0
    if not told.any():
        return torch.zeros_like(weights)
    some, spread = weights[told].double(), space.spread.double()
    covered = spread @ some.T
    between = some @ covered
    between = between + LIKELY * between.diagonal().mean() * torch.eye(len(between), dtype=torch.float64)
    found = torch.zeros_like(weights)
    found[told] = space.unit(torch.linalg.solve(between, covered.T).float())
    return found


def around(vectors: Tensor, red: int, yellow: int, colours: Tensor) -> Tensor:
    """Directions (p, m, k) for products of these colours (p, 2), OKLab's a and b: what leads to red in `vectors` (m, k)
    becomes what makes the colour stronger, what leads to yellow becomes what turns its hue."""
    length = colours.norm(dim=1).clamp(min=1e-6)
    along, across = colours[:, :1] / length[:, None], colours[:, 1:] / length[:, None]
    turned = vectors.repeat(len(colours), 1, 1)
    turned[:, red] = along * vectors[red] + across * vectors[yellow]
    turned[:, yellow] = along * vectors[yellow] - across * vectors[red]
    return turned


def strongest(codes: Tensor, pictures: Tensor, count: int, space: Space, besides: Tensor) -> Tensor:
    """The `count` directions (count, k) along which pictures (n, ...), that codes (n, k) stand for, differ most, one
    standard deviation long, uncorrelated with each other and with those `besides` (m, k).

    Principal components of what is seen, as GANSpace (Härkönen et al., NeurIPS 2020) takes those of a net's maps, led
    back to codes by regression.
    """
    seen = pictures.flatten(1).double()
    seen = seen - seen.mean(0)
    few = codes.double() - codes.double().mean(0)
    spread = space.spread.double()
    root = torch.linalg.cholesky(spread)
    by_code = torch.linalg.solve(spread, few.T @ seen / len(seen))  # what of the pictures codes tell, linearly
    white = root.T @ by_code
    if len(besides):
        basis = torch.linalg.qr(torch.linalg.solve_triangular(root, besides.double().T, upper=False)).Q
        white = white - basis @ (basis.T @ white)
    ways = torch.linalg.eigh(white @ white.T).eigenvectors.flip(1)[:, :count]
    return space.unit((root @ ways).T.float())


def centres(codes: Tensor, groups: Tensor, count: int, values: Tensor) -> Tensor:
    """Where the products of each group lie (count, k), by codes (n, k) and the group of each (n), -1 where unknown, if
    their traits `values` (n, m) were the same: from one centre to another leads what makes the groups differ besides
    these traits, by least squares. NaN for groups of fewer than FEWEST."""
    sizes = torch.bincount(groups[groups >= 0], minlength=count)
    large = sizes >= FEWEST
    if not large.any():
        return torch.full((count, codes.shape[1]), float("nan"))
    some = (groups >= 0) & large[groups.clamp(min=0)]
    belongs = torch.nn.functional.one_hot(groups[some], count)[:, large].double()
    traits = values[some].double()
    traits = (traits - traits.mean(0)) / traits.std(0).clamp(min=1e-9)
    found = torch.linalg.lstsq(torch.cat([belongs, traits], 1), codes[some].double()).solution
    made = torch.full((count, codes.shape[1]), float("nan"))
    made[large] = found[: int(large.sum())].float()
    return made
