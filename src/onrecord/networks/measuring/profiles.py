"""Profiles: of a concept, who is for and against it; of an actor, what it is for and against; with intervals."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.intervals import Interval, estimated
from onrecord.networks.building.choosing import chosen
from onrecord.networks.building.settings import NetworkSettings
from onrecord.records.coded import Coded


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said of, or by, `name`: how often, by or on how many others, and the share of it that agrees.

    `leading` are the others most often met, with for less against; `agreeing` is the share among statements that take
    a side, None where none does.
    """

    name: str
    statements: int
    others: int
    agree: int
    disagree: int
    agreeing: Interval | None
    leading: tuple[tuple[str, int], ...]
    first: datetime.datetime
    last: datetime.datetime


def concept_profiles(statements: Iterable[Coded], settings: NetworkSettings) -> list[Standing]:
    """A profile of each value of the second variable, the most spoken of first."""
    return _profiles(statements, settings, settings.variable2, settings.variable1)


def actor_profiles(statements: Iterable[Coded], settings: NetworkSettings) -> list[Standing]:
    """A profile of each value of the first variable, the most outspoken first."""
    return _profiles(statements, settings, settings.variable1, settings.variable2)


def _profiles(statements: Iterable[Coded], settings: NetworkSettings, variable: str, other: str) -> list[Standing]:
    of: dict[str, list[Coded]] = defaultdict(list)
    for coded in chosen(statements, settings):
        of[str(coded.get(variable))].append(coded)
    found = [_profile(name, said, settings, other) for name, said in of.items()]
    return sorted(found, key=lambda profile: (-profile.statements, profile.name))


def _profile(name: str, said: list[Coded], settings: NetworkSettings, other: str) -> Standing:
    sides = Counter[str]()
    stances = [_stance(coded, settings) for coded in said]
    for coded, stance in zip(said, stances, strict=True):
        sides[str(coded.get(other))] += stance
    often = Counter(str(coded.get(other)) for coded in said)
    agree, disagree = stances.count(1), stances.count(-1)
    leading = sorted(often, key=lambda value: (-often[value], value))[:5]
    return Standing(
        name,
        len(said),
        len(often),
        agree,
        disagree,
        estimated(agree, agree + disagree) if agree + disagree else None,
        tuple((value, sides[value]) for value in leading),
        said[0].when,
        said[-1].when,
    )


def _stance(coded: Coded, settings: NetworkSettings) -> int:
    value = coded.get(settings.qualifier) if settings.qualifier else None
    return 1 if value is True else -1 if value is False else 0
