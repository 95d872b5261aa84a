"""On what occasion each statement was made: kind, medium, addressee, event and date, as far as the article tells.

    In an interview with Quay Radio on Sunday, Holt said it was late.      interview · Quay Radio · Sunday
    “We waited,” she added.                                                the same: she goes on

What tells it are the words around the statement (``occasion_words``). Where they tell nothing, it goes on from the last
occasion of the same speaker, or belongs to the event that the whole article reports. It does not where the article puts
it at another date or with another medium, or says that it was thought instead of said.
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.finding.dates import AHEAD, find_dates
from onrecord.finding.occasion_words import Told, frames, kind_in, table, told_by_frame
from onrecord.records import Entity, Occasion, Record, Statement
from onrecord.spans import Span

SHARED = frozenset({"press_conference", "hearing", "meeting", "broadcast", "speech"})
"""Occasions at which several speak, so that an article about one is about all that was said there."""

GOES_ON = {"document": 1, "statement": 2, "post": 1, "call": 3}
"""Over how many further statements of the same speaker an occasion goes on; all others go on to the end."""

LEAST_TURNS = 4
"""So many labelled turns make a text a talk."""

BY_WORDS, BY_OUTER, GOING_ON, BY_EVENT = (
    "the words around it",
    "the statement around it",
    "goes on from before",
    "what the article reports on",
)
THOUGHT = re.compile(r"\b(?:believe|think|thought|hope|fear|want|wish|expect|feel|doubt|know|see)(?:s|ed|n|ing)?\b")
ANOTHER_TIME = re.compile(r"\b(?:earlier|previously|once|last (?:week|month|year)|in (?:19|20)\d\d|back in)\b", re.I)
RELEASE = re.compile(r"FOR IMMEDIATE RELEASE|[Pp]ress release")
STATION = re.compile(r"\b(?:Radio|Channel|TV) [A-Z0-9]\w+|\b(?:[A-Z][\w’'-]+ )+(?:Radio|TV|FM|Television)\b")
TALKED = re.compile(r"\b(?:oral history|in conversation|talks? to|we met|we spoke|sat down with|asked)\b", re.I)


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
        self.rows: dict[tuple[str | None, ...], Occasion] = {}
        self._record = record
        self._told = {s.id: told_by_frame(record, s) for s in record.statements}
        self._event = event_of_article(record)
        self._going: dict[str, tuple[Told, int]] = {}

    def assigned(self, statement: Statement) -> Statement:
        """The statement with its occasion. To be asked in reading order."""
        own, why = self._settled(statement)
        if own.kind is not None and statement.speaker is not None and why == BY_WORDS:
            self._going[statement.speaker] = own, 0
        if own == Told():
            return replace(statement, occasion=None)
        decided = {**statement.decided_by, "occasion": why}
        return replace(statement, occasion=self._row(own).id, decided_by=decided)

    def _settled(self, statement: Statement) -> tuple[Told, str]:
        own, event = self._told[statement.id], self._event
        if own.by_medium and event and event.kind in SHARED and own.medium != self._record.article.outlet:
            own = replace(own, kind=None, medium=None)  # told to somebody of that paper, at the event
        if own.kind is not None:
            return own, BY_WORDS
        if statement.within is not None and not own.date:
            outer = self._record.statement(statement.within)
            return (self._told[outer.id], BY_OUTER) if outer.speaker == statement.speaker else (own, BY_WORDS)
        if statement.speaker in self._going:
            before, count = self._going[statement.speaker]
            most = GOES_ON.get(before.kind or "")
            if (most is None or count < most) and not self._elsewhere(statement, own, before):
                self._going[statement.speaker] = before, count + 1
                return replace(before, addressee=own.addressee), GOING_ON
        if event is not None and self._belongs(statement) and not self._elsewhere(statement, own, event):
            return replace(event, addressee=own.addressee), BY_EVENT
        return own, BY_WORDS

    def _belongs(self, statement: Statement) -> bool:
        speaker = self._record.speaker(statement)
        return statement.within is None and (speaker is None or speaker.kind not in ("work", "outlet"))

    def _elsewhere(self, statement: Statement, own: Told, other: Told) -> bool:
        """Whether a statement is put at another time or place than `other`, or was thought and not said."""
        if own.medium or THOUGHT.search(self._record.words(statement, "cue")):
            return True
        if any(ANOTHER_TIME.search(frame.words) for frame in frames(self._record, statement)):
            return True
        return bool(own.when and other.when and own.when != other.when)

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
        for entity in self.entities:
            if {name, f"the {name}", f"The {name}"} & {entity.name, *entity.aka}:
                return entity.id
        id = "medium-" + "-".join(re.findall(r"\w+", name.lower()))
        if id not in {entity.id for entity in self.entities}:
            found = re.finditer(rf"\b{re.escape(name)}\b", self._record.article.text)
            mentions = tuple(Span(*match.span()) for match in found)
            medium = Entity(id=id, name=name, kind="outlet", mentions=mentions, evidence=("named as a medium",))
            self.entities.append(medium)
        return id


def event_of_article(record: Record) -> Told | None:
    """The occasion that the article as a whole reports on, if it does: the text is set out as a talk, or it speaks
    often enough, outside of what anybody is quoted for, of one at which several speak."""
    if (talk := _talk(record)) is not None:
        return talk
    outside = _outside(record)
    if RELEASE.search(outside[:400]):
        return Told("statement", "press release")
    best: tuple[float, Told] | None = None
    for kind, words, least in table("event"):
        matches = [m for m in words.finditer(outside) if not AHEAD.search(outside[max(0, m.start() - 50) : m.start()])]
        weight = len(matches) / least
        if weight >= 1 and (best is None or weight > best[0]):
            sentence = outside[matches[0].start() : matches[0].end() + 60].split(".")[0]
            station = STATION.search(outside) if kind == "broadcast" else None
            told = Told(kind, matches[0][0], medium=station[0] if station else None)
            best = weight, _dated(told, sentence, record)
    return best[1] if best else None


def _outside(record: Record) -> str:
    """The article with blanks for all contents, its title before it."""
    bare = list(record.article.text)
    for statement in record.statements:
        for span in statement.content:
            bare[span.start : span.end] = " " * len(span)
    return f"{record.article.title or ''}. {''.join(bare)}"


def _talk(record: Record) -> Told | None:
    """The occasion of a text that is set out as a talk: most of it in labelled turns, some of them questions."""
    outer = [s for s in record.statements if s.within is None]
    turns = [s for s in outer if s.source and not s.cue]
    if len(turns) < LEAST_TURNS or 2 * len(turns) < len(outer):
        return None
    title, head = record.article.title or "", record.article.text[: turns[0].extent.start]
    for part in (title, head):
        told = kind_in(part)
        if told and told[0] in SHARED | {"interview"}:
            return _dated(Told(told[0], told[1][0]), part, record)
    asked = sum(record.words(s).rstrip("”\"’'").endswith("?") for s in turns)
    talked = 5 * asked >= len(turns) or TALKED.search(f"{title} {head}")
    return Told("interview", "questions and answers") if talked else None


def _dated(told: Told, words: str, record: Record) -> Told:
    date = next(find_dates(words, record.article.published), None)
    return replace(told, date=date.words, when=date.when) if date else told
