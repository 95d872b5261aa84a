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


def wilson(hits: float, total: float) -> tuple[float, float]:
    """The 95 % score interval of ``hits`` in ``total`` (Wilson 1927, JASA 22); (0, 1) of nothing."""
    if total <= 0:
        return 0.0, 1.0
    share, square = hits / total, Z * Z / total
    middle = (share + square / 2) / (1 + square)
    reach = Z * math.sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def estimated(hits: float, total: float) -> Interval:
    """A share of a simple sample with its interval; a half, and all of [0, 1], of nothing."""
    return Interval(hits / total if total > 0 else 0.5, *wilson(hits, total))


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
