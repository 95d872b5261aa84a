"""Occasions joined across articles: the interview of 7 May is one event in ten outlets, and this is its record.

Two carriers are of one occasion when one person speaks on one day and nothing that is known of the two occasions (kind,
medium) differs; or when they carry one utterance and tell of no two days, whatever either article calls the occasion.
What is not known never differs. What a transcript judges is of the occasion that it is the transcript of.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from onrecord.records import Article
from onrecord.tracing.gathering.carriers import FULL_DATE, Carrier, in_time, speakers_are
from onrecord.tracing.gathering.utterances import Utterance
from onrecord.tracing.transcripts import held_on

ARTICLE = re.compile(r"^(?:the|a|an)\s+")
TELLING = ("kind", "medium")


@dataclass(frozen=True, slots=True)
class SaidThere:
    """One utterance of an occasion with its carriers there, in the order of printing."""

    utterance: Utterance
    carriers: tuple[Carrier, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that carried it from this occasion."""
        return tuple(dict.fromkeys(carrier.outlet for carrier in self.carriers if carrier.outlet))


@dataclass(frozen=True, slots=True)
class JoinedOccasion:
    """One occasion as all articles together have it. What no article tells is None; `when` is an ISO 8601 date, and
    `transcript` the id of the article that has all that was said there."""

    id: str
    speaker: str
    kind: str | None
    medium: str | None
    place: str | None
    event: str | None
    when: str | None
    said: tuple[SaidThere, ...]
    transcript: str | None = None

    @property
    def outlets(self) -> tuple[str, ...]:
        """Every outlet that carried something from it, by name."""
        return tuple(sorted({outlet for said in self.said for outlet in said.outlets}))

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that carried something from it."""
        return tuple(dict.fromkeys(carrier.article for said in self.said for carrier in said.carriers))

    @property
    def only(self) -> Mapping[str, tuple[SaidThere, ...]]:
        """What one outlet alone has, by outlet. Empty where only one outlet carried anything at all."""
        if len(self.outlets) < 2:
            return {}
        alone: defaultdict[str, list[SaidThere]] = defaultdict(list)
        for said in self.said:
            if len(said.outlets) == 1:
                alone[said.outlets[0]].append(said)
        return {outlet: tuple(alone[outlet]) for outlet in sorted(alone)}


@dataclass(slots=True)
class _Making:
    """An occasion in the making: its first carrier, what is known of it, and what was said."""

    first: Carrier
    known: dict[str, set[str]]
    day: str | None
    transcript: Article | None = None
    carriers: list[tuple[Carrier, Utterance]] = field(default_factory=list)


def occasions(found: Iterable[Utterance]) -> tuple[JoinedOccasion, ...]:
    """The occasions of utterances, by day and speaker. Of carriers with nothing known of any occasion none is made."""
    found = tuple(found)
    makings = [*_of_transcripts(found)]
    by_key: defaultdict[tuple[str, str], dict[int, _Making]] = defaultdict(dict)
    for making in makings:
        for carrier, utterance in making.carriers:
            for key in _keys(carrier, utterance):
                by_key[key][id(making)] = making
    placed = sorted(
        (
            (carrier, utterance)
            for utterance in found
            for carrier in utterance.carriers
            if utterance.transcript is None and _placed(carrier)
        ),
        key=lambda pair: (-_told(pair[0]), in_time(pair[0])),
    )
    for carrier, utterance in placed:
        keys = _keys(carrier, utterance)
        near = {id(making): making for key in keys for making in by_key[key].values()}
        meant = [making for making in near.values() if _is_one(making, carrier, utterance)]
        if not meant:
            meant = [_Making(carrier, {}, None)]
            makings += meant
        same, *others = meant
        for other in others:
            for pair in other.carriers:
                _add(same, *pair)
                keys += _keys(*pair)
            makings = [making for making in makings if making is not other]
            for held in by_key.values():
                held.pop(id(other), None)
        _add(same, carrier, utterance)
        for key in keys:
            by_key[key][id(same)] = same
    return tuple(sorted(map(_done, makings), key=lambda one: (one.when or "9999", one.speaker, one.id)))


def _of_transcripts(found: Sequence[Utterance]) -> Iterator[_Making]:
    """The occasions that have transcripts, one for each who spoke, with what their reports made of it."""
    spoke: dict[str, list[_Making]] = {}
    told = [utterance for utterance in found if utterance.transcript is not None]
    for utterance in sorted(told, key=lambda utterance: (utterance.spoken is None, *in_time(utterance.anchor))):
        transcript, anchor = cast(Article, utterance.transcript), utterance.anchor
        if not anchor.speaker or (utterance.spoken is None and anchor.described):
            continue
        makings = spoke.setdefault(transcript.id, [])
        making = next((one for one in makings if speakers_are(one.first, anchor) == "same"), None)
        if making is None:
            day = held_on(transcript) or transcript.published
            making = _Making(anchor, {}, day.isoformat() if day else None, transcript)
            makings.append(making)
        for carrier in utterance.carriers:
            _add(making, carrier, utterance)
    for makings in spoke.values():
        yield from (one for one in makings if any(len(utterance.carriers) > 1 for _, utterance in one.carriers))


def _keys(carrier: Carrier, utterance: Utterance) -> list[tuple[str, str]]:
    """What two carriers of one occasion have at least one of in common."""
    surname = ((carrier.speaker or "").casefold().split() or [""])[-1]
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
    day = _day(carrier)
    if day and making.day and day != making.day:
        return False
    if any(other.id == utterance.id for _, other in making.carriers):
        return True
    for name in TELLING:
        if (value := _known(carrier, name)) and value not in making.known.get(name, {value}):
            return False
    if day and making.day:
        return True
    one_article = any(other.article == carrier.article for other, _ in making.carriers)
    return one_article and any(_known(carrier, name) and name in making.known for name in TELLING)


def _add(making: _Making, carrier: Carrier, utterance: Utterance) -> None:
    making.carriers.append((carrier, utterance))
    making.day = making.day or _day(carrier)
    for name in TELLING:
        if value := _known(carrier, name):
            making.known.setdefault(name, set()).add(value)


def _done(making: _Making) -> JoinedOccasion:
    carriers = sorted((carrier for carrier, _ in making.carriers), key=in_time)
    held: dict[str, tuple[Utterance, list[Carrier]]] = {}
    for carrier, utterance in sorted(making.carriers, key=lambda pair: in_time(pair[0])):
        held.setdefault(utterance.id, (utterance, []))[1].append(carrier)
    return JoinedOccasion(
        id=making.first.id,
        speaker=making.first.speaker
        if making.transcript is not None and making.first.speaker
        else max((carrier.speaker or "" for carrier in carriers), key=len),
        kind=_most(carriers, "kind"),
        medium=_most(carriers, "medium"),
        place=_most(carriers, "place"),
        event=_most(carriers, "event"),
        when=making.day,
        said=tuple(SaidThere(utterance, tuple(members)) for utterance, members in held.values()),
        transcript=None if making.transcript is None else making.transcript.id,
    )


def _most(carriers: Sequence[Carrier], name: str) -> str | None:
    """What most of the carriers tell, of equals the first printed; None where none tells."""
    told = Counter(value for carrier in carriers if (value := getattr(carrier, name)) is not None)
    return max(told, key=lambda value: told[value], default=None)
