"""What network is wanted: DNA's settings, checked when made."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.errors import UsageError
from onrecord.records.coded import STATEMENT_TYPE

Mode = Literal["one-mode", "two-mode", "event-list"]
Aggregation = Literal["ignore", "combine", "subtract", "congruence", "conflict"]
Normalisation = Literal["no", "activity", "prominence", "average", "jaccard", "cosine"]
Duplicates = Literal["include", "document", "week", "month", "year", "acrossrange"]

FITTING: dict[Mode, tuple[tuple[Aggregation, ...], tuple[Normalisation, ...]]] = {
    "two-mode": (("ignore", "combine", "subtract"), ("no", "activity", "prominence")),
    "one-mode": (("ignore", "subtract", "congruence", "conflict"), ("no", "average", "jaccard", "cosine")),
    "event-list": (get_args(Aggregation), get_args(Normalisation)),
}
"""Which aggregations and normalisations each kind of network can have, as in DNA."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Statements where `variable` has one of `values` are left out; inverted, all the others are."""

    variable: str
    values: frozenset[str]
    inverted: bool = False

    def drops(self, value: object) -> bool:
        """Whether a statement with this value goes. Truth values are compared as 1 and 0, as DNA shows them."""
        shown = str(int(value)) if isinstance(value, bool) else "" if value is None else str(value)
        return (shown in self.values) is not self.inverted


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSettings:
    """Nodes are the values of `variable1`. Those of `variable2` are nodes too in a two-mode network, in a one-mode
    network they tie the nodes.

    `aggregation` says what the `qualifier` does to the ties, `normalisation` what they are divided by, `duplicates`
    which statements count as said once. `isolates` keeps nodes that no statement chosen names.
    """

    mode: Mode = "two-mode"
    kind: str = STATEMENT_TYPE
    variable1: str = "organization"
    variable2: str = "concept"
    qualifier: str | None = "agreement"
    aggregation: Aggregation = "ignore"
    normalisation: Normalisation = "no"
    duplicates: Duplicates = "include"
    isolates: bool = False
    exclusions: tuple[Exclusion, ...] = ()
    start: datetime.datetime | None = None
    stop: datetime.datetime | None = None

    def __post_init__(self) -> None:
        for option, given, allowed in (
            ("network", self.mode, get_args(Mode)),
            ("aggregation", self.aggregation, get_args(Aggregation)),
            ("normalisation", self.normalisation, get_args(Normalisation)),
            ("duplicates", self.duplicates, get_args(Duplicates)),
        ):
            _check(f"--{option} {given}", given, allowed)
        aggregations, normalisations = FITTING[self.mode]
        _check(f"--aggregation {self.aggregation} with --network {self.mode}", self.aggregation, aggregations)
        _check(f"--normalisation {self.normalisation} with --network {self.mode}", self.normalisation, normalisations)
        if self.variable1 == self.variable2:
            raise UsageError(
                f"--variable1 and --variable2 both {self.variable1}",
                "two different variables",
                "Change one of them",
            )
        if self.aggregation != "ignore" and self.qualifier in (None, self.variable1, self.variable2):
            raise UsageError(
                f"--aggregation {self.aggregation} with the qualifier {self.qualifier}",
                "a qualifier that is neither of the two variables",
                "Try --qualifier agreement",
            )


def _check(seen: str, given: str, allowed: Iterable[str]) -> None:
    choices = tuple(allowed)
    if given not in choices:
        raise UsageError(seen, f"one of {', '.join(choices)}", f"Try {choices[0]}")
