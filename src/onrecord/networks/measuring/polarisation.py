"""How far actors stand in camps: our own measure, and that of DNA 3.1.

Ours. Divide the actors into two blocs. Of all agreement (weight of the congruence network) a share stands within blocs,
of all disagreement (conflict network) another. Polarisation is the first less the second, at the division where that is
greatest: how much likelier a piece of agreement joins two of one bloc than a piece of disagreement does. 1 is two
camps, each of one mind and against the other; 0 is no such division, and also everybody agreeing, since nobody then
is on another side. It says nothing of how much is said; the volumes of agreement and disagreement stand beside it.

`dna-3.1`. DNA compares the two networks with what they would be in two ideal blocs: all congruence spread evenly within
blocs, all conflict evenly between them. Its score is half the sum of the absolute differences, divided by the sum of
all ties, over networks with average normalisation. DNA's genetic and greedy algorithms look for the division where this
distance is greatest, not least, and so report how far the worst division of equal blocs is from the ideal. We compute
the same so that figures can be compared, and would not call it polarisation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from onrecord.errors import UsageError
from onrecord.networks.chance import Chance

Array = Any
Algorithm = Literal["genetic", "greedy"]
STARTS = 20
PARENTS, GENERATIONS, ELITE, MUTATION = 50, 1000, 0.1, 0.1
SETTLED = 30  # generations without a better division after which the genetic algorithm ends


@dataclass(frozen=True, slots=True)
class Polarisation:
    """The score, and the bloc of each node, in the order of the network's rows."""

    score: float
    blocs: tuple[int, ...]
    agreement: float
    disagreement: float


def polarisation(congruence: Array, conflict: Array, rng: Chance) -> Polarisation:
    """Our measure, at the best division found by climbing from the leading eigenvector and from STARTS random ones.

    Both are square arrays of the same nodes. The score is 0 where there is no agreement, or no disagreement.
    """
    agree, disagree = _checked(congruence), _checked(conflict)
    n, total, against = len(agree), float(agree.sum()), float(disagree.sum())
    if n < 2 or total == 0 or against == 0:
        return Polarisation(0.0, (0,) * n, total, against)
    pull = agree / total - disagree / against  # what a pair adds to the score when it is in one bloc
    leading = np.linalg.eigh(pull)[1][:, -1]
    starts = [leading >= 0, *(rng.random(n) < 0.5 for _ in range(STARTS))]
    sides = max((_climb(pull, np.where(side, 1.0, -1.0)) for side in starts), key=lambda side: _within(pull, side))
    sides = sides * sides[0]  # the first actor is in bloc 0
    return Polarisation(_within(pull, sides), tuple(int(side < 0) for side in sides), total, against)


def _within(pull: Array, side: Array) -> float:
    return float((pull * (side[:, None] == side[None, :])).sum())


def _climb(pull: Array, side: Array) -> Array:
    """Move the node that gains most to the other bloc, until none gains."""
    while True:
        gains = -side * (pull @ side)
        best = int(np.argmax(gains))
        if gains[best] <= 1e-12:
            return side
        side[best] = -side[best]


def dna_polarisation(
    congruence: Array,
    conflict: Array,
    rng: Chance,
    *,
    algorithm: Algorithm = "genetic",
    blocs: int = 2,
    normalised: bool = True,
) -> Polarisation:
    """DNA 3.1's score over networks with average normalisation, at the division that the algorithm finds."""
    agree, disagree = _checked(congruence), _checked(conflict)
    n, total, against = len(agree), float(agree.sum()), float(disagree.sum())
    if total + against == 0:
        return Polarisation(0.0, (0,) * n, total, against)
    if n <= blocs or blocs < 2:
        raise UsageError(f"{n} actors in {blocs} blocs", "more actors than blocs, and two blocs at least", "Add actors")

    def quality(division: Array) -> float:
        score = _distance(agree, disagree, division, blocs)
        return score / (total + against) if normalised else score

    search = {"genetic": _genetic, "greedy": _greedy}[algorithm]
    best = search(quality, n, blocs, rng)
    return Polarisation(quality(best), tuple(int(bloc) for bloc in best), total, against)


