"""From counts to edges: what the qualifier does to a tie, and what the tie is divided by.

Write x[i, j, k] for the counts, n[i] for all statements of actor i, q[k] for the value of the qualifier. Definitions
are those of Leifeld (2017, Oxford Handbook of Political Networks) as DNA 3.1 computes them:

    two-mode  ignore      sum over k of x[i, j, k]
              subtract    yes minus no; sum of q[k] x[i, j, k] where the qualifier is a number
              combine     which values occur, as a binary number with the first value in front: no 2, yes 1, both 3
    one-mode  ignore      sum over j of (sum over k of x[i, j, k]) times the same of i'
              congruence  the same over pairs of values, each times 1 - |q[k] - q[k']| / range of q
              conflict    the same times |q[k] - q[k']| / range of q
              subtract    congruence minus conflict
    norms     activity    by n of the row              prominence  by n of the column
              average     by the mean of n[i], n[i']   cosine      by n[i] n[i']
              jaccard     by what only i says + what only i' says + the sum of x[i, j, k] x[i', j, k]

Where the qualifier is a text its values are equal or not; conflict then counts what only one of two actors says. The
diagonal of a one-mode network is 0. DNA's cosine is no cosine of vectors: both totals stand below the line.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import coo_array, csr_array

from onrecord.networks.building.counting import Counts, Matrix
from onrecord.networks.building.settings import Aggregation, NetworkSettings, Normalisation


def two_mode(counts: Counts, aggregation: Aggregation, normalisation: Normalisation) -> Matrix:
    """The weights of a two-mode network, rows x columns."""
    total = counts.total
    if aggregation == "combine":
        powers = [2 ** (len(counts.levels) - 1 - k) for k in range(len(counts.levels))]
        weights = _sum(power * (layer > 0) for power, layer in zip(powers, counts.layers, strict=True))
        total = (weights > 0).astype(float)
    elif aggregation == "subtract" and counts.ordered:
        signs = [(-1 if level is False else 1) if isinstance(level, bool) else level for level in counts.levels]
        weights = _sum(sign * layer for sign, layer in zip(signs, counts.layers, strict=True))
    else:
        weights = total
    if normalisation == "activity":
        return _divided(weights, lambda at: np.asarray(total.sum(axis=1))[at.row])
    if normalisation == "prominence":
        return _divided(weights, lambda at: np.asarray(total.sum(axis=0))[at.col])
    return csr_array(weights)


def one_mode(counts: Counts, aggregation: Aggregation, normalisation: Normalisation) -> Matrix:
    """The weights of a one-mode network, rows x rows; symmetric, the diagonal 0."""
    ties = _off_diagonal(_ties(counts, aggregation))
    n = np.asarray(counts.total.sum(axis=1))
    if normalisation == "average":
        return _divided(ties, lambda at: (n[at.row] + n[at.col]) / 2)
    if normalisation == "cosine":
        return _divided(ties, lambda at: n[at.row] * n[at.col])
    if normalisation == "jaccard":
        shared = _sum(layer @ (layer > 0).astype(float).T for layer in counts.layers)
        both = _sum(layer @ layer.T for layer in counts.layers)
        alone = csr_array(both - shared - shared.T)  # what only one says is n less what is shared
        return _divided(ties, lambda at: n[at.row] + n[at.col] + _cells(alone, at))
    return ties


def weigh(counts: Counts, settings: NetworkSettings) -> Matrix:
    """The weights that the settings want."""
    of = one_mode if settings.mode == "one-mode" else two_mode
    return of(counts, settings.aggregation, settings.normalisation)


def _ties(counts: Counts, aggregation: Aggregation) -> Matrix:
    if aggregation == "ignore":
        total = counts.total
        return total @ total.T
    if not counts.ordered:
        return _ties_of_text(counts, aggregation)
    values = np.array([float(level) for level in counts.levels])  # type: ignore[arg-type]
    distance = np.abs(values[:, None] - values[None, :]) / ((values.max() - values.min()) or 1.0)
    factor = {"congruence": 1 - distance, "conflict": distance, "subtract": 1 - 2 * distance}[aggregation]
    layers = counts.layers
    other = [_sum(factor[k, of] * layer for of, layer in enumerate(layers)) for k in range(len(layers))]
    return _sum(layer @ against.T for layer, against in zip(layers, other, strict=True))


def _ties_of_text(counts: Counts, aggregation: Aggregation) -> Matrix:
    congruence = _sum(layer @ layer.T for layer in counts.layers)
    if aggregation == "congruence":
        return congruence
    alone = np.zeros((len(counts.rows), len(counts.rows)))
    for layer in counts.layers:
        only = np.asarray(layer.sum(axis=1))[:, None] - (layer @ (layer > 0).astype(float).T).toarray()
        alone += only + only.T
    return csr_array(alone if aggregation == "conflict" else congruence.toarray() - alone)


def _sum(matrices: Any) -> Matrix:
    first, *others = matrices
    return csr_array(sum(others, start=first))


def _off_diagonal(matrix: Matrix) -> Matrix:
    at = coo_array(matrix)
    keep = at.row != at.col
    return csr_array((at.data[keep], (at.row[keep], at.col[keep])), shape=matrix.shape)


def _divided(matrix: Matrix, below: Any) -> Matrix:
    at = coo_array(matrix)
    divisor = below(at)
    data = np.divide(at.data, divisor, out=np.zeros(len(at.data)), where=divisor != 0)
    return csr_array((data, (at.row, at.col)), shape=matrix.shape)


def _cells(matrix: Matrix, at: Any) -> Any:
    return np.asarray(matrix[at.row, at.col]).ravel() if len(at.row) else np.zeros(0)
