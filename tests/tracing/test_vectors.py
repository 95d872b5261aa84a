"""Vectors are compared as they are."""

from __future__ import annotations

import numpy as np

from onrecord.tracing.gathering.vectors import Vectors, nearest


def unit(*rows: tuple[float, ...]) -> Vectors:
    array = np.array(rows, np.float32)
    unit: Vectors = array / np.linalg.norm(array, axis=1, keepdims=True)
    return unit


def test_the_closest_come_first_and_equal_ones_in_order() -> None:
    pool = unit((1, 0), (0, 1), (1, 1), (1, 0))
    (found,) = nearest(unit((1, 0)), pool, most=3)
    assert [at for at, _ in found] == [0, 3, 2]
    assert found[0][1] == 1.0


def test_what_is_too_far_is_left_out() -> None:
    assert list(nearest(unit((1, 0), (-1, 0)), unit((1, 0), (0, 1)), most=5, at_least=0.5)) == [[(0, 1.0)], []]
