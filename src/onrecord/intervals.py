"""Intervals of shares: of Wilson for one sample, and of several strata put together."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

Z = 1.959964  # of the normal distribution, for 95 %


class Interval(NamedTuple):
    """An estimate and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def wilson(hits: float, n: float) -> Interval:
    """A share of a simple sample, with the score interval of Wilson (1927, JASA 22); of nothing, all of [0, 1]."""
    if n <= 0:
        return Interval(0.5, 0.0, 1.0)
    share, z = hits / n, Z * Z / n
    middle, half = (share + z / 2) / (1 + z), Z / (1 + z) * math.sqrt(share * (1 - share) / n + z / (4 * n))
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def weighted(parts: Iterable[tuple[float, Interval]]) -> Interval:
    """The sum of weight x estimate over independent parts, weights not negative.

    The distances to the ends are added as squares (MOVER; Zou and Donner 2008, Statistics in Medicine 27), so that the
    sum has the skewness of its parts.
    """
    value = below = above = 0.0
    for weight, part in parts:
        value += weight * part.value
        below += (weight * (part.value - part.low)) ** 2
        above += (weight * (part.high - part.value)) ** 2
    return Interval(value, value - math.sqrt(below), value + math.sqrt(above))
