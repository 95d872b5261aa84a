"""How well machine codes follow human ones as windows of time widen: validity grows with aggregation (Angst and others
2025), so one may be too little for a day and good enough for a quarter.

For each width the time in which both coded is cut into windows that do not overlap. In each the weights of the two
networks over all ties that either has are correlated, and so are the shares of the second variable's values; the mean
over windows stands for the width. A window where one of the two says nothing, or only one thing, tells nothing and is
counted as empty.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.networks.building.choosing import chosen
from onrecord.networks.building.network import Network, frame, network_of
from onrecord.networks.building.settings import NetworkSettings
from onrecord.networks.building.windows import SECONDS, TimeWindow
from onrecord.records.coded import Coded


@dataclass(frozen=True, slots=True)
class Validity:
    """For windows of one width: how many told something, the mean correlation of ties, and of the concepts' shares."""

    window: TimeWindow
    windows: int
    empty: int
    ties: float | None
    concepts: float | None


def validity(
    machine: Iterable[Coded], human: Iterable[Coded], settings: NetworkSettings, widths: Sequence[TimeWindow]
) -> list[Validity]:
    """The validity at each width. Only the time in which both have statements counts."""
    both = [chosen(statements, settings) for statements in (machine, human)]
    if not all(both):
        return [Validity(width, 0, 0, None, None) for width in widths]
    first, last = max(side[0].when for side in both), min(side[-1].when for side in both)
    rows, columns = frame([*both[0], *both[1]], settings)
    return [_at_width(both, (first, last), width, settings, (rows, columns)) for width in widths]


Names = tuple[tuple[str, ...], tuple[str, ...]]


def _at_width(
    both: Sequence[Sequence[Coded]],
    ends: tuple[datetime.datetime, datetime.datetime],
    width: TimeWindow,
    settings: NetworkSettings,
    names: Names,
) -> Validity:
    seconds = width.size * SECONDS[width.unit]
    cut = [_cut(side, ends, seconds) for side in both]
    n = max(1, int((ends[1] - ends[0]).total_seconds() // seconds) + 1)
    ties, concepts = [], []
    plain = replace(settings, mode="two-mode", aggregation="ignore", normalisation="no")
    for at in range(n):
        parts = [side.get(at, []) for side in cut]
        ties.append(_alike(*(network_of(part, settings, *names) for part in parts)))
        shares = [network_of(part, plain, *names) for part in parts]
        concepts.append(_correlation(*(np.asarray(one.weights.sum(axis=0)) for one in shares)))
    told = [value for value in ties if value is not None]
    shared = [value for value in concepts if value is not None]
    mean = float(np.mean(told)) if told else None
    return Validity(width, len(told), n - len(told), mean, float(np.mean(shared)) if shared else None)


def _cut(
    side: Iterable[Coded], ends: tuple[datetime.datetime, datetime.datetime], seconds: float
) -> dict[int, list[Coded]]:
    found: dict[int, list[Coded]] = {}
    for coded in side:
        if ends[0] <= coded.when <= ends[1]:
            found.setdefault(int((coded.when - ends[0]).total_seconds() // seconds), []).append(coded)
    return found


def _alike(one: Network, other: Network) -> float | None:
    cells = (abs(one.weights) + abs(other.weights)).tocoo()
    if one.one_mode:
        return _correlation(*(part.dense[np.triu_indices(len(one.rows), 1)] for part in (one, other)))
    at = cells.row, cells.col
    return _correlation(one.dense[at], other.dense[at]) if len(cells.row) > 1 else None


def _correlation(one: np.ndarray, other: np.ndarray) -> float | None:
    return float(np.corrcoef(one, other)[0, 1]) if len(one) > 1 and one.std() > 0 and other.std() > 0 else None
