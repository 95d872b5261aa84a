"""How often each actor said each thing in each way: a sparse matrix for each value of the qualifier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from onrecord.networks.building.settings import NetworkSettings
from onrecord.records.coded import Coded, Scalar

Matrix = Any
"""A csr_array of float64; scipy tells no more of its types."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """`layers[k][i, j]`: how often `rows[i]` spoke of `columns[j]` with the qualifier at `levels[k]`.

    Without a qualifier there is one layer, of the level None. `ordered` is True where levels are numbers (truth values
    are 0 and 1), between which there are distances.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    levels: tuple[Scalar, ...]
    layers: tuple[Matrix, ...]
    statements: int

    @property
    def ordered(self) -> bool:
        """Whether levels have distances."""
        return all(isinstance(level, int) for level in self.levels)

    @property
    def total(self) -> Matrix:
        """All layers together."""
        return sum(self.layers[1:], start=self.layers[0])


def names_of(statements: Iterable[Coded], variable: str) -> tuple[str, ...]:
    """The values of a variable, sorted, without the empty one."""
    return tuple(sorted({str(value) for coded in statements if (value := coded.get(variable)) not in ("", None)}))


def levels_of(statements: Sequence[Coded], settings: NetworkSettings) -> tuple[Scalar, ...]:
    """The values that the qualifier can have: no and yes where it is a truth value, else those that occur."""
    if settings.qualifier is None:
        return (None,)
    found = {value for coded in statements if (value := coded.get(settings.qualifier)) not in ("", None)}
    if found <= {True, False}:
        return (False, True)
    return tuple(sorted(found, key=lambda value: (isinstance(value, str), value)))


def count(
    statements: Sequence[Coded],
    settings: NetworkSettings,
    *,
    rows: tuple[str, ...] | None = None,
    columns: tuple[str, ...] | None = None,
    levels: tuple[Scalar, ...] | None = None,
    weights: Sequence[float] | None = None,
) -> Counts:
    """Count statements that `choosing.chosen` gave, each once or with its weight.

    `rows`, `columns` and `levels` are those that the statements have where they are left out; a statement of others is
    an error of the caller. Where the qualifier is ignored, what has none counts too, in the first layer.
    """
    rows = names_of(statements, settings.variable1) if rows is None else rows
    columns = names_of(statements, settings.variable2) if columns is None else columns
    levels = levels_of(statements, settings) if levels is None else levels
    row_of, column_of = ({name: at for at, name in enumerate(names)} for names in (rows, columns))
    level_of = {level: at for at, level in enumerate(levels)}
    at = np.empty((3, len(statements)), dtype=np.int32)
    for n, coded in enumerate(statements):
        level = None if settings.qualifier is None else coded.get(settings.qualifier)
        at[0, n] = row_of[str(coded.get(settings.variable1))]
        at[1, n] = column_of[str(coded.get(settings.variable2))]
        at[2, n] = level_of.get(level, 0)
    values = np.ones(len(statements)) if weights is None else np.asarray(weights, dtype=float)
    shape = (len(rows), len(columns))
    layers = tuple(
        csr_array((values[of], (at[0, of], at[1, of])), shape=shape) for of in (at[2] == k for k in range(len(levels)))
    )
    return Counts(rows, columns, levels, layers, len(statements))
