"""When a debate changed: points between windows of time where the networks before and after differ more than by chance.

Windows must not overlap (`TimeWindow.step` as large as its size), or neighbours would be alike for want of time. Two
networks are as far apart as the sum of absolute differences of their weights, each divided by its own sum. The point
sought is where the energy statistic of Matteson and James (2014, JASA 109) is greatest; it is kept when fewer than
`level` of the shuffled orders have a greater one, and then both sides are searched again.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from onrecord.networks.building.network import Network
from onrecord.networks.chance import Chance

SHUFFLES = 199
LEVEL = 0.05
SHORTEST = 3  # windows on each side of a point


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """The first window of what is new, by its number and its beginning, and how likely chance makes as much."""

    at: int
    when: datetime.datetime | None
    chance: float


def distances(networks: Sequence[Network]) -> Any:
    """How far each two networks are apart, from 0 to 2."""
    rows = sorted({name for one in networks for name in one.rows})
    columns = sorted({name for one in networks for name in one.columns})
    flat = np.zeros((len(networks), len(rows) * len(columns)))
    row_at, column_at = ({name: at for at, name in enumerate(names)} for names in (rows, columns))
    for n, one in enumerate(networks):
        for edge in one.edges():
            flat[n, row_at[edge.row] * len(columns) + column_at[edge.column]] = edge.weight
        flat[n] /= np.abs(flat[n]).sum() or 1.0
    return np.array([np.abs(flat - one).sum(axis=1) for one in flat])


def changes(networks: Sequence[Network], rng: Chance, *, level: float = LEVEL) -> list[ChangePoint]:
    """The points of change in order of time; none in fewer than 2 x SHORTEST windows."""
    if len(networks) < 2 * SHORTEST:
        return []
    found = _search(distances(networks), 0, len(networks), rng, level)
    return [ChangePoint(at, networks[at].start, chance) for at, chance in sorted(found)]


def _search(apart: Any, first: int, last: int, rng: Chance, level: float) -> list[tuple[int, float]]:
    if last - first < 2 * SHORTEST:
        return []
    part = apart[first:last, first:last]
    at, energy = _split(part)
    orders = (rng.permutation(len(part)) for _ in range(SHUFFLES))
    as_much = sum(_split(part[np.ix_(order, order)])[1] >= energy - 1e-12 for order in orders)
    chance = (1 + as_much) / (1 + SHUFFLES)
    if chance >= level:
        return []
    middle = first + at
    left, right = (_search(apart, *ends, rng, level) for ends in ((first, middle), (middle, last)))
    return [*left, (middle, chance), *right]


def _split(part: Any) -> tuple[int, float]:
    """Where two parts differ most, and by how much."""
    n = len(part)
    return max(((at, _energy(part, at)) for at in range(SHORTEST, n - SHORTEST + 1)), key=lambda found: found[1])


def _energy(part: Any, at: int) -> float:
    n, m = at, len(part) - at
    between = 2 * part[:at, at:].mean()
    within = sum(side.sum() / (len(side) * (len(side) - 1)) for side in (part[:at, :at], part[at:, at:]))
    return float(n * m / (n + m) * (between - within))
