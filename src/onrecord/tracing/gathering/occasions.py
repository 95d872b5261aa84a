"""Occasions joined across articles: the interview of 7 May is one event in ten outlets, and this is its record.

Two carriers are of one occasion when one person speaks on one day and nothing that is known of the two occasions (kind,
medium) differs; or when they carry one utterance, and nothing known differs either. What is not known never differs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.tracing.gathering.carriers import FULL_DATE, Carrier, in_time, speakers_are
from onrecord.tracing.gathering.utterances import Utterance

ARTICLE = re.compile(r"^(?:the|a|an)\s+")
TELLING = ("kind", "medium")


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance of an occasion with its carriers there, in the order of printing."""

    utterance: Utterance
    carriers: tuple[Carrier, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that carried it from this occasion."""
        return tuple(dict.fromkeys(carrier.outlet for carrier in self.carriers if carrier.outlet))


@dataclass(frozen=True, slots=True)
class JoinedOccasion:
    """One occasion as all articles together have it. What no article tells is None; `when` is an ISO 8601 date."""

    id: str
    speaker: str
    kind: str | None
    medium: str | None
    place: str | None
    event: str | None
    when: str | None
    said: tuple[Said, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Every outlet that carried something from it, by name."""
        return tuple(sorted({outlet for said in self.said for outlet in said.outlets}))

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that carried something from it."""
        return tuple(dict.fromkeys(carrier.article for said in self.said for carrier in said.carriers))

    @property
    def only(self) -> Mapping[str, tuple[Said, ...]]:
        """What one outlet alone has, by outlet. Empty where only one outlet carried anything at all."""
        if len(self.outlets) < 2:
            return {}
        alone: defaultdict[str, list[Said]] = defaultdict(list)
        for said in self.said:
            if len(said.outlets) == 1:
                alone[said.outlets[0]].append(said)
        return {outlet: tuple(alone[outlet]) for outlet in sorted(alone)}


@dataclass(slots=True)
class _Making:
    """An occasion in the making: its first carrier, what is known of it, and what was said."""

    first: Carrier
    known: dict[str, str]
    day: str | None
    carriers: list[tuple[Carrier, Utterance]] = field(default_factory=list)


def occasions(found: Iterable[Utterance]) -> tuple[JoinedOccasion, ...]:
    """The occasions of utterances, by day and speaker. Of carriers with nothing known of any occasion none is made."""
    makings: list[_Making] = []
    by_key: defaultdict[tuple[str, str], dict[int, _Making]] = defaultdict(dict)
    placed = sorted(
        ((carrier, utterance) for utterance in found for carrier in utterance.carriers if _placed(carrier)),
        key=lambda pair: (-_told(pair[0]), in_time(pair[0])),
    )
    for carrier, utterance in placed:
        keys = _keys(carrier, utterance)
        near = {id(making): making for key in keys for making in by_key[key].values()}
        same = next((making for making in near.values() if _is_one(making, carrier, utterance)), None)
        if same is None:
            same = _Making(carrier, {}, None)
            makings.append(same)
        _add(same, carrier, utterance)
        for key in keys:
            by_key[key][id(same)] = same
    return tuple(sorted(map(_done, makings), key=lambda one: (one.when or "9999", one.speaker, one.id)))


def _keys(carrier: Carrier, utterance: Utterance) -> list[tuple[str, str]]:
    """What two carriers of one occasion have at least one of in common."""
    surname = (carrier.speaker or "").casefold().split()[-1]
    return [(surname, f"day {_day(carrier) or ''}"), (surname, f"said {utterance.id}"), (surname, carrier.article)]


def _placed(carrier: Carrier) -> bool:
    return bool(carrier.speaker and carrier.speaker.split() and not carrier.described and _told(carrier))


def _told(carrier: Carrier) -> int:
    """How much an article tells of the occasion."""
    return sum(value is not None for value in (_day(carrier), *(_known(carrier, name) for name in TELLING)))


def _day(carrier: Carrier) -> str | None:
    return carrier.said if carrier.said and len(carrier.said) == FULL_DATE else None


def _known(carrier: Carrier, name: str) -> str | None:
    value: str | None = getattr(carrier, name)
    return ARTICLE.sub("", value.casefold()) if value else None


def _is_one(making: _Making, carrier: Carrier, utterance: Utterance) -> bool:
    if speakers_are(making.first, carrier) != "same":
        return False
    for name in TELLING:
        if (value := _known(carrier, name)) and making.known.get(name, value) != value:
            return False
    day = _day(carrier)
    if day and making.day:
        return day == making.day
    if any(other.id == utterance.id for _, other in making.carriers):
        return True
    one_article = any(other.article == carrier.article for other, _ in making.carriers)
    return one_article and any(_known(carrier, name) and name in making.known for name in TELLING)


def _add(making: _Making, carrier: Carrier, utterance: Utterance) -> None:
    making.carriers.append((carrier, utterance))
    making.day = making.day or _day(carrier)
    for name in TELLING:
        if value := _known(carrier, name):
            making.known.setdefault(name, value)


def _done(making: _Making) -> JoinedOccasion:
    carriers = sorted((carrier for carrier, _ in making.carriers), key=in_time)
    held: dict[str, tuple[Utterance, list[Carrier]]] = {}
    for carrier, utterance in sorted(making.carriers, key=lambda pair: in_time(pair[0])):
        held.setdefault(utterance.id, (utterance, []))[1].append(carrier)
    return JoinedOccasion(
        id=making.first.id,
        speaker=max((carrier.speaker or "" for carrier in carriers), key=len),
        kind=_first(carriers, "kind"),
        medium=_first(carriers, "medium"),
        place=_first(carriers, "place"),
        event=_first(carriers, "event"),
        when=making.day,
        said=tuple(Said(utterance, tuple(members)) for utterance, members in held.values()),
    )


def _first(carriers: Sequence[Carrier], name: str) -> str | None:
    return next((value for carrier in carriers if (value := getattr(carrier, name))), None)
