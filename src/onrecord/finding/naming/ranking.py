"""Which of the entities told of before a pronoun or a description means: a conditional logit over simple features.

Each candidate has a set of features, whose weights add up; the chances are the softmax of the sums, divided by a
temperature that makes them as sure as they are right. That nobody told of before is meant is a candidate too. Weights
and temperatures were learned by ``training/speakers.py`` and stand in ``ranking.toml`` of the language.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set

from onrecord.finding.pack import current

Features = Set[str]
TEMPERATURE = "temperature"
"""The key under which a table of weights has its temperature, 1 if not."""

Weights = Mapping[str, float]


def weights(part: str) -> Weights:
    """The weights for "pronoun" or "nominal"."""
    found: Weights = current().table("ranking")[part]
    return found


def chances(candidates: Sequence[Features], table: Weights) -> list[float]:
    """How likely each candidate is; they add up to 1."""
    warmth = table.get(TEMPERATURE, 1.0)
    sums = [math.fsum(table.get(name, 0.0) for name in features) / warmth for features in candidates]
    top = max(sums, default=0.0)
    powers = [math.exp(value - top) for value in sums]
    total = math.fsum(powers)
    return [power / total for power in powers]