def _distance(agree: Array, disagree: Array, division: Array, blocs: int) -> float:
    """Half the absolute difference to the ideal blocs."""
    n = len(division)
    sizes = np.bincount(division, minlength=blocs)
    pairs_within = sizes * (sizes - 1)
    within = int(pairs_within.sum())
    between = n * (n - 1) - within
    same = division[:, None] == division[None, :]
    ideal_within = pairs_within / within**2 * agree.sum() if within else np.zeros(blocs)
    ideal_between = np.outer(sizes, sizes)[np.ix_(division, division)] / between**2 * disagree.sum()
    off = ~np.eye(n, dtype=bool)
    inside = np.abs(agree - ideal_within[division][:, None]) + disagree
    outside = agree + np.abs(disagree - ideal_between)
    return float(0.5 * (inside[same & off].sum() + outside[~same].sum()))


def _random_division(n: int, blocs: int, rng: Chance) -> Array:
    return rng.permutation(np.arange(n) % blocs)


def _greedy(quality: Callable[[Array], float], n: int, blocs: int, rng: Chance) -> Array:
    """Swap two nodes of different blocs while that makes the score greater."""
    best = _random_division(n, blocs, rng)
    score, changed = quality(best), True
    while changed:
        changed = False
        for i in range(n):
            for j in range(i + 1, n):
                if best[i] == best[j]:
                    continue
                other = best.copy()
                other[[i, j]] = best[[j, i]]
                if (found := quality(other)) > score + 1e-12:
                    best, score, changed = other, found, True
    return best


def _genetic(quality: Callable[[Array], float], n: int, blocs: int, rng: Chance) -> Array:
    """Breed divisions of equal blocs: the best live on, parents are drawn by their score, some nodes change places."""
    parents = [_random_division(n, blocs, rng) for _ in range(PARENTS)]
    elite, mutations = max(1, round(ELITE * PARENTS)), max(1, round(MUTATION * n / 2))
    best, score, settled = parents[0], -np.inf, 0
    for _ in range(GENERATIONS):
        scores = np.array([quality(parent) for parent in parents])
        order = np.argsort(-scores, kind="stable")
        settled = settled + 1 if scores[order[0]] <= score + 1e-12 else 0
        if scores[order[0]] > score:
            best, score = parents[order[0]], float(scores[order[0]])
        if settled >= SETTLED:
            break
        fitness = np.maximum(scores, 0) + 1e-12
        drawn = rng.choice(PARENTS, size=(PARENTS - elite, 2), p=fitness / fitness.sum())
        children = [_crossed(parents[i], parents[j], blocs, rng) for i, j in drawn]
        parents = [parents[at] for at in order[:elite]] + [_mutated(child, mutations, rng) for child in children]
    return best


def _crossed(mother: Array, father: Array, blocs: int, rng: Chance) -> Array:
    """Each node from one of two parents, whose blocs are first called alike; then blocs of equal size again."""
    overlap = np.zeros((blocs, blocs))
    np.add.at(overlap, (mother, father), 1)
    named = np.full(blocs, -1)
    for bloc in np.argsort(-overlap.max(axis=1), kind="stable"):
        free = [other for other in range(blocs) if other not in named]
        named[bloc] = max(free, key=lambda other: overlap[bloc, other])
    child = np.where(rng.random(len(mother)) < 0.5, named[mother], father)
    target = np.bincount(np.arange(len(child)) % blocs, minlength=blocs)
    for bloc in range(blocs):
        while (at := np.flatnonzero(child == bloc)).size > target[bloc]:
            sizes = np.bincount(child, minlength=blocs)
            child[rng.choice(at)] = int(np.argmax(target - sizes))
    return child


def _mutated(child: Array, mutations: int, rng: Chance) -> Array:
    for _ in range(mutations):
        i, j = rng.integers(len(child), size=2)
        child[[i, j]] = child[[j, i]]
    return child


def _checked(matrix: Array) -> Array:
    array = np.asarray(matrix, dtype=float)
    if array.ndim != 2 or array.shape[0] != array.shape[1] or (array < 0).any():
        raise UsageError("a network that is not square, or has negative ties", "congruence and conflict", "Use those")
    return array - np.diag(np.diag(array))
