"""Chance, which nothing here makes for itself: whoever wants a measure that needs it hands it in, made of a seed."""

from __future__ import annotations

from numpy.random import Generator, default_rng

Chance = Generator


def chance(seed: int) -> Chance:
    """The same numbers for the same seed."""
    return default_rng(seed)
