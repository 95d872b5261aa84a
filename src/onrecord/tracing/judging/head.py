"""The trained head: how likely a report is faithful, distorted, or without anything that answers to it.

A logistic regression over the features of `features`, with weights of its own where no vectors are at hand; made by
``python -m training.verdicts`` and kept in ``data/tracing/verdicts.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.tracing.tables import table

ALARM, OPEN = 0.5, 0.35
"""The chance of being unfaithful from which a report is called so, and from which that is left open."""


@dataclass(frozen=True, slots=True)
class Chances:
    """The chance of each class; they sum to 1."""

    faithful: float
    distorted: float
    unfounded: float

    @property
    def alarm(self) -> bool:
        """Whether it is likely enough unfaithful to say so."""
        return 1 - self.faithful >= ALARM

    @property
    def open(self) -> bool:
        """Whether that cannot be told."""
        return OPEN <= 1 - self.faithful < ALARM


def chances_of(features: Mapping[str, float], *, vectors: bool) -> Chances:
    """The chances of a report, by its features."""
    weights = table("verdicts")["vectors" if vectors else "words"]
    unfaithful = _logistic(_sum(features, weights["unfaithful"]))
    unfounded = _logistic(_sum(features, weights["unfounded"]))
    return Chances(1 - unfaithful, unfaithful * (1 - unfounded), unfaithful * unfounded)


def _sum(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
