"""Backbones: the concepts that carry a network, as DNA finds them, and the edges that stand out from chance.

DNA's backbone is a set of concepts (values of the second variable) whose network is like the full one: its loss is the
distance between the two spectra, each the eigenvalues of the Laplacian divided by their sum, negative ties taken as 0.

    penalty   any size; the loss times exp(-penalty * share of concepts left out); found by simulated annealing
    fixed     a given number of concepts; likewise
    nested    from all concepts down to none, each time without the one whose loss is smallest

An edge backbone is another thing and has another name here: `disparity` keeps the ties that are too strong for one of
their ends to be chance (Serrano, Boguna and Vespignani 2009, PNAS 106).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from onrecord.errors import UsageError
from onrecord.networks.building.counting import Counts
from onrecord.networks.building.network import Network
from onrecord.networks.building.settings import NetworkSettings
from onrecord.networks.building.weighing import one_mode
from onrecord.networks.chance import Chance

Places = frozenset[int]
ITERATIONS = 10_000
PENALTY = 7.5
FIRST, SPEED = 5.0, 12.0
"""The temperature falls along a logistic curve, 1 - 1 / (1 + exp(FIRST - SPEED * share of iterations done))."""


@dataclass(frozen=True, slots=True)
class Backbone:
    """The concepts that carry the network and those that do not, with the losses of both; losses are not penalised."""

    concepts: tuple[str, ...]
    redundant: tuple[str, ...]
    loss: float
    redundant_loss: float


@dataclass(frozen=True, slots=True)
class Removal:
    """A step of the nested backbone: the concept that went, and the losses then."""

    concept: str
    loss: float
    redundant_loss: float
    statements: int


def penalty_backbone(
    counts: Counts, settings: NetworkSettings, rng: Chance, *, penalty: float = PENALTY, iterations: int = ITERATIONS
) -> Backbone:
    """The set of concepts of the least penalised loss that simulated annealing meets; chance comes from `rng`."""
    n = len(counts.columns)
    _enough(n, 2)
    spectra = Spectra(counts, settings)

    def cost(places: Places) -> float:
        return spectra.loss(places) * math.exp(-penalty * (n - len(places)) / n)

    return spectra.backbone(_anneal(cost, frozenset([int(rng.integers(n))]), n, rng, iterations, free=True))


def fixed_backbone(
    counts: Counts, settings: NetworkSettings, rng: Chance, *, size: int, iterations: int = ITERATIONS
) -> Backbone:
    """The set of `size` concepts of the least loss that simulated annealing meets."""
    n = len(counts.columns)
    _enough(n, size + 1)
    if size < 1:
        raise UsageError(f"a backbone of {size} concepts", "at least 1", "Give a size from 1")
    spectra = Spectra(counts, settings)
    first = frozenset(int(at) for at in rng.permutation(n)[:size])
    return spectra.backbone(_anneal(spectra.loss, first, n, rng, iterations, free=False))


def nested_backbone(counts: Counts, settings: NetworkSettings) -> tuple[Removal, ...]:
    """All concepts in the order in which the network can best do without them; no chance in it."""
    spectra = Spectra(counts, settings)
    left, gone, steps = list(range(len(counts.columns))), list[int](), list[Removal]()
    while left:
        losses = [spectra.loss(frozenset(left) - {at}) for at in left]
        least = min(range(len(left)), key=lambda place: (losses[place], -place))
        at = left.pop(least)
        gone.append(at)
        statements = round(float(np.asarray(counts.total.sum(axis=0))[left].sum()))
        steps.append(Removal(counts.columns[at], losses[least], spectra.loss(frozenset(gone)), statements))
    return tuple(steps)


class Spectra:
    """How far the network of some concepts is from that of all; what was worked out is kept."""

    def __init__(self, counts: Counts, settings: NetworkSettings) -> None:
        self._counts = counts
        self._settings = settings
        self._known: dict[Places, float] = {}
        self._full = self._spectrum(frozenset(range(len(counts.columns))))

    def loss(self, places: Places) -> float:
        """The sum of absolute differences of the two spectra."""
        if places not in self._known:
            self._known[places] = float(np.abs(self._full - self._spectrum(places)).sum())
        return self._known[places]

    def backbone(self, places: Places) -> Backbone:
        """The result for these concepts."""
        others = frozenset(range(len(self._counts.columns))) - places
        named = [tuple(self._counts.columns[at] for at in sorted(part)) for part in (places, others)]
        return Backbone(named[0], named[1], self.loss(places), self.loss(others))

    def _spectrum(self, places: Places) -> np.ndarray:
        at = sorted(places)
        counts = self._counts
        layers = tuple(csr_array(layer[:, at]) for layer in counts.layers)
        part = Counts(counts.rows, tuple(counts.columns[j] for j in at), counts.levels, layers, counts.statements)
        ties = np.maximum(one_mode(part, self._settings.aggregation, self._settings.normalisation).toarray(), 0)
        values = np.sort(np.linalg.eigvalsh(np.diag(ties.sum(axis=1)) - ties))
        return values / (values.sum() or 1.0)


def _anneal(
    cost: Callable[[Places], float], first: Places, n: int, rng: Chance, iterations: int, *, free: bool
) -> Places:
    """The best set met on a walk of adding, removing (only where `free`) and swapping places."""
    here = best = first
    cost_here = cost_best = cost(first)
    for t in range(1, iterations + 1):
        temperature = 1 - 1 / (1 + math.exp(FIRST - SPEED * t / iterations))
        there = _move(here, n, rng, free=free)
        cost_there = cost(there)
        if cost_there < cost_here or rng.random() < math.exp(-(cost_there - cost_here)) * temperature:
            here, cost_here = there, cost_there
        if cost_here < cost_best:
            best, cost_best = here, cost_here
    return best


def _move(here: Places, n: int, rng: Chance, *, free: bool) -> Places:
    moves = ["swap"]
    moves += ["add"] if free and len(here) < n - 1 else []
    moves += ["remove"] if free and len(here) > 1 else []
    move = moves[int(rng.integers(len(moves)))]
    inside, outside = sorted(here), sorted(frozenset(range(n)) - here)
    out = {inside[int(rng.integers(len(inside)))]} if move != "add" else set[int]()
    into = {outside[int(rng.integers(len(outside)))]} if move != "remove" else set[int]()
    return (here - out) | into


def _enough(n: int, needed: int) -> None:
    if n < max(needed, 2):
        raise UsageError(f"{n} values of the second variable", f"at least {max(needed, 2)}", "Choose more statements")


def disparity(network: Network, alpha: float = 0.05) -> Network:
    """The ties that one of their ends would have by chance with a probability under `alpha`; absolute weights count.

    A node with one tie only tells nothing of it.
    """
    at = coo_array(network.weights)
    weights = np.abs(at.data)
    kept = np.zeros(len(weights), dtype=bool)
    for ends, n in ((at.row, len(network.rows)), (at.col, len(network.columns))):
        strength = np.bincount(ends, weights=weights, minlength=n)[ends]
        degree = np.bincount(ends, minlength=n)[ends]
        chance = (1 - np.divide(weights, strength, out=np.zeros(len(weights)), where=strength > 0)) ** (degree - 1)
        kept |= (degree > 1) & (chance < alpha)
    return network.with_weights(csr_array((at.data[kept], (at.row[kept], at.col[kept])), shape=at.shape))


def loss_of(counts: Counts, settings: NetworkSettings, concepts: Sequence[str]) -> Backbone:
    """The losses of a set of concepts that a person chose."""
    unknown = [concept for concept in concepts if concept not in counts.columns]
    if unknown or not concepts:
        raise UsageError(f"the concepts {unknown or 'none'}", "some that statements name", "Check their spelling")
    return Spectra(counts, settings).backbone(frozenset(counts.columns.index(concept) for concept in concepts))
