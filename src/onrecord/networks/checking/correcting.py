"""What a hand-checked sample says of codes that a machine made: shares, edges and any measure, with intervals.

A person checks statements drawn at random (a hundred will do), so that for each the machine's code and the true one are
known. Two things follow, of different strength:

`share` needs nothing but the random draw. Among the statements that the machine gave a code, and among those that it
did not, the sample tells how many have it; both are put together by their known sizes.

`draws` needs a model, since no sample reaches every edge. It takes errors to depend on the true code and not on
who speaks: a code is mistaken at a rate that the sample tells, and then for others as often as the sample and the
machine's own habits say. From that, and from what each actor says otherwise, whole sets of true codes are drawn (Gibbs
sampling of the posterior; Dirichlet priors). Any measure of the drawn sets has a distribution, and so an interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.special import betaincinv, gammaln

from onrecord.errors import UsageError
from onrecord.intervals import Interval, estimated, weighted
from onrecord.networks.chance import Chance
from onrecord.records.coded import Scalar

Array = Any
Code = tuple[Scalar, ...]
Truth = Mapping[str, Code]
"""The true code of each checked statement by its id: the values of the two variables that a machine decides."""

RATES, SETTLE, KEPT = 60, 6, 4
"""Draws of the rates of error, rounds of sampling until the codes have settled at each, and draws then taken."""

CONCENTRATIONS = np.geomspace(0.3, 300, 16)
"""How much an actor's profile may resemble everybody's, from not at all to wholly: a grid that is sampled over."""

ENDS = (2.5, 97.5)  # percent


def share(machine: Sequence[bool], truth: Mapping[int, bool]) -> Interval:
    """The true share of a code that the machine gave where `machine` is True; `truth` by place, for a random sample.

    Where nothing was checked of those with the code, or of those without, the machine is taken at its word and the
    interval knows nothing.
    """
    total = len(machine)
    if not total:
        return estimated(0, 0)
    parts: list[tuple[float, Interval]] = []
    for side in (True, False):
        n = sum(1 for given in machine if given is side)
        checked = [true for at, true in truth.items() if machine[at] is side]
        hits, left = sum(checked), n - len(checked)
        parts.append((1 / total, Interval(hits, hits, hits)))  # what was checked is known
        if not left:
            continue
        if not checked:
            parts.append((left / total, Interval(float(side), 0.0, 1.0)))
            continue
        size = len(checked) * left / n  # the effective sample for what is left of a finite number
        parts.append((left / total, jeffreys(hits / len(checked) * size, size)))
    found = weighted(parts)
    return Interval(found.value, max(0.0, found.low), min(1.0, found.high))


def jeffreys(hits: float, n: float) -> Interval:
    """A share of a sample with the interval of Jeffreys, nearer to 95 % for rare codes than Wilson's.

    Brown, Cai and DasGupta (2001, Statistical Science 16). A side without a hit, or without a miss, ends at 0 or 1.
    """
    low = 0.0 if hits <= 0 else float(betaincinv(hits + 0.5, n - hits + 0.5, 0.025))
    high = 1.0 if hits >= n else float(betaincinv(hits + 0.5, n - hits + 0.5, 0.975))
    return Interval(hits / n, low, high)


class Model:
    """The posterior of true codes: made of the machine's codes, by actor, and of a checked sample."""

    def __init__(self, actors: Sequence[str], codes: Sequence[Code], truth: Mapping[int, Code]) -> None:
        _check(truth, len(codes))
        self.codes: tuple[Code, ...] = tuple(sorted({*codes, *truth.values()}, key=lambda code: tuple(map(str, code))))
        code_at = {code: at for at, code in enumerate(self.codes)}
        actor_at = {name: at for at, name in enumerate(sorted(set(actors)))}
        self._n, self._k = len(actor_at), len(self.codes)
        self.actor = np.array([actor_at[name] for name in actors])
        self.given = np.array([code_at[code] for code in codes])
        self.known = {at: code_at[code] for at, code in truth.items()}
        open_ = np.array([at not in self.known for at in range(len(codes))])
        self._place, self._size = np.unique(self.actor[open_] * self._k + self.given[open_], return_counts=True)
        self._where = self._places(open_)
        self._fixed = np.zeros((self._n, self._k))
        for at, true in self.known.items():
            self._fixed[self.actor[at], true] += 1
        self._habits = np.bincount(self.given, minlength=self._k) / len(codes)
        self._right = sum(int(self.given[at] == true) for at, true in self.known.items())
        self._mistaken = np.zeros(self._k)
        for at, true in self.known.items():
            self._mistaken[self.given[at]] += self.given[at] != true

    def _places(self, open_: Array) -> list[Array]:
        order = np.flatnonzero(open_)
        keys = self.actor[order] * self._k + self.given[order]
        order = order[np.argsort(keys, kind="stable")]
        return np.split(order, np.cumsum(self._size)[:-1]) if len(order) else []

    def draws(self, rng: Chance) -> Iterator[Array]:
        """RATES x KEPT draws of the true counts, actors x codes."""
        for counts, _ in self._rounds(rng):
            yield counts

    def draws_of_codes(self, rng: Chance) -> Iterator[Array]:
        """RATES x KEPT draws of the true code of each statement, by its place among `codes`."""
        for _, cells in self._rounds(rng):
            drawn = self.given.copy()
            for at, true in self.known.items():
                drawn[at] = true
            for where, cell in zip(self._where, cells, strict=True):
                drawn[where] = rng.permutation(np.repeat(np.arange(self._k), cell))
            yield drawn

    def _rounds(self, rng: Chance) -> Iterator[tuple[Array, Array]]:
        actor, given = np.divmod(self._place, self._k)
        cells = np.zeros((len(self._place), self._k), dtype=np.int64)
        cells[np.arange(len(cells)), given] = self._size
        concentration = 1.0
        for _ in range(RATES):
            mistaken = self._mistakes(rng)[:, given].T
            for n in range(SETTLE + KEPT):
                counts = self._counts(actor, cells)
                everybody = rng.dirichlet(counts.sum(axis=0) + 1 / self._k)
                if n % 4 == 0:
                    concentration = _concentration(counts, everybody, rng)
                chances = _dirichlets(counts + concentration * everybody, rng)[actor] * mistaken
                cells = rng.multinomial(self._size, chances / chances.sum(axis=1, keepdims=True))
                if n >= SETTLE:
                    yield self._counts(actor, cells), cells

    def _counts(self, actor: Array, cells: Array) -> Array:
        """Actors x codes: what is known, and what is drawn."""
        counts = self._fixed.copy()
        if len(actor):
            present, first = np.unique(actor, return_index=True)
            counts[present] += np.add.reduceat(cells, first, axis=0)
        return counts

    def _mistakes(self, rng: Chance) -> Array:
        """How likely each true code is given as each: the rate of error and what it errs to, both from the sample."""
        wrong = len(self.known) - self._right
        rate = rng.beta(0.5 + wrong, 0.5 + self._right)
        taken_for = _dirichlets((self._mistaken + self._k * self._habits + 1e-3)[None, :], rng)[0]
        others = np.tile(taken_for, (self._k, 1))
        np.fill_diagonal(others, 0)
        others /= np.maximum(others.sum(axis=1, keepdims=True), 1e-300)
        return rate * others + (1 - rate) * np.eye(self._k)


def _dirichlets(alpha: Array, rng: Chance) -> Array:
    drawn: Array = rng.standard_gamma(alpha) + 1e-300
    return drawn / drawn.sum(axis=1, keepdims=True)


def _concentration(counts: Array, everybody: Array, rng: Chance) -> float:
    """How alike actors are, drawn from its posterior over the grid."""
    rows, columns = np.nonzero(counts)
    cells, shares, totals = counts[rows, columns], everybody[columns], counts.sum(axis=1)
    fits = np.array(
        [
            (gammaln(cells + c * shares) - gammaln(c * shares)).sum() - (gammaln(totals + c) - gammaln(c)).sum()
            for c in CONCENTRATIONS
        ]
    )
    chances = np.exp(fits - fits.max())
    return float(rng.choice(CONCENTRATIONS, p=chances / chances.sum()))


def _check(truth: Mapping[int, Any], total: int) -> None:
    if not truth:
        raise UsageError("no checked statement among those chosen", "a sample that a person checked", "Check a hundred")
    if any(not 0 <= at < total for at in truth):
        raise UsageError("a checked statement that is not there", "statements of the same file", "Use the same ids")
