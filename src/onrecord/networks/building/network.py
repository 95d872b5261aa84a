"""A network: names, weights, and how it was made."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Self

import numpy as np
from scipy.sparse import coo_array, triu

from onrecord.networks.building.choosing import chosen
from onrecord.networks.building.counting import Matrix, count, names_of
from onrecord.networks.building.settings import NetworkSettings
from onrecord.networks.building.weighing import weigh
from onrecord.records.coded import Coded, Scalar


class Edge(NamedTuple):
    """A tie between two nodes; `low` and `high` are the interval where a sample was checked."""

    row: str
    column: str
    weight: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """`weights[i, j]` ties `rows[i]` and `columns[j]`; in a one-mode network both are the same and it is symmetric.

    `low` and `high`, where there are any, are the ends of a 95 % interval of each weight. `start`, `middle` and `stop`
    bound the time that it is of.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    weights: Matrix
    settings: NetworkSettings
    statements: int
    start: datetime.datetime | None = None
    middle: datetime.datetime | None = None
    stop: datetime.datetime | None = None
    low: Matrix | None = field(default=None)
    high: Matrix | None = field(default=None)

    def __repr__(self) -> str:
        shape = f"{len(self.rows)} x {len(self.columns)}"
        return f"<Network {self.settings.mode}, {shape}, {self.weights.nnz} cells, of {self.statements} statements>"

    @property
    def one_mode(self) -> bool:
        """Whether rows and columns are the same nodes."""
        return self.settings.mode == "one-mode"

    @property
    def dense(self) -> Any:
        """The weights as a numpy array; for small networks."""
        return np.asarray(self.weights.toarray(), dtype=float)

    def edges(self) -> Iterator[Edge]:
        """The ties that are not 0, in order of their nodes; each once in a one-mode network."""
        known = [matrix for matrix in (self.weights, self.low, self.high) if matrix is not None]
        shown = sum((abs(matrix) for matrix in known[1:]), start=abs(known[0]))
        cells = coo_array(triu(shown, k=1) if self.one_mode else shown)
        order = np.lexsort((cells.col, cells.row))
        row, column = cells.row[order], cells.col[order]
        values = [np.asarray(matrix[row, column]).ravel().tolist() if len(row) else [] for matrix in known]
        for i, j, *ends in zip(row.tolist(), column.tolist(), *values, strict=True):
            if any(ends):
                yield Edge(self.rows[i], self.columns[j], *ends)

    def with_weights(self, weights: Matrix, low: Matrix | None = None, high: Matrix | None = None) -> Self:
        """The same nodes with other ties."""
        return replace(self, weights=weights, low=low, high=high)


def network(statements: Iterable[Coded], settings: NetworkSettings) -> Network:
    """The network that coded statements make."""
    every = list(statements)
    kept = chosen(every, settings)
    return network_of(kept, settings, *frame(every if settings.isolates else kept, settings))


def frame(statements: Iterable[Coded], settings: NetworkSettings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of rows and columns that the statements name."""
    of_kind = [coded for coded in statements if coded.kind == settings.kind]
    return names_of(of_kind, settings.variable1), names_of(of_kind, settings.variable2)


def network_of(
    kept: Sequence[Coded],
    settings: NetworkSettings,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    *,
    levels: tuple[Scalar, ...] | None = None,
    bounds: tuple[datetime.datetime, datetime.datetime, datetime.datetime] | None = None,
    weights: Sequence[float] | None = None,
) -> Network:
    """The network of statements already chosen, among nodes already named."""
    counts = count(kept, settings, rows=rows, columns=columns, levels=levels, weights=weights)
    first, last = (kept[0].when, kept[-1].when) if kept else (None, None)
    start, middle, stop = bounds or (first, None, last)
    ends = rows if settings.mode == "one-mode" else columns
    return Network(rows, ends, weigh(counts, settings), settings, len(kept), start, middle, stop)
