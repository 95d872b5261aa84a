"""What coders said of statements, and several coders' decisions made one.

A decision names its coder and whether that is a machine, and which one: the two are never taken for each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.errors import RecordError

Key = Hashable
"""What names a statement: the archive's id, or a number in a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """Who codes: a person by name, or a machine by the name and version of its model."""

    name: str
    machine: str | None = None

    def __str__(self) -> str:
        return f"{self.name} [machine: {self.machine}]" if self.machine else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCode:
    """A statement is of this concept, and for it (True), against it (False), or neither (None).

    No concept: the coder looked, and it is of none. `score` is a machine's probability that a person says the same; a
    person's decision has none.
    """

    statement: Key
    concept: str | None
    agreement: bool | None = None
    coder: Coder
    score: float | None = None
    adjudicated: bool = False

    def __post_init__(self) -> None:
        if (self.score is None) != (self.coder.machine is None):
            raise RecordError(
                f"score {self.score!r} of {self.coder}", "a score from a machine and none from a person", "Correct it"
            )
        if self.score is not None and not 0 <= self.score <= 1:
            raise RecordError(f"score {self.score!r}", "a number from 0 to 1", "Scale it")
        if self.adjudicated and self.coder.machine:
            raise RecordError(f"an adjudication by {self.coder}", "one by a person", "Let a person decide")


Sides = frozenset[tuple[str | None, bool | None]]
"""The concepts, each with its side, that one coder gave one statement."""


def by_coder(decisions: Iterable[GivenCode]) -> Mapping[Coder, Mapping[Key, Sides]]:
    """What each coder said of each statement."""
    found: dict[Coder, dict[Key, set[tuple[str | None, bool | None]]]] = defaultdict(lambda: defaultdict(set))
    for one in decisions:
        found[one.coder][one.statement].add((one.concept, one.agreement))
    return {coder: {key: frozenset(said) for key, said in of.items()} for coder, of in found.items()}


@dataclass(frozen=True, slots=True)
class Merged:
    """What persons' decisions come to, and the statements on which they do not agree, which wait for an adjudicator."""

    settled: Mapping[Key, Sides]
    disputed: Mapping[Key, Mapping[str, Sides]]


def merge(decisions: Sequence[GivenCode]) -> Merged:
    """One decision a statement from several persons': an adjudicated one before all, else what all said, else what
    more than half said; the rest is disputed. What machines said is left out."""
    persons = [one for one in decisions if one.coder.machine is None]
    final: dict[Key, set[tuple[str | None, bool | None]]] = defaultdict(set)
    for one in persons:
        if one.adjudicated:
            final[one.statement].add((one.concept, one.agreement))
    settled: dict[Key, Sides] = {key: frozenset(said) for key, said in final.items()}
    given: dict[Key, dict[str, Sides]] = defaultdict(dict)
    for coder, of in by_coder(one for one in persons if not one.adjudicated).items():
        for key, said in of.items():
            given[key][coder.name] = said
    disputed: dict[Key, Mapping[str, Sides]] = {}
    for key, sides in given.items():
        if key in settled:
            continue
        most, n = Counter(sides.values()).most_common(1)[0]
        if 2 * n > len(sides):
            settled[key] = most
        else:
            disputed[key] = sides
    return Merged(settled, disputed)
