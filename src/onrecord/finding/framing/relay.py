"""Through whom the words came: the one who reports a statement, kept apart from the speaker.

Holt said Ito had called it safe.               Ito's statement, relayed by Holt
Holt said: “I told her it was safe.”            what Holt told her, relayed by Holt
Ito, quoted by Tass, called it safe.            relayed by Tass
Tass quoted Ito as saying it was safe.          relayed by Tass
It is safe, Tass reported, citing Ito.          Ito's statement has the same content: relayed by Tass
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from onrecord.finding.pack import pattern
from onrecord.records import Record, Statement
from onrecord.spans import Span

NEAR = 4
"""Characters that may stand between "quoted by" and a name."""


def relayed_by(record: Record) -> Record:
    """The record with each relayed statement pointing to its relayer: the speaker of the statement it stands within,
    the speaker of the one that cites it, or who is said beside it to quote it."""
    relayers = _Relayers(record)
    return replace(record, statements=tuple(relayers.told(s) for s in record.statements))


class _Relayers:
    """Who may relay what: the statements by content, the entities by where they are mentioned."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._alike: dict[tuple[Span, ...], list[Statement]] = {}
        for statement in record.statements:
            self._alike.setdefault(statement.content, []).append(statement)
        self._ids = [entity.id for entity in record.entities]
        mentions = [(m, number) for number, entity in enumerate(record.entities) for m in entity.mentions]
        self._starting = sorted((m.start, number) for m, number in mentions)
        self._ending = sorted((m.end, number) for m, number in mentions)

    def told(self, statement: Statement) -> Statement:
        """The statement with its relayer."""
        if statement.within is not None:
            relayer, why = self._record.statement(statement.within).speaker, "the statement around it"
        else:
            relayer, why = self._citing(statement) or self._quoter(statement), "quoted by"
        if relayer is None:
            return statement
        return replace(statement, relayed_by=relayer, decided_by={**statement.decided_by, "relayed_by": why})

    def _citing(self, statement: Statement) -> str | None:
        """Who cites: where "citing" stands before the source, the speaker of the statement with the same content, or
        who "reported, citing" it."""
        if not statement.source:
            return None
        start = statement.source[0].start
        before = self._record.article.text[max(0, start - 60) : start]
        if not pattern("citing").search(before):
            return None
        for other in self._alike[statement.content]:
            if other.speaker not in (None, statement.speaker):
                return other.speaker
        if reported := pattern("reported_citing").search(before):
            at = start - len(before) + reported.start()
            return self._mentioned(self._ending, at, at, statement)
        return None

    def _quoter(self, statement: Statement) -> str | None:
        """The entity named right after "quoted by" beside the source or cue, or right before "quoted" and the
        source."""
        text = self._record.article.text
        if statement.cue and statement.source and statement.cue[0].start < statement.source[0].start:
            at = statement.cue[0].start
            if pattern("quotes").match(text, at) and (
                id := self._mentioned(self._ending, at - NEAR, at - 1, statement)
            ):
                return id
        for span in statement.source + statement.cue:
            for match in pattern("quoted_by").finditer(text, max(0, span.start - 40), min(len(text), span.end + 60)):
                last = min(len(text), match.end() + NEAR)
                if id := self._mentioned(self._starting, match.end(), last, statement):
                    return id
        return None

    def _mentioned(self, places: list[tuple[int, int]], first: int, last: int, statement: Statement) -> str | None:
        """The first entity with a mention that starts, or ends, between two offsets, other than who speaks."""
        found = places[bisect_left(places, (first,)) : bisect_left(places, (last + 1,))]
        ids = (self._ids[number] for number in sorted({number for _, number in found}))
        return next((id for id in ids if id != statement.speaker), None)
