"""On what occasion each statement was made: kind, medium, addressee, event and date, as far as the article tells.

    In an interview with Quay Radio on Sunday, Holt said it was late.      interview · Quay Radio · Sunday
    “We waited,” she added.                                                the same: she goes on

What tells it are the words around the statement (``occasion_words``). It may also belong to an occasion that the
article tells of elsewhere, or to the event that it reports as a whole: ``tellings`` weighs them. Where none is likely,
it has no kind.
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.finding.occasions.dates import find_dates
from onrecord.finding.occasions.event_mentions import FLOOR, ITS_OWN, SHARED, Tellings, outside_of_contents, weights
from onrecord.finding.occasions.outlets import talks_itself
from onrecord.finding.occasions.words import Told, kind_in, table
from onrecord.finding.pack import pattern
from onrecord.records import Entity, Occasion, Record, Statement
from onrecord.spans import Span

LEAST_TURNS = 4
"""So many labelled turns make a text a talk."""

LONGER = 300
"""For each so many words outside of contents one more of those that show an event must be there."""

DECIDED = {
    "own": "the words around it",
    "medium": "the words around it",
    "work": "the words around it",
    "last": "goes on from before",
    "speaker": "goes on from before",
    "mention": "goes on from before",
    "first": "what the article reports on",
    "event": "what the article reports on",
}


def occasions(record: Record) -> Record:
    """The record with its table of occasions, and each statement pointing to its own as far as the text tells."""
    desk = _Desk(record)
    statements = tuple(desk.assigned(statement) for statement in record.statements)
    rows = tuple(desk.rows.values())
    return replace(record, statements=statements, entities=tuple(desk.entities), occasions=rows)


class _Desk:
    """The occasions of one record in the making."""

    def __init__(self, record: Record) -> None:
        self.entities = list(record.entities)
        self._ids = {entity.id for entity in self.entities}
        self._by_name: dict[str, str] = {}
        for entity in self.entities:
            for name in (entity.name, *entity.aka):
                self._by_name.setdefault(pattern("the_article").sub("", name), entity.id)
        self.rows: dict[tuple[str | None, ...], Occasion] = {}
        self._record = record
        self._tellings = Tellings(record, event_of_article(record))

    def assigned(self, statement: Statement) -> Statement:
        """The statement with its occasion."""
        told, way = self._settled(statement)
        if told == Told():
            return replace(statement, occasion=None)
        decided = {**statement.decided_by, "occasion": DECIDED[way]}
        return replace(statement, occasion=self._row(told).id, decided_by=decided)

    def _settled(self, statement: Statement) -> tuple[Told, str]:
        """What is told of its occasion, and by what way that is known."""
        place = self._tellings.place(statement)
        if place.certain:
            return place.told, "own"
        likely = [(c.chance(weights()), c) for c in self._tellings.candidates(statement, place)]
        chance, best = max(likely, default=(0.0, None), key=lambda pair: pair[0])
        if best is None or chance < FLOOR:
            return replace(place.told, kind=None, event=None, by_medium=False), "own"
        told = self._tellings.same_event(place.told if best.way in ITS_OWN else best.told)
        date = told if told.date else place.told
        return replace(told, addressee=place.told.addressee, date=date.date, when=date.when), best.way

    def _row(self, told: Told) -> Occasion:
        """The row for what was told, made when it is new; a medium that is no entity yet becomes one."""
        medium = self._entity(told.medium) if told.medium else None
        key = (told.kind, medium, told.addressee, told.date, told.when)
        if key not in self.rows:
            self.rows[key] = Occasion(
                id=f"o{len(self.rows) + 1}",
                kind=told.kind,
                medium=medium,
                addressee=told.addressee,
                event=told.event,
                date=told.date,
                when=told.when,
                evidence=tuple(sorted(told.evidence)),
            )
        return self.rows[key]

    def _entity(self, name: str) -> str:
        bare = pattern("the_article").sub("", name)
        if bare in self._by_name:
            return self._by_name[bare]
        id = "medium-" + "-".join(re.findall(r"\w+", name.lower()))
        if id not in self._ids:
            found = re.finditer(rf"\b{re.escape(name)}\b", self._record.article.text)
            mentions = tuple(Span(*match.span()) for match in found)
            medium = Entity(id=id, name=name, kind="outlet", mentions=mentions, evidence=("named as a medium",))
            self.entities.append(medium)
            self._ids.add(id)
            self._by_name.setdefault(bare, id)
        return id


def event_of_article(record: Record) -> Told | None:
    """The occasion that the article as a whole reports on, if it does: the text is set out as a talk, or it speaks
    often enough, outside of what anybody is quoted for, of one at which several speak."""
    if (talk := _talk(record)) is not None:
        return talk
    outside = f"{record.article.title or ''}. {outside_of_contents(record)}"
    if pattern("release").search(outside[:400]):
        return Told("statement", "press release")
    best: tuple[float, Told] | None = None
    longer = len(outside.split()) // LONGER
    for kind, words, least in table("event"):
        matches = [
            m
            for m in words.finditer(outside)
            if not pattern("ahead").search(outside[max(0, m.start() - 25) : m.start()])
        ]
        weight = len(matches) / (least + (longer if least > 1 else 0))
        several = least == 1 or len({m[0].lower() for m in matches}) > 1
        if weight >= 1 and several and (best is None or weight > best[0]):
            sentence = outside[matches[0].start() : matches[0].end() + 60].split(".")[0]
            station = pattern("station").search(outside) if kind == "broadcast" else None
            told = Told(kind, matches[0][0], medium=station[0] if station else None)
            best = weight, _dated(told, sentence, record)
    return best[1] if best else None


def _talk(record: Record) -> Told | None:
    """The occasion of a text that is set out as a talk: most of it in labelled turns, some of them questions."""
    outer = [s for s in record.statements if s.within is None]
    turns = [s for s in outer if s.source and not s.cue]
    if len(turns) < LEAST_TURNS or 2 * len(turns) < len(outer):
        return None
    medium = record.article.outlet if any(talks_itself(record, s) for s in turns) else None
    title, head = record.article.title or "", record.article.text[: turns[0].extent.start]
    for part in (title, head):
        told = kind_in(part[:1].lower() + part[1:])
        if told and told[0] in SHARED | {"interview"}:
            return _dated(Told(told[0], told[1][0], medium=medium), part, record)
    asked = sum(record.words(s).rstrip("”\"’'").endswith("?") for s in turns)
    talked = 5 * asked >= len(turns) or pattern("talked").search(f"{title} {head}")
    return Told("interview", "questions and answers", medium=medium) if talked else None


def _dated(told: Told, words: str, record: Record) -> Told:
    date = next(find_dates(words, record.article.published), None)
    return replace(told, date=date.words, when=date.when) if date else told
